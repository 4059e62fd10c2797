//! An account that its owner manages: invited by a link, a password of their own, a code at sign-in.

use crate::office::UNIT;
use crate::page::{Browser, Step, ensure};
use domain::{Clock as _, SystemClock};

const TYPED: &str = "buoi sang ben song 26";

/// The path of a link that a page shows.
async fn link(b: &Browser<'_>) -> Step<String> {
    let url = b.find("#links input").await?.prop("value").await?.unwrap_or_default();
    let path = url.find("/invite/").map(|at| url[at..].to_owned());
    Ok(path.ok_or(format!("the page shows no link: {url}"))?)
}

/// The step of a code, now.
fn now() -> u64 {
    u64::try_from(SystemClock.now() / 30_000).unwrap_or(0)
}

/// The code that an authenticator shows at a step, for the letters on the page.
fn code(letters: &str, step: u64) -> Step<String> {
    let mut bits = Vec::new();
    for letter in letters.bytes().filter(|l| *l != b' ') {
        let value = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".iter().position(|l| *l == letter);
        let value = value.ok_or(format!("no letter of a key: {letters}"))?;
        bits.extend((0..5).rev().map(|bit| value >> bit & 1));
    }
    let bytes =
        bits.chunks_exact(8).map(|b| b.iter().fold(0_u8, |byte, bit| byte << 1 | u8::from(*bit == 1)));
    let key = <[u8; 20]>::try_from(bytes.collect::<Vec<_>>()).map_err(|_| "a key of 160 bits")?;
    let totp = totp_rs::Builder::new().with_secret(key).build().map_err(|_| "a key that serves")?;
    Ok(totp.generate(step * 30).to_string())
}

/// Invited, a password, a code, out and in again; then locked out and helped.
pub async fn own(b: &Browser<'_>) -> Step {
    let members = format!("/unit/{UNIT}/members");
    b.forget().await?;
    b.go("/").await?;
    b.sign_in().await?;
    b.press(&format!("main a[href='{members}']")).await?;
    b.look("members").await?;
    b.press("#members tbody tr:first-child button").await?;
    b.look("link").await?;
    let first = link(b).await?;
    let name = b.words("#links .sign-in-name").await?;
    b.press("main .actions a.button").await?;
    b.press("#all button.main").await?;
    b.look("links").await?;
    let slips = b.all(".slip svg.qr").await?.len();
    ensure!(slips == 25, "25 members wait for an invitation, the sheet has {slips}");
    b.go(&members).await?;
    b.look("members-invited").await?;

    b.forget().await?;
    b.go(&first).await?;
    b.look("invite").await?;
    b.fill("#new", "ngan").await?;
    b.fill("#again", "ngan").await?;
    b.press("#choose button.main").await?;
    b.look("invite-refused").await?;
    ensure!(b.words("#new-error").await?.contains("10"), "a short password is taken");
    b.fill("#new", TYPED).await?;
    b.fill("#again", TYPED).await?;
    b.press("#choose button.main").await?;
    b.look("invited").await?;
    b.find(".notice.done").await?;
    let me = b.words("a.me").await?;
    ensure!(me == name, "invited as {name}, signed in as {me}");

    b.press("a.me").await?;
    b.look("me-member").await?;
    b.press("main a[href='/me/code']").await?;
    b.look("code").await?;
    b.press("#start button.main").await?;
    b.look("code-setup").await?;
    let letters = b.words("#letters").await?;
    let step = now();
    b.fill("#code", &code(&letters, step)?).await?;
    b.press("#confirm button.main").await?;
    b.look("code-recovery").await?;
    ensure!(b.all("#recovery li").await?.len() == 10, "not ten recovery codes");
    b.press("main a.button.main").await?;
    b.look("code-on").await?;

    b.press("form[action='/sign-out'] button").await?;
    b.sign_in_as(&name, TYPED).await?;
    let place = b.place().await?;
    ensure!(place.starts_with("/sign-in/code"), "after the password: {place}");
    b.look("code-step").await?;
    b.fill("#code", &code(&letters, step)?).await?;
    b.press("#step button.main").await?;
    b.look("code-step-refused").await?;
    ensure!(b.words("#code-error").await?.contains("đã dùng"), "a code serves twice");
    b.fill("#code", &code(&letters, step + 1)?).await?;
    b.press("#step button.main").await?;
    let me = b.words("a.me").await?;
    ensure!(me == name, "the right code leads to {}", b.told().await);

    b.forget().await?;
    b.go(&first).await?;
    b.look("invite-used").await?;
    b.find("#dead").await?;
    b.go(&members).await?;
    b.sign_in().await?;
    b.press("#members tbody tr:first-child a.button").await?;
    b.look("help").await?;
    b.fill("#reason", "quên mật khẩu").await?;
    b.press("#help button.main").await?;
    b.look("help-link").await?;
    link(b).await?;
    Ok(())
}
