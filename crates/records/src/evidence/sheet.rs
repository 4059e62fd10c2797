//! The sheet of evidence.

use crate::kind::{Choice, Draft, Fault, Field, Kind, Owner, Ty, choice, needed, nothing};

/// What a piece of evidence may be about: kinds of records by their names, a figure of a
/// report, or anything else.
pub const ABOUT: [Choice; 14] = [
    choice("document", "Văn bản", "Document"),
    choice("activity", "Hội nghị, buổi sinh hoạt", "Activity"),
    choice("commitment", "Bản cam kết", "Commitment"),
    choice("inspection", "Cuộc kiểm tra, giám sát", "Inspection"),
    choice("discipline", "Việc kỷ luật", "Discipline"),
    choice("commendation", "Việc khen thưởng", "Commendation"),
    choice("practice", "Mô hình, cách làm hay", "Model practice"),
    choice("contest", "Cuộc thi", "Contest"),
    choice("contribution", "Hoạt động an sinh xã hội", "Contribution"),
    choice("saving", "Kết quả tiết kiệm", "Saving"),
    choice("publicity", "Hoạt động tuyên truyền", "Publicity"),
    choice("rating", "Xếp loại, danh hiệu", "Rating"),
    choice("figure", "Số liệu trong báo cáo", "Figure of a report"),
    choice("other", "Khác", "Other"),
];

/// Evidence: a paper or a picture that shows that something happened.
pub static EVIDENCE_KIND: Kind = Kind {
    name: "evidence",
    vi: "Minh chứng",
    en: "Evidence",
    note: "Mỗi dòng là một tài liệu chứng minh cho việc đã ghi. Mã minh chứng không trùng. Không nhận tài liệu Mật, Tối mật, Tuyệt mật.",
    fields: &[
        Field::new("code", "Mã minh chứng", "Code", Ty::Code)
            .required()
            .note("Không trùng với minh chứng khác. Tệp tải lên được cấp mã tự động.")
            .example("MC-01")
            .also(&["Mã", "Mã tài liệu", "Ký hiệu minh chứng"]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit)
            .required()
            .note("Đơn vị giữ tài liệu.")
            .example("Chi bộ B")
            .also(&["Chi bộ", "Tổ chức đảng", "Đơn vị lưu giữ"]),
        Field::new("title", "Tên tài liệu", "Title", Ty::Text(300))
            .required()
            .example("Ảnh hội nghị quán triệt chuyên đề năm 2023")
            .also(&["Tên minh chứng", "Nội dung", "Trích yếu"]),
        Field::new("file_name", "Tên tệp", "File name", Ty::Text(200))
            .note("Tên tệp nếu có; bản giấy thì để trống.")
            .example("hoi-nghi-2023.pdf")
            .also(&["Tệp", "File", "Tên file"]),
        Field::new("media", "Loại tệp", "Media type", Ty::Text(100)).computed(),
        Field::new("size", "Dung lượng", "Size in bytes", Ty::Whole(0, 20_971_520)).computed(),
        Field::new("hash", "Mã băm nội dung", "Content hash", Ty::Text(64)).computed(),
        Field::new("day", "Ngày", "Day", Ty::Day)
            .required()
            .note("Ngày của tài liệu; không rõ thì ghi ngày nhận.")
            .example("16/02/2023")
            .also(&["Ngày tháng", "Ngày tài liệu", "Thời gian"]),
        Field::new("about_kind", "Chứng minh cho", "About", Ty::Choice(&ABOUT))
            .example("Hội nghị, buổi sinh hoạt")
            .also(&["Loại việc", "Về việc"]),
        Field::new("about_code", "Mã của việc", "Code of the record", Ty::Code)
            .note("Mã của dòng được chứng minh ở trang tương ứng.")
            .example("HN-01")
            .also(&["Mã việc", "Mã liên quan"]),
        Field::new("programme", "Chương trình", "Programme", Ty::Code)
            .note("Mã chỉ thị, kết luận mà tài liệu thuộc về.")
            .example("CT05")
            .also(&["Mã chương trình", "Chỉ thị"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "evidence",
    sensitive: false,
    check,
    derive: nothing,
};

fn check(draft: &Draft) -> Vec<Fault> {
    needed(draft, "about_kind", !draft.is_empty("about_code"), "evidence-about-kind")
}
