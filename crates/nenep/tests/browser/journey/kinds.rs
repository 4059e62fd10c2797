//! The form of any kind of record: entered, corrected, withdrawn, brought back; the totals below it change at once.

use crate::office::{MEMBER, NAME, PASSWORD, SECRETARY, UNIT};
use crate::page::{Browser, Step, ensure};

/// What a form is filled with: a field and its words, or an option to choose.
enum Typed {
    Words(&'static str, &'static str),
    Option(&'static str, &'static str),
}
use Typed::{Option as Choose, Words};

/// A record of a kind and how it is corrected.
struct Case {
    kind: &'static str,
    room: &'static str,
    who: &'static str,
    typed: &'static [Typed],
    /// The field that is wrong at first, what is typed there, and what is right.
    wrong: (&'static str, &'static str, &'static str),
    /// The field that is corrected afterwards, and what stands on the record then.
    corrected: (&'static str, &'static str, &'static str),
}

/// The day that the form begins with: only records of this year stand in the totals.
const TODAY: &str = "";

const CASES: [Case; 5] = [
    Case {
        kind: "contribution",
        room: "records",
        who: NAME,
        typed: &[
            Choose("side", "own"),
            Choose("way", "given"),
            Choose("purpose", "poor"),
            Words("beneficiary", "Xã Sơn Hà"),
        ],
        wrong: ("amount", "hai mươi lăm triệu", "25.000.000"),
        corrected: ("amount", "26.500.000", "26.500.000"),
    },
    Case {
        kind: "saving",
        room: "records",
        who: NAME,
        typed: &[Choose("item", "electricity"), Words("baseline", "4.000.000")],
        wrong: ("actual", "ít hơn", "3.500.000"),
        corrected: ("actual", "3.400.000", "3.400.000"),
    },
    Case {
        kind: "publicity",
        room: "records",
        who: NAME,
        typed: &[
            Choose("kind", "article"),
            Choose("channel", "website"),
            Words("title", "Bàn tiếp dân thân thiện"),
        ],
        wrong: ("pieces", "0", "1"),
        corrected: ("title", "Bàn tiếp dân thân thiện ở cơ sở", "Bàn tiếp dân thân thiện ở cơ sở"),
    },
    Case {
        kind: "document",
        room: "records",
        who: NAME,
        typed: &[
            Choose("direction", "received"),
            Choose("type", "plan"),
            Words("symbol", "15/KH-UBND"),
            Words("extract", "Thực hiện chuyên đề năm nay"),
        ],
        wrong: ("day", "31/02/2026", TODAY),
        corrected: ("extract", "Thực hiện chuyên đề toàn khóa", "Thực hiện chuyên đề toàn khóa"),
    },
    Case {
        kind: "inspection",
        room: "closed",
        who: SECRETARY,
        typed: &[Choose("actor", "cell"), Choose("act", "inspection"), Choose("object", "organisation")],
        wrong: ("day", "bữa kia", TODAY),
        corrected: ("conclusion", "Đã thực hiện đủ", "Đã thực hiện đủ"),
    },
];

/// The numbers below the form.
async fn totals(b: &Browser<'_>) -> Step<Vec<String>> {
    let read =
        "return [...document.querySelectorAll('#this-year .total strong')].map(e => e.textContent.trim())";
    let all = b.script(read).await?;
    let all = all.as_array().ok_or("no totals")?;
    Ok(all.iter().map(|t| t.as_str().unwrap_or_default().to_owned()).collect())
}

/// The optional fields of a long form stand open.
async fn unfolded(b: &Browser<'_>) -> Step {
    b.script("document.querySelectorAll('#entering details').forEach(d => d.open = true)").await.map(drop)
}

async fn one(b: &Browser<'_>, case: &Case) -> Step {
    let new = format!("/unit/{UNIT}/{}/{}/new", case.room, case.kind);
    b.forget().await?;
    b.go(&new).await?;
    b.sign_in_as(case.who, PASSWORD).await?;
    let before = totals(b).await?;
    let begun = b.all("#day").await?.into_iter().next();
    let begun = match begun {
        Some(field) => field.prop("value").await?.unwrap_or_default(),
        None => String::new(),
    };
    unfolded(b).await?;
    for typed in case.typed {
        match typed {
            Words(field, words) => b.fill(&format!("#{field}"), words).await?,
            Choose(field, option) => b.choose(&format!("#{field} option[value='{option}']")).await?,
        }
    }
    if case.kind == "inspection" {
        b.choose("#object_unit option:nth-child(2)").await?;
    }
    let (field, wrong, right) = case.wrong;
    b.fill(&format!("#{field}"), wrong).await?;
    b.look(&format!("kind-{}-new", case.kind)).await?;
    b.press("#entering button.main").await?;
    b.look(&format!("kind-{}-refused", case.kind)).await?;
    ensure!(!b.words(&format!("#{field}-error")).await?.is_empty(), "{}: {field} takes {wrong}", case.kind);
    unfolded(b).await?;
    b.fill(&format!("#{field}"), if right == TODAY { &begun } else { right }).await?;
    b.press("#entering button.main").await?;
    b.look(&format!("kind-{}-entered", case.kind)).await?;
    let after = totals(b).await?;
    ensure!(after != before, "{}: the totals stay at {after:?}", case.kind);

    b.press("#after a").await?;
    let record = b.place().await?;
    b.press("#edit").await?;
    unfolded(b).await?;
    let (field, typed, shown) = case.corrected;
    b.fill(&format!("#{field}"), typed).await?;
    b.press("#entering button.main").await?;
    b.look(&format!("kind-{}-corrected", case.kind)).await?;
    ensure!(b.words("#fields").await?.contains(shown), "{}: the correction does not show", case.kind);
    b.choose("#writing summary").await?;
    b.fill("#reason", "Nhập nhầm").await?;
    b.press("#writing button.danger").await?;
    b.look(&format!("kind-{}-withdrawn", case.kind)).await?;
    ensure!(
        b.words("#withdrawn").await?.contains("Nhập nhầm"),
        "{}: why it was withdrawn is not told",
        case.kind
    );
    b.go(&new).await?;
    ensure!(totals(b).await? == before, "{}: what is withdrawn counts", case.kind);
    b.go(&record).await?;
    b.fill("#reason", "Đúng là có").await?;
    b.press("#writing form button").await?;
    ensure!(b.all("#withdrawn").await?.is_empty(), "{}: it does not come back", case.kind);
    b.go(&new).await?;
    ensure!(totals(b).await? != before, "{}: what came back does not count", case.kind);

    if case.kind == "inspection" {
        b.forget().await?;
        b.go("/").await?;
        b.sign_in_as(MEMBER, PASSWORD).await?;
        for path in [&record, &new] {
            let (head, bytes) = b.fetch(path).await?;
            ensure!(head.contains(" 403 ") || head.contains(" 404 "), "a member opens {path}: {head}");
            ensure!(!String::from_utf8_lossy(&bytes).contains(shown), "a member reads an inspection");
        }
    }
    Ok(())
}

/// Each kind in turn; one that fails does not hide the next.
pub async fn entered(b: &Browser<'_>) -> Step {
    let mut met = Vec::new();
    for case in &CASES {
        if let Err(trouble) = one(b, case).await {
            met.push(trouble.to_string());
        }
    }
    ensure!(met.is_empty(), "{}", met.join("\n"));
    Ok(())
}
