//! Home: the units that one has to do with, what is due there, and the one main thing to do.

use crate::account::grants_of;
use crate::figure::pages::encoded;
use crate::request::{self, Standing};
use crate::unit;
use askama::Template;
use axum::response::Response;
use domain::{Action, Message};
use shell::{Result, Visit};

#[derive(Template)]
#[template(path = "overview/templates/home.html")]
struct Page<'a> {
    v: &'a Visit,
    main: Option<(String, String)>,
    due: Vec<Due>,
    cards: Vec<Card>,
    tree: bool,
}

struct Card {
    id: String,
    name: String,
    kind: String,
    href: String,
    roles: String,
    links: Vec<(String, String)>,
}

struct Due {
    title: String,
    unit: String,
    href: String,
    words: String,
    late: bool,
}

/// `GET /`
pub async fn page(visit: Visit) -> Result<Response> {
    let today = visit.today();
    let account = visit.account()?;
    let mut tx = visit.read().await?;
    let mut cards: Vec<Card> = Vec::new();
    let (mut due, mut main) = (Vec::new(), None);
    for grant in grants_of(&mut tx, account).await? {
        if grant.from > today || grant.to < today {
            continue;
        }
        let role = visit.text(&format!("account-role-{}", grant.role.code()));
        if let Some(card) = cards.iter_mut().find(|c| c.id == grant.unit) {
            card.roles = format!("{}, {role}", card.roles);
            continue;
        }
        let Some(found) = unit::by_id(&mut tx, &grant.unit, today).await? else { continue };
        let base = format!("/unit/{}", encoded(&found.code));
        let mut links = Vec::new();
        if visit.may(&mut tx, Action::ReadFigures, &found.code).await? {
            links.push((visit.text("figure-list-title"), format!("{base}/figures")));
            links.push((visit.text("figure-coverage-title"), format!("{base}/coverage")));
            links.push((visit.text("report-list-title"), format!("{base}/reports")));
        }
        if visit.may(&mut tx, Action::ReadRecords, &found.code).await? {
            links.push((visit.text("overview-records"), format!("{base}/records")));
        }
        let reports = visit.may(&mut tx, Action::Report, &found.code).await?;
        if reports {
            for own in request::of_unit(&mut tx, &found.id).await? {
                if own.deadline >= today {
                    let deadline = Message::new("overview-due").with("day", visit.day(own.deadline));
                    due.push(Due {
                        title: own.title,
                        unit: found.name.clone(),
                        href: format!("{base}/request/{}", encoded(&own.code)),
                        words: visit.tr(&deadline),
                        late: false,
                    });
                }
            }
            for (asked, standing) in request::asked_of(&mut tx, &found.id, today).await? {
                if matches!(standing, Standing::Late | Standing::Awaited) {
                    let deadline = Message::new("overview-due").with("day", visit.day(asked.deadline));
                    due.push(Due {
                        title: asked.title,
                        unit: found.name.clone(),
                        href: format!("{base}/request/{}", encoded(&asked.code)),
                        words: visit.tr(&deadline),
                        late: standing == Standing::Late,
                    });
                }
            }
        }
        if main.is_none() {
            main = Some(if reports {
                (visit.text("overview-write-report"), format!("{base}/reports"))
            } else if links.is_empty() {
                (visit.text("overview-open-unit"), base.clone())
            } else {
                (visit.text("overview-see-figures"), format!("{base}/figures"))
            });
        }
        cards.push(Card {
            id: grant.unit,
            kind: if visit.lang() == domain::Lang::Vi { found.kind_vi } else { found.kind_en },
            name: found.name,
            href: base,
            roles: role,
            links,
        });
    }
    let tree = visit.anywhere(Action::ReadUnits);
    let body = Page { v: &visit, main, due, cards, tree };
    visit.page(visit.text("overview-home-title")).show(&body)
}
