//! A session from its plan to what came of it: the secretary's side and a member's, and the rota.

use super::typed;
use crate::office::{MEMBER, PASSWORD, UNIT};
use crate::page::{Browser, Step, ensure};

const TITLE: &str = "Sinh hoạt tháng, học chuyên đề về nêu gương";

async fn back_as_officer(b: &Browser<'_>, path: &str) -> Step {
    b.forget().await?;
    b.go(path).await?;
    b.sign_in().await
}

async fn as_member(b: &Browser<'_>, path: &str) -> Step {
    b.forget().await?;
    b.go(path).await?;
    b.sign_in_as(MEMBER, PASSWORD).await
}

/// Plan, invite, an apology taken back at the door, attendance by the code, minutes, a task, and
/// the next session that asks about it.
pub async fn whole(b: &Browser<'_>) -> Step {
    back_as_officer(b, &format!("/unit/{UNIT}/activity/new")).await?;
    let today = typed(b, "#day").await?;
    b.press("main a[href$='/sessions']").await?;
    b.look("sessions-none").await?;
    b.press("main a[href$='/session/new']").await?;
    b.look("session-new").await?;
    b.choose("#kind option[value='topic_session']").await?;
    b.fill("#title", TITLE).await?;
    b.fill("#day", &today).await?;
    b.fill("#hour", "nửa buổi").await?;
    b.fill("#place", "Phòng họp tầng 2").await?;
    b.fill("#agenda", "Chào cờ\nBáo cáo đề dẫn\nThảo luận, kết luận").await?;
    b.choose("#depth option[value='in_depth']").await?;
    b.press("main form button.main").await?;
    b.look("session-refused").await?;
    ensure!(b.words("#hour-error").await?.contains("nửa buổi"), "an hour that is none is taken");
    b.fill("#hour", "19h30").await?;
    b.press("main form button.main").await?;
    b.look("session-planned").await?;
    let session = b.place().await?;
    b.press("main a[href$='/invite']").await?;
    b.look("session-invite").await?;
    let words = typed(b, "#words").await?;
    ensure!(words.contains("19:30") && words.contains("Phòng họp tầng 2"), "the invitation says: {words}");

    as_member(b, "/").await?;
    b.look("session-member-home").await?;
    b.press("a.duty[href^='/me/session/']").await?;
    b.look("session-member").await?;
    b.choose("#answer input[value='excused']").await?;
    b.press("#answer-form button.main").await?;
    b.look("session-member-refused").await?;
    b.fill("#reason", "Đi công tác").await?;
    b.press("#answer-form button.main").await?;
    b.look("session-member-answered").await?;
    b.find("#answered").await?;

    back_as_officer(b, &session).await?;
    ensure!(b.words("#apologies").await?.contains("Đi công tác"), "the apology does not reach the secretary");
    b.press("#hold button").await?;
    b.look("session-held").await?;
    b.press("main a[href*='/attendance']").await?;
    b.look("session-attendance").await?;
    let preset = b.all("#attendance option[value='excused']:checked").await?.len();
    ensure!(preset == 1, "{preset} stand as excused");
    b.go(&format!("{session}/qr")).await?;
    b.look("session-qr").await?;
    let link = b.find("#link").await?.attr("href").await?.unwrap_or_default();
    let link = link.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default();

    as_member(b, &link).await?;
    b.look("session-attend").await?;
    b.press("#attend button").await?;
    b.look("session-attended").await?;

    back_as_officer(b, &format!("{session}/qr")).await?;
    let here = b.words("#here").await?;
    ensure!(here.contains("1/27"), "one of 27 is there, the screen says {here}");
    b.look("session-qr-one").await?;
    b.go(&session).await?;
    b.choose("#chair option:nth-child(2)").await?;
    b.choose("#writer option:nth-child(3)").await?;
    b.fill("#started", "19:30").await?;
    b.fill("#ended", "21:35").await?;
    b.fill("#record", "Đồng chí thứ nhất nêu việc chậm hồ sơ.\nĐồng chí thứ hai đề nghị chia lại việc.")
        .await?;
    b.fill("#conclusion", "Chi bộ thống nhất chia lại việc từ tuần sau.").await?;
    b.press("#close button").await?;
    b.look("session-minutes").await?;
    let (head, bytes) = b.fetch(&format!("{session}/minutes.docx")).await?;
    ensure!(
        head.contains(" 200 ") && bytes.starts_with(b"PK\x03\x04"),
        "the minutes are no document: {head}"
    );
    crate::machine::office_reads("minutes.docx", &bytes)?;
    b.fill("#task", "Chia lại việc của tổ một cửa").await?;
    b.choose("#owner option:nth-child(2)").await?;
    b.fill("#deadline", &today).await?;
    b.press("#task-form button").await?;
    b.look("session-task").await?;
    b.press("main a[href$='/makeup']").await?;
    b.look("session-makeup").await?;
    b.choose("#people label:nth-child(1) input").await?;
    b.press("#makeup button.main").await?;
    ensure!(b.words("#tally").await?.contains("2/27"), "two of 27 are reached");

    b.go(&format!("/unit/{UNIT}/session/new")).await?;
    ensure!(typed(b, "#hour").await? == "19:30", "the hour of the last time is not offered");
    b.choose("#kind option[value='regular']").await?;
    b.fill("#title", "Sinh hoạt thường kỳ tháng sau").await?;
    b.fill("#day", &today).await?;
    b.press("main form button.main").await?;
    b.look("session-next").await?;
    ensure!(b.words("#asked legend").await?.contains("Chia lại việc"), "the next session does not ask");
    b.choose("#asked input[value='done']").await?;
    b.fill("#asked input[type='text']", "Đã chia xong").await?;
    b.press("#asked button").await?;
    b.look("session-asked").await?;
    ensure!(b.all("#asked").await?.is_empty(), "what is done is asked about again");
    b.go(&format!("/unit/{UNIT}/sessions")).await?;
    b.look("sessions").await?;
    Ok(())
}

/// The rota from today to the end of the year, and the first turn ticked.
pub async fn rota(b: &Browser<'_>) -> Step {
    back_as_officer(b, &format!("/unit/{UNIT}/activity/new")).await?;
    let today = typed(b, "#day").await?;
    let parts: Vec<u32> = today.split('/').filter_map(|part| part.parse().ok()).collect();
    let [d, m, y] = parts[..] else { return Err(format!("today is {today}").into()) };
    let weekday = b.script(&format!("return (new Date({y}, {m} - 1, {d}).getDay() + 6) % 7")).await?;
    b.go(&format!("/unit/{UNIT}/rota")).await?;
    b.look("rota-none").await?;
    b.choose(&format!("#weekday option[value='{weekday}']")).await?;
    b.fill("#from", &today).await?;
    b.fill("#to", &format!("31/12/{y}")).await?;
    b.press("#make button").await?;
    b.look("rota").await?;
    b.press(".ss-read button").await?;
    b.look("rota-read").await?;
    ensure!(b.all(".ss-read").await?.is_empty(), "what was read still waits");
    Ok(())
}
