//! Noting how far an item has come: one field, a file or a picture, one button. By the person, or by who
//! writes the cell's records.

use super::sheet::{COMMITMENT_ITEM, PROGRESS};
use super::view::item_card;
use super::whole::{Item, Whole, own_person};
use crate::address::{page, segment, unit_of};
use crate::entry;
use crate::evidence::{self, About, Refusal};
use crate::kind::{Draft, Held};
use crate::names;
use askama::Template;
use axum::extract::{Multipart, Path};
use axum::http::StatusCode;
use axum::response::Response;
use domain::{Action, Message};
use shell::{Access, Error, FormState, Html, Result, Route, Visit, Upload};
use store::{Tx, files, params};

/// The longest note.
const LONGEST: usize = 500;

pub(super) fn routes() -> Vec<Route> {
    let write = Access::On(Action::WriteRecords);
    vec![
        Route::get("/me/commitment/item/{id}", Access::SignedIn, own),
        Route::post("/me/commitment/item/{id}", Access::SignedIn, take_own),
        Route::get("/me/commitment/file/{id}", Access::SignedIn, own_file),
        Route::get("/unit/{unit}/commitment/{id}/item/{item}", write, of_unit),
        Route::post("/unit/{unit}/commitment/{id}/item/{item}", write, take_of_unit),
    ]
}

#[derive(Template)]
#[template(path = "commitment/templates/progress.html")]
struct Page<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    action: String,
    card: Html,
    done: bool,
    file_error: Option<String>,
    limit: String,
}

/// Where the form stands: a member's own page, or the unit's.
struct Place {
    whole: Whole,
    at: usize,
    action: String,
    back: String,
    files: String,
    own: bool,
}

impl Place {
    fn item(&self) -> Result<&Item> {
        self.whole.items.get(self.at).ok_or(Error::NotFound)
    }
}

/// The visitor's own item; progress is of what is registered and not yet reviewed.
async fn own_place(visit: &Visit, tx: &mut Tx, item: &str) -> Result<Place> {
    let person = own_person(visit)?;
    let whole = Whole::of_item(tx, item).await?.ok_or(Error::NotFound)?;
    if whole.person.as_deref() != Some(&person) || !whole.counts() || !whole.result.is_empty() {
        return Err(Error::NotFound);
    }
    let at = whole.items.iter().position(|i| i.id == item).ok_or(Error::NotFound)?;
    Ok(Place {
        back: format!("{}#item-{}", super::me::path(whole.year), whole.items.get(at).map_or(0, |i| i.no)),
        action: format!("/me/commitment/item/{}", segment(item)),
        files: "/me/commitment/file".to_owned(),
        whole,
        at,
        own: true,
    })
}

async fn unit_place(visit: &Visit, tx: &mut Tx, code: &str, id: &str, item: &str) -> Result<Place> {
    let unit = unit_of(visit, tx, code).await?;
    let whole = Whole::load(tx, id).await?.filter(|w| w.unit == unit.id).ok_or(Error::NotFound)?;
    if !whole.counts() {
        return Err(Error::NotFound);
    }
    let at = whole.items.iter().position(|i| i.id == item).ok_or(Error::NotFound)?;
    Ok(Place {
        back: whole.path(""),
        action: whole.path(&format!("/item/{}", segment(item))),
        files: crate::address::of_unit(code, "/evidence"),
        whole,
        at,
        own: false,
    })
}

async fn show(
    visit: &Visit,
    tx: &mut Tx,
    place: &Place,
    form: &FormState,
    status: StatusCode,
) -> Result<Response> {
    let item = place.item()?;
    let mib = evidence::media::MAX_BYTES / (1024 * 1024);
    let body = Page {
        v: visit,
        f: visit.fields(form),
        action: place.action.clone(),
        card: item_card(visit, item, place.at + 1, String::new(), &place.files, false)?,
        done: item.done.is_some(),
        file_error: form.error("file").map(|m| visit.tr(m)),
        limit: visit.tr(&Message::new("commitment-progress-file-hint").with("mib", mib)),
    };
    let title = visit.text("commitment-progress-title");
    let back = visit.text("commitment-progress-back");
    if place.own {
        return visit.page(title).crumb(back, &place.back).status(status).show(&body);
    }
    let unit = unit_of(visit, tx, &place.whole.unit_code).await?;
    page(visit, &unit, title).crumb(back, &place.back).status(status).show(&body)
}

async fn own(visit: Visit, Path(item): Path<String>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let place = own_place(&visit, &mut tx, &item).await?;
    let page = show(&visit, &mut tx, &place, &FormState::default(), StatusCode::OK).await?;
    Ok(shell::offline::kept(page))
}

async fn of_unit(
    visit: Visit,
    Path((code, id, item)): Path<(String, String, String)>,
) -> Result<Response> {
    let mut tx = visit.read().await?;
    let place = unit_place(&visit, &mut tx, &code, &id, &item).await?;
    show(&visit, &mut tx, &place, &FormState::default(), StatusCode::OK).await
}

async fn take_own(visit: Visit, Path(item): Path<String>, upload: Multipart) -> Result<Response> {
    let sent = parts(upload).await?;
    let mut tx = visit.write().await?;
    let place = own_place(&visit, &mut tx, &item).await?;
    take(visit, tx, place, sent).await
}

async fn take_of_unit(
    visit: Visit,
    Path((code, id, item)): Path<(String, String, String)>,
    upload: Multipart,
) -> Result<Response> {
    let sent = parts(upload).await?;
    let mut tx = visit.write().await?;
    let place = unit_place(&visit, &mut tx, &code, &id, &item).await?;
    take(visit, tx, place, sent).await
}

/// Words into the form, the file beside it: the last one chosen.
async fn parts(upload: Multipart) -> Result<(FormState, String, Vec<u8>)> {
    let known = Upload { fields: &["text", "done"], longest: 20_000, parts: 10 };
    let (form, mut files) = known.read(upload).await?;
    let (name, bytes) = files.pop().unwrap_or_default();
    Ok((form, name, bytes))
}

/// The first address in what was typed.
fn link(text: &str) -> Option<&str> {
    let starts = |w: &&str| w.starts_with("https://") || w.starts_with("http://");
    let found = text.split_whitespace().find(starts)?;
    Some(found.trim_end_matches(['.', ',', ';', ')', ']']))
}

async fn take(
    visit: Visit,
    mut tx: Tx,
    place: Place,
    (mut form, name, bytes): (FormState, String, Vec<u8>),
) -> Result<Response> {
    let (whole, item) = (&place.whole, place.item()?);
    let today = visit.today();
    let text = form.text("text", LONGEST);
    let with_file = !(name.is_empty() && bytes.is_empty());
    let done = form.flag("done");
    if text.is_none() && !with_file && !done && form.is_ok() {
        form.fail("text", Message::new("commitment-progress-nothing"));
    }
    let mut draft = Draft::default();
    if form.is_ok() && with_file {
        let about = About { kind: "commitment", code: &whole.code };
        let title: String = item.what.chars().take(250).collect();
        match evidence::attach(&mut tx, &whole.unit, &title, &name, &bytes, today, Some(about)).await {
            Ok(file) => draft.set("file", Held::Text(file.id)),
            Err(Refusal::Store(error)) => return Err(error.into()),
            Err(refusal) => form.fail("file", refusal.message()),
        }
    }
    if form.is_ok() {
        draft.set("commitment", Held::Text(whole.id.clone()));
        draft.set("item", Held::Int(item.no));
        draft.set("no", Held::Int(next_no(&mut tx, &whole.id, item.no).await?));
        draft.set("day", Held::Day(today));
        draft.set("done", Held::Int(i64::from(done)));
        if let Some(link) = text.as_deref().and_then(link) {
            draft.set("link", Held::Text(link.to_owned()));
        }
        let said = text.or_else(|| done.then(|| visit.text("commitment-item-done")));
        if let Some(said) = said {
            draft.set("text", Held::Text(said));
        }
        write(&visit, &mut tx, &place, &PROGRESS, draft, None, &mut form).await?;
    }
    if form.is_ok() && done && item.done.is_none() {
        let mut draft = Draft::default();
        draft.set("commitment", Held::Text(whole.id.clone()));
        draft.set("done_day", Held::Day(today));
        write(&visit, &mut tx, &place, &COMMITMENT_ITEM, draft, Some(&item.id), &mut form).await?;
    }
    if !form.is_ok() {
        // A rule of a field that the page does not have is told at the text.
        if form.error("text").is_none()
            && form.error("file").is_none()
            && let Some(first) = form.errors().first()
        {
            let message = first.message.clone();
            form.fail("text", message);
        }
        if with_file && form.error("file").is_none() {
            // Browsers do not send a chosen file twice.
            form.fail("file", Message::new("commitment-progress-file-again"));
        }
        drop(tx);
        let mut tx = visit.read().await?;
        return show(&visit, &mut tx, &place, &form, StatusCode::UNPROCESSABLE_ENTITY).await;
    }
    tx.commit().await?;
    Ok(visit.done(&place.back, "commitment-progress-saved"))
}

async fn write(
    visit: &Visit,
    tx: &mut Tx,
    place: &Place,
    kind: &'static crate::kind::Kind,
    draft: Draft,
    id: Option<&str>,
    form: &mut FormState,
) -> Result<()> {
    if place.own {
        entry::write_own(tx, kind, draft, id, form, "").await?;
    } else {
        entry::write(visit, tx, kind, draft, id, form, "").await?;
    }
    Ok(())
}

async fn next_no(tx: &mut Tx, commitment: &str, item: i64) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(MAX(no), 0) AS BIGINT) AS no FROM progress WHERE commitment = $1 AND item = $2";
    Ok(tx.one(sql, params![commitment, item]).await?.int("no")? + 1)
}

/// A file of the visitor's own progress, to be kept: it is never shown inside our pages.
async fn own_file(visit: Visit, Path(id): Path<String>) -> Result<Response> {
    let person = own_person(&visit)?;
    let mut tx = visit.read().await?;
    let sql = "SELECT e.hash, e.file_name, e.media FROM progress g
               JOIN commitment c ON c.id = g.commitment AND c.person = $2 AND c.withdrawn IS NULL
               JOIN evidence e ON e.id = g.file
               WHERE g.file = $1 AND g.withdrawn IS NULL AND e.withdrawn IS NULL LIMIT 1";
    let row = tx.first(sql, params![&id, &person]).await?.ok_or(Error::NotFound)?;
    let hash = row.opt_text("hash")?.ok_or(Error::NotFound)?;
    let bytes = files::get(&mut tx, hash).await?.ok_or(Error::NotFound)?;
    Ok(shell::download(&row.words("file_name")?, row.text("media")?, bytes))
}

/// Notes that a commitment was read by name, when it was.
pub(super) async fn note(visit: &Visit, whole: &Whole, named: bool) -> Result<()> {
    if named && whole.person.is_some() {
        names::note(visit, &super::sheet::COMMITMENT, &whole.id, 1).await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_in_what_was_typed_is_found() {
        assert_eq!(link("Đã đăng (https://dak.vn/tin?id=1), xem."), None, "it stands behind a bracket");
        assert_eq!(link("Xem https://dak.vn/tin?id=1."), Some("https://dak.vn/tin?id=1"));
        assert_eq!(link("javascript:alert(1)"), None);
    }
}
