//! The sheets of model practices and of visits to them.

use crate::kind::{Choice, Draft, Fault, Field, Kind, Owner, Ty, choice, no_rule, not_backwards, nothing};
use domain::Message;

/// What a practice is about.
pub const FIELD: [Choice; 5] = [
    choice("dan_van_kheo", "Dân vận khéo", "Skilful mass work"),
    choice("following", "Học tập và làm theo Bác", "Study and practice"),
    choice("reform", "Cải cách hành chính", "Administrative reform"),
    choice("welfare", "An sinh xã hội", "Welfare"),
    choice("other", "Lĩnh vực khác", "Other"),
];

/// A model practice.
pub static PRACTICE_KIND: Kind = Kind {
    name: "practice",
    vi: "Mô hình",
    en: "Model practices",
    note: "Mỗi dòng là một mô hình, cách làm hay. Đăng ký, được xác nhận, được công nhận điển hình là ba việc, mỗi việc có ngày riêng. Mã không trùng.",
    fields: &[
        Field::new("code", "Mã mô hình", "Code", Ty::Code)
            .required()
            .example("MH-01")
            .also(&["Mã", "Số hiệu"]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit)
            .required()
            .note("Đơn vị đăng ký và thực hiện.")
            .example("Chi bộ B")
            .also(&["Đơn vị đăng ký", "Đơn vị thực hiện", "Tổ chức đảng"]),
        Field::new("title", "Tên mô hình", "Title", Ty::Text(300))
            .required()
            .example("Một cửa thân thiện")
            .also(&["Mô hình", "Tên mô hình, điển hình", "Tên cách làm"]),
        Field::new("field", "Lĩnh vực", "Field", Ty::Choice(&FIELD))
            .required()
            .example("Dân vận khéo")
            .also(&["Loại mô hình", "Nội dung"]),
        Field::new("registered_day", "Ngày đăng ký", "Registered on", Ty::Day)
            .required()
            .example("15/03/2022")
            .also(&["Đăng ký", "Thời gian đăng ký"]),
        Field::new("verified_day", "Ngày xác nhận", "Verified on", Ty::Day)
            .note("Ngày cấp trên kiểm tra và xác nhận mô hình có thật và có kết quả.")
            .example("20/10/2022")
            .also(&["Ngày kiểm tra", "Ngày thẩm định"]),
        Field::new("exemplary_day", "Ngày công nhận điển hình", "Exemplary since", Ty::Day)
            .example("19/05/2023")
            .also(&["Ngày công nhận", "Công nhận điển hình"]),
        Field::new("published_day", "Ngày giới thiệu", "Published on", Ty::Day)
            .note("Ngày mô hình được giới thiệu để nhân rộng.")
            .example("02/06/2023")
            .also(&["Ngày nhân rộng", "Ngày công bố"]),
        Field::new("description", "Mô tả", "Description", Ty::Long)
            .example("Cán bộ một cửa gọi điện báo kết quả cho người dân")
            .also(&["Nội dung mô hình", "Kết quả"]),
        Field::new("how", "Cách làm", "How it is done", Ty::Long)
            .note("Làm như thế nào, để đơn vị khác làm theo được.")
            .also(&["Các bước thực hiện", "Cách thực hiện"]),
        Field::new("keeper", "Người phụ trách", "Keeper", Ty::Person)
            .note("Người duy trì mô hình; tên chỉ hiện với người được xem.")
            .also(&["Người duy trì", "Đầu mối"]),
        Field::new("verified_by", "Cơ quan xác nhận", "Verified by", Ty::Text(200))
            .note("Ghi tên cơ quan hoặc đoàn kiểm tra, không ghi tên người.")
            .example("Ban Thường vụ Đảng ủy Sở A")
            .also(&["Nơi xác nhận", "Đơn vị xác nhận"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("registered_day"),
    returns: "practice",
    sensitive: false,
    check,
    derive: nothing,
};

/// A visit to a practice, to learn from it.
pub static PRACTICE_VISIT_KIND: Kind = Kind {
    name: "practice_visit",
    vi: "Tham quan mô hình",
    en: "Visits to practices",
    note: "Mỗi dòng là một lần đơn vị đến tham quan, học tập một mô hình. Khóa: mô hình, ngày, đơn vị đến.",
    fields: &[
        Field::new("practice", "Mã mô hình", "Practice", Ty::Ref("practice"))
            .required()
            .example("MH-01")
            .also(&["Mô hình", "Mã"]),
        Field::new("day", "Ngày", "Day", Ty::Day)
            .required()
            .example("10/07/2023")
            .also(&["Ngày tham quan", "Thời gian"]),
        Field::new("unit", "Đơn vị đến", "Visiting unit", Ty::Unit)
            .required()
            .example("Đảng bộ Sở A")
            .also(&["Đơn vị", "Đơn vị tham quan"]),
        Field::new("people", "Số người", "People", Ty::Whole(1, 100_000))
            .example("12")
            .also(&["Số lượng", "Số người tham gia"]),
    ],
    key: &["practice", "day", "unit"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "practice",
    sensitive: false,
    check: no_rule,
    derive: nothing,
};

/// Registered, then verified, then exemplary; an old practice may lack the middle day.
fn check(draft: &Draft) -> Vec<Fault> {
    let mut faults = not_backwards(draft, "registered_day", "verified_day");
    let before = if draft.is_empty("verified_day") { "registered_day" } else { "verified_day" };
    faults.extend(not_backwards(draft, before, "exemplary_day"));
    faults.extend(not_backwards(draft, "registered_day", "published_day"));
    let verified = !draft.is_empty("verified_by") && draft.is_empty("verified_day");
    if verified {
        faults.push(Fault::at("verified_day", Message::new("practice-verified-day")));
    }
    faults
}
