//! What an office looks like after some weeks of work: a session held and one to come, a rota, the year's
//! plan, a report issued and one received, a commitment followed, questions about data.
//!
//! The forms are those of the site, sent by a script inside the page: a page that loses a field fails here.
//! Pages that show the work of people need it; walks over pages have it in one round trip.

use crate::office::{MEMBER, NAME, PASSWORD, SECRETARY, UNIT};
use crate::page::{Browser, Step, ensure};
use serde_json::{Value, json};

/// The weeks, one after the other.
pub const WEEKS: [&str; 2] = ["first", "last"];

/// Sends the forms of all weeks.
pub async fn prepare(b: &Browser<'_>) -> Step {
    for week in WEEKS {
        work(b, week).await?;
    }
    Ok(())
}

/// Sends the forms of a week; everybody is signed out afterwards.
pub async fn work(b: &Browser<'_>, week: &str) -> Step {
    b.forget().await?;
    let names = json!({
        "unit": format!("/unit/{UNIT}"), "officer": NAME, "secretary": SECRETARY, "member": MEMBER, "password": PASSWORD,
        "week": week,
    });
    let done = b.script_until(WORK, vec![names]).await?;
    ensure!(done == Value::Null, "the office is not prepared: {done}");
    b.forget().await
}

/// `send(path, form, values, button)` fills a form as it stands on its page and sends it. A value may be
/// `{ nth: 2 }`, the second choice of a list, or a file.
const WORK: &str = r##"
const [who, done] = arguments;
const parser = new DOMParser();
const get = async path => {
    const answer = await fetch(path);
    if (!answer.ok) throw `${path}: ${answer.status}`;
    return parser.parseFromString(await answer.text(), "text/html");
};
const one = (page, path, css) => page.querySelector(css) ?? (() => { throw `${path} has no ${css}`; })();
const send = async (path, css, values = {}, button = null) => {
    const page = await get(path);
    const form = one(page, path, css);
    const data = new FormData(form);
    for (const [name, value] of Object.entries(values)) {
        // The first of many alike: `s-*`.
        const alike = name.endsWith("*") && form.querySelector(`[name^="${name.slice(0, -1)}"]`);
        if (alike) { data.set(alike.name, value); continue; }
        if (!form.elements.namedItem(name)) throw `${path}: ${css} has no field ${name}`;
        const nth = value?.nth && form.querySelectorAll(`[name="${name}"] option, input[name="${name}"]`)[value.nth - 1];
        data.set(name, nth ? nth.value : value);
    }
    if (button) {
        const pressed = one(form, path, button);
        data.set(pressed.name, pressed.value);
    }
    const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
    const answer = await fetch(form.getAttribute("action") || path, { method: "POST", body });
    const shown = parser.parseFromString(await answer.text(), "text/html");
    const wrong = [...shown.querySelectorAll(".error, .notice.wrong")].map(e => e.textContent.trim()).join("; ");
    if (!answer.ok || wrong) throw `${path} ${css}: ${answer.status} ${wrong}`;
    return { at: new URL(answer.url).pathname, page: shown };
};
const enter = async name => {
    const home = await get("/");
    if (home.querySelector("form[action='/sign-out']")) await send("/", "form[action='/sign-out']");
    await send("/sign-in", "main form", { name, password: who.password });
};
const unit = who.unit;
const file = (name, words) => new File([words], name, { type: "text/plain" });
const picture = async () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [400, 300];
    canvas.getContext("2d").fillRect(60, 160, 280, 40);
    const blob = await new Promise(done => canvas.toBlob(done, "image/jpeg"));
    return new File([blob], "ban-tiep-dan.jpg", { type: "image/jpeg" });
};
const later = (day, days) => {
    const [d, m, y] = day.split("/").map(Number);
    const at = new Date(Date.UTC(y, m - 1, d + days));
    return [at.getUTCDate(), at.getUTCMonth() + 1, at.getUTCFullYear()].map(n => String(n).padStart(2, "0")).join("/");
};
const weeks = { async first() {
    await enter(who.officer);
    const today = (await get(`${unit}/activity/new`)).querySelector("#day").value;
    const year = today.slice(6);

    // A session held, with minutes and a task; one to come.
    const held = (await send(`${unit}/session/new`, "main form", {
        kind: "topic_session", title: "Sinh hoạt chuyên đề về nêu gương", day: today, hour: "19:30",
        place: "Phòng họp tầng 2", agenda: "Chào cờ\nBáo cáo đề dẫn\nThảo luận, kết luận", depth: "in_depth",
    })).at;
    const started = await send(held, "#hold");
    const sheet = one(started.page, held, "a[href*='/attendance']").getAttribute("href");
    await send(sheet, "#attendance", { rest: "absent", "s-*": "present" });
    await send(held, "#close", {
        started: "19:30", ended: "21:30", chair: { nth: 2 }, writer: { nth: 3 }, record: "Đồng chí thứ nhất nêu việc chậm hồ sơ.",
        conclusion: "Chi bộ thống nhất chia lại việc từ tuần sau.",
    });
    await send(held, "#task-form", { task: "Chia lại việc của tổ một cửa", owner: { nth: 2 }, deadline: later(today, 9) });
    await send(`${unit}/session/new`, "main form", {
        kind: "regular", title: "Sinh hoạt thường kỳ tháng sau", day: later(today, 10), hour: "19:30",
        place: "Phòng họp tầng 2", agenda: "Đọc nghị quyết\nBàn việc tháng tới",
    });
    const [d, m, y] = today.split("/").map(Number);
    await send(`${unit}/rota`, "#make form", {
        weekday: String((new Date(Date.UTC(y, m - 1, d)).getUTCDay() + 6) % 7), from: today, to: later(today, 60),
    });

    // The year's plan.
    await send(`${unit}/year?year=${year}`, "#begin", { programme: { nth: 2 }, issued_day: today });
    await send(`${unit}/year?year=${year}`, "#add", { title: "Sơ kết việc làm theo sáu tháng", month: { nth: 8 }, owner: { nth: 2 } });
    await send(`${unit}/year?year=${year}`, "#add", { title: "Tổng kết năm", month: { nth: 13 } });

    // A report issued, one received, a figure stated, a document kept.
    await send(`${unit}/report/cell-review/write?period=2019&date=2020-01-10`, "#write", {
        "t-sessions": "Chi bộ tổ chức [số: sessions.topic padded] buổi sinh hoạt chuyên đề.", number: "91",
    }, "button[value^='save|sessions']");
    await send(`${unit}/report/cell-review/write?period=2019&date=2020-01-10`, "#write", { number: "91", anyway: "1" }, "button[value='issue']");
    await send(`${unit}/received`, "#new", {
        file: file("bao-cao-2019.txt", "BÁO CÁO\nNăm 2019, chi bộ tổ chức 12 buổi sinh hoạt chuyên đề, kiểm tra 2 đảng viên. "
            + "Có 25 đảng viên đăng ký làm theo, đạt tỷ lệ 96 %."),
        period: "2019", day: today,
    });
    await send(`${unit}/state/new?indicator=inspection.persons&period=2018`, "main form.form", {
        subtree: "0", comparator: "exact", value: "9", quote: "Kiểm tra 09 đảng viên",
    });
    await send(`${unit}/evidence/new`, "main form.form", { file: file("quyet-dinh.txt", "Quyết định"), title: "Quyết định phân công", day: today });

    // A model with a picture.
    await send(`${unit}/records/practice/new`, "#entering", {
        title: "Bàn tiếp dân thân thiện", field: "reform", registered_day: later(today, -90), verified_day: later(today, -20),
        verified_by: "Ban Thường vụ Huyện ủy", how: "Kê bàn thấp\nGọi báo khi có kết quả",
    });
    const model = one(await get(`${unit}/models`), "models", "#models li h2 a").getAttribute("href");
    await send(model, "#add-picture form", { title: "Bàn tiếp dân có ghế ngồi", file: await picture() });

    // A comrade who comes by a link, and what they commit themselves to.
    const slips = await send(`${unit}/members`, "#members tbody tr:first-child form");
    const link = new URL(one(slips.page, slips.at, "#links input").value).pathname;
    await send("/", "form[action='/sign-out']");
    await send(link, "#choose", { new: who.password, again: who.password });
    await send("/me/commitment", "#write", {
        "i1-what": "Đọc một bài mỗi tuần", "i1-measure": "Số bài ghi trong sổ", "i1-target": "40 bài", "i1-deadline": `31/12/${year}`,
    }, "button[value='send']");

    // A member's commitment, from its draft to the first progress; what they ask about their data.
    await enter(who.member);
    await send("/me/commitment", "#write", {
        "i1-what": "Trả lời đơn thư của công dân đúng hạn", "i1-measure": "Tỷ lệ đơn đúng hạn trong sổ theo dõi",
        "i1-target": "100%", "i1-deadline": `31/12/${year}`, "i3-what": "Nêu cao tinh thần trách nhiệm",
    }, "button[value='send']");
    await send("/me/data/ask?asks=copy", "#ask", { reason: "Để lưu" });
    await send("/me/data/ask?asks=erase", "#ask", { reason: "Chuyển đi" });
}, async last() {
    await enter(who.officer);
    const list = `${unit}/commitment`;
    for (const sent of [...(await get(list)).querySelectorAll("#to-register a")])
        await send(sent.getAttribute("href"), "#register", {}, "button.main");
    await send(list, "form[action*='/commitment/ask/']");
    await enter(who.member);
    const item = one(await get("/me/commitment"), "/me/commitment", ".cm-item a.button").getAttribute("href");
    await send(item, "#progress", { text: "Đã trả lời 30/30 đơn của quý", file: file("so.txt", "Sổ") });
} };
weeks[who.week]().then(() => done(null), why => done(String(why?.stack ?? why)));
"##;
