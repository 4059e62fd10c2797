//! What indicators may count of contributions and savings.
//!
//! A total of money or things asks `side != "participant"` and one `way`: see the module's page.

use super::sheet::{ITEM, PURPOSE, SIDE, THING, WAY};
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static SIDES: [&str; 4] = codes(&SIDE);
static WAYS: [&str; 2] = codes(&WAY);
static PURPOSES: [&str; 9] = codes(&PURPOSE);
static THINGS: [&str; 5] = codes(&THING);
static ITEMS: [&str; 6] = codes(&ITEM);

const SIDE_DIM: Dim =
    Dim {
        name: "side", ty: DimType::Choice(&SIDES), label_vi: "Vai trò của đơn vị", label_en: "Side"
    };
const WAY_DIM: Dim = Dim { name: "way", ty: DimType::Choice(&WAYS), label_vi: "Cách làm", label_en: "Way" };
const PURPOSE_DIM: Dim =
    Dim { name: "purpose", ty: DimType::Choice(&PURPOSES), label_vi: "Mục đích", label_en: "Purpose" };
const ITEM_DIM: Dim =
    Dim { name: "item", ty: DimType::Choice(&ITEMS), label_vi: "Khoản chi", label_en: "Item" };
const MET_DIM: Dim =
    Dim { name: "met", ty: DimType::Flag, label_vi: "Đạt chỉ tiêu", label_en: "Target met" };
const YEAR_DIM: Dim =
    Dim { name: "year", ty: DimType::Int, label_vi: "Của năm", label_en: "For the year" };

/// Contributions; the amount is money, where there is money.
pub static CONTRIBUTION: Measure = Measure {
    name: "contribution",
    label_vi: "Hoạt động an sinh xã hội",
    label_en: "Contributions",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit, day, CAST(NULL AS TEXT) AS person, CAST(1 AS BIGINT) AS n, amount,
            side, way, purpose
          FROM contribution WHERE withdrawn IS NULL",
    dims: &[SIDE_DIM, WAY_DIM, PURPOSE_DIM],
    amounts: true,
    persons: false,
    rolls_up_by: ("đơn vị thực hiện", "the unit that did it"),
    returns: "contribution",
};

/// Things contributed: houses, bridges, gifts, trees.
pub static CONTRIBUTION_THING: Measure = Measure {
    name: "contribution_thing",
    label_vi: "Hiện vật đóng góp",
    label_en: "Things contributed",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit, day, CAST(NULL AS TEXT) AS person, things AS n,
            CAST(NULL AS BIGINT) AS amount, thing, side, way, purpose
          FROM contribution WHERE withdrawn IS NULL AND thing IS NOT NULL AND things IS NOT NULL",
    dims: &[
        Dim { name: "thing", ty: DimType::Choice(&THINGS), label_vi: "Hiện vật", label_en: "Thing" },
        SIDE_DIM,
        WAY_DIM,
        PURPOSE_DIM,
    ],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị thực hiện", "the unit that did it"),
    returns: "contribution",
};

/// Money saved: the baseline less the actual expense; negative where more was spent.
pub static SAVING: Measure = Measure {
    name: "saving",
    label_vi: "Số tiền tiết kiệm",
    label_en: "Money saved",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit,
            CAST(year AS TEXT) || CASE WHEN month < 10 THEN '-0' ELSE '-' END || CAST(month AS TEXT) || '-01' AS day,
            CAST(NULL AS TEXT) AS person, CAST(1 AS BIGINT) AS n, baseline - actual AS amount,
            item, CASE WHEN target IS NULL THEN NULL ELSE met END AS met, year
          FROM saving WHERE withdrawn IS NULL",
    dims: &[ITEM_DIM, MET_DIM, YEAR_DIM],
    amounts: true,
    persons: false,
    rolls_up_by: ("đơn vị chi", "the unit that spends"),
    returns: "saving",
};

/// What was to be saved, in tenths of a percent: `max(saving_target.amount) / 1000` is a share.
pub static SAVING_TARGET: Measure = Measure {
    name: "saving_target",
    label_vi: "Chỉ tiêu tiết kiệm (phần nghìn)",
    label_en: "Saving targets (per mille)",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit,
            CAST(year AS TEXT) || CASE WHEN month < 10 THEN '-0' ELSE '-' END || CAST(month AS TEXT) || '-01' AS day,
            CAST(NULL AS TEXT) AS person, CAST(1 AS BIGINT) AS n, target AS amount,
            item, met, year
          FROM saving WHERE withdrawn IS NULL AND target IS NOT NULL",
    dims: &[ITEM_DIM, MET_DIM, YEAR_DIM],
    amounts: true,
    persons: false,
    rolls_up_by: ("đơn vị chi", "the unit that spends"),
    returns: "saving",
};

/// What savings are compared with.
pub static SAVING_BASELINE: Measure = Measure {
    name: "saving_baseline",
    label_vi: "Mức so sánh của tiết kiệm",
    label_en: "Baselines of savings",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit,
            CAST(year AS TEXT) || CASE WHEN month < 10 THEN '-0' ELSE '-' END || CAST(month AS TEXT) || '-01' AS day,
            CAST(NULL AS TEXT) AS person, CAST(1 AS BIGINT) AS n, baseline AS amount,
            item, CASE WHEN target IS NULL THEN NULL ELSE met END AS met, year
          FROM saving WHERE withdrawn IS NULL",
    dims: &[ITEM_DIM, MET_DIM, YEAR_DIM],
    amounts: true,
    persons: false,
    rolls_up_by: ("đơn vị chi", "the unit that spends"),
    returns: "saving",
};
