//! The minutes as an official document of the type "biên bản", in the layout in force on its day.

use super::one::lines;
use super::sheet::MEETING_KIND;
use super::{Session, called};
use super::asked::names_or_nothing;
use crate::address::unit_of;
use crate::entry;
use crate::unit::{self, Unit};
use axum::extract::Path;

use axum::response::Response;
use document::layout;
use document::model::{About, Block, Document, Head, Inline, Signature};
use domain::{Day, Lang, Message, day_long, day_short};
use shell::{Error, Result, Visit};
use store::{Tx, params};

const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/// `GET …/minutes.docx`
pub(super) async fn docx(visit: Visit, Path((code, id)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let session = Session::of(&mut tx, &unit, &id).await?;
    names_or_nothing(&visit, &mut tx, &unit).await?;
    let Some(activity) = session.activity.clone() else {
        return Err(Error::Problem(Message::new("activity-session-hold-first")));
    };
    let made = minutes(&mut tx, &unit, &session, &activity).await?;
    drop(tx);
    let day = session.day;
    let task = tokio::task::spawn_blocking(move || document::docx::write(&made, layout::profile(day)));
    let bytes = task.await.map_err(|e| Error::Defect(format!("writing minutes: {e}")))?.map_err(Error::Problem)?;
    Ok(shell::download(&format!("bien-ban-{}.docx", session.code), DOCX, bytes))
}

fn bold(words: &str) -> Block {
    Block::Heading(2, vec![Inline::Text(words.to_owned())])
}

fn paragraph(words: impl Into<String>) -> Block {
    Block::Paragraph(vec![Inline::Text(words.into())])
}

async fn name(tx: &mut Tx, person: &str) -> Result<String> {
    let row = tx.first("SELECT name FROM person WHERE id = $1", params![person]).await?;
    Ok(row.map(|r| r.words("name")).transpose()?.unwrap_or_default())
}

/// The document. It is Vietnamese in either language of the pages.
async fn minutes(tx: &mut Tx, unit: &Unit, session: &Session, activity: &str) -> Result<Document> {
    let path = unit::path(tx, &unit.id, session.day).await?;
    let superior = path.iter().rev().nth(1).map(|u| u.name.to_uppercase()).unwrap_or_default();
    let place = path.iter().rev().map(|u| u.place.clone()).find(|p| !p.is_empty()).unwrap_or_default();
    let row = tx.one("SELECT minutes_day, conclusion FROM activity WHERE id = $1", params![activity]).await?;
    let written: Option<Day> = row.opt_day("minutes_day")?;
    let conclusion = row.opt_text("conclusion")?.unwrap_or_default().to_owned();
    let (chair, writer) = (name(tx, &session.chair).await?, name(tx, &session.writer).await?);
    let mut blocks = Vec::new();
    let mut line = |label: &str, words: String| {
        if !words.is_empty() {
            blocks.push(Block::Paragraph(vec![Inline::Bold(format!("{label}: ")), Inline::Text(words)]));
        }
    };
    let hours = match (session.started.as_str(), session.ended.as_str()) {
        ("", _) => session.hour.clone(),
        (start, "") => start.to_owned(),
        (start, end) => format!("từ {start} đến {end}"),
    };
    let comma = if hours.is_empty() { "" } else { ", " };
    line("Thời gian", format!("{hours}{comma}{}", day_long(session.day)));
    line("Địa điểm", session.place.clone());
    line("Chủ trì", chair.clone());
    line("Người ghi biên bản", writer.clone());
    let called = i64::try_from(called(tx, &unit.id, session.day).await?.len()).unwrap_or(0);
    let counts = tx
        .one(
            "SELECT CAST(COALESCE(SUM(CASE WHEN status = 'present' THEN 1 ELSE 0 END), 0) AS BIGINT) AS present,
                    CAST(COALESCE(SUM(CASE WHEN status = 'excused' THEN 1 ELSE 0 END), 0) AS BIGINT) AS excused,
                    CAST(COALESCE(SUM(CASE WHEN status = 'absent' THEN 1 ELSE 0 END), 0) AS BIGINT) AS absent
             FROM attendance WHERE activity = $1 AND withdrawn IS NULL",
            params![activity],
        )
        .await?;
    let (present, excused, absent) = (counts.int("present")?, counts.int("excused")?, counts.int("absent")?);
    line(
        "Thành phần",
        format!(
            "phải dự {called} đồng chí; có mặt {present}; vắng có lý do {excused}; vắng không lý do {absent}"
        ),
    );
    let away = tx
        .query(
            "SELECT p.name, a.status FROM attendance a JOIN person p ON p.id = a.person
             WHERE a.activity = $1 AND a.status IN ('excused', 'absent') AND a.withdrawn IS NULL ORDER BY p.sort, p.code",
            params![activity],
        )
        .await?;
    let mut names = Vec::new();
    for row in &away {
        let why = if row.text("status")? == "excused" { "có lý do" } else { "không lý do" };
        names.push(format!("{} ({why})", row.text("name")?));
    }
    line("Vắng mặt", names.join("; "));
    let agenda = lines(&session.agenda);
    if !agenda.is_empty() {
        blocks.push(bold("1. Chương trình"));
        blocks.extend(agenda.into_iter().map(|l| Block::Item(vec![Inline::Text(l)])));
    }
    blocks.push(bold("2. Nội dung và ý kiến thảo luận"));
    if session.record.is_empty() {
        blocks.push(Block::Lines(6));
    }
    blocks.extend(session.record.lines().filter(|l| !l.trim().is_empty()).map(|l| paragraph(l.trim())));
    let spoke = tx
        .query(
            "SELECT p.name FROM attendance a JOIN person p ON p.id = a.person
             WHERE a.activity = $1 AND a.spoke = 1 AND a.withdrawn IS NULL ORDER BY p.sort, p.code",
            params![activity],
        )
        .await?;
    let spoke: Vec<String> = spoke.iter().map(|r| r.words("name")).collect::<store::Result<_>>()?;
    if !spoke.is_empty() {
        blocks.push(paragraph(format!("Có {} ý kiến phát biểu: {}.", spoke.len(), spoke.join(", "))));
    }
    blocks.push(bold("3. Kết luận"));
    if conclusion.is_empty() {
        blocks.push(Block::Lines(3));
    }
    blocks.extend(conclusion.lines().filter(|l| !l.trim().is_empty()).map(|l| paragraph(l.trim())));
    let tasks = tx
        .query(
            "SELECT f.task, f.deadline, p.name FROM follow_up f LEFT JOIN person p ON p.id = f.owner
             WHERE f.activity = $1 AND f.withdrawn IS NULL ORDER BY f.code, f.id LIMIT 100",
            params![activity],
        )
        .await?;
    if !tasks.is_empty() {
        blocks.push(bold("4. Phân công"));
    }
    for row in &tasks {
        let mut words = row.words("task")?;
        if let Some(name) = row.opt_text("name")? {
            words.push_str(&format!("; phụ trách: {name}"));
        }
        if let Some(day) = row.opt_day("deadline")? {
            words.push_str(&format!("; hạn: {}", day_short(day)));
        }
        blocks.push(Block::Item(vec![Inline::Text(words)]));
    }
    let end = if session.ended.is_empty() { String::new() } else { format!(" lúc {} cùng ngày", session.ended) };
    blocks.push(paragraph(format!("Buổi họp kết thúc{end}. Biên bản đã được thông qua trước chi bộ.")));
    if !writer.is_empty() {
        blocks.push(Block::Paragraph(vec![
            Inline::Bold("Người ghi biên bản ".to_owned()),
            Inline::Italic("(ký, ghi rõ họ tên)".to_owned()),
            Inline::Text(format!(": {writer}")),
        ]));
    }
    let kind = entry::word_of(Lang::Vi, &MEETING_KIND, &session.kind).to_lowercase();
    Ok(Document {
        head: Head {
            superior,
            issuer: unit.name.to_uppercase(),
            symbol: String::new(),
            place,
            day: Some(written.unwrap_or(session.day)),
        },
        kind: "BIÊN BẢN".to_owned(),
        extract: format!("{kind}: {}", session.title),
        blocks,
        recipients: vec![format!("Lưu {}", unit.name)],
        signature: Some(Signature {
            authority: String::new(),
            position: "CHỦ TRÌ".to_owned(),
            name: chair,
        }),
        about: About {
            template: "minutes".to_owned(),
            unit: unit.code.clone(),
            period: String::new(),
            date: session.day.format("%Y-%m-%d").to_string(),
        },
    })
}
