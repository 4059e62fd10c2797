//! One's own data: a member asks for a correction, the secretary answers, the member reads it.

use crate::office::{MEMBER, PASSWORD, SECRETARY, UNIT};
use crate::page::{Browser, Step, ensure};

async fn enter(b: &Browser<'_>, name: &str, path: &str) -> Step {
    b.forget().await?;
    b.go(path).await?;
    b.sign_in_as(name, PASSWORD).await
}

/// From the member's page to the secretary's and back.
pub async fn correction(b: &Browser<'_>) -> Step {
    enter(b, MEMBER, "/me").await?;
    b.press("main a[href='/me/data']").await?;
    b.look("my-data").await?;
    b.choose("#held-person summary").await?;
    b.press("#held-person li a.button").await?;
    b.look("my-data-which").await?;
    b.press("#which a[href*='field=birth_year']").await?;
    b.fill("#proposed", "mot nghin").await?;
    b.press("#ask button.main").await?;
    b.look("my-data-ask-refused").await?;
    b.fill("#proposed", "1961").await?;
    b.fill("#reason", "ghi nham so voi ly lich").await?;
    b.press("#ask button.main").await?;
    b.look("my-data-asked").await?;
    ensure!(b.words("#requests").await?.contains("1961"), "the request is not on the member's page");
    b.go("/me/data/ask?asks=erase").await?;
    b.look("my-data-erase").await?;

    enter(b, SECRETARY, "/").await?;
    b.press(&format!(".duties a[href='/unit/{UNIT}/data-requests']")).await?;
    b.look("data-requests").await?;
    b.press("#open a").await?;
    b.look("data-request").await?;
    ensure!(b.words("#proposed").await? == "1961", "the secretary does not see what is asked");
    b.fill("#answer", "Da sua theo ly lich").await?;
    b.press("#answer-form button.main").await?;
    b.look("data-requests-done").await?;
    b.find("#done .badge.complete").await?;

    enter(b, MEMBER, "/").await?;
    b.press(".duties a[href='/me/data#asked']").await?;
    ensure!(b.words("#requests").await?.contains("Da sua theo ly lich"), "the answer is not there");
    ensure!(b.words("#reads").await?.contains(SECRETARY), "who read the request is not told");
    b.look("my-data-answered").await?;
    b.press("form[action='/me/data/seen'] button").await?;
    b.find(".notice.done").await?;
    Ok(())
}
