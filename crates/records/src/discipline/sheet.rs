//! The sheet of discipline.

use super::rules;
use crate::inspection::OBJECT;
use crate::kind::{Choice, Draft, Fault, Field, Kind, Owner, Ty, choice, needed, nothing};
use domain::Message;

/// Forms of discipline, and dealing with a violation without one.
pub const FORM: [Choice; 6] = [
    choice("handled", "Xử lý khác", "Dealt with otherwise"),
    choice("reprimand", "Khiển trách", "Reprimand"),
    choice("warning", "Cảnh cáo", "Warning"),
    choice("removal", "Cách chức", "Removal from office"),
    choice("expulsion", "Khai trừ", "Expulsion"),
    choice("dissolution", "Giải tán", "Dissolution"),
];

/// What was violated.
pub const REASON: [Choice; 5] = [
    choice("law", "Vi phạm pháp luật", "The law"),
    choice("ethics", "Vi phạm đạo đức, lối sống", "Ethics and way of life"),
    choice("forbidden", "Vi phạm những điều đảng viên không được làm", "What members must not do"),
    choice("commitment", "Vi phạm cam kết", "A commitment"),
    choice("other", "Vi phạm khác", "Other"),
];

/// A decision on one organisation or one member that violated something.
pub static DISCIPLINE_KIND: Kind = Kind {
    name: "discipline",
    vi: "Kỷ luật",
    en: "Discipline",
    note: "Mỗi dòng là một quyết định đối với MỘT tổ chức đảng hoặc MỘT đảng viên. Mã không trùng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("KL-2022-01").also(&["Mã vụ việc", "Số hiệu"]),
        Field::new("unit", "Đơn vị quyết định", "Deciding unit", Ty::Unit)
            .required()
            .example("Đảng bộ Sở A")
            .also(&["Đơn vị", "Cấp quyết định", "Đơn vị xử lý"]),
        Field::new("object", "Đối tượng", "Object", Ty::Choice(&OBJECT))
            .required()
            .example("Đảng viên")
            .also(&["Loại đối tượng"]),
        Field::new("object_unit", "Tổ chức bị xử lý", "Organisation", Ty::Unit)
            .note("Bắt buộc khi đối tượng là tổ chức đảng; đối với đảng viên thì ghi đơn vị của đảng viên, nếu cần.")
            .also(&["Tổ chức đảng", "Đơn vị của đảng viên"]),
        Field::new("object_person", "Đảng viên bị xử lý", "Member", Ty::Person)
            .note("Chỉ ghi khi đối tượng là đảng viên.")
            .also(&["Đảng viên", "Họ và tên", "Họ tên đảng viên"]),
        Field::new("form", "Hình thức", "Form", Ty::Choice(&FORM))
            .required()
            .note("Tổ chức đảng: khiển trách, cảnh cáo, giải tán. Đảng viên: khiển trách, cảnh cáo, cách chức, khai trừ; dự bị chỉ khiển trách, cảnh cáo.")
            .example("Khiển trách")
            .also(&["Hình thức kỷ luật", "Hình thức xử lý"]),
        Field::new("reason", "Lý do", "Reason", Ty::Choice(&REASON))
            .required()
            .example("Vi phạm cam kết")
            .also(&["Nội dung vi phạm", "Hành vi vi phạm"]),
        Field::new("day", "Ngày quyết định", "Day", Ty::Day)
            .required()
            .example("10/08/2022")
            .also(&["Ngày", "Ngày tháng"]),
        Field::new("decision", "Số quyết định", "Decision", Ty::Text(200))
            .example("Quyết định số 15-QĐ/ĐU")
            .also(&["Quyết định", "Số QĐ"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "discipline",
    sensitive: true,
    check,
    derive: nothing,
};

fn check(draft: &Draft) -> Vec<Fault> {
    let organisation = draft.text("object") == Some("organisation");
    let mut faults = needed(draft, "object_unit", organisation, "discipline-object-unit");
    if organisation && !draft.is_empty("object_person") {
        faults.push(Fault::at("object_person", Message::new("discipline-one-object")));
    }
    faults.extend(form_of_the_day(draft));
    faults
}

/// The form must be one that the rule in force on the day knows for the object.
fn form_of_the_day(draft: &Draft) -> Option<Fault> {
    let (object, form, day) = (draft.text("object")?, draft.text("form")?, draft.day("day")?);
    let rule = rules::in_force(object, day)?;
    if form == "handled" || rule.forms.contains(&form) {
        return None;
    }
    let known = || FORM.iter().filter(|c| rule.forms.contains(&c.code));
    let message = Message::new("discipline-form")
        .with("forms", known().map(|c| c.vi).collect::<Vec<_>>().join(", "))
        .with("forms_en", known().map(|c| c.en).collect::<Vec<_>>().join(", "))
        .with("source", rule.source);
    Some(Fault::at("form", message))
}
