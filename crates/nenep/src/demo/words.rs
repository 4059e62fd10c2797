//! What people write in a report beside the figures: invented sentences.

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
        let shared = if organisation.template == "cell-review" { &CELLS[..] } else { &[] };
        for (slot, text) in of(organisation).iter().chain(shared) {
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
    match organisation.code {
        code if code == super::block::CODE => &BLOCK,
        code if code == super::second_block::CODE => &SECOND_BLOCK,
        code if code == super::agency_cell::CODE => &AGENCY_CELL,
        code if code == super::cell_2007::CODE => &CELL_2007,
        _ => &CELL_2016,
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

const SECOND_BLOCK: [(&str, &str); 13] = [
    (
        "leadership",
        "Đảng ủy phối hợp với lãnh đạo doanh nghiệp, đơn vị sự nghiệp bố trí thời gian học tập ngay trong kế hoạch sản xuất, công tác; chuyên viên các ban theo dõi từng nhóm đơn vị.",
    ),
    (
        "study",
        "Hình thức học phù hợp từng nơi: học tập trung, lồng vào sinh hoạt chi bộ, gửi tài liệu cho người lao động ở công trường tự đọc rồi trao đổi qua nhóm của tổ sản xuất.",
    ),
    (
        "following",
        "Doanh nghiệp lấy năng suất, an toàn, tiết kiệm vật tư làm thước đo; bệnh viện, trường học lấy sự hài lòng của người bệnh, người học làm thước đo.",
    ),
    (
        "example",
        "Giám đốc, hiệu trưởng, giám đốc bệnh viện dành một buổi mỗi tháng nghe người lao động và trả lời ngay những việc trả lời được.",
    ),
    (
        "publicity",
        "Mô hình “Dân vận khéo” được giới thiệu theo cụm, nơi làm trước dẫn nơi làm sau đến xem tận nơi.",
    ),
    ("theory", "Các trường trong Khối đưa chuyện về Bác vào tuần sinh hoạt công dân đầu khóa."),
    ("inspection", "Việc kiểm tra tập trung vào nơi kế hoạch chậm; sau kiểm tra các nơi này đều đã bổ sung."),
    (
        "strengths",
        "Học tập gắn với phong trào thi đua sản xuất nên người lao động hưởng ứng; mô hình ra đời từ việc cụ thể, duy trì được lâu.",
    ),
    ("shortcomings", "Đơn vị nhỏ, người lao động làm ca kíp, phân tán nên có buổi học chưa đông đủ."),
    (
        "causes",
        "Cấp ủy ở doanh nghiệp đều kiêm nhiệm; một số nơi thay đổi người phụ trách khi sắp xếp lại sản xuất.",
    ),
    ("lessons", "Nói ngắn, làm thật, đo được. Việc gì người lao động thấy có ích thì tự họ giữ nền nếp."),
    (
        "directions",
        "Mỗi đảng bộ, chi bộ giữ vững mô hình đang có, mỗi năm thêm một việc mới có thước đo.\nBan Tuyên giáo Đảng ủy Khối gửi tài liệu trước hội nghị ít nhất bảy ngày.",
    ),
    ("proposals", "Đề nghị Tỉnh ủy có tài liệu ngắn dành riêng cho người lao động làm ca kíp."),
];

const AGENCY_CELL: [(&str, &str); 13] = [
    (
        "situation",
        "Đảng viên của chi bộ có trình độ chuyên môn đồng đều, đoàn kết; công việc thường gấp, đột xuất nên việc bố trí thời gian sinh hoạt chung có lúc khó khăn.",
    ),
    (
        "leadership",
        "Chi ủy phân công từng đồng chí theo dõi một phần việc của kế hoạch và báo cáo trong kỳ sinh hoạt hằng tháng.",
    ),
    (
        "study",
        "Người truyền đạt chuẩn bị câu hỏi gắn với công việc của phòng, mọi người trả lời rồi mới nghe kết luận.",
    ),
    (
        "sessions",
        "Chuyên đề mở rộng bàn việc khó của chuyên môn; giải pháp được thử ở một ban trước khi dùng chung.",
    ),
    ("readings", "Chi bộ dự chào cờ chung của Văn phòng Tỉnh ủy vào thứ Hai đầu tháng."),
    (
        "following",
        "Điều thấy rõ nhất là việc đúng hẹn: yêu cầu hỗ trợ được trả lời trong ngày, họp ngắn hơn và có kết luận giao việc.",
    ),
    (
        "inspection",
        "Chi ủy theo dõi việc thực hiện kế hoạch cá nhân qua sinh hoạt hằng tháng; chưa có trường hợp phải kiểm tra khi có dấu hiệu vi phạm.",
    ),
    ("awards", "Việc được khen đều là việc chung của tập thể, làm trong nhiều tháng."),
    ("welfare", "Đảng viên tham gia các đợt ủng hộ do Văn phòng Tỉnh ủy phát động, số liệu ghi ở Đảng bộ."),
    ("publicity", "Những việc làm tốt được nêu ngay trong buổi giao ban để mọi người cùng học."),
    (
        "strengths",
        "Kế hoạch có lộ trình theo tháng, quý và có người chịu trách nhiệm. Sinh hoạt chuyên đề gắn với việc khó của cơ quan nên thảo luận sôi nổi, kết luận được áp dụng ngay.",
    ),
    ("shortcomings", "Việc ghi lại kết quả sau chuyên đề còn phụ thuộc vào người ghi, chưa thành mẫu chung."),
    ("causes", "Công việc đột xuất nhiều; chi ủy có lúc chưa nhắc kịp thời."),
];

const CELL_2007: [(&str, &str); 13] = [
    (
        "situation",
        "Chi bộ gồm đảng viên của Văn phòng và các ban giúp việc; trong kỳ có thay đổi về tổ chức và người phụ trách.",
    ),
    ("leadership", "Cuộc vận động được bàn trong họp giao ban, mỗi quý nhắc lại từng việc đã đăng ký."),
    ("study", "Học xong từng chuyên đề, mỗi người viết thu hoạch và đọc trước tổ để đồng chí mình góp ý."),
    (
        "sessions",
        "Nội dung chuyên đề được bàn ngay trong sinh hoạt chi bộ thường kỳ, chưa tách thành buổi riêng.",
    ),
    ("readings", "Đầu mỗi buổi họp chi bộ có một đồng chí kể một mẩu chuyện về Bác."),
    (
        "following",
        "Văn phòng tắt bớt đèn, máy khi không dùng, gộp chuyến xe, in hai mặt; giờ giấc làm việc đúng hơn.",
    ),
    ("inspection", "Chi ủy xem việc thực hiện cam kết khi phân tích chất lượng đảng viên cuối năm."),
    ("awards", "Chi bộ nêu gương những đồng chí vận động được nhiều người cùng đóng góp làm nhà tình nghĩa."),
    ("welfare", "Đảng viên của chi bộ trực tiếp đến nơi làm nhà, làm cầu cùng bà con."),
    ("publicity", "Việc làm nhà, làm cầu được kể lại trên bản tin của Khối."),
    ("strengths", "Học tập đủ, viết thu hoạch đủ; tiết kiệm có số liệu từng tháng nên ai cũng thấy kết quả."),
    ("shortcomings", "Chưa tổ chức giao lưu với nơi làm tốt và chưa đi thăm quê Bác."),
    ("causes", "Tổ chức, nhân sự cấp ủy thay đổi nên chỉ đạo có lúc chưa liền mạch."),
];

const CELL_2016: [(&str, &str); 13] = [
    (
        "situation",
        "Đảng viên của chi bộ ở năm cơ quan tham mưu, giúp việc Huyện ủy nên công việc khác nhau, lịch làm việc khác nhau.",
    ),
    (
        "leadership",
        "Mỗi năm chi ủy chọn một nội dung đột phá, phân công một tổ chủ trì và kiểm điểm vào giữa năm.",
    ),
    ("study", "Chuyên đề được giới thiệu chung rồi từng tổ trao đổi việc của tổ mình."),
    ("sessions", "Sau mỗi chuyên đề, chi bộ thống nhất ba việc làm ngay và giao tổ trưởng theo dõi."),
    ("readings", "Tổ đến lượt tự chọn chuyện, tự chuẩn bị; người nghe nói một điều mình sẽ làm trong tuần."),
    ("following", "Văn bản tham mưu được trả đúng hẹn hơn; cán bộ xuống xã nghe dân trước khi viết báo cáo."),
    (
        "inspection",
        "Đảng viên được kiểm tra, giám sát đều có bài thu hoạch, có kế hoạch cá nhân; chi bộ nhắc nhở việc ghi thước đo cho cụ thể.",
    ),
    ("awards", "Người được biểu dương đều do tổ giới thiệu từ việc làm hằng ngày."),
    (
        "welfare",
        "Chi bộ nhận giúp một xóm khó khăn, chủ yếu bằng công sức: sửa nhà, trồng cây, dạy các cháu học.",
    ),
    ("publicity", "Chuyện hay buổi thứ Hai được chép vào sổ chung để tổ khác dùng lại."),
    (
        "strengths",
        "Nền nếp đọc chuyện đầu tuần giữ được liên tục; quy định chuẩn mực đạo đức ngắn, dễ nhớ, dễ kiểm tra.",
    ),
    ("shortcomings", "Một số bản kế hoạch cá nhân năm sau còn chép lại của năm trước."),
    ("causes", "Chi ủy chưa dành đủ thời gian góp ý từng bản kế hoạch cá nhân ngay từ đầu năm."),
];

/// What the cells share: lessons, directions, proposals.
const CELLS: [(&str, &str); 3] = [
    (
        "lessons",
        "Việc nhỏ, làm đều và kiểm lại thường xuyên thì có kết quả. Bí thư và chi ủy viên phải làm trước.",
    ),
    (
        "directions",
        "Giữ đều nền nếp sinh hoạt; mỗi đảng viên đăng ký ít việc hơn nhưng có thước đo và thời hạn. Kiểm điểm cam kết giữa năm thay vì chỉ cuối năm.",
    ),
    ("proposals", "Không."),
];
