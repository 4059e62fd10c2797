//! What the rows of a programme hold, and the rules one row must keep.

use crate::kind::{
    Choice, Draft, Fault, Field, Held, Kind, Owner, Ty, choice, needed, not_backwards, nothing,
};
use chrono::Datelike;
use domain::Message;

/// Kinds of themes.
pub const THEME_KIND: [Choice; 3] = [
    choice("term", "Toàn khóa", "Of the term"),
    choice("year", "Hằng năm", "Of the year"),
    choice("local", "Của địa phương, đơn vị", "Local"),
];

/// Kinds of plans.
pub const PLAN_KIND: [Choice; 2] = [
    choice("year", "Kế hoạch năm", "Plan of the year"),
    choice("term", "Kế hoạch toàn khóa", "Plan of the term"),
];

/// A programme of study and practice.
pub static PROGRAMME: Kind = Kind {
    name: "programme",
    vi: "Chương trình học tập",
    en: "Programmes",
    note: "Mỗi chỉ thị, kết luận về học tập và làm theo là một dòng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("CT05").also(&["Mã chương trình"]),
        Field::new("name", "Tên chương trình", "Name", Ty::Text(500))
            .required()
            .example("Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh")
            .also(&["Tên", "Nội dung", "Chương trình"]),
        Field::new("document", "Văn bản", "Directive", Ty::Text(200))
            .note("Số và ký hiệu của chỉ thị hoặc kết luận.")
            .example("05-CT/TW")
            .also(&["Số chỉ thị", "Chỉ thị", "Số, ký hiệu"]),
        Field::new("from_day", "Từ ngày", "From", Ty::Day)
            .required()
            .example("15/05/2016")
            .also(&["Ngày ban hành", "Hiệu lực từ"]),
        Field::new("to_day", "Đến ngày", "To", Ty::Day)
            .note("Để trống nếu còn hiệu lực.")
            .also(&["Ngày hết hiệu lực"]),
    ],
    key: &["code"],
    owner: Owner::Shared,
    day: Some("from_day"),
    returns: "programme",
    sensitive: false,
    check: |draft| not_backwards(draft, "from_day", "to_day"),
    derive: nothing,
};

/// A theme that a programme sets for a term or a year.
pub static THEME: Kind = Kind {
    name: "theme",
    vi: "Chuyên đề",
    en: "Themes",
    note: "Mỗi chuyên đề toàn khóa, hằng năm hoặc của địa phương là một dòng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("CD2023").also(&["Mã chuyên đề"]),
        Field::new("programme", "Chương trình", "Programme", Ty::Ref("programme"))
            .required()
            .example("CT05")
            .also(&["Mã chương trình"]),
        Field::new("unit", "Cấp ban hành", "Issued by", Ty::Unit).required().example("DU01").also(&[
            "Đơn vị ban hành",
            "Đơn vị",
            "Nơi ban hành",
        ]),
        Field::new("kind", "Loại", "Kind", Ty::Choice(&THEME_KIND))
            .required()
            .example("hằng năm")
            .also(&["Loại chuyên đề"]),
        Field::new("title", "Tên chuyên đề", "Title", Ty::Text(500))
            .required()
            .example("Nêu cao tinh thần trách nhiệm, nói đi đôi với làm")
            .also(&["Chuyên đề", "Tên", "Chủ đề"]),
        Field::new("year", "Năm", "Year", Ty::Year).note("Bắt buộc với chuyên đề hằng năm.").example("2023"),
        Field::new("arrival_day", "Ngày tiếp nhận", "Arrived on", Ty::Day)
            .note("Ngày đơn vị nhận được tài liệu chuyên đề.")
            .example("10/01/2023")
            .also(&["Ngày nhận", "Ngày nhận tài liệu"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("year"),
    returns: "theme",
    sensitive: false,
    check: |draft| needed(draft, "year", draft.text("kind") == Some("year"), "programme-theme-year"),
    derive: nothing,
};

/// A plan that a unit issues.
pub static PLAN: Kind = Kind {
    name: "plan",
    vi: "Kế hoạch",
    en: "Plans",
    note: "Mỗi kế hoạch thực hiện chuyên đề mà đơn vị ban hành là một dòng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("KH2023-CB01").also(&["Mã kế hoạch"]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("CB01").also(&[
            "Chi bộ",
            "Đơn vị ban hành",
            "Cấp ban hành",
        ]),
        Field::new("programme", "Chương trình", "Programme", Ty::Ref("programme"))
            .required()
            .example("CT05")
            .also(&["Mã chương trình"]),
        Field::new("theme", "Chuyên đề", "Theme", Ty::Ref("theme")).example("CD2023").also(&["Mã chuyên đề"]),
        Field::new("year", "Năm", "Year", Ty::Year)
            .required()
            .note("Với kế hoạch toàn khóa: năm đầu.")
            .example("2023")
            .also(&["Năm kế hoạch"]),
        Field::new("kind", "Loại", "Kind", Ty::Choice(&PLAN_KIND))
            .required()
            .example("kế hoạch năm")
            .also(&["Loại kế hoạch"]),
        Field::new("issued_day", "Ngày ban hành", "Issued on", Ty::Day)
            .required()
            .example("25/01/2023")
            .also(&["Ngày ký", "Ngày kế hoạch"]),
        Field::new("symbol", "Số, ký hiệu", "Number and symbol", Ty::Text(100)).example("05-KH/CB").also(&[
            "Số ký hiệu",
            "Số kế hoạch",
            "Ký hiệu",
        ]),
        Field::new("received_day", "Ngày nhận chuyên đề", "Theme received on", Ty::Day)
            .note("Ngày nhận được chuyên đề hoặc kế hoạch của cấp trên.")
            .example("10/01/2023")
            .also(&["Ngày nhận", "Ngày tiếp nhận", "Ngày nhận kế hoạch cấp trên"]),
        Field::new("deadline", "Hạn ban hành", "Deadline", Ty::Day)
            .note("Hạn cấp trên giao phải có kế hoạch.")
            .example("31/01/2023")
            .also(&["Thời hạn", "Hạn"]),
        Field::new("days_to_plan", "Số ngày ra kế hoạch", "Days to plan", Ty::Whole(0, 100_000)).computed(),
        Field::new("late", "Chậm", "Late", Ty::Flag).computed(),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("issued_day"),
    returns: "plan",
    sensitive: false,
    check: check_plan,
    derive: |draft| {
        let days = days_between(draft, "received_day", "issued_day").filter(|days| *days >= 0);
        draft.set("days_to_plan", days.map_or(Held::Empty, Held::Int));
        set_late(draft, "issued_day");
    },
};

/// A task of a plan.
pub static TASK: Kind = Kind {
    name: "task",
    vi: "Nhiệm vụ trong kế hoạch",
    en: "Tasks of plans",
    note: "Mỗi việc trong một kế hoạch là một dòng, phân biệt bằng mã trong kế hoạch đó.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("01").also(&[
            "Mã nhiệm vụ",
            "Số thứ tự",
            "STT",
        ]),
        Field::new("plan", "Kế hoạch", "Plan", Ty::Ref("plan"))
            .required()
            .example("KH2023-CB01")
            .also(&["Mã kế hoạch"]),
        Field::new("title", "Nội dung", "What", Ty::Text(500))
            .required()
            .example("Sinh hoạt chuyên đề quý II")
            .also(&["Nhiệm vụ", "Nội dung công việc", "Công việc", "Tên nhiệm vụ"]),
        Field::new("month", "Tháng", "Month", Ty::Month).example("5"),
        Field::new("quarter", "Quý", "Quarter", Ty::Whole(1, 4))
            .note("1 đến 4; để trống nếu đã ghi tháng.")
            .example("2"),
        Field::new("owner", "Người phụ trách", "Owner", Ty::Person).example("45.012345").also(&[
            "Người thực hiện",
            "Phụ trách",
            "Phân công",
        ]),
        Field::new("deadline", "Hạn hoàn thành", "Deadline", Ty::Day).example("31/05/2023").also(&[
            "Thời hạn",
            "Hạn",
            "Thời gian hoàn thành",
        ]),
        Field::new("done_day", "Ngày hoàn thành", "Done on", Ty::Day)
            .note("Để trống nếu chưa xong.")
            .also(&["Ngày xong"]),
        Field::new("result", "Kết quả", "Result", Ty::Long)
            .note("Bắt buộc khi đã hoàn thành.")
            .also(&["Kết quả thực hiện", "Sản phẩm"]),
        // Written by taking it up on the year's page: codes of tasks repeat from plan to plan, so no sheet can name one.
        Field::new("answers", "Việc cấp trên giao", "Answers", Ty::Ref("task")).computed(),
        Field::new("late", "Chậm", "Late", Ty::Flag).computed(),
    ],
    key: &["plan", "code"],
    owner: Owner::Through("plan"),
    day: Some("deadline"),
    returns: "plan",
    sensitive: false,
    check: check_task,
    derive: |draft| {
        if let (true, Some(month)) = (draft.is_empty("quarter"), draft.int("month")) {
            draft.set("quarter", Held::Int((month - 1) / 3 + 1));
        }
        set_late(draft, "done_day");
    },
};

/// What a unit chose to break through on in a year.
pub static BREAKTHROUGH: Kind = Kind {
    name: "breakthrough",
    vi: "Nội dung đột phá",
    en: "Breakthroughs",
    note: "Mỗi việc nổi cộm, bức xúc mà đơn vị chọn giải quyết trong năm là một dòng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("DP2023-CB01-1").also(&["Mã nội dung"]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit)
            .required()
            .example("CB01")
            .also(&["Chi bộ", "Đơn vị đăng ký"]),
        Field::new("year", "Năm", "Year", Ty::Year).required().example("2023").also(&["Năm đăng ký"]),
        Field::new("title", "Nội dung đột phá", "What", Ty::Text(500))
            .required()
            .example("Rút ngắn thời gian giải quyết hồ sơ")
            .also(&["Nội dung", "Vấn đề nổi cộm", "Việc chọn đột phá", "Khâu đột phá"]),
        Field::new("how", "Cách làm", "How", Ty::Long).also(&["Giải pháp", "Biện pháp", "Cách thực hiện"]),
        Field::new("owner", "Người phụ trách", "Owner", Ty::Person).example("45.012345").also(&["Phụ trách"]),
        Field::new("deadline", "Hạn giải quyết", "Deadline", Ty::Day).example("30/09/2023").also(&["Thời hạn", "Hạn"]),
        Field::new("solved_day", "Ngày giải quyết xong", "Solved on", Ty::Day)
            .note("Để trống nếu chưa xong.")
            .also(&["Ngày hoàn thành", "Ngày xong"]),
        Field::new("evidence", "Minh chứng", "Evidence", Ty::Text(500))
            .note("Bắt buộc khi đã giải quyết xong: văn bản, số liệu, đường dẫn.")
            .also(&["Kết quả", "Kết quả, minh chứng"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("year"),
    returns: "breakthrough",
    sensitive: false,
    check: check_breakthrough,
    derive: nothing,
};

fn check_plan(draft: &Draft) -> Vec<Fault> {
    let mut faults = not_backwards(draft, "received_day", "issued_day");
    faults.extend(not_backwards(draft, "received_day", "deadline"));
    if let (Some("year"), Some(year), Some(issued)) =
        (draft.text("kind"), draft.int("year"), draft.day("issued_day"))
    {
        // A plan of the year may be issued at the end of the year before, never after its year.
        let written = i64::from(issued.year());
        if written < year - 1 || written > year {
            let message = Message::new("programme-plan-year").with("year", year.to_string());
            faults.push(Fault::at("issued_day", message.with("day", domain::day_short(issued))));
        }
    }
    faults
}

fn check_task(draft: &Draft) -> Vec<Fault> {
    let mut faults = needed(draft, "result", !draft.is_empty("done_day"), "programme-task-result");
    if let (Some(month), Some(quarter)) = (draft.int("month"), draft.int("quarter"))
        && (month - 1) / 3 + 1 != quarter
    {
        let message = Message::new("programme-task-quarter").with("month", month).with("quarter", quarter);
        faults.push(Fault::at("quarter", message));
    }
    faults
}

fn check_breakthrough(draft: &Draft) -> Vec<Fault> {
    let mut faults =
        needed(draft, "evidence", !draft.is_empty("solved_day"), "programme-breakthrough-evidence");
    if let (Some(year), Some(solved)) = (draft.int("year"), draft.day("solved_day"))
        && i64::from(solved.year()) < year
    {
        let message = Message::new("programme-breakthrough-year").with("year", year.to_string());
        faults.push(Fault::at("solved_day", message.with("day", domain::day_short(solved))));
    }
    faults
}

/// The days from one field to another; absent when either is empty.
pub fn days_between(draft: &Draft, from: &str, to: &str) -> Option<i64> {
    Some((draft.day(to)? - draft.day(from)?).num_days())
}

/// Sets `late` when the day of a field comes after `deadline`. What is not done yet is not
/// late here: that depends on the day one asks, and the measures offer `deadline` for it.
pub fn set_late(draft: &mut Draft, done: &str) {
    let late = days_between(draft, "deadline", done).is_some_and(|days| days > 0);
    draft.set("late", Held::Int(i64::from(late)));
}
