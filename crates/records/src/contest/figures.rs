//! What indicators may count of contests. Entries are lượt, turnout is people: they never add.

use super::sheet::{KIND, RANK};
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static KINDS: [&str; 3] = codes(&KIND);
static RANKS: [&str; 5] = codes(&RANK);

const KIND_DIM: Dim =
    Dim { name: "kind", ty: DimType::Choice(&KINDS), label_vi: "Hình thức thi", label_en: "Kind" };
const CONTEST_DIM: Dim =
    Dim { name: "contest", ty: DimType::Word, label_vi: "Cuộc thi", label_en: "Contest" };

/// Contests, by the day they ended.
pub static CONTEST: Measure = Measure {
    name: "contest",
    label_vi: "Cuộc thi đã tổ chức",
    label_en: "Contests held",
    shape: Shape::Events,
    sql: "SELECT id AS fact, unit, to_day AS day, CAST(NULL AS TEXT) AS person, CAST(1 AS BIGINT) AS n,
            CAST(NULL AS BIGINT) AS amount, code AS contest, kind
          FROM contest WHERE withdrawn IS NULL",
    dims: &[CONTEST_DIM, KIND_DIM],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị tổ chức", "the organiser"),
    returns: "contest",
};

/// Entries (lượt) of a unit on a day.
pub static CONTEST_ENTRY: Measure = Measure {
    name: "contest_entry",
    label_vi: "Lượt dự thi",
    label_en: "Contest entries",
    shape: Shape::Events,
    sql: "SELECT e.id AS fact, e.unit AS unit, e.day AS day, CAST(NULL AS TEXT) AS person, e.entries AS n,
            CAST(NULL AS BIGINT) AS amount, c.code AS contest, c.kind AS kind
          FROM contest_entry e JOIN contest c ON c.id = e.contest
          WHERE e.withdrawn IS NULL AND c.withdrawn IS NULL",
    dims: &[CONTEST_DIM, KIND_DIM],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị dự thi", "the unit that took part"),
    returns: "contest",
};

/// People of a unit who took part, on the day the contest ended.
pub static CONTEST_TURNOUT: Measure = Measure {
    name: "contest_turnout",
    label_vi: "Người dự thi",
    label_en: "People who took part in contests",
    shape: Shape::Events,
    sql: "SELECT t.id AS fact, t.unit AS unit, c.to_day AS day, CAST(NULL AS TEXT) AS person, t.persons AS n,
            CAST(NULL AS BIGINT) AS amount, c.code AS contest, c.kind AS kind
          FROM contest_turnout t JOIN contest c ON c.id = t.contest
          WHERE t.withdrawn IS NULL AND c.withdrawn IS NULL",
    dims: &[CONTEST_DIM, KIND_DIM],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị dự thi", "the unit that took part"),
    returns: "contest",
};

/// Prizes, on the day the contest ended.
pub static CONTEST_PRIZE: Measure = Measure {
    name: "contest_prize",
    label_vi: "Giải thưởng đã trao",
    label_en: "Prizes given",
    shape: Shape::Events,
    sql: "SELECT p.id AS fact, c.unit AS unit, c.to_day AS day, CAST(NULL AS TEXT) AS person, p.prizes AS n,
            CAST(NULL AS BIGINT) AS amount, c.code AS contest, c.kind AS kind, p.rank AS rank
          FROM contest_prize p JOIN contest c ON c.id = p.contest
          WHERE p.withdrawn IS NULL AND c.withdrawn IS NULL",
    dims: &[
        CONTEST_DIM,
        KIND_DIM,
        Dim { name: "rank", ty: DimType::Choice(&RANKS), label_vi: "Hạng giải", label_en: "Rank" },
    ],
    amounts: false,
    persons: false,
    rolls_up_by: ("đơn vị tổ chức", "the organiser"),
    returns: "contest",
};
