//! The journeys. Each begins signed out.

pub mod account;
pub mod entry;
pub mod kinds;
pub mod notice;
pub mod offline;
pub mod plan;
pub mod pledge;
pub mod praise;
pub mod privacy;
pub mod session;
pub mod writing;

use crate::machine::office_reads;
use crate::office::{ADMINISTRATOR, NAME, PASSWORD, UNIT};
use crate::page::{Browser, Step, ensure};

/// Wrong password, right password, the other language and back, and out again.
pub async fn sign_in(b: &Browser<'_>) -> Step {
    b.forget().await?;
    let wanted = format!("/unit/{UNIT}/records");
    b.go(&wanted).await?;
    b.look("sign-in").await?;
    b.fill("#name", NAME).await?;
    b.fill("#password", "khong phai mat khau").await?;
    b.press("main form button.main").await?;
    b.look("sign-in-refused").await?;
    let error = b.words("#name-error").await?;
    ensure!(error.contains("không đúng"), "a wrong password is answered with: {error}");
    ensure!(typed(b, "#name").await? == NAME, "the name typed is lost");
    ensure!(typed(b, "#password").await?.is_empty(), "the password typed comes back");

    b.press("a.lang").await?;
    ensure!(language(b).await? == "en", "the page is not in English");
    let button = b.words("main form button.main").await?;
    ensure!(button == "Sign in", "the button says {button}");
    b.press("a.lang").await?;
    ensure!(language(b).await? == "vi", "the page is not in Vietnamese again");

    b.go(&wanted).await?;
    b.sign_in().await?;
    let place = b.place().await?;
    ensure!(place == wanted, "signing in leads to {place}");
    let me = b.words("a.me").await?;
    ensure!(me == NAME, "signed in as {me}");
    b.press("a.me").await?;
    b.look("me").await?;
    b.find("#roles tbody tr").await?;

    b.press("a.lang").await?;
    b.look("me-english").await?;
    ensure!(language(b).await? == "en", "the account's page is not in English");
    b.press("a.lang").await?;

    b.press("form[action='/sign-out'] button").await?;
    let place = b.place().await?;
    ensure!(place.starts_with("/sign-in"), "signing out leads to {place}");
    b.find(".notice.done").await?;
    b.go(&wanted).await?;
    let place = b.place().await?;
    ensure!(place.starts_with("/sign-in"), "after signing out, {wanted} shows {place}");
    Ok(())
}

/// From the first page to a unit, to a figure, to the rows it was counted from.
pub async fn figure(b: &Browser<'_>) -> Step {
    b.forget().await?;
    b.go("/").await?;
    b.sign_in().await?;
    b.look("home").await?;
    let unit = format!("/unit/{UNIT}");
    b.press(&format!("#mine h3 a[href='{unit}']")).await?;
    b.look("unit").await?;
    for part in ["#facts", "#figures", "#coverage"] {
        b.find(part).await?;
    }
    ensure!(!b.all("#figures a.figure").await?.is_empty(), "no number on the unit's page is a link");

    b.press(&format!("main .actions a[href='{unit}/coverage']")).await?;
    b.look("coverage").await?;
    b.press(&format!(".crumbs a[href='{unit}']")).await?;
    b.press(&format!("main .actions a[href='{unit}/figures']")).await?;
    b.look("figures").await?;
    b.press(".topics a[href*='topic=inspection']").await?;
    b.fill("#period", "2017-2020").await?;
    b.press("main form.filter button").await?;
    b.look("figures-inspection").await?;
    let link = "#figures a.figure[href*='/figure/inspection.persons?']";
    let number = b.words(link).await?;
    ensure!(count(&number) == Some(7), "seven members were inspected, the page says {number}");
    b.press(link).await?;
    b.look("evidence").await?;
    let value = b.words("#value").await?;
    ensure!(count(&value) == Some(7), "the evidence is of {value}");
    let rows = b.all(".facts-list tbody tr").await?.len();
    ensure!(rows == 7, "a count of seven has {rows} rows of evidence");
    ensure!(!b.all("#compare td").await?.is_empty(), "the period before is missing");
    // An inspection's record is not an officer's to open; a session's is.
    ensure!(b.all(".facts-list a").await?.is_empty(), "an officer is led to the record of an inspection");
    b.go(&unit).await?;
    b.press("#figures a.figure[href*='/figure/sessions.topic?period=2019']").await?;
    b.press(".facts-list tbody td a").await?;
    b.look("evidence-record").await?;
    let place = b.place().await?;
    ensure!(place.contains("/records/activity/"), "a row of evidence leads to {place}");
    let source = b.words("#source").await?;
    ensure!(source.contains("2-chi-bo.xlsx"), "the record's source is: {source}");
    Ok(())
}

/// A draft with every number a link, one of them followed, and the same as Word and PDF.
pub async fn report(b: &Browser<'_>) -> Step {
    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/reports")).await?;
    b.sign_in().await?;
    b.look("reports").await?;
    b.fill("#period", "2017-2020").await?;
    b.fill("#date", "15/05/2021").await?;
    b.press("main form.filter button").await?;
    b.press("#templates a[href*='/report/cell-review?']").await?;
    b.look("report").await?;
    let draft = b.place().await?;
    let mut followed = None;
    let links = b.all(".paper a.figure").await?;
    ensure!(links.len() >= 10, "{} numbers of the report are links", links.len());
    for (at, link) in links.iter().enumerate() {
        let words = link.text().await?;
        if words.bytes().all(|c| c.is_ascii_digit()) && count(&words) > Some(1) {
            followed = Some((at, words));
            break;
        }
    }
    let (at, printed) = followed.ok_or("no number of the report stands for itself")?;
    b.script(&format!("document.querySelectorAll('.paper a.figure')[{at}].id = 'followed'")).await?;
    b.press("#followed").await?;
    b.look("report-evidence").await?;
    let value = b.words("#value").await?;
    ensure!(count(&value) == count(&printed), "the report says {printed}, the evidence {value}");

    b.go(&draft).await?;
    for (format, magic) in [("docx", &b"PK\x03\x04"[..]), ("pdf", &b"%PDF-"[..])] {
        let link = b.find(&format!("main a[href*='/file/{format}?']")).await?;
        let href = link.attr("href").await?.unwrap_or_default();
        let (head, bytes) = b.fetch(&href).await?;
        ensure!(head.contains(" 200 "), "{href}: {head}");
        ensure!(head.to_lowercase().contains("content-disposition: attachment"), "{href}: {head}");
        ensure!(bytes.starts_with(magic), "{href} begins with {:?}", &bytes[..bytes.len().min(8)]);
        if format == "docx" {
            office_reads("report.docx", &bytes)?;
        }
    }
    Ok(())
}

/// Every kind of record, one kind filtered, one record opened.
pub async fn records(b: &Browser<'_>) -> Step {
    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/records")).await?;
    b.sign_in().await?;
    b.look("records").await?;
    b.press("#kinds a[href$='/records/activity']").await?;
    b.look("activities").await?;
    let all = count(&b.words("#total").await?);
    b.find("#kind option[value='topic_session']").await?.click().await?;
    b.fill("#from", "2018").await?;
    b.fill("#to", "2019").await?;
    b.press("main form.filter > button").await?;
    b.look("activities-filtered").await?;
    let found = count(&b.words("#total").await?);
    ensure!(
        found == Some(4) && all > found,
        "{all:?} activities, of them {found:?} topic sessions in two years"
    );
    let rows = b.all("#rows tbody tr").await?.len();
    ensure!(rows == 4, "four topic sessions stand in {rows} rows");
    b.press("#rows tbody tr th a").await?;
    b.look("record").await?;
    for part in ["#fields dd", "#source"] {
        b.find(part).await?;
    }
    b.press(".crumbs a[href$='/records/activity']").await?;
    b.fill("#q", "không có việc nào như thế").await?;
    b.press("main form.filter > button").await?;
    b.look("activities-none").await?;
    b.find("#nothing").await?;
    Ok(())
}

/// The administrator adds an account, gives it a role, and its owner works with it until the role
/// is withdrawn.
pub async fn accounts(b: &Browser<'_>) -> Step {
    const NEW: &str = "thu.ky";
    const TYPED: &str = "mot cau moi 2026";
    b.forget().await?;
    b.go("/").await?;
    b.sign_in_as(ADMINISTRATOR, PASSWORD).await?;
    b.press("nav.menu a[href='/accounts']").await?;
    b.look("accounts").await?;
    b.choose("#new-account summary").await?;
    b.fill("#name", NEW).await?;
    b.fill("#new", TYPED).await?;
    b.fill("#again", "mot cau khac 2026").await?;
    b.press("#new-account button.main").await?;
    b.look("accounts-refused").await?;
    ensure!(!b.words("#again-error").await?.is_empty(), "two different passwords are taken");
    ensure!(typed(b, "#name").await? == NEW, "the name typed is lost");
    b.fill("#new", TYPED).await?;
    b.fill("#again", TYPED).await?;
    b.press("#new-account button.main").await?;
    b.look("account-added").await?;
    b.find(".notice.done").await?;
    b.choose("#role option[value='secretary']").await?;
    b.fill("#unit", UNIT).await?;
    b.press("#give button.main").await?;
    b.look("account-granted").await?;
    let account = b.place().await?;
    ensure!(b.all("#roles tbody tr").await?.len() == 1, "the role is not listed");

    let records = format!("/unit/{UNIT}/records");
    b.forget().await?;
    b.go(&records).await?;
    b.sign_in_as(NEW, TYPED).await?;
    ensure!(b.place().await? == records, "the secretary is not let in");
    b.forget().await?;
    b.go(&account).await?;
    b.sign_in_as(ADMINISTRATOR, PASSWORD).await?;
    b.press("#roles form button").await?;
    b.look("account-withdrawn").await?;
    b.find("#no-roles").await?;
    b.press("#lock button").await?;
    b.look("account-locked").await?;
    b.find("#locked").await?;
    Ok(())
}

/// The first whole number of a text.
fn count(text: &str) -> Option<u64> {
    let start = text.find(|c: char| c.is_ascii_digit())?;
    let digits = text[start..].chars().take_while(|c| c.is_ascii_digit() || *c == '.').filter(|c| *c != '.');
    digits.collect::<String>().parse().ok()
}

async fn typed(b: &Browser<'_>, css: &str) -> Step<String> {
    Ok(b.find(css).await?.prop("value").await?.unwrap_or_default())
}

async fn language(b: &Browser<'_>) -> Step<String> {
    let lang = b.script("return document.documentElement.lang").await?;
    Ok(lang.as_str().unwrap_or_default().to_owned())
}
