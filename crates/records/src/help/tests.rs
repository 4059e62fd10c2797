//! Help is whole in both languages, and for everybody who is signed in.

use super::TOPICS;
use crate::browse::fixture::{both, signed_in};
use axum::http::StatusCode;
use domain::Role;

#[tokio::test]
async fn every_topic_is_there_in_both_languages_with_the_same_steps() {
    let both = both().await;
    let mut b = signed_in(&both.all[0], Role::Member, "CB01").await;
    let list = b.get("/help").await;
    assert_eq!(list.texts("#tours a").len(), 2, "one for each role");
    assert_eq!(list.texts("#tours a").len() + list.texts("#topics a").len(), TOPICS.len());
    for topic in TOPICS {
        let mut steps = Vec::new();
        for lang in ["vi", "en"] {
            b.get(&format!("/lang/{lang}")).await;
            let page = b.get(&format!("/help/{}", topic.name)).await;
            assert_eq!(page.status, StatusCode::OK);
            assert!(!page.texts("h1")[0].starts_with("help-"), "{} has a title", topic.name);
            steps.push(page.texts("main ol li").len());
        }
        assert_eq!(steps[0], steps[1], "{}", topic.name);
        assert!(steps[0] >= 4, "{}", topic.name);
    }
    assert_eq!(b.get("/help/nothing").await.status, StatusCode::NOT_FOUND);
}
