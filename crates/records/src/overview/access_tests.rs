//! Every route of the product, with every role, inside and outside its subtree.

use super::fixture::{accounts, both, office, sign_in, site};
use crate::REGISTRY;
use axum::body::Body;
use axum::http::{Method, StatusCode};
use domain::Role;
use shell::testing::{Answer, Browser};
use shell::{Access, Route};

/// Values of path parameters that exist in the office; others are filled with something that may not.
const KNOWN: [(&str, &str); 7] = [
    ("indicator", "org.members"),
    ("template", "cell-review"),
    ("format", "docx"),
    ("slot", "situation"),
    ("kind", "practice"),
    ("closed", "inspection"),
    ("topic", "plan"),
];

fn path(route: &Route, unit: &str) -> String {
    let part = |part: &str| match part.strip_prefix('{').and_then(|p| p.strip_suffix('}')) {
        None => part.to_owned(),
        Some("unit") => unit.to_owned(),
        Some(name) => KNOWN.iter().find(|(n, _)| *n == name).map_or("x", |(_, v)| v).to_owned(),
    };
    route.path.split('/').map(part).collect::<Vec<_>>().join("/")
}

/// Pages about something that their query names; without it there is nothing to show.
const BY_QUERY: [&str; 2] = ["/unit/{unit}/state/new", "/unit/{unit}/state/settle"];

/// Whether every parameter of the path has a value that exists.
fn sampled(route: &Route) -> bool {
    if BY_QUERY.contains(&route.path) {
        return false;
    }
    let names = route.path.split('/').filter_map(|p| p.strip_prefix('{').and_then(|p| p.strip_suffix('}')));
    names.into_iter().all(|n| n == "unit" || KNOWN.iter().any(|(k, _)| *k == n))
}

async fn ask(browser: &mut Browser, route: &Route, unit: &str) -> Answer {
    let path = path(route, unit);
    if route.method == Method::GET {
        browser.send(Method::GET, &path, None, Body::empty()).await
    } else {
        browser.post(&path, &[]).await
    }
}

fn refused(answer: &Answer) -> bool {
    answer.status == StatusCode::FORBIDDEN || answer.location().starts_with("/sign-in?")
}

#[tokio::test]
async fn every_route_with_every_role_inside_and_outside_the_subtree() {
    let both = both().await;
    // That both databases answer `may` alike is tested beside it; routes are the same for both.
    let db = &both.all[0];
    office(db).await;
    accounts(db, "db1").await;
    let routes = REGISTRY.routes();
    assert!(routes.len() > 15);

    let mut nobody = site(db);
    nobody.get("/sign-in").await;
    for route in &routes {
        let answer = ask(&mut nobody, route, "CB1").await;
        let open = route.access == Access::Public;
        assert_eq!(
            !answer.location().starts_with("/sign-in?"),
            open,
            "nobody {} {}",
            route.method,
            route.path
        );
        assert!(!answer.status.is_server_error(), "{} {}", route.method, route.path);
    }

    for role in Role::ALL {
        let mut browser = site(db);
        sign_in(&mut browser, role.code()).await;
        for route in &routes {
            let told = |answer: &Answer, place: &str| {
                format!("{role:?} {place} {} {}: {}", route.method, route.path, answer.status)
            };
            // These end the session that the walk goes on with.
            if route.path == "/sign-out" || route.path.starts_with("/me/sessions") {
                continue;
            }
            let inside = ask(&mut browser, route, "CB1").await;
            assert!(!inside.status.is_server_error(), "{}", told(&inside, "inside"));
            let allowed = match route.access {
                Access::Public | Access::SignedIn => true,
                Access::On(action) | Access::Anywhere(action) => role.allows(action),
            };
            assert_eq!(!refused(&inside), allowed, "{}", told(&inside, "inside"));
            if allowed && sampled(route) {
                assert_ne!(inside.status, StatusCode::NOT_FOUND, "{}", told(&inside, "inside"));
            }
            if let Access::On(_) = route.access {
                for unit in ["CS2", "K", "NOWHERE"] {
                    let outside = ask(&mut browser, route, unit).await;
                    // What one may not see looks like what does not exist.
                    assert_eq!(outside.status, StatusCode::NOT_FOUND, "{}", told(&outside, unit));
                }
            }
        }
        assert_eq!(browser.get("/me").await.status, StatusCode::OK, "still signed in at the end of the walk");
    }
}

#[test]
fn every_page_about_a_unit_asks_for_an_action_on_it() {
    for route in REGISTRY.routes() {
        let about_a_unit = route.path.contains("{unit}");
        assert_eq!(about_a_unit, matches!(route.access, Access::On(_)), "{} {}", route.method, route.path);
    }
}
