//! The sheet of ratings and titles.

use crate::inspection::OBJECT;
use crate::kind::{Choice, Draft, Fault, Field, Kind, Owner, Ty, choice, nothing};
use domain::{Message, Period};

/// Levels of quality of a year.
pub const LEVEL: [Choice; 4] = [
    choice("excellent", "Hoàn thành xuất sắc nhiệm vụ", "Excellent"),
    choice("good", "Hoàn thành tốt nhiệm vụ", "Good"),
    choice("completed", "Hoàn thành nhiệm vụ", "Completed"),
    choice("failed", "Không hoàn thành nhiệm vụ", "Not completed"),
];

/// Titles of emulation.
pub const TITLE: [Choice; 4] = [
    choice("advanced_worker", "Lao động tiên tiến", "Advanced worker"),
    choice("emulation_fighter", "Chiến sĩ thi đua", "Emulation fighter"),
    choice("advanced_collective", "Tập thể lao động tiên tiến", "Advanced collective"),
    choice("excellent_collective", "Tập thể lao động xuất sắc", "Excellent collective"),
];

/// The rating or the title of one organisation or one person for a year.
pub static RATING_KIND: Kind = Kind {
    name: "rating",
    vi: "Xếp loại, danh hiệu",
    en: "Ratings and titles",
    note: "Mỗi dòng là kết quả xếp loại hoặc danh hiệu của MỘT tổ chức hoặc MỘT cá nhân trong một năm. Mã không trùng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("XL-2023-01").also(&["Số hiệu"]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit)
            .required()
            .note("Đơn vị được xếp loại, hoặc đơn vị của cá nhân.")
            .example("Chi bộ B")
            .also(&["Tổ chức đảng", "Chi bộ", "Đơn vị được xếp loại"]),
        Field::new("object", "Đối tượng", "Object", Ty::Choice(&OBJECT))
            .required()
            .example("Tổ chức đảng")
            .also(&["Loại đối tượng"]),
        Field::new("person", "Cá nhân", "Person", Ty::Person)
            .note("Chỉ ghi khi đối tượng là đảng viên.")
            .also(&["Họ và tên", "Đảng viên", "Họ tên"]),
        Field::new("year", "Năm", "Year", Ty::Year)
            .required()
            .note("Năm được xếp loại, không phải năm ra quyết định.")
            .example("2023")
            .also(&["Năm xếp loại", "Năm đánh giá"]),
        Field::new("level", "Xếp loại", "Level", Ty::Choice(&LEVEL))
            .example("Hoàn thành tốt nhiệm vụ")
            .also(&["Mức xếp loại", "Mức chất lượng", "Kết quả xếp loại"]),
        Field::new("title", "Danh hiệu", "Title", Ty::Choice(&TITLE))
            .example("Tập thể lao động tiên tiến")
            .also(&["Danh hiệu thi đua"]),
        Field::new("rated_by", "Cấp xếp loại", "Rated by", Ty::Text(200))
            .example("Ban Thường vụ Đảng ủy Khối")
            .also(&["Cấp công nhận", "Cơ quan xếp loại"]),
        Field::new("decision", "Số quyết định", "Decision", Ty::Text(200))
            .example("Quyết định số 30-QĐ/ĐUK")
            .also(&["Quyết định", "Số QĐ"]),
        Field::new("day", "Ngày quyết định", "Decided on", Ty::Day)
            .example("10/01/2024")
            .also(&["Ngày", "Ngày tháng"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("year"),
    returns: "rating",
    sensitive: true,
    check,
    derive: nothing,
};

fn check(draft: &Draft) -> Vec<Fault> {
    let mut faults = Vec::new();
    let organisation = draft.text("object") == Some("organisation");
    if draft.is_empty("level") && draft.is_empty("title") {
        faults.push(Fault::at("level", Message::new("rating-nothing")));
    }
    if organisation && !draft.is_empty("person") {
        faults.push(Fault::at("person", Message::new("rating-one-object")));
    }
    if let Some(title) = draft.text("title")
        && draft.text("object").is_some()
        && organisation != title.ends_with("_collective")
    {
        faults.push(Fault::at("title", Message::new("rating-title")));
    }
    if let (Some(year), Some(day)) = (draft.int("year"), draft.day("day"))
        && i32::try_from(year).is_ok_and(|y| Period::year(y).from() > day)
    {
        let message =
            Message::new("rating-year").with("year", year.to_string()).with("day", domain::day_short(day));
        faults.push(Fault::at("day", message));
    }
    faults
}
