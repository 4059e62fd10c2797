//! From [`Expr`] to [`Plan`]: names are looked up, types checked. Reports every problem it sees.

use crate::ast::{Arithmetic, CondExpr, Expr, LeafExpr, Lit, LitValue, Node, Word};
use crate::lex::RESERVED;
use crate::parse::is_name;
use crate::plan::{Agg, At, Column, Cond, Kind, Leaf, Literal, Op, Plan, Whose};
use crate::problem::{Problem, Span};
use crate::{DimType, Measure, Shape};
use domain::Message;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// Columns that every measure has; no dimension may take their name.
const COLUMNS: &[&str] = &["fact", "unit", "day", "from_day", "to_day", "person", "n", "amount"];

/// What names may mean: the measures, and the plans of other indicators by id; `None` for one
/// that is known but has problems of its own.
pub(crate) type Plans = BTreeMap<String, Option<Arc<Plan>>>;

/// The key of the problem "refers to an indicator that is itself wrong".
pub(crate) const REF_BROKEN: &str = "figures-ref-broken";

/// Checks an expression. `plans` are the other indicators it may refer to, by id;
/// [`crate::Catalogue::check`] does this with those of a catalogue.
pub fn check(
    expr: &Expr,
    measures: &[&'static Measure],
    plans: &BTreeMap<String, Option<Arc<Plan>>>,
) -> Result<Plan, Vec<Problem>> {
    let mut checker = Checker { measures, plans, problems: Vec::new(), in_share: false };
    match checker.expr(expr) {
        Some(plan) if checker.problems.is_empty() => Ok(plan),
        _ => Err(checker.problems),
    }
}

/// Says what is wrong with the measures themselves: two of one name, names that the language
/// cannot read, choices without a value. Nothing, for measures that are right.
pub fn check_measures(measures: &[&'static Measure]) -> Vec<Message> {
    let mut problems = Vec::new();
    let mut names = BTreeSet::new();
    let usable = |name: &str| is_name(name) && !RESERVED.contains(&name);
    for m in measures {
        if !usable(m.name) {
            problems.push(Message::new("figures-measure-name").with("measure", m.name));
        }
        if !names.insert(m.name) {
            problems.push(Message::new("figures-measure-twice").with("measure", m.name));
        }
        let mut dims = BTreeSet::new();
        for d in m.dims {
            let of = |key| Message::new(key).with("measure", m.name).with("dim", d.name);
            if !usable(d.name) || COLUMNS.contains(&d.name) {
                problems.push(of("figures-measure-dim-name"));
            }
            if !dims.insert(d.name) {
                problems.push(of("figures-measure-dim-twice"));
            }
            if matches!(d.ty, DimType::Choice([])) {
                problems.push(of("figures-measure-choice-empty"));
            }
        }
    }
    problems
}

struct Checker<'a> {
    measures: &'a [&'static Measure],
    plans: &'a Plans,
    problems: Vec<Problem>,
    in_share: bool,
}

impl Checker<'_> {
    fn say(&mut self, span: Span, message: Message) {
        self.problems.push(Problem::new(span, message));
    }

    /// `None` when there is a problem; it is already noted. Goes on to find the others.
    fn expr(&mut self, expr: &Expr) -> Option<Plan> {
        match &expr.node {
            Node::Leaf(leaf) => Some(Plan::Leaf(self.leaf(leaf)?)),
            Node::Number(n, scale) => Some(Plan::Number { numerator: *n, denominator: *scale }),
            Node::Ref(id) => self.reference(id, expr.span),
            Node::Without(population, reached) => {
                let (population, reached) = self.population(population, reached, expr.span)?;
                Some(Plan::Without { population, reached })
            }
            // Who was reached are those who were not missed; so the runner needs to know one thing only.
            Node::Within(population, reached) => {
                let (population, reached) = self.population(population, reached, expr.span)?;
                let all = Box::new(Plan::Leaf(population.clone()));
                Some(Plan::Difference(all, Box::new(Plan::Without { population, reached })))
            }
            Node::Previous(inner) => {
                let plan = self.expr(inner)?;
                if !moves(&plan) {
                    self.say(expr.span, Message::new("figures-previous-fixed"));
                    return None;
                }
                Some(Plan::Previous(Box::new(plan)))
            }
            Node::Binary(op, a, b) => {
                let (a, b) = (self.expr(a), self.expr(b));
                self.binary(*op, a?, b?, expr.span)
            }
            Node::Share { .. } if self.in_share => {
                // A share of a share hides its denominator; and each copies its whole.
                self.say(expr.span, Message::new("figures-share-nested"));
                None
            }
            Node::Share { part, whole, excluded } => {
                self.in_share = true;
                let (p, w) = (self.expr(part), self.expr(whole));
                let e = excluded.as_ref().map(|e| self.expr(e));
                self.in_share = false;
                let (p, w) = (p?, w?);
                let e = match e {
                    None => None,
                    Some(e) => Some(e?),
                };
                self.share(p, w, e, [part.span, whole.span, excluded.as_ref().map_or(expr.span, |e| e.span)])
            }
        }
    }

    fn reference(&mut self, id: &str, span: Span) -> Option<Plan> {
        match self.plans.get(id) {
            Some(Some(plan)) => {
                Some(Plan::Ref { id: id.to_owned(), kind: plan.kind(), plan: Arc::clone(plan) })
            }
            Some(None) => {
                self.say(span, Message::new(REF_BROKEN).with("id", id));
                None
            }
            None => {
                let problem = Problem::new(span, Message::new("figures-unknown-indicator").with("id", id));
                self.problems.push(problem.nearest(id, self.plans.keys().map(String::as_str)));
                None
            }
        }
    }

    /// The two leaves of `without` and `within`.
    fn population(&mut self, population: &Expr, reached: &Expr, span: Span) -> Option<(Leaf, Leaf)> {
        let (population, reached) = (self.reachable(population), self.reachable(reached));
        let (population, reached) = (population?, reached?);
        if reached.whose != Whose::All {
            // Who was reached is asked of everybody: a member may have studied elsewhere.
            self.say(span, Message::new("figures-reached-whose"));
            return None;
        }
        if population.agg != reached.agg || population.per_year != reached.per_year {
            self.say(span, Message::new("figures-without-mixed"));
            return None;
        }
        Some((population, reached))
    }

    /// A leaf of `without`: it must say who, not how many.
    fn reachable(&mut self, expr: &Expr) -> Option<Leaf> {
        match self.expr(expr)? {
            Plan::Leaf(leaf) if matches!(leaf.agg, Agg::People | Agg::Units) => Some(leaf),
            _ => {
                self.say(expr.span, Message::new("figures-without-whom"));
                None
            }
        }
    }

    fn binary(&mut self, op: Arithmetic, a: Plan, b: Plan, span: Span) -> Option<Plan> {
        let (ka, kb) = (a.kind(), b.kind());
        let (a, b) = (Box::new(a), Box::new(b));
        let fits = match op {
            // A bare number may be added to anything but money and shares: 5 what?
            Arithmetic::Add | Arithmetic::Subtract => {
                ka == kb
                    || matches!(
                        (ka, kb),
                        (Kind::Number, Kind::Things | Kind::Years)
                            | (Kind::Things | Kind::Years, Kind::Number)
                    )
            }
            Arithmetic::Multiply => {
                matches!(ka, Kind::Number | Kind::Percent) || matches!(kb, Kind::Number | Kind::Percent)
            }
            // A share of a share has no denominator to name.
            Arithmetic::Divide => {
                kb == Kind::Number || (ka != Kind::Percent && kb != Kind::Percent && !per_money(ka, kb))
            }
        };
        if !fits {
            let message = Message::new(match op {
                Arithmetic::Add | Arithmetic::Subtract => "figures-mixed-sum",
                Arithmetic::Multiply => "figures-mixed-product",
                Arithmetic::Divide => "figures-mixed-quotient",
            });
            self.say(span, message.with("left", kind_word(ka)).with("right", kind_word(kb)));
            return None;
        }
        Some(match op {
            Arithmetic::Add => Plan::Sum(a, b),
            Arithmetic::Subtract => Plan::Difference(a, b),
            Arithmetic::Multiply => Plan::Product(a, b),
            Arithmetic::Divide => Plan::Quotient(a, b),
        })
    }

    fn share(&mut self, part: Plan, whole: Plan, excluded: Option<Plan>, spans: [Span; 3]) -> Option<Plan> {
        let [_, whole_span, excluded_span] = spans;
        let (kp, kw) = (part.kind(), whole.kind());
        let percent = kp == Kind::Percent || kw == Kind::Percent;
        if percent || (kp == Kind::Amount) != (kw == Kind::Amount) {
            let message = Message::new("figures-share-mixed");
            let message = message.with("part", kind_word(kp)).with("whole", kind_word(kw));
            self.say(spans[0].to(whole_span), message);
            return None;
        }
        let denominator = match (&whole, &excluded) {
            (_, None) => whole.clone(),
            // Who is left out may not have been in the whole at all: taken out one by one.
            (Plan::Leaf(w), Some(Plan::Leaf(e)))
                if w.agg == e.agg
                    && w.per_year == e.per_year
                    && matches!(w.agg, Agg::People | Agg::Units) =>
            {
                Plan::Without { population: w.clone(), reached: e.clone() }
            }
            (_, Some(e)) if e.kind() == kw => Plan::Difference(Box::new(whole.clone()), Box::new(e.clone())),
            (_, Some(e)) => {
                let message = Message::new("figures-excluded-mixed");
                let message = message.with("excluded", kind_word(e.kind())).with("whole", kind_word(kw));
                self.say(excluded_span, message);
                return None;
            }
        };
        Some(Plan::Share {
            part: Box::new(part),
            whole: Box::new(whole),
            excluded: excluded.map(Box::new),
            denominator: Box::new(denominator),
        })
    }

    fn leaf(&mut self, leaf: &LeafExpr) -> Option<Leaf> {
        let Some(measure) = self.measures.iter().copied().find(|m| m.name == leaf.measure.text) else {
            let name = leaf.measure.text.as_str();
            let problem =
                Problem::new(leaf.measure.span, Message::new("figures-unknown-measure").with("name", name));
            self.problems.push(problem.nearest(name, self.measures.iter().map(|m| m.name)));
            return None;
        };
        let before = self.problems.len();
        let of = |key| Message::new(key).with("measure", measure.name);
        match leaf.agg {
            Agg::Sum | Agg::Max | Agg::Min if !measure.amounts => {
                self.say(leaf.measure.span, of("figures-no-amount").with("function", leaf.agg.word()));
            }
            Agg::People if !measure.persons => {
                self.say(leaf.measure.span, of("figures-no-persons"));
            }
            _ => {}
        }
        if let Some((_, span)) = leaf.at
            && measure.shape == Shape::Events
        {
            self.say(span, of("figures-at-events"));
        }
        let at = leaf.at.map_or(At::During, |(at, _)| at);
        if let Some(span) = leaf.per_year {
            // Times and amounts of several years simply add up; only who and what is there can repeat.
            let repeats = match leaf.agg {
                Agg::People | Agg::Units => true,
                Agg::Count | Agg::Rows => at != At::During,
                _ => false,
            };
            if !repeats {
                self.say(span, Message::new("figures-per-year").with("function", leaf.agg.word()));
            }
        }
        if let Some(span) = leaf.every_year {
            if !matches!(leaf.agg, Agg::People | Agg::Units) {
                self.say(span, Message::new("figures-every-year").with("function", leaf.agg.word()));
            }
            if leaf.per_year.is_some() {
                self.say(span, Message::new("figures-per-and-every"));
            }
        }
        let condition = match &leaf.condition {
            None => Cond::Always,
            Some(c) => self.condition(measure, c),
        };
        (self.problems.len() == before).then_some(Leaf {
            agg: leaf.agg,
            measure,
            condition,
            whose: leaf.whose.map_or(Whose::All, |(whose, _)| whose),
            when: leaf.when.0,
            at,
            per_year: leaf.per_year.is_some(),
            every_year: leaf.every_year.is_some(),
        })
    }

    /// The typed condition; where there is a problem it is noted and `Always` stands in.
    fn condition(&mut self, measure: &'static Measure, cond: &CondExpr) -> Cond {
        match cond {
            CondExpr::All(parts) => Cond::All(parts.iter().map(|c| self.condition(measure, c)).collect()),
            CondExpr::Any(parts) => Cond::Any(parts.iter().map(|c| self.condition(measure, c)).collect()),
            CondExpr::Not(c) => Cond::Not(Box::new(self.condition(measure, c))),
            CondExpr::Known(word, known) => match self.column(measure, word) {
                Some(column) => Cond::Known(column, *known),
                None => Cond::Always,
            },
            CondExpr::Flag(word) => match self.column(measure, word) {
                Some(column @ Column::Dim(d)) if d.ty == DimType::Flag => {
                    Cond::Compare(column, Op::Eq, Literal::Flag(true))
                }
                Some(_) => {
                    let message = Message::new("figures-no-flag").with("dim", &word.text);
                    self.say(word.span, message);
                    Cond::Always
                }
                None => Cond::Always,
            },
            CondExpr::Compare(word, op, lit) => {
                let Some(column) = self.column(measure, word) else { return Cond::Always };
                let ordered =
                    matches!(column, Column::Day | Column::FromDay | Column::ToDay | Column::Amount)
                        || matches!(column, Column::Dim(d) if matches!(d.ty, DimType::Int | DimType::Day));
                if !ordered && !matches!(op, Op::Eq | Op::Ne) {
                    let message = Message::new("figures-no-order").with("dim", &word.text);
                    self.say(word.span.to(lit.span), message.with("sign", op.sign()));
                    return Cond::Always;
                }
                match self.literal(column, lit) {
                    Some(value) => Cond::Compare(column, *op, value),
                    None => Cond::Always,
                }
            }
            CondExpr::In(word, lits) => {
                let Some(column) = self.column(measure, word) else { return Cond::Always };
                Cond::In(column, lits.iter().filter_map(|lit| self.literal(column, lit)).collect())
            }
        }
    }

    fn column(&mut self, measure: &'static Measure, word: &Word) -> Option<Column> {
        if let Some(dim) = measure.dim(&word.text) {
            return Some(Column::Dim(dim));
        }
        let mut known: Vec<Column> = match measure.shape {
            Shape::Events => vec![Column::Day],
            Shape::Spells => vec![Column::FromDay, Column::ToDay],
        };
        known.extend(measure.amounts.then_some(Column::Amount));
        known.extend(measure.persons.then_some(Column::Person));
        if let Some(column) = known.iter().find(|c| c.name() == word.text) {
            return Some(*column);
        }
        let names = || known.iter().map(Column::name).chain(measure.dims.iter().map(|d| d.name));
        let message =
            Message::new("figures-unknown-dim").with("dim", &word.text).with("measure", measure.name);
        let mut problem = Problem::new(word.span, message).nearest(&word.text, names());
        if problem.hint.is_none() {
            let list = names().collect::<Vec<_>>().join(", ");
            problem = problem.hint(Message::new("figures-one-of").with("list", list));
        }
        self.problems.push(problem);
        None
    }

    fn literal(&mut self, column: Column, lit: &Lit) -> Option<Literal> {
        let expected = match (column, &lit.value) {
            (Column::Dim(d), LitValue::Text(text)) => match d.ty {
                DimType::Word | DimType::Unit => return Some(Literal::Text(text.clone())),
                DimType::Choice(choices) if choices.contains(&text.as_str()) => {
                    return Some(Literal::Text(text.clone()));
                }
                DimType::Choice(choices) => {
                    let message = Message::new("figures-unknown-choice");
                    let message = message.with("value", text).with("dim", d.name);
                    let mut problem = Problem::new(lit.span, message).nearest(text, choices.iter().copied());
                    if problem.hint.is_none() {
                        problem =
                            problem.hint(Message::new("figures-one-of").with("list", choices.join(", ")));
                    }
                    self.problems.push(problem);
                    return None;
                }
                DimType::Int => "figures-type-int",
                DimType::Flag => "figures-type-flag",
                DimType::Day => "figures-type-day",
            },
            (Column::Dim(d), value) => match (d.ty, value) {
                (DimType::Int, LitValue::Int(n)) => return Some(Literal::Int(*n)),
                (DimType::Flag, LitValue::Flag(flag)) => return Some(Literal::Flag(*flag)),
                (DimType::Day, LitValue::Day(day)) => return Some(Literal::Day(*day)),
                (DimType::Int, _) => "figures-type-int",
                (DimType::Flag, _) => "figures-type-flag",
                (DimType::Day, _) => "figures-type-day",
                (DimType::Word | DimType::Choice(_) | DimType::Unit, _) => "figures-type-text",
            },
            (Column::Amount, LitValue::Int(n)) => return Some(Literal::Int(*n)),
            (Column::Amount, _) => "figures-type-int",
            (Column::Person, _) => "figures-type-person",
            (Column::Day | Column::FromDay | Column::ToDay, LitValue::Day(day)) => {
                return Some(Literal::Day(*day));
            }
            (Column::Day | Column::FromDay | Column::ToDay, _) => "figures-type-day",
        };
        self.say(lit.span, Message::new(expected).with("dim", column.name()));
        None
    }
}

/// Things per đồng: nobody asks, and it would be a slip.
fn per_money(a: Kind, b: Kind) -> bool {
    b == Kind::Amount && a != Kind::Amount
}

/// Whether anything in it moves with the period asked for.
fn moves(plan: &Plan) -> bool {
    plan.leaves().iter().any(|leaf| leaf.when.moves())
}

/// The code of a kind, which the message files turn into words.
fn kind_word(kind: Kind) -> &'static str {
    match kind {
        Kind::Things => "things",
        Kind::Years => "years",
        Kind::Amount => "amount",
        Kind::Percent => "percent",
        Kind::Number => "number",
    }
}
