use super::*;

const HEAD: &str = "id: block-review\nkind: BÁO CÁO\nextract: sơ kết {{years}}\n\n";

fn parsed(body: &str) -> Template {
    match Template::parse("t", &format!("{HEAD}{body}")) {
        Ok(template) => template,
        Err(problems) => panic!("{}", problems.iter().map(|p| format!("{p}\n")).collect::<String>()),
    }
}

/// The problems of a body, as "line:column key", lines counted from the body's first.
fn problems(body: &str) -> Vec<String> {
    let found = Template::parse("t", &format!("{HEAD}{body}")).err().unwrap_or_default();
    found.iter().map(|p| format!("{}:{} {}", p.line - 4, p.column, p.message.key)).collect()
}

fn figure(indicator: &str, value: &str, shown: &str) -> Figure {
    Figure {
        indicator: indicator.to_owned(),
        period: "2021-2023".to_owned(),
        unit: "K".to_owned(),
        value: value.to_owned(),
        shown: shown.to_owned(),
        ..Figure::default()
    }
}

/// Answers every hole of the template that a pair names by its printed question.
fn answers(template: &Template, given: &[(&str, Answer)]) -> Answers {
    let mut answers = Answers::default();
    for hole in template.holes() {
        if let Some((_, answer)) = given.iter().find(|(name, _)| *name == hole.to_string()) {
            answers.insert(hole, answer.clone());
        }
    }
    answers
}

fn number(value: i64) -> Answer {
    Answer::Figure(figure("x", &value.to_string(), &domain::number::grouped(value)))
}

fn item(fields: &[(&str, &str)]) -> Item {
    fields.iter().map(|(k, v)| ((*k).to_owned(), Value::from(*v))).collect()
}

/// The blocks as text: a sign for the kind, notes in `^[]`, bold in `*`, rows in `|`.
fn shown(blocks: &[Block]) -> String {
    let line = |line: &[Inline]| line.iter().map(piece).collect::<String>();
    fn piece(piece: &Inline) -> String {
        match piece {
            Inline::Text(t) => t.clone(),
            Inline::Bold(t) => format!("*{t}*"),
            Inline::Italic(t) => format!("_{t}_"),
            Inline::Figure(f) => format!("<{}>", f.shown),
            Inline::Note(inner) => format!("^[{}]", inner.iter().map(self::piece_of).collect::<String>()),
            Inline::Blank => "……".to_owned(),
        }
    }
    let block = |block: &Block| match block {
        Block::Heading(level, text) => format!("h{level} {}", line(text)),
        Block::Paragraph(text) => format!("p {}", line(text)),
        Block::Item(text) => format!("- {}", line(text)),
        Block::Lines(n) => format!("...{n}"),
        Block::Table(table) => {
            let heads = table
                .columns
                .iter()
                .map(|c| format!("{}:{}{}", c.head, c.width, if c.numeric { ">" } else { "" }));
            let mut rows = vec![heads.collect::<Vec<_>>().join("|")];
            rows.extend(table.rows.iter().map(|r| r.iter().map(|c| line(c)).collect::<Vec<_>>().join("|")));
            format!("t {} {}", line(&table.caption), rows.join(" / "))
        }
    };
    blocks.iter().map(block).collect::<Vec<_>>().join("\n")
}

fn piece_of(piece: &Inline) -> String {
    shown(&[Block::Item(vec![piece.clone()])])[2..].to_owned()
}

fn filled(body: &str, given: &[(&str, Answer)]) -> String {
    let template = parsed(body);
    let filled = fill(&template, &answers(&template, given), FillMode::Report);
    shown(&filled.document.blocks)
}

#[test]
fn a_template_reads_as_it_looks() {
    let body = "# I. CÔNG TÁC LÃNH ĐẠO\n// lời nhắc cho người soạn\nĐã mở {{study.sessions padded}} lớp^[Riêng năm 2022: \
                {{study.sessions 2022}} lớp [cả trực tuyến].], *đạt yêu cầu*.\n- Một việc _đã xong_\n...2\n\
                |= Biểu 1\n| Chỉ tiêu | Năm 2022 |\n|- 6 | 2> |\n| Số lớp | {{study.sessions 2022}} |";
    let given =
        [("study.sessions padded", number(6)), ("study.sessions 2022", number(2)), ("years", number(1))];
    let shown = filled(body, &given);
    assert_eq!(
        shown,
        "h1 I. CÔNG TÁC LÃNH ĐẠO\np Đã mở <6> lớp^[Riêng năm 2022: <2> lớp [cả trực tuyến].], *đạt yêu cầu*.\n\
         - Một việc _đã xong_\n...2\nt Biểu 1 Chỉ tiêu:6|Năm 2022:2> / Số lớp|<2>"
    );
}

#[test]
fn every_question_is_told_once_with_period_selection_and_format() {
    let body = "{{study.attended 2022 over}} {{study.attended 2022 over}} {{awards.units start..report padded where \
                level = “tỉnh”  and kind=\"giấy khen\"}}\n{{awards.units by year \"năm {key}: {value}\"; \" và \"}}\n\
                {{text strengths \"nêu ưu điểm\" 5}}\n{{list register.plans year-1 \"số {symbol}\" ; where kind = \"KH\"}}\n\
                {{unit.name}} {{field ward.name}}\n{{if not known people.all last year}}x{{end}}";
    let holes: Vec<String> = parsed(body).holes().iter().map(Hole::to_string).collect();
    assert_eq!(
        holes,
        [
            "awards.units start..report padded where level = \"tỉnh\" and kind=\"giấy khen\"",
            "people.all year",
            "study.attended 2022 over",
            "awards.units by year",
            "list register.plans year-1 where kind = \"KH\"",
            "text strengths",
            "unit.name",
            "ward.name",
            "years",
        ]
    );
}

#[test]
fn list_fields_are_told_to_whoever_answers() {
    let template = parsed("{{list a \"{x}^2 {y}\"}}\n{{each a}}- {z}{{if item.w}} ({w}){{end}}{{end}}");
    let hole = template.holes().into_iter().find(|h| matches!(h, Hole::List(_))).expect("a list");
    let fields: Vec<String> = template.item_fields(&hole).into_iter().collect();
    assert_eq!(fields, ["w", "x", "y", "z"]);
}

#[test]
fn lists_are_printed_with_their_separators() {
    let docs = Answer::List(vec![
        item(&[("symbol", "25-KH/ĐU"), ("day", "10/11/2021")]),
        item(&[("symbol", "31-KH/ĐU"), ("day", "10/11/2022")]),
        item(&[("symbol", "46-KH/ĐU"), ("day", "01/02/2023")]),
    ]);
    let given = [("list plans", docs), ("list none", Answer::List(Vec::new()))];
    assert_eq!(
        filled("Gồm {{list plans \"số {symbol}, ngày {day}\" ; \" và \"}}.", &given),
        "p Gồm số 25-KH/ĐU, ngày 10/11/2021; số 31-KH/ĐU, ngày 10/11/2022 và số 46-KH/ĐU, ngày 01/02/2023."
    );
    assert_eq!(filled("{{list plans \"*{symbol}*\" ,}}", &given), "p *25-KH/ĐU*, *31-KH/ĐU*, *46-KH/ĐU*");
    assert_eq!(filled("{{each plans}}- Kế hoạch {symbol}{{end}}", &given).lines().count(), 3);
    assert_eq!(filled("{{each none}}- {symbol}{{else}}Không có.{{end}}", &given), "p Không có.");
    assert_eq!(
        filled("| Số | Ngày |\n{{each plans}}\n| {symbol} | {day} |\n{{end}}\n| Hết | |", &given),
        "t  Số:1|Ngày:1 / 25-KH/ĐU|10/11/2021 / 31-KH/ĐU|10/11/2022 / 46-KH/ĐU|01/02/2023 / Hết|"
    );
}

#[test]
fn an_item_may_carry_a_figure() {
    let mut year = item(&[("key", "2022")]);
    year.insert("value".to_owned(), figure("awards.units", "21", "21").into());
    let given = [("awards.units by year", Answer::List(vec![year]))];
    assert_eq!(filled("{{awards.units by year \"năm {key}: {value}; \" \"\"}}", &given), "p năm 2022: <21>;");
}

#[test]
fn conditions_choose_what_is_printed() {
    let given = [
        ("a", number(3)),
        ("b", number(0)),
        ("c", Answer::Figure(figure("c", "989/1000", "98,9%"))),
        ("d", Answer::Figure(figure("d", "", "chưa có số liệu"))),
        ("list l", Answer::List(Vec::new())),
    ];
    for (body, result) in [
        ("{{if a > 2}}Có <a> việc{{else}}Không{{end}}", "p Có <a> việc"),
        ("Có việc{{if b > 0}}, {{b}} sai phạm{{end}}.", "p Có việc."),
        ("{{if b}}Có{{end}}", ""),
        ("{{if not b}}Không có{{end}}", "p Không có"),
        ("{{if c >= 98%}}đạt{{end}}", "p đạt"),
        ("{{if c >= 98,95%}}đạt{{else}}chưa{{end}}", "p chưa"),
        ("{{if c < 1}}phần{{end}}", "p phần"),
        ("{{if d = 0}}không{{end}}{{if d != 0}}khác{{end}}", ""),
        ("{{if known d}}biết{{else}}chưa rõ{{end}}", "p chưa rõ"),
        ("{{if list l}}có{{else}}rỗng{{end}}", "p rỗng"),
        ("{{if text t}}có{{else}}chưa viết{{end}}", "p chưa viết"),
        ("{{if a}}\n# Mục\n{{if b}}\nmột\n{{else}}\nhai\n{{end}}\n{{end}}", "h1 Mục\np hai"),
        ("Mở^[{{if b}}chú thích{{end}}] xong", "p Mở xong"),
        ("*{{if a}}đậm{{end}}*", "p *đậm*"),
    ] {
        assert_eq!(filled(body, &given), result, "{body}");
    }
}

#[test]
fn what_nobody_answered_is_printed_as_a_gap_and_told() {
    let template =
        parsed("Có {{a}} và {{a}}.\n{{text strengths \"nêu ưu điểm\"}}\n{{each l}}\n- {x}\n{{end}}");
    let mut given = Answers::default();
    given.insert(Hole::Field("years".to_owned()), Answer::Field("03 năm".to_owned()));
    let filled = fill(&template, &given, FillMode::Report);
    assert_eq!(filled.document.extract, "sơ kết 03 năm");
    assert_eq!(shown(&filled.document.blocks), "p Có …… và …….\np _[Cần viết: nêu ưu điểm]_\np ……");
    let missing: Vec<String> = filled.missing.iter().map(|m| format!("{} {}", m.line, m.hole)).collect();
    assert_eq!(missing, ["5 a", "6 text strengths", "7 list l"]);
}

#[test]
fn an_answer_of_the_wrong_kind_is_missing_too() {
    let template = parsed("Có {{a}}.");
    let filled = fill(&template, &answers(&template, &[("a", Answer::List(Vec::new()))]), FillMode::Report);
    assert_eq!(shown(&filled.document.blocks), "p Có …….");
    assert_eq!(filled.missing.len(), 2);
}

#[test]
fn the_blank_form_has_a_gap_for_every_hole() {
    let template = parsed(
        "Có {{a}} đồng chí {{if b}}và {{b}} việc{{else}}không{{end}}.\n{{text strengths 4}}\n{{each l}}- {x}: {y}{{end}}",
    );
    let given = answers(&template, &[("a", number(3)), ("years", Answer::Field("03 năm".to_owned()))]);
    let filled = fill(&template, &given, FillMode::BlankForm);
    assert_eq!(shown(&filled.document.blocks), "p Có …… đồng chí và …… việc.\n...4\n- ……: ……");
    assert_eq!(filled.document.extract, "sơ kết ……");
    assert_eq!(filled.missing, []);
}

#[test]
fn narrative_keeps_its_figures() {
    let fragment = Template::fragment("t", "Đạt {{a over}}.\n- Một việc").expect("a fragment");
    let given = answers(&fragment, &[("a over", number(7))]);
    let (blocks, missing) = fill_blocks(&fragment, &given, FillMode::Report);
    assert_eq!((shown(&blocks).as_str(), missing.len()), ("p Đạt <7>.\n- Một việc", 0));
    let Block::Paragraph(line) = &blocks[0] else { panic!("a paragraph") };
    assert!(matches!(&line[1], Inline::Figure(f) if f.format == "over"));
    assert_eq!(filled("{{text t}}", &[("text t", Answer::Text(blocks))]), "p Đạt <7>.\n- Một việc");
    assert_eq!(shown(&prose("Một *câu* {{a}}\n\n – hai")), "p Một *câu* {{a}}\n- hai");
}

#[test]
fn problems_are_told_with_their_place() {
    let mut different = Vec::new();
    for (body, wanted) in [
        (
            "Số {{study.attended 20x2}} và {{}}",
            "1:21 document-template-period, 1:33 document-template-hole-empty",
        ),
        ("Đã mở {{study", "1:7 document-template-hole-open"),
        ("Có *đậm và _nghiêng_", "1:4 document-template-bold-open"),
        ("Có _nghiêng", "1:4 document-template-italic-open"),
        ("Một^[hai", "1:4 document-template-note-open"),
        ("Một^[hai^[ba]]", "1:9 document-template-note-nested"),
        ("Một^[*hai]", "1:6 document-template-bold-open"),
        ("{{if a > x}}b{{end}}", "1:10 document-template-number"),
        ("{{if a}}\nb", "1:1 document-template-control-open"),
        ("Có {{if a}}b", "1:4 document-template-control-open"),
        ("b {{end}}", "1:3 document-template-end-alone"),
        ("a\n{{else}}", "2:1 document-template-end-alone"),
        ("{{if a}}b{{else}}c{{else}}d{{end}}", "1:19 document-template-else-twice"),
        ("#I. Mục", "1:1 document-template-heading"),
        ("...99", "1:1 document-template-lines"),
        ("| a | b |\n| 1 |", "2:1 document-template-columns"),
        ("| a | b |\n|- x | 2> |", "2:2 document-template-width"),
        ("|- 1 | 2> |", "1:1 document-template-widths-place"),
        ("{{list plans}}", "1:13 document-template-pattern"),
        ("{{list plans \"{{a}}\"}}", "1:15 document-template-hole-in-pattern"),
        ("{{list plans \"{Số}\"}}", "1:15 document-template-field"),
        ("{{list plans padded \"x\"}}", "1:8 document-template-list-format"),
        ("{{a over nearly}}", "1:10 document-template-format"),
        ("{{a where}}", "1:10 document-template-where"),
        ("{{a \"x\"}}", "1:5 document-template-left-over"),
        ("{{Số}}", "1:3 document-template-name"),
        ("{{each l}}\n- {Tên}\n{{end}}", "2:3 document-template-field"),
        ("{{text t 99}}", "1:10 document-template-lines"),
        ("{{a \"x}}", "1:1 document-template-hole-open"),
    ] {
        let found = problems(body).join(", ");
        if found != wanted {
            different.push(format!("{body}\n  found  {found}\n  wanted {wanted}\n"));
        }
    }
    assert!(different.is_empty(), "{}", different.concat());
}

#[test]
fn head_problems_are_told_with_their_place() {
    for (text, wanted) in [
        ("", "1:1 document-template-head-missing×3"),
        ("id: a\nkind: B\nextract: c\nkind: D\n", "4:1 document-template-head-twice×1"),
        ("id: A b\nkind: B\nextract: c\n", "1:5 document-template-name×1"),
        ("id: a\nkind: B\nextract: c\nThân báo cáo\n", "4:1 document-template-head-line×1"),
        ("id: a\nkind: B\nextract: c {{d\n", "3:12 document-template-hole-open×1"),
    ] {
        let found = Template::parse("t", text).expect_err(text);
        let first = &found[0];
        let told = format!("{}:{} {}×{}", first.line, first.column, first.message.key, found.len());
        assert_eq!(told, wanted, "{text}");
    }
    let long = "x\n".repeat(MAX_LINES + 1);
    assert_eq!(Template::parse("t", &long).expect_err("too long")[0].message.key, "document-template-long");
}

#[test]
fn signs_can_be_printed_themselves() {
    assert_eq!(
        filled("Ghi chú (\\*) 5 * 3 = 15, a_b, \\{\\{x}}, [ngoặc] | gạch {y}", &[]),
        "p Ghi chú (*) 5 * 3 = 15, a_b, {{x}}, [ngoặc] | gạch {y}"
    );
    assert_eq!(filled("\\# không là đề mục", &[]), "p # không là đề mục");
}

mod property {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

        #[test]
        fn reading_never_panics(text in "[\\x00-\\u{1eff}]{0,200}") {
            let _ = Template::parse("t", &text);
            let _ = Template::fragment("t", &text);
        }

        /// Arbitrary strings rarely get past the first bracket; a soup of the format's own words does.
        #[test]
        fn reading_and_filling_never_panic(parts in prop::collection::vec(prop::sample::select(vec![
            "{{", "}}", "{{if a > 0}}", "{{else}}", "{{end}}", "{{each l}}", "{x}", "^[", "]", "*", "_", "|", "|-", "|=",
            "\n", "# ", "- ", "...3", "\\", "\"", "“", "”", "{{list l \"{x}\" ; }}", "where", "ộ", " ", "a", "{", "}", "[",
            "{{text t}}", "{{a by year \"{key}\"}}", "2021..report", "//", "\u{301}",
        ]), 0..60)) {
            let text = parts.concat();
            if let Ok(template) = Template::fragment("t", &text) {
                let _ = template.holes();
                for mode in [FillMode::Report, FillMode::BlankForm] {
                    let _ = fill_blocks(&template, &Answers::default(), mode);
                }
            }
        }
    }
}
