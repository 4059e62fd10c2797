//! Help is whole in both languages, and for everybody who is signed in.

use super::TOPICS;
use super::pictures::{PICTURES, illustrated};
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

#[tokio::test]
async fn the_pictures_of_the_tours_are_served_small_described_and_kept() {
    let both = both().await;
    let mut b = signed_in(&both.all[0], Role::Member, "CB01").await;
    let mut shown = Vec::new();
    for topic in TOPICS {
        let (vi, en) = (illustrated(topic.vi), illustrated(topic.en));
        let names = |text: &str| -> Vec<String> {
            let files = text.split("/help/picture/").skip(1);
            files.filter_map(|f| f.split('.').next()).map(str::to_owned).collect()
        };
        let marks = topic.vi.matches("{picture ").count();
        assert_eq!(names(&vi).len(), marks, "{} names a picture that there is not", topic.name);
        assert_eq!(names(&vi), names(&en), "{}: both languages show the same", topic.name);
        shown.extend(names(&vi));
        let page = b.get(&format!("/help/{}", topic.name)).await;
        for (at, address) in page.attributes("img.shot", "src").iter().enumerate() {
            assert!(page.attributes("img.shot", "alt")[at].chars().count() > 20, "{address} is not described");
            assert_eq!(page.attributes("img.shot", "loading")[at], "lazy");
            let picture = b.get(address).await;
            assert_eq!(picture.status, StatusCode::OK, "{address}");
            assert_eq!(picture.header("content-type"), "image/webp");
            assert!(picture.header("cache-control").contains("immutable"), "{address}");
        }
    }
    for picture in PICTURES.iter() {
        assert!(shown.iter().any(|name| name == picture.name), "no tour shows {}", picture.name);
        let (width, height) = picture.size;
        assert!(width >= 360 && height > 0, "{} is {width} × {height}", picture.name);
    }
    assert_eq!(b.get("/help/picture/secretary-home.0.webp").await.status, StatusCode::NOT_FOUND);
}
