//! Taking in a file as evidence.

use super::media::{self, Media};
use super::{ABOUT, picture, secret, words};
use domain::{Day, Id, Message, text};
use store::{Change, Tx, files, params};

/// What a piece of evidence is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct About<'a> {
    /// One of the codes of [`ABOUT`].
    pub kind: &'a str,
    /// The code of the record.
    pub code: &'a str,
}

/// Evidence that was taken in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The row's id.
    pub id: String,
    /// Its code, shown to people.
    pub code: String,
    /// The content's hash, under which [`files::get`] finds it.
    pub hash: String,
    /// What it is.
    pub media: Media,
    /// Whether it was there before, for the same unit and matter.
    pub known: bool,
}

/// Why a file was not taken in. Nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum Refusal {
    /// It has no bytes.
    #[error("the file is empty")]
    Empty,
    /// It is larger than [`media::MAX_BYTES`].
    #[error("the file is too large")]
    TooLarge,
    /// Its type is not among those taken.
    #[error("files of type {extension:?} are not taken")]
    Kind {
        /// The extension found.
        extension: String,
    },
    /// Its content is not what its extension says.
    #[error("the content is no {extension:?}")]
    Disguised {
        /// The extension found.
        extension: String,
    },
    /// It holds macros.
    #[error("the file holds macros")]
    Macros,
    /// It is locked with a password, so nobody can look for a mark of secrecy.
    #[error("the file is locked with a password")]
    Locked,
    /// It cannot be opened, so nobody can look for a mark of secrecy.
    #[error("the file cannot be opened")]
    Unreadable,
    /// It bears a mark of state secrecy.
    #[error("the document is marked {mark}")]
    Secret {
        /// The mark.
        mark: &'static str,
    },
    /// The title is empty or longer than 300 characters.
    #[error("the title is empty or too long")]
    Title,
    /// What it is about is not among [`ABOUT`], or the code is longer than 60 characters.
    #[error("what the file is about is not understood")]
    About,
    /// The database did not do it.
    #[error(transparent)]
    Store(#[from] store::Error),
}

impl Refusal {
    /// The message for people.
    pub fn message(&self) -> Message {
        match self {
            Refusal::Empty => Message::new("evidence-empty"),
            Refusal::TooLarge => {
                Message::new("evidence-too-large").with("mib", media::MAX_BYTES / (1024 * 1024))
            }
            Refusal::Kind { extension } => Message::new("evidence-kind").with("extension", extension),
            Refusal::Disguised { extension } => {
                Message::new("evidence-disguised").with("extension", extension)
            }
            Refusal::Macros => Message::new("evidence-macros"),
            Refusal::Locked => Message::new("evidence-locked"),
            Refusal::Unreadable => Message::new("evidence-unreadable"),
            Refusal::Secret { mark } => Message::new("evidence-secret").with("mark", *mark),
            Refusal::Title => Message::new("evidence-title"),
            Refusal::About => Message::new("evidence-about"),
            Refusal::Store(error) => error.message(),
        }
    }
}

/// A picture without what the camera wrote beside it: where a member was, and when, is nobody's evidence. A picture
/// whose parts cannot be followed is kept as it came.
fn without_notes(media: Media, content: Vec<u8>) -> Vec<u8> {
    match media {
        Media::Png | Media::Jpeg => picture::plain(&content).map_or(content, |picture| picture.bytes),
        Media::Pdf | Media::Docx | Media::Xlsx | Media::Odt | Media::Txt => content,
    }
}

/// Takes in a file as evidence of a unit, a picture without its camera's notes. The same content for the same unit and matter is
/// taken in once; a second time gives the first row.
///
/// The transaction must be a writing one; the caller asked whether its actor may write for
/// the unit.
pub async fn attach(
    tx: &mut Tx,
    unit_id: &str,
    title: &str,
    file_name: &str,
    bytes: &[u8],
    day: Day,
    about: Option<About<'_>>,
) -> Result<Attached, Refusal> {
    let file_name = plain_name(file_name);
    let (name, content) = (file_name.clone(), bytes.to_vec());
    let looked_at = tokio::task::spawn_blocking(move || {
        let media = examine(&name, &content)?;
        Ok::<_, Refusal>((media, without_notes(media, content)))
    });
    let (media, bytes) = looked_at.await.map_err(|_| Refusal::Unreadable)??;
    let title = text::tidy(title);
    if title.is_empty() || title.chars().count() > 300 {
        return Err(Refusal::Title);
    }
    let readable = |a: &About| ABOUT.iter().any(|c| c.code == a.kind) && a.code.chars().count() <= 60;
    if !about.as_ref().is_none_or(readable) {
        return Err(Refusal::About);
    }

    let hash = files::put(tx, &bytes).await?;
    let rows = tx
        .query(
            "SELECT id, code, unit, about_kind, about_code, withdrawn FROM evidence WHERE hash = $1",
            params![&hash],
        )
        .await?;
    for row in &rows {
        let same = row.text("unit")? == unit_id
            && row.opt_text("withdrawn")?.is_none()
            && row.opt_text("about_kind")? == about.map(|a| a.kind)
            && row.opt_text("about_code")? == about.map(|a| a.code);
        if same {
            return Ok(Attached { id: row.words("id")?, code: row.words("code")?, hash, media, known: true });
        }
    }

    let (id, code) = (Id::new().to_string(), free_code(tx, &hash).await?);
    tx.execute(
        "INSERT INTO evidence (id, code, unit, title, file_name, media, size, hash, day, about_kind, about_code, source)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 'entered')",
        params![
            &id, &code, unit_id, &title, &file_name, media.name(), bytes.len(), &hash, day,
            about.map(|a| a.kind), about.map(|a| a.code)
        ],
    )
    .await?;
    let after = serde_json::json!({
        "code": code, "unit": unit_id, "title": title, "file_name": file_name, "hash": hash,
        "about_kind": about.map(|a| a.kind), "about_code": about.map(|a| a.code),
    });
    tx.note(Change {
        action: "insert",
        kind: "evidence".to_owned(),
        record: id.clone(),
        before: String::new(),
        after: after.to_string(),
    });
    Ok(Attached { id, code, hash, media, known: false })
}

/// `MC-` and the beginning of the hash; a number behind it when the content is evidence elsewhere too.
async fn free_code(tx: &mut Tx, hash: &str) -> Result<String, Refusal> {
    Ok(crate::entry::free_code(tx, "evidence", &format!("MC-{}", &hash[..hash.len().min(12)])).await?)
}

/// The name without folders and control characters, its end (the extension) kept when it is long.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let clean = text::tidy(&last.chars().filter(|c| !c.is_control()).collect::<String>());
    let long = clean.chars().count().saturating_sub(200);
    clean.chars().skip(long).collect()
}

/// Looks at a file before it is taken in: what it is, and that it may be kept. Slow for a large
/// file; [`attach`] does it away from the threads that serve pages.
pub fn examine(file_name: &str, bytes: &[u8]) -> Result<Media, Refusal> {
    let media = media::of(file_name, bytes)?;
    let words = words::of(file_name, media, bytes)?;
    match secret::mark(words.lines()) {
        Some(mark) => Err(Refusal::Secret { mark }),
        None => Ok(media),
    }
}
