//! Journeys through the real program in a real Chromium, on a phone and at a desk.
//!
//! Each test opens an office of its own (see `office.rs`) and walks every journey in it, one
//! after the other; a journey that fails does not hide the next. `NENEP_SHOTS=FOLDER` keeps a
//! picture of every page.

mod journey;
mod machine;
mod office;
mod page;
mod sight;
mod stand;
mod tours;

/// The modules of the demonstration that make its smallest organisation.
#[allow(dead_code, missing_docs, clippy::unwrap_used)]
#[path = "../../src/demo"]
mod demo {
    pub mod cell_2016;
    pub mod dice;
    pub mod names;
    pub mod province;
    pub mod rows;
}

use page::{Browser, Size, Step};

#[tokio::test]
async fn on_a_phone() {
    walk(Size { name: "phone", width: 360, height: 740 }).await;
}

#[tokio::test]
async fn at_a_desk() {
    walk(Size { name: "desk", width: 1280, height: 900 }).await;
}

/// Every page of the site, for everybody who has pages of their own.
#[tokio::test]
async fn every_page_is_fit_to_be_read() {
    let driver = machine::chromedriver();
    let office = office::Office::open("sight");
    let size = Size { name: "phone", width: 360, height: 740 };
    let browser = Browser::open(&driver, &office, size).await.expect("Chromium starts");
    stand::prepare(&browser).await.expect("some weeks of work");
    let mut sight = sight::Sight::new(&browser).expect("axe-core is installed");
    for who in sight::WALKS {
        sight.walk(who).await.unwrap_or_else(|why| panic!("{}: {why}", who.0));
    }
    let (shown, built) = sight.counts;
    println!("{shown} pages shown, {built} builds of a page");
    sight.told().unwrap_or_else(|faults| panic!("{faults}"));
    browser.close().await.expect("the browser ends");
}

/// The pictures of the tours show the site as it is.
#[tokio::test]
async fn the_tours() {
    let driver = machine::chromedriver();
    let office = office::Office::open("tours");
    let size = Size { name: "phone", width: 360, height: 740 };
    let browser = Browser::open(&driver, &office, size).await.expect("Chromium starts");
    let told = tours::walk(&browser).await.unwrap_or_else(|why| panic!("{why}"));
    assert!(
        told.is_empty(),
        "run cargo xtask pictures: pages have changed since their pictures were taken\n{}",
        told.join("\n")
    );
    browser.close().await.expect("the browser ends");
}

/// Walks every journey and fails with what every one of them met.
async fn walk(size: Size) {
    let driver = machine::chromedriver();
    let office = office::Office::open(size.name);
    let browser = Browser::open(&driver, &office, size).await.expect("Chromium starts");
    let mut met = Vec::new();
    let mut note = |journey: &str, done: Step| {
        if let Err(trouble) = done {
            met.push(format!("{journey}: {trouble}"));
        }
    };
    note("signing in and out", journey::sign_in(&browser).await);
    note("from the first page to the records of a figure", journey::figure(&browser).await);
    note("a report", journey::report(&browser).await);
    note("a report written, issued and handed over", journey::writing::whole(&browser).await);
    note("a list of records", journey::records(&browser).await);
    note("a conference and who was there", journey::entry::conference(&browser).await);
    note("a form that comes back", journey::entry::nothing_lost(&browser).await);
    note("a commitment's review", journey::entry::review(&browser).await);
    note("a commitment from draft to review", journey::pledge::commitment(&browser).await);
    note("a stated figure", journey::entry::statement(&browser).await);
    note("a session from its plan to the next", journey::session::whole(&browser).await);
    note("the rota of readings", journey::session::rota(&browser).await);
    note("an account for a newcomer", journey::accounts(&browser).await);
    note("an account of one's own", journey::account::own(&browser).await);
    note("the plan of a year", journey::plan::year(&browser).await);
    note("a breakthrough", journey::plan::breakthrough(&browser).await);
    note("praise proposed and decided", journey::praise::proposal(&browser).await);
    note("a model and a visit to it", journey::praise::model(&browser).await);
    note("records of any kind", journey::kinds::entered(&browser).await);
    note("notices by mail", journey::notice::pages(&browser).await);
    note("one's own data corrected", journey::privacy::correction(&browser).await);
    note("attendance without a network", journey::offline::attendance(&browser).await);
    note("a page that a device keeps", journey::offline::kept(&browser).await);
    note("the end", browser.close().await);
    assert!(met.is_empty(), "{}", met.join("\n\n"));
}
