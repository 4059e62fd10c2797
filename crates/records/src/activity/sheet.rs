//! What the rows of study and meetings hold, and the rules one row must keep.

use crate::kind::{
    Choice, Draft, Fault, Field, Held, Kind, Owner, Ty, choice, needed, not_backwards, nothing,
};
use crate::programme::sheet::{days_between, set_late};
use chrono::Datelike;
use domain::Message;

/// Kinds of activities.
pub const KIND: [Choice; 10] = [
    choice("conference", "Hội nghị học tập, quán triệt", "Study conference"),
    choice("makeup", "Học bổ sung", "Make-up study"),
    choice("topic_session", "Sinh hoạt chuyên đề", "Topic session"),
    choice("weekly_reading", "Sinh hoạt đầu tuần, đọc mẩu chuyện", "Weekly reading"),
    choice("flag_ceremony", "Chào cờ", "Flag ceremony"),
    choice("self_review", "Sinh hoạt \"tự soi, tự sửa\"", "Self-review session"),
    choice("training", "Lớp bồi dưỡng, tập huấn", "Training"),
    choice("review_conference", "Hội nghị sơ kết, tổng kết", "Review conference"),
    choice("study_visit", "Về nguồn", "Study visit"),
    choice("regular", "Sinh hoạt chi bộ thường kỳ", "Regular cell session"),
];

/// How people meet.
pub const MODE: [Choice; 3] = [
    choice("in_person", "Trực tiếp", "In person"),
    choice("online", "Trực tuyến", "Online"),
    choice("mixed", "Trực tiếp kết hợp trực tuyến", "Mixed"),
];

/// How deep a topic session goes.
pub const DEPTH: [Choice; 2] =
    [choice("in_depth", "Chuyên sâu", "In depth"), choice("extended", "Mở rộng", "Extended")];

/// Whom a site counts: a category of people, or all of them together.
pub const WHOM: [Choice; 6] = {
    let c = crate::person::sheet::CATEGORY;
    [choice("all", "Tất cả", "All"), c[0], c[1], c[2], c[3], c[4]]
};

/// Whether a person came.
pub const STATUS: [Choice; 4] = [
    choice("present", "Có mặt", "Present"),
    choice("excused", "Vắng có lý do", "Absent with reason"),
    choice("absent", "Vắng không lý do", "Absent without reason"),
    choice("exempt", "Được miễn", "Exempt"),
];

/// A conference, a session, a reading, a visit.
pub static ACTIVITY: Kind = Kind {
    name: "activity",
    vi: "Hoạt động học tập, sinh hoạt",
    en: "Study and meetings",
    note: "Mỗi hội nghị, buổi sinh hoạt chuyên đề, buổi đọc đầu tuần, lễ chào cờ là một dòng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code)
            .required()
            .example("SHCD-CB01-2023Q2")
            .also(&["Mã hoạt động"]),
        Field::new("unit", "Đơn vị tổ chức", "Organiser", Ty::Unit).required().example("CB01").also(&[
            "Chi bộ",
            "Đơn vị",
            "Nơi tổ chức",
        ]),
        Field::new("kind", "Hình thức", "Kind", Ty::Choice(&KIND))
            .required()
            .example("sinh hoạt chuyên đề")
            .also(&["Loại", "Loại hoạt động", "Loại hình"]),
        Field::new("title", "Nội dung", "Title", Ty::Text(500))
            .required()
            .example("Học tập Bác về tinh thần trách nhiệm")
            .also(&["Tên", "Chủ đề", "Tên chuyên đề", "Tên hoạt động"]),
        Field::new("day", "Ngày", "Day", Ty::Day)
            .required()
            .example("20/05/2023")
            .also(&["Ngày tổ chức", "Thời gian"]),
        Field::new("year", "Năm của chuyên đề", "Theme year", Ty::Year)
            .note("Năm của chuyên đề mà buổi này phục vụ; để trống thì lấy năm tổ chức.")
            .example("2023")
            .also(&["Năm"]),
        Field::new("programme", "Chương trình", "Programme", Ty::Ref("programme"))
            .example("CT05")
            .also(&["Mã chương trình"]),
        Field::new("theme", "Chuyên đề", "Theme", Ty::Ref("theme")).example("CD2023").also(&["Mã chuyên đề"]),
        Field::new("mode", "Cách tổ chức", "Mode", Ty::Choice(&MODE))
            .example("trực tiếp")
            .also(&["Trực tiếp/trực tuyến"]),
        Field::new("depth", "Mức độ", "Depth", Ty::Choice(&DEPTH))
            .note("Bắt buộc với sinh hoạt chuyên đề.")
            .example("chuyên sâu"),
        Field::new("lead_in", "Người viết báo cáo đề dẫn", "Writer of the lead-in paper", Ty::Person)
            .example("45.012345")
            .also(&["Báo cáo đề dẫn", "Người viết đề dẫn", "Người chuẩn bị chuyên đề"]),
        Field::new("paper_sent_day", "Ngày gửi tài liệu", "Paper sent on", Ty::Day)
            .note("Ngày gửi báo cáo đề dẫn hoặc tài liệu cho người dự.")
            .example("17/05/2023")
            .also(&["Ngày gửi báo cáo", "Gửi tài liệu ngày"]),
        Field::new("theory_part", "Có phần lý luận", "Has a part of theory", Ty::Flag)
            .example("x")
            .also(&["Phần lý luận"]),
        Field::new("practice_part", "Có phần liên hệ thực tiễn", "Has a part of practice", Ty::Flag)
            .example("x")
            .also(&["Phần thực tiễn", "Liên hệ thực tiễn"]),
        Field::new("minutes", "Có biên bản", "Has minutes", Ty::Flag).example("x").also(&["Biên bản"]),
        Field::new("minutes_day", "Ngày biên bản", "Minutes of", Ty::Day)
            .example("20/05/2023")
            .also(&["Ngày hoàn thành biên bản"]),
        Field::new("minutes_length", "Thời lượng (phút)", "Length (minutes)", Ty::Whole(1, 10_000))
            .example("90")
            .also(&["Số phút", "Thời lượng"]),
        Field::new("conclusion", "Kết luận", "Conclusion", Ty::Long).also(&["Kết luận của chủ trì"]),
        Field::new("turn", "Đến lượt", "Whose turn", Ty::Unit)
            .note("Tổ, nhóm được phân công đọc hoặc kể tuần này.")
            .also(&["Tổ phụ trách", "Đơn vị đến lượt", "Lượt"]),
        Field::new("makeup_of", "Học bổ sung cho", "Makes up for", Ty::Ref("activity"))
            .note("Mã của hội nghị mà buổi này học bổ sung.")
            .also(&["Bổ sung cho hội nghị"]),
        Field::new("paper_lead", "Gửi trước (ngày)", "Sent days before", Ty::Whole(0, 100_000)).computed(),
        Field::new("quarter", "Quý", "Quarter", Ty::Whole(1, 4)).computed(),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "activity",
    sensitive: false,
    check: check_activity,
    derive: derive_activity,
};

/// A site of a conference with the number of people there.
pub static ATTENDANCE_SITE: Kind = Kind {
    name: "attendance_site",
    vi: "Điểm cầu, số người dự",
    en: "Sites and headcounts",
    note: "Mỗi điểm cầu của một hội nghị là một dòng có số người dự. Đơn vị đã ghi từng người dự thì không ghi số ở đây.",
    fields: &[
        Field::new("activity", "Hoạt động", "Activity", Ty::Ref("activity"))
            .required()
            .example("HN2023-01")
            .also(&["Mã hoạt động", "Hội nghị", "Mã hội nghị"]),
        Field::new("site", "Điểm cầu", "Site", Ty::Text(200))
            .required()
            .example("Hội trường Đảng ủy phường")
            .also(&["Tên điểm cầu", "Địa điểm"]),
        Field::new("unit", "Đơn vị nối điểm cầu", "Unit connected", Ty::Unit)
            .required()
            .example("DU01")
            .also(&["Đơn vị", "Chi bộ", "Đơn vị dự"]),
        Field::new("category", "Đối tượng", "Whom", Ty::Choice(&WHOM))
            .note("Để trống: tất cả.")
            .example("tất cả")
            .also(&["Thành phần"]),
        Field::new("expected", "Số triệu tập", "Expected", Ty::Whole(0, 1_000_000)).example("62").also(&[
            "Phải dự",
            "Số phải dự",
            "Tổng số",
        ]),
        Field::new("attended", "Số dự", "Attended", Ty::Whole(0, 1_000_000))
            .required()
            .example("58")
            .also(&["Có mặt", "Số người dự", "Số đại biểu dự", "Số có mặt"]),
    ],
    key: &["activity", "site"],
    owner: Owner::Field("unit"),
    day: None,
    returns: "activity",
    sensitive: false,
    check: check_site,
    derive: nothing,
};

/// One person at one activity.
pub static ATTENDANCE: Kind = Kind {
    name: "attendance",
    vi: "Điểm danh",
    en: "Attendance",
    note: "Mỗi người ở mỗi buổi là một dòng.",
    fields: &[
        Field::new("activity", "Hoạt động", "Activity", Ty::Ref("activity"))
            .required()
            .example("SHCD-CB01-2023Q2")
            .also(&["Mã hoạt động", "Buổi", "Hội nghị"]),
        Field::new("person", "Người", "Person", Ty::Person).required().example("45.012345").also(&[
            "Họ và tên",
            "Họ tên",
            "Đảng viên",
            "Số thẻ đảng viên",
        ]),
        Field::new("status", "Có mặt/vắng", "Status", Ty::Choice(&STATUS))
            .required()
            .example("có mặt")
            .also(&["Tình trạng", "Điểm danh", "Dự"]),
        Field::new("spoke", "Có phát biểu", "Spoke", Ty::Flag).example("x").also(&["Phát biểu", "Thảo luận"]),
        Field::new("makeup_day", "Ngày học bổ sung", "Made up on", Ty::Day)
            .note("Chỉ ghi khi đã vắng.")
            .also(&["Học bổ sung ngày", "Học bù"]),
    ],
    key: &["activity", "person"],
    owner: Owner::Through("activity"),
    day: None,
    returns: "activity",
    sensitive: false,
    check: check_attendance,
    derive: nothing,
};

/// A task that the conclusion of an activity gave.
pub static FOLLOW_UP: Kind = Kind {
    name: "follow_up",
    vi: "Việc sau sinh hoạt",
    en: "Follow-ups",
    note: "Mỗi việc được kết luận giao sau một buổi là một dòng, phân biệt bằng mã trong buổi đó.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("01").also(&["Số thứ tự", "STT"]),
        Field::new("activity", "Hoạt động", "Activity", Ty::Ref("activity"))
            .required()
            .example("SHCD-CB01-2023Q2")
            .also(&["Mã hoạt động", "Buổi"]),
        Field::new("task", "Việc được giao", "Task", Ty::Text(500))
            .required()
            .example("Rà soát hồ sơ quá hạn")
            .also(&["Nhiệm vụ", "Nội dung", "Công việc"]),
        Field::new("owner", "Người phụ trách", "Owner", Ty::Person)
            .example("45.012345")
            .also(&["Phụ trách", "Người thực hiện"]),
        Field::new("deadline", "Hạn hoàn thành", "Deadline", Ty::Day)
            .example("30/06/2023")
            .also(&["Thời hạn", "Hạn"]),
        Field::new("done_day", "Ngày hoàn thành", "Done on", Ty::Day).also(&["Ngày xong"]),
        Field::new("outcome", "Kết quả", "Outcome", Ty::Long)
            .note("Bắt buộc khi đã hoàn thành.")
            .also(&["Kết quả thực hiện"]),
        Field::new("late", "Chậm", "Late", Ty::Flag).computed(),
    ],
    key: &["activity", "code"],
    owner: Owner::Through("activity"),
    day: Some("deadline"),
    returns: "activity",
    sensitive: false,
    check: |draft| needed(draft, "outcome", !draft.is_empty("done_day"), "activity-outcome-needed"),
    derive: |draft| set_late(draft, "done_day"),
};

fn check_activity(draft: &Draft) -> Vec<Fault> {
    let mut faults = not_backwards(draft, "day", "minutes_day");
    let kind = draft.text("kind").unwrap_or_default();
    faults.extend(needed(draft, "makeup_of", kind == "makeup", "activity-makeup-of-needed"));
    faults.extend(needed(draft, "depth", kind == "topic_session", "activity-depth-needed"));
    if kind != "makeup" && !draft.is_empty("makeup_of") {
        faults.push(Fault::at("makeup_of", Message::new("activity-makeup-of-other")));
    }
    if let (Some(sent), Some(day)) = (draft.day("paper_sent_day"), draft.day("day"))
        && sent > day
    {
        let message = Message::new("activity-paper-after").with("sent", domain::day_short(sent));
        faults.push(Fault::at("paper_sent_day", message.with("day", domain::day_short(day))));
    }
    if draft.int("minutes") == Some(0) && !draft.is_empty("minutes_day") {
        faults.push(Fault::at("minutes", Message::new("activity-minutes-denied")));
    }
    if let (Some(year), Some(day)) = (draft.int("year"), draft.day("day"))
        && (i64::from(day.year()) - year).abs() > 1
    {
        // A theme of one year is studied from the end of the year before to, at the latest, the
        // make-up sessions of the year after.
        let message = Message::new("activity-year-far").with("year", year.to_string());
        faults.push(Fault::at("year", message.with("day", domain::day_short(day))));
    }
    faults
}

fn derive_activity(draft: &mut Draft) {
    if let Some(day) = draft.day("day") {
        if draft.is_empty("year") {
            draft.set("year", Held::Int(i64::from(day.year())));
        }
        draft.set("quarter", Held::Int(i64::from(day.month0() / 3 + 1)));
    }
    if draft.is_empty("minutes") && !draft.is_empty("minutes_day") {
        draft.set("minutes", Held::Int(1));
    }
    let lead = days_between(draft, "paper_sent_day", "day").filter(|days| *days >= 0);
    draft.set("paper_lead", lead.map_or(Held::Empty, Held::Int));
}

fn check_site(draft: &Draft) -> Vec<Fault> {
    match (draft.int("expected"), draft.int("attended")) {
        (Some(expected), Some(attended)) if attended > expected => {
            let message = Message::new("activity-more-than-expected");
            let message =
                message.with("attended", attended.to_string()).with("expected", expected.to_string());
            vec![Fault::at("attended", message)]
        }
        _ => Vec::new(),
    }
}

fn check_attendance(draft: &Draft) -> Vec<Fault> {
    let mut faults = Vec::new();
    let status = draft.text("status").unwrap_or_default();
    if draft.flag("spoke") && status != "present" {
        faults.push(Fault::at("spoke", Message::new("activity-spoke-absent")));
    }
    if !draft.is_empty("makeup_day") && status == "present" {
        faults.push(Fault::at("makeup_day", Message::new("activity-makeup-present")));
    }
    faults
}
