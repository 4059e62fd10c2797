//! What indicators may count of programmes: themes, plans, tasks, breakthroughs.

use super::sheet::{PLAN_KIND, THEME_KIND};
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static THEME_KINDS: [&str; 3] = codes(&THEME_KIND);
static PLAN_KINDS: [&str; 2] = codes(&PLAN_KIND);

const fn dim(name: &'static str, ty: DimType, label_vi: &'static str, label_en: &'static str) -> Dim {
    Dim { name, ty, label_vi, label_en }
}

/// Themes, on the day they arrived; else at the end of their year, else when the programme began.
pub static THEME: Measure = Measure {
    name: "theme",
    label_vi: "Chuyên đề",
    label_en: "Themes",
    shape: Shape::Events,
    sql: "SELECT t.id AS fact, t.unit AS unit,
            COALESCE(t.arrival_day, CAST(t.year AS TEXT) || '-12-31', g.from_day) AS day,
            CAST(NULL AS TEXT) AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
            t.kind AS kind, t.year AS year, g.code AS programme,
            CASE WHEN t.arrival_day IS NULL THEN 0 ELSE 1 END AS arrived
          FROM theme t JOIN programme g ON g.id = t.programme
          WHERE t.withdrawn IS NULL",
    dims: &[
        dim("kind", DimType::Choice(&THEME_KINDS), "Loại", "Kind"),
        dim("year", DimType::Int, "Năm", "Year"),
        dim("programme", DimType::Word, "Chương trình", "Programme"),
        dim("arrived", DimType::Flag, "Có ngày tiếp nhận", "Arrival known"),
    ],
    amounts: false,
    persons: false,
    rolls_up_by: ("cấp ban hành chuyên đề", "the unit that issued the theme"),
    returns: "theme",
};

/// Plans, on the day they were issued; the amount is the days they took.
pub static PLAN: Measure = Measure {
    name: "plan",
    label_vi: "Kế hoạch",
    label_en: "Plans",
    shape: Shape::Events,
    sql: "SELECT k.id AS fact, k.unit AS unit, k.issued_day AS day,
            CAST(NULL AS TEXT) AS person, 1 AS n, k.days_to_plan AS amount,
            k.kind AS kind, k.year AS year, g.code AS programme, t.kind AS theme_kind,
            k.late AS late, k.days_to_plan AS days
          FROM plan k JOIN programme g ON g.id = k.programme LEFT JOIN theme t ON t.id = k.theme
          WHERE k.withdrawn IS NULL",
    dims: &[
        dim("kind", DimType::Choice(&PLAN_KINDS), "Loại", "Kind"),
        dim("year", DimType::Int, "Năm kế hoạch", "Year of the plan"),
        dim("programme", DimType::Word, "Chương trình", "Programme"),
        dim("theme_kind", DimType::Choice(&THEME_KINDS), "Loại chuyên đề", "Kind of theme"),
        dim("late", DimType::Flag, "Ban hành chậm", "Issued late"),
        dim("days", DimType::Int, "Số ngày ra kế hoạch", "Days to plan"),
    ],
    amounts: true,
    persons: false,
    rolls_up_by: ("đơn vị ban hành kế hoạch", "the unit that issued the plan"),
    returns: "plan",
};

/// Tasks of plans, on the day they fall due: their deadline, else the end of their month,
/// quarter or year (February ends on the 28th here; what counts is the month).
pub static TASK: Measure = Measure {
    name: "task",
    label_vi: "Nhiệm vụ trong kế hoạch",
    label_en: "Tasks of plans",
    shape: Shape::Events,
    sql: "SELECT t.id AS fact, k.unit AS unit,
            COALESCE(t.deadline, CAST(k.year AS TEXT) || CASE COALESCE(t.month, t.quarter * 3)
              WHEN 1 THEN '-01-31' WHEN 2 THEN '-02-28' WHEN 3 THEN '-03-31' WHEN 4 THEN '-04-30'
              WHEN 5 THEN '-05-31' WHEN 6 THEN '-06-30' WHEN 7 THEN '-07-31' WHEN 8 THEN '-08-31'
              WHEN 9 THEN '-09-30' WHEN 10 THEN '-10-31' WHEN 11 THEN '-11-30' ELSE '-12-31' END) AS day,
            t.owner AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
            CASE WHEN t.done_day IS NULL THEN 0 ELSE 1 END AS done, t.done_day AS done_day,
            t.late AS late, t.deadline AS deadline, t.quarter AS quarter, k.year AS year, g.code AS programme
          FROM task t JOIN plan k ON k.id = t.plan JOIN programme g ON g.id = k.programme
          WHERE t.withdrawn IS NULL AND k.withdrawn IS NULL",
    dims: &[
        dim("done", DimType::Flag, "Đã hoàn thành", "Done"),
        dim("done_day", DimType::Day, "Ngày hoàn thành", "Done on"),
        dim("late", DimType::Flag, "Hoàn thành chậm", "Done late"),
        dim("deadline", DimType::Day, "Hạn hoàn thành", "Deadline"),
        dim("quarter", DimType::Int, "Quý", "Quarter"),
        dim("year", DimType::Int, "Năm kế hoạch", "Year of the plan"),
        dim("programme", DimType::Word, "Chương trình", "Programme"),
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị ban hành kế hoạch", "the unit that issued the plan"),
    returns: "plan",
};

/// Breakthroughs, at the end of the year they were chosen for.
pub static BREAKTHROUGH: Measure = Measure {
    name: "breakthrough",
    label_vi: "Nội dung đột phá",
    label_en: "Breakthroughs",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit AS unit, CAST(year AS TEXT) || '-12-31' AS day,
            CAST(NULL AS TEXT) AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
            CASE WHEN solved_day IS NULL THEN 0 ELSE 1 END AS solved, solved_day AS solved_day, year AS year
          FROM breakthrough WHERE withdrawn IS NULL",
    dims: &[
        dim("solved", DimType::Flag, "Đã giải quyết xong", "Solved"),
        dim("solved_day", DimType::Day, "Ngày giải quyết xong", "Solved on"),
        dim("year", DimType::Int, "Năm đăng ký", "Year"),
    ],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị đăng ký", "the unit that chose it"),
    returns: "breakthrough",
};
