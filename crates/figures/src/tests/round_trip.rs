//! Whatever the language can say is printed and read back; whatever it cannot is refused, not a panic.

use super::MEASURES;
use crate::ast::{Arithmetic, CondExpr, Expr, LeafExpr, Lit, LitValue, Node, Word};
use crate::lex::RESERVED;
use crate::{Agg, At, DayRef, Edge, Op, Span, When, Whose, parse};
use domain::Day;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn word() -> impl Strategy<Value = Word> {
    // Words that the language knows but does not keep to itself.
    const SHARED: &[&str] =
        &["year", "years", "end", "last", "known", "unknown", "share", "without", "by", "count"];
    prop_oneof![
        4 => "[a-z][a-z0-9_]{0,6}",
        1 => prop::sample::select(SHARED).prop_map(str::to_owned),
    ]
    .prop_filter("a reserved word", |w| !RESERVED.contains(&w.as_str()))
    .prop_map(|text| Word { text, span: Span::default() })
}

fn day_ref() -> impl Strategy<Value = DayRef> {
    prop_oneof![
        (1900..2200i32, 1..=12u32, 1..=28u32)
            .prop_map(|(y, m, d)| DayRef::Fixed(Day::from_ymd_opt(y, m, d).expect("a day"))),
        Just(DayRef::Start),
        Just(DayRef::ReportDay),
        Just(DayRef::PeriodStart),
        Just(DayRef::PeriodEnd),
    ]
}

fn when() -> impl Strategy<Value = When> {
    let symbol = || day_ref().prop_filter("fixed", |d| !matches!(d, DayRef::Fixed(_))).prop_map(Edge::Day);
    prop_oneof![
        Just(When::Asked),
        (1900..=2200i32, 0..50i32)
            .prop_map(|(y, n)| When::Between(Edge::Year(y), Edge::Year((y + n).min(2200)))),
        (day_ref(), symbol()).prop_map(|(a, b)| When::Between(Edge::Day(a), b)),
        (symbol(), day_ref()).prop_map(|(a, b)| When::Between(a, Edge::Day(b))),
        (1..=100u32).prop_map(When::LastYears),
    ]
}

fn literal() -> impl Strategy<Value = Lit> {
    prop_oneof![
        "[^\r\n]{0,8}".prop_map(LitValue::Text),
        "[\"\\\\“”a]{0,5}".prop_map(LitValue::Text),
        (0..=i64::MAX).prop_map(LitValue::Int),
        any::<bool>().prop_map(LitValue::Flag),
        day_ref().prop_map(LitValue::Day),
    ]
    .prop_map(|value| Lit { value, span: Span::default() })
}

fn op() -> impl Strategy<Value = Op> {
    prop_oneof![Just(Op::Eq), Just(Op::Ne), Just(Op::Lt), Just(Op::Le), Just(Op::Gt), Just(Op::Ge)]
}

fn condition() -> impl Strategy<Value = CondExpr> {
    let leaf = prop_oneof![
        (word(), op(), literal()).prop_map(|(w, o, l)| CondExpr::Compare(w, o, l)),
        (word(), prop::collection::vec(literal(), 1..4)).prop_map(|(w, l)| CondExpr::In(w, l)),
        (word(), any::<bool>()).prop_map(|(w, k)| CondExpr::Known(w, k)),
        word().prop_map(CondExpr::Flag),
    ];
    leaf.prop_recursive(3, 12, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 2..4).prop_map(CondExpr::All),
            prop::collection::vec(inner.clone(), 2..4).prop_map(CondExpr::Any),
            inner.prop_map(|c| CondExpr::Not(Box::new(c))),
        ]
    })
}

fn agg() -> impl Strategy<Value = Agg> {
    prop_oneof![
        Just(Agg::Count),
        Just(Agg::Rows),
        Just(Agg::People),
        Just(Agg::Units),
        Just(Agg::Sum),
        Just(Agg::Max),
        Just(Agg::Min)
    ]
}

fn leaf() -> impl Strategy<Value = Node> {
    let here = Span::default();
    let at = prop_oneof![Just(None), Just(Some(At::During)), Just(Some(At::Start)), Just(Some(At::End))];
    let whose = prop_oneof![Just(None), Just(Some(Whose::Own)), Just(Some(Whose::Below))];
    let flags = (whose, any::<bool>(), any::<bool>());
    (agg(), word(), at, when(), flags, prop::option::of(condition())).prop_map(
        move |(agg, measure, at, when, (whose, per, every), condition)| {
            Node::Leaf(Box::new(LeafExpr {
                agg,
                measure,
                whose: whose.map(|whose| (whose, here)),
                at: at.map(|at| (at, here)),
                when: (when, here),
                per_year: per.then_some(here),
                every_year: every.then_some(here),
                condition,
            }))
        },
    )
}

fn expr() -> impl Strategy<Value = Expr> {
    let leaf = prop_oneof![
        leaf(),
        (0..=i64::MAX).prop_map(|n| Node::Number(n, 1)),
        (0..100_000i64, prop_oneof![Just(10), Just(100)]).prop_map(|(n, scale)| Node::Number(n, scale)),
        "[a-z][a-z0-9_]{0,4}(\\.[a-z][a-z0-9_]{0,4}){1,2}".prop_map(Node::Ref),
    ]
    .prop_map(at_no_place);
    leaf.prop_recursive(4, 24, 3, |inner| {
        let op = prop_oneof![
            Just(Arithmetic::Add),
            Just(Arithmetic::Subtract),
            Just(Arithmetic::Multiply),
            Just(Arithmetic::Divide)
        ];
        let two = (inner.clone(), inner.clone());
        prop_oneof![
            (op, two.clone()).prop_map(|(op, (a, b))| Node::Binary(op, a.into(), b.into())),
            two.clone().prop_map(|(a, b)| Node::Without(a.into(), b.into())),
            two.clone().prop_map(|(a, b)| Node::Within(a.into(), b.into())),
            (two, prop::option::of(inner.clone())).prop_map(|((part, whole), excluded)| Node::Share {
                part: part.into(),
                whole: whole.into(),
                excluded: excluded.map(Box::new)
            }),
            inner.prop_map(|e| Node::Previous(e.into())),
        ]
        .prop_map(at_no_place)
    })
}

fn at_no_place(node: Node) -> Expr {
    Expr { node, span: Span::default() }
}

/// The expression without its places.
fn bare(mut expr: Expr) -> Expr {
    expr.span = Span::default();
    let boxed = |e: Box<Expr>| Box::new(bare(*e));
    expr.node = match expr.node {
        Node::Leaf(mut l) => {
            l.measure.span = Span::default();
            l.whose = l.whose.map(|(whose, _)| (whose, Span::default()));
            l.at = l.at.map(|(at, _)| (at, Span::default()));
            l.when.1 = Span::default();
            l.per_year = l.per_year.map(|_| Span::default());
            l.every_year = l.every_year.map(|_| Span::default());
            l.condition = l.condition.map(bare_condition);
            Node::Leaf(l)
        }
        Node::Without(a, b) => Node::Without(boxed(a), boxed(b)),
        Node::Within(a, b) => Node::Within(boxed(a), boxed(b)),
        Node::Binary(op, a, b) => Node::Binary(op, boxed(a), boxed(b)),
        Node::Share { part, whole, excluded } => {
            Node::Share { part: boxed(part), whole: boxed(whole), excluded: excluded.map(boxed) }
        }
        Node::Previous(e) => Node::Previous(boxed(e)),
        node @ (Node::Number(..) | Node::Ref(_)) => node,
    };
    expr
}

fn bare_condition(c: CondExpr) -> CondExpr {
    let word = |w: Word| Word { span: Span::default(), ..w };
    let lit = |l: Lit| Lit { span: Span::default(), ..l };
    match c {
        CondExpr::All(parts) => CondExpr::All(parts.into_iter().map(bare_condition).collect()),
        CondExpr::Any(parts) => CondExpr::Any(parts.into_iter().map(bare_condition).collect()),
        CondExpr::Not(c) => CondExpr::Not(Box::new(bare_condition(*c))),
        CondExpr::Compare(w, o, l) => CondExpr::Compare(word(w), o, lit(l)),
        CondExpr::In(w, ls) => CondExpr::In(word(w), ls.into_iter().map(lit).collect()),
        CondExpr::Known(w, k) => CondExpr::Known(word(w), k),
        CondExpr::Flag(w) => CondExpr::Flag(word(w)),
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_back(e in expr()) {
        let text = e.to_string();
        prop_assume!(text.len() <= crate::MAX_TEXT);
        let read = parse(&text).map_err(|p| TestCaseError::fail(format!("{text}: {p}\n{}", p.caret(&text))))?;
        prop_assert_eq!(bare(read), e, "{}", text);
    }

    #[test]
    fn nothing_typed_makes_it_panic(text in any::<String>()) {
        look(&text);
    }

    #[test]
    fn nothing_that_looks_like_the_language_makes_it_panic(
        parts in prop::collection::vec(prop_oneof![
            prop::sample::select(RESERVED.to_vec()).prop_map(str::to_owned),
            prop::sample::select(vec!["count", "people", "sum", "member", "gift", "category", "exempt", "a.b",
                "(", ")", ",", "..", ".", "=", "<", "!=", "\"", "“", "\\", "+", "-", "*", "/", "\"worker\"",
                "2024", "2024-01-16", "1.5", "1.", "đ", "\u{301}", "\n", "9223372036854775807", "0"])
                .prop_map(str::to_owned),
        ], 0..40),
        gap in prop_oneof![Just(""), Just(" ")],
    ) {
        look(&parts.join(gap));
    }

    #[test]
    fn no_catalogue_makes_it_panic(text in "(\\[\\[indicator\\]\\]\n|id = |expr = |label|\\.|vi|'|\"|\n|=|\\{|\\}|x\\.y|count|[a-zđ0-9 ]){0,40}") {
        if let Err(problems) = crate::Catalogue::load(&[("f", &text)], MEASURES) {
            for p in problems {
                prop_assert!(p.span.from <= p.span.to && p.span.to <= text.len());
                p.caret(&text);
            }
        }
    }
}

/// Reads, checks, and shows where each problem is.
fn look(text: &str) {
    match parse(text) {
        Err(p) => {
            assert!(p.span.from <= p.span.to && p.span.to <= text.len());
            assert!(text.get(p.span.from..p.span.to).is_some(), "a place inside a letter: {p}");
            p.caret(text);
        }
        Ok(expr) => {
            if let Err(problems) = crate::check(&expr, MEASURES, &BTreeMap::new()) {
                assert!(!problems.is_empty(), "refused without a word: {text}");
                problems.iter().for_each(|p| drop(p.caret(text)));
            }
        }
    }
}
