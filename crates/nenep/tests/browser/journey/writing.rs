//! A report written on its page, from a figure picked to the package for the level above.

use super::typed;
use crate::office::UNIT;
use crate::page::{Browser, Step, ensure};

/// Opens the figures beside a text where they are folded.
async fn beside(b: &Browser<'_>, slot: &str) -> Step {
    let folded = format!("return !document.querySelector('#s-{slot} .wr-side').open");
    if b.script(&folded).await? == serde_json::Value::Bool(true) {
        b.choose(&format!("#s-{slot} .wr-side summary")).await?;
    }
    Ok(())
}

/// The whole way.
pub async fn whole(b: &Browser<'_>) -> Step {
    let write = format!("/unit/{UNIT}/report/cell-review/write?period=2019&date=2020-01-10");
    b.forget().await?;
    b.go(&write).await?;
    b.sign_in().await?;
    b.look("report-write").await?;
    b.fill("#t-sessions", "Chi bộ tổ chức").await?;
    beside(b, "sessions").await?;
    b.choose("#s-sessions .wr-figure button[value*='|sessions.topic ']").await?;
    let text = typed(b, "#t-sessions").await?;
    ensure!(text == "Chi bộ tổ chức [số: sessions.topic padded]", "the text with a figure is: {text}");
    b.press(".wr-bar button[value='save']").await?;
    b.find(".notice.done").await?;
    b.choose("#s-sessions .wr-preview summary").await?;
    b.find("#s-sessions .wr-preview a.figure").await?;
    b.look("report-write-preview").await?;

    b.fill("#t-sessions", "Chi bộ tổ chức 57 buổi sinh hoạt chuyên đề.").await?;
    b.press("#s-sessions .wr-do button").await?;
    let found = b.words("#s-sessions .wr-items li").await?;
    ensure!(found.contains("57"), "what is found in the text is: {found}");
    b.look("report-write-found").await?;
    b.press("#s-sessions .wr-items button").await?;
    let text = typed(b, "#t-sessions").await?;
    ensure!(text.contains("[số: ") && !text.contains("57"), "the number was not replaced: {text}");

    b.fill("#number", "91").await?;
    b.press("#issue button").await?;
    b.look("report-write-anyway").await?;
    b.find("#anyway-error").await?;
    b.choose("#anyway").await?;
    b.press("#issue button").await?;
    b.look("report-issued").await?;
    let place = b.place().await?;
    ensure!(place.contains("/issued/"), "issuing leads to {place}");
    b.press("main .actions a.main").await?;
    b.look("report-hand-over").await?;
    let href = b.find("main .actions a.main").await?.attr("href").await?.unwrap_or_default();
    let (head, bytes) = b.fetch(&href).await?;
    ensure!(head.contains(" 200 ") && bytes.starts_with(b"PK"), "{href}: {head}");
    Ok(())
}
