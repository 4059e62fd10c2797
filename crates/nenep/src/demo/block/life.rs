//! What else the block did: contests, models, welfare, publicity; and totals that units stated.

use super::super::dice::{Dice, day, later, share_out};
use super::super::names;
use super::super::rows::{Rows, row};
use super::units::{SUMMING, headcount};
use super::{CODE, World, at};

/// Entries of the online contest.
const ENTRIES: i64 = 148_140;
/// Models kept as rows; the others are stated by those who keep no records of theirs.
const MODELS: usize = 66;
/// Models that units state: of its whole subtree, and of a grassroots cell.
const MODELS_STATED: [i64; 2] = [4, 2];

pub fn write(world: &World, rows: &mut Rows) {
    juried(world, rows);
    online(world, rows);
    models(world, rows);
    welfare(world, rows);
    publicity(world, rows);
    stated(world, rows);
}

fn juried(world: &World, rows: &mut Rows) {
    row!(rows, "contest", code: "K-HT2021", unit: CODE, title: "Hội thi Báo cáo viên giỏi", kind: "juried",
        from_day: day(12, 10, 2021), to_day: day(15, 10, 2021));
    for org in world.orgs_on(day(15, 10, 2021)).into_iter().take(70) {
        row!(rows, "contest_turnout", contest: "K-HT2021", unit: world.orgs[org].code.as_str(), persons: 1_i64);
    }
    for (rank, prizes) in [("first", 1_i64), ("second", 3), ("third", 5), ("consolation", 9)] {
        row!(rows, "contest_prize", contest: "K-HT2021", rank: rank, prizes: prizes);
    }
}

/// Four weeks on the block's site; each organisation's entries by day, and its people once.
fn online(world: &World, rows: &mut Rows) {
    let (from, to) = (day(19, 5, 2022), day(15, 6, 2022));
    row!(rows, "contest", code: "K-TT2022", unit: CODE, title: "Cuộc thi trực tuyến “Hoành Sơn làm theo lời Bác”",
        kind: "online", from_day: from, to_day: to);
    let orgs = world.orgs_on(from);
    let people: Vec<i64> = orgs
        .iter()
        .map(|&o| {
            let others: i64 = headcount(world, o, 2022).iter().map(|(_, n)| n).sum();
            others + i64::try_from(world.members_of(o, from).len()).unwrap_or(0)
        })
        .collect();
    let entries = share_out(ENTRIES, &people);
    let mut dice = Dice::new("cuoc thi");
    for ((&org, all), people) in orgs.iter().zip(entries).zip(people) {
        let unit = world.orgs[org].code.as_str();
        row!(rows, "contest_turnout", contest: "K-TT2022", unit: unit, persons: people * dice.between(71, 93) / 100);
        // Larger ones took part on more days.
        let days = (all / 40).clamp(2, 14);
        let weights: Vec<i64> = (0..days).map(|_| dice.between(3, 12)).collect();
        let first = dice.between(0, (to - from).num_days() - days);
        for (n, entries) in (0_i64..).zip(share_out(all, &weights)) {
            row!(rows, "contest_entry", contest: "K-TT2022", unit: unit, day: later(from, first + n), entries: entries);
        }
    }
}

fn models(world: &World, rows: &mut Rows) {
    let mut dice = Dice::new("mo hinh");
    let silent: Vec<usize> = SUMMING.iter().map(|(org, _)| *org).collect();
    let able: Vec<usize> = world
        .orgs_on(day(31, 12, 2023))
        .into_iter()
        .filter(|o| !silent.contains(o) && *o != at::SPLIT)
        .collect();
    for n in 0..MODELS {
        let org = &world.orgs[able[n * 5 % able.len()]];
        let (unit, own) = (org.code.as_str(), names::models(org.sector));
        let (title, result) = own[n / 3 % own.len()];
        let y = 2021 + i32::try_from(n % 3).unwrap_or(0);
        let registered = dice.day(day(1, 6, y), day(30, 10, y));
        let verified = (n % 10 < 7).then(|| later(registered, 40));
        let exemplary = (n % 10 < 2).then(|| later(registered, 60));
        let field = ["dan_van_kheo", "following", "reform", "welfare", "following", "dan_van_kheo"][n % 6];
        let code = format!("K-MH{:02}", n + 1);
        row!(rows, "practice", code: code.as_str(), unit: unit, title: title, field: field, registered_day: registered,
            verified_day: verified, exemplary_day: exemplary, published_day: exemplary.map(|d| later(d, 3)),
            description: format!("{result}. Do cấp ủy và người đứng đầu cùng theo dõi."));
        // Most of them are heard of at anniversaries only.
        let festive = n % 3 != 0;
        let when = if festive { day(19, 5, y + 1).min(day(2, 9, 2023)) } else { later(registered, 20) };
        if n % 4 != 3 {
            row!(rows, "publicity", code: format!("K-TTMH{:02}", n + 1), unit: unit, day: when.max(registered), kind: "article",
                channel: "website", title: format!("Mô hình: {title}"), pieces: 1_i64, anniversary: festive.then_some(true),
                practice: code.as_str());
        }
    }
    for n in 0..9 {
        let visitor = world.orgs[able[n * 11 % able.len()]].code.as_str();
        row!(rows, "practice_visit", practice: format!("K-MH{:02}", n * 10 + 1 - n * 4), day: day(10 + u32::try_from(n).unwrap_or(0), 7, 2023),
            unit: visitor, people: 12_i64 + i64::try_from(n).unwrap_or(0));
    }
}

/// Money that the block raised, and that it gave. What enterprises paid on its call stands in
/// their books as taking part, so that it counts once.
fn welfare(world: &World, rows: &mut Rows) {
    let million = 1_000_000_i64;
    let covid = [4200, 3650, 3100, 2800, 2450, 1900, 1350, 900].map(|m| m * million);
    let rural = [6400, 5200, 4800, 4100, 3600, 2900, 2400].map(|m| m * million);
    let givers: Vec<usize> = world
        .orgs_on(day(1, 8, 2021))
        .into_iter()
        .filter(|&o| world.orgs[o].sector == "enterprise")
        .collect();
    for (n, amount) in covid.into_iter().enumerate() {
        let when = later(day(14, 6, 2021), 12 * i64::try_from(n).unwrap_or(0));
        row!(rows, "contribution", code: format!("K-AS21-{:02}", n + 1), unit: CODE, side: "raised", way: "raised", day: when,
            purpose: "covid", beneficiary: "Quỹ phòng, chống dịch của tỉnh", amount: amount);
        let giver = world.orgs[givers[n % givers.len()]].code.as_str();
        row!(rows, "contribution", code: format!("K-AS21-{:02}T", n + 1), unit: giver, side: "participant", way: "given",
            day: when, purpose: "covid", beneficiary: "Quỹ phòng, chống dịch của tỉnh", amount: amount / 3);
    }
    row!(rows, "contribution", code: "K-AS21-20", unit: CODE, side: "own", way: "given", day: day(20, 8, 2021),
        purpose: "students", beneficiary: "Tân sinh viên có hoàn cảnh khó khăn", amount: 500 * million);
    for (n, amount) in rural.into_iter().enumerate() {
        let when = later(day(10, 2, 2022), 35 * i64::try_from(n).unwrap_or(0));
        row!(rows, "contribution", code: format!("K-AS22-{:02}", n + 1), unit: CODE, side: "raised", way: "raised", day: when,
            purpose: "new_rural", beneficiary: "Các thôn, xã xây dựng nông thôn mới", amount: amount);
    }
    row!(rows, "contribution", code: "K-AS22-20", unit: CODE, side: "own", way: "given", day: day(16, 5, 2022),
        purpose: "urban_green", beneficiary: "Thành phố Hoành Sơn", amount: 206 * million, thing: "tree", things: 430_i64);
    row!(rows, "contribution", code: "K-AS23-01", unit: CODE, side: "own", way: "given", day: day(7, 4, 2023),
        purpose: "new_rural", beneficiary: "Thôn Tân Phúc", amount: 322 * million);
}

fn publicity(world: &World, rows: &mut Rows) {
    let mut dice = Dice::new("tuyen truyen");
    for y in 2021..=2023_i32 {
        for n in 0..4_u32 {
            row!(rows, "publicity", code: format!("K-TL{y}-{}", n + 1), unit: CODE, day: day(25, 2 + 3 * n, y), kind: "material",
                channel: if n % 2 == 0 { "email" } else { "zalo" }, title: "Tài liệu học tập chuyên đề", pieces: 1_i64);
            row!(rows, "publicity", code: format!("K-NC{y}-{}", n + 1), unit: CODE, day: day(12, 3 + 3 * n, y), kind: "talk",
                channel: "other", title: "Hội nghị báo cáo viên", pieces: dice.between(1, 3));
        }
        for org in world.orgs_on(day(30, 6, y)).into_iter().filter(|o| o % 2 == 0 && *o != SUMMING[2].0) {
            let unit = world.orgs[org].code.as_str();
            let festive = dice.chance(45);
            let when = if festive { day(18, 5, y) } else { dice.day(day(1, 3, y), day(30, 6, y)) };
            row!(rows, "publicity", code: format!("TT{y}-{unit}"), unit: unit, day: when, kind: "article", channel: "website",
                title: dice.pick(&names::TOPICS), pieces: dice.between(1, 6), anniversary: festive.then_some(true));
        }
    }
}

/// What three units state instead of keeping records of it; one speaks for everything below it, so
/// that what its own cell says besides is already said.
fn stated(world: &World, rows: &mut Rows) {
    let [(whole, _), (single, _), (telling, _)] = SUMMING;
    let code = |org: usize| world.orgs[org].code.as_str();
    row!(rows, "stated_figure", code: "K-SL01", indicator: "practices.registered", unit: code(whole), subtree: true,
        from_day: day(1, 1, 2022), to_day: day(31, 12, 2022), value: MODELS_STATED[0] * 100, comparator: "exact",
        note: "Báo cáo năm của đảng bộ, gồm các chi bộ trực thuộc.");
    if let Some(&cell) = world.cells_of(whole).first() {
        row!(rows, "stated_figure", code: "K-SL02", indicator: "practices.registered", unit: world.cells[cell].code.as_str(),
            from_day: day(1, 1, 2022), to_day: day(31, 12, 2022), value: 100_i64, comparator: "exact");
    }
    row!(rows, "stated_figure", code: "K-SL03", indicator: "practices.registered", unit: code(single),
        from_day: day(1, 1, 2023), to_day: day(31, 12, 2023), value: MODELS_STATED[1] * 100, comparator: "exact");
    for (n, org) in [whole, single].into_iter().enumerate() {
        row!(rows, "stated_figure", code: format!("K-SL1{n}"), indicator: "practices.units", unit: code(org), subtree: true,
            from_day: day(1, 1, 2021), to_day: day(31, 12, 2023), value: 100_i64, comparator: "exact");
    }
    for (n, (y, articles)) in [(2021, 14), (2022, 21), (2023, 17)].into_iter().enumerate() {
        row!(rows, "stated_figure", code: format!("K-SL2{n}"), indicator: "publicity.articles", unit: code(telling), subtree: true,
            from_day: day(1, 1, y), to_day: day(31, 12, y), value: articles * 100_i64, comparator: "exact",
            note: "Chỉ có tổng số tin, bài trong năm.");
    }
}
