//! The sheets of units: the list, what happened to them, their headcounts.

use crate::kind::{Choice, Draft, Fault, Field, Held, Kind, Owner, Ty, choice, no_rule, nothing};
use domain::{Message, text};

/// Who people are to the organisation. The programme reaches all of them.
pub const CATEGORY: [Choice; 5] = [
    choice("party_member", "Đảng viên", "Party member"),
    choice("youth_member", "Đoàn viên", "Youth-union member"),
    choice("association_member", "Hội viên", "Association member"),
    choice("official", "Cán bộ, công chức, viên chức", "Official"),
    choice("worker", "Người lao động", "Worker"),
];

/// What can happen to a unit.
pub const EVENT: [Choice; 5] = [
    choice("merge", "Sáp nhập vào", "Merged into"),
    choice("split", "Chia tách ra", "Split off"),
    choice("move", "Chuyển về trực thuộc", "Moved under"),
    choice("rename", "Đổi tên", "Renamed"),
    choice("dissolve", "Giải thể", "Dissolved"),
];

/// Where its people work.
pub const SECTOR: [Choice; 6] = [
    choice("agency", "Cơ quan", "Agency"),
    choice("enterprise", "Doanh nghiệp", "Enterprise"),
    choice("school", "Trường học", "School"),
    choice("hospital", "Y tế", "Health"),
    choice("armed", "Lực lượng vũ trang", "Armed forces"),
    choice("other", "Khác", "Other"),
];

/// Kinds of units.
pub static UNIT_KIND_KIND: Kind = Kind {
    name: "unit_kind",
    vi: "Loại tổ chức",
    en: "Kinds of units",
    note: "Mỗi dòng là một loại tổ chức đảng và cấp của nó. Chỉ thêm khi quy định thay đổi.",
    fields: &[
        Field::new("code", "Mã loại", "Code", Ty::Code).required().example("cell"),
        Field::new("vi", "Tên loại", "Vietnamese name", Ty::Text(100)).required().example("Chi bộ"),
        Field::new("en", "Tên tiếng Anh", "English name", Ty::Text(100)).required().example("Cell"),
        Field::new("level", "Cấp", "Level", Ty::Whole(0, 9)).required().note("1 là cấp tỉnh, số lớn hơn là cấp dưới.").example("5"),
        Field::new("grassroots", "Là tổ chức cơ sở đảng", "Grassroots organisation", Ty::Flag).example(""),
        Field::new("cell", "Là chi bộ", "Cell", Ty::Flag).example("x"),
        Field::new("body", "Tên cơ quan ban hành", "Issuing body", Ty::Text(100)).required().example("CHI BỘ"),
        Field::new("authority", "Quyền hạn ký", "Signing authority", Ty::Text(100)).example("T/M CHI BỘ"),
    ],
    key: &["code"],
    owner: Owner::Shared,
    day: None,
    returns: "unit",
    sensitive: false,
    check: no_rule,
    derive: nothing,
};

/// Units.
pub static UNIT_KIND: Kind = Kind {
    name: "unit",
    vi: "Đơn vị",
    en: "Units",
    note: "Mỗi dòng là một tổ chức, như lúc thành lập. Mã đơn vị không trùng. Thay đổi về sau (sáp nhập, chia tách, chuyển, đổi tên, giải thể) ghi ở trang “Biến động tổ chức”.",
    fields: &[
        Field::new("code", "Mã đơn vị", "Code", Ty::Code).required().example("CB-01").also(&["Mã", "Mã TCĐ", "Mã số", "Ký hiệu đơn vị"]),
        Field::new("name", "Tên đơn vị", "Name", Ty::Text(200)).required().example("Chi bộ Phòng Tổng hợp").also(&["Đơn vị", "Tên tổ chức đảng", "Tên chi bộ", "Tổ chức đảng", "Tên TCCSĐ", "Chi, đảng bộ"]),
        Field::new("kind", "Loại tổ chức", "Kind", Ty::Ref("unit_kind")).required().example("Chi bộ").also(&["Loại", "Loại hình", "Loại hình tổ chức", "Loại TCĐ"]),
        Field::new("parent", "Trực thuộc", "Under", Ty::Unit).note("Đơn vị cấp trên trực tiếp lúc thành lập; để trống nếu là đơn vị cao nhất.").example("Đảng bộ Sở A").also(&["Đơn vị cấp trên", "Đảng bộ cấp trên", "Cấp trên trực tiếp", "Thuộc đảng bộ"]),
        Field::new("from_day", "Từ ngày", "From", Ty::Day).required().note("Ngày có quyết định thành lập, hoặc ngày bắt đầu theo dõi.").example("01/01/2019").also(&["Ngày thành lập", "Ngày TL"]),
        Field::new("decision", "Quyết định", "Decision", Ty::Text(200)).example("Quyết định số 12-QĐ/ĐU").also(&["Số quyết định", "QĐ thành lập"]),
        Field::new("symbol", "Chữ viết tắt", "Abbreviation", Ty::Text(20)).note("Dùng trong số và ký hiệu văn bản, ví dụ ĐUK, CB.").example("CB").also(&["Viết tắt"]),
        Field::new("place", "Địa danh", "Place", Ty::Text(100)).note("Ghi trước ngày tháng của văn bản.").example("Hoành Sơn").also(&["Địa chỉ", "Địa bàn"]),
        Field::new("sector", "Khối", "Sector", Ty::Choice(&SECTOR)).example("Cơ quan").also(&["Lĩnh vực", "Loại hình cơ quan"]),
        Field::new("search", "Tìm kiếm", "Search", Ty::Text(300)).computed(),
        Field::new("sort", "Sắp xếp", "Sort", Ty::Text(400)).computed(),
    ],
    key: &["code"],
    owner: Owner::Field("id"),
    day: Some("from_day"),
    returns: "unit",
    sensitive: false,
    check: no_rule,
    derive: keys,
};

/// What happened to units.
pub static UNIT_EVENT_KIND: Kind = Kind {
    name: "unit_event",
    vi: "Biến động tổ chức",
    en: "Changes of units",
    note: "Mỗi dòng là một thay đổi có quyết định. Sáp nhập: đơn vị thôi tồn tại, các đơn vị trực thuộc chuyển sang đơn vị nhận. Chia tách: đơn vị mới đã có dòng ở trang “Đơn vị”.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("BD-01"),
        Field::new("event", "Thay đổi", "Change", Ty::Choice(&EVENT)).required().example("Sáp nhập vào"),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().note("Đơn vị bị thay đổi.").example("Chi bộ B"),
        Field::new("other", "Đơn vị liên quan", "Other unit", Ty::Unit).note("Đơn vị nhận sáp nhập, đơn vị cấp trên mới, hoặc đơn vị được tách ra.").example("Chi bộ C"),
        Field::new("new_name", "Tên mới", "New name", Ty::Text(200)).example(""),
        Field::new("day", "Ngày hiệu lực", "Day", Ty::Day).required().example("01/07/2022"),
        Field::new("decision", "Quyết định", "Decision", Ty::Text(200)).required().example("Quyết định số 45-QĐ/ĐUK"),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "unit",
    sensitive: false,
    check: event_whole,
    derive: nothing,
};

/// Headcounts.
pub static HEADCOUNT_KIND: Kind = Kind {
    name: "unit_headcount",
    vi: "Quân số theo đối tượng",
    en: "Headcount by category",
    note: "Số người của đơn vị theo đối tượng, mỗi năm một dòng, cho những người không ghi tên ở trang “Đảng viên”. Khóa: đơn vị, năm, đối tượng.",
    fields: &[
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("Đảng bộ Sở A"),
        Field::new("year", "Năm", "Year", Ty::Year).required().example("2022"),
        Field::new("category", "Đối tượng", "Category", Ty::Choice(&CATEGORY)).required().example("Người lao động"),
        Field::new("n", "Số người", "Persons", Ty::Whole(0, 10_000_000)).required().example("120"),
    ],
    key: &["unit", "year", "category"],
    owner: Owner::Field("unit"),
    day: Some("year"),
    returns: "unit_headcount",
    sensitive: false,
    check: no_rule,
    derive: nothing,
};

fn keys(draft: &mut Draft) {
    let name = draft.text("name").unwrap_or_default().to_owned();
    draft.set("search", Held::Text(text::fold(&name)));
    draft.set("sort", Held::Text(text::sort_key(&name)));
}

/// A merge, a split and a move name the other unit; a rename names the new name.
fn event_whole(draft: &Draft) -> Vec<Fault> {
    let event = draft.text("event").unwrap_or_default();
    let mut faults = Vec::new();
    if matches!(event, "merge" | "split" | "move") && draft.is_empty("other") {
        faults.push(Fault::at("other", Message::new("unit-event-other")));
    }
    if matches!(event, "merge" | "split" | "move") && !draft.is_empty("other") && draft.get("other") == draft.get("unit") {
        faults.push(Fault::at("other", Message::new("unit-event-itself")));
    }
    if event == "rename" && draft.is_empty("new_name") {
        faults.push(Fault::at("new_name", Message::new("unit-event-name")));
    }
    faults
}
