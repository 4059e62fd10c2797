//! Praise proposed, decided, and not granted; a model with a picture, seen by a member, and a visit to it.

use super::typed;
use crate::office::{MEMBER, PASSWORD, SECRETARY, UNIT};
use crate::page::{Browser, Step, ensure};
use std::path::PathBuf;

async fn enter(b: &Browser<'_>, name: &str, path: &str) -> Step {
    b.forget().await?;
    b.go(path).await?;
    b.sign_in_as(name, PASSWORD).await
}

/// A file that a form takes from the disk; it stands in the browser's own folder and goes with it.
fn file(b: &Browser<'_>, name: &str, bytes: &[u8]) -> Step<PathBuf> {
    let path = b.office.profile().join(name);
    std::fs::write(&path, bytes)?;
    Ok(path)
}

async fn attach(b: &Browser<'_>, css: &str, path: &std::path::Path) -> Step {
    Ok(b.find(css).await?.send_keys(&path.to_string_lossy()).await?)
}

/// A proposal waits, its decision comes with a paper; another is not granted.
pub async fn proposal(b: &Browser<'_>) -> Step {
    enter(b, SECRETARY, "/").await?;
    b.press(&format!("main a[href='/unit/{UNIT}/praise']")).await?;
    b.look("praise").await?;
    let before = b.all("#waiting li").await?.len();
    for again in [false, true] {
        b.go(&format!("/unit/{UNIT}/praise/new")).await?;
        b.choose(if again {
            "#object_person option:nth-child(3)"
        } else {
            "#object_person option:nth-child(2)"
        })
        .await?;
        b.choose("#form option[value='certificate']").await?;
        b.choose("#level option[value='grassroots']").await?;
        if !again {
            b.look("praise-new").await?;
            b.fill("#year", "năm ngoái").await?;
        }
        b.fill("#reasons", "Trả lời 120 đơn đúng hạn.\nGiúp 3 hộ nghèo làm nhà.").await?;
        if !again {
            b.press("#propose button.main").await?;
            b.look("praise-refused").await?;
            ensure!(!b.words("#year-error").await?.is_empty(), "a year that is none is taken");
            ensure!(typed(b, "#reasons").await?.contains("120 đơn"), "the reasons typed are lost");
            b.fill("#year", "2026").await?;
        }
        b.press("#propose button.main").await?;
        b.find(".notice.done").await?;
    }
    b.look("praise-waiting").await?;
    ensure!(b.all("#waiting li").await?.len() == before + 2, "two more proposals wait");
    b.press("#waiting li:nth-child(1) a").await?;
    b.look("praise-one").await?;
    b.fill("#decision", "Quyết định số 20-QĐ/ĐU").await?;
    b.fill("#day", "15/01/2026").await?;
    let paper = file(b, "quyet-dinh.txt", "Quyết định khen thưởng".as_bytes())?;
    attach(b, "#file", &paper).await?;
    b.press("#decision-form button.main").await?;
    b.look("praise-decided").await?;
    ensure!(b.words("#awarded").await?.contains("20-QĐ/ĐU"), "the decision is not listed");
    b.press("#waiting li a").await?;
    b.choose("#no summary").await?;
    b.fill("#answer", "Chưa đủ thời gian theo quy định").await?;
    b.press("#no button").await?;
    b.look("praise-not-granted").await?;
    ensure!(b.words("#refused").await?.contains("Chưa đủ thời gian"), "the answer is not kept");
    Ok(())
}

/// A picture that Chromium itself draws.
async fn drawn(b: &Browser<'_>) -> Step<Vec<u8>> {
    let bytes = b
        .script(
            "const c = document.createElement('canvas'); c.width = 800; c.height = 500;
             const x = c.getContext('2d'); x.fillStyle = '#d8c9a8'; x.fillRect(0, 0, 800, 500);
             x.fillStyle = '#7a4b2a'; x.fillRect(120, 280, 560, 60); x.fillRect(150, 340, 40, 130); x.fillRect(610, 340, 40, 130);
             x.fillStyle = '#8f1a1a'; x.fillRect(330, 120, 140, 160);
             return [...atob(c.toDataURL('image/jpeg').split(',')[1])].map(b => b.charCodeAt(0));",
        )
        .await?;
    let bytes = bytes.as_array().ok_or("no picture")?.iter();
    Ok(bytes.filter_map(|b| b.as_u64().and_then(|b| u8::try_from(b).ok())).collect())
}

/// A model is registered and described, its picture added; a member sees it; another unit's visit is entered.
pub async fn model(b: &Browser<'_>) -> Step {
    enter(b, SECRETARY, "/").await?;
    b.press(&format!("main a[href='/unit/{UNIT}/models']")).await?;
    b.look("models").await?;
    b.press("main a.main[href$='/records/practice/new']").await?;
    b.look("model-new").await?;
    b.fill("#title", "Bàn tiếp dân thân thiện").await?;
    b.choose("#field option[value='reform']").await?;
    b.fill("#registered_day", "10/02/2025").await?;
    b.fill("#verified_day", "10/10/2025").await?;
    b.fill("#verified_by", "Ban Thường vụ Huyện ủy").await?;
    b.fill("#published_day", "02/01/2026").await?;
    b.fill("#description", "Người đến làm việc có chỗ ngồi, có nước uống, được báo kết quả qua điện thoại.")
        .await?;
    b.fill(
        "#how",
        "Kê bàn thấp ngang tầm người ngồi\nGhi số điện thoại khi nhận hồ sơ\nGọi báo khi có kết quả",
    )
    .await?;
    b.choose("#keeper option:nth-child(2)").await?;
    b.press("#entering button.main").await?;
    b.find("#after").await?;
    b.go(&format!("/unit/{UNIT}/models?field=reform")).await?;
    b.press("#models li:nth-child(1) h2 a").await?;
    b.look("model").await?;
    let model = b.place().await?;
    b.choose("#add-picture summary").await?;
    b.fill("#title", "Bàn tiếp dân có ghế ngồi").await?;
    let text = file(b, "anh.jpg", b"khong phai anh")?;
    attach(b, "#file", &text).await?;
    b.press("#add-picture button").await?;
    b.look("model-picture-refused").await?;
    ensure!(!b.words("#file-error").await?.is_empty(), "what is no picture is taken");
    ensure!(typed(b, "#title").await?.contains("ghế ngồi"), "the words typed are lost");
    let photo = file(b, "ban-tiep-dan.jpg", &drawn(b).await?)?;
    attach(b, "#file", &photo).await?;
    b.press("#add-picture button").await?;
    let wide = b.script("return document.querySelector('figure img')?.naturalWidth").await?;
    ensure!(wide == 800, "the picture is shown {wide} wide");
    b.look("model-picture").await?;

    // A group of the cell goes and sees it.
    let group = model.replacen(UNIT, &format!("{UNIT}.T1"), 1);
    b.go(&group).await?;
    b.choose("#came summary").await?;
    b.fill("#day", "15/01/2026").await?;
    b.fill("#people", "6").await?;
    b.press("#came button.main").await?;
    b.look("model-visited").await?;
    ensure!(b.words("#visits").await?.contains("15/01/2026"), "the visit is not listed");

    enter(b, MEMBER, &format!("/unit/{UNIT}/models")).await?;
    b.look("models-member").await?;
    b.press("#models li:nth-child(1) h2 a").await?;
    b.look("model-member").await?;
    ensure!(b.all("#came, #add-picture").await?.is_empty(), "a member is offered what they may not do");
    ensure!(!b.words("#facts").await?.contains("Người phụ trách"), "a member sees who keeps it");
    Ok(())
}
