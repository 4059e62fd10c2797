//! What is kept of a session besides the activity it becomes: the plan of it with its agenda and
//! minutes, what members answered, and whose turn it is to read.

use super::super::sheet::{DEPTH, KIND, MODE};
use crate::kind::{Choice, Draft, Fault, Field, Held, Kind, Owner, Ty, choice, needed, nothing};
use domain::Message;

/// Kinds of sessions that are planned and invited to.
pub const MEETING_KIND: [Choice; 6] = [KIND[9], KIND[2], KIND[0], KIND[5], KIND[7], KIND[6]];

/// What a member answers.
pub const ANSWER: [Choice; 2] =
    [choice("coming", "Sẽ dự", "Coming"), choice("excused", "Xin vắng", "Asks to be excused")];

/// What a rota is made for.
pub const TURN_KIND: [Choice; 2] = [KIND[3], KIND[4]];

/// A session from its plan to its minutes. It counts in no figure: what is counted is the activity
/// that it becomes when it is held.
pub static MEETING: Kind = Kind {
    name: "meeting",
    vi: "Buổi sinh hoạt dự kiến",
    en: "Planned sessions",
    note: "Mỗi buổi sinh hoạt, hội nghị được chuẩn bị là một dòng. Buổi dự kiến chưa tính vào số liệu; khi tổ chức mới tính.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code)
            .required()
            .example("SHTK-CB01-20260605")
            .also(&["Mã buổi"]),
        Field::new("unit", "Đơn vị tổ chức", "Organiser", Ty::Unit)
            .required()
            .example("CB01")
            .also(&["Chi bộ", "Đơn vị"]),
        Field::new("kind", "Hình thức", "Kind", Ty::Choice(&MEETING_KIND))
            .required()
            .example("sinh hoạt chuyên đề")
            .also(&["Loại"]),
        Field::new("title", "Nội dung", "Title", Ty::Text(500))
            .required()
            .example("Học tập Bác về tinh thần trách nhiệm")
            .also(&["Tên", "Chủ đề"]),
        Field::new("day", "Ngày", "Day", Ty::Day).required().example("05/06/2026").also(&["Ngày dự kiến"]),
        Field::new("hour", "Giờ", "Hour", Ty::Text(10)).example("19:30").also(&["Giờ bắt đầu dự kiến"]),
        Field::new("place", "Địa điểm", "Place", Ty::Text(300)).example("Nhà văn hóa khu phố"),
        Field::new("mode", "Cách tổ chức", "Mode", Ty::Choice(&MODE)).example("trực tiếp"),
        Field::new("depth", "Mức độ", "Depth", Ty::Choice(&DEPTH))
            .note("Bắt buộc với sinh hoạt chuyên đề.")
            .example("chuyên sâu"),
        Field::new("theme", "Chuyên đề", "Theme", Ty::Ref("theme")).example("CD2023").also(&["Mã chuyên đề"]),
        Field::new("lead_in", "Người viết báo cáo đề dẫn", "Writer of the lead-in paper", Ty::Person)
            .example("45.012345")
            .also(&["Người chuẩn bị"]),
        Field::new("agenda", "Chương trình buổi họp", "Agenda", Ty::Long).also(&["Nội dung chương trình"]),
        Field::new("paper_sent_day", "Ngày gửi tài liệu", "Paper sent on", Ty::Day)
            .example("03/06/2026")
            .also(&["Gửi tài liệu ngày"]),
        Field::new("activity", "Buổi đã tổ chức", "Held as", Ty::Ref("activity"))
            .note("Mã của buổi trong sổ hoạt động; để trống khi chưa tổ chức."),
        Field::new("chair", "Chủ trì", "Chair", Ty::Person).also(&["Người chủ trì"]),
        Field::new("writer", "Người ghi biên bản", "Writer of the minutes", Ty::Person).also(&["Thư ký"]),
        Field::new("started", "Bắt đầu lúc", "Started at", Ty::Text(10)).example("19:30"),
        Field::new("ended", "Kết thúc lúc", "Ended at", Ty::Text(10)).example("21:05"),
        Field::new("record", "Nội dung biên bản", "Minutes", Ty::Long).also(&["Biên bản", "Ý kiến thảo luận"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "activity",
    sensitive: false,
    check: check_meeting,
    derive: |draft| ["hour", "started", "ended"].into_iter().for_each(|name| settle_clock(draft, name)),
};

/// What one member answered to one invitation.
pub static MEETING_ANSWER: Kind = Kind {
    name: "meeting_answer",
    vi: "Trả lời lời mời họp",
    en: "Answers to invitations",
    note: "Mỗi người trả lời một buổi dự kiến là một dòng.",
    fields: &[
        Field::new("meeting", "Buổi dự kiến", "Planned session", Ty::Ref("meeting"))
            .required()
            .example("SHTK-CB01-20260605")
            .also(&["Mã buổi"]),
        Field::new("person", "Người", "Person", Ty::Person)
            .required()
            .example("45.012345")
            .also(&["Đảng viên", "Họ và tên"]),
        Field::new("answer", "Trả lời", "Answer", Ty::Choice(&ANSWER)).required().example("sẽ dự"),
        Field::new("reason", "Lý do", "Reason", Ty::Text(500))
            .note("Bắt buộc khi xin vắng.")
            .also(&["Lý do vắng"]),
        Field::new("day", "Ngày trả lời", "Answered on", Ty::Day),
    ],
    key: &["meeting", "person"],
    owner: Owner::Through("meeting"),
    day: Some("day"),
    returns: "activity",
    sensitive: false,
    check: |draft| {
        needed(draft, "reason", draft.text("answer") == Some("excused"), "activity-session-reason-needed")
    },
    derive: nothing,
};

/// Whose turn it is on a day to read, or to lead the flag ceremony.
pub static READING_TURN: Kind = Kind {
    name: "reading_turn",
    vi: "Lịch đọc đầu tuần, chào cờ",
    en: "Rota of readings",
    note: "Mỗi ngày đến lượt là một dòng. Đã đọc thì có buổi tương ứng trong sổ hoạt động.",
    fields: &[
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("CB01").also(&["Chi bộ"]),
        Field::new("kind", "Hình thức", "Kind", Ty::Choice(&TURN_KIND))
            .required()
            .example("sinh hoạt đầu tuần, đọc mẩu chuyện"),
        Field::new("day", "Ngày", "Day", Ty::Day).required().example("05/01/2026"),
        Field::new("turn_unit", "Tổ đến lượt", "Group", Ty::Unit).example("Tổ đảng số 1").also(&["Tổ"]),
        Field::new("turn_person", "Người đến lượt", "Person", Ty::Person).example("45.012345"),
        Field::new("activity", "Buổi đã đọc", "Held as", Ty::Ref("activity")),
    ],
    key: &["unit", "kind", "day"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "activity",
    sensitive: false,
    check: |draft| {
        let nobody = draft.is_empty("turn_unit") && draft.is_empty("turn_person");
        needed(draft, "turn_unit", nobody, "activity-turn-needed")
    },
    derive: nothing,
};

fn check_meeting(draft: &Draft) -> Vec<Fault> {
    let topic = draft.text("kind") == Some("topic_session");
    let mut faults = needed(draft, "depth", topic, "activity-depth-needed");
    for name in ["hour", "started", "ended"] {
        if let Some(typed) = draft.text(name).filter(|t| clock(t).is_none()) {
            faults.push(Fault::at(name, Message::new("activity-session-hour").with("typed", typed)));
        }
    }
    if let (Some(start), Some(end)) = (at(draft, "started"), at(draft, "ended"))
        && end <= start
    {
        faults.push(Fault::at("ended", Message::new("activity-session-ends-first")));
    }
    if let (Some(sent), Some(day)) = (draft.day("paper_sent_day"), draft.day("day"))
        && sent > day
    {
        let message = Message::new("activity-paper-after").with("sent", domain::day_short(sent));
        faults.push(Fault::at("paper_sent_day", message.with("day", domain::day_short(day))));
    }
    faults
}

fn at(draft: &Draft, name: &str) -> Option<i64> {
    draft.text(name).and_then(clock)
}

/// The length that start and end make, in minutes.
pub fn length(started: &str, ended: &str) -> Option<i64> {
    let minutes = clock(ended)? - clock(started)?;
    (minutes > 0).then_some(minutes)
}

/// An hour as people write it, in minutes of the day: `19:30`, `19h30`, `19 giờ 30`, `8h`.
pub fn clock(typed: &str) -> Option<i64> {
    let folded = domain::text::fold(typed).replace("gio", "h").replace([':', '.'], "h");
    let (hour, minute) = folded.split_once('h')?;
    let number = |text: &str, least: usize| -> Option<i64> {
        let text = text.trim();
        let fits = (least..=2).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
        if fits { Some(text.parse().unwrap_or(0)) } else { None }
    };
    let minute = minute.trim().trim_end_matches("phut");
    let (hour, minute) = (number(hour, 1)?, number(minute, 0)?);
    (hour < 24 && minute < 60).then_some(hour * 60 + minute)
}

/// Minutes of the day as `19:30`.
pub fn shown_clock(minutes: i64) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

fn settle_clock(draft: &mut Draft, name: &'static str) {
    if let Some(minutes) = at(draft, name) {
        draft.set(name, Held::Text(shown_clock(minutes)));
    }
}
