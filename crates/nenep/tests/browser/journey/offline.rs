//! A hall without a network: the server is stopped and started again, as a phone loses it and finds it.

use super::typed;
use crate::office::UNIT;
use crate::page::{Browser, Step, ensure};
use std::time::{Duration, Instant};

/// Waits until a script of the page says yes.
async fn until(b: &Browser<'_>, what: &str, script: &str) -> Step {
    let end = Instant::now() + Duration::from_secs(40);
    while b.script(script).await? != true {
        ensure!(Instant::now() < end, "{what}: {}", b.told().await);
        tokio::time::sleep(Duration::from_millis(100)).await;
    }
    Ok(())
}

/// Attendance ticked without a network waits on the device, says so, and arrives once.
pub async fn attendance(b: &Browser<'_>) -> Step {
    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/activity/new")).await?;
    b.sign_in().await?;
    b.choose("#kind option[value='conference']").await?;
    b.fill("#title", "Hội nghị ở hội trường không có mạng").await?;
    b.fill("#day", "16/01/2020").await?;
    b.press("main form button.main").await?;
    b.find("#attendance").await?;
    let sheet = b.place().await?;
    let unsent = b.script("return document.querySelector('#unsent').getBoundingClientRect().width").await?;
    ensure!(unsent == 0, "nothing waits yet");

    b.office.server.stop();
    b.choose("#rest input[value='present']").await?;
    b.script("document.querySelector('#attendance button.main').click()").await?;
    b.find("#queued").await?;
    until(
        b,
        "the header does not say that something waits",
        "return !document.querySelector('#unsent').hidden",
    )
    .await?;
    b.look_without_network("attendance-offline").await?;

    b.office.server.start_again();
    b.go("/offline").await?;
    until(b, "the queue is not sent", "return document.querySelector('#unsent').hidden").await?;
    b.look("outbox").await?;
    b.go(&sheet).await?;
    let marked = "return [...document.querySelectorAll('#attendance .roll select')].filter(s => s.value === 'present').length";
    let marked = b.script(marked).await?;
    ensure!(marked == 27, "27 were there, the sheet shows {marked}");
    ensure!(typed(b, "[name^='w-']").await? == "present|present", "it is in the database");
    Ok(())
}

/// A page that the owner of a device asked to keep opens without a network.
pub async fn kept(b: &Browser<'_>) -> Step {
    b.go("/offline").await?;
    b.choose("#keep").await?;
    until(
        b,
        "the worker is not there",
        "return document.querySelector('#kept').textContent === document.querySelector('#kept').dataset.on",
    )
    .await?;
    until(b, "the worker is not in charge", "return Boolean(navigator.serviceWorker.controller)").await?;
    let sheet = format!("/unit/{UNIT}/rota");
    b.go(&sheet).await?;
    b.find("main h1").await?;
    let title = b.words("h1").await?;
    b.office.server.stop();
    b.go(&sheet).await?;
    let kept = b.words("h1").await?;
    ensure!(kept == title, "without a network the page shows: {kept}");
    // A page with names that is not meant to be kept is not.
    b.go(&format!("/unit/{UNIT}/records/person")).await?;
    let other = b.words("h1").await?;
    ensure!(
        other == b.words("h1").await? && !b.told().await.contains("Đảng viên của"),
        "a page that is not kept: {other}"
    );
    b.office.server.start_again();
    b.go("/offline").await?;
    b.choose("#keep").await?;
    let off =
        "return document.querySelector('#kept').textContent === document.querySelector('#kept').dataset.off";
    until(b, "it cannot be turned off", off).await
}
