//! What indicators may count of people: memberships, standings, positions.

use super::sheet::{self, CATEGORY, SEX};
use crate::kind::codes;
use figures::{Dim, DimType, Measure, Shape};

static CATEGORIES: [&str; 5] = codes(&CATEGORY);
static SEXES: [&str; 2] = codes(&SEX);
static STANDINGS: [&str; 4] = codes(&sheet::STANDING);
static POSITIONS: [&str; 9] = codes(&sheet::POSITION);

const fn dim(name: &'static str, ty: DimType, label_vi: &'static str, label_en: &'static str) -> Dim {
    Dim { name, ty, label_vi, label_en }
}

/// A condition on the last day of a membership (or today, while it lasts): in that standing.
macro_rules! standing_at_end {
    ($standing:literal) => {
        concat!(
            "CASE WHEN m.category = 'party_member' AND EXISTS (
               SELECT 1 FROM standing s
               WHERE s.person = m.person AND s.standing = '",
            $standing,
            "' AND s.withdrawn IS NULL
                 AND s.from_day <= COALESCE(m.to_day, '9999-12-31')
                 AND COALESCE(s.to_day, '9999-12-31') >= COALESCE(m.to_day, '9999-12-31'))
             THEN 1 ELSE 0 END"
        )
    };
}

/// People belonging to units.
///
/// `probationary`, `exempt` and `suspended` speak of the end of the spell, or of the present
/// while it lasts. A figure of a past day asks the measure `standing` instead: who was exempt
/// then is `people(standing where standing = "exempt" at end)`.
pub static MEMBER: Measure = Measure {
    name: "member",
    label_vi: "Người thuộc đơn vị",
    label_en: "People of the unit",
    shape: Shape::Spells,
    sql: concat!(
        "SELECT m.id AS fact, m.unit AS unit, m.from_day AS from_day, COALESCE(m.to_day, '9999-12-31') AS to_day,
           m.person AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
           m.category AS category, (SELECT p.sex FROM person p WHERE p.id = m.person) AS sex,
           ",
        standing_at_end!("probationary"),
        " AS probationary,
           ",
        standing_at_end!("exempt"),
        " AS exempt,
           ",
        standing_at_end!("suspended"),
        " AS suspended
         FROM membership m
         WHERE m.withdrawn IS NULL AND m.person NOT IN (SELECT p.id FROM person p WHERE p.withdrawn IS NOT NULL)"
    ),
    dims: &[
        dim("category", DimType::Choice(&CATEGORIES), "Đối tượng", "Category"),
        dim("sex", DimType::Choice(&SEXES), "Giới tính", "Sex"),
        dim("probationary", DimType::Flag, "Dự bị", "Probationary"),
        dim("exempt", DimType::Flag, "Được miễn sinh hoạt", "Exempt from meetings"),
        dim("suspended", DimType::Flag, "Đình chỉ sinh hoạt", "Suspended from meetings"),
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị mà người đó thuộc về trong thời gian đó", "the unit the person belonged to at the time"),
    returns: "person",
};

/// Standings of party members: the days of a standing that fall into a membership, in its
/// unit. One that outlasts a move is a row in either cell; days without any membership count
/// for the unit where the person was first recorded only when there is no membership at all.
pub static STANDING: Measure = Measure {
    name: "standing",
    label_vi: "Tư cách đảng viên",
    label_en: "Standing of members",
    shape: Shape::Spells,
    sql: "SELECT s.id AS fact, COALESCE(m.unit, p.unit) AS unit,
            CASE WHEN m.from_day > s.from_day THEN m.from_day ELSE s.from_day END AS from_day,
            CASE WHEN m.to_day < COALESCE(s.to_day, '9999-12-31') THEN m.to_day
                 ELSE COALESCE(s.to_day, '9999-12-31') END AS to_day,
            s.person AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
            s.standing AS standing, p.sex AS sex
          FROM standing s JOIN person p ON p.id = s.person
          LEFT JOIN membership m ON m.person = s.person AND m.category = 'party_member' AND m.withdrawn IS NULL
            AND m.from_day <= COALESCE(s.to_day, '9999-12-31')
            AND COALESCE(m.to_day, '9999-12-31') >= s.from_day
          WHERE s.withdrawn IS NULL AND p.withdrawn IS NULL",
    dims: &[
        dim("standing", DimType::Choice(&STANDINGS), "Tư cách", "Standing"),
        dim("sex", DimType::Choice(&SEXES), "Giới tính", "Sex"),
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("chi bộ nơi đảng viên sinh hoạt trong thời gian đó", "the member's cell at the time"),
    returns: "person",
};

/// Positions held.
pub static POSITION: Measure = Measure {
    name: "position",
    label_vi: "Chức vụ",
    label_en: "Positions held",
    shape: Shape::Spells,
    sql: "SELECT h.id AS fact, h.unit AS unit, h.from_day AS from_day, COALESCE(h.to_day, '9999-12-31') AS to_day,
            h.person AS person, 1 AS n, CAST(NULL AS BIGINT) AS amount,
            h.position AS position, h.head AS head, p.sex AS sex
          FROM position h JOIN person p ON p.id = h.person
          WHERE h.withdrawn IS NULL AND p.withdrawn IS NULL",
    dims: &[
        dim("position", DimType::Choice(&POSITIONS), "Chức vụ", "Position"),
        dim("head", DimType::Flag, "Là người đứng đầu", "Is the head"),
        dim("sex", DimType::Choice(&SEXES), "Giới tính", "Sex"),
    ],
    amounts: false,
    persons: true,
    rolls_up_by: ("đơn vị nơi giữ chức vụ", "the unit where the position is held"),
    returns: "position",
};
