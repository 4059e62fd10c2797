//! What indicators may count of documents.

use super::sheet;
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static DIRECTIONS: [&str; 2] = codes(&sheet::DIRECTION);
static TYPES: [&str; 16] = codes(&sheet::TYPE);
static PARTS: [&str; 7] = codes(&sheet::PART);

const fn dim(name: &'static str, ty: DimType, label_vi: &'static str, label_en: &'static str) -> Dim {
    Dim { name, ty, label_vi, label_en }
}

/// Documents, on their own day.
pub static DOCUMENT: Measure = Measure {
    name: "document",
    label_vi: "Văn bản",
    label_en: "Documents",
    shape: Shape::Events,
    sql: "SELECT d.id AS fact, d.unit AS unit, d.day AS day,
            CAST(NULL AS TEXT) AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
            d.direction AS direction, d.type AS type, d.part AS part, g.code AS programme, d.term AS term
          FROM document d LEFT JOIN programme g ON g.id = d.programme
          WHERE d.withdrawn IS NULL",
    dims: &[
        dim("direction", DimType::Choice(&DIRECTIONS), "Đi/đến", "Issued or received"),
        dim("type", DimType::Choice(&TYPES), "Tên loại", "Type"),
        dim("part", DimType::Choice(&PARTS), "Phục vụ việc", "Purpose"),
        dim("programme", DimType::Word, "Chương trình", "Programme"),
        dim("term", DimType::Word, "Nhiệm kỳ", "Term"),
    ],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị giữ sổ: nơi ban hành hoặc nơi nhận", "the unit whose register it is in"),
    returns: "document",
};
