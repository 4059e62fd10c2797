//! What a request about one's data holds.

use super::due::due;
use crate::kind::{Choice, Draft, Fault, Field, Held, Kind, Owner, Ty, choice, needed, not_backwards};

/// What can be asked.
pub const ASKS: [Choice; 4] = [
    choice("correct", "Sửa cho đúng", "Correct it"),
    choice("erase", "Xóa dữ liệu cá nhân", "Erase it"),
    choice("copy", "Xin bản sao", "Give a copy"),
    choice("stop", "Dừng sử dụng", "Stop using it"),
];

/// How it was answered.
pub const OUTCOME: [Choice; 2] =
    [choice("done", "Đã làm", "Done"), choice("refused", "Không làm", "Not done")];

/// A request of a person about the data held about them.
pub static DATA_REQUEST: Kind = Kind {
    name: "data_request",
    vi: "Yêu cầu về dữ liệu cá nhân",
    en: "Requests about one's data",
    note: "Mỗi lần một người yêu cầu sửa, xóa, sao hoặc dừng sử dụng dữ liệu về mình là một dòng. Phải trả lời trong 2 ngày làm việc.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("YCDL-2026"),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("CB01"),
        Field::new("person", "Người yêu cầu", "Person", Ty::Person).required().example("45.012345"),
        Field::new("asks", "Yêu cầu", "Asks", Ty::Choice(&ASKS)).required().example("sửa cho đúng"),
        Field::new("about_kind", "Loại dữ liệu", "Kind of record", Ty::Code),
        Field::new("about_id", "Dòng dữ liệu", "Record", Ty::Code),
        Field::new("field", "Mục cần sửa", "Field", Ty::Code),
        Field::new("proposed", "Nội dung đúng", "What is right", Ty::Long),
        Field::new("reason", "Lý do", "Why", Ty::Long),
        Field::new("day", "Ngày yêu cầu", "Asked on", Ty::Day).required().example("15/03/2026"),
        Field::new("due", "Hạn trả lời", "Answer due", Ty::Day).computed(),
        Field::new("outcome", "Kết quả", "Outcome", Ty::Choice(&OUTCOME)),
        Field::new("answered_day", "Ngày trả lời", "Answered on", Ty::Day),
        Field::new("answered_by", "Người trả lời", "Answered by", Ty::Text(100)),
        Field::new("answer", "Nội dung trả lời", "Answer", Ty::Long),
        Field::new("seen_day", "Ngày người yêu cầu xem", "Answer seen on", Ty::Day),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "person",
    // It may speak of a discipline, and always of somebody.
    sensitive: true,
    check,
    derive: |draft| {
        let last = draft.day("day").map_or(Held::Empty, |day| Held::Day(due(day)));
        draft.set("due", last);
    },
};

fn check(draft: &Draft) -> Vec<Fault> {
    let mut faults = not_backwards(draft, "day", "answered_day");
    faults.extend(needed(draft, "outcome", !draft.is_empty("answered_day"), "privacy-outcome-needed"));
    let refused = draft.text("outcome") == Some("refused");
    faults.extend(needed(draft, "answer", refused, "privacy-answer-needed"));
    faults
}
