//! Labelled claims of received reports, taken in as stated figures with the sentences they came from.
//!
//! A claim is a line of JSON: quote, value, comparator, unit of count, topic, period, subject.
//! Which indicator it states is told from its topic and words; one that fits none is left out and
//! counted. Nothing of a text is kept in the program: it reads what a folder holds.

use super::rows::{Rows, row};
use super::{ORGANISATIONS, Organisation};
use domain::{Day, Message, Period, text};
use serde::Deserialize;
use std::path::Path;

/// One labelled claim.
#[derive(Debug, Deserialize)]
struct Claim {
    quote: String,
    start: i64,
    value: f64,
    comparator: String,
    unit: String,
    topic: String,
    period: Option<String>,
    subject: String,
}

/// What a folder of claims gave.
pub struct Stated {
    /// The workbook of stated figures.
    pub workbook: Vec<u8>,
    /// How many claims state an indicator.
    pub taken: usize,
    /// How many do not.
    pub left: usize,
}

/// Reads `seed0.jsonl` … `seed4.jsonl` of a folder; files that are not there are passed over.
pub fn read(folder: &Path) -> Result<Stated, Message> {
    let mut rows = Rows::default();
    let (mut taken, mut left) = (0, 0);
    for (n, organisation) in ORGANISATIONS.iter().enumerate() {
        let name = format!("seed{n}.jsonl");
        let Ok(lines) = std::fs::read_to_string(folder.join(&name)) else { continue };
        for (line, json) in lines.lines().filter(|l| !l.trim().is_empty()).enumerate() {
            let broken = |error: serde_json::Error| {
                let message = Message::new("demo-claim-broken").with("file", &name).with("line", line + 1);
                message.with("why", error.to_string())
            };
            let claim: Claim = serde_json::from_str(json).map_err(broken)?;
            match indicator(&claim) {
                Some(id) => {
                    put(&mut rows, organisation, n, line, &claim, id);
                    taken += 1;
                }
                None => left += 1,
            }
        }
    }
    if taken == 0 {
        return Err(Message::new("demo-claims-none").with("folder", folder.display().to_string()));
    }
    let workbook = rows.workbook("Số liệu trích từ báo cáo", "")?;
    Ok(Stated { workbook, taken, left })
}

fn put(rows: &mut Rows, organisation: &Organisation, n: usize, line: usize, claim: &Claim, id: &str) {
    let period = period(organisation, claim, id);
    // Two decimals: 98.9 % is 9890. The values of reports are far from the limits of either type.
    let value = (claim.value * 100.0).round() as i64;
    row!(rows, "stated_figure", code: format!("TR{n}-{:03}", line + 1), indicator: id, unit: organisation.code,
        subtree: organisation.template == "block-review", from_day: period.from(), to_day: period.to(), value: value,
        comparator: claim.comparator.as_str(), quote: claim.quote.as_str(), quote_start: claim.start,
        file_name: format!("seed{n}.txt"), note: "Đọc từ báo cáo, kèm câu trích.");
}

/// The days a claim speaks of: its own, else the report's. What has happened "so far" runs from the
/// programme's first day to the report's.
fn period(organisation: &Organisation, claim: &Claim, id: &str) -> Period {
    let whole: Period = organisation.period.parse().unwrap_or(Period::year(2023));
    let day: Day = domain::parse_day(organisation.day).unwrap_or(whole.to());
    if id.ends_with(".to_date") {
        let start = super::dice::day(18, 5, 2021);
        return Period::new(start, day).unwrap_or(whole);
    }
    match claim.period.as_deref() {
        Some(text) => text
            .replace("-nay", &format!("-{}", text::fold(&whole.to().format("%Y").to_string())))
            .parse()
            .unwrap_or(whole),
        // The topics of a year are those of the last one.
        None if claim.topic == "topic_session" => {
            Period::year(whole.to().format("%Y").to_string().parse().unwrap_or(2023))
        }
        None => whole,
    }
}

/// The indicator that a claim states, if one fits.
fn indicator(claim: &Claim) -> Option<&'static str> {
    let quote = text::fold(&claim.quote);
    let unit = text::fold(&claim.unit);
    let who = text::fold(&claim.subject);
    let says = |word: &str| quote.contains(word) || unit.contains(word);
    let share = claim.unit == "%";
    Some(match claim.topic.as_str() {
        "document_issued" if says("ke hoach") => "documents.plans.to_date",
        "document_issued" if says("chuong trinh") => "documents.programmes.to_date",
        "document_issued" if says("giay moi") => "documents.invitations.to_date",
        "document_issued" if says("cong van") => "documents.letters.to_date",
        "document_issued" if says("bao cao") => "documents.reports.to_date",
        "document_issued" if says("van ban") => "documents.issued.to_date",
        "study_conference" if says("diem cau") => "study.sites",
        "study_conference" if share && says("to chuc co so") => "study.grassroots.share",
        "study_conference" if share && who.starts_with("dang vien") => "study.members.share",
        "study_conference" if share => "study.reached.share",
        "study_conference" if says("hoi nghi") => "study.conferences",
        "study_conference" if unit == "dang vien" => "study.attended",
        "topic_session" if share => "sessions.topic.speakers.share",
        "topic_session" if says("chuyen sau") => "sessions.topic.in_depth",
        "topic_session" if says("mo rong") => "sessions.topic.extended",
        "topic_session" if unit == "ngay" => "sessions.topic.paper_days",
        "topic_session" if unit == "don vi" => "sessions.self_review.units",
        "plan_commitment" if share && says("thu hoach") => "commitments.writeups.share",
        "plan_commitment" if share && says("xay dung") => "commitments.people.share",
        "plan_commitment" if share => "commitments.kept.share",
        "discipline" if says("cam ket") => "commitments.broken.people",
        "discipline" => "discipline.persons",
        "savings" if says("10%") => "savings.target",
        "rating" if share => "ratings.advanced_workers.share",
        "organisation_size" if says("to dang") => "org.groups",
        "organisation_size" if says("dang vien") => "org.members",
        "commendation" => return commendation(&quote, &unit, &who),
        "contest" => return contest(&unit),
        "model_practice" if unit == "don vi" => "practices.dan_van_kheo.units",
        "model_practice" if says("dan van") => "practices.dan_van_kheo",
        "model_practice" => "practices.registered",
        "welfare_money" => return money(&who),
        "welfare_other" if says("cau nong thon") => "welfare.bridges.sponsored",
        "welfare_other" if says("nha") && who.contains("tu van dong") => "welfare.houses.own",
        "welfare_other" if says("nha") => "welfare.houses.sponsored",
        "inspection" | "supervision" => return watch(&claim.topic, &unit, &who),
        _ => return None,
    })
}

fn commendation(quote: &str, unit: &str, who: &str) -> Option<&'static str> {
    let collective = unit.contains("tap the") || unit.contains("to chuc");
    Some(match (who, collective) {
        (w, true) if w.contains("de nghi") && w.contains("tinh uy") => "proposals.province.collectives",
        (w, false) if w.contains("de nghi") && w.contains("tinh uy") => "proposals.province.individuals",
        (w, true) if w.contains("de nghi") => "proposals.collectives",
        (w, false) if w.contains("de nghi") => "proposals.individuals",
        (w, true) if w.contains("thu tuong") => "awards.state.collectives",
        (w, false) if w.contains("thu tuong") => "awards.state.individuals",
        (_, false) if quote.contains("bieu duong") => "awards.exchange",
        (w, false) if w.contains("tuyen giao trung uong") => "awards.department.individuals",
        (_, false) if quote.contains("giay khen") => "awards.certificates.individuals",
        (_, false) if quote.contains("xuat sac") => "awards.block.five_years",
        (_, _) if unit.contains("dien hinh") => "awards.examples",
        (_, true) => "awards.block.years",
        (_, false) if unit == "dong chi" => "awards.praised",
        _ => return None,
    })
}

fn contest(unit: &str) -> Option<&'static str> {
    Some(match unit {
        u if u.starts_with("luot") => "contests.online.entries",
        u if u.contains("nhat") => "contests.juried.prizes.first",
        u if u.contains("nhi") => "contests.juried.prizes.second",
        u if u.contains("giai ba") => "contests.juried.prizes.third",
        u if u.contains("khuyen khich") => "contests.juried.prizes.consolation",
        "dong chi" => "contests.juried.people",
        _ => return None,
    })
}

fn money(who: &str) -> Option<&'static str> {
    Some(match who {
        w if w.contains("covid") => "welfare.raised.covid",
        w if w.contains("dai hoc") => "welfare.given.students",
        w if w.contains("cay xanh") => "welfare.given.urban_green",
        w if w.contains("nong thon moi") => "welfare.raised.new_rural",
        w if w.contains("thon") => "welfare.given.new_rural",
        _ => return None,
    })
}

/// Who acted is told by the subject.
fn watch(topic: &str, unit: &str, who: &str) -> Option<&'static str> {
    let inspection = topic == "inspection";
    let person = !unit.contains("to chuc");
    Some(match (who, inspection, person) {
        (w, true, false) if w.contains("tham muu") => "inspection.advised.organisations",
        (w, true, true) if w.contains("tham muu") => "inspection.advised.persons",
        (w, true, false) if w.contains("ban thuong vu") => "inspection.standing.organisations",
        (w, true, true) if w.contains("ban thuong vu") => "inspection.standing.persons",
        (w, false, false) if w.contains("ban thuong vu") => "supervision.standing.organisations",
        (w, false, true) if w.contains("ban thuong vu") => "supervision.standing.persons",
        (w, true, false) if w.contains("cap uy co so") => "inspection.committee.below.organisations",
        (w, true, true) if w.contains("cap uy co so") => "inspection.committee.below.persons",
        (w, false, false) if w.contains("cap uy co so") => "supervision.committee.below.organisations",
        (w, false, true) if w.contains("cap uy co so") => "supervision.committee.below.persons",
        (w, true, false) if w.contains("uy ban kiem tra co so") => {
            "inspection.commission.below.organisations"
        }
        (w, false, false) if w.contains("uy ban kiem tra co so") => {
            "supervision.commission.below.organisations"
        }
        (w, false, true) if w.contains("uy ban kiem tra co so") => "supervision.commission.below.persons",
        (w, true, false) if w.contains("uy ban kiem tra") => "inspection.commission.organisations",
        (w, true, true) if w.contains("uy ban kiem tra") => "inspection.commission.persons",
        (w, false, false) if w.contains("uy ban kiem tra") => "supervision.commission.organisations",
        (w, false, true) if w.contains("uy ban kiem tra") => "supervision.commission.persons",
        (w, true, true) if w.contains("chi uy") => "inspection.persons",
        (w, false, true) if w.contains("chi uy") => "supervision.persons",
        _ => return None,
    })
}
