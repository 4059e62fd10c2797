//! The sheets of stated figures, return states and settlements.

use crate::kind::{Choice, Draft, Fault, Field, Kind, Owner, Ty, choice, no_rule, not_backwards, nothing};
use domain::Message;

/// How a stated number is meant.
pub const COMPARATOR: [Choice; 4] = [
    choice("exact", "Đúng bằng", "Exactly"),
    choice("at_least", "Trên, ít nhất", "At least"),
    choice("at_most", "Dưới, không quá", "At most"),
    choice("approx", "Khoảng, gần", "About"),
];

/// What has been handed in.
pub const STATE: [Choice; 3] = [
    choice("none", "Chưa có", "None"),
    choice("partial", "Một phần", "Partial"),
    choice("complete", "Đầy đủ", "Complete"),
];

/// Which of the two counts.
pub const DECIDES: [Choice; 2] =
    [choice("counted", "Số đếm từ sổ sách", "Counted"), choice("stated", "Số đơn vị báo cáo", "Stated")];

/// The kinds of record that units hand in; `all` speaks for every one.
pub const RETURNS: [Choice; 23] = [
    choice("all", "Tất cả", "All"),
    choice("person", "Đảng viên", "Persons"),
    choice("unit_headcount", "Quân số", "Headcount"),
    choice("position", "Chức vụ", "Positions"),
    choice("programme", "Chương trình", "Programmes"),
    choice("theme", "Chuyên đề", "Themes"),
    choice("plan", "Kế hoạch", "Plans"),
    choice("breakthrough", "Nội dung đột phá", "Breakthroughs"),
    choice("document", "Văn bản", "Documents"),
    choice("activity", "Hoạt động", "Activities"),
    choice("commitment", "Cam kết", "Commitments"),
    choice("inspection", "Kiểm tra, giám sát", "Inspections"),
    choice("discipline", "Kỷ luật", "Discipline"),
    choice("commendation", "Khen thưởng", "Commendations"),
    choice("practice", "Mô hình", "Practices"),
    choice("contest", "Cuộc thi", "Contests"),
    choice("contribution", "An sinh xã hội", "Contributions"),
    choice("saving", "Tiết kiệm", "Savings"),
    choice("publicity", "Tuyên truyền", "Publicity"),
    choice("rating", "Xếp loại", "Ratings"),
    choice("evidence", "Tài liệu minh chứng", "Evidence"),
    choice("unit", "Tổ chức đảng", "Units"),
    choice("stated_figure", "Số liệu báo cáo", "Stated figures"),
];

/// Stated figures.
pub static STATED_KIND: Kind = Kind {
    name: "stated_figure",
    vi: "Số liệu đơn vị báo cáo",
    en: "Stated figures",
    note: "Số liệu tổng hợp do đơn vị tự báo cáo khi không ghi sổ chi tiết, hoặc đọc được từ báo cáo của đơn vị kèm câu trích. Số của nhiều năm không bị chia nhỏ.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("SL-01"),
        Field::new("indicator", "Chỉ tiêu", "Indicator", Ty::Text(80)).required().note("Mã chỉ tiêu trong danh mục, ví dụ practice.models.").example("practice.models"),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("Đảng bộ Sở A"),
        Field::new("subtree", "Gồm cả đơn vị trực thuộc", "With the units below", Ty::Flag).example("x"),
        Field::new("from_day", "Từ ngày", "From", Ty::Day).required().example("01/01/2022"),
        Field::new("to_day", "Đến ngày", "To", Ty::Day).required().example("31/12/2022"),
        Field::new("value", "Giá trị", "Value", Ty::Decimal(2)).required().note("Tiền ghi đủ số đồng; tỷ lệ ghi số phần trăm.").example("12"),
        Field::new("comparator", "Cách nói", "Comparator", Ty::Choice(&COMPARATOR)).required().example("Đúng bằng"),
        Field::new("quote", "Câu trích", "Quote", Ty::Long).example(""),
        Field::new("quote_start", "Vị trí câu trích", "Place of the quote", Ty::Whole(0, 1_000_000_000)),
        Field::new("file_name", "Tệp nguồn", "Source file", Ty::Text(300)),
        Field::new("file_hash", "Mã băm tệp nguồn", "Source hash", Ty::Text(64)),
        Field::new("note", "Ghi chú", "Note", Ty::Text(500)),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("from_day"),
    returns: "stated_figure",
    sensitive: false,
    check: stated_whole,
    derive: nothing,
};

fn stated_whole(draft: &Draft) -> Vec<Fault> {
    let mut faults = not_backwards(draft, "from_day", "to_day");
    let id = draft.text("indicator").unwrap_or_default();
    let shaped = id.split('.').all(|w| !w.is_empty() && w.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_'));
    if !id.is_empty() && !shaped {
        faults.push(Fault::at("indicator", Message::new("figure-indicator-shape").with("found", id)));
    }
    faults
}

/// Return states.
pub static RETURN_KIND: Kind = Kind {
    name: "return_state",
    vi: "Tình trạng nộp số liệu",
    en: "Return states",
    note: "Đơn vị đã nộp đủ, nộp một phần hay chưa nộp từng loại số liệu của từng năm. “Đầy đủ” gồm cả trường hợp trong năm không phát sinh. Khóa: đơn vị, loại, năm.",
    fields: &[
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("Đảng bộ Sở A"),
        Field::new("kind", "Loại số liệu", "Kind", Ty::Choice(&RETURNS)).required().example("Tất cả"),
        Field::new("year", "Năm", "Year", Ty::Year).required().example("2022"),
        Field::new("state", "Tình trạng", "State", Ty::Choice(&STATE)).required().example("Đầy đủ"),
        Field::new("day", "Ngày nộp", "Day", Ty::Day).example("15/01/2023"),
        Field::new("note", "Ghi chú", "Note", Ty::Text(300)),
    ],
    key: &["unit", "kind", "year"],
    owner: Owner::Field("unit"),
    day: Some("year"),
    returns: "stated_figure",
    sensitive: false,
    check: no_rule,
    derive: nothing,
};

/// Settlements of conflicts.
pub static SETTLEMENT_KIND: Kind = Kind {
    name: "settlement",
    vi: "Thống nhất số liệu",
    en: "Settlements",
    note: "Khi số đếm và số báo cáo khác nhau: người có trách nhiệm chọn số nào và vì sao. Khóa: chỉ tiêu, đơn vị, từ ngày, đến ngày.",
    fields: &[
        Field::new("indicator", "Chỉ tiêu", "Indicator", Ty::Text(80)).required().example("practice.models"),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("Đảng bộ Sở A"),
        Field::new("from_day", "Từ ngày", "From", Ty::Day).required().example("01/01/2022"),
        Field::new("to_day", "Đến ngày", "To", Ty::Day).required().example("31/12/2022"),
        Field::new("decides", "Lấy số", "Which counts", Ty::Choice(&DECIDES)).required().example("Số đếm từ sổ sách"),
        Field::new("reason", "Lý do", "Reason", Ty::Text(500)).required().example("Đơn vị đã bổ sung sổ sách."),
    ],
    key: &["indicator", "unit", "from_day", "to_day"],
    owner: Owner::Field("unit"),
    day: Some("from_day"),
    returns: "stated_figure",
    sensitive: false,
    check: settlement_order,
    derive: nothing,
};

fn settlement_order(draft: &Draft) -> Vec<Fault> {
    not_backwards(draft, "from_day", "to_day")
}
