//! The entry forms: a conference with who was there, a commitment's review, a stated figure.

use super::{count, typed};
use crate::office::UNIT;
use crate::page::{Browser, Step, ensure};

/// A conference entered, then its attendance by name.
pub async fn conference(b: &Browser<'_>) -> Step {
    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/activity/new")).await?;
    b.sign_in().await?;
    b.look("activity-new").await?;
    b.choose("#kind option[value='conference']").await?;
    b.choose("#mode option[value='in_person']").await?;
    b.fill("#title", "Hội nghị học tập nghị quyết").await?;
    b.fill("#day", "32/01/2020").await?;
    b.press("main form button.main").await?;
    b.look("activity-refused").await?;
    let error = b.words("#day-error").await?;
    ensure!(error.contains("32/01/2020"), "a day that there is not is answered with: {error}");
    ensure!(typed(b, "#title").await? == "Hội nghị học tập nghị quyết", "the title typed is lost");
    b.fill("#day", "15/01/2020").await?;
    b.press("main form button.main").await?;
    b.look("attendance").await?;
    let members = b.all("#attendance .roll select").await?.len();
    ensure!(members == 27, "the cell has 27 members, the page asks about {members}");
    // The page is a few windows long, and its button is in sight from the start.
    let seen = "const r = document.querySelector('#attendance button.main').getBoundingClientRect();
        return [r.bottom <= window.innerHeight, document.documentElement.scrollHeight]";
    let seen = b.script(seen).await?;
    let (in_sight, height) = (seen[0] == true, seen[1].as_u64().unwrap_or(u64::MAX));
    ensure!(in_sight, "one scrolls to save");
    ensure!(height < 3_200, "27 members make a page of {height} px");
    b.choose("#rest input[value='present']").await?;
    b.choose("#attendance .roll li:nth-child(3) option[value='excused']").await?;
    b.choose("#attendance .roll li:nth-child(5) option[value='spoke']").await?;
    b.press("#attendance button.main").await?;
    b.look("attendance-saved").await?;
    b.find(".notice.done").await?;
    let marked =
        "return [...document.querySelectorAll('#attendance .roll select')].map(s => s.value).sort().join()";
    let marked = b.script(marked).await?;
    let marked = marked.as_str().unwrap_or_default();
    let count = |code| marked.split(',').filter(|m| *m == code).count();
    let counts = (count("present"), count("spoke"), count("excused"));
    ensure!(
        counts == (25, 1, 1),
        "25 were there, one of them spoke, one was excused; the page shows {marked}"
    );
    Ok(())
}

/// A commitment's review: what is missing is asked for beside its field, and nothing typed is lost.
pub async fn review(b: &Browser<'_>) -> Step {
    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/commitment?year=2020")).await?;
    b.sign_in().await?;
    b.look("commitments").await?;
    let waiting = b.all("#waiting tbody tr").await?.len();
    ensure!(waiting == 27, "27 commitments of 2020, the page lists {waiting}");
    b.press("#waiting tbody tr:has(.badge.complete) th a").await?;
    b.look("review").await?;
    b.choose("input[name='result'][value='broken']").await?;
    b.fill("#review_day", "05/12/2020").await?;
    b.press("main form button.main").await?;
    b.look("review-refused").await?;
    ensure!(!b.words("#why-error").await?.is_empty(), "the missing reason is not asked for");
    let kept = b.all("input[name='result'][value='broken']:checked").await?.len();
    ensure!(kept == 1 && typed(b, "#review_day").await? == "05/12/2020", "what was typed is lost");
    b.fill("#why", "Chưa làm việc đã đăng ký.").await?;
    b.press("main form button.main").await?;
    b.look("review-saved").await?;
    b.find(".notice.done").await?;
    Ok(())
}

/// A figure stated by the unit: a number that is none is asked for again beside its field.
pub async fn statement(b: &Browser<'_>) -> Step {
    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/state")).await?;
    b.sign_in().await?;
    b.look("state").await?;
    b.fill("#period", "2018").await?;
    b.fill("#q", "dang vien duoc kiem tra").await?;
    b.press("main form.filter button.main").await?;
    b.look("state-found").await?;
    b.press("ul.tree a[href*='indicator=inspection.persons']").await?;
    b.look("state-new").await?;
    b.choose("input[name='subtree'][value='0']").await?;
    b.choose("input[name='comparator'][value='exact']").await?;
    b.fill("#value", "hai người").await?;
    b.fill("#quote", "Kiểm tra 02 đảng viên").await?;
    b.press("main form.form button.main").await?;
    b.look("state-refused").await?;
    ensure!(!b.words("#value-error").await?.is_empty(), "a number that is none is not asked for again");
    ensure!(typed(b, "#value").await? == "hai người", "what was typed is lost");
    ensure!(typed(b, "#quote").await? == "Kiểm tra 02 đảng viên", "the quote typed is lost");
    b.fill("#value", "2").await?;
    b.press("main form.form button.main").await?;
    b.look("state-saved").await?;
    b.find(".notice.done").await?;
    b.go(&format!("/unit/{UNIT}/state")).await?;
    let stated = b.words("#own tbody tr").await?;
    ensure!(stated.contains("2018") && count(&stated).is_some(), "stated figures: {stated}");
    Ok(())
}

/// What is wrong stands above the form and beside its field, one leads to the other, folded parts
/// stand open, and everything typed is still there.
pub async fn nothing_lost(b: &Browser<'_>) -> Step {
    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/activity/new")).await?;
    b.sign_in().await?;
    b.choose("#kind option[value='topic_session']").await?;
    b.choose("#depth option[value='in_depth']").await?;
    b.fill("#title", "Học Bác <b>mỗi ngày</b> & \"một việc\"").await?;
    b.fill("#day", "16/02/2020").await?;
    b.choose("#minutes-part summary").await?;
    b.fill("#minutes_length", "hai tiếng").await?;
    b.fill("#conclusion", "Dòng một").await?;
    b.press("main form button.main").await?;
    b.look("kept").await?;
    let focus = b.script("return document.activeElement.className").await?;
    ensure!(focus == "notice wrong", "what is wrong is not read out first: {focus}");
    ensure!(!b.all("#minutes-part[open]").await?.is_empty(), "the part with the error is folded away");
    let told =
        b.script("return document.getElementById('minutes_length').getAttribute('aria-describedby')").await?;
    ensure!(told == "minutes_length-error", "the field is described by {told}");
    for (field, expected) in [
        ("#title", "Học Bác <b>mỗi ngày</b> & \"một việc\""),
        ("#day", "16/02/2020"),
        ("#minutes_length", "hai tiếng"),
        ("#conclusion", "Dòng một"),
        ("#kind", "topic_session"),
        ("#depth", "in_depth"),
    ] {
        let typed = typed(b, field).await?;
        ensure!(typed == expected, "{field} held {expected} and comes back as {typed}");
    }
    b.choose(".notice.wrong a[href='#minutes_length']").await?;
    let at = b.script("return document.querySelector(':target')?.id").await?;
    ensure!(at == "minutes_length", "the line of the error leads to {at}");
    Ok(())
}
