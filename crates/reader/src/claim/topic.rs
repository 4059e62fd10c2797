//! The act that a number measures: the nearest governing verb decides.
//!
//! Every phrase of [`super::marks::MARKS`] in the sentence is a candidate with a weight; distance, punctuation
//! and other numbers between it and the claim take from the weight. A verb before the number
//! governs it (`kiểm tra 07 đảng viên`), a verb behind it is its predicate (`01 đảng viên được
//! tặng giấy khen`); a share nearly always has a predicate. The counted noun speaks too (`giải
//! Nhất`). To add a phrase: one line in [`super::marks::MARKS`], one case below.

use super::marks::MARKS;
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
    // "11 hộ trong bản đã thoát nghèo": the verb is finite, whatever stands before it
    let finite = lead.any(const { &keys(["đã", "đang"]) });
    if manner && !passive && !finite {
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
        let mut less = i32::try_from(n).unwrap_or(9) * 6;
        // "Chi bộ Thanh tra" tells who, not what; "Chi bộ được kiểm tra" tells what.
        let tells = |t: &crate::lex::Tok| t.any(const { &keys(["được", "bị", "tham", "đã", "đạt"]) });
        if matches!(crate::rules::units::at(r, range.start), Some((_, Sort::Body)))
            && !r.t[range.clone()].iter().any(tells)
        {
            less += 40;
        }
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
            ("Kết nạp 118 đoàn viên, đạt 78,6% chỉ tiêu năm.", "other other"),
            ("Kiểm tra 6 chi bộ, đạt 50% kế hoạch.", "inspection inspection"),
            ("Liên đoàn quản lý 86 công đoàn cơ sở.", "organisation_size"),
            ("Có 11 hộ trong bản đã thoát nghèo.", "other"),
            ("Bồi dưỡng 30 cán bộ quản lý.", "study_conference"),
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
