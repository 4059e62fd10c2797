//! What indicators may count of study and meetings.
//!
//! A person's attendance belongs to the unit the person belonged to on that day. Somebody may
//! belong to several (a party cell and a youth branch): the organiser counts first, then
//! party before union before association. Who belonged to none counts for the organiser.

use super::sheet;
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static KINDS: [&str; 10] = codes(&sheet::KIND);
static MODES: [&str; 3] = codes(&sheet::MODE);
static DEPTHS: [&str; 2] = codes(&sheet::DEPTH);
static WHOM: [&str; 6] = codes(&sheet::WHOM);
static STATUSES: [&str; 4] = codes(&sheet::STATUS);
static THEME_KINDS: [&str; 3] = codes(&crate::programme::sheet::THEME_KIND);

const fn dim(name: &'static str, ty: DimType, label_vi: &'static str, label_en: &'static str) -> Dim {
    Dim { name, ty, label_vi, label_en }
}

const KIND: Dim = dim("kind", DimType::Choice(&KINDS), "Hình thức", "Kind");
const YEAR: Dim = dim("year", DimType::Int, "Năm của chuyên đề", "Theme year");
const CATEGORY: Dim = dim("category", DimType::Choice(&WHOM), "Đối tượng", "Category");
const CODE: Dim = dim("activity", DimType::Word, "Mã hoạt động", "Activity");
const PROGRAMME: Dim = dim("programme", DimType::Word, "Chương trình", "Programme");

/// The rows of attendance by person, joined with the membership of a day. SQLite lets no
/// `ORDER BY` see the outer query, so the rank is a column of an inner one.
macro_rules! by_person {
    ($columns:literal, $day:literal, $where:literal) => {
        concat!(
            "SELECT t.id AS fact, COALESCE(m.unit, a.unit) AS unit, ",
            $day,
            " AS day, t.person AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
               a.kind AS kind, a.year AS year, COALESCE(m.category, p.category) AS category,
               a.code AS activity, g.code AS programme",
            $columns,
            " FROM attendance t JOIN activity a ON a.id = t.activity JOIN person p ON p.id = t.person
              LEFT JOIN programme g ON g.id = a.programme
              LEFT JOIN membership m ON m.id = (
                SELECT y.id FROM (
                  SELECT x.id AS id, x.from_day AS from_day,
                    CASE WHEN x.unit = a.unit THEN 0 WHEN x.category = 'party_member' THEN 1
                      WHEN x.category = 'youth_member' THEN 2 WHEN x.category = 'association_member' THEN 3
                      WHEN x.category = 'official' THEN 4 ELSE 5 END AS preference
                  FROM membership x
                  WHERE x.person = t.person AND x.withdrawn IS NULL AND x.from_day <= ",
            $day,
            " AND COALESCE(x.to_day, '9999-12-31') >= ",
            $day,
            ") y ORDER BY y.preference, y.from_day DESC, y.id LIMIT 1)
              WHERE t.withdrawn IS NULL AND a.withdrawn IS NULL AND p.withdrawn IS NULL AND ",
            $where
        )
    };
}

/// The rows of attendance by count.
macro_rules! by_count {
    ($n:literal, $columns:literal, $where:literal) => {
        concat!(
            "SELECT s.id AS fact, s.unit AS unit, a.day AS day, CAST(NULL AS TEXT) AS person, ",
            $n,
            " AS n, CAST(NULL AS BIGINT) AS amount,
               a.kind AS kind, a.year AS year, COALESCE(s.category, 'all') AS category,
               a.code AS activity, g.code AS programme",
            $columns,
            " FROM attendance_site s JOIN activity a ON a.id = s.activity
              LEFT JOIN programme g ON g.id = a.programme
              WHERE s.withdrawn IS NULL AND a.withdrawn IS NULL AND ",
            $where
        )
    };
}

/// Activities; the amount is how many days before the session the paper was sent. Weekly
/// readings by whose turn it was: `count(activity where kind = "weekly_reading") by turn`.
pub static ACTIVITY: Measure = Measure {
    name: "activity",
    label_vi: "Hoạt động học tập, sinh hoạt",
    label_en: "Study and meetings",
    shape: Shape::Events,
    sql: "SELECT a.id AS fact, a.unit AS unit, a.day AS day,
            CAST(NULL AS TEXT) AS person, 1 AS n, a.paper_lead AS amount,
            a.kind AS kind, a.mode AS mode, a.depth AS depth, a.minutes AS minutes, a.minutes_length AS length,
            a.theory_part AS theory_part, a.practice_part AS practice_part,
            CASE WHEN a.paper_sent_day IS NULL THEN 0 ELSE 1 END AS paper,
            CASE WHEN a.lead_in IS NULL THEN 0 ELSE 1 END AS lead_in,
            CASE WHEN a.conclusion IS NULL THEN 0 ELSE 1 END AS concluded,
            a.year AS year, a.quarter AS quarter, a.code AS activity, g.code AS programme,
            t.code AS theme, t.kind AS theme_kind, a.turn AS turn
          FROM activity a LEFT JOIN programme g ON g.id = a.programme LEFT JOIN theme t ON t.id = a.theme
          WHERE a.withdrawn IS NULL",
    dims: &[
        KIND,
        dim("mode", DimType::Choice(&MODES), "Cách tổ chức", "Mode"),
        dim("depth", DimType::Choice(&DEPTHS), "Mức độ", "Depth"),
        dim("minutes", DimType::Flag, "Có biên bản", "Has minutes"),
        dim("length", DimType::Int, "Thời lượng (phút)", "Length (minutes)"),
        dim("theory_part", DimType::Flag, "Có phần lý luận", "Has a part of theory"),
        dim("practice_part", DimType::Flag, "Có phần liên hệ thực tiễn", "Has a part of practice"),
        dim("paper", DimType::Flag, "Đã gửi tài liệu trước", "Paper sent"),
        dim("lead_in", DimType::Flag, "Có người viết báo cáo đề dẫn", "Has a lead-in paper"),
        dim("concluded", DimType::Flag, "Có kết luận", "Has a conclusion"),
        YEAR,
        dim("quarter", DimType::Int, "Quý", "Quarter"),
        CODE,
        PROGRAMME,
        dim("theme", DimType::Word, "Chuyên đề", "Theme"),
        dim("theme_kind", DimType::Choice(&THEME_KINDS), "Loại chuyên đề", "Kind of theme"),
        dim("turn", DimType::Unit, "Đến lượt", "Whose turn"),
    ],
    amounts: true,
    persons: false,
    rolls_up_by: ("đơn vị tổ chức", "the unit that held it"),
    returns: "activity",
};

/// Sites; the amount is how many people were there.
pub static SITE: Measure = Measure {
    name: "site",
    label_vi: "Điểm cầu",
    label_en: "Sites",
    shape: Shape::Events,
    sql: "SELECT s.id AS fact, s.unit AS unit, a.day AS day,
            CAST(NULL AS TEXT) AS person, 1 AS n, s.attended AS amount,
            a.kind AS kind, a.mode AS mode, a.year AS year, COALESCE(s.category, 'all') AS category,
            a.code AS activity, g.code AS programme
          FROM attendance_site s JOIN activity a ON a.id = s.activity
          LEFT JOIN programme g ON g.id = a.programme
          WHERE s.withdrawn IS NULL AND a.withdrawn IS NULL",
    dims: &[
        KIND,
        dim("mode", DimType::Choice(&MODES), "Cách tổ chức", "Mode"),
        YEAR,
        CATEGORY,
        CODE,
        PROGRAMME,
    ],
    amounts: true,
    persons: false,
    rolls_up_by: ("đơn vị nối điểm cầu", "the unit connected"),
    returns: "activity",
};

/// Attendances (lượt), by count and by person. Who made it up counts on the day of that.
pub static ATTENDED: Measure = Measure {
    name: "attended",
    label_vi: "Lượt người dự",
    label_en: "Attendances",
    shape: Shape::Events,
    sql: concat!(
        by_count!("s.attended", ", 0 AS spoke, 0 AS made_up", "s.attended > 0"),
        " UNION ALL ",
        by_person!(
            ", t.spoke AS spoke, CASE WHEN t.status = 'present' THEN 0 ELSE 1 END AS made_up",
            "CASE WHEN t.status = 'present' THEN a.day ELSE t.makeup_day END",
            "(t.status = 'present' OR t.makeup_day IS NOT NULL)"
        )
    ),
    dims: &[
        KIND,
        YEAR,
        CATEGORY,
        CODE,
        PROGRAMME,
        dim("spoke", DimType::Flag, "Có phát biểu", "Spoke"),
        dim("made_up", DimType::Flag, "Học bổ sung", "Made up later"),
    ],
    amounts: false,
    persons: true,
    rolls_up_by: (
        "đơn vị của người dự vào ngày đó; với điểm cầu: đơn vị nối điểm cầu",
        "the person's unit on that day; for sites, the unit connected",
    ),
    returns: "activity",
};

/// Who was to come: the numbers called to sites, and persons who were not exempt.
pub static EXPECTED: Measure = Measure {
    name: "expected",
    label_vi: "Lượt người phải dự",
    label_en: "Expected attendances",
    shape: Shape::Events,
    sql: concat!(
        by_count!("s.expected", ", CAST(NULL AS TEXT) AS status", "s.expected > 0"),
        " UNION ALL ",
        by_person!(", t.status AS status", "a.day", "t.status <> 'exempt'")
    ),
    dims: &[
        KIND,
        YEAR,
        CATEGORY,
        CODE,
        PROGRAMME,
        dim("status", DimType::Choice(&STATUSES), "Có mặt/vắng", "Status"),
    ],
    amounts: false,
    persons: true,
    rolls_up_by: (
        "đơn vị của người phải dự vào ngày đó; với điểm cầu: đơn vị nối điểm cầu",
        "the person's unit on that day; for sites, the unit connected",
    ),
    returns: "activity",
};

/// Who spoke.
pub static SPOKE: Measure = Measure {
    name: "spoke",
    label_vi: "Lượt phát biểu",
    label_en: "Speakers",
    shape: Shape::Events,
    sql: by_person!("", "a.day", "t.spoke = 1 AND t.status = 'present'"),
    dims: &[KIND, YEAR, CATEGORY, CODE, PROGRAMME],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị của người phát biểu vào ngày đó", "the person's unit on that day"),
    returns: "activity",
};

/// Tasks that conclusions gave, on the day of the activity.
pub static FOLLOW_UP: Measure = Measure {
    name: "follow_up",
    label_vi: "Việc được giao sau sinh hoạt",
    label_en: "Follow-ups",
    shape: Shape::Events,
    sql: "SELECT f.id AS fact, a.unit AS unit, a.day AS day,
            f.owner AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
            a.kind AS kind, a.year AS year, a.code AS activity, g.code AS programme,
            CASE WHEN f.done_day IS NULL THEN 0 ELSE 1 END AS done, f.done_day AS done_day,
            f.deadline AS deadline, f.late AS late
          FROM follow_up f JOIN activity a ON a.id = f.activity LEFT JOIN programme g ON g.id = a.programme
          WHERE f.withdrawn IS NULL AND a.withdrawn IS NULL",
    dims: &[
        KIND,
        YEAR,
        CODE,
        PROGRAMME,
        dim("done", DimType::Flag, "Đã hoàn thành", "Done"),
        dim("done_day", DimType::Day, "Ngày hoàn thành", "Done on"),
        dim("deadline", DimType::Day, "Hạn hoàn thành", "Deadline"),
        dim("late", DimType::Flag, "Hoàn thành chậm", "Done late"),
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị tổ chức buổi đó", "the unit that held the activity"),
    returns: "activity",
};
