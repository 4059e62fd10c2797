//! The pictures of the two tours in the help, taken from the site.
//!
//! Each picture is a part of a page on a phone, with a frame around what is pressed. Beside the picture stands what
//! the part said, days, numbers and codes masked. The test walks to every part and compares; when a page has changed,
//! `cargo xtask pictures` takes all of them again.

use crate::office::{MEMBER, NAME, PASSWORD, SECRETARY, UNIT};
use crate::page::{Browser, Step, ensure};
use crate::stand;
use serde_json::json;
use std::path::PathBuf;

/// Whether pictures are taken; otherwise what they say is compared.
const TAKE: &str = "NENEP_PICTURES";
/// A picture is no larger, in bytes: eight of them and their page travel in 100 kB.
const LARGEST: usize = 12_000;

/// A picture to take.
struct Shot {
    name: &'static str,
    /// The page.
    path: String,
    /// The parts of the page that are in it, from the first to the last.
    parts: &'static [&'static str],
    /// What is pressed; nothing when the part is only read.
    press: &'static str,
}

fn shot(name: &'static str, path: &str, parts: &'static [&'static str], press: &'static str) -> Shot {
    Shot { name, path: path.replace("/unit/U", &format!("/unit/{UNIT}")), parts, press }
}

async fn enter(b: &Browser<'_>, name: &str) -> Step {
    b.forget().await?;
    b.go("/").await?;
    b.sign_in_as(name, PASSWORD).await
}

/// Walks both tours; what has changed since the pictures were taken.
pub async fn walk(b: &Browser<'_>) -> Step<Vec<String>> {
    let mut told = Vec::new();
    // A phone's bars take no room; the page would be set anew while the picture is taken.
    b.order("Emulation.setScrollbarsHidden", json!({ "hidden": true }))?;
    enter(b, NAME).await?;
    take(b, &shot("secretary-year", "/unit/U/year", &["#no-plan", "#begin"], "#begin button"), &mut told)
        .await?;
    enter(b, MEMBER).await?;
    b.go("/me/commitment").await?;
    b.fill("#i1-what", "Trả lời đơn thư đúng hạn").await?;
    b.fill("#i1-measure", "Tỷ lệ đơn đúng hạn").await?;
    b.fill("#i1-target", "100%").await?;
    let write = ["#block-1 legend", "#block-1 .field:has(#i1-deadline)"];
    take_here(b, "member-commitment", &write, "", &mut told).await?;

    stand::work(b, stand::WEEKS[0]).await?;
    enter(b, SECRETARY).await?;
    take(
        b,
        &shot("secretary-home", "/", &["#due-late h2", "#due-late li:first-child"], "#due-late a.duty"),
        &mut told,
    )
    .await?;
    take(
        b,
        &shot("secretary-session", "/unit/U/sessions", &["main h1", "main .actions"], "main .actions .main"),
        &mut told,
    )
    .await?;
    b.press("#sessions li:has(.complete) a").await?;
    let held = b.place().await?;
    take_here(
        b,
        "secretary-minutes",
        &["#close .field:has(#conclusion)", "#close .field:has(#conclusion) + button"],
        "#close .field:has(#conclusion) + button",
        &mut told,
    )
    .await?;
    b.go(&format!("{held}/qr")).await?;
    let link = b.find("#link").await?.attr("href").await?.unwrap_or_default();
    let code = link.splitn(4, '/').nth(3).map(|path| format!("/{path}")).unwrap_or_default();
    // A sheet in which nobody is marked yet.
    b.go(&format!("/unit/{UNIT}/activity/new")).await?;
    b.choose("#kind option[value='conference']").await?;
    b.fill("#title", "Hội nghị học tập nghị quyết").await?;
    b.fill("#day", "15/01/2020").await?;
    b.press("main form button.main").await?;
    take_here(
        b,
        "secretary-attendance",
        &["#rest", ".roll li:nth-child(3)"],
        "#rest label:first-child",
        &mut told,
    )
    .await?;
    take(
        b,
        &shot("secretary-commitment", "/unit/U/commitment", &["#to-register"], "#to-register a.duty"),
        &mut told,
    )
    .await?;
    enter(b, NAME).await?;
    let report = "/unit/U/report/cell-review?period=2019&date=2020-01-10";
    take(
        b,
        &shot(
            "secretary-report",
            report,
            &[".official-body > p:has(a.figure)"],
            ".official-body > p a.figure",
        ),
        &mut told,
    )
    .await?;

    enter(b, MEMBER).await?;
    take(
        b,
        &shot(
            "member-home",
            "/",
            &["main section:has(a[href^='/me/session/']) h2", "li:has(a[href^='/me/session/'])"],
            "a.duty[href^='/me/session/']",
        ),
        &mut told,
    )
    .await?;
    b.press("a.duty[href^='/me/session/']").await?;
    take_here(b, "member-answer", &["#answer-form"], "#answer label:first-child", &mut told).await?;
    take(b, &shot("member-attend", &code, &["main h1", "#attend, #here"], "#attend button"), &mut told)
        .await?;
    stand::work(b, stand::WEEKS[1]).await?;
    enter(b, SECRETARY).await?;
    take(b, &shot("secretary-follow", "/unit/U/follow", &["#never"], "#never a.duty"), &mut told).await?;
    enter(b, MEMBER).await?;
    b.go("/me/commitment").await?;
    b.press(".cm-item a.button").await?;
    take_here(b, "member-progress", &["#progress"], "#progress button", &mut told).await?;
    b.go("/me/feedback").await?;
    b.press("#comrades a").await?;
    take_here(b, "member-feedback", &["main form.form"], "main form.form button", &mut told).await?;
    Ok(told)
}

async fn take(b: &Browser<'_>, shot: &Shot, told: &mut Vec<String>) -> Step {
    b.go(&shot.path).await?;
    take_here(b, shot.name, shot.parts, shot.press, told).await
}

async fn take_here(b: &Browser<'_>, name: &str, parts: &[&str], press: &str, told: &mut Vec<String>) -> Step {
    b.find("main h1").await?;
    let part =
        b.script_with(PART, vec![json!(parts), press.into()]).await.map_err(|e| format!("{name}: {e}"))?;
    let words = part["words"].as_str().ok_or_else(|| format!("{name}: {part}; {}", part["missing"]))?;
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../records/src/help/pictures");
    let (picture, beside) = (folder.join(format!("{name}.webp")), folder.join(format!("{name}.txt")));
    if std::env::var(TAKE).is_ok_and(|yes| yes == "1") {
        let clip = json!({ "x": 0, "y": part["y"], "width": 360, "height": part["height"], "scale": 1 });
        let mut bytes = Vec::new();
        // As sharp as fits.
        for quality in [50, 35, 25, 15, 5] {
            let asked =
                json!({ "format": "webp", "quality": quality, "clip": clip, "captureBeyondViewport": true });
            let taken = b.order("Page.captureScreenshot", asked)?;
            bytes = unpacked(taken["data"].as_str().unwrap_or_default());
            if bytes.len() <= LARGEST {
                break;
            }
        }
        ensure!(bytes.len() <= LARGEST, "{name}: a picture of {} bytes", bytes.len());
        std::fs::create_dir_all(&folder)?;
        std::fs::write(picture, bytes)?;
        std::fs::write(beside, words)?;
    } else if std::fs::read_to_string(&beside).unwrap_or_default() != words || !picture.exists() {
        told.push(format!("{name}: its page says today:\n{words}"));
    }
    Ok(())
}

/// Bytes out of the 64 letters in which they came.
fn unpacked(letters: &str) -> Vec<u8> {
    let value = |l: u8| match l {
        b'A'..=b'Z' => Some(l - b'A'),
        b'a'..=b'z' => Some(l - b'a' + 26),
        b'0'..=b'9' => Some(l - b'0' + 52),
        b'+' => Some(62),
        b'/' => Some(63),
        _ => None,
    };
    let mut out = Vec::with_capacity(letters.len() / 4 * 3);
    let (mut held, mut bits) = (0_u32, 0);
    for v in letters.bytes().filter_map(value) {
        held = held << 6 | u32::from(v);
        bits += 6;
        if bits >= 8 {
            bits -= 8;
            out.push(u8::try_from(held >> bits & 0xff).unwrap_or_default());
        }
    }
    out
}

/// Puts a frame around what is pressed; answers where the part stands and what it says.
const PART: &str = r##"
const [parts, press] = arguments;
const found = parts.map(css => document.querySelector(css));
if (found.includes(null)) return { missing: parts[found.indexOf(null)] };
const pressed = press ? document.querySelector(press) : null;
if (press && !pressed) return { missing: press };
document.activeElement?.blur();
// Chromium speaks its own language on this button.
for (const e of document.querySelectorAll("input[type=file]")) Object.assign(e, { type: "text", value: "Chọn tệp" });
for (const e of document.querySelectorAll(".sticky")) e.style.position = "static";
if (pressed) Object.assign(pressed.style, { outline: "4px solid #1a4fd6", outlineOffset: "3px", borderRadius: "6px" });
const top = Math.min(...found.map(e => e.getBoundingClientRect().top)) + scrollY;
const bottom = Math.max(...found.map(e => e.getBoundingClientRect().bottom)) + scrollY;
const lines = [];
const walk = (e, depth) => {
    const r = e.getBoundingClientRect();
    if (!e.checkVisibility() || r.bottom + scrollY < top || r.top + scrollY > bottom) return;
    const own = [...e.childNodes].filter(n => n.nodeType === 3).map(n => n.data.trim()).filter(Boolean).join(" ");
    const choice = e.matches("select") ? "" : own;
    if (choice || e.matches("input:not([type=hidden]), select, textarea, button, img"))
        lines.push(`${e.tagName.toLowerCase()}${[...e.classList].map(c => "." + c).join("")} ${choice}`.trim());
    if (!e.matches("select, svg")) for (const child of e.children) walk(child, depth + 1);
};
walk(document.querySelector("main"), 0);
// Days, numbers and what is counted with them change with the day on which the tour is walked.
const words = lines.join("\n").replace(/[0-9][0-9.,:\/%]*/g, "0") + "\n";
return { y: Math.max(0, Math.floor(top - 12)), height: Math.ceil(bottom - top + 24), words };
"##;
