//! What indicators may count of model practices.

use super::sheet::FIELD;
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

pub(crate) static FIELDS: [&str; 5] = codes(&FIELD);

const FIELD_DIM: Dim =
    Dim { name: "field", ty: DimType::Choice(&FIELDS), label_vi: "Lĩnh vực", label_en: "Field" };

/// Practices, by the day they were registered.
pub static PRACTICE: Measure = Measure {
    name: "practice",
    label_vi: "Mô hình đăng ký",
    label_en: "Practices registered",
    shape: Shape::Events,
    sql:
        "SELECT id AS fact, unit, registered_day AS day, CAST(NULL AS TEXT) AS person, CAST(1 AS BIGINT) AS n,
            CAST(NULL AS BIGINT) AS amount, field,
            CASE WHEN verified_day IS NULL THEN 0 ELSE 1 END AS verified,
            CASE WHEN exemplary_day IS NULL THEN 0 ELSE 1 END AS exemplary,
            CASE WHEN published_day IS NULL THEN 0 ELSE 1 END AS published
          FROM practice WHERE withdrawn IS NULL",
    dims: &[
        FIELD_DIM,
        Dim { name: "verified", ty: DimType::Flag, label_vi: "Đã xác nhận", label_en: "Verified" },
        Dim { name: "exemplary", ty: DimType::Flag, label_vi: "Là điển hình", label_en: "Exemplary" },
        Dim { name: "published", ty: DimType::Flag, label_vi: "Đã giới thiệu", label_en: "Published" },
    ],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị đăng ký", "the unit that registered it"),
    returns: "practice",
};

/// Practices, by the day they were verified.
pub static PRACTICE_VERIFIED: Measure = Measure {
    name: "practice_verified",
    label_vi: "Mô hình được xác nhận",
    label_en: "Practices verified",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit, verified_day AS day, CAST(NULL AS TEXT) AS person, CAST(1 AS BIGINT) AS n,
            CAST(NULL AS BIGINT) AS amount, field
          FROM practice WHERE withdrawn IS NULL AND verified_day IS NOT NULL",
    dims: &[FIELD_DIM],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị đăng ký", "the unit that registered it"),
    returns: "practice",
};

/// Practices, by the day they were recognised as exemplary.
pub static PRACTICE_EXEMPLARY: Measure = Measure {
    name: "practice_exemplary",
    label_vi: "Mô hình điển hình",
    label_en: "Exemplary practices",
    shape: Shape::Events,
    sql:
        "SELECT id AS fact, unit, exemplary_day AS day, CAST(NULL AS TEXT) AS person, CAST(1 AS BIGINT) AS n,
            CAST(NULL AS BIGINT) AS amount, field
          FROM practice WHERE withdrawn IS NULL AND exemplary_day IS NOT NULL",
    dims: &[FIELD_DIM],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị đăng ký", "the unit that registered it"),
    returns: "practice",
};

/// Visits to practices; the amount is how many people came, where it is known.
pub static PRACTICE_VISIT: Measure = Measure {
    name: "practice_visit",
    label_vi: "Lần tham quan mô hình",
    label_en: "Visits to practices",
    shape: Shape::Events,
    sql: "SELECT v.id AS fact, v.unit AS unit, v.day AS day, CAST(NULL AS TEXT) AS person, CAST(1 AS BIGINT) AS n,
            v.people AS amount, p.code AS practice, p.unit AS host, p.field AS field
          FROM practice_visit v JOIN practice p ON p.id = v.practice
          WHERE v.withdrawn IS NULL AND p.withdrawn IS NULL",
    dims: &[
        Dim { name: "practice", ty: DimType::Word, label_vi: "Mô hình", label_en: "Practice" },
        Dim { name: "host", ty: DimType::Unit, label_vi: "Đơn vị có mô hình", label_en: "Host" },
        FIELD_DIM,
    ],
    amounts: true,
    persons: false,
    rolls_up_by: ("đơn vị đến tham quan", "the visiting unit"),
    returns: "practice",
};
