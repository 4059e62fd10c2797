//! What people write in a report beside the figures: invented sentences for the block and a cell.

use super::{ORGANISATIONS, Organisation};
use crate::fail::Fail;
use domain::{Actor, Id, Period};
use store::{Change, Db, params};

/// Writes the narrative of every organisation into its report.
pub async fn write(db: &Db) -> Result<(), Fail> {
    let mut tx = db.write(&Actor::Operator).await?;
    for organisation in &ORGANISATIONS {
        let period: Period = organisation.period.parse()?;
        let Some(unit) = records::unit::by_code(&mut tx, organisation.code, period.to()).await? else {
            continue;
        };
        for (slot, text) in of(organisation) {
            let id = Id::new().to_string();
            tx.execute(
                "INSERT INTO report_text (id, unit, template, from_day, to_day, slot, text, source)
                 VALUES ($1, $2, $3, $4, $5, $6, $7, 'entered')",
                params![&id, &unit.id, organisation.template, period.from(), period.to(), *slot, *text],
            )
            .await?;
            tx.note(Change {
                action: "insert",
                kind: "report_text".to_owned(),
                record: id,
                before: String::new(),
                after: serde_json::json!({ "slot": slot, "unit": unit.id }).to_string(),
            });
        }
    }
    tx.commit().await?;
    Ok(())
}

type Slots = &'static [(&'static str, &'static str)];

fn of(organisation: &Organisation) -> Slots {
    match organisation.template {
        "block-review" => &BLOCK,
        _ => &CELL,
    }
}

const BLOCK: [(&str, &str); 13] = [
    (
        "leadership",
        "Ban Tuyên giáo được giao làm cơ quan thường trực, mỗi đồng chí Ủy viên Ban Chấp hành phụ trách một cụm đảng bộ, hằng quý nghe cụm báo cáo việc đã làm và việc còn vướng.",
    ),
    (
        "study",
        "Nhiều nơi thay đọc tài liệu bằng hỏi đáp: mỗi chi bộ nêu ba câu hỏi từ công việc của mình, người báo cáo trả lời từng câu. Doanh nghiệp làm ca kíp học theo ca để ai cũng được học.",
    ),
    (
        "following",
        "Cơ quan hành chính chọn việc giải quyết hồ sơ đúng hẹn, bệnh viện chọn thời gian chờ khám, doanh nghiệp chọn an toàn lao động làm việc phải chuyển biến trước. Kết quả từng việc được công khai tại hội nghị người lao động.",
    ),
    (
        "example",
        "Người đứng đầu đăng ký trước, kiểm điểm trước và trả lời công khai những góp ý đối với mình. Nơi người đứng đầu đi cơ sở đều đặn thì đơn thư giảm rõ; nơi chỉ giao cấp dưới đăng ký thì kết quả còn mờ nhạt.",
    ),
    (
        "publicity",
        "Trang thông tin của Đảng bộ mở chuyên mục hằng tuần, mỗi bài kể một việc thật ở một đơn vị, có số liệu trước và sau khi làm.",
    ),
    (
        "theory",
        "Nội dung chuyên đề được đưa vào các lớp bồi dưỡng đối tượng kết nạp Đảng, đảng viên mới; giảng viên dùng việc thật của chính các đơn vị trong Khối làm bài tập.",
    ),
    (
        "inspection",
        "Qua kiểm tra, giám sát đã nhắc nhở những nơi lập kế hoạch còn sao chép, yêu cầu bổ sung thước đo và thời hạn cho từng nội dung đăng ký.",
    ),
    (
        "strengths",
        "Việc học tập và làm theo đã thành nền nếp: có kế hoạch từ đầu năm, có đăng ký, có kiểm điểm cuối năm. Số liệu được ghi ngay ở nơi làm nên báo cáo nhanh và kiểm tra lại được.",
    ),
    (
        "shortcomings",
        "Ở một vài nơi việc học còn hình thức, thảo luận ít; chọn nội dung đột phá còn lúng túng, chưa dám chọn việc khó.",
    ),
    (
        "causes",
        "Một số cấp ủy coi đây là việc của cán bộ tuyên giáo; cán bộ làm công tác đảng ở cơ sở phần lớn kiêm nhiệm, hay thay đổi. Việc đôn đốc, kiểm tra của cấp trên có lúc chưa kịp thời.",
    ),
    (
        "lessons",
        "Chọn ít việc, nói rõ thước đo và thời hạn. Người đứng đầu làm trước. Ghi chép ngay khi làm, không chờ đến kỳ báo cáo.",
    ),
    (
        "directions",
        "Mỗi tổ chức cơ sở đảng chọn một việc nổi cộm để giải quyết dứt điểm trong năm, đăng ký trước ngày 31 tháng 01.\nỦy ban kiểm tra các cấp đưa việc thực hiện cam kết vào chương trình giám sát hằng năm.\nBan Tuyên giáo giới thiệu mô hình thường xuyên, không chờ dịp kỷ niệm; tổ chức cho các đơn vị đến tận nơi xem cách làm.",
    ),
    (
        "proposals",
        "Đề nghị Tỉnh ủy gửi tài liệu chuyên đề trước ngày 15 tháng 01 hằng năm để cơ sở chủ động xây dựng kế hoạch.\nĐề nghị tổ chức giới thiệu mô hình tốt giữa các đảng bộ trong tỉnh.",
    ),
];

const CELL: [(&str, &str); 10] = [
    (
        "situation",
        "Đảng viên của chi bộ có trình độ chuyên môn đồng đều, đoàn kết; công việc thường gấp, đột xuất nên việc bố trí thời gian sinh hoạt chung có lúc khó khăn.",
    ),
    (
        "leadership",
        "Chi ủy phân công từng đồng chí theo dõi một phần việc của kế hoạch và báo cáo trong kỳ sinh hoạt hằng tháng.",
    ),
    (
        "following",
        "Điều thấy rõ nhất là việc đúng hẹn: văn bản được xử lý trong ngày, họp ngắn hơn và có kết luận giao việc.",
    ),
    (
        "inspection",
        "Đảng viên được kiểm tra, giám sát đều có bài thu hoạch, có kế hoạch cá nhân; chi bộ nhắc nhở việc ghi thước đo cho cụ thể.",
    ),
    ("publicity", "Những việc làm tốt được nêu ngay trong buổi giao ban để mọi người cùng học."),
    (
        "strengths",
        "Kế hoạch có lộ trình theo tháng, quý và có người chịu trách nhiệm. Sinh hoạt chuyên đề gắn với việc khó của cơ quan nên thảo luận sôi nổi, kết luận được áp dụng ngay.",
    ),
    ("causes", "Một vài đồng chí còn ngại nêu mức phấn đấu cụ thể; chi ủy có lúc chưa đôn đốc kịp thời."),
    (
        "lessons",
        "Việc nhỏ, làm đều và kiểm lại thường xuyên thì có kết quả. Bí thư và chi ủy viên phải làm trước.",
    ),
    (
        "directions",
        "Giữ đều nền nếp sinh hoạt chuyên đề; mỗi đảng viên đăng ký ít việc hơn nhưng có thước đo và thời hạn. Kiểm điểm cam kết giữa năm thay vì chỉ cuối năm.",
    ),
    ("proposals", "Không."),
];
