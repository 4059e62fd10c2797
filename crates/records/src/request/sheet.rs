//! The sheets of requests from above and of the units asked.

use crate::kind::{Draft, Fault, Field, Kind, Owner, Ty, not_backwards, nothing};
use domain::Message;

/// Requests.
pub static REQUEST_KIND: Kind = Kind {
    name: "request",
    vi: "Yêu cầu báo cáo",
    en: "Requests",
    note: "Mỗi dòng là một văn bản của cấp trên yêu cầu báo cáo: đề cương, thời kỳ, hạn nộp.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("YC-2024-01"),
        Field::new("unit", "Đơn vị phải báo cáo", "Unit that reports", Ty::Unit).required().example("Đảng bộ Khối"),
        Field::new("symbol", "Số và ký hiệu", "Symbol", Ty::Text(60)).required().example("120-KH/TU"),
        Field::new("day", "Ngày văn bản", "Day", Ty::Day).required().example("08/12/2023"),
        Field::new("issuer", "Cơ quan yêu cầu", "Issuer", Ty::Text(200)).example("Tỉnh ủy"),
        Field::new("title", "Trích yếu", "Title", Ty::Text(500)).required().example("sơ kết 03 năm"),
        Field::new("outline", "Đề cương", "Outline", Ty::Long),
        Field::new("template", "Mẫu báo cáo", "Template", Ty::Text(60)).example("block-review"),
        Field::new("from_day", "Từ ngày", "From", Ty::Day).required().example("01/01/2021"),
        Field::new("to_day", "Đến ngày", "To", Ty::Day).required().example("31/12/2023"),
        Field::new("deadline", "Hạn nộp", "Deadline", Ty::Day).required().example("15/02/2024"),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("deadline"),
    returns: "stated_figure",
    sensitive: false,
    check: order,
    derive: nothing,
};

/// Units asked.
pub static REQUEST_UNIT_KIND: Kind = Kind {
    name: "request_unit",
    vi: "Đơn vị được yêu cầu",
    en: "Units asked",
    note: "Mỗi dòng là một đơn vị phải gửi số liệu cho một yêu cầu. Khóa: yêu cầu, đơn vị.",
    fields: &[
        Field::new("request", "Yêu cầu", "Request", Ty::Ref("request")).required().example("YC-2024-01"),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit).required().example("Đảng bộ Sở A"),
        Field::new("sent_day", "Ngày gửi mẫu", "Sent", Ty::Day).example("02/01/2024"),
        Field::new("returned_day", "Ngày nhận lại", "Returned", Ty::Day).example("20/01/2024"),
        Field::new("file_hash", "Mã băm tệp nhận", "Hash of the file", Ty::Text(64)),
        Field::new("note", "Ghi chú", "Note", Ty::Text(300)),
    ],
    key: &["request", "unit"],
    owner: Owner::Field("unit"),
    day: Some("returned_day"),
    returns: "stated_figure",
    sensitive: false,
    check: |draft| not_backwards(draft, "sent_day", "returned_day"),
    derive: nothing,
};

/// The period runs forwards, and the deadline does not come before the request.
fn order(draft: &Draft) -> Vec<Fault> {
    let mut faults = not_backwards(draft, "from_day", "to_day");
    if let (Some(day), Some(deadline)) = (draft.day("day"), draft.day("deadline"))
        && deadline < day
    {
        faults.push(Fault::at("deadline", Message::new("request-deadline").with("day", domain::day_short(day))));
    }
    faults
}
