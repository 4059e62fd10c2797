//! What indicators may count of units: the units themselves, and headcounts.

use super::sheet::{CATEGORY, SECTOR};
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static CATEGORIES: [&str; 5] = codes(&CATEGORY);
static SECTORS: [&str; 6] = codes(&SECTOR);

/// Units in existence.
pub static UNIT: Measure = Measure {
    name: "unit",
    label_vi: "Tổ chức đảng",
    label_en: "Units",
    shape: Shape::Spells,
    sql: "SELECT u.id || '/' || s.from_day AS fact, u.id AS unit, s.from_day, s.to_day,
            CAST(NULL AS TEXT) AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
            k.code AS kind, k.grassroots AS grassroots, k.cell AS cell, k.level AS level, u.sector AS sector
          FROM unit u JOIN unit_kind k ON k.id = u.kind
          JOIN unit_span s ON s.ancestor = u.id AND s.descendant = u.id
          WHERE u.withdrawn IS NULL",
    dims: &[
        Dim { name: "kind", ty: DimType::Word, label_vi: "Loại tổ chức", label_en: "Kind" },
        Dim { name: "grassroots", ty: DimType::Flag, label_vi: "Tổ chức cơ sở đảng", label_en: "Grassroots" },
        Dim { name: "cell", ty: DimType::Flag, label_vi: "Chi bộ", label_en: "Cell" },
        Dim { name: "level", ty: DimType::Int, label_vi: "Cấp", label_en: "Level" },
        Dim { name: "sector", ty: DimType::Choice(&SECTORS), label_vi: "Khối", label_en: "Sector" },
    ],
    amounts: false,
    persons: false,
    rolls_up_by: ("chính đơn vị đó", "the unit itself"),
    returns: "unit",
};

/// People by count, for a year.
pub static HEADCOUNT: Measure = Measure {
    name: "headcount",
    label_vi: "Quân số theo đối tượng",
    label_en: "Headcount by category",
    shape: Shape::Spells,
    sql: "SELECT id AS fact, unit, CAST(year AS TEXT) || '-01-01' AS from_day, CAST(year AS TEXT) || '-12-31' AS to_day,
            CAST(NULL AS TEXT) AS person, n, CAST(NULL AS BIGINT) AS amount, category
          FROM unit_headcount WHERE withdrawn IS NULL",
    dims: &[Dim {
        name: "category",
        ty: DimType::Choice(&CATEGORIES),
        label_vi: "Đối tượng",
        label_en: "Category",
    }],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị của những người đó", "the unit of the people"),
    returns: "unit_headcount",
};
