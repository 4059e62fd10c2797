//! What a row of the register of documents holds, and the rules one row must keep.

use super::symbol;
use crate::kind::{Choice, Draft, Fault, Field, Held, Kind, Owner, Ty, choice, needed};
use domain::Message;

/// Which way a document goes.
pub const DIRECTION: [Choice; 2] = [choice("issued", "Đi", "Issued"), choice("received", "Đến", "Received")];

/// Types of documents.
pub const TYPE: [Choice; 16] = [
    choice("plan", "Kế hoạch", "Plan"),
    choice("programme", "Chương trình", "Programme"),
    choice("invitation", "Giấy mời", "Invitation"),
    choice("letter", "Công văn", "Letter"),
    choice("report", "Báo cáo", "Report"),
    choice("resolution", "Nghị quyết", "Resolution"),
    choice("decision", "Quyết định", "Decision"),
    choice("regulation", "Quy định", "Regulation"),
    choice("rules", "Quy chế", "Rules"),
    choice("guidance", "Hướng dẫn", "Guidance"),
    choice("notice", "Thông báo", "Notice"),
    choice("conclusion", "Kết luận", "Conclusion"),
    choice("directive", "Chỉ thị", "Directive"),
    choice("proposal", "Tờ trình", "Proposal"),
    choice("minutes", "Biên bản", "Minutes"),
    choice("other", "Loại khác", "Other"),
];

/// What a document is for within a programme.
pub const PART: [Choice; 7] = [
    choice("resolution", "Nghị quyết chuyên đề", "Resolution on the programme"),
    choice("action_programme", "Chương trình hành động", "Programme of action"),
    choice("code_of_conduct", "Chuẩn mực đạo đức", "Code of conduct"),
    choice("guidance", "Hướng dẫn thực hiện", "Guidance"),
    choice("review", "Sơ kết, tổng kết", "Review"),
    choice("invitation", "Mời dự", "Invitation"),
    choice("other", "Việc khác", "Other"),
];

/// A document issued or received.
pub static DOCUMENT: Kind = Kind {
    name: "document",
    vi: "Sổ văn bản",
    en: "Register of documents",
    note: "Mỗi văn bản đi hoặc đến là một dòng. Không ghi văn bản có dấu chỉ mức độ mật.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code).required().example("VB2023-0012").also(&["Mã văn bản"]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit)
            .required()
            .note("Đơn vị giữ sổ: nơi ban hành với văn bản đi, nơi nhận với văn bản đến.")
            .example("DU01")
            .also(&["Chi bộ", "Đơn vị giữ sổ"]),
        Field::new("direction", "Đi/đến", "Issued or received", Ty::Choice(&DIRECTION))
            .required()
            .example("đi")
            .also(&["Chiều", "Loại sổ"]),
        Field::new("type", "Tên loại", "Type", Ty::Choice(&TYPE))
            .required()
            .example("kế hoạch")
            .also(&["Loại văn bản", "Thể loại"]),
        Field::new("number", "Số", "Number", Ty::Whole(1, 99_999))
            .note("Bắt buộc với văn bản đi; đánh theo từng loại trong một nhiệm kỳ.")
            .example("12")
            .also(&["Số văn bản"]),
        Field::new("term", "Nhiệm kỳ", "Term", Ty::Text(40)).example("2020-2025").also(&["Khóa"]),
        Field::new("symbol", "Số, ký hiệu", "Number and symbol", Ty::Text(100))
            .required()
            .example("12-KH/ĐU")
            .also(&["Số ký hiệu", "Ký hiệu", "Số và ký hiệu"]),
        Field::new("day", "Ngày văn bản", "Day", Ty::Day).required().example("15/02/2023").also(&[
            "Ngày",
            "Ngày ban hành",
            "Ngày ký",
            "Ngày tháng",
        ]),
        Field::new("issuer", "Cơ quan ban hành", "Issuer", Ty::Text(200))
            .example("Ban Thường vụ Đảng ủy")
            .also(&["Nơi ban hành", "Tác giả", "Cấp ban hành"]),
        Field::new("extract", "Trích yếu", "Subject", Ty::Text(500))
            .required()
            .example("Thực hiện chuyên đề năm 2023")
            .also(&["Trích yếu nội dung", "Nội dung", "Tên văn bản"]),
        Field::new("programme", "Chương trình", "Programme", Ty::Ref("programme"))
            .example("CT05")
            .also(&["Mã chương trình"]),
        Field::new("part", "Phục vụ việc", "Purpose", Ty::Choice(&PART))
            .note("Văn bản này dùng vào việc gì của chương trình.")
            .also(&["Nội dung phục vụ"]),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("day"),
    returns: "document",
    sensitive: false,
    check,
    derive: |draft| {
        if let Some(written) = draft.text("symbol").map(symbol::tidy) {
            draft.set("symbol", Held::Text(written));
        }
    },
};

fn check(draft: &Draft) -> Vec<Fault> {
    let mut faults = Vec::new();
    if symbol::is_secret(draft.text("symbol").unwrap_or_default(), draft.text("extract").unwrap_or_default())
    {
        faults.push(Fault::at("symbol", Message::new("register-secret")));
    }
    // What others sent keeps the form they gave it: State bodies write `15/KH-UBND`.
    if draft.text("direction") != Some("issued") {
        return faults;
    }
    faults.extend(needed(draft, "number", true, "register-number-needed"));
    if let Some(written) = draft.text("symbol") {
        faults.extend(check_symbol(draft, &symbol::tidy(written)));
    }
    if let (Some(issuer), Some(ty), Some(day)) = (draft.text("issuer"), draft.text("type"), draft.day("day"))
        && let Some(body) = super::Body::named(issuer)
        && !super::may_issue(body, ty, day)
    {
        let word = TYPE.iter().find(|c| c.code == ty).map_or(ty.to_owned(), |c| c.vi.to_lowercase());
        faults.push(Fault::at(
            "type",
            Message::new("register-may-not-issue").with("issuer", issuer).with("type", word),
        ));
    }
    faults
}

fn check_symbol(draft: &Draft, written: &str) -> Option<Fault> {
    let Some(symbol) = symbol::read(written) else {
        return Some(Fault::at("symbol", Message::new("register-symbol-shape").with("symbol", written)));
    };
    if let Some(number) = draft.int("number")
        && number != symbol.number
    {
        let message =
            Message::new("register-symbol-number").with("symbol", written).with("number", number.to_string());
        return Some(Fault::at("symbol", message));
    }
    let ty = draft.text("type")?;
    let meant = symbol::types(symbol.abbreviation);
    if !meant.is_empty() && ty != "other" && !meant.contains(&ty) {
        let word = TYPE.iter().find(|c| c.code == ty).map_or(ty.to_owned(), |c| c.vi.to_lowercase());
        let message = Message::new("register-symbol-type").with("symbol", written).with("type", word);
        return Some(Fault::at("symbol", message));
    }
    None
}
