//! The demonstration against the reports it is shaped after: every figure, on both databases.
//!
//! Each test is named after a report ("seed") and takes in only what that report rests on.

use super::this_year::Cell;
use super::{ORGANISATIONS, Organisation, block, shared};
use domain::{Actor, Day, Period, SystemClock};
use figures::print::Say;
use figures::{Context, Value};
use records::REGISTRY;
use records::figure::{Book, Figure, Runner, TreeRule, catalogue, narrowed};
use records::report::{self, Asked};
use records::transfer::{self, Mode, Options};
use std::sync::Arc;
use store::testing::{Both, both};
use store::{Db, Tx};

/// Both databases, each with the shared workbook and an organisation's.
async fn with(organisation: &Organisation) -> Both {
    let both = both(&REGISTRY.migrations(), Arc::new(SystemClock)).await;
    let books = [shared().unwrap(), organisation.workbook().unwrap()];
    for db in &both.all {
        for (name, bytes) in &books {
            let options = Options::new(Mode::Write);
            let outcome =
                transfer::import(db, &Actor::Operator, name, bytes, &options, &|_, _| {}).await.unwrap();
            let problems: Vec<String> = outcome.problems.iter().map(|p| format!("{p:?}")).collect();
            assert!(outcome.is_sound() && problems.is_empty(), "{name}: {problems:#?}");
        }
    }
    both
}

/// What a report of an organisation asks of one database.
struct Asking<'a> {
    organisation: &'a Organisation,
    book: Book,
    tx: Tx,
    start: Option<Day>,
}

impl<'a> Asking<'a> {
    async fn of(db: &Db, organisation: &'a Organisation) -> Asking<'a> {
        let day = domain::parse_day(organisation.day).unwrap();
        let mut tx = db.read().await.unwrap();
        let start = records::programme::start(&mut tx, day).await.unwrap();
        let book = catalogue::load(&[], day).unwrap();
        Asking { organisation, book, tx, start }
    }

    fn day(&self) -> Day {
        domain::parse_day(self.organisation.day).unwrap()
    }

    fn period(&self) -> Period {
        self.organisation.period.parse().unwrap()
    }

    async fn figure(&mut self, id: &str, period: Period, selection: &str) -> Figure {
        let day = self.day();
        let mut indicator =
            self.book.catalogue.get(id, day).unwrap_or_else(|| panic!("no indicator {id}")).clone();
        if !selection.is_empty() {
            indicator = Arc::new(narrowed(&self.book, &indicator, selection, day).unwrap());
        }
        let unit = records::unit::by_code(&mut self.tx, self.organisation.code, day).await.unwrap().unwrap();
        let ctx = Context { period, start: self.start, report_day: day };
        let mut runner = Runner::new(&mut self.tx, &self.book, unit, ctx, TreeRule::FactDay).await.unwrap();
        runner.figure(&indicator).await.unwrap()
    }

    /// The figures of the report's own period.
    async fn all(&mut self, expected: &[(&str, i128)]) {
        let period = self.period();
        self.within(period, expected).await;
    }

    /// Figures of another period.
    async fn within(&mut self, period: Period, expected: &[(&str, i128)]) {
        for (id, n) in expected {
            let figure = self.figure(id, period, "").await;
            assert_eq!(figure.value, Value::Int(*n), "{id} of {period}: {figure:#?}");
        }
    }

    /// A figure narrowed to what a list names.
    async fn narrowed(&mut self, id: &str, selection: &str, n: i128) {
        let period = self.period();
        let figure = self.figure(id, period, selection).await;
        assert_eq!(figure.value, Value::Int(n), "{id} where {selection}");
    }

    /// How a figure is said.
    async fn said(&mut self, id: &str, period: Period, say: Say) -> String {
        let figure = self.figure(id, period, "").await;
        figure.indicator.print(&figure.value, say).unwrap().to_string()
    }

    /// A share of everybody.
    async fn whole(&mut self, ids: &[&str]) {
        for id in ids {
            let period = self.period();
            assert_eq!(self.said(id, period, Say::Exact).await, "100 %", "{id}");
        }
    }

    /// The text of the report.
    async fn report(&mut self) -> String {
        let day = self.day();
        let period = self.period();
        let unit = records::unit::by_code(&mut self.tx, self.organisation.code, day).await.unwrap().unwrap();
        let number = Some(self.organisation.number);
        let asked = Asked { unit, period, day, number, names: true, base_url: String::new() };
        let template = report::template(self.organisation.template).unwrap();
        let mode = document::template::FillMode::Report;
        let made = report::make(&mut self.tx, &self.book, template, &asked, mode).await.unwrap();
        assert!(made.problems.is_empty(), "{:?}", made.problems);
        plain(&document::html::write(&made.document))
    }

    async fn list(&mut self, sql: &str) -> Vec<String> {
        let rows = self.tx.query(sql, &[]).await.unwrap();
        rows.iter().map(|r| r.words("x").unwrap()).collect()
    }
}

/// The words of a page, without its marks.
fn plain(html: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for c in html.chars() {
        match c {
            '<' => inside = true,
            '>' => inside = false,
            c if !inside => out.push(if c == '\u{a0}' { ' ' } else { c }),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn says(text: &str, all: &[&str]) {
    for words in all {
        assert!(text.contains(words), "the report does not say {words:?}: {text}");
    }
}

/// The agency's cell: three in-depth topics and an extended one each year, papers at least three
/// days before, everybody speaks, everybody an advanced worker, awards by level.
#[tokio::test]
async fn seed_0() {
    let organisation = &ORGANISATIONS[0];
    let both = with(organisation).await;
    for db in &both.all {
        let mut asking = Asking::of(db, organisation).await;
        for year in 2021..=2023 {
            let year = Period::year(year);
            asking
                .within(
                    year,
                    &[
                        ("sessions.topic.in_depth", 3),
                        ("sessions.topic.extended", 1),
                        ("sessions.topic.two_parts", 4),
                    ],
                )
                .await;
            assert_eq!(asking.said("ratings.advanced_workers.share", year, Say::Exact).await, "100 %");
        }
        asking.whole(&["sessions.topic.speakers.share", "sessions.topic.two_parts.share"]).await;
        asking
            .all(&[
                ("sessions.topic.paper_days", 3),
                ("sessions.topic.lead_ins", 12),
                ("awards.certificates.individuals", 1),
                ("awards.certificates.collectives", 1),
                ("awards.grassroots.individuals", 1),
                ("awards.grassroots.collectives", 1),
                ("awards.block.collectives", 1),
                ("awards.block.individuals", 0),
                ("awards.province.collectives", 0),
            ])
            .await;
        let text = asking.report().await;
        says(
            &text,
            &[
                "09 chuyên đề chuyên sâu",
                "03 chuyên đề mở rộng",
                "ít nhất 03 ngày",
                "lao động tiên tiến",
                "giấy khen của cấp cơ sở",
            ],
        );
    }
}

/// The cell of 2007–2010: everybody studied and wrote, a resolution in 2009, savings of a tenth by
/// kind and month, 39 houses and a bridge of a sponsor, two houses of its own money.
#[tokio::test]
async fn seed_1() {
    let organisation = &ORGANISATIONS[1];
    let both = with(organisation).await;
    for db in &both.all {
        let mut asking = Asking::of(db, organisation).await;
        asking
            .whole(&["study.members.share", "commitments.writeups.share", "commitments.people.share"])
            .await;
        asking
            .all(&[
                ("documents.topic_resolutions", 1),
                ("documents.action_programmes", 2),
                ("welfare.houses.sponsored", 39),
                ("welfare.bridges.sponsored", 1),
                ("welfare.houses.own", 2),
                ("welfare.bridges.own", 0),
                ("savings.target", 10),
                // Four kinds of expense, 24 months.
                ("savings.months", 96),
            ])
            .await;
        asking
            .within(Period::year(2009), &[("documents.topic_resolutions", 1), ("welfare.houses.own", 1)])
            .await;
        asking
            .within(
                Period::year(2008),
                &[
                    ("welfare.houses.sponsored", 39),
                    ("welfare.bridges.sponsored", 1),
                    ("welfare.houses.own", 0),
                ],
            )
            .await;
        asking
            .within(Period::years(2009, 2010), &[("welfare.houses.own", 2), ("welfare.houses.sponsored", 0)])
            .await;
        for item in ["office", "electricity", "water", "phone"] {
            asking.narrowed("savings.target", &format!("item = \"{item}\""), 10).await;
            asking.narrowed("savings.months", &format!("item = \"{item}\""), 24).await;
        }
        let text = asking.report().await;
        says(
            &text,
            &[
                "Nghị quyết số 04-NQ/CB",
                "39 căn nhà tình nghĩa",
                "01 cây cầu nông thôn",
                "tự vận động đóng góp",
                "giảm 10%",
            ],
        );
    }
}

/// The district's cell of 2016–2021: five groups, 27 members, readings every Monday by rota, seven
/// inspected, nine supervised, three praised, eight proposals, its plan and its code of conduct.
#[tokio::test]
async fn seed_2() {
    let organisation = &ORGANISATIONS[2];
    let both = with(organisation).await;
    for db in &both.all {
        let mut asking = Asking::of(db, organisation).await;
        asking.whole(&["commitments.people.share", "study.members.share"]).await;
        asking
            .all(&[
                ("org.groups", 5),
                ("org.members", 27),
                ("inspection.persons", 7),
                ("supervision.persons", 9),
                ("awards.praised", 3),
                ("proposals.collectives", 3),
                ("proposals.individuals", 5),
                ("documents.codes", 1),
            ])
            .await;
        // Every reading has its group, each group its fifth of them, all on Mondays.
        let period = asking.period();
        let readings = asking.figure("sessions.readings", period, "").await.value;
        assert_eq!(readings, asking.figure("sessions.readings.turns", period, "").await.value);
        let Value::Int(readings) = readings else { panic!("{readings:?}") };
        assert!(readings > 200, "{readings}");
        for group in 1..=5 {
            let selection = format!("turn = \"{}.T{group}\"", organisation.code);
            let figure = asking.figure("sessions.readings", period, &selection).await;
            let Value::Int(turns) = figure.value else { panic!("{figure:?}") };
            assert!((readings / 5..=readings / 5 + 1).contains(&turns), "{turns} of {readings}");
        }
        let days = asking.list("SELECT day AS x FROM activity WHERE kind = 'weekly_reading'").await;
        for day in days {
            let day = domain::parse_day(&day).unwrap();
            assert_eq!(chrono::Datelike::weekday(&day), chrono::Weekday::Mon, "{day}");
        }
        let text = asking.report().await;
        says(
            &text,
            &[
                "Kế hoạch số 06-KH/CB, ngày 16/01/2017",
                "Quy định số 02-QĐ/CB",
                "27 đảng viên, sinh hoạt ở 05 tổ đảng",
                "07 đảng viên, giám sát 09 đảng viên",
                "03 lượt tập thể và 05 lượt cá nhân",
            ],
        );
    }
}

/// The second block, 2021–2024: four conferences, over 95 %, all organisations studied, 110 models
/// in 71 of them, two collectives and a person by the Prime Minister, one at a national meeting.
#[tokio::test]
async fn seed_3() {
    let organisation = &ORGANISATIONS[3];
    let both = with(organisation).await;
    for db in &both.all {
        let mut asking = Asking::of(db, organisation).await;
        asking
            .all(&[
                ("org.grassroots", 80),
                ("study.conferences", 4),
                ("study.conferences.to_date", 4),
                ("practices.dan_van_kheo", 110),
                ("practices.dan_van_kheo.units", 71),
                ("practices.registered", 110),
                ("awards.state.collectives", 2),
                ("awards.state.individuals", 1),
                ("awards.exchange", 1),
                ("study.grassroots.missing", 0),
            ])
            .await;
        asking.whole(&["study.grassroots.share"]).await;
        let period = asking.period();
        for id in ["study.attendance.share", "study.reached.share"] {
            let said = asking.said(id, period, Say::Exact).await;
            assert!(said.starts_with("95,") || said.starts_with("96,"), "{id}: {said}");
        }
        assert_eq!(asking.said("study.reached.share", period, Say::Over).await, "trên 95 %");
        let text = asking.report().await;
        says(
            &text,
            &[
                "04 hội nghị",
                "trên 95 %",
                "100 % tổ chức cơ sở đảng",
                "71 đơn vị",
                "110 mô hình",
                "02 tập thể và 01 cá nhân",
                "giao lưu",
            ],
        );
    }
}

/// The block, 2021–2023, dated 15/3/2024.
#[tokio::test]
async fn seed_4() {
    let organisation = &ORGANISATIONS[4];
    let both = with(organisation).await;
    for db in &both.all {
        let mut asking = Asking::of(db, organisation).await;
        size(&mut asking).await;
        papers(&mut asking).await;
        studied(&mut asking).await;
        kept(&mut asking).await;
        honoured(&mut asking).await;
        watched(&mut asking).await;
        lived(&mut asking).await;
        lacking(&mut asking).await;
        let text = asking.report().await;
        says(
            &text,
            &[
                "Kế hoạch số 224-KH/TU",
                "22 văn bản",
                "05 kế hoạch, 02 chương trình, 04 giấy mời, 07 công văn, 04 báo cáo",
                "Kế hoạch số 25-KH/ĐUK, ngày 10/11/2021; Kế hoạch số 31-KH/ĐUK, ngày 10/11/2022; Kế hoạch số 46-KH/ĐUK, ngày 01/02/2023; Kế hoạch số 60-KH/ĐUK, ngày 26/12/2023; Kế hoạch số 64-KH/ĐUK, ngày 16/01/2024",
                "102 điểm cầu, 4.320",
                "132 điểm cầu, 4.686",
                "150 điểm cầu, 6.124",
                "115 điểm cầu, 6.325",
                "trên 98 %",
                "trên 98,9 %",
                "21.060",
                "68 lượt",
                "năm 2021: 24 tổ chức; năm 2022: 21 tổ chức; năm 2023: 23 tổ chức",
                "06 đảng viên hoàn thành xuất sắc nhiệm vụ 05 năm liền",
                "13 tập thể, 04 cá nhân",
                "01 giải Nhất, 03 giải Nhì, 05 giải Ba, 09 giải Khuyến khích",
                "148.140 lượt",
                "72 mô hình",
                "Năm 2022, Đảng bộ Khối các cơ quan và doanh nghiệp tỉnh được xếp loại hoàn thành xuất sắc nhiệm vụ",
                "97/110",
            ],
        );
    }
}

async fn size(asking: &mut Asking<'_>) {
    asking.all(&[("org.grassroots", 110), ("org.cells", 450), ("org.members", 7000)]).await;
    let period = asking.period();
    let Value::Int(others) = asking.figure("org.others", period, "").await.value else { panic!() };
    assert!((18_500..=19_500).contains(&others), "{others}");
    // A merge, a split, a move and a dissolution inside the period.
    let events = asking.list("SELECT DISTINCT event AS x FROM unit_event WHERE day BETWEEN '2021-01-01' AND '2023-12-31' ORDER BY 1").await;
    assert_eq!(events, ["dissolve", "merge", "move", "rename", "split"]);
    // At the beginning of the period other organisations stood.
    asking.within(Period::year(2021), &[("org.grassroots", 111)]).await;
    asking.within(Period::year(2022), &[("org.grassroots", 111)]).await;
}

async fn papers(asking: &mut Asking<'_>) {
    asking
        .all(&[
            ("documents.issued.to_date", 22),
            ("documents.plans.to_date", 5),
            ("documents.programmes.to_date", 2),
            ("documents.invitations.to_date", 4),
            ("documents.letters.to_date", 7),
            ("documents.reports.to_date", 4),
        ])
        .await;
}

async fn studied(asking: &mut Asking<'_>) {
    asking.all(&[("study.conferences.to_date", 4)]).await;
    for (code, sites, attended) in
        [("K-HN2021", 102, 4320), ("K-HN2022", 132, 4686), ("K-HN2023", 150, 6124), ("K-HN2024", 115, 6325)]
    {
        let selection = format!("activity = \"{code}\"");
        asking.narrowed("study.sites.to_date", &selection, sites).await;
        asking.narrowed("study.attended.to_date", &selection, attended).await;
    }
    for year in 2021..=2023 {
        let year = Period::year(year);
        assert_eq!(asking.said("study.reached.share", year, Say::Over).await, "trên 98 %", "{year}");
        // Just above: with a decimal it reads the same.
        assert_eq!(asking.said("study.reached.share", year, Say::Exact).await, "98 %", "{year}");
        // Nobody is taught twice: no unit reaches more than it has.
        let figure = asking.figure("study.reached.share", year, "").await;
        let (num, den) = figure.value.parts().unwrap();
        assert!(num * 100 > den * 98, "{year}: {num}/{den}");
    }
    asking.within(Period::years(2022, 2023), &[("sessions.self_review.units", 80)]).await;
    asking.all(&[("sessions.self_review.units", 80)]).await;
    asking.whole(&["study.grassroots.share"]).await;
}

async fn kept(asking: &mut Asking<'_>) {
    asking.whole(&["commitments.people.share"]).await;
    asking
        .all(&[
            ("commitments.made", 21_060),
            ("commitments.broken", 231),
            ("commitments.broken.people", 231),
            ("commitments.partly", 0),
            ("commitments.unreviewed", 48),
            ("commitments.kept", 21_060 - 231 - 48),
            ("commitments.people.missing", 0),
        ])
        .await;
    for year in 2021..=2023 {
        asking.within(Period::year(year), &[("commitments.made", 7020)]).await;
    }
    let period = asking.period();
    assert_eq!(asking.said("commitments.kept.share", period, Say::Exact).await, "98,9 %");
}

async fn honoured(asking: &mut Asking<'_>) {
    asking
        .all(&[
            ("awards.block.years", 68),
            ("ratings.members.five_years", 6),
            ("awards.block.five_years", 6),
            ("proposals.province.collectives", 13),
            ("proposals.province.individuals", 4),
            ("awards.national.individuals", 1),
            ("awards.examples", 30),
        ])
        .await;
    for (year, n) in [(2021, 24), (2022, 21), (2023, 23)] {
        asking.within(Period::year(year), &[("awards.block.years", n)]).await;
    }
    // 68 organisation-years are fewer organisations.
    let orgs = asking
        .list("SELECT DISTINCT object_unit AS x FROM commendation WHERE level = 'block' AND merit = 'rating'")
        .await;
    assert!(orgs.len() < 68, "{}", orgs.len());
    let own = asking
        .list("SELECT r.level AS x FROM rating r JOIN unit u ON u.id = r.unit WHERE u.code = 'K' AND r.year = 2022")
        .await;
    assert_eq!(own, ["excellent"]);
}

async fn watched(asking: &mut Asking<'_>) {
    asking
        .all(&[
            ("inspection.advised.organisations", 4),
            ("inspection.advised.persons", 4),
            ("inspection.advised.heads", 4),
            ("inspection.standing.organisations", 6),
            ("inspection.standing.persons", 6),
            ("inspection.standing.heads", 6),
            ("supervision.standing.organisations", 9),
            ("supervision.standing.persons", 9),
            ("supervision.standing.heads", 9),
            ("inspection.commission.organisations", 8),
            ("inspection.commission.persons", 2),
            ("supervision.commission.organisations", 5),
            ("supervision.commission.persons", 4),
            ("supervision.commission.heads", 4),
            ("inspection.committee.below.organisations", 200),
            ("inspection.committee.below.persons", 179),
            ("supervision.committee.below.organisations", 126),
            ("supervision.committee.below.persons", 310),
            ("inspection.commission.below.organisations", 188),
            ("inspection.commission.below.persons", 0),
            ("supervision.commission.below.organisations", 148),
            ("supervision.commission.below.persons", 203),
            ("discipline.persons", 231),
        ])
        .await;
}

async fn lived(asking: &mut Asking<'_>) {
    asking
        .all(&[
            ("contests.juried.people", 70),
            ("contests.juried.prizes.first", 1),
            ("contests.juried.prizes.second", 3),
            ("contests.juried.prizes.third", 5),
            ("contests.juried.prizes.consolation", 9),
            ("contests.online.entries", 148_140),
            // 66 kept as records, six stated by two units, one of them for its whole subtree.
            ("practices.registered", 72),
        ])
        .await;
    let period = asking.period();
    let Value::Int(people) = asking.figure("contests.online.people", period, "").await.value else {
        panic!()
    };
    let Value::Int(all) = asking.figure("org.people", period, "").await.value else { panic!() };
    assert!(people > 15_000 && people < all, "{people} of {all}");
    let models = asking.figure("practices.registered", period, "").await;
    assert_eq!(models.origin, records::figure::Origin::Mixed);
    let year = Period::year;
    for (id, period, say, said) in [
        ("welfare.raised.covid", year(2021), Say::Over, "trên 20 tỷ đồng"),
        ("welfare.given.students", year(2021), Say::Exact, "500 triệu đồng"),
        ("welfare.raised.new_rural", year(2022), Say::Nearly, "gần 30 tỷ đồng"),
        ("welfare.given.urban_green", year(2022), Say::Over, "trên 200 triệu đồng"),
        ("welfare.given.new_rural", year(2023), Say::Exact, "322 triệu đồng"),
    ] {
        assert_eq!(asking.said(id, period, say).await, said, "{id}");
    }
    // What enterprises paid on the block's call stands in their books too, and counts once.
    asking.within(Period::year(2021), &[("welfare.given.covid", 0)]).await;
}

/// The shortcomings have something to rest on.
async fn lacking(asking: &mut Asking<'_>) {
    let period = asking.period();
    for id in [
        "plans.late",
        "commitments.vague",
        "commitments.unreviewed",
        "sessions.topic.no_minutes",
        "reviews.missing",
        "practices.anniversary_only",
        "breakthroughs.missing",
        "inspection.remedies.overdue",
    ] {
        let figure = asking.figure(id, period, "").await;
        assert!(matches!(figure.value, Value::Int(n) if n > 0), "{id}: {:?}", figure.value);
    }
}

#[test]
fn the_same_workbooks_are_made_every_time() {
    assert_eq!(ORGANISATIONS[2].workbook().unwrap(), ORGANISATIONS[2].workbook().unwrap());
    assert_eq!(block::CODE, ORGANISATIONS[4].code);
}

/// The running year of a cell is taken in whole on any day of a year, and changes no figure of its report.
#[tokio::test]
async fn the_running_year_changes_no_figure_of_a_report() {
    let organisation = &ORGANISATIONS[2];
    let both = with(organisation).await;
    for db in &both.all {
        let mut asking = Asking::of(db, organisation).await;
        let before = asking.report().await;
        let members = asking.list("SELECT code AS x FROM person ORDER BY code").await;
        let cell = Cell { code: organisation.code.to_owned(), above: "HTB".to_owned(), members };
        drop(asking);
        for (today, mode) in [
            ("2027-01-01", Mode::DryRun),
            ("2028-02-29", Mode::DryRun),
            ("2026-12-31", Mode::DryRun),
            ("2026-11-23", Mode::Write),
        ] {
            let (name, bytes) = cell.workbook(domain::parse_day(today).unwrap()).unwrap();
            let options = Options::new(mode);
            let outcome =
                transfer::import(db, &Actor::Operator, &name, &bytes, &options, &|_, _| {}).await.unwrap();
            assert!(outcome.is_sound(), "{today}: {:#?}", outcome.problems);
            assert!(outcome.touched() > 100, "{today}: {}", outcome.touched());
        }
        let mut asking = Asking::of(db, organisation).await;
        assert_eq!(asking.report().await, before);
    }
}
