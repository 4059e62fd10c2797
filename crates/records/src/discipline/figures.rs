//! What indicators may count of discipline.

use super::sheet::{FORM, REASON};
use crate::inspection::OBJECT;
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static OBJECTS: [&str; 2] = codes(&OBJECT);
static FORMS: [&str; 6] = codes(&FORM);
static REASONS: [&str; 5] = codes(&REASON);

/// Decisions of discipline, one per object.
pub static DISCIPLINE: Measure = Measure {
    name: "discipline",
    label_vi: "Xử lý vi phạm, kỷ luật",
    label_en: "Discipline",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit, day, object_person AS person, CAST(1 AS BIGINT) AS n,
            CAST(NULL AS BIGINT) AS amount, object, object_unit, form, reason
          FROM discipline WHERE withdrawn IS NULL",
    dims: &[
        Dim {
            name: "object", ty: DimType::Choice(&OBJECTS), label_vi: "Đối tượng", label_en: "Object"
        },
        Dim {
            name: "object_unit",
            ty: DimType::Unit,
            label_vi: "Tổ chức bị xử lý",
            label_en: "Organisation",
        },
        Dim { name: "form", ty: DimType::Choice(&FORMS), label_vi: "Hình thức", label_en: "Form" },
        Dim { name: "reason", ty: DimType::Choice(&REASONS), label_vi: "Lý do", label_en: "Reason" },
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị quyết định", "the unit that decided"),
    returns: "discipline",
};
