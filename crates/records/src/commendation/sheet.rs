//! The sheet of commendation.

use crate::kind::{Choice, Draft, Fault, Field, Kind, Owner, Ty, choice, needed, nothing};
use domain::{Message, Period};

/// Proposed and awarded are two facts and two rows: what was proposed may be refused.
pub const STAGE: [Choice; 2] =
    [choice("proposed", "Đề nghị khen", "Proposed"), choice("awarded", "Được khen", "Awarded")];

/// Who awards, or is asked to award.
pub const LEVEL: [Choice; 6] = [
    choice("cell", "Chi bộ", "Cell"),
    choice("grassroots", "Cấp cơ sở", "Grassroots level"),
    choice("block", "Đảng ủy cấp trên trực tiếp", "Committee directly above"),
    choice("province", "Tỉnh ủy, UBND tỉnh", "Province"),
    choice("department", "Ban Đảng Trung ương", "Central department"),
    choice("state", "Thủ tướng, Nhà nước", "Prime Minister, State"),
];

/// Forms of commendation.
pub const FORM: [Choice; 6] = [
    choice("praise", "Biểu dương", "Praise"),
    choice("certificate", "Giấy khen", "Certificate"),
    choice("merit", "Bằng khen", "Certificate of merit"),
    choice("example", "Điển hình được tuyên dương", "Honoured as an example"),
    choice("exchange", "Tham gia giao lưu toàn quốc", "Invited to a national exchange"),
    choice("title", "Danh hiệu", "Title"),
];

/// Who is commended.
pub const OBJECT: [Choice; 2] =
    [choice("collective", "Tập thể", "Collective"), choice("individual", "Cá nhân", "Individual")];

/// What for.
pub const MERIT: [Choice; 5] = [
    choice("rating", "Hoàn thành xuất sắc nhiệm vụ", "Tasks completed excellently"),
    choice("five_years", "Hoàn thành xuất sắc 5 năm liền", "Excellent five years running"),
    choice("following", "Học tập và làm theo Bác", "Study and practice"),
    choice("congress", "Thực hiện nghị quyết đại hội", "Carrying out a congress resolution"),
    choice("other", "Thành tích khác", "Other"),
];

/// A commendation of one collective or one individual.
pub static COMMENDATION_KIND: Kind = Kind {
    name: "commendation",
    vi: "Khen thưởng",
    en: "Commendation",
    note: "Mỗi dòng là một lần khen hoặc đề nghị khen MỘT tập thể hoặc MỘT cá nhân. Đề nghị và được khen là hai dòng. Mã không trùng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("KT-2023-01").also(&["Mã khen thưởng", "Số hiệu"]),
        Field::new("unit", "Đơn vị báo cáo", "Reporting unit", Ty::Unit)
            .required()
            .note("Đơn vị đưa việc này vào báo cáo của mình: đơn vị khen, đơn vị đề nghị; nếu được cấp trên khen thì là đơn vị nhận.")
            .example("Đảng bộ Sở A")
            .also(&["Đơn vị", "Đơn vị khen", "Đơn vị đề nghị"]),
        Field::new("stage", "Giai đoạn", "Stage", Ty::Choice(&STAGE))
            .required()
            .example("Được khen")
            .also(&["Trạng thái", "Đề nghị hay được khen"]),
        Field::new("level", "Cấp khen", "Level", Ty::Choice(&LEVEL))
            .required()
            .note("Cấp khen, hoặc cấp được đề nghị khen.")
            .example("Cấp cơ sở")
            .also(&["Cấp khen thưởng", "Cấp tặng"]),
        Field::new("form", "Hình thức", "Form", Ty::Choice(&FORM))
            .required()
            .note("Chi bộ trực thuộc chỉ biểu dương; chi bộ cơ sở, đảng ủy cơ sở tặng giấy khen; Ban Thường vụ Tỉnh ủy tặng bằng khen.")
            .example("Giấy khen")
            .also(&["Hình thức khen thưởng", "Hình thức khen"]),
        Field::new("object", "Đối tượng", "Object", Ty::Choice(&OBJECT))
            .required()
            .example("Tập thể")
            .also(&["Loại đối tượng", "Tập thể hay cá nhân"]),
        Field::new("object_unit", "Tập thể được khen", "Collective", Ty::Unit)
            .note("Bắt buộc khi khen tập thể.")
            .example("Chi bộ B")
            .also(&["Tập thể", "Tổ chức được khen"]),
        Field::new("object_person", "Cá nhân được khen", "Individual", Ty::Person)
            .note("Chỉ ghi khi khen cá nhân.")
            .also(&["Cá nhân", "Họ và tên", "Người được khen"]),
        Field::new("decision", "Số quyết định", "Decision", Ty::Text(200))
            .example("Quyết định số 20-QĐ/ĐU")
            .also(&["Quyết định", "Số QĐ"]),
        Field::new("day", "Ngày", "Day", Ty::Day)
            .required()
            .note("Ngày quyết định, hoặc ngày đề nghị.")
            .example("15/01/2024")
            .also(&["Ngày quyết định", "Ngày đề nghị", "Ngày tháng"]),
        Field::new("year", "Năm thành tích", "Year of the merit", Ty::Year)
            .required()
            .note("Năm của thành tích, không phải năm ra quyết định; nhiều năm thì ghi năm cuối.")
            .example("2023")
            .also(&["Năm", "Năm xét"]),
        Field::new("merit", "Thành tích", "Merit", Ty::Choice(&MERIT))
            .example("Hoàn thành xuất sắc nhiệm vụ")
            .also(&["Lý do khen", "Nội dung khen"]),
        Field::new("programme", "Chương trình", "Programme", Ty::Ref("programme"))
            .note("Chỉ thị, kết luận mà thành tích thuộc về.")
            .example("CT05")
            .also(&["Mã chương trình", "Chỉ thị"]),
        Field::new("reasons", "Lý do đề nghị", "Reasons", Ty::Long)
            .note("Việc đã làm và kết quả, ghi ngắn gọn.")
            .also(&["Thành tích cụ thể", "Tóm tắt thành tích"]),
        Field::new("answer", "Trả lời đề nghị", "Answer", Ty::Text(500))
            .note("Chỉ ghi với đề nghị không được khen: lý do.")
            .also(&["Ý kiến cấp xét"]),
        Field::new("proposal", "Mã đề nghị", "Proposal", Ty::Ref("commendation"))
            .note("Chỉ ghi với dòng được khen: mã của đề nghị đã gửi.")
            .also(&["Từ đề nghị"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "commendation",
    sensitive: false,
    check,
    derive: nothing,
};

fn check(draft: &Draft) -> Vec<Fault> {
    let collective = draft.text("object") == Some("collective");
    let mut faults = needed(draft, "object_unit", collective, "commendation-object-unit");
    if collective && !draft.is_empty("object_person") {
        faults.push(Fault::at("object_person", Message::new("commendation-one-object")));
    }
    let proposed = draft.text("stage") == Some("proposed");
    if proposed && !draft.is_empty("proposal") {
        faults.push(Fault::at("proposal", Message::new("commendation-proposal-of-award")));
    }
    if !proposed && !draft.is_empty("answer") {
        faults.push(Fault::at("answer", Message::new("commendation-answer-of-proposal")));
    }
    if let (Some(year), Some(day)) = (draft.int("year"), draft.day("day"))
        && i32::try_from(year).is_ok_and(|y| Period::year(y).from() > day)
    {
        let message = Message::new("commendation-year")
            .with("year", year.to_string())
            .with("day", domain::day_short(day));
        faults.push(Fault::at("year", message));
    }
    faults
}
