//! The block (after seed 4): 110 grassroots organisations, 450 cells, 7,000 party members, 2019–2024.
//!
//! The world below is made first — units, people, who belonged where on which day — and the
//! rows of every kind are told from it, so that shares come out of the same people as the
//! counts. Inside 2021–2023 it has a merge (with a rename), a split, a move and a dissolution.

mod honours;
mod life;
mod papers;
mod people;
mod pledges;
mod study;
mod units;
mod watch;

use super::dice::{Dice, day, later, share_out};
use super::names;
use super::rows::Rows;
use domain::Day;

/// The block's code.
pub const CODE: &str = "K";
/// Its name.
pub const NAME: &str = "Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh";
/// Party members at the end of 2023.
const MEMBERS: i64 = 7000;
/// People named who are no members: they register commitments too.
const OTHERS_NAMED: usize = 240;
/// Cells of committees, the merged one's and the split-off one's among them.
const CELLS_BELOW: i64 = 402;
/// Cells of the committee that is merged.
const CELLS_MERGED: usize = 4;

/// A grassroots organisation.
struct Org {
    code: String,
    name: &'static str,
    sector: &'static str,
    committee: bool,
    from: Day,
    /// The last day, when it was merged or dissolved.
    last: Option<Day>,
    /// People who are no members and are known by number only, at the end of 2023.
    others: i64,
}

impl Org {
    fn alive(&self, on: Day) -> bool {
        self.from <= on && self.last.is_none_or(|last| on <= last)
    }

    /// As reports call it: its cells' or its own organisation.
    fn title(&self) -> String {
        format!("{} {}", if self.committee { "Đảng bộ" } else { "Chi bộ" }, self.name)
    }
}

/// A cell: of a committee, or a grassroots organisation by itself.
struct Cell {
    code: String,
    org: usize,
    /// Under another organisation since a day.
    moved: Option<(Day, usize)>,
    /// The sub-committee it belongs to.
    under: Option<String>,
    people: Vec<usize>,
}

impl Cell {
    fn org_on(&self, on: Day) -> usize {
        match self.moved {
            Some((since, org)) if since <= on => org,
            _ => self.org,
        }
    }
}

/// A party member.
struct Member {
    code: String,
    name: String,
    woman: bool,
    born: i64,
    cell: usize,
    /// In another cell since a day.
    moved: Option<(Day, usize)>,
    joined: Day,
    since: Day,
    /// Exempt or suspended, from a day to a day.
    excused: Option<(&'static str, Day, Option<Day>)>,
    /// Secretary of the cell.
    head: bool,
}

impl Member {
    fn cell_on(&self, on: Day) -> usize {
        match self.moved {
            Some((since, cell)) if since <= on => cell,
            _ => self.cell,
        }
    }

    fn is_excused(&self, on: Day) -> bool {
        self.excused.is_some_and(|(_, from, to)| from <= on && to.is_none_or(|to| on <= to))
    }
}

/// Somebody named who is no member.
struct Other {
    code: String,
    name: String,
    woman: bool,
    cell: usize,
    category: &'static str,
}

/// Everything that is.
struct World {
    orgs: Vec<Org>,
    cells: Vec<Cell>,
    members: Vec<Member>,
    others: Vec<Other>,
}

/// The places in the list of organisations that something happens to.
mod at {
    /// It is merged into `RECEIVER`.
    pub const MERGED: usize = 61;
    /// It is split off from `SCHOOL`.
    pub const SPLIT: usize = 62;
    /// The first grassroots cell, the block's own office.
    pub const OFFICE: usize = 63;
    /// It is dissolved.
    pub const DISSOLVED: usize = 111;
    /// Sở Văn hóa và Thể thao.
    pub const RECEIVER: usize = 15;
    /// Trường Cao đẳng Kỹ thuật.
    pub const SCHOOL: usize = 34;
    /// Sở Kế hoạch và Đầu tư: a cell of it moves …
    pub const GIVER: usize = 4;
    /// … to Sở Tài chính.
    pub const TAKER: usize = 3;
    /// Where the people of the dissolved cell go.
    pub const REFUGE: usize = 108;
}

fn merge_day() -> Day {
    day(1, 7, 2022)
}
fn split_day() -> Day {
    day(1, 3, 2022)
}
fn move_day() -> Day {
    day(1, 10, 2021)
}
fn dissolution_day() -> Day {
    day(1, 4, 2023)
}

/// The workbook's rows.
pub fn rows() -> Rows {
    let world = World::make();
    let mut rows = Rows::default();
    units::write(&world, &mut rows);
    people::write(&world, &mut rows);
    papers::write(&world, &mut rows);
    study::write(&world, &mut rows);
    pledges::write(&world, &mut rows);
    watch::write(&world, &mut rows);
    honours::write(&world, &mut rows);
    life::write(&world, &mut rows);
    rows
}

impl World {
    fn make() -> World {
        let mut dice = Dice::new("khoi");
        let mut world =
            World { orgs: orgs(&mut dice), cells: Vec::new(), members: Vec::new(), others: Vec::new() };
        world.make_cells(&mut dice);
        world.make_members(&mut dice);
        world.excuse(&mut dice);
        world.choose_heads();
        world.make_others(&mut dice);
        world
    }

    fn make_cells(&mut self, dice: &mut Dice) {
        let committees: Vec<usize> = (0..at::MERGED).collect();
        let mut weights: Vec<i64> = committees.iter().map(|_| dice.between(1, 9)).collect();
        weights[at::SCHOOL] = 12;
        weights[at::GIVER] = 9;
        let merged = i64::try_from(CELLS_MERGED).unwrap_or(0);
        let least = 3 * i64::try_from(committees.len()).unwrap_or(0);
        let more = share_out(CELLS_BELOW - merged - least, &weights);
        for (org, more) in committees.into_iter().zip(more) {
            for n in 0..usize::try_from(more + 3).unwrap_or(3) {
                self.add_cell(org, n);
            }
        }
        for n in 0..CELLS_MERGED {
            self.add_cell(at::MERGED, n);
        }
        for org in at::OFFICE..self.orgs.len() {
            let code = self.orgs[org].code.clone();
            self.cells.push(Cell { code, org, moved: None, under: None, people: Vec::new() });
        }
        // The last two cells of the school go with what is split off; one cell of a giver moves.
        let of_school = self.cells_of(at::SCHOOL);
        for &cell in of_school.iter().rev().take(2) {
            self.cells[cell].moved = Some((split_day(), at::SPLIT));
        }
        for cell in self.cells_of(at::MERGED) {
            self.cells[cell].moved = Some((merge_day(), at::RECEIVER));
        }
        if let Some(&cell) = self.cells_of(at::GIVER).last() {
            self.cells[cell].moved = Some((move_day(), at::TAKER));
        }
        // The three largest committees have a sub-committee over their last cells.
        let mut largest: Vec<usize> =
            (0..at::MERGED).filter(|o| ![at::SCHOOL, at::GIVER].contains(o)).collect();
        largest.sort_by_key(|&o| (std::cmp::Reverse(self.cells_of(o).len()), o));
        for org in largest.into_iter().take(3) {
            let sub = format!("{}.BP", self.orgs[org].code);
            for &cell in self.cells_of(org).iter().rev().take(3) {
                self.cells[cell].under = Some(sub.clone());
            }
        }
    }

    fn add_cell(&mut self, org: usize, n: usize) {
        let code = format!("{}.{:02}", self.orgs[org].code, n + 1);
        self.cells.push(Cell { code, org, moved: None, under: None, people: Vec::new() });
    }

    /// The cells that an organisation had at first.
    fn cells_of(&self, org: usize) -> Vec<usize> {
        (0..self.cells.len()).filter(|&c| self.cells[c].org == org).collect()
    }

    /// The cells that an organisation has on a day.
    fn cells_on(&self, org: usize, on: Day) -> Vec<usize> {
        (0..self.cells.len()).filter(|&c| self.cells[c].org_on(on) == org).collect()
    }

    fn make_members(&mut self, dice: &mut Dice) {
        let dissolved = 12;
        let weights: Vec<i64> = self
            .cells
            .iter()
            .map(|c| {
                if c.org == at::DISSOLVED {
                    0
                } else {
                    dice.between(8, if c.org >= at::OFFICE { 34 } else { 26 })
                }
            })
            .collect();
        let mut sizes = share_out(MEMBERS - dissolved, &weights);
        if let Some(last) = sizes.last_mut() {
            *last = dissolved;
        }
        let refuge = self.cells_of(at::REFUGE).first().copied();
        for (cell, size) in sizes.into_iter().enumerate() {
            let gone = self.cells[cell].org == at::DISSOLVED;
            for _ in 0..size {
                let at = self.members.len();
                let woman = dice.chance(41);
                let joined = dice.day(day(3, 2, 1986), day(2, 9, 2018));
                let member = Member {
                    code: format!("47.{:06}", 100_000 + at * 7),
                    name: names::person(dice, woman),
                    woman,
                    born: i64::from(year(joined)) - dice.between(21, 33),
                    cell,
                    moved: refuge.filter(|_| gone).map(|to| (dissolution_day(), to)),
                    joined,
                    since: joined.max(dice.day(day(1, 1, 2006), day(1, 10, 2018))),
                    excused: None,
                    head: false,
                };
                self.members.push(member);
                self.cells[cell].people.push(at);
            }
        }
        self.newcomers(dice);
    }

    /// Some joined in the years that are looked at: they were on probation for a year.
    fn newcomers(&mut self, dice: &mut Dice) {
        let mut order: Vec<usize> =
            (0..self.members.len()).filter(|&m| self.members[m].moved.is_none()).collect();
        dice.shuffle(&mut order);
        let years = [(2019, 50), (2020, 50), (2021, 60), (2022, 60), (2023, 60)];
        let mut next = order.into_iter();
        for (y, n) in years {
            for m in next.by_ref().take(n) {
                let joined = dice.day(day(3, 2, y), day(25, 11, y));
                let member = &mut self.members[m];
                member.joined = joined;
                member.since = joined;
                member.born = i64::from(y) - dice.between(22, 35);
            }
        }
    }

    fn excuse(&mut self, dice: &mut Dice) {
        let mut old: Vec<usize> = (0..self.members.len())
            .filter(|&m| year(self.members[m].joined) < 1994 && self.members[m].moved.is_none())
            .collect();
        dice.shuffle(&mut old);
        let mut old = old.into_iter();
        for m in old.by_ref().take(96) {
            let from = dice.day(day(1, 3, 2019), day(30, 11, 2023)).max(self.members[m].since);
            self.members[m].excused = Some(("exempt", from, None));
        }
        for (m, (from, to)) in old.zip([
            (day(10, 5, 2022), Some(day(9, 8, 2022))),
            (day(2, 6, 2022), Some(day(1, 9, 2022))),
            (day(15, 8, 2023), None),
            (day(20, 9, 2023), None),
        ]) {
            self.members[m].excused = Some(("suspended", from, to));
        }
    }

    fn choose_heads(&mut self) {
        for cell in &self.cells {
            let fit = |&m: &usize| year(self.members[m].joined) < 2016 && self.members[m].excused.is_none();
            if let Some(m) = cell.people.iter().copied().find(fit) {
                self.members[m].head = true;
            }
        }
    }

    fn make_others(&mut self, dice: &mut Dice) {
        for n in 0..OTHERS_NAMED {
            let woman = dice.chance(50);
            let cell = dice.below(self.cells.len() - 1);
            self.others.push(Other {
                code: format!("K.QC{:04}", n + 1),
                name: names::person(dice, woman),
                woman,
                cell,
                category: if n % 3 == 0 { "official" } else { "youth_member" },
            });
        }
    }

    /// Members of an organisation on a day.
    fn members_of(&self, org: usize, on: Day) -> Vec<usize> {
        let here = |m: &Member| m.since <= on && self.cells[m.cell_on(on)].org_on(on) == org;
        (0..self.members.len()).filter(|&m| here(&self.members[m])).collect()
    }

    /// Members on a day, all of them.
    fn members_on(&self, on: Day) -> Vec<usize> {
        (0..self.members.len()).filter(|&m| self.members[m].since <= on).collect()
    }

    /// Who leads an organisation: the secretary of its first cell.
    fn head_of(&self, org: usize, on: Day) -> Option<usize> {
        let cells = self.cells_on(org, on);
        cells.iter().flat_map(|&c| &self.cells[c].people).copied().find(|&m| self.members[m].head)
    }

    /// Organisations on a day.
    fn orgs_on(&self, on: Day) -> Vec<usize> {
        (0..self.orgs.len()).filter(|&o| self.orgs[o].alive(on)).collect()
    }

    /// Committees on a day.
    fn committees_on(&self, on: Day) -> Vec<usize> {
        self.orgs_on(on).into_iter().filter(|&o| self.orgs[o].committee).collect()
    }
}

/// The calendar year of a day.
fn year(of: Day) -> i32 {
    chrono::Datelike::year(&of)
}

fn orgs(dice: &mut Dice) -> Vec<Org> {
    let (founded, eve) = (day(15, 8, 2001), |d: Day| Some(later(d, -1)));
    let mut named: Vec<(names::Named, bool, Day, Option<Day>)> = Vec::new();
    named.extend(names::COMMITTEES.iter().map(|n| (*n, true, founded, None)));
    named.push((("Sở Thông tin và Truyền thông", "agency"), true, founded, eve(merge_day())));
    named.push((("Trường Cao đẳng Nghề Hoành Sơn", "school"), true, split_day(), None));
    named.extend(names::CELLS.iter().map(|n| (*n, false, founded, None)));
    named.push((("Công ty Cổ phần May Bình Minh", "enterprise"), false, founded, eve(dissolution_day())));
    let weights: Vec<i64> = named
        .iter()
        .map(|((_, sector), committee, ..)| match (*sector, *committee) {
            ("enterprise", true) => dice.between(300, 620),
            ("school" | "hospital", true) => dice.between(180, 420),
            (_, true) => dice.between(40, 180),
            _ => dice.between(8, 60),
        })
        .collect();
    let others = share_out(19_040, &weights);
    named
        .into_iter()
        .zip(others)
        .enumerate()
        .map(|(n, (((name, sector), committee, from, last), others))| Org {
            code: format!("{CODE}{:03}", n + 1),
            name,
            sector,
            committee,
            from,
            last,
            others,
        })
        .collect()
}
