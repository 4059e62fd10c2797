//! A unit's year: last year's tasks copied, a task from above taken up, the calendar, and a breakthrough from its
//! choice to how it was solved.

use super::typed;
use crate::demo::province;
use crate::office::{PASSWORD, UNIT};
use crate::page::{Browser, Step, ensure};
use std::io::Write;
use std::process::{Command, Stdio};

/// An officer of the unit at the top, whose plan the cell answers.
const ABOVE: &str = "cap.tren";
const FROM_ABOVE: &str = "Nộp báo cáo tự soi, tự sửa";
const CHOSEN: &str = "Rút ngắn một nửa thời gian trả lời đơn";

/// Runs the program beside the server, over the same database.
fn program(b: &Browser<'_>, args: &[&str], typed: &str) -> Step {
    let profile = b.office.profile();
    let db = profile.parent().ok_or("the office has a folder")?.join("nenep.sqlite");
    let mut command = Command::new(env!("CARGO_BIN_EXE_nenep"));
    let mut child =
        command.env_remove("NENEP_DB").arg("--db").arg(db).args(args).stdin(Stdio::piped()).spawn()?;
    writeln!(child.stdin.take().ok_or("its input is piped")?, "{typed}")?;
    ensure!(child.wait()?.success(), "nenep {args:?}");
    Ok(())
}

async fn enter(b: &Browser<'_>, name: &str, path: &str) -> Step {
    b.forget().await?;
    b.go(path).await?;
    b.sign_in_as(name, PASSWORD).await
}

/// The unit above writes a plan with one task.
async fn above(b: &Browser<'_>) -> Step {
    program(b, &["account", "add", ABOVE], PASSWORD)?;
    program(b, &["account", "grant", ABOVE, "officer", "--unit", province::CODE], "")?;
    enter(b, ABOVE, &format!("/unit/{}/year?year=2022", province::CODE)).await?;
    b.choose("#programme option:nth-child(2)").await?;
    b.fill("#issued_day", "05/01/2022").await?;
    b.press("#begin button.main").await?;
    b.fill("#title", FROM_ABOVE).await?;
    b.fill("#deadline", "30/11/2022").await?;
    b.press("#add button.main").await?;
    b.look("year-above").await
}

/// The plan of a year.
pub async fn year(b: &Browser<'_>) -> Step {
    above(b).await?;
    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/year?year=2022")).await?;
    b.sign_in().await?;
    b.look("year-none").await?;
    b.choose("#programme option:nth-child(2)").await?;
    b.fill("#issued_day", "20/01/2022").await?;
    b.fill("#symbol", "02-KH/CB").await?;
    b.press("#begin button.main").await?;
    b.look("year-begun").await?;
    for _ in 0..2 {
        b.press("#copy button").await?;
        let tasks = b.all("section .tasks li[id^='task-']").await?.len();
        ensure!(tasks == 4, "last year had four tasks, copied there are {tasks}");
    }
    b.press("#take button").await?;
    b.look("year-taken").await?;
    let tasks = b.all("section .tasks li[id^='task-']").await?.len();
    ensure!(tasks == 5, "with the one from above there are {tasks}");
    ensure!(b.words("#above").await?.contains(FROM_ABOVE), "what came from above is not shown");

    b.fill("#title", "Thăm hộ nghèo nhận giúp đỡ").await?;
    b.fill("#deadline", "30/09/2023").await?;
    b.press("#add button.main").await?;
    b.look("year-refused").await?;
    ensure!(b.words("#deadline-error").await?.contains("30/09/2023"), "a day of another year is taken");
    ensure!(typed(b, "#title").await? == "Thăm hộ nghèo nhận giúp đỡ", "what was typed is lost");
    b.fill("#deadline", "30/09/2022").await?;
    b.press("#add button.main").await?;
    b.choose("section:nth-of-type(1) .tasks li:nth-child(1) summary").await?;
    b.fill("section:nth-of-type(1) .tasks li:nth-child(1) input[type='text']", "Đã học, 27 người dự").await?;
    b.press("section:nth-of-type(1) .tasks li:nth-child(1) details button").await?;
    b.look("year-done").await?;
    ensure!(b.words("#progress").await?.contains('1'), "one of six is done");

    let href = b.find("#plan a[href*='calendar.ics']").await?.attr("href").await?.unwrap_or_default();
    let (head, bytes) = b.fetch(&href).await?;
    let file = String::from_utf8_lossy(&bytes);
    ensure!(head.contains(" 200 ") && file.starts_with("BEGIN:VCALENDAR"), "{head}");
    ensure!(file.matches("BEGIN:VEVENT").count() >= 5, "deadlines of the calendar: {file}");
    Ok(())
}

/// What the unit chose to break through on: who, by when, how it was solved.
pub async fn breakthrough(b: &Browser<'_>) -> Step {
    b.forget().await?;
    b.go(&format!("/unit/{UNIT}/year?year=2022")).await?;
    b.sign_in().await?;
    b.press("#chosen a.button").await?;
    b.look("breakthrough-new").await?;
    ensure!(typed(b, "#year").await? == "2022", "the year of the page is not filled in");
    b.fill("#title", CHOSEN).await?;
    b.fill("#how", "Phân công lại, trả lời trong ngày").await?;
    b.choose("#owner option:nth-child(2)").await?;
    b.fill("#deadline", "30/10/2022").await?;
    b.press("#entering button.main").await?;
    b.go(&format!("/unit/{UNIT}/year?year=2022")).await?;
    b.look("breakthrough-chosen").await?;
    ensure!(b.words("#chosen").await?.contains(CHOSEN), "it is not on the year's page");
    ensure!(!b.words("#chosen .from").await?.starts_with('·'), "who is in charge is not told");
    b.press("#chosen .line a").await?;
    b.press("#edit").await?;
    b.fill("#solved_day", "15/10/2022").await?;
    b.press("#entering button.main").await?;
    b.look("breakthrough-refused").await?;
    ensure!(!b.words("#evidence-error").await?.is_empty(), "solved without saying how it is known");
    b.fill("#evidence", "Sổ theo dõi đơn quý III").await?;
    b.press("#entering button.main").await?;
    b.look("breakthrough-solved").await?;
    b.go(&format!("/unit/{UNIT}/year?year=2022")).await?;
    b.find("#chosen .badge.complete").await?;
    Ok(())
}
