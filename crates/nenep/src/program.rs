//! What every verb shares: the database, the language, the clock, who acts, the catalogue.

use crate::fail::Fail;
use domain::{Action, Actor, Clock, Day, Lang, Message, SystemClock};
use records::figure::{self, Book};
use records::unit::{self, Unit};
use records::{REGISTRY, account};
use shell::Messages;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::{Db, Tx};

/// Options that stand before or after any verb.
#[derive(clap::Args, Clone)]
pub struct Options {
    /// Cơ sở dữ liệu: tệp SQLite hoặc postgres://…
    #[arg(long, global = true, env = "NENEP_DB", default_value = "nenep.sqlite")]
    pub db: String,
    /// Ngôn ngữ của thông báo: vi hoặc en
    #[arg(long, global = true, default_value = "vi", value_parser = ["vi", "en"])]
    pub lang: String,
    /// Làm với quyền của tài khoản này (không ghi thì là người vận hành máy)
    #[arg(long = "as", global = true, value_name = "ACCOUNT")]
    pub account: Option<String>,
    /// Danh mục chỉ tiêu riêng của đơn vị (TOML), dùng thêm với danh mục có sẵn
    #[arg(long, global = true, value_name = "FILE")]
    pub catalogue: Vec<PathBuf>,
}

/// The program while a verb runs.
pub struct Program {
    /// The options given.
    pub options: Options,
    /// The language of what it says.
    pub lang: Lang,
    /// Every message.
    pub messages: Arc<Messages>,
    /// The machine's clock.
    pub clock: Arc<dyn Clock>,
}

impl Program {
    /// The program for a command line.
    pub fn new(options: Options) -> Program {
        let lang = Lang::from_code(&options.lang).unwrap_or_default();
        Program { options, lang, messages: Arc::new(all_messages()), clock: Arc::new(SystemClock) }
    }

    /// The same program over another database (the demonstration's).
    pub fn over(&self, db: impl Into<String>) -> Program {
        let options = Options { db: db.into(), ..self.options.clone() };
        Program {
            options,
            lang: self.lang,
            messages: Arc::clone(&self.messages),
            clock: Arc::clone(&self.clock),
        }
    }

    /// Opens the database and brings its schema up to date.
    pub async fn open(&self) -> Result<Db, Fail> {
        let db = Db::open(&self.options.db, Arc::clone(&self.clock)).await?;
        db.migrate(&REGISTRY.migrations()).await?;
        Ok(db)
    }

    /// Who acts: the account of `--as`, or the operator.
    pub async fn actor(&self, db: &Db) -> Result<Actor, Fail> {
        let Some(name) = &self.options.account else { return Ok(Actor::Operator) };
        let mut tx = db.read().await?;
        let found = account::by_name(&mut tx, name).await?;
        found.map(|a| a.actor()).ok_or_else(|| Fail::Say(Message::new("nenep-no-account").with("name", name)))
    }

    /// The shipped catalogue with the office's own files.
    pub fn book(&self, day: Day) -> Result<Book, Fail> {
        let mut own = Vec::new();
        for path in &self.options.catalogue {
            let text = std::fs::read_to_string(path).map_err(Fail::file(path))?;
            own.push((path.display().to_string(), text));
        }
        let files: Vec<(&str, &str)> = own.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect();
        figure::catalogue::load(&files, day).map_err(|problems| {
            Fail::Many(
                problems
                    .into_iter()
                    .map(|p| {
                        let text =
                            own.iter().find(|(name, _)| *name == p.source).map_or("", |(_, t)| t.as_str());
                        let (line, column) = p.position(text);
                        Message::new("nenep-catalogue-problem")
                            .with("file", &p.source)
                            .with("line", line)
                            .with("column", column)
                            .with("what", self.tr(&p.message))
                    })
                    .collect(),
            )
        })
    }

    /// A unit by its code, as it is on a day, when the actor may do the action there.
    pub async fn unit(
        &self,
        tx: &mut Tx,
        actor: &Actor,
        action: Action,
        code: &str,
        day: Day,
    ) -> Result<Unit, Fail> {
        let unknown = || Fail::Say(Message::new("figure-unknown-unit").with("code", code));
        let unit = unit::by_code(tx, code, day).await?.ok_or_else(unknown)?;
        let today = self.clock.today();
        if account::may(tx, actor, action, &unit.id, today).await? {
            return Ok(unit);
        }
        if account::may(tx, actor, Action::ReadUnits, &unit.id, today).await? {
            return Err(Fail::Say(Message::new("nenep-forbidden").with("unit", &unit.name)));
        }
        Err(unknown())
    }

    /// A message in the language of the command line.
    pub fn tr(&self, message: &Message) -> String {
        self.messages.tr(self.lang, message)
    }

    /// A text without values.
    pub fn text(&self, key: &str) -> String {
        self.messages.text(self.lang, key)
    }

    /// A failure in the language of the command line.
    pub fn words(&self, failure: &Fail) -> String {
        match failure {
            Fail::Say(message) => self.tr(message),
            Fail::Many(messages) => messages.iter().map(|m| self.tr(m)).collect::<Vec<_>>().join("\n"),
            Fail::Store(error) => {
                // The driver's own words help whoever looks after the machine; they hold no data.
                if let store::Error::Query { source, .. } | store::Error::Unreachable { source, .. } = error {
                    tracing::error!(%error, %source, "store");
                }
                self.tr(&error.message())
            }
            Fail::File { path, error } => {
                let key = match error.kind() {
                    std::io::ErrorKind::NotFound => "nenep-file-missing",
                    std::io::ErrorKind::PermissionDenied => "nenep-file-denied",
                    std::io::ErrorKind::StorageFull => "nenep-file-full",
                    _ => "nenep-file-failed",
                };
                self.tr(&Message::new(key).with("path", path).with("why", error.to_string()))
            }
        }
    }

    /// Writes a file whole or not at all: beside its place first, then moved there.
    pub fn write(&self, path: &Path, bytes: &[u8]) -> Result<(), Fail> {
        if let Some(folder) = path.parent().filter(|p| !p.as_os_str().is_empty()) {
            std::fs::create_dir_all(folder).map_err(Fail::file(folder))?;
        }
        let mut name = path.file_name().unwrap_or_default().to_os_string();
        name.push(".part");
        let part = path.with_file_name(name);
        let written = std::fs::write(&part, bytes).and_then(|()| std::fs::rename(&part, path));
        written.map_err(|error| {
            let _ = std::fs::remove_file(&part);
            Fail::file(path)(error)
        })
    }
}

/// Every message of the product.
///
/// # Panics
/// When two files define one key or a file does not parse; a test proves that none does.
pub fn all_messages() -> Messages {
    let mut sources = vec![
        shell::MESSAGES,
        store::MESSAGES,
        figures::MESSAGES,
        document::MESSAGES,
        exchange::MESSAGES,
        reader::MESSAGES,
        (include_str!("../messages/vi.ftl"), include_str!("../messages/en.ftl")),
    ];
    sources.extend(REGISTRY.messages());
    Messages::new(&sources).unwrap_or_else(|problems| panic!("messages: {problems:?}"))
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_message_stands_in_both_languages_and_once() {
        assert_eq!(super::all_messages().missing(), Vec::<String>::new());
    }
}
