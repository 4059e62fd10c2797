//! HTML of a document: a fragment for a page of the site.
//!
//! A strict content security policy holds there: no inline style, no script, no foreign link.
//! Looks come from the classes ([`STYLE`] is the sheet that knows them). Everything that is
//! not markup of ours is escaped, and a figure links only inside the site.

use crate::model::{Block, Document, Figure, Head, Inline, Table};
use domain::day_long;
use std::fmt::Write;

/// The style sheet of the fragment's classes, for the site to serve.
pub const STYLE: &str = include_str!("html/official.css");

/// How the fragment fits into its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options<'a> {
    /// The level of the kind of document ("BÁO CÁO"); the body's headings follow below it.
    pub heading: u8,
    /// Put before every id, so that two documents fit on one page. Letters, digits, `-` only.
    pub prefix: &'a str,
}

impl Default for Options<'_> {
    fn default() -> Self {
        Options { heading: 2, prefix: "doc" }
    }
}

/// The document as an HTML fragment, with the options of a page that has one document.
pub fn write(document: &Document) -> String {
    write_with(document, Options::default())
}

/// The document as an HTML fragment.
pub fn write_with(document: &Document, options: Options<'_>) -> String {
    let prefix = options.prefix.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let mut writer =
        Writer { out: String::new(), notes: Vec::new(), prefix, heading: options.heading.clamp(1, 4) };
    writer.document(document);
    writer.out
}

/// Blocks alone, such as narrative being looked at while it is written. Their footnotes follow them.
pub fn write_blocks(blocks: &[Block], options: Options<'_>) -> String {
    let prefix = options.prefix.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect();
    let mut writer =
        Writer { out: String::new(), notes: Vec::new(), prefix, heading: options.heading.clamp(1, 4) };
    writer.blocks(blocks);
    writer.footnotes();
    writer.out
}

/// Text for element content and quoted attributes.
pub fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_to(&mut out, text);
    out
}

fn escape_to(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            // Control characters mean nothing in HTML and some are errors.
            '\n' | '\t' => out.push(c),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
}

struct Writer<'a> {
    out: String,
    notes: Vec<&'a [Inline]>,
    prefix: String,
    heading: u8,
}

impl<'a> Writer<'a> {
    fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn text(&mut self, text: &str) {
        escape_to(&mut self.out, text);
    }

    /// `<tag class="class">text</tag>`, or nothing for no text.
    fn element(&mut self, tag: &str, class: &str, text: &str) {
        if !text.is_empty() {
            self.raw(&format!("<{tag} class=\"{class}\">"));
            self.text(text);
            self.raw(&format!("</{tag}>\n"));
        }
    }

    fn document(&mut self, document: &'a Document) {
        self.raw("<article class=\"official\" lang=\"vi\">\n");
        self.head(&document.head);
        let level = format!("h{}", self.heading);
        self.element(&level, "official-kind", &document.kind);
        self.element("p", "official-extract", &document.extract);
        self.raw(
            "<p class=\"official-rule\" aria-hidden=\"true\">-----</p>\n<div class=\"official-body\">\n",
        );
        self.blocks(&document.blocks);
        self.raw("</div>\n");
        self.close(document);
        self.footnotes();
        self.raw("</article>\n");
    }

    fn head(&mut self, head: &Head) {
        self.raw("<header class=\"official-head\">\n<div class=\"official-from\">\n");
        self.element("p", "official-superior", &head.superior);
        self.element("p", "official-issuer", &head.issuer);
        self.raw("<p class=\"official-star\" aria-hidden=\"true\">*</p>\n");
        self.element("p", "official-symbol", &head.symbol);
        self.raw("</div>\n<div class=\"official-party\">\n");
        self.raw("<p class=\"official-name\">ĐẢNG CỘNG SẢN VIỆT NAM</p>\n");
        self.element("p", "official-day", &place_and_day(head));
        self.raw("</div>\n</header>\n");
    }

    fn close(&mut self, document: &Document) {
        self.raw("<footer class=\"official-foot\">\n<div class=\"official-recipients\">\n");
        if !document.recipients.is_empty() {
            self.raw("<p class=\"official-to\">Nơi nhận:</p>\n<ul>\n");
            for recipient in &document.recipients {
                self.raw("<li>");
                self.text(recipient.trim_start_matches(['-', '–', ' ']));
                self.raw("</li>\n");
            }
            self.raw("</ul>\n");
        }
        self.raw("</div>\n<div class=\"official-signature\">\n");
        if let Some(signature) = &document.signature {
            self.element("p", "official-authority", &signature.authority);
            self.element("p", "official-position", &signature.position);
            self.element("p", "official-signer", &signature.name);
        }
        self.raw("</div>\n</footer>\n");
    }

    fn blocks(&mut self, blocks: &'a [Block]) {
        let mut in_list = false;
        for block in blocks {
            let item = matches!(block, Block::Item(_));
            if item != in_list {
                self.raw(if item { "<ul class=\"official-items\">\n" } else { "</ul>\n" });
                in_list = item;
            }
            match block {
                Block::Heading(level, line) => {
                    let tag = format!("h{}", (self.heading + (*level).clamp(1, 4)).min(6));
                    self.raw(&format!("<{tag} class=\"official-h{}\">", (*level).clamp(1, 4)));
                    self.line(line);
                    self.raw(&format!("</{tag}>\n"));
                }
                Block::Paragraph(line) => {
                    self.raw("<p>");
                    self.line(line);
                    self.raw("</p>\n");
                }
                Block::Item(line) => {
                    self.raw("<li>");
                    self.line(line);
                    self.raw("</li>\n");
                }
                Block::Table(table) => self.table(table),
                Block::Lines(count) => {
                    for _ in 0..*count {
                        self.raw("<p class=\"official-write\" aria-hidden=\"true\">………………………………</p>\n");
                    }
                }
            }
        }
        if in_list {
            self.raw("</ul>\n");
        }
    }

    fn table(&mut self, table: &'a Table) {
        self.raw("<div class=\"official-wide\" tabindex=\"0\" role=\"region\"");
        if table.caption.is_empty() {
            self.raw(" aria-label=\"Bảng\"");
        } else {
            self.raw(" aria-label=\"");
            let caption = words(&table.caption);
            self.text(&caption);
            self.raw("\"");
        }
        self.raw(">\n<table class=\"official-table\">\n");
        if !table.caption.is_empty() {
            self.raw("<caption>");
            self.line(&table.caption);
            self.raw("</caption>\n");
        }
        let total = table.columns.iter().map(|c| u32::from(c.width.max(1))).sum::<u32>().max(1);
        self.raw("<colgroup>");
        for column in &table.columns {
            // Widths are classes in steps of five hundredths: a style attribute would be refused.
            let share = (u32::from(column.width.max(1)) * 20 / total).clamp(1, 20) * 5;
            self.raw(&format!("<col class=\"w-{share}\">"));
        }
        self.raw("</colgroup>\n<thead><tr>");
        for column in &table.columns {
            self.raw(if column.numeric { "<th scope=\"col\" class=\"num\">" } else { "<th scope=\"col\">" });
            self.text(&column.head);
            self.raw("</th>");
        }
        self.raw("</tr></thead>\n<tbody>\n");
        for row in &table.rows {
            self.raw("<tr>");
            for (at, cell) in row.iter().enumerate() {
                let numeric = table.columns.get(at).is_some_and(|c| c.numeric);
                self.raw(if numeric { "<td class=\"num\">" } else { "<td>" });
                self.line(cell);
                self.raw("</td>");
            }
            self.raw("</tr>\n");
        }
        self.raw("</tbody>\n</table>\n</div>\n");
    }

    fn line(&mut self, line: &'a [Inline]) {
        for piece in line {
            match piece {
                Inline::Text(text) => self.text(text),
                Inline::Bold(text) => {
                    self.raw("<strong>");
                    self.text(text);
                    self.raw("</strong>");
                }
                Inline::Italic(text) => {
                    self.raw("<em>");
                    self.text(text);
                    self.raw("</em>");
                }
                Inline::Figure(figure) => self.figure(figure),
                Inline::Note(inner) => {
                    self.notes.push(inner);
                    let (n, p) = (self.notes.len(), self.prefix.clone());
                    self.raw(&format!(
                        "<sup class=\"official-ref\"><a id=\"{p}-ref-{n}\" href=\"#{p}-note-{n}\" \
                         aria-label=\"Chú thích {n}\">{n}</a></sup>"
                    ));
                }
                Inline::Blank => self.raw("<span class=\"official-blank\">……</span>"),
            }
        }
    }

    fn figure(&mut self, figure: &Figure) {
        let linked = inside_site(&figure.link);
        self.raw(if linked { "<a class=\"figure" } else { "<span class=\"figure" });
        if figure.value.is_empty() {
            self.raw(" figure-missing");
        }
        self.raw("\"");
        let link = if linked { figure.link.as_str() } else { "" };
        for (name, value) in [
            ("href", link),
            ("data-indicator", &figure.indicator),
            ("data-period", &figure.period),
            ("data-unit", &figure.unit),
            ("data-selection", &figure.selection),
            ("data-value", &figure.value),
            ("title", &figure.remark),
        ] {
            if !value.is_empty() {
                let _ = write!(self.out, " {name}=\"");
                self.text(value);
                self.raw("\"");
            }
        }
        self.raw(">");
        self.text(&figure.shown);
        self.raw(if linked { "</a>" } else { "</span>" });
    }

    /// Notes within notes are printed after the ones they stand in.
    fn footnotes(&mut self) {
        if self.notes.is_empty() {
            return;
        }
        self.raw("<section class=\"official-notes\" aria-label=\"Chú thích\">\n<ol>\n");
        let mut at = 0;
        while let Some(note) = self.notes.get(at).copied() {
            at += 1;
            let prefix = self.prefix.clone();
            self.raw(&format!("<li id=\"{prefix}-note-{at}\">"));
            self.line(note);
            self.raw(&format!(
                " <a class=\"official-back\" href=\"#{prefix}-ref-{at}\" aria-label=\"Trở lại chỗ có chú thích {at}\">↩</a></li>\n"
            ));
        }
        self.raw("</ol>\n</section>\n");
    }
}

/// "Hà Tĩnh, ngày 05 tháng 01 năm 2024"; blanks where the day is not known.
pub(crate) fn place_and_day(head: &Head) -> String {
    let day = match head.day {
        Some(day) => day_long(day),
        // Non-breaking blanks keep the room to write in.
        None => "ngày\u{a0}\u{a0}\u{a0}\u{a0} tháng\u{a0}\u{a0}\u{a0}\u{a0} năm\u{a0}\u{a0}\u{a0}\u{a0}"
            .to_owned(),
    };
    if head.place.is_empty() { day } else { format!("{}, {day}", head.place) }
}

/// A path of the site, a query or a place of the page; nothing with a scheme or another host.
fn inside_site(link: &str) -> bool {
    let mut chars = link.chars();
    match (chars.next(), chars.next()) {
        (Some('/'), Some('/' | '\\')) => false,
        (Some('/' | '?' | '#'), _) => !link.chars().any(|c| c.is_control() || c == '\\'),
        _ => false,
    }
}

fn words(line: &[Inline]) -> String {
    line.iter()
        .map(|piece| match piece {
            Inline::Text(t) | Inline::Bold(t) | Inline::Italic(t) => t.as_str(),
            Inline::Figure(figure) => &figure.shown,
            Inline::Note(_) | Inline::Blank => "",
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Column;

    fn text(t: &str) -> Inline {
        Inline::Text(t.to_owned())
    }

    fn figure(link: &str) -> Inline {
        Inline::Figure(Figure {
            indicator: "study.attended".into(),
            period: "2022".into(),
            unit: "K1".into(),
            value: "4320".into(),
            shown: "4.320".into(),
            link: link.into(),
            remark: "97 trên 110 đơn vị".into(),
            ..Figure::default()
        })
    }

    fn of(blocks: Vec<Block>) -> String {
        write_blocks(&blocks, Options::default())
    }

    #[test]
    fn a_number_links_to_its_evidence() {
        assert_eq!(
            of(vec![Block::Paragraph(vec![text("Có "), figure("/figures/1?unit=K1")])]),
            "<p>Có <a class=\"figure\" href=\"/figures/1?unit=K1\" data-indicator=\"study.attended\" data-period=\"2022\" \
             data-unit=\"K1\" data-value=\"4320\" title=\"97 trên 110 đơn vị\">4.320</a></p>\n"
        );
    }

    #[test]
    fn a_link_out_of_the_site_is_no_link() {
        for link in ["javascript:alert(1)", "//evil.example", "https://evil.example", "/\\evil", "/a\nb", ""]
        {
            let html = of(vec![Block::Paragraph(vec![figure(link)])]);
            assert!(html.starts_with("<p><span class=\"figure\""), "{link}");
            assert!(!html.contains("href"), "{link}");
        }
    }

    #[test]
    fn nothing_of_the_text_becomes_markup() {
        let hostile = "<script>\"'&\u{0}";
        let mut document = Document {
            head: Head { issuer: hostile.into(), place: hostile.into(), ..Head::default() },
            kind: hostile.into(),
            extract: hostile.into(),
            blocks: vec![
                Block::Heading(1, vec![text(hostile)]),
                Block::Item(vec![
                    Inline::Bold(hostile.into()),
                    Inline::Note(vec![Inline::Italic(hostile.into())]),
                ]),
                Block::Table(Table {
                    caption: vec![text(hostile)],
                    columns: vec![Column { head: hostile.into(), width: 0, numeric: true }],
                    rows: vec![vec![vec![text(hostile)]]],
                }),
            ],
            recipients: vec![hostile.into()],
            signature: None,
            about: crate::model::About::default(),
        };
        if let Inline::Figure(mut f) = figure("/x") {
            f.remark = hostile.into();
            f.shown = hostile.into();
            document.blocks.push(Block::Paragraph(vec![Inline::Figure(f)]));
        }
        let html = write(&document);
        assert!(!html.contains("<script") && !html.contains('\u{0}') && !html.contains("style="));
        assert_eq!(html.matches("&lt;script&gt;&quot;&#39;&amp;").count(), 14);
    }

    #[test]
    fn notes_are_listed_once_with_the_way_back() {
        let html = of(vec![
            Block::Paragraph(vec![text("a"), Inline::Note(vec![text("một"), figure("/x")])]),
            Block::Item(vec![text("b"), Inline::Note(vec![text("hai")])]),
        ]);
        assert!(html.contains("<a id=\"doc-ref-2\" href=\"#doc-note-2\" aria-label=\"Chú thích 2\">2</a>"));
        assert!(html.contains("<li id=\"doc-note-2\">hai <a class=\"official-back\" href=\"#doc-ref-2\""));
        assert_eq!(html.matches("<li id=").count(), 2);
        assert_eq!(html.matches("<ul").count(), html.matches("</ul>").count());
    }
}
