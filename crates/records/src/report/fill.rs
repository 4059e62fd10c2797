//! Answering the holes of a template: figures, lists, narrative, and the words of the frame.

use super::frame::{self, Frame};
use super::{lists, narrative, print};
use crate::figure::pages::encoded;
use crate::figure::{self, Book, Figure, Known, Runner, TreeRule};
use crate::unit::Unit;
use document::model;
use document::template::{Answer, Answers, FigureHole, Hole, Item, Template, Value, tokens};
use domain::{Day, Message, Period};
use figures::{Context, GroupBy, Indicator, Plan};
use std::collections::hash_map::Entry;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;
use store::{Result, Tx};

/// What a report is about.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The unit that reports.
    pub unit: Unit,
    /// The period it speaks of.
    pub period: Period,
    /// Its day: chooses layout, tree and definitions.
    pub day: Day,
    /// Its number, when it has one.
    pub number: Option<u32>,
    /// Whether persons of the reporting unit may be named to whoever asks.
    pub names: bool,
    /// The name of the site's address before paths, empty for paths alone.
    pub base_url: String,
}

/// A filled report before it is printed: the answers and the figures behind them.
pub struct Answered {
    /// Answers to every hole that could be answered.
    pub answers: Answers,
    /// Every figure asked for, by its key in the document.
    pub figures: BTreeMap<String, Figure>,
    /// What went wrong while answering.
    pub problems: Vec<Message>,
}

/// Answers the holes of a template inside one transaction.
pub async fn answer(tx: &mut Tx, book: &Book, template: &Template, asked: &Asked) -> Result<Answered> {
    let start = crate::programme::start(tx, asked.day).await?;
    let frame = Frame::load(tx, template, asked).await?;
    let mut out =
        Answered { answers: Answers::new(frame.document.clone()), figures: BTreeMap::new(), problems: Vec::new() };
    let ctx = Context { period: asked.period, start, report_day: asked.day };
    let mut filler = Filler { tx, book, asked, ctx, out: &mut out, known: Known::default(), worked: HashMap::new() };
    let texts = narrative::of(filler.tx, asked, template.id()).await?;
    let holes = template.holes();
    filler.work_ahead(&holes, &texts).await?;
    for hole in holes {
        let found = match &hole {
            Hole::Figure(figure) => filler.figure(figure).await?.map(Answer::Figure),
            Hole::Split { figure, by } => filler.split(figure, by).await?.map(Answer::List),
            Hole::List(list) => {
                let Some(period) = list.period.resolve(asked.period, start) else { continue };
                let items = lists::answer(&mut filler, &list.name, period, &list.selection).await?;
                if items.is_none() {
                    let message = Message::new("report-unknown-list").with("name", &list.name);
                    filler.out.problems.push(message);
                }
                items.map(Answer::List)
            }
            Hole::Text(slot) => {
                match texts.get(slot) {
                    Some(text) => Some(Answer::Text(filler.narrative(text).await?)),
                    None => None,
                }
            }
            Hole::Field(name) => frame.field(name).map(|words| Answer::Field(words.to_owned())),
        };
        if let Some(found) = found {
            filler.out.answers.insert(hole, found);
        }
    }
    Ok(out)
}

/// What answers holes: the transaction, the catalogue, and where figures are kept.
pub(super) struct Filler<'a> {
    pub tx: &'a mut Tx,
    pub book: &'a Book,
    pub asked: &'a Asked,
    pub ctx: Context,
    pub out: &'a mut Answered,
    /// What runners found out about the reporting unit.
    pub known: Known,
    /// Figures worked out before, by their question.
    worked: HashMap<Question, Figure>,
}

/// An indicator's id and its expression (a selection narrows it), and the days.
type Question = (String, String, Period);

fn question(indicator: &Indicator, period: Period) -> Question {
    (indicator.id.clone(), indicator.expr.clone(), period)
}

impl Filler<'_> {
    /// Works out the figures of all holes: what several rest on (return states, the units asked,
    /// the same leaf) is read once, a measure's facts are gone through once. What goes wrong here
    /// is said when the hole itself is answered.
    async fn work_ahead(&mut self, holes: &[Hole], texts: &narrative::Texts) -> Result<()> {
        let said = self.out.problems.len();
        let mut wanted: Vec<(Period, Vec<Arc<Indicator>>)> = Vec::new();
        let written = texts.values().flat_map(|text| tokens(text)).filter_map(|token| token.hole.ok());
        let written: Vec<Hole> = written.map(Hole::Figure).collect();
        for hole in holes.iter().chain(&written) {
            let (figure, by_year) = match hole {
                Hole::Figure(figure) => (figure, false),
                Hole::Split { figure, by } if GroupBy::from_word(by) == GroupBy::Year => (figure, true),
                _ => continue,
            };
            let Some(period) = figure.period.resolve(self.asked.period, self.ctx.start) else { continue };
            let Some(indicator) = self.indicator(&figure.indicator, &figure.selection) else { continue };
            if by_year && indicator.plan.may_group(&GroupBy::Year).is_err() {
                continue;
            }
            let periods = if by_year { period.by_year() } else { vec![period] };
            for period in periods {
                match wanted.iter_mut().find(|(p, _)| *p == period) {
                    Some((_, indicators)) => indicators.push(Arc::clone(&indicator)),
                    None => wanted.push((period, vec![Arc::clone(&indicator)])),
                }
            }
        }
        self.out.problems.truncate(said);
        let mut worked = std::mem::take(&mut self.worked);
        let mut runner = self.runner().await?;
        runner.count_ahead(&wanted).await?;
        for (period, indicators) in wanted {
            runner.for_period(period);
            for indicator in indicators {
                if let Entry::Vacant(place) = worked.entry(question(&indicator, period)) {
                    place.insert(runner.figure(&indicator).await?);
                }
            }
        }
        self.known = runner.into_known();
        self.worked = worked;
        Ok(())
    }

    /// A runner for the reporting unit that knows what was found out before. Whoever asks it
    /// puts what it knows by now back into `known`.
    pub async fn runner(&mut self) -> Result<Runner<'_>> {
        let known = std::mem::take(&mut self.known);
        let unit = self.asked.unit.clone();
        Runner::knowing(self.tx, self.book, unit, self.ctx, TreeRule::FactDay, known).await
    }

    /// The figure of a hole, as the document keeps it.
    pub async fn figure(&mut self, hole: &FigureHole) -> Result<Option<model::Figure>> {
        let Some(period) = hole.period.resolve(self.asked.period, self.ctx.start) else { return Ok(None) };
        let Some(indicator) = self.indicator(&hole.indicator, &hole.selection) else { return Ok(None) };
        let figure = self.run(&indicator, period).await?;
        Ok(Some(self.keep(figure, &hole.selection, hole.format)))
    }

    /// What a person wrote, with the figures that they picked.
    async fn narrative(&mut self, text: &str) -> Result<Vec<model::Block>> {
        let mut figures: HashMap<FigureHole, model::Figure> = HashMap::new();
        for hole in tokens(text).into_iter().filter_map(|token| token.hole.ok()) {
            if !figures.contains_key(&hole)
                && let Some(figure) = self.figure(&hole).await?
            {
                figures.insert(hole, figure);
            }
        }
        Ok(document::template::narrative(text, &|hole| figures.get(hole).cloned()))
    }

    /// A figure by an indicator's id, for lists that show numbers.
    pub async fn number(&mut self, id: &str, selection: &str, period: Period) -> Result<Option<model::Figure>> {
        let Some(indicator) = self.indicator(id, selection) else { return Ok(None) };
        let figure = self.run(&indicator, period).await?;
        Ok(Some(self.keep(figure, selection, document::template::Format::default())))
    }

    async fn split(&mut self, hole: &FigureHole, by: &str) -> Result<Option<Vec<Item>>> {
        let Some(period) = hole.period.resolve(self.asked.period, self.ctx.start) else { return Ok(None) };
        let Some(indicator) = self.indicator(&hole.indicator, &hole.selection) else { return Ok(None) };
        let group = GroupBy::from_word(by);
        if let Err(why) = indicator.plan.may_group(&group) {
            self.out.problems.push(why);
            return Ok(None);
        }
        let mut items = Vec::new();
        match group {
            GroupBy::Year => {
                for year in period.by_year() {
                    let figure = self.run(&indicator, year).await?;
                    let key = frame::year_words(&year);
                    items.push(item(key, self.keep(figure, &hole.selection, hole.format)));
                }
                // "năm 2021: 00" says nothing where other years have something.
                let nought = |i: &Item| matches!(i.get("value"), Some(Value::Figure(f)) if f.value == "0");
                if !items.iter().all(nought) {
                    items.retain(|i| !nought(i));
                }
            }
            GroupBy::Unit => {
                let mut runner = self.runner().await?;
                runner.for_period(period);
                let figures = runner.by_unit(&indicator).await?;
                self.known = runner.into_known();
                for figure in figures {
                    let name = figure.unit.name.clone();
                    items.push(item(name, self.keep(figure, &hole.selection, hole.format)));
                }
            }
            GroupBy::Dim(name) => {
                let Plan::Leaf(leaf) = &*indicator.plan else { return Ok(None) };
                let Some(dim) = leaf.measure.dim(&name) else { return Ok(None) };
                let mut runner = self.runner().await?;
                runner.for_period(period);
                let groups = runner.by_dim(leaf, dim.name).await?;
                self.known = runner.into_known();
                for (key, _) in groups {
                    let Some(key) = key else { continue };
                    let selection = format!("{name} = \"{key}\"");
                    let Some(part) = self.indicator(&hole.indicator, &selection) else { continue };
                    let figure = self.run(&part, period).await?;
                    items.push(item(key, self.keep(figure, &selection, hole.format)));
                }
            }
        }
        Ok(Some(items))
    }

    /// The indicator, narrowed by a selection where the hole has one.
    fn indicator(&mut self, id: &str, selection: &str) -> Option<Arc<Indicator>> {
        match figure::selected(self.book, id, selection, self.asked.day) {
            Ok(indicator) => Some(indicator),
            Err(message) => {
                self.out.problems.push(message);
                None
            }
        }
    }

    async fn run(&mut self, indicator: &Arc<Indicator>, period: Period) -> Result<Figure> {
        if let Some(known) = self.worked.get(&question(indicator, period)) {
            return Ok(known.clone());
        }
        let mut runner = self.runner().await?;
        runner.for_period(period);
        let figure = runner.figure(indicator).await?;
        self.known = runner.into_known();
        self.worked.insert(question(indicator, period), figure.clone());
        Ok(figure)
    }

    fn keep(&mut self, figure: Figure, selection: &str, format: document::template::Format) -> model::Figure {
        let kept = as_node(&figure, selection, format, &self.asked.base_url, self.asked.day);
        self.out.figures.insert(kept.key(), figure);
        kept
    }
}

/// A figure as a node of a document.
pub fn as_node(
    figure: &Figure,
    selection: &str,
    format: document::template::Format,
    base_url: &str,
    day: Day,
) -> model::Figure {
    let shown = print::say(&figure.indicator, &figure.value, format).unwrap_or_else(|| print::UNKNOWN.to_owned());
    let coverage = &figure.coverage;
    let remark = if coverage.is_whole() {
        String::new()
    } else {
        format!("{}/{} đơn vị nộp đủ số liệu", coverage.complete.len(), coverage.total())
    };
    model::Figure {
        indicator: figure.indicator.id.clone(),
        period: figure.period.to_string(),
        unit: figure.unit.code.clone(),
        selection: selection.to_owned(),
        value: figure.exact(),
        shown,
        link: format!(
            "{base_url}/unit/{}/figure/{}?period={}&date={}{}",
            encoded(&figure.unit.code),
            encoded(&figure.indicator.id),
            encoded(&figure.period.to_string()),
            day.format("%Y-%m-%d"),
            if selection.is_empty() { String::new() } else { format!("&where={}", encoded(selection)) },
        ),
        remark,
        format: format.to_string(),
    }
}

fn item(key: String, value: model::Figure) -> Item {
    Item::from([("key".to_owned(), Value::Text(key)), ("value".to_owned(), Value::Figure(value))])
}
