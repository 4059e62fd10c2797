//! The act that a number measures: the nearest governing verb decides.
//!
//! Every phrase of [`MARKS`] in the sentence is a candidate with a weight; distance, punctuation
//! and other numbers between it and the claim take from the weight. A verb before the number
//! governs it (`kiểm tra 07 đảng viên`), a verb behind it is its predicate (`01 đảng viên được
//! tặng giấy khen`); a share nearly always has a predicate. The counted noun speaks too (`giải
//! Nhất`). To add a phrase: one line in [`MARKS`], one case below.

use crate::key::keys;
use crate::layout::{ParaKind, Reading};
use crate::lex::Kind;
use crate::phrase::Phrases;
use crate::rules::units::Sort;
use std::ops::Range;
use std::sync::LazyLock;

/// What a number measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Topic {
    StudyConference,
    TopicSession,
    PlanCommitment,
    DocumentIssued,
    Inspection,
    Supervision,
    Discipline,
    Commendation,
    ModelPractice,
    Contest,
    Publicity,
    WelfareMoney,
    WelfareOther,
    OrganisationSize,
    Rating,
    Savings,
    Other,
}

impl Topic {
    /// The word of the exchange format.
    pub fn name(self) -> &'static str {
        match self {
            Topic::StudyConference => "study_conference",
            Topic::TopicSession => "topic_session",
            Topic::PlanCommitment => "plan_commitment",
            Topic::DocumentIssued => "document_issued",
            Topic::Inspection => "inspection",
            Topic::Supervision => "supervision",
            Topic::Discipline => "discipline",
            Topic::Commendation => "commendation",
            Topic::ModelPractice => "model_practice",
            Topic::Contest => "contest",
            Topic::Publicity => "publicity",
            Topic::WelfareMoney => "welfare_money",
            Topic::WelfareOther => "welfare_other",
            Topic::OrganisationSize => "organisation_size",
            Topic::Rating => "rating",
            Topic::Savings => "savings",
            Topic::Other => "other",
        }
    }
}

use Topic::*;

/// Weight in tenths; 0 masks: the phrase means none of the acts it contains.
const MARKS: &[(&str, (Topic, i32))] = &[
    // names of programmes and bodies: they hide the verbs inside them
    ("học tập và làm theo", (Other, 0)),
    ("học tập, làm theo", (Other, 0)),
    ("học tập và thực hành", (Other, 0)),
    ("học và làm theo", (Other, 0)),
    ("ủy ban kiểm tra", (Other, 0)),
    ("ban kiểm tra", (Other, 0)),
    ("chương trình kiểm tra", (Other, 0)),
    ("ban tuyên giáo", (Other, 0)),
    ("ban tổ chức", (Other, 0)),
    ("thi đua, khen thưởng", (Commendation, 25)),
    ("thi đua khen thưởng", (Commendation, 25)),
    ("thi đua - khen thưởng", (Commendation, 25)),
    ("ý thức tổ chức kỷ luật", (Other, 0)),
    ("tổ chức kỷ luật", (Other, 0)),
    ("kỷ luật, kỷ cương", (Other, 0)),
    ("kỷ luật kỷ cương", (Other, 0)),
    ("kỷ luật lao động", (Other, 0)),
    ("cách mạng", (Other, 0)),
    ("thi hành điều lệ", (Other, 0)),
    ("nội dung kiểm tra, giám sát", (Other, 0)),
    ("cơ quan kiểm tra", (Other, 0)),
    ("sở giáo dục", (Other, 0)),
    ("tự phê bình và phê bình", (Other, 0)),
    ("môi trường", (Other, 0)),
    ("khối thi đua", (Other, 0)),
    ("phong trào thi đua", (Other, 0)),
    ("chương trình giao lưu", (Other, 0)),
    // study
    ("học tập", (StudyConference, 42)),
    ("học tập chuyên đề", (StudyConference, 52)),
    ("học tập các chuyên đề", (StudyConference, 52)),
    ("học tập, quán triệt", (StudyConference, 52)),
    ("quán triệt chuyên đề", (StudyConference, 52)),
    ("quán triệt các chuyên đề", (StudyConference, 52)),
    ("nghiên cứu, học tập", (StudyConference, 52)),
    ("nghiên cứu, quán triệt", (StudyConference, 50)),
    ("quán triệt", (StudyConference, 48)),
    ("học chuyên đề", (StudyConference, 50)),
    ("học nghị quyết", (StudyConference, 50)),
    ("học tập nghị quyết", (StudyConference, 52)),
    ("dự học", (StudyConference, 48)),
    ("hội nghị", (StudyConference, 30)),
    ("hội nghị trực tuyến", (StudyConference, 40)),
    ("hội nghị học tập", (StudyConference, 50)),
    ("hội nghị quán triệt", (StudyConference, 52)),
    ("hội nghị triển khai", (StudyConference, 46)),
    ("điểm cầu", (StudyConference, 35)),
    ("tập huấn", (StudyConference, 34)),
    ("lớp bồi dưỡng", (StudyConference, 34)),
    ("bồi dưỡng", (StudyConference, 26)),
    ("lớp học tập", (StudyConference, 50)),
    // sessions
    ("sinh hoạt chuyên đề", (TopicSession, 52)),
    ("sinh hoạt chính trị", (TopicSession, 46)),
    ("sinh hoạt chi bộ", (TopicSession, 44)),
    ("sinh hoạt chi bộ định kỳ", (TopicSession, 44)),
    ("sinh hoạt dưới cờ", (TopicSession, 50)),
    ("chào cờ", (TopicSession, 34)),
    ("sinh hoạt", (TopicSession, 36)),
    ("chuyên đề", (TopicSession, 34)),
    ("thảo luận", (TopicSession, 36)),
    ("tọa đàm", (TopicSession, 40)),
    ("đề dẫn", (TopicSession, 36)),
    ("kể chuyện về bác", (TopicSession, 40)),
    ("kể chuyện", (TopicSession, 36)),
    ("mẩu chuyện", (TopicSession, 36)),
    ("dưới cờ", (TopicSession, 44)),
    ("có mặt", (TopicSession, 30)),
    ("thành phần", (TopicSession, 30)),
    ("thành phần tham dự", (TopicSession, 34)),
    ("họp chi bộ", (TopicSession, 36)),
    ("tham luận", (TopicSession, 38)),
    ("phát biểu", (TopicSession, 32)),
    ("diễn đàn", (TopicSession, 32)),
    ("đọc", (TopicSession, 54)),
    ("bạn đọc", (Publicity, 30)),
    ("người đọc", (Publicity, 30)),
    ("vắng mặt", (TopicSession, 30)),
    ("vắng", (TopicSession, 30)),
    ("học bổ sung", (StudyConference, 46)),
    // plans and commitments
    ("xây dựng kế hoạch cá nhân", (PlanCommitment, 52)),
    ("xây dựng bản kế hoạch", (PlanCommitment, 50)),
    ("bản kế hoạch cá nhân", (PlanCommitment, 50)),
    ("xây dựng kế hoạch", (PlanCommitment, 32)),
    ("xây dựng kế hoạch học tập", (PlanCommitment, 48)),
    ("xây dựng kế hoạch thực hiện", (PlanCommitment, 38)),
    ("xây dựng kế hoạch hành động", (PlanCommitment, 46)),
    ("kế hoạch cá nhân", (PlanCommitment, 48)),
    ("kế hoạch tu dưỡng", (PlanCommitment, 48)),
    ("kế hoạch rèn luyện", (PlanCommitment, 46)),
    ("ký cam kết", (PlanCommitment, 54)),
    ("viết cam kết", (PlanCommitment, 54)),
    ("bản cam kết", (PlanCommitment, 52)),
    ("cam kết", (PlanCommitment, 48)),
    ("đăng ký", (PlanCommitment, 42)),
    ("bản đăng ký", (PlanCommitment, 50)),
    ("đăng ký học tập", (PlanCommitment, 50)),
    ("đăng ký việc làm", (PlanCommitment, 50)),
    ("đăng ký nội dung", (PlanCommitment, 48)),
    ("đăng ký làm theo", (PlanCommitment, 50)),
    ("đăng ký phấn đấu", (PlanCommitment, 46)),
    ("viết thu hoạch", (PlanCommitment, 50)),
    ("viết bài thu hoạch", (PlanCommitment, 50)),
    ("bài thu hoạch", (PlanCommitment, 46)),
    ("thu hoạch", (PlanCommitment, 38)),
    ("chương trình hành động cá nhân", (PlanCommitment, 48)),
    // documents
    ("ban hành", (DocumentIssued, 46)),
    ("văn bản chỉ đạo", (DocumentIssued, 40)),
    ("văn bản", (DocumentIssued, 28)),
    // inspection and supervision
    ("kiểm tra", (Inspection, 50)),
    ("tự kiểm tra", (Inspection, 50)),
    ("kiểm tra, giám sát", (Inspection, 42)),
    ("kiểm tra giám sát", (Inspection, 42)),
    ("phúc tra", (Inspection, 46)),
    ("thanh tra", (Inspection, 40)),
    ("giám sát", (Supervision, 50)),
    ("giám sát chuyên đề", (Supervision, 52)),
    ("giám sát thường xuyên", (Supervision, 52)),
    ("kiểm tra chuyên đề", (Inspection, 52)),
    ("phản biện", (Supervision, 34)),
    // discipline
    ("thi hành kỷ luật", (Discipline, 54)),
    ("xử lý kỷ luật", (Discipline, 54)),
    ("kỷ luật", (Discipline, 46)),
    ("khiển trách", (Discipline, 52)),
    ("cảnh cáo", (Discipline, 52)),
    ("cách chức", (Discipline, 52)),
    ("khai trừ", (Discipline, 52)),
    ("xóa tên", (Discipline, 50)),
    ("vi phạm", (Discipline, 46)),
    ("xử lý", (Discipline, 38)),
    ("phê bình", (Discipline, 30)),
    ("đình chỉ", (Discipline, 40)),
    // commendation
    ("khen thưởng", (Commendation, 50)),
    ("biểu dương", (Commendation, 50)),
    ("tuyên dương", (Commendation, 50)),
    ("tôn vinh", (Commendation, 48)),
    ("vinh danh", (Commendation, 48)),
    ("tặng bằng khen", (Commendation, 54)),
    ("tặng giấy khen", (Commendation, 54)),
    ("tặng thưởng", (Commendation, 50)),
    ("tặng huy hiệu", (Commendation, 50)),
    ("tặng danh hiệu", (Commendation, 50)),
    ("tặng huân chương", (Commendation, 52)),
    ("tặng kỷ niệm chương", (Commendation, 50)),
    ("trao huy hiệu", (Commendation, 50)),
    ("trao tặng huy hiệu", (Commendation, 50)),
    ("tặng cờ", (Commendation, 48)),
    ("tặng bằng", (Commendation, 50)),
    ("cấp bằng", (Commendation, 30)),
    ("bằng lao động sáng tạo", (Commendation, 48)),
    ("phong tặng", (Commendation, 48)),
    ("truy tặng", (Commendation, 48)),
    ("trao thưởng", (Commendation, 46)),
    ("nêu gương", (Commendation, 16)),
    ("khen", (Commendation, 46)),
    ("bằng khen", (Commendation, 46)),
    ("giấy khen", (Commendation, 46)),
    ("huân chương", (Commendation, 44)),
    ("cờ thi đua", (Commendation, 44)),
    ("gương người tốt, việc tốt", (Commendation, 30)),
    ("gương người tốt việc tốt", (Commendation, 30)),
    // models
    ("mô hình", (ModelPractice, 36)),
    ("dân vận khéo", (ModelPractice, 40)),
    ("cách làm", (ModelPractice, 28)),
    ("đăng ký xây dựng", (ModelPractice, 46)),
    ("đăng ký thực hiện", (ModelPractice, 40)),
    ("đăng ký mô hình", (ModelPractice, 50)),
    ("phần việc", (ModelPractice, 34)),
    ("công trình", (ModelPractice, 28)),
    ("sáng kiến", (ModelPractice, 34)),
    ("nhân rộng", (ModelPractice, 34)),
    ("điển hình", (ModelPractice, 22)),
    // contests
    ("cuộc thi", (Contest, 44)),
    ("hội thi", (Contest, 44)),
    ("hội diễn", (Contest, 40)),
    ("hội thao", (Contest, 38)),
    ("hội thao, hội thi", (Contest, 40)),
    ("dự thi", (Contest, 52)),
    ("bài dự thi", (Contest, 54)),
    ("tham gia thi", (Contest, 50)),
    ("thi trực tuyến", (Contest, 48)),
    ("thi tìm hiểu", (Contest, 50)),
    ("thi kể chuyện", (Contest, 50)),
    ("trao giải", (Contest, 50)),
    ("đạt giải", (Contest, 50)),
    ("đoạt giải", (Contest, 50)),
    ("giành giải", (Contest, 50)),
    ("bài thi", (Contest, 46)),
    ("thí sinh", (Contest, 44)),
    // publicity
    ("tuyên truyền", (Publicity, 44)),
    ("tuyên truyền miệng", (Publicity, 46)),
    ("truyền thông", (Publicity, 38)),
    ("đăng tải", (Publicity, 46)),
    ("phát sóng", (Publicity, 46)),
    ("phát thanh", (Publicity, 42)),
    ("tin, bài", (Publicity, 44)),
    ("tin bài", (Publicity, 44)),
    ("phóng sự", (Publicity, 40)),
    ("chuyên mục", (Publicity, 38)),
    ("băng rôn", (Publicity, 40)),
    ("pa nô", (Publicity, 40)),
    ("trang thông tin điện tử", (Publicity, 32)),
    ("cổng thông tin", (Publicity, 32)),
    ("facebook", (Publicity, 34)),
    ("zalo", (Publicity, 26)),
    ("fanpage", (Publicity, 36)),
    ("mạng xã hội", (Publicity, 34)),
    ("cấp phát", (Publicity, 34)),
    ("phát hành", (Publicity, 40)),
    ("in ấn", (Publicity, 36)),
    ("triển lãm", (Publicity, 36)),
    ("trưng bày", (Publicity, 42)),
    ("chiếu phim", (Publicity, 36)),
    ("bảng tin", (Publicity, 28)),
    ("phát thanh măng non", (Publicity, 44)),
    // welfare: with money it is welfare_money
    ("ủng hộ", (WelfareOther, 50)),
    ("quyên góp", (WelfareOther, 52)),
    ("đóng góp", (WelfareOther, 40)),
    ("góp ý", (Other, 0)),
    ("ý kiến góp ý", (Other, 0)),
    ("đóng góp ý kiến", (Other, 0)),
    ("giúp được", (WelfareOther, 48)),
    ("góp được", (WelfareOther, 48)),
    ("góp", (WelfareOther, 34)),
    ("giao thông nông thôn", (WelfareOther, 26)),
    ("đường giao thông", (WelfareOther, 24)),
    ("nhà đồng đội", (WelfareOther, 46)),
    ("hỗ trợ", (WelfareOther, 46)),
    ("giúp đỡ", (WelfareOther, 44)),
    ("giúp", (WelfareOther, 40)),
    ("đỡ đầu", (WelfareOther, 48)),
    ("phụng dưỡng", (WelfareOther, 48)),
    ("tặng quà", (WelfareOther, 50)),
    ("trao quà", (WelfareOther, 50)),
    ("trao tặng", (WelfareOther, 42)),
    ("tặng", (WelfareOther, 38)),
    ("trao", (WelfareOther, 30)),
    ("thăm hỏi", (WelfareOther, 42)),
    ("thăm, tặng quà", (WelfareOther, 50)),
    ("thăm", (WelfareOther, 32)),
    ("từ thiện", (WelfareOther, 40)),
    ("an sinh xã hội", (WelfareOther, 40)),
    ("đền ơn đáp nghĩa", (WelfareOther, 44)),
    ("hiến máu", (WelfareOther, 50)),
    ("hiến", (WelfareOther, 44)),
    ("hiến đất", (WelfareOther, 50)),
    ("tài trợ", (WelfareOther, 42)),
    ("vận động", (WelfareOther, 28)),
    ("huy động", (WelfareOther, 28)),
    ("trị giá", (WelfareOther, 34)),
    ("nhà tình nghĩa", (WelfareOther, 46)),
    ("nhà đại đoàn kết", (WelfareOther, 46)),
    ("quỹ vì người nghèo", (WelfareOther, 48)),
    ("quỹ", (WelfareOther, 28)),
    ("suất quà", (WelfareOther, 44)),
    ("học bổng", (WelfareOther, 44)),
    ("thẻ bảo hiểm y tế", (WelfareOther, 46)),
    ("bảo hiểm y tế", (WelfareOther, 38)),
    ("kế hoạch nhỏ", (WelfareOther, 44)),
    ("heo đất", (WelfareOther, 34)),
    ("lợn đất", (WelfareOther, 34)),
    ("lợn siêu trọng", (WelfareOther, 34)),
    ("xóa nhà tạm", (WelfareOther, 44)),
    // size of the organisation
    ("hiện có", (OrganisationSize, 40)),
    ("tổng số đảng viên", (OrganisationSize, 38)),
    ("với tổng số", (OrganisationSize, 36)),
    ("trực thuộc", (OrganisationSize, 18)),
    ("sinh hoạt tại", (OrganisationSize, 34)),
    ("biên chế", (OrganisationSize, 36)),
    ("quân số", (OrganisationSize, 34)),
    ("dân số", (OrganisationSize, 34)),
    ("tổng số hội viên", (OrganisationSize, 38)),
    ("tổng số đoàn viên", (OrganisationSize, 38)),
    // rating
    ("xếp loại", (Rating, 50)),
    ("hoàn thành xuất sắc nhiệm vụ", (Rating, 46)),
    ("hoàn thành xuất sắc", (Rating, 42)),
    ("hoàn thành tốt nhiệm vụ", (Rating, 46)),
    ("hoàn thành tốt", (Rating, 40)),
    ("hoàn thành nhiệm vụ", (Rating, 40)),
    ("không hoàn thành nhiệm vụ", (Rating, 46)),
    ("trong sạch vững mạnh", (Rating, 36)),
    ("trong sạch, vững mạnh", (Rating, 36)),
    ("lao động tiên tiến", (Rating, 46)),
    ("tập thể lao động xuất sắc", (Rating, 44)),
    ("chiến sĩ thi đua", (Rating, 44)),
    ("chiến sỹ thi đua", (Rating, 44)),
    ("đạt danh hiệu", (Rating, 46)),
    ("gia đình văn hóa", (Rating, 42)),
    ("đạt chuẩn", (Rating, 40)),
    ("đạt yêu cầu", (Rating, 44)),
    ("khá, giỏi", (Rating, 44)),
    ("khá giỏi", (Rating, 44)),
    ("loại khá", (Rating, 44)),
    ("loại tốt", (Rating, 44)),
    ("loại giỏi", (Rating, 44)),
    ("tiêu chí", (Rating, 30)),
    ("chỉ tiêu", (Rating, 24)),
    ("tiêu biểu", (Commendation, 20)),
    ("đánh giá", (Rating, 30)),
    ("phân tích chất lượng", (Rating, 40)),
    // savings
    ("tiết kiệm", (Savings, 46)),
    ("thực hành tiết kiệm", (Savings, 50)),
    ("cắt giảm", (Savings, 44)),
    ("giảm chi", (Savings, 46)),
    ("làm lợi", (Savings, 44)),
    ("sổ tiết kiệm", (WelfareOther, 44)),
    ("tiết kiệm chi", (Savings, 50)),
    // acts of their own, none of the others
    ("kết nạp", (Other, 50)),
    ("phát triển đảng", (Other, 44)),
    ("phát triển đảng viên", (Other, 44)),
    ("thành lập", (Other, 42)),
    ("doanh thu", (Other, 50)),
    ("lợi nhuận", (Other, 50)),
    ("nộp ngân sách", (Other, 50)),
    ("thu ngân sách", (Other, 50)),
    ("thu nhập", (Other, 48)),
    ("tổng thu", (Other, 44)),
    ("tăng trưởng", (Other, 46)),
    ("giải ngân", (Other, 48)),
    ("vốn", (Other, 30)),
    ("sản lượng", (Other, 48)),
    ("tỷ lệ hộ nghèo", (Other, 48)),
    ("hộ nghèo giảm", (Other, 46)),
    ("giảm nghèo", (Other, 30)),
    ("thoát nghèo", (Other, 42)),
    ("giải quyết", (Other, 36)),
    ("tiếp công dân", (Other, 46)),
    ("tiếp nhận", (Other, 34)),
    ("dịch vụ công", (Other, 42)),
    ("đào tạo", (Other, 34)),
    ("tuyển dụng", (Other, 40)),
    ("khám", (Other, 34)),
    ("trồng", (Other, 40)),
    ("giới thiệu", (Other, 28)),
    ("chuyển sinh hoạt", (Other, 46)),
    ("đại hội", (Other, 30)),
    ("sáp nhập", (Other, 44)),
    ("tinh giản", (Other, 44)),
    ("quy hoạch", (Other, 42)),
    ("bổ nhiệm", (Other, 44)),
    ("luân chuyển", (Other, 44)),
    ("mức thu", (Other, 40)),
    ("đầu tư", (Other, 38)),
    ("sản xuất", (Other, 30)),
    ("cho vay", (Other, 44)),
    ("dư nợ", (Other, 44)),
    ("bắt", (Other, 36)),
    ("phiếu tín nhiệm", (Other, 40)),
    ("thẩm định", (Other, 52)),
    ("quyết toán", (Other, 44)),
    ("phân công", (Other, 40)),
    ("chuyển chính thức", (Other, 46)),
    ("bầu", (Other, 38)),
    ("nghỉ hưu", (Other, 42)),
    ("tuyển sinh", (Other, 42)),
    ("đối thoại", (Other, 38)),
    ("thu hồi", (Other, 40)),
    ("năng suất", (Other, 46)),
    ("xuất khẩu", (Other, 46)),
];

/// How many tokens away a verb may still govern a number.
const FAR: usize = 90;

static TABLE: LazyLock<Phrases<(Topic, i32)>> = LazyLock::new(|| Phrases::new(MARKS));

#[derive(Debug, Clone, Copy)]
pub(crate) struct Mark {
    start: usize,
    end: usize,
    topic: Topic,
    weight: i32,
}

/// The marks in a run of tokens.
pub(crate) fn marks(r: &Reading<'_>, range: Range<usize>) -> Vec<Mark> {
    let mut out = Vec::new();
    let mut i = range.start;
    let mut quoted = 0;
    while i < range.end {
        // In a short quotation stands a slogan or a name: "Dân kiểm tra" inspects nothing, but
        // "Dân vận khéo" is a model and "Gia đình văn hóa" a title.
        if r.t[i].sign('“')
            && let Some(n) = (1..=20).find(|n| r.t.get(i + n).is_some_and(|t| t.sign('”')))
        {
            quoted = i + n;
        }
        match TABLE.at(r, i) {
            Some((n, (topic, weight))) => {
                let named = i < quoted && !matches!(topic, ModelPractice | Rating | Contest);
                if weight > 0 && !named {
                    out.push(Mark { start: i, end: i + n, topic, weight });
                }
                i += n;
            }
            None => i += 1,
        }
    }
    out
}

/// What the counted noun itself says, in tenths.
fn of_noun(sort: Sort) -> Option<(Topic, i32)> {
    Some(match sort {
        Sort::Paper => (DocumentIssued, 42),
        Sort::Meeting => (StudyConference, 30),
        Sort::Site => (StudyConference, 30),
        Sort::Session => (TopicSession, 40),
        Sort::Inspection => (Inspection, 60),
        Sort::Supervision => (Supervision, 60),
        Sort::Award => (Commendation, 52),
        Sort::Prize => (Contest, 58),
        Sort::Contest => (Contest, 52),
        Sort::Model => (ModelPractice, 48),
        Sort::Media => (Publicity, 50),
        Sort::Gift => (WelfareOther, 48),
        Sort::Case => (Discipline, 26),
        Sort::Plan => (PlanCommitment, 52),
        Sort::Example => (Commendation, 27),
        Sort::People | Sort::Body | Sort::Money | Sort::Time | Sort::Thing => return None,
    })
}

/// What the topic of one claim is decided from.
pub(crate) struct Asked<'a> {
    /// The number and its noun, as tokens.
    pub span: Range<usize>,
    /// Where the first of the numbers that are joined by commas and "và" begins: one verb governs them.
    pub chain: usize,
    pub sort: Sort,
    pub share: bool,
    /// "45/47": a part told with its whole has a predicate, as a share has.
    pub fraction: bool,
    pub money: bool,
    /// The number tokens of the other claims, to count those between.
    pub numbers: &'a [usize],
    pub marks: &'a [Mark],
}

/// The topic and how sure it is, in tenths; below 20 nothing governs the number.
pub(crate) fn decide(r: &Reading<'_>, q: &Asked<'_>) -> (Topic, i32) {
    let mut best = (Other, 0);
    let mut take = |topic: Topic, score: i32| {
        if score > best.1 {
            best = (topic, score);
        }
    };
    // "tham gia 20 chương trình": an event, no document
    let event = q.sort == Sort::Paper && r.back(q.span.start, 1).any(const { &keys(["gia", "chức", "dự"]) });
    if let Some((topic, w)) = of_noun(q.sort).filter(|_| !event) {
        take(topic, w);
    }
    let (p, e) = (q.span.start, q.span.end);
    for m in q.marks {
        if q.money && !matches!(m.topic, WelfareOther | Savings | Other | Commendation | Contest) {
            continue;
        }
        if m.topic == OrganisationSize && q.share {
            continue;
        }
        // so far away nothing governs any more
        if m.end + FAR < p || m.start > e + FAR {
            continue;
        }
        let score = if m.end <= p {
            before(r, q, m)
        } else if m.start >= e {
            behind(r, q, m)
        } else if m.start >= p {
            m.weight - 4
        } else {
            continue;
        };
        take(m.topic, score);
    }
    // "có 27 đảng viên" with nothing else said: the size of the body
    let has = r.back(p, 1).any(const { &keys(["có", "gồm", "với", "số", "là"]) });
    if has && matches!(q.sort, Sort::People | Sort::Body) && !q.share && !q.fraction {
        take(OrganisationSize, 24);
    }
    if q.money {
        best.0 = match best.0 {
            WelfareOther | Commendation | Contest => WelfareMoney,
            other => other,
        };
    } else if best.0 == WelfareMoney {
        best.0 = WelfareOther;
    }
    best
}

fn barrier(r: &Reading<'_>, range: Range<usize>, comma: i32, semicolon: i32) -> i32 {
    r.t[range]
        .iter()
        .map(|t| match t.kind {
            Kind::Sign if t.sign(',') => comma,
            Kind::Sign if t.sign(';') => semicolon,
            Kind::Sign if t.sign(':') || t.sign('(') || t.sign(')') => 1,
            _ => 0,
        })
        .sum()
}

fn numbers_between(q: &Asked<'_>, range: Range<usize>) -> i32 {
    let (a, b) =
        (q.numbers.partition_point(|n| *n < range.start), q.numbers.partition_point(|n| *n < range.end));
    i32::try_from(b.saturating_sub(a)).unwrap_or(99)
}

/// A verb before the number.
fn before(r: &Reading<'_>, q: &Asked<'_>, m: &Mark) -> i32 {
    let gap = m.end..if m.end <= q.chain { q.chain } else { q.span.start };
    let distance = i32::try_from(gap.len()).unwrap_or(999);
    let mut score = m.weight - distance * 7 / 10 - barrier(r, gap, 3, 34);
    // a purpose or a means, not the act: "nhằm tuyên truyền …", "qua kiểm tra, …"
    if r.back(m.start, 1).any(const { &keys(["nhằm", "để", "qua", "sau", "theo", "về"]) }) && distance > 2
    {
        score -= 8;
    }
    if q.share {
        // "Sau khi học tập, 100% đảng viên viết …": what stands before the comma is over
        score -= if r.t[m.end..q.span.start].last().is_some_and(|t| t.sign(',')) { 14 } else { 6 };
    }
    score
}

/// A predicate behind the number.
fn behind(r: &Reading<'_>, q: &Asked<'_>, m: &Mark) -> i32 {
    let gap = q.span.end..m.start;
    let distance = i32::try_from(gap.len()).unwrap_or(999);
    let (cost, comma) = if q.share || q.fraction { (0, 4) } else { (12, 9) };
    let mut score = m.weight
        - cost
        - distance * 8 / 10
        - barrier(r, gap.clone(), comma, 60)
        - numbers_between(q, gap) * 6;
    let lead = r.back(m.start, 1);
    let passive = r.t[q.span.end..m.start].iter().any(|t| t.any(const { &keys(["được", "bị"]) }));
    if passive && distance < 14 {
        score += 16;
    } else if distance == 0 || distance == 1 && !r.t[q.span.end].sign(',') {
        score += 10;
    } else if lead.any(const { &keys(["tham", "gia", "đã", "tổ", "chức", "đạt", "dự"]) }) {
        score += 8;
    }
    let manner = (1..=3).any(|n| {
        r.back(m.start, n).any(const { &keys(["trong", "về", "nhằm", "để", "theo", "sau", "khi", "cho"]) })
            && m.start - n >= q.span.end
    });
    if manner && !passive {
        score -= 16;
    }
    score
}

/// The topic that a heading, a list's lead or the sentence before gives: its best mark.
pub(crate) fn of_context(r: &Reading<'_>, range: Range<usize>) -> Option<(Topic, i32)> {
    marks(r, range).into_iter().map(|m| (m.topic, m.weight)).filter(|m| m.0 != Other).max_by_key(|m| m.1)
}

/// The topic of a figure in a table: its noun, the label of its row, the head of its column, the caption.
pub(crate) fn of_cell(r: &Reading<'_>, sort: Sort, money: bool, context: &[Range<usize>]) -> (Topic, i32) {
    let mut best = (Other, 0);
    if let Some(found) = of_noun(sort) {
        best = found;
    }
    for (n, range) in context.iter().enumerate() {
        let less = i32::try_from(n).unwrap_or(9) * 6;
        for m in marks(r, range.clone()) {
            if m.weight - less > best.1 && m.topic != OrganisationSize {
                best = (m.topic, m.weight - less);
            }
        }
    }
    if best.1 == 0 && matches!(sort, Sort::People | Sort::Body) {
        best = (OrganisationSize, 24);
    }
    if money && best.0 == WelfareOther {
        best.0 = WelfareMoney;
    }
    best
}

/// Headings of reports name several acts; only one that names one act governs what stands below.
pub(crate) fn of_heading(r: &Reading<'_>, para: usize) -> Option<(Topic, i32)> {
    let h = r.paras[para].heading.filter(|_| r.paras[para].kind != ParaKind::Heading)?;
    let found = marks(r, r.paras[h].toks.clone());
    let first = found.first()?.topic;
    found.iter().all(|m| m.topic == first).then_some((first, 22))
}

#[cfg(test)]
mod tests {
    use crate::claims;

    fn topics(text: &str) -> String {
        claims(text).iter().map(|c| c.topic.name()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn cases() {
        let bad: Vec<String> = [
            ("Chi bộ kiểm tra 07 đảng viên và giám sát 09 đảng viên.", "inspection supervision"),
            (
                "Kiểm tra 08 tổ chức đảng và 02 đảng viên; giám sát 05 tổ chức đảng, 04 đồng chí.",
                "inspection inspection supervision supervision",
            ),
            ("Ủy ban Kiểm tra tỉnh khen thưởng 5 cá nhân.", "commendation"),
            ("Đã khen thưởng 3 lượt tập thể và 5 lượt cá nhân.", "commendation commendation"),
            ("01 đảng viên được tặng giấy khen.", "commendation"),
            ("Có 2 tập thể và 1 cá nhân được Thủ tướng tặng Bằng khen.", "commendation commendation"),
            ("100% đảng viên viết bản cam kết.", "plan_commitment"),
            ("Sau khi học tập, 100% đảng viên viết thu hoạch.", "plan_commitment"),
            ("100% đảng viên được học tập, quán triệt.", "study_conference"),
            ("Tỷ lệ tham gia học tập đạt 98%.", "study_conference"),
            ("Tổ chức 4 hội nghị quán triệt cho 300 cán bộ.", "study_conference study_conference"),
            ("Chi bộ sinh hoạt 12 chuyên đề.", "topic_session"),
            ("Có 80 đơn vị tổ chức sinh hoạt chuyên đề.", "topic_session"),
            ("Ban hành 22 văn bản chỉ đạo.", "document_issued"),
            ("Xây dựng 5 kế hoạch, 2 chương trình.", "document_issued document_issued"),
            ("Thi hành kỷ luật 12 đảng viên.", "discipline"),
            ("Khai trừ 02 đảng viên, xóa tên 03 đảng viên.", "discipline discipline"),
            ("Xử lý 231 cán bộ, đảng viên vi phạm.", "discipline"),
            ("Xây dựng 72 mô hình tiêu biểu.", "model_practice"),
            ("Có 71 đơn vị đăng ký xây dựng 110 mô hình.", "model_practice model_practice"),
            ("Cuộc thi thu hút 148.140 lượt dự thi.", "contest"),
            ("Ban Tổ chức trao 01 giải Nhất, 03 giải Nhì.", "contest contest"),
            ("Có 70 đồng chí tham gia dự thi.", "contest"),
            ("Đăng tải 120 tin, bài tuyên truyền.", "publicity"),
            ("Tuyên truyền cho 5.000 lượt người.", "publicity"),
            ("Treo 30 băng rôn, phát 2.000 tờ rơi.", "publicity publicity"),
            ("Ủng hộ 500 triệu đồng cho vùng bão.", "welfare_money"),
            ("Quyên góp được hơn 20 tỷ đồng.", "welfare_money"),
            ("Tặng 50 suất quà trị giá 25 triệu đồng.", "welfare_other welfare_money"),
            ("Xây 39 căn nhà tình nghĩa.", "welfare_other"),
            ("Hiến 120 đơn vị máu.", "welfare_other"),
            ("Nhận đỡ đầu 33 cháu mồ côi.", "welfare_other"),
            ("Chi bộ hiện có 5 tổ đảng, với tổng số 27 đảng viên.", "organisation_size organisation_size"),
            ("Đảng bộ có 12 chi bộ trực thuộc.", "organisation_size"),
            ("Xếp loại: 5 chi bộ hoàn thành xuất sắc nhiệm vụ.", "rating"),
            ("Có 90% đảng viên hoàn thành tốt nhiệm vụ.", "rating"),
            ("Khen thưởng 06 đảng viên hoàn thành xuất sắc nhiệm vụ.", "commendation"),
            ("Tiết kiệm 10% chi thường xuyên.", "savings"),
            ("Tiết kiệm được 120 triệu đồng tiền điện.", "savings"),
            ("Tặng 10 sổ tiết kiệm cho gia đình chính sách.", "welfare_other"),
            ("Kết nạp 45 đảng viên mới.", "other"),
            ("Có 71 đơn vị đạt “Dân vận khéo”.", "model_practice"),
            ("Có 3 ý kiến góp ý.", "other"),
            ("Tham gia 20 chương trình giao lưu.", "other"),
            ("Với phương châm “Dân kiểm tra, dân giám sát”, xã có 15 km đường.", "other"),
            ("Doanh thu đạt 13,15 tỷ đồng.", "other"),
            ("Thu nhập bình quân 65 triệu đồng.", "other"),
            ("Kết nối họp trực tuyến 3 cấp.", "other"),
            ("Thành lập 12 tổ công tác.", "other"),
            ("Nộp ngân sách 200 tỷ đồng.", "other"),
            ("Giải quyết 1.200 hồ sơ đúng hạn.", "other"),
            ("Hỗ trợ 27 hộ thoát nghèo.", "welfare_other"),
            ("Biểu dương 20 điển hình tiên tiến.", "commendation"),
            ("Tuyên dương 30 gương mặt trẻ.", "commendation"),
            ("Giám sát chuyên đề đối với 04 chi bộ.", "supervision"),
            ("Qua kiểm tra, phát hiện 03 trường hợp vi phạm.", "discipline"),
            ("Trao Huy hiệu Đảng cho 15 đồng chí.", "commendation"),
            ("Có 45 đồng chí ký cam kết.", "plan_commitment"),
            ("Vận động 120 triệu đồng xây dựng nông thôn mới.", "welfare_money"),
            ("Chi bộ có 24 đảng viên, chiếm 64,8% tổng số giáo viên.", "organisation_size organisation_size"),
            ("Kiểm tra 12 chi bộ, bằng 60% kế hoạch.", "inspection inspection"),
            ("Thư viện trưng bày 150 đầu sách, phục vụ 1.260 lượt bạn đọc.", "publicity publicity"),
            ("Liên đội phát 36 số phát thanh.", "publicity"),
            ("Có 14 người được tặng Bằng Lao động sáng tạo.", "commendation"),
            ("Thành phần: 17/18 đảng viên; vắng 01 đồng chí.", "topic_session topic_session"),
            ("Mỗi đảng viên đọc ít nhất 2 cuốn sách.", "topic_session"),
            ("Thẩm định quyết toán 26 công trình.", "other"),
            ("Phân công 11 đảng ủy viên phụ trách các thôn.", "other"),
            ("Mỗi tổ chuẩn bị 01 báo cáo đề dẫn.", "topic_session"),
            ("Chi bộ gửi 01 báo cáo.", "document_issued"),
            ("Mua thẻ bảo hiểm y tế cho 3 em.", "welfare_other"),
            ("Lãi chiếm 12% doanh thu.", "other"),
        ]
        .iter()
        .filter_map(|(text, want)| {
            let got = topics(text);
            (got != *want).then(|| format!("{text:?}: got {got:?}, want {want:?}"))
        })
        .collect();
        assert!(bad.is_empty(), "{}", bad.join("\n"));
    }
}
