//! What indicators may count of publicity.

use super::sheet::{CHANNEL, KIND};
use crate::kind::codes;
use crate::practice::FIELDS;
use figures::{Dim, DimType, Measure, Shape};

static KINDS: [&str; 5] = codes(&KIND);
static CHANNELS: [&str; 6] = codes(&CHANNEL);

/// Publications; a row may stand for several.
pub static PUBLICITY: Measure = Measure {
    name: "publicity",
    label_vi: "Tin bài, hoạt động tuyên truyền",
    label_en: "Publications",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit, day, CAST(NULL AS TEXT) AS person, pieces AS n,
            CAST(NULL AS BIGINT) AS amount, kind, channel, anniversary
          FROM publicity WHERE withdrawn IS NULL",
    dims: &[
        Dim { name: "kind", ty: DimType::Choice(&KINDS), label_vi: "Loại", label_en: "Kind" },
        Dim { name: "channel", ty: DimType::Choice(&CHANNELS), label_vi: "Kênh", label_en: "Channel" },
        Dim {
            name: "anniversary",
            ty: DimType::Flag,
            label_vi: "Nhân dịp kỷ niệm",
            label_en: "For an anniversary",
        },
    ],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị thực hiện", "the unit that published"),
    returns: "publicity",
};

/// Practices that were ever written about, once each, on the day of the first publication.
/// `only_anniversaries` looks at all publications, so it may turn from yes to no later.
pub static PRACTICE_PUBLICITY: Measure = Measure {
    name: "practice_publicity",
    label_vi: "Mô hình được tuyên truyền",
    label_en: "Practices publicised",
    shape: Shape::Events,
    sql: "SELECT p.id AS fact, p.unit AS unit, f.first_day AS day, CAST(NULL AS TEXT) AS person,
            CAST(1 AS BIGINT) AS n, CAST(NULL AS BIGINT) AS amount,
            f.only_anniversaries AS only_anniversaries, p.field AS field
          FROM practice p
          JOIN (SELECT practice, MIN(day) AS first_day, MIN(anniversary) AS only_anniversaries
                FROM publicity WHERE withdrawn IS NULL AND practice IS NOT NULL GROUP BY practice) f
            ON f.practice = p.id
          WHERE p.withdrawn IS NULL",
    dims: &[
        Dim {
            name: "only_anniversaries",
            ty: DimType::Flag,
            label_vi: "Chỉ tuyên truyền dịp kỷ niệm",
            label_en: "Only at anniversaries",
        },
        Dim { name: "field", ty: DimType::Choice(&FIELDS), label_vi: "Lĩnh vực", label_en: "Field" },
    ],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị đăng ký mô hình", "the unit that registered the practice"),
    returns: "publicity",
};
