//! What indicators may count of commitments.
//!
//! One registered on no known day counts on 31 January of its year, when offices close the
//! registration. What was sent and is not registered yet counts nowhere.

use super::sheet::RESULT;
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static RESULTS: [&str; 3] = codes(&RESULT);
static CATEGORIES: [&str; 5] = codes(&crate::person::sheet::CATEGORY);

const fn dim(name: &'static str, ty: DimType, label_vi: &'static str, label_en: &'static str) -> Dim {
    Dim { name, ty, label_vi, label_en }
}

const YEAR: Dim = dim("year", DimType::Int, "Năm", "Year");
const OWN: Dim = dim("own", DimType::Flag, "Của chính đơn vị", "The unit's own");

/// The day a commitment counts on.
macro_rules! day {
    () => {
        "COALESCE(c.registered_day, CAST(c.year AS TEXT) || '-01-31')"
    };
}

/// Commitments. What few figures ask for stands in subqueries and not in joins: a block has tens of
/// thousands of commitments, and a column that nobody asks for then costs nothing.
pub static COMMITMENT: Measure = Measure {
    name: "commitment",
    label_vi: "Bản cam kết",
    label_en: "Commitments",
    shape: Shape::Events,
    sql: concat!(
        "SELECT c.id AS fact, c.unit AS unit, ",
        day!(),
        " AS day, c.person AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
           c.year AS year, CASE WHEN c.person IS NULL THEN 1 ELSE 0 END AS own, c.result AS result,
           CASE WHEN c.result IS NULL AND c.review_day IS NULL THEN 0 ELSE 1 END AS reviewed,
           CASE WHEN c.self_review_day IS NULL THEN 0 ELSE 1 END AS self_reviewed,
           c.writeup AS writeup,
           CASE WHEN EXISTS (SELECT 1 FROM commitment_item i
             WHERE i.commitment = c.id AND i.withdrawn IS NULL AND i.vague = 1) THEN 1 ELSE 0 END AS vague,
           CASE WHEN EXISTS (SELECT 1 FROM commitment_item i
             WHERE i.commitment = c.id AND i.withdrawn IS NULL AND i.done_day > i.deadline) THEN 1 ELSE 0 END AS late,
           CASE WHEN c.person IS NOT NULL AND EXISTS (SELECT 1 FROM position h
             WHERE h.person = c.person AND h.head = 1 AND h.withdrawn IS NULL AND h.from_day <= ",
        day!(),
        " AND COALESCE(h.to_day, '9999-12-31') >= ",
        day!(),
        ") THEN 1 ELSE 0 END AS head,
           COALESCE((SELECT m.category FROM membership m
             WHERE m.person = c.person AND m.unit = c.unit AND m.withdrawn IS NULL AND m.from_day <= ",
        day!(),
        " AND COALESCE(m.to_day, '9999-12-31') >= ",
        day!(),
        " ORDER BY CASE m.category WHEN 'party_member' THEN 0 ELSE 1 END, m.from_day DESC, m.id LIMIT 1),
             (SELECT p.category FROM person p WHERE p.id = c.person)) AS category,
           (SELECT t.code FROM theme t WHERE t.id = c.theme) AS theme,
           (SELECT g.code FROM theme t JOIN programme g ON g.id = t.programme WHERE t.id = c.theme) AS programme
         FROM commitment c
         WHERE c.withdrawn IS NULL AND c.stage IS NULL AND (c.person IS NULL
           OR c.person NOT IN (SELECT p.id FROM person p WHERE p.withdrawn IS NOT NULL))"
    ),
    dims: &[
        YEAR,
        OWN,
        dim("result", DimType::Choice(&RESULTS), "Kết quả", "Result"),
        dim("reviewed", DimType::Flag, "Đã được kiểm điểm", "Reviewed"),
        dim("self_reviewed", DimType::Flag, "Đã tự kiểm điểm", "Self-reviewed"),
        dim("writeup", DimType::Flag, "Có bài thu hoạch", "Has an essay"),
        dim("vague", DimType::Flag, "Có nội dung chung chung", "Has a vague item"),
        dim("late", DimType::Flag, "Có nội dung hoàn thành chậm", "Has an item done late"),
        dim("head", DimType::Flag, "Của người đứng đầu", "Of a head of a unit"),
        dim("category", DimType::Choice(&CATEGORIES), "Đối tượng", "Category"),
        dim("theme", DimType::Word, "Chuyên đề", "Theme"),
        dim("programme", DimType::Word, "Chương trình", "Programme"),
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị nơi đăng ký cam kết", "the unit where it was registered"),
    returns: "commitment",
};

/// Items of commitments, on the day of their commitment.
pub static COMMITMENT_ITEM: Measure = Measure {
    name: "commitment_item",
    label_vi: "Nội dung cam kết",
    label_en: "Items of commitments",
    shape: Shape::Events,
    sql: concat!(
        "SELECT i.id AS fact, c.unit AS unit, ",
        day!(),
        " AS day, c.person AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
           c.year AS year, CASE WHEN c.person IS NULL THEN 1 ELSE 0 END AS own, i.vague AS vague,
           CASE WHEN i.done_day IS NULL THEN 0 ELSE 1 END AS done, i.done_day AS done_day, i.deadline AS deadline,
           CASE WHEN i.done_day > i.deadline THEN 1 ELSE 0 END AS late,
           CASE WHEN i.evidence IS NULL THEN 0 ELSE 1 END AS evidence
         FROM commitment_item i JOIN commitment c ON c.id = i.commitment LEFT JOIN person p ON p.id = c.person
         WHERE i.withdrawn IS NULL AND c.withdrawn IS NULL AND c.stage IS NULL AND p.withdrawn IS NULL"
    ),
    dims: &[
        YEAR,
        OWN,
        dim("vague", DimType::Flag, "Chung chung", "Vague"),
        dim("done", DimType::Flag, "Đã hoàn thành", "Done"),
        dim("done_day", DimType::Day, "Ngày hoàn thành", "Done on"),
        dim("deadline", DimType::Day, "Hạn hoàn thành", "Deadline"),
        dim("late", DimType::Flag, "Hoàn thành chậm", "Done late"),
        dim("evidence", DimType::Flag, "Có minh chứng", "Has evidence"),
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị nơi đăng ký cam kết", "the unit where it was registered"),
    returns: "commitment",
};

/// Feedback given, by who gave it; on its day, else the day of review, else the year's end.
pub static FEEDBACK: Measure = Measure {
    name: "feedback",
    label_vi: "Lượt góp ý cam kết",
    label_en: "Feedback on commitments",
    shape: Shape::Events,
    sql: "SELECT f.id AS fact, c.unit AS unit,
            COALESCE(f.day, c.review_day, CAST(c.year AS TEXT) || '-12-31') AS day,
            f.from_person AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
            c.year AS year, CASE WHEN c.person IS NULL THEN 1 ELSE 0 END AS own
          FROM feedback f JOIN commitment c ON c.id = f.commitment
          WHERE f.withdrawn IS NULL AND c.withdrawn IS NULL AND c.stage IS NULL",
    dims: &[YEAR, OWN],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị nơi đăng ký cam kết được góp ý", "the unit where the commitment was registered"),
    returns: "commitment",
};
