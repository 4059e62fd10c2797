//! A commitment from the member's first word to the review: written with a hint shown, sent, registered,
//! followed with a picture, looked at, reviewed.

use super::{count, typed};
use crate::office::{MEMBER, PASSWORD, UNIT};
use crate::page::{Browser, Step, ensure};

/// The smallest thing that is a PNG picture to who looks at its beginning.
const PICTURE: &[u8] = b"\x89PNG\r\n\x1a\n0123456789";

async fn as_member(b: &Browser<'_>, path: &str) -> Step {
    b.forget().await?;
    b.go(path).await?;
    b.sign_in_as(MEMBER, PASSWORD).await
}

/// The whole way.
pub async fn commitment(b: &Browser<'_>) -> Step {
    as_member(b, "/").await?;
    b.look("member-home").await?;
    b.go("/me/commitment").await?;
    b.look("my-commitment").await?;
    let year = count(&b.words("h1").await?).ok_or("the page names no year")?;
    b.fill("#i1-what", "Luôn gương mẫu, nêu cao tinh thần trách nhiệm").await?;
    b.press(".actions button[value='save']").await?;
    b.find("#block-1 .hint-slogans").await?;
    b.find(".notice.done").await?;
    b.choose("#block-1 .hint-slogans summary").await?;
    b.look("my-commitment-hints").await?;
    b.fill("#i3-what", "Trả lời đơn thư của công dân đúng hạn").await?;
    b.fill("#i3-measure", "Tỷ lệ đơn đúng hạn trong sổ theo dõi").await?;
    b.fill("#i3-target", "100%").await?;
    b.fill("#i3-deadline", &format!("31/12/{year}")).await?;
    b.press("button[value='more:duty']").await?;
    let kept = typed(b, "#i3-measure").await?;
    ensure!(kept.starts_with("Tỷ lệ"), "one more item, and what was typed is: {kept}");
    ensure!(b.all("#group-duty fieldset").await?.len() == 3, "no block was added");
    b.press("button[value='send']").await?;
    b.look("my-commitment-sent").await?;
    b.find("#waiting").await?;

    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/commitment")).await?;
    b.sign_in().await?;
    b.look("to-register").await?;
    b.press("#to-register a").await?;
    b.look("commitment-sent").await?;
    b.find(".hint-slogans").await?;
    b.press("#register button.main").await?;
    b.look("commitment-registered").await?;
    let page = b.place().await?;
    let day = b.script("return document.querySelector('#state').innerText.match(/[0-9/]{10}/)[0]").await?;
    let day = day.as_str().ok_or("the day of registration is not shown")?.to_owned();

    as_member(b, "/me/commitment").await?;
    b.look("my-commitment-registered").await?;
    b.press(".cm-item:nth-of-type(2) a.button").await?;
    b.look("progress").await?;
    let picture = b.office.profile().with_file_name("anh.png");
    std::fs::write(&picture, PICTURE)?;
    b.fill("#text", "Đã trả lời 30/30 đơn của quý").await?;
    b.find("#file").await?.send_keys(&picture.to_string_lossy()).await?;
    b.press("#progress button.main").await?;
    b.look("progress-saved").await?;
    let file = b.words(".cm-progress a.cm-file").await?;
    ensure!(file == "anh.png", "the file of the progress is called {file}");

    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/follow")).await?;
    b.sign_in().await?;
    b.look("follow").await?;
    let look = page.replace("/commitment/", "/follow/commitment/");
    b.press(&format!("#never a[href='{look}']")).await?;
    b.look("follow-look").await?;
    b.fill("#looked_at", "Sổ theo dõi đơn thư").await?;
    b.fill("#next_day", &format!("31/12/{}", year + 1)).await?;
    b.press("#look button.main").await?;
    b.look("follow-looked").await?;
    b.find(&format!("#planned a[href='{look}']")).await?;

    b.go(&page).await?;
    b.press(".actions a.main").await?;
    b.choose("input[name='result'][value='kept']").await?;
    b.fill("#review_day", &day).await?;
    b.press("main form button.main").await?;
    b.find(".notice.done").await?;
    as_member(b, "/me/commitment").await?;
    b.look("my-commitment-reviewed").await?;
    let result = b.words("#result").await?;
    ensure!(result.contains("Thực hiện tốt"), "the member reads: {result}");
    Ok(())
}
