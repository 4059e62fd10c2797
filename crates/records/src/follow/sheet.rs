//! What a row of following up holds, and the rules it must keep.

use crate::kind::{Draft, Fault, Field, Kind, Owner, Ty, needed, not_backwards, nothing};
use domain::Message;

/// A look at something that was promised: planned, or done.
pub static LOOK: Kind = Kind {
    name: "look",
    vi: "Lần xem, theo dõi",
    en: "Looks",
    note: "Mỗi lần xem đã định hoặc đã làm là một dòng: xem MỘT bản cam kết, MỘT việc sau sinh hoạt hoặc MỘT nội dung đột phá.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("XEM-01").also(&["Mã lần xem"]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("CB01").also(&["Chi bộ"]),
        Field::new("commitment", "Bản cam kết", "Commitment", Ty::Ref("commitment"))
            .example("CK2023-45.012345")
            .also(&["Mã cam kết", "Cam kết"]),
        Field::new("activity", "Buổi giao việc", "Session of the task", Ty::Ref("activity"))
            .note("Với việc sau sinh hoạt: mã của buổi, và mã của việc ở cột sau.")
            .also(&["Mã hoạt động"]),
        Field::new("task", "Mã việc", "Task", Ty::Code).also(&["Việc sau sinh hoạt"]),
        Field::new("breakthrough", "Nội dung đột phá", "Breakthrough", Ty::Ref("breakthrough"))
            .also(&["Mã nội dung đột phá"]),
        Field::new("planned_day", "Ngày định xem", "Planned for", Ty::Day)
            .example("15/06/2023")
            .also(&["Lần xem tiếp"]),
        Field::new("who", "Người xem", "Who looks", Ty::Person).example("45.012345"),
        Field::new("looked_day", "Ngày đã xem", "Looked on", Ty::Day)
            .note("Để trống nếu chưa xem.")
            .example("14/06/2023")
            .also(&["Ngày xem"]),
        Field::new("looked_at", "Đã xem gì", "What was looked at", Ty::Text(500))
            .note("Bắt buộc khi đã xem.")
            .example("Sổ theo dõi đơn quý II"),
        Field::new("said", "Trao đổi, nhắc nhở", "What was said", Ty::Long),
        Field::new("changed", "Đã thay đổi gì", "What changed", Ty::Long),
        Field::new("next_day", "Hẹn lần tới", "Next look on", Ty::Day).example("15/09/2023"),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("planned_day"),
    returns: "look",
    sensitive: false,
    check,
    derive: nothing,
};

fn check(draft: &Draft) -> Vec<Fault> {
    let mut faults = Vec::new();
    let subjects = ["commitment", "activity", "breakthrough"];
    if subjects.iter().filter(|f| !draft.is_empty(f)).count() != 1 {
        faults.push(Fault::at("commitment", Message::new("follow-one-subject")));
    }
    if draft.is_empty("activity") != draft.is_empty("task") {
        faults.push(Fault::at("task", Message::new("follow-task-of-session")));
    }
    let looked = !draft.is_empty("looked_day");
    faults.extend(needed(draft, "looked_at", looked, "follow-looked-at-needed"));
    faults.extend(needed(draft, "planned_day", !looked, "follow-day-needed"));
    faults.extend(not_backwards(draft, "looked_day", "next_day"));
    faults
}
