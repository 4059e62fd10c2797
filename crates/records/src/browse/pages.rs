//! Pages: the kinds of records of a unit, the list of a kind, one record.

use super::asked::{Asked, READ_FOR_WORDS, filters, options, param};
use super::cells::Cell;
use super::entering;
use super::list::{Count, Line, List, counts, list};
use super::record::{Record, Source, record};
use super::scope::{Sight, subject};
use crate::address::{of_unit, page, segment, unit_of, with_query};
use crate::figure::App;
use crate::kind::{Field, Kind, Ty};
use crate::unit::Unit;
use crate::{REGISTRY, names, transfer};
use askama::Template;
use axum::extract::Path;

use axum::response::Response;
use domain::{Action, Actor, Message};
use shell::{Access, Error, Form, FormState, Link, Result, Route, Visit};
use store::Tx;

pub(super) fn routes() -> Vec<Route> {
    let read = Access::On(Action::ReadRecords);
    vec![
        Route::get("/unit/{unit}/records", read, kinds),
        Route::get("/unit/{unit}/records/{kind}", read, of_kind),
        Route::get("/unit/{unit}/records/{kind}/xlsx", read, sheet),
        Route::get("/unit/{unit}/records/{kind}/{id}", read, one),
    ]
}

/// The kind that a path names, when the visitor may see it.
fn kind_of(name: &str, sight: Sight) -> Result<&'static Kind> {
    REGISTRY.kind(name).filter(|k| sight.shows(k)).ok_or(Error::NotFound)
}

fn list_path(unit: &Unit, kind: &Kind) -> String {
    of_unit(&unit.code, &format!("/records/{}", kind.name))
}

#[derive(Template)]
#[template(path = "browse/templates/kinds.html")]
struct Kinds<'a> {
    v: &'a Visit,
    unit: &'a Unit,
    used: Vec<&'a Count>,
    empty: Vec<&'a Count>,
    may_write: bool,
    may_state: bool,
    /// Forms for what is entered most often.
    quick: Vec<Link>,
}

/// Kinds that are entered most often, in the order of a cell's year.
const QUICK: [&str; 9] = [
    "document", "task", "breakthrough", "practice", "contribution", "saving", "publicity", "commendation", "inspection",
];

impl Kinds<'_> {
    fn path(&self, below: &str) -> String {
        of_unit(&self.unit.code, below)
    }
}

async fn kinds(visit: Visit, Path(code): Path<String>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let sight = Sight::of(&visit, &mut tx, &code).await?;
    let may_write = visit.may(&mut tx, Action::WriteRecords, &code).await?;
    let may_state = visit.may(&mut tx, Action::State, &code).await?;
    // Thirty kinds are counted, and a day decides which units are there: once a day and a change.
    let app = App::of(&visit)?;
    let moment = App::moment(&mut tx).await?;
    let key = format!("kinds {}|{sight:?}|{}|{:?}", unit.id, visit.today(), visit.lang());
    let counts = match app.remembered::<Vec<Count>>(moment, &key) {
        Some(known) => known,
        None => {
            let counts = counts(&visit, &mut tx, &unit.id, sight).await?;
            app.remember(moment, key, counts)
        }
    };
    let mut quick = Vec::new();
    for kind in QUICK.iter().filter_map(|name| REGISTRY.kind(name)) {
        let may = visit.may(&mut tx, transfer::write_action(kind), &code).await?;
        if let Some(href) = entering::new_path(&unit, kind).filter(|_| may) {
            quick.push(Link { label: kind.title(visit.lang()).to_owned(), href });
        }
    }
    let (used, empty) = counts.iter().partition(|c| c.n > 0);
    let lead = visit.tr(&Message::new("browse-kinds-lead").with("unit", &unit.name));
    page(&visit, &unit, visit.text("browse-kinds-title")).lead(lead).show(&Kinds {
        v: &visit,
        unit: &unit,
        used,
        empty,
        may_write,
        may_state,
        quick,
    })
}

#[derive(Template)]
#[template(path = "browse/templates/list.html")]
struct ListPage<'a> {
    v: &'a Visit,
    f: shell::Fields<'a>,
    form: &'a FormState,
    kind: &'static Kind,
    unit: &'a Unit,
    list: List,
    page: usize,
    narrowed: bool,
    all_columns: bool,
    /// The record to which the list is narrowed, and whether its name may be shown.
    of: Option<String>,
    first: Vec<shell::Field<'a>>,
    more: Vec<shell::Field<'a>>,
    more_open: bool,
    /// The form for a new record, when the visitor may write one.
    new: Option<String>,
}

impl ListPage<'_> {
    fn path(&self) -> String {
        list_path(self.unit, self.kind)
    }

    fn record(&self, line: &Line) -> String {
        format!("{}/{}", self.path(), segment(&line.id))
    }

    /// This list on another page.
    fn at(&self, page: usize) -> String {
        let page = page.to_string();
        let asked = self.form.names().filter(|n| *n != "page").map(|n| (n, self.form.value(n)));
        let pairs: Vec<(&str, &str)> = asked.chain([("page", page.as_str())]).collect();
        with_query(&self.path(), &pairs)
    }

    /// Years and yes-or-no are no amounts.
    fn plain(&self, field: &Field) -> bool {
        matches!(field.ty, Ty::Year | Ty::Month | Ty::Flag)
    }

    /// This list with all its columns, or with the few that matter most.
    fn with_columns(&self, which: &str) -> String {
        let asked = self.form.names().filter(|n| *n != "columns").map(|n| (n, self.form.value(n)));
        let pairs: Vec<(&str, &str)> = asked.chain([("columns", which)]).collect();
        with_query(&self.path(), &pairs)
    }

    fn earlier(&self) -> String {
        self.at(self.page.saturating_sub(1))
    }

    fn later(&self) -> String {
        self.at(self.page + 1)
    }

    fn summary(&self) -> String {
        let key = if self.list.withdrawn > 0 { "browse-total-withdrawn" } else { "browse-total" };
        let counted = self.list.total - self.list.withdrawn;
        self.v.tr(&Message::new(key).with("n", counted).with("withdrawn", self.list.withdrawn))
    }

    fn where_we_are(&self) -> String {
        let message = Message::new("browse-page").with("page", self.page);
        self.v.tr(&message.with("pages", self.list.pages()))
    }

    fn cut(&self) -> String {
        self.v.tr(&Message::new("browse-cut").with("n", READ_FOR_WORDS))
    }

    fn sum(&self, at: &usize) -> String {
        self.list.sums.get(*at).copied().flatten().map(|n| self.v.number(n)).unwrap_or_default()
    }
}

async fn of_kind(
    visit: Visit,
    Path((code, name)): Path<(String, String)>,
    Form(mut form): Form,
) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let sight = Sight::of(&visit, &mut tx, &code).await?;
    let kind = kind_of(&name, sight)?;
    let mut asked = Asked::read(kind, &mut form);
    let mut found = list(&visit, &mut tx, kind, &unit.id, &asked, sight).await?;
    if asked.page > found.pages() {
        asked.page = found.pages();
        found = list(&visit, &mut tx, kind, &unit.id, &asked, sight).await?;
    }
    let of = match asked.of() {
        Some((field, id)) => Some(called(&visit, &mut tx, kind, field.name, &unit, id, sight).await?),
        None => None,
    };
    let may_write = visit.may(&mut tx, transfer::write_action(kind), &code).await?;
    drop(tx);
    if sight.names && subject(kind).is_some() && !found.lines.is_empty() {
        names::note(&visit, kind, &unit.id, found.lines.len()).await?;
    }

    let params: Vec<_> = filters(kind).map(|field| (field, param(field))).collect();
    let fields = visit.fields(&form);
    let mut first: Vec<_> = params
        .iter()
        .map(|(field, name)| {
            let select = fields.select(name, "browse-filters", options(&visit, field));
            select.labelled(field.heading(visit.lang()))
        })
        .collect();
    let more = first.split_off(first.len().min(FIRST_FILTERS));
    let more_open = params.iter().skip(FIRST_FILTERS).any(|(_, name)| !form.value(name).is_empty());
    let title = kind.title(visit.lang());
    let records = of_unit(&unit.code, "/records");
    let page = page(&visit, &unit, title).wide().crumb(visit.text("browse-kinds-title"), records);
    page.crumb(title, "").show(&ListPage {
        v: &visit,
        f: fields,
        form: &form,
        kind,
        unit: &unit,
        page: asked.page,
        narrowed: asked.narrows(),
        all_columns: asked.all_columns,
        list: found,
        of,
        first,
        more,
        more_open,
        new: entering::new_path(&unit, kind).filter(|_| may_write),
    })
}

/// Filters that stand beside words and days; the others are folded away.
const FIRST_FILTERS: usize = 2;

/// What the record is called to which a list is narrowed.
async fn called(
    visit: &Visit,
    tx: &mut Tx,
    kind: &'static Kind,
    field: &str,
    unit: &Unit,
    id: &str,
    sight: Sight,
) -> Result<String> {
    let other = kind.field(field).and_then(|f| super::scope::referred(f.ty)).ok_or(Error::NotFound)?;
    if !sight.shows(other) {
        return Err(Error::NotFound);
    }
    let record = record(visit, tx, other, &unit.id, id, sight).await?.ok_or(Error::NotFound)?;
    Ok(record.title)
}

/// The whole list as a workbook, as an import takes it back.
async fn sheet(visit: Visit, Path((code, name)): Path<(String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let sight = Sight::of(&visit, &mut tx, &code).await?;
    let kind = kind_of(&name, sight)?;
    let what = transfer::Selection {
        unit: Some(unit.id.clone()),
        kinds: vec![kind.name.to_owned()],
        ..transfer::Selection::default()
    };
    let mut sheets = transfer::export(&mut tx, visit.actor(), visit.today(), &what).await?;
    if kind.name == "evidence" && !sight.sensitive {
        for sheet in &mut sheets {
            let about = sheet.spec.position("about_kind");
            let open = |row: &Vec<exchange::Cell>| {
                about.and_then(|at| row.get(at)).and_then(|c| c.text()).is_none_or(crate::evidence::is_open)
            };
            sheet.rows.retain(open);
        }
    }
    drop(tx);
    if sight.names && subject(kind).is_some() {
        names::note(&visit, kind, &unit.id, sheets.iter().map(|s| s.rows.len()).sum()).await?;
    }
    // Thousands of rows take a while: other visitors are not kept waiting for it.
    let written =
        tokio::task::spawn_blocking(move || exchange::write(&sheets, &exchange::WriteOptions::export()))
            .await
            .map_err(|e| Error::Defect(e.to_string()))?;
    let bytes = written.map_err(|e| Error::Problem(e.message()))?;
    let media = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    Ok(shell::download(&format!("{}-{}.xlsx", kind.name, unit.code), media, bytes))
}

#[derive(Template)]
#[template(path = "browse/templates/record.html")]
struct RecordPage<'a> {
    v: &'a Visit,
    kind: &'static Kind,
    unit: &'a Unit,
    record: Record,
    acts: Vec<Link>,
    unnamed: bool,
    /// Whether the visitor may correct and withdraw it.
    writes: bool,
}

impl RecordPage<'_> {
    fn href(&self, kind: &Kind, id: &str) -> String {
        format!("{}/{}", list_path(self.unit, kind), segment(id))
    }

    fn link(&self, cell: &Cell) -> String {
        cell.link.as_ref().map(|(kind, id)| self.href(kind, id)).unwrap_or_default()
    }

    fn all(&self, kind: &Kind, field: &str) -> String {
        with_query(&list_path(self.unit, kind), &[("of", &format!("{field}:{}", self.record.id))])
    }

    /// Forms for records that are a part of this one: a plan's tasks, a practice's visits.
    fn parts(&self) -> Vec<Link> {
        if !self.writes || self.record.withdrawn.is_some() {
            return Vec::new();
        }
        let mut parts = Vec::new();
        for kind in REGISTRY.kinds() {
            let part = |key: &&&str| kind.field(key).is_some_and(|f| f.ty == Ty::Ref(self.kind.name));
            let Some(field) = kind.key.iter().find(part) else { continue };
            if let Some(path) = entering::new_path(self.unit, kind).filter(|_| kind.sensitive == self.kind.sensitive) {
                let label = kind.title(self.v.lang()).to_owned();
                parts.push(Link { label, href: with_query(&path, &[(field, &self.record.id)]) });
            }
        }
        parts
    }

    fn act(&self, act: &str) -> String {
        entering::act_path(self.unit, self.kind, &self.record.id, act)
    }

    fn file(&self, id: &str) -> String {
        of_unit(&self.unit.code, &format!("/evidence/{}/file", segment(id)))
    }

    fn source(&self) -> String {
        let message = match &self.record.source {
            Source::File { name, sheet, row, at, actor } => Message::new("browse-source-file")
                .with("file", name)
                .with("sheet", sheet)
                .with("row", i64::from(*row).to_string())
                .with("at", self.v.moment(*at))
                .with("actor", self.who(actor)),
            Source::Entered => Message::new("browse-source-entered"),
            Source::Implied => Message::new("browse-source-implied"),
            Source::Unknown => Message::new("browse-source-unknown"),
        };
        self.v.tr(&message)
    }

    /// Who it was; the one who runs the program at the machine has no sign-in name.
    fn who(&self, actor: &str) -> String {
        if actor == Actor::Operator.log_name() { self.v.text("browse-operator") } else { actor.to_owned() }
    }

    fn action(&self, action: &str) -> String {
        let key = match action {
            "insert" => "browse-did-insert",
            "update" => "browse-did-update",
            "import" => "browse-did-import",
            "withdraw" => "browse-did-withdraw",
            "restore" => "browse-did-restore",
            _ => return action.to_owned(),
        };
        self.v.text(key)
    }

    fn children_of(&self, total: i64) -> String {
        self.v.tr(&Message::new("browse-children-all").with("n", total))
    }
}

async fn one(visit: Visit, Path((code, name, id)): Path<(String, String, String)>) -> Result<Response> {
    let mut tx = visit.read().await?;
    let unit = unit_of(&visit, &mut tx, &code).await?;
    let sight = Sight::of(&visit, &mut tx, &code).await?;
    let kind = kind_of(&name, sight)?;
    let record = record(&visit, &mut tx, kind, &unit.id, &id, sight).await?.ok_or(Error::NotFound)?;
    let acts = acts(&visit, &mut tx, kind, &record).await?;
    let writes = match &record.owner {
        Some(owner) if entering::writable(kind) => {
            visit.may(&mut tx, transfer::write_action(kind), owner).await?
                && visit.may(&mut tx, transfer::write_action(kind), &code).await?
        }
        _ => false,
    };
    drop(tx);
    let own = visit.person().is_some_and(|person| record.subject == Some(person));
    if sight.names && record.subject.is_some() && !own {
        names::note(&visit, kind, &record.id, 1).await?;
    }
    let unnamed = record.cells.iter().any(|c| c.unnamed);
    let page = page(&visit, &unit, record.title.clone())
        .crumb(visit.text("browse-kinds-title"), of_unit(&unit.code, "/records"))
        .crumb(kind.title(visit.lang()), list_path(&unit, kind));
    page.show(&RecordPage { v: &visit, kind, unit: &unit, record, acts, unnamed, writes })
}

/// What the visitor can do with the record elsewhere.
async fn acts(visit: &Visit, tx: &mut Tx, kind: &Kind, record: &Record) -> Result<Vec<Link>> {
    let Some(owner) = record.owner.as_deref().filter(|_| record.withdrawn.is_none()) else {
        return Ok(Vec::new());
    };
    if !visit.may(tx, Action::WriteRecords, owner).await? {
        return Ok(Vec::new());
    }
    let mut acts = Vec::new();
    let mut act =
        |key, below: String| acts.push(Link { label: visit.text(key), href: of_unit(owner, &below) });
    let id = segment(&record.id);
    match kind.name {
        "activity" => act("browse-act-attendance", format!("/activity/{id}/attendance")),
        "commitment" => act("browse-act-review", format!("/commitment/{id}/review")),
        _ => {}
    }
    if crate::evidence::ABOUT.iter().any(|c| c.code == kind.name) && !record.code.is_empty() {
        let about = [("about_kind", kind.name), ("about_code", record.code.as_str())];
        act("browse-act-evidence", with_query("/evidence/new", &about));
    }
    Ok(acts)
}
