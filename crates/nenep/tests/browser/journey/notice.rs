//! One's own notices by mail, and what waits: with a mail server or without one the pages say where one stands.

use crate::office::{ADMINISTRATOR, MEMBER, PASSWORD};
use crate::page::{Browser, Step, ensure};

async fn enter(b: &Browser<'_>, name: &str, path: &str) -> Step {
    b.forget().await?;
    b.go(path).await?;
    b.sign_in_as(name, PASSWORD).await
}

/// The member's page and the administrator's. Without a server (`NENEP_MAIL`) nothing is offered and nothing looks
/// broken; with one, an address waits for its code.
pub async fn pages(b: &Browser<'_>) -> Step {
    enter(b, MEMBER, "/me").await?;
    let offered = !b.all("main a[href='/me/mail']").await?.is_empty();
    b.go("/me/mail").await?;
    b.look("my-mail").await?;
    ensure!(b.all("#no-mail").await?.is_empty() == offered, "the link and the page do not agree");
    if offered {
        b.fill("#address", "em@coquan").await?;
        b.press("#address-form button").await?;
        b.look("my-mail-refused").await?;
        ensure!(b.words("#address-error").await?.contains("em@coquan"), "an address that is none is taken");
        b.fill("#address", "em@coquan.vn").await?;
        b.press("#address-form button").await?;
        b.look("my-mail-code").await?;
        b.fill("#code", "12").await?;
        b.press("#code-form button.main").await?;
        b.look("my-mail-code-refused").await?;
        ensure!(!b.words("#code-error").await?.is_empty(), "a wrong code is taken");
    }
    enter(b, ADMINISTRATOR, "/mail").await?;
    b.look("mails").await?;
    b.find("#counts").await?;
    b.go("/stop/khong-co/session").await?;
    b.look("stop-unknown").await?;
    b.find("#stop").await?;
    Ok(())
}
