//! The cell of the demonstration's secretary and member in the running year, so that their site is in use: a plan
//! half done, sessions held and one to come, commitments of all, things that are late and things of this week.
//!
//! Everything lies after the periods of the five reports and changes none of their figures. What has happened is
//! dated before the day on which the demonstration is made, what is to come after it.

use super::dice::{Dice, day, later};
use super::rows::{Rows, row};
use super::{names, people, province};
use chrono::{Datelike, Weekday};
use domain::{Day, Message};
use store::{Db, params};

/// Who is there.
pub struct Cell {
    /// Its code.
    pub code: String,
    /// The committee above it.
    pub above: String,
    /// Codes of its members, the secretary first, then the member who can sign in.
    pub members: Vec<String>,
}

impl Cell {
    /// The cell of the secretary's sign-in, once the sign-ins are there; `None` when it has no members.
    pub async fn of(db: &Db, today: Day) -> store::Result<Option<Cell>> {
        let mut tx = db.read().await?;
        let Some(unit) = records::unit::by_code(&mut tx, people::CELL, today).await? else { return Ok(None) };
        let sql = "SELECT u.code FROM unit_span s JOIN unit u ON u.id = s.ancestor JOIN unit_kind k ON k.id = u.kind
                   WHERE s.descendant = $1 AND s.ancestor <> $1 AND s.from_day <= $2 AND s.to_day >= $2
                   ORDER BY k.level DESC LIMIT 1";
        let above = tx.first(sql, params![&unit.id, today]).await?;
        let Some(above) = above.map(|row| row.words("code")).transpose()? else { return Ok(None) };
        // Those who can sign in stand first, the secretary before the member.
        let sql = "SELECT p.code FROM person p LEFT JOIN account a ON a.person = p.id
                   WHERE p.unit = $1 AND p.withdrawn IS NULL AND p.category = 'party_member'
                   ORDER BY CASE WHEN a.name = $2 THEN 0 WHEN a.name IS NULL THEN 2 ELSE 1 END, p.code LIMIT 30";
        let rows = tx.query(sql, params![&unit.id, people::SECRETARY]).await?;
        let members = rows.iter().map(|row| row.words("code")).collect::<store::Result<Vec<_>>>()?;
        Ok(Some(Cell { code: people::CELL.to_owned(), above, members }))
    }

    /// Its workbook of the running year.
    pub fn workbook(&self, today: Day) -> Result<super::Workbook, Message> {
        Ok((
            "5-chi-bo-nam-nay.xlsx".to_owned(),
            rows(self, today).workbook("Sổ số liệu năm nay", &self.code)?,
        ))
    }
}

/// The rows of its year.
pub fn rows(cell: &Cell, today: Day) -> Rows {
    let mut rows = Rows::default();
    if cell.members.len() < 4 {
        return rows;
    }
    let year = Year { cell, today, n: today.year(), theme: format!("CD{}", today.year()) };
    year.theme(&mut rows);
    year.plans(&mut rows);
    year.sessions(&mut rows);
    year.readings(&mut rows);
    year.commitments(&mut rows);
    year.deeds(&mut rows);
    rows
}

struct Year<'a> {
    cell: &'a Cell,
    today: Day,
    n: i32,
    theme: String,
}

impl Year<'_> {
    fn programme(&self) -> &'static str {
        // From 13/7/2026 on another directive is in force; a year is begun under the one of its January.
        if self.n > 2026 { "CT07" } else { "KL01" }
    }

    fn past(&self, when: Day) -> bool {
        when < self.today
    }

    fn member(&self, at: usize) -> &str {
        &self.cell.members[at % self.cell.members.len()]
    }

    fn theme(&self, rows: &mut Rows) {
        row!(rows, "theme", code: self.theme.as_str(), programme: self.programme(), unit: province::CODE, kind: "year",
            title: "Nói ít, làm nhiều, làm đến nơi đến chốn", year: i64::from(self.n), arrival_day: day(5, 1, self.n));
    }

    /// What the committee above set for the year, and the cell's own plan. Two things of the former were not taken up.
    fn plans(&self, rows: &mut Rows) {
        let (n, above) = (self.n, &self.cell.above);
        let plan = format!("KH{n}-{above}");
        row!(rows, "plan", code: plan.as_str(), unit: above.as_str(), programme: self.programme(), theme: self.theme.as_str(),
            year: i64::from(n), kind: "year", issued_day: day(8, 1, n), symbol: "04-KH/ĐU", received_day: day(6, 1, n),
            deadline: day(31, 1, n));
        for (at, (title, month)) in FROM_ABOVE.into_iter().enumerate() {
            let due = day(25, month, n);
            row!(rows, "task", code: format!("{:02}", at + 1), plan: plan.as_str(), title: title, month: i64::from(month),
                deadline: due, done_day: self.past(due).then(|| later(due, -4)), result: self.past(due).then_some("Đã làm theo kế hoạch."));
        }
        let plan = format!("KH{n}-{}", self.cell.code);
        row!(rows, "plan", code: plan.as_str(), unit: self.cell.code.as_str(), programme: self.programme(),
            theme: self.theme.as_str(), year: i64::from(n), kind: "year", issued_day: day(20, 1, n).min(self.today),
            symbol: "02-KH/CB", received_day: day(9, 1, n).min(self.today), deadline: day(31, 1, n));
        for (at, (title, month, owner)) in OWN.into_iter().enumerate() {
            let due = day(if month == 2 { 28 } else { 30 }, month, n);
            // One of those whose day is over was forgotten.
            let done = self.past(due) && at % 7 != 4;
            row!(rows, "task", code: format!("{:02}", at + 1), plan: plan.as_str(), title: title, month: i64::from(month),
                owner: self.member(owner), deadline: due, done_day: done.then(|| later(due, -5)),
                result: done.then_some("Đã làm, có ghi trong biên bản sinh hoạt."));
        }
        row!(rows, "breakthrough", code: format!("DP{n}-{}", self.cell.code), unit: self.cell.code.as_str(), year: i64::from(n),
            title: "Trả lời kiến nghị của đoàn viên trong năm ngày làm việc",
            how: "Mỗi kiến nghị ghi vào một sổ chung, giao một người trả lời, thứ Hai hằng tuần đọc lại.", owner: self.member(2),
            deadline: later(self.today, 20));
    }

    /// A topic session each quarter, with tasks that are asked about next time; the next one is planned.
    fn sessions(&self, rows: &mut Rows) {
        let cell = self.cell.code.as_str();
        let members = &self.cell.members;
        for (at, month) in [2_u32, 5, 8, 11].into_iter().enumerate() {
            let when = day(12, month, self.n);
            if !self.past(when) {
                continue;
            }
            let code = format!("CD{}-{}-{cell}", self.n, at + 1);
            row!(rows, "activity", code: code.as_str(), unit: cell, kind: "topic_session", title: names::TOPICS[(at * 3 + 1) % names::TOPICS.len()],
                day: when, year: i64::from(self.n), programme: self.programme(), theme: self.theme.as_str(), mode: "in_person",
                depth: if at == 2 { "extended" } else { "in_depth" }, lead_in: self.member(at + 1), paper_sent_day: later(when, -6),
                theory_part: true, practice_part: true, minutes: true, minutes_day: when, minutes_length: 90_i64,
                conclusion: "Chi bộ chọn hai việc làm ngay, mỗi việc một người chịu trách nhiệm.");
            for (k, person) in members.iter().enumerate() {
                let away = (k + at) % 9 == 3;
                row!(rows, "attendance", activity: code.as_str(), person: person.as_str(),
                    status: if away { "excused" } else { "present" }, spoke: !away && k % 2 == at % 2,
                    makeup_day: (away && at != 3).then(|| later(when, 7).min(self.today)));
            }
            for (k, (task, days)) in TASKS[at].into_iter().enumerate() {
                let due = later(when, days);
                // The last one given is still open, the ones before were done.
                let done = self.past(due) && (at, k) != (3, 0) && (at, k) != (2, 1);
                row!(rows, "follow_up", code: format!("{:02}", k + 1), activity: code.as_str(), task: task,
                    owner: self.member(at * 2 + k), deadline: due, done_day: done.then(|| later(due, -1)),
                    outcome: done.then_some("Đã xong, báo trước chi bộ."));
            }
        }
        let next = later(self.today, 5);
        let code = format!("DK{}-{cell}", next.format("%Y%m%d"));
        row!(rows, "meeting", code: code.as_str(), unit: cell, kind: "topic_session", title: "Giữ lời hứa với đoàn viên: việc gì đã làm, việc gì còn nợ",
            day: next, hour: "16:30", place: "Phòng họp tầng 2", mode: "in_person", depth: "in_depth", theme: self.theme.as_str(),
            lead_in: self.member(1), agenda: "1. Nghe báo cáo đề dẫn\n2. Hỏi lại việc giao ở buổi trước\n3. Thảo luận\n4. Kết luận",
            chair: self.member(0), writer: self.member(3));
        row!(rows, "meeting_answer", meeting: code.as_str(), person: self.member(3), answer: "excused",
            reason: "Đi công tác theo quyết định của cơ quan.", day: later(self.today, -1));
    }

    /// A quarter of an hour every Monday: the last ones held, the next ones on the rota.
    fn readings(&self, rows: &mut Rows) {
        let cell = self.cell.code.as_str();
        let monday = later(self.today, -i64::from(self.today.weekday().num_days_from_monday()));
        debug_assert_eq!(monday.weekday(), Weekday::Mon);
        for week in -10..=5_i64 {
            let when = later(monday, week * 7);
            if when.year() != self.n {
                continue;
            }
            let turn = usize::try_from(week + 10).unwrap_or(0);
            let code = format!("DT{}-{cell}", when.format("%Y%m%d"));
            // Last week's was held and not ticked off: it is asked about.
            let held = week < -1;
            if held {
                row!(rows, "activity", code: code.as_str(), unit: cell, kind: "weekly_reading", title: STORIES[turn % STORIES.len()],
                    day: when, programme: self.programme(), mode: "in_person", minutes_length: 15_i64);
            }
            row!(rows, "reading_turn", unit: cell, kind: "weekly_reading", day: when, turn_person: self.member(turn),
                activity: held.then_some(code));
        }
    }

    /// Everybody's: most registered, one waits for the secretary, one was given back; some progress, a look that is
    /// late and one of this week.
    fn commitments(&self, rows: &mut Rows) {
        let mut dice = Dice::new("nam nay");
        let year = i64::from(self.n);
        for (at, person) in self.cell.members.iter().enumerate() {
            let code = format!("CK{year}-{person}");
            let last = self.cell.members.len() - 1;
            let (sent, back) = (at == last, at + 1 == last);
            row!(rows, "commitment", code: code.as_str(), unit: self.cell.code.as_str(), person: person.as_str(), year: year,
                registered_day: (!sent && !back).then(|| day(28, 1, self.n).min(self.today)), writeup: at % 5 != 4,
                theme: self.theme.as_str(), stage: if sent { Some("sent") } else { back.then_some("returned") },
                sent_day: (sent || back).then(|| later(self.today, -3)), returned_day: back.then(|| later(self.today, -1)),
                returned_why: back.then_some("Việc thứ hai chưa nói đo bằng gì, xin ghi rõ con số."));
            for no in 1..=3_i64 {
                let (what, measure, target) = names::PLEDGES[dice.below(names::PLEDGES.len())];
                let vague = no == 2 && (back || at % 4 == 1);
                let due = if no == 1 { later(self.today, 6) } else { day(15, 12, self.n) };
                row!(rows, "commitment_item", commitment: code.as_str(), no: no, what: if vague { "Nêu cao tinh thần trách nhiệm" } else { what },
                    measure: (!vague).then_some(measure), target: (!vague).then_some(target), deadline: (!vague).then_some(due),
                    area: if no == 3 { "ethics" } else { "duty" });
            }
            if !sent && !back && at % 3 != 2 {
                row!(rows, "progress", commitment: code.as_str(), item: 1_i64, no: 1_i64, day: later(self.today, -20).max(day(1, 1, self.n)),
                    text: "Đã làm được hơn nửa, ghi trong sổ công tác.");
            }
        }
        for (at, days) in [(1_usize, -6_i64), (2, 3)] {
            row!(rows, "look", code: format!("XEM{year}-{}", at), unit: self.cell.code.as_str(),
                commitment: format!("CK{year}-{}", self.member(at)), planned_day: later(self.today, days), who: self.member(0));
        }
    }

    /// Welfare, savings, an article, papers received, praise proposed.
    fn deeds(&self, rows: &mut Rows) {
        let cell = self.cell.code.as_str();
        let past = |days: i64| later(self.today, -days).max(day(1, 1, self.n));
        for (at, (purpose, amount, beneficiary)) in [
            ("poor", 4_500_000_i64, "Ba hộ khó khăn ở phường"),
            ("students", 6_000_000, "Trường Tiểu học Thạch Bàn"),
        ]
        .into_iter()
        .enumerate()
        {
            row!(rows, "contribution", code: format!("AS-{}-{:02}", self.n, at + 1), unit: cell, side: "own", way: "given",
                day: past(40 + 60 * i64::try_from(at).unwrap_or(0)), purpose: purpose, beneficiary: beneficiary, amount: amount);
        }
        for month in 1..self.today.month() {
            row!(rows, "saving", unit: cell, year: i64::from(self.n), month: i64::from(month), item: "paper",
                baseline: 1_200_000_i64, actual: 1_200_000_i64 - 40_000 * i64::from(month), target: "10");
        }
        row!(rows, "publicity", code: format!("TB{}-{cell}", self.n), unit: cell, day: past(25), kind: "article", channel: "website",
            title: "Một chi bộ, một cuốn sổ kiến nghị", pieces: 1_i64);
        row!(rows, "document", code: format!("VB{}-{cell}", self.n), unit: cell, direction: "received", type: "guidance", number: 12_i64,
            symbol: "12-HD/ĐU", day: past(12), issuer: "Đảng ủy", extract: "Kiểm điểm, đánh giá cuối năm", programme: self.programme());
        row!(rows, "commendation", code: format!("DN{}-{cell}", self.n), unit: cell, stage: "proposed", level: "block",
            form: "certificate", object: "individual", object_person: self.member(2), day: past(15), year: i64::from(self.n),
            merit: "following", programme: self.programme());
    }
}

const FROM_ABOVE: [(&str, u32); 5] = [
    ("Học tập chuyên đề năm", 2),
    ("Đăng ký bản cam kết", 1),
    ("Nhìn lại cam kết giữa năm", 6),
    ("Gửi gương điển hình về Đảng ủy", 10),
    ("Gửi báo cáo năm về Đảng ủy", 12),
];

const OWN: [(&str, u32, usize); 12] = [
    ("Đăng ký bản cam kết của đảng viên", 1, 0),
    ("Học tập chuyên đề năm", 2, 0),
    ("Sinh hoạt chuyên đề quý I", 3, 1),
    ("Thăm, tặng quà hộ khó khăn", 4, 4),
    ("Lập sổ kiến nghị của đoàn viên", 5, 2),
    ("Nhìn lại cam kết giữa năm", 6, 0),
    ("Sinh hoạt chuyên đề mở rộng quý III", 8, 3),
    ("Kiểm tra việc thực hiện cam kết của hai đảng viên", 9, 0),
    ("Chọn gương điển hình", 10, 1),
    ("Sinh hoạt chuyên đề quý IV", 11, 1),
    ("Kiểm điểm, đánh giá cam kết cuối năm", 12, 0),
    ("Báo cáo năm gửi Đảng ủy", 12, 0),
];

/// Two tasks of each session: what, and in how many days.
const TASKS: [[(&str, i64); 2]; 4] = [
    [("Treo lịch tiếp đoàn viên ở sảnh", 14), ("Soạn mẫu sổ kiến nghị", 30)],
    [("Mở sổ kiến nghị chung", 10), ("Phân công người trực hằng tuần", 20)],
    [("Gửi thư cảm ơn người góp ý", 14), ("Tổng hợp kiến nghị quá năm ngày", 45)],
    [("Gọi lại ba người chưa được trả lời", 8), ("Viết một gương làm tốt gửi trang tin", 24)],
];

const STORIES: [&str; 5] = [
    "Chuyện đúng hẹn với một cụ già",
    "Bát cháo nhường bạn",
    "Bức thư trả lời trong ngày",
    "Chiếc áo vá của người phụ trách",
    "Một buổi lao động cùng dân",
];
