//! The sheets of inspection and supervision, and of their plans.

use crate::kind::{
    Choice, Draft, Fault, Field, Kind, Owner, Ty, choice, needed, no_rule, not_backwards, nothing,
};
use domain::Message;

/// Who inspects.
pub const ACTOR: [Choice; 4] = [
    choice("standing_committee", "Ban thường vụ", "Standing committee"),
    choice("committee", "Cấp ủy", "Party committee"),
    choice("commission", "Ủy ban kiểm tra", "Inspection commission"),
    choice("cell", "Chi bộ", "Cell"),
];

/// Inspection concludes on merits and violations; supervision follows and reminds.
pub const ACT: [Choice; 2] =
    [choice("inspection", "Kiểm tra", "Inspection"), choice("supervision", "Giám sát", "Supervision")];

/// Whom it is about; discipline and ratings use the same words.
pub const OBJECT: [Choice; 2] = [
    choice("organisation", "Tổ chức đảng", "Party organisation"),
    choice("person", "Đảng viên", "Party member"),
];

/// What it looks into.
pub const ABOUT: [Choice; 5] = [
    choice("directive", "Việc thực hiện chỉ thị, kết luận", "Carrying out a directive"),
    choice("session", "Buổi sinh hoạt", "A session"),
    choice("commitment", "Việc thực hiện cam kết", "Keeping a commitment"),
    choice("violation", "Dấu hiệu vi phạm", "Signs of a violation"),
    choice("other", "Nội dung khác", "Other"),
];

/// How long a plan of inspection runs.
pub const PLAN: [Choice; 2] = [choice("term", "Toàn khóa", "Term of office"), choice("year", "Năm", "Year")];

/// An inspection or a supervision of one object.
pub static INSPECTION_KIND: Kind = Kind {
    name: "inspection",
    vi: "Kiểm tra, giám sát",
    en: "Inspection and supervision",
    note: "Mỗi dòng là một cuộc đối với MỘT tổ chức đảng hoặc MỘT đảng viên. Kiểm tra cả tổ chức và người đứng đầu thì ghi hai dòng. Mã không trùng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code)
            .required()
            .example("KT-2022-01")
            .also(&["Mã cuộc", "Mã cuộc kiểm tra", "Số hiệu"]),
        Field::new("unit", "Đơn vị tiến hành", "Unit", Ty::Unit)
            .required()
            .note("Đơn vị kiểm tra, giám sát. Nếu là tham mưu cho cấp trên thì ghi đơn vị tham mưu.")
            .example("Đảng bộ Sở A")
            .also(&["Đơn vị", "Đơn vị kiểm tra", "Đơn vị chủ trì"]),
        Field::new("actor", "Chủ thể", "Actor", Ty::Choice(&ACTOR))
            .required()
            .example("Ủy ban kiểm tra")
            .also(&["Chủ thể kiểm tra", "Chủ thể kiểm tra, giám sát", "Cơ quan tiến hành"]),
        Field::new("act", "Hình thức", "Act", Ty::Choice(&ACT))
            .required()
            .note("Kiểm tra thì kết luận ưu điểm, khuyết điểm, vi phạm; giám sát thì theo dõi, nhắc nhở kịp thời.")
            .example("Kiểm tra")
            .also(&["Loại", "Kiểm tra hay giám sát", "Loại hình"]),
        Field::new("advised", "Tham mưu cho cấp trên", "Advised a higher level", Ty::Flag)
            .note("Đánh dấu x nếu cấp trên tiến hành còn đơn vị chỉ tham mưu.")
            .also(&["Tham mưu"]),
        Field::new("object", "Đối tượng", "Object", Ty::Choice(&OBJECT))
            .required()
            .note("Đảng viên chỉ giám sát khi được phân công.")
            .example("Tổ chức đảng")
            .also(&["Loại đối tượng", "Đối tượng kiểm tra"]),
        Field::new("object_unit", "Tổ chức được kiểm tra", "Organisation looked into", Ty::Unit)
            .note("Bắt buộc khi đối tượng là tổ chức đảng.")
            .example("Chi bộ B")
            .also(&["Tổ chức được kiểm tra, giám sát", "Đơn vị được kiểm tra"]),
        Field::new("object_person", "Đảng viên được kiểm tra", "Member looked into", Ty::Person)
            .note("Chỉ ghi khi đối tượng là đảng viên.")
            .also(&["Đảng viên được kiểm tra, giám sát", "Họ tên đảng viên"]),
        Field::new("head", "Là người đứng đầu", "Head of a unit", Ty::Flag)
            .note("Đánh dấu x nếu đảng viên là người đứng đầu cấp ủy hoặc cơ quan, đơn vị.")
            .also(&["Người đứng đầu"]),
        Field::new("day", "Ngày", "Day", Ty::Day)
            .required()
            .note("Ngày bắt đầu.")
            .example("12/05/2022")
            .also(&["Ngày bắt đầu", "Từ ngày", "Thời gian"]),
        Field::new("end_day", "Ngày kết thúc", "Last day", Ty::Day).example("20/05/2022").also(&["Đến ngày"]),
        Field::new("programme", "Chương trình", "Programme", Ty::Ref("programme"))
            .note("Chỉ thị, kết luận được kiểm tra việc thực hiện.")
            .example("CT05")
            .also(&["Mã chương trình", "Chỉ thị"]),
        Field::new("about", "Nội dung", "About", Ty::Choice(&ABOUT))
            .example("Việc thực hiện chỉ thị, kết luận")
            .also(&["Nội dung kiểm tra", "Nội dung kiểm tra, giám sát"]),
        Field::new("conclusion", "Kết luận", "Conclusion", Ty::Long)
            .example("Đã thực hiện đủ các nội dung theo kế hoạch")
            .also(&["Kết quả", "Thông báo kết luận"]),
        Field::new("remedy", "Việc phải khắc phục", "Remedy asked", Ty::Long)
            .example("Bổ sung kế hoạch năm 2022")
            .also(&["Kiến nghị", "Yêu cầu khắc phục"]),
        Field::new("remedy_deadline", "Hạn khắc phục", "Remedy deadline", Ty::Day)
            .example("30/06/2022")
            .also(&["Thời hạn khắc phục"]),
        Field::new("remedied_day", "Ngày khắc phục xong", "Remedied on", Ty::Day)
            .example("15/06/2022")
            .also(&["Đã khắc phục ngày"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "inspection",
    sensitive: true,
    check,
    derive: nothing,
};

/// A plan of inspection and supervision.
pub static INSPECTION_PLAN_KIND: Kind = Kind {
    name: "inspection_plan",
    vi: "Chương trình kiểm tra",
    en: "Inspection plans",
    note: "Mỗi dòng là một chương trình kiểm tra, giám sát toàn khóa hoặc hằng năm. Khóa: đơn vị, năm, loại.",
    fields: &[
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit)
            .required()
            .example("Đảng bộ Sở A")
            .also(&["Đơn vị ban hành"]),
        Field::new("year", "Năm", "Year", Ty::Year)
            .required()
            .note("Chương trình toàn khóa thì ghi năm đầu của nhiệm kỳ.")
            .example("2022"),
        Field::new("kind", "Loại chương trình", "Kind", Ty::Choice(&PLAN))
            .required()
            .example("Năm")
            .also(&["Loại"]),
        Field::new("day", "Ngày ban hành", "Issued on", Ty::Day)
            .required()
            .example("20/01/2022")
            .also(&["Ngày", "Ngày tháng"]),
        Field::new("symbol", "Số và ký hiệu", "Number and symbol", Ty::Text(60))
            .example("03-CTr/ĐU")
            .also(&["Số, ký hiệu", "Số ký hiệu", "Số văn bản"]),
    ],
    key: &["unit", "year", "kind"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "inspection",
    sensitive: false,
    check: no_rule,
    derive: nothing,
};

fn check(draft: &Draft) -> Vec<Fault> {
    let organisation = draft.text("object") == Some("organisation");
    let mut faults = needed(draft, "object_unit", organisation, "inspection-object-unit");
    if organisation && !draft.is_empty("object_person") {
        faults.push(Fault::at("object_person", Message::new("inspection-one-object")));
    }
    if organisation && draft.flag("head") {
        faults.push(Fault::at("head", Message::new("inspection-head")));
    }
    let follows_up = !draft.is_empty("remedy_deadline") || !draft.is_empty("remedied_day");
    faults.extend(needed(draft, "remedy", follows_up, "inspection-remedy"));
    for later in ["end_day", "remedy_deadline", "remedied_day"] {
        faults.extend(not_backwards(draft, "day", later));
    }
    faults
}
