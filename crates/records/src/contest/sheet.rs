//! The sheets of contests: the contest, its entries, the people behind them, its prizes.

use crate::kind::{
    Choice, Draft, Fault, Field, Held, Kind, Owner, Ty, choice, no_rule, not_backwards, nothing,
};

/// How a contest is held.
pub const KIND: [Choice; 3] = [
    choice("online", "Trắc nghiệm trực tuyến", "Online quiz"),
    choice("juried", "Hội thi có ban giám khảo", "Before a jury"),
    choice("writing", "Thi viết", "Writing"),
];

/// Prizes.
pub const RANK: [Choice; 5] = [
    choice("first", "Giải Nhất", "First prize"),
    choice("second", "Giải Nhì", "Second prize"),
    choice("third", "Giải Ba", "Third prize"),
    choice("consolation", "Giải Khuyến khích", "Consolation prize"),
    choice("collective", "Giải tập thể", "Collective prize"),
];

/// A contest.
pub static CONTEST_KIND: Kind = Kind {
    name: "contest",
    vi: "Cuộc thi",
    en: "Contests",
    note: "Mỗi dòng là một cuộc thi, hội thi. Lượt dự thi, số người và giải thưởng ghi ở các trang sau. Mã không trùng.",
    fields: &[
        Field::new("code", "Mã cuộc thi", "Code", Ty::Code)
            .required()
            .example("CT-2022")
            .also(&["Mã", "Số hiệu"]),
        Field::new("unit", "Đơn vị tổ chức", "Organiser", Ty::Unit)
            .required()
            .example("Đảng bộ Khối")
            .also(&["Đơn vị", "Ban tổ chức", "Đơn vị chủ trì"]),
        Field::new("title", "Tên cuộc thi", "Title", Ty::Text(300))
            .required()
            .example("Tìm hiểu cải cách hành chính")
            .also(&["Cuộc thi", "Tên hội thi", "Hội thi"]),
        Field::new("kind", "Hình thức", "Kind", Ty::Choice(&KIND))
            .required()
            .example("Trắc nghiệm trực tuyến")
            .also(&["Hình thức thi", "Loại"]),
        Field::new("from_day", "Từ ngày", "From", Ty::Day)
            .required()
            .example("01/05/2022")
            .also(&["Ngày bắt đầu", "Ngày phát động"]),
        Field::new("to_day", "Đến ngày", "To", Ty::Day)
            .required()
            .note("Cuộc thi tính vào kỳ báo cáo có ngày này.")
            .example("15/06/2022")
            .also(&["Ngày kết thúc", "Ngày tổng kết"]),
        Field::new("year", "Năm", "Year", Ty::Year).computed(),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("to_day"),
    returns: "contest",
    sensitive: false,
    check: runs_forward,
    derive: year_of_end,
};

/// Entries of a unit on a day: lượt, never people.
pub static CONTEST_ENTRY_KIND: Kind = Kind {
    name: "contest_entry",
    vi: "Lượt dự thi",
    en: "Contest entries",
    note: "Số LƯỢT dự thi của một đơn vị trong một ngày; một người có thể thi nhiều lượt. Khóa: cuộc thi, đơn vị, ngày.",
    fields: &[
        Field::new("contest", "Mã cuộc thi", "Contest", Ty::Ref("contest"))
            .required()
            .example("CT-2022")
            .also(&["Cuộc thi", "Mã"]),
        Field::new("unit", "Đơn vị dự thi", "Unit", Ty::Unit)
            .required()
            .example("Chi bộ B")
            .also(&["Đơn vị"]),
        Field::new("day", "Ngày", "Day", Ty::Day)
            .required()
            .note("Không có số từng ngày thì ghi tổng số vào ngày kết thúc.")
            .example("02/05/2022")
            .also(&["Ngày thi", "Thời gian"]),
        Field::new("entries", "Số lượt", "Entries", Ty::Whole(0, 1_000_000_000))
            .required()
            .example("45")
            .also(&["Lượt dự thi", "Số lượt thi", "Lượt", "Số bài dự thi"]),
    ],
    key: &["contest", "unit", "day"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "contest",
    sensitive: false,
    check: no_rule,
    derive: nothing,
};

/// People of a unit who took part, each once.
pub static CONTEST_TURNOUT_KIND: Kind = Kind {
    name: "contest_turnout",
    vi: "Người dự thi",
    en: "Contest turnout",
    note: "Số NGƯỜI của một đơn vị đã dự thi, mỗi người tính một lần dù thi nhiều lượt. Khóa: cuộc thi, đơn vị.",
    fields: &[
        Field::new("contest", "Mã cuộc thi", "Contest", Ty::Ref("contest"))
            .required()
            .example("CT-2022")
            .also(&["Cuộc thi", "Mã"]),
        Field::new("unit", "Đơn vị dự thi", "Unit", Ty::Unit)
            .required()
            .example("Chi bộ B")
            .also(&["Đơn vị"]),
        Field::new("persons", "Số người", "Persons", Ty::Whole(0, 10_000_000))
            .required()
            .example("20")
            .also(&["Số người dự thi", "Người dự thi", "Số thí sinh"]),
    ],
    key: &["contest", "unit"],
    owner: Owner::Field("unit"),
    day: None,
    returns: "contest",
    sensitive: false,
    check: no_rule,
    derive: nothing,
};

/// Prizes of a contest.
pub static CONTEST_PRIZE_KIND: Kind = Kind {
    name: "contest_prize",
    vi: "Giải thưởng cuộc thi",
    en: "Contest prizes",
    note: "Số giải đã trao của một cuộc thi, mỗi hạng giải một dòng. Khóa: cuộc thi, hạng giải.",
    fields: &[
        Field::new("contest", "Mã cuộc thi", "Contest", Ty::Ref("contest"))
            .required()
            .example("CT-2022")
            .also(&["Cuộc thi", "Mã"]),
        Field::new("rank", "Hạng giải", "Rank", Ty::Choice(&RANK))
            .required()
            .example("Giải Nhất")
            .also(&["Giải", "Loại giải"]),
        Field::new("prizes", "Số giải", "Prizes", Ty::Whole(0, 100_000))
            .required()
            .example("1")
            .also(&["Số lượng", "Số giải thưởng"]),
        Field::new("note", "Ghi chú", "Note", Ty::Text(300)).example("Trao tại lễ tổng kết"),
    ],
    key: &["contest", "rank"],
    owner: Owner::Through("contest"),
    day: None,
    returns: "contest",
    sensitive: false,
    check: no_rule,
    derive: nothing,
};

fn runs_forward(draft: &Draft) -> Vec<Fault> {
    not_backwards(draft, "from_day", "to_day")
}

/// A contest belongs to the year in which it ended, as its results do.
fn year_of_end(draft: &mut Draft) {
    let year = draft.day("to_day").and_then(|d| d.format("%Y").to_string().parse().ok());
    draft.set("year", year.map_or(Held::Empty, Held::Int));
}
