//! What indicators may count of inspection and supervision.

use super::sheet::{ABOUT, ACT, ACTOR, OBJECT, PLAN};
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static ACTORS: [&str; 4] = codes(&ACTOR);
static ACTS: [&str; 2] = codes(&ACT);
static OBJECTS: [&str; 2] = codes(&OBJECT);
static ABOUTS: [&str; 5] = codes(&ABOUT);
static PLANS: [&str; 2] = codes(&PLAN);

/// Inspections and supervisions, one per object.
pub static INSPECTION: Measure = Measure {
    name: "inspection",
    label_vi: "Cuộc kiểm tra, giám sát",
    label_en: "Inspections and supervisions",
    shape: Shape::Events,
    sql: "SELECT i.id AS fact, i.unit AS unit, i.day AS day, i.object_person AS person,
            CAST(1 AS BIGINT) AS n, CAST(NULL AS BIGINT) AS amount,
            i.actor AS actor, i.act AS act, i.advised AS advised, i.object AS object,
            i.object_unit AS object_unit, i.head AS head, i.about AS about,
            CASE WHEN i.conclusion IS NULL THEN 0 ELSE 1 END AS concluded,
            CASE WHEN i.remedy IS NOT NULL AND i.remedied_day IS NULL THEN 1 ELSE 0 END AS remedy_open,
            i.remedy_deadline AS remedy_deadline, p.code AS programme
          FROM inspection i LEFT JOIN programme p ON p.id = i.programme
          WHERE i.withdrawn IS NULL",
    dims: &[
        Dim { name: "actor", ty: DimType::Choice(&ACTORS), label_vi: "Chủ thể", label_en: "Actor" },
        Dim { name: "act", ty: DimType::Choice(&ACTS), label_vi: "Hình thức", label_en: "Act" },
        Dim {
            name: "advised", ty: DimType::Flag, label_vi: "Tham mưu cho cấp trên", label_en: "Advised"
        },
        Dim {
            name: "object", ty: DimType::Choice(&OBJECTS), label_vi: "Đối tượng", label_en: "Object"
        },
        Dim {
            name: "object_unit",
            ty: DimType::Unit,
            label_vi: "Tổ chức được kiểm tra, giám sát",
            label_en: "Organisation looked into",
        },
        Dim {
            name: "head", ty: DimType::Flag, label_vi: "Là người đứng đầu", label_en: "Head of a unit"
        },
        Dim { name: "about", ty: DimType::Choice(&ABOUTS), label_vi: "Nội dung", label_en: "About" },
        Dim { name: "concluded", ty: DimType::Flag, label_vi: "Đã kết luận", label_en: "Concluded" },
        Dim {
            name: "remedy_open",
            ty: DimType::Flag,
            label_vi: "Chưa khắc phục xong",
            label_en: "Remedy open",
        },
        Dim {
            name: "remedy_deadline",
            ty: DimType::Day,
            label_vi: "Hạn khắc phục",
            label_en: "Remedy deadline",
        },
        Dim { name: "programme", ty: DimType::Word, label_vi: "Chương trình", label_en: "Programme" },
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị tiến hành (hoặc tham mưu)", "the unit that inspects (or advised it)"),
    returns: "inspection",
};

/// Plans of inspection and supervision.
pub static INSPECTION_PLAN: Measure = Measure {
    name: "inspection_plan",
    label_vi: "Chương trình kiểm tra, giám sát",
    label_en: "Inspection plans",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit, day, CAST(NULL AS TEXT) AS person, CAST(1 AS BIGINT) AS n,
            CAST(NULL AS BIGINT) AS amount, kind, year
          FROM inspection_plan WHERE withdrawn IS NULL",
    dims: &[
        Dim {
            name: "kind", ty: DimType::Choice(&PLANS), label_vi: "Loại chương trình", label_en: "Kind"
        },
        Dim { name: "year", ty: DimType::Int, label_vi: "Cho năm", label_en: "For the year" },
    ],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị ban hành", "the unit that issued it"),
    returns: "inspection",
};
