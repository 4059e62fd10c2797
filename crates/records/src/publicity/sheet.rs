//! The sheet of publicity.

use crate::kind::{Choice, Field, Kind, Owner, Ty, choice, no_rule, nothing};

/// What was made.
pub const KIND: [Choice; 5] = [
    choice("article", "Tin, bài", "Article"),
    choice("material", "Tài liệu", "Material"),
    choice("broadcast", "Phát thanh", "Broadcast"),
    choice("talk", "Báo cáo viên", "Talk"),
    choice("video", "Video", "Video"),
];

/// Where it was shown.
pub const CHANNEL: [Choice; 6] = [
    choice("website", "Trang thông tin điện tử", "Website"),
    choice("email", "Thư điện tử", "E-mail"),
    choice("zalo", "Zalo", "Zalo"),
    choice("print", "Báo in, bản tin", "Print"),
    choice("board", "Bảng tin, pa-nô", "Board"),
    choice("other", "Kênh khác", "Other"),
];

/// A publication, or several of one kind on one day.
pub static PUBLICITY_KIND: Kind = Kind {
    name: "publicity",
    vi: "Tuyên truyền",
    en: "Publicity",
    note: "Mỗi dòng là một hoặc nhiều tin bài, tài liệu, buổi nói chuyện cùng loại trong một ngày. Mã không trùng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code)
            .required()
            .example("TT-2023-01")
            .also(&["Mã tin bài", "Số hiệu"]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit)
            .required()
            .example("Chi bộ B")
            .also(&["Đơn vị thực hiện", "Tác giả, đơn vị"]),
        Field::new("day", "Ngày", "Day", Ty::Day)
            .required()
            .example("19/05/2023")
            .also(&["Ngày đăng", "Ngày tháng"]),
        Field::new("kind", "Loại", "Kind", Ty::Choice(&KIND))
            .required()
            .example("Tin, bài")
            .also(&["Hình thức", "Thể loại"]),
        Field::new("channel", "Kênh", "Channel", Ty::Choice(&CHANNEL))
            .required()
            .example("Trang thông tin điện tử")
            .also(&["Nơi đăng", "Phương tiện", "Kênh tuyên truyền"]),
        Field::new("title", "Tiêu đề", "Title", Ty::Text(300))
            .required()
            .example("Một cửa thân thiện ở Sở A")
            .also(&["Tên bài", "Nội dung", "Tên tin bài"]),
        Field::new("pieces", "Số lượng", "Pieces", Ty::Whole(1, 1_000_000))
            .required()
            .note("Một tin bài thì ghi 1.")
            .example("1")
            .also(&["Số tin bài", "Số bài", "Số buổi"]),
        Field::new("anniversary", "Nhân dịp kỷ niệm", "For an anniversary", Ty::Flag)
            .note("Đánh dấu x nếu đăng nhân ngày lễ, ngày kỷ niệm; để trống nếu là việc thường xuyên.")
            .also(&["Dịp kỷ niệm", "Kỷ niệm"]),
        Field::new("practice", "Mã mô hình", "Practice", Ty::Ref("practice"))
            .note("Mô hình được giới thiệu, nếu có.")
            .example("MH-01")
            .also(&["Mô hình", "Giới thiệu mô hình"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "publicity",
    sensitive: false,
    check: no_rule,
    derive: nothing,
};
