//! What indicators may count of commendation.

use super::sheet::{FORM, LEVEL, MERIT, OBJECT, STAGE};
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static STAGES: [&str; 2] = codes(&STAGE);
static LEVELS: [&str; 6] = codes(&LEVEL);
static FORMS: [&str; 6] = codes(&FORM);
static OBJECTS: [&str; 2] = codes(&OBJECT);
static MERITS: [&str; 5] = codes(&MERIT);

/// Commendations, proposed and awarded, one per object.
pub static COMMENDATION: Measure = Measure {
    name: "commendation",
    label_vi: "Khen thưởng",
    label_en: "Commendations",
    shape: Shape::Events,
    sql: "SELECT c.id AS fact, c.unit AS unit, c.day AS day, c.object_person AS person,
            CAST(1 AS BIGINT) AS n, CAST(NULL AS BIGINT) AS amount,
            c.stage AS stage, c.level AS level, c.form AS form, c.object AS object,
            c.object_unit AS object_unit, c.merit AS merit, c.year AS year, p.code AS programme
          FROM commendation c LEFT JOIN programme p ON p.id = c.programme
          WHERE c.withdrawn IS NULL",
    dims: &[
        Dim { name: "stage", ty: DimType::Choice(&STAGES), label_vi: "Giai đoạn", label_en: "Stage" },
        Dim { name: "level", ty: DimType::Choice(&LEVELS), label_vi: "Cấp khen", label_en: "Level" },
        Dim { name: "form", ty: DimType::Choice(&FORMS), label_vi: "Hình thức", label_en: "Form" },
        Dim {
            name: "object", ty: DimType::Choice(&OBJECTS), label_vi: "Đối tượng", label_en: "Object"
        },
        Dim {
            name: "object_unit", ty: DimType::Unit, label_vi: "Tập thể được khen", label_en: "Collective"
        },
        Dim { name: "merit", ty: DimType::Choice(&MERITS), label_vi: "Thành tích", label_en: "Merit" },
        Dim { name: "year", ty: DimType::Int, label_vi: "Năm thành tích", label_en: "Year of the merit" },
        Dim { name: "programme", ty: DimType::Word, label_vi: "Chương trình", label_en: "Programme" },
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị báo cáo việc khen", "the unit that reports it"),
    returns: "commendation",
};
