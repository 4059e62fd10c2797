//! What the rows of commitments hold, and the rules one row must keep.

use crate::kind::{
    Choice, Draft, Fault, Field, Held, Kind, Owner, Ty, choice, needed, no_rule, not_backwards, nothing,
};
use chrono::Datelike;
use domain::Message;

/// How a commitment was kept.
pub const RESULT: [Choice; 3] = [
    choice("kept", "Thực hiện tốt", "Kept"),
    choice("partly", "Thực hiện một phần", "Kept in part"),
    choice("broken", "Vi phạm", "Broken"),
];

/// Where a commitment stands before it counts; one that is registered has none of these.
pub const STAGE: [Choice; 2] = [
    choice("sent", "Đã gửi, chờ đăng ký", "Sent, to be registered"),
    choice("returned", "Trả lại để viết rõ hơn", "Given back"),
];

/// The usual groups of a personal commitment.
pub const AREA: [Choice; 4] = [
    choice("thought", "Tư tưởng chính trị", "Political thought"),
    choice("ethics", "Đạo đức, lối sống", "Ethics, way of life"),
    choice("duty", "Thực hiện nhiệm vụ được giao", "Duties assigned"),
    choice("discipline", "Tổ chức kỷ luật, nêu gương", "Discipline, setting an example"),
];

/// What a person, or a unit, commits itself to for a year.
pub static COMMITMENT: Kind = Kind {
    name: "commitment",
    vi: "Bản cam kết",
    en: "Commitments",
    note: "Mỗi bản cam kết (đăng ký) của một người hoặc của đơn vị trong một năm là một dòng.",
    fields: &[
        Field::new("code", "Mã", "Code", Ty::Code)
            .required()
            .example("CK2023-45.012345")
            .also(&["Mã cam kết"]),
        Field::new("unit", "Đơn vị", "Unit", Ty::Unit)
            .required()
            .note("Nơi đăng ký cam kết.")
            .example("CB01")
            .also(&["Chi bộ", "Nơi đăng ký"]),
        Field::new("person", "Người cam kết", "Person", Ty::Person)
            .note("Để trống nếu là cam kết của chính đơn vị.")
            .example("45.012345")
            .also(&["Họ và tên", "Họ tên", "Đảng viên", "Người đăng ký", "Số thẻ đảng viên"]),
        Field::new("year", "Năm", "Year", Ty::Year)
            .required()
            .example("2023")
            .also(&["Năm cam kết", "Năm đăng ký"]),
        Field::new("registered_day", "Ngày đăng ký", "Registered on", Ty::Day)
            .example("20/01/2023")
            .also(&["Ngày cam kết", "Ngày ký"]),
        Field::new("writeup", "Có bài thu hoạch", "Has an essay", Ty::Flag)
            .example("x")
            .also(&["Bài thu hoạch", "Thu hoạch"]),
        Field::new("self_review_day", "Ngày tự kiểm điểm", "Self-review on", Ty::Day)
            .example("10/11/2023")
            .also(&["Ngày tự đánh giá"]),
        Field::new("result", "Kết quả", "Result", Ty::Choice(&RESULT))
            .note("Ghi khi chi bộ đã kiểm điểm.")
            .example("thực hiện tốt")
            .also(&["Kết quả thực hiện", "Đánh giá", "Mức độ thực hiện"]),
        Field::new("review_day", "Ngày chi bộ kiểm điểm", "Reviewed on", Ty::Day)
            .example("05/12/2023")
            .also(&["Ngày kiểm điểm", "Ngày đánh giá"]),
        Field::new("why", "Lý do", "Why", Ty::Long)
            .note("Bắt buộc khi chỉ thực hiện một phần hoặc vi phạm.")
            .also(&["Nguyên nhân", "Ghi chú"]),
        Field::new("theme", "Chuyên đề", "Theme", Ty::Ref("theme")).example("CD2023").also(&["Mã chuyên đề"]),
        Field::new("stage", "Chờ đăng ký", "Before registration", Ty::Choice(&STAGE))
            .note("Để trống khi bản cam kết đã được đăng ký. Bản đang chờ không tính vào số liệu."),
        Field::new("sent_day", "Ngày gửi chi bộ", "Sent on", Ty::Day),
        Field::new("returned_day", "Ngày trả lại", "Given back on", Ty::Day),
        Field::new("returned_why", "Lý do trả lại", "Why given back", Ty::Long)
            .note("Bắt buộc khi trả lại để viết rõ hơn."),
        Field::new("midyear_day", "Ngày nhìn lại giữa năm", "Mid-year look on", Ty::Day),
        Field::new("midyear", "Nhìn lại giữa năm", "Mid-year look", Ty::Long),
        Field::new("self_review", "Nội dung tự kiểm điểm", "Self-review", Ty::Long),
        Field::new("feedback_day", "Ngày xin góp ý", "Feedback asked on", Ty::Day),
    ],
    key: &["code"],
    owner: Owner::Field("unit"),
    day: Some("year"),
    returns: "commitment",
    sensitive: false,
    check: check_commitment,
    derive: nothing,
};

/// One thing of a commitment.
pub static COMMITMENT_ITEM: Kind = Kind {
    name: "commitment_item",
    vi: "Nội dung cam kết",
    en: "Items of commitments",
    note: "Mỗi việc cam kết là một dòng. Việc không có cách đo hoặc không có hạn được tính là còn chung chung.",
    fields: &[
        Field::new("commitment", "Bản cam kết", "Commitment", Ty::Ref("commitment"))
            .required()
            .example("CK2023-45.012345")
            .also(&["Mã cam kết", "Cam kết"]),
        Field::new("no", "Số thứ tự", "No.", Ty::Whole(1, 50)).required().example("1").also(&[
            "STT",
            "TT",
            "Thứ tự",
        ]),
        Field::new("what", "Nội dung cam kết", "What", Ty::Text(500))
            .required()
            .example("Trả lời đơn thư đúng hạn")
            .also(&["Nội dung", "Việc cam kết", "Nội dung đăng ký"]),
        Field::new("measure", "Cách đo", "Measure", Ty::Text(200))
            .example("Số đơn trả lời đúng hạn / tổng số đơn")
            .also(&["Thước đo", "Tiêu chí", "Tiêu chí đánh giá"]),
        Field::new("target", "Mức phấn đấu", "Target", Ty::Text(200))
            .example("100%")
            .also(&["Chỉ tiêu", "Mục tiêu"]),
        Field::new("deadline", "Hạn hoàn thành", "Deadline", Ty::Day).example("30/11/2023").also(&[
            "Thời hạn",
            "Hạn",
            "Thời gian",
        ]),
        Field::new("evidence", "Minh chứng", "Evidence", Ty::Text(500)).also(&["Kết quả", "Kết quả cụ thể"]),
        Field::new("done_day", "Ngày hoàn thành", "Done on", Ty::Day)
            .note("Để trống nếu chưa xong.")
            .also(&["Ngày xong"]),
        Field::new("area", "Nhóm", "Group", Ty::Choice(&AREA)).example("thực hiện nhiệm vụ được giao"),
        Field::new("duty", "Nhiệm vụ liên quan", "Duty", Ty::Text(300))
            .note("Việc này thuộc nhiệm vụ nào của người cam kết.")
            .example("Tiếp công dân")
            .also(&["Nhiệm vụ", "Nhiệm vụ được giao"]),
        Field::new("vague", "Chung chung", "Vague", Ty::Flag).computed(),
    ],
    key: &["commitment", "no"],
    owner: Owner::Through("commitment"),
    day: Some("deadline"),
    returns: "commitment",
    sensitive: false,
    check: no_rule,
    derive: |draft| {
        let vague = draft.is_empty("measure") || draft.is_empty("deadline");
        draft.set("vague", Held::Int(i64::from(vague)));
    },
};

/// How far one thing of a commitment has come.
pub static PROGRESS: Kind = Kind {
    name: "progress",
    vi: "Tiến độ cam kết",
    en: "Progress of commitments",
    note: "Mỗi lần ghi tiến độ của một việc cam kết là một dòng.",
    fields: &[
        Field::new("commitment", "Bản cam kết", "Commitment", Ty::Ref("commitment"))
            .required()
            .example("CK2023-45.012345")
            .also(&["Mã cam kết", "Cam kết"]),
        Field::new("item", "Việc số", "Item no.", Ty::Whole(1, 50))
            .required()
            .note("Số thứ tự của việc trong bản cam kết.")
            .example("1"),
        Field::new("no", "Số thứ tự", "No.", Ty::Whole(1, 1000)).required().example("1").also(&[
            "STT",
            "TT",
            "Thứ tự",
        ]),
        Field::new("day", "Ngày", "Day", Ty::Day).required().example("15/06/2023").also(&["Ngày ghi"]),
        Field::new("text", "Đã làm được", "What was done", Ty::Text(500))
            .example("Đã trả lời 30/30 đơn của quý II")
            .also(&["Nội dung", "Tiến độ"]),
        Field::new("link", "Đường dẫn", "Link", Ty::Text(500)).also(&["Link"]),
        Field::new("file", "Tệp kèm theo", "File", Ty::Ref("evidence"))
            .note("Mã minh chứng.")
            .example("MC-01")
            .also(&["Minh chứng"]),
        Field::new("done", "Đã xong việc", "Done", Ty::Flag).example("x"),
    ],
    key: &["commitment", "item", "no"],
    owner: Owner::Through("commitment"),
    day: Some("day"),
    returns: "commitment",
    sensitive: false,
    check: |draft| {
        let said = !(draft.is_empty("file") && draft.is_empty("link"));
        needed(draft, "text", !said, "commitment-progress-nothing")
    },
    derive: nothing,
};

/// What a comrade told the one who committed.
pub static FEEDBACK: Kind = Kind {
    name: "feedback",
    vi: "Góp ý cam kết",
    en: "Feedback on commitments",
    note: "Mỗi ý kiến góp ý cho một bản cam kết là một dòng.",
    fields: &[
        Field::new("commitment", "Bản cam kết", "Commitment", Ty::Ref("commitment"))
            .required()
            .example("CK2023-45.012345")
            .also(&["Mã cam kết", "Cam kết"]),
        Field::new("no", "Số thứ tự", "No.", Ty::Whole(1, 1000)).required().example("1").also(&[
            "STT",
            "TT",
            "Thứ tự",
        ]),
        Field::new("from_person", "Người góp ý", "From", Ty::Person)
            .note("Để trống nếu không ghi tên.")
            .also(&["Họ và tên", "Họ tên"]),
        Field::new("day", "Ngày góp ý", "Day", Ty::Day).example("05/12/2023").also(&["Ngày"]),
        Field::new("text", "Nội dung góp ý", "Words", Ty::Long)
            .required()
            .example("Cần nêu rõ thời hạn của từng việc")
            .also(&["Nội dung", "Góp ý", "Ý kiến"]),
    ],
    key: &["commitment", "no"],
    owner: Owner::Through("commitment"),
    day: Some("day"),
    returns: "commitment",
    // What comrades say of one another is for those who may read ratings.
    sensitive: true,
    check: no_rule,
    derive: nothing,
};

fn check_commitment(draft: &Draft) -> Vec<Fault> {
    let mut faults = not_backwards(draft, "registered_day", "self_review_day");
    faults.extend(not_backwards(draft, "registered_day", "review_day"));
    let reason = matches!(draft.text("result"), Some("partly" | "broken"));
    faults.extend(needed(draft, "why", reason, "commitment-why-needed"));
    faults.extend(needed(draft, "result", !draft.is_empty("review_day"), "commitment-result-needed"));
    let stage = draft.text("stage");
    faults.extend(needed(draft, "returned_why", stage == Some("returned"), "commitment-returned-why"));
    if stage.is_some() && !draft.is_empty("result") {
        faults.push(Fault::at("result", Message::new("commitment-not-registered")));
    }
    if let (Some(year), Some(day)) = (draft.int("year"), draft.day("registered_day")) {
        let registered = i64::from(day.year());
        if registered < year - 1 || registered > year {
            let message = Message::new("commitment-year").with("year", year.to_string());
            faults.push(Fault::at("registered_day", message.with("day", domain::day_short(day))));
        }
    }
    faults
}
