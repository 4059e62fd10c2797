//! What indicators may count of ratings and titles.

use super::sheet::{LEVEL, TITLE};
use crate::inspection::OBJECT;
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static OBJECTS: [&str; 2] = codes(&OBJECT);
static LEVELS: [&str; 4] = codes(&LEVEL);
static TITLES: [&str; 4] = codes(&TITLE);

/// Ratings and titles, on the last day of the year they are for: the decision comes in the next.
pub static RATING: Measure = Measure {
    name: "rating",
    label_vi: "Xếp loại, danh hiệu",
    label_en: "Ratings and titles",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit, CAST(year AS TEXT) || '-12-31' AS day, person, CAST(1 AS BIGINT) AS n,
            CAST(NULL AS BIGINT) AS amount, object, level, title, year
          FROM rating WHERE withdrawn IS NULL",
    dims: &[
        Dim {
            name: "object", ty: DimType::Choice(&OBJECTS), label_vi: "Đối tượng", label_en: "Object"
        },
        Dim { name: "level", ty: DimType::Choice(&LEVELS), label_vi: "Xếp loại", label_en: "Level" },
        Dim { name: "title", ty: DimType::Choice(&TITLES), label_vi: "Danh hiệu", label_en: "Title" },
        Dim { name: "year", ty: DimType::Int, label_vi: "Của năm", label_en: "For the year" },
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị được xếp loại, hoặc đơn vị của cá nhân", "the unit rated, or the person's unit"),
    returns: "rating",
};
