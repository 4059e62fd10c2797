//! Web pages: the visible text, blocks on lines of their own, cells parted by tabs.
//!
//! A small scanner, not a parser: it cannot fail on bad markup and reads each byte once.

use super::Text;

const BLOCKS: [&str; 36] = [
    "p",
    "div",
    "br",
    "li",
    "ul",
    "ol",
    "tr",
    "table",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "section",
    "article",
    "header",
    "footer",
    "blockquote",
    "pre",
    "dd",
    "dt",
    "dl",
    "hr",
    "main",
    "aside",
    "figure",
    "figcaption",
    "form",
    "title",
    "body",
    "tbody",
    "thead",
    "nav",
    "caption",
    "center",
];
const HIDDEN: [&str; 7] = ["script", "style", "head", "noscript", "template", "svg", "select"];

pub(super) fn read(bytes: &[u8], out: &mut Text) {
    let source = super::plain::decode(bytes, out);
    out.text = text_of(&source);
}

fn text_of(source: &str) -> String {
    let mut out = String::with_capacity(source.len() / 2);
    let mut rest = source;
    let mut pre = false;
    let mut columns = Columns::default();
    while !rest.is_empty() && out.len() <= super::MAX_TEXT {
        let Some(open) = rest.find('<') else {
            push_text(&mut out, rest, pre);
            break;
        };
        push_text(&mut out, &rest[..open], pre);
        rest = &rest[open..];
        if let Some(after) = rest.strip_prefix("<!--") {
            rest = after.find("-->").map_or("", |e| &after[e + 3..]);
            continue;
        }
        let name_at = rest.strip_prefix("</").or_else(|| rest.strip_prefix('<')).unwrap_or("");
        let closing = rest.starts_with("</");
        let name_len = name_at.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(name_at.len());
        let name = name_at[..name_len].to_ascii_lowercase();
        if name.is_empty() && !rest.starts_with("<!") && !rest.starts_with("<?") && !closing {
            out.push('<');
            rest = &rest[1..];
            continue;
        }
        let Some(end) = rest.find('>') else { break };
        let tag = &rest[..end];
        rest = &rest[end + 1..];
        if !closing && HIDDEN.contains(&name.as_str()) && !tag.ends_with('/') {
            let close = format!("</{name}");
            rest = find_ignoring_case(rest, &close)
                .map_or("", |e| rest[e..].find('>').map_or("", |g| &rest[e + g + 1..]));
            // The title stands in the head; it is worth a line.
            continue;
        }
        if matches!(name.as_str(), "td" | "th") && !closing {
            out.extend(std::iter::repeat_n('\t', columns.cell(tag)));
        } else if name == "sup" {
            // Footnote marks stay apart from the word before them.
            if !closing {
                out.push('\u{2060}');
            }
        } else if BLOCKS.contains(&name.as_str()) {
            let double =
                matches!(name.as_str(), "p" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" | "table") && closing;
            if name == "table" && !closing {
                columns = Columns::default();
            }
            if name == "tr" && !closing {
                columns.row();
            }
            newline(&mut out, double);
        }
        if name == "pre" {
            pre = !closing;
        }
    }
    out.trim().to_owned()
}

/// Which columns of a table are taken: a cell may reach over several, and down into further rows.
#[derive(Default)]
struct Columns {
    /// The column where the next cell would begin; none has begun in this row when 0.
    next: usize,
    /// How many columns the last cell took beyond its own.
    wide: usize,
    /// For each column, how many further rows a cell above reaches into.
    down: Vec<u32>,
}

/// Tables wider than this are read without the places of their columns.
const MAX_COLUMNS: usize = 60;

impl Columns {
    fn row(&mut self) {
        (self.next, self.wide) = (0, 0);
    }

    /// A cell begins: how many tabs part it from what stands before.
    fn cell(&mut self, tag: &str) -> usize {
        let mut tabs = usize::from(self.next > 0) + self.wide;
        while let Some(left) = self.down.get_mut(self.next).filter(|n| **n > 0) {
            *left -= 1;
            self.next += 1;
            tabs += 1;
        }
        let (across, rows) = (span(tag, "colspan"), span(tag, "rowspan"));
        let end = (self.next + across).min(MAX_COLUMNS);
        if rows > 1 && self.down.len() < end {
            self.down.resize(end, 0);
        }
        for n in self.next..end {
            if let Some(left) = self.down.get_mut(n) {
                *left = rows as u32 - 1;
            }
        }
        self.wide = across - 1;
        self.next += across;
        tabs
    }
}

/// The number of an attribute such as `colspan="2"`, at least 1.
fn span(tag: &str, name: &str) -> usize {
    let value = find_ignoring_case(tag, name)
        .map(|i| tag[i + name.len()..].trim_start_matches([' ', '=', '"', '\'']));
    let digits = value.map(|v| &v[..v.find(|c: char| !c.is_ascii_digit()).unwrap_or(v.len())]);
    digits.and_then(|d| d.parse().ok()).unwrap_or(1).clamp(1, MAX_COLUMNS)
}

fn newline(out: &mut String, double: bool) {
    while out.ends_with([' ', '\t']) {
        out.pop();
    }
    if !out.is_empty() && !out.ends_with('\n') {
        out.push('\n');
    }
    if double && !out.is_empty() && !out.ends_with("\n\n") {
        out.push('\n');
    }
}

fn find_ignoring_case(hay: &str, needle: &str) -> Option<usize> {
    let n = needle.len();
    hay.as_bytes().windows(n).position(|w| w.eq_ignore_ascii_case(needle.as_bytes()))
}

fn push_text(out: &mut String, text: &str, pre: bool) {
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        if c == '&'
            && let Some((c, used)) = entity(rest)
        {
            out.push(c);
            rest = &rest[used..];
            continue;
        }
        rest = &rest[c.len_utf8()..];
        if c.is_whitespace() && c != '\u{a0}' && !pre {
            if !out.ends_with([' ', '\n', '\t']) && !out.is_empty() {
                out.push(' ');
            }
        } else {
            out.push(c);
        }
    }
}

fn entity(text: &str) -> Option<(char, usize)> {
    let end = text.as_bytes().iter().take(12).position(|b| *b == b';')?;
    let name = text.get(1..end)?;
    let c = if let Some(n) = name.strip_prefix("#x").or_else(|| name.strip_prefix("#X")) {
        char::from_u32(u32::from_str_radix(n, 16).ok()?)?
    } else if let Some(n) = name.strip_prefix('#') {
        char::from_u32(n.parse().ok()?)?
    } else {
        const ACCENTS: [(&str, [char; 6]); 12] = [
            ("a", ['à', 'á', 'â', 'ã', 'ä', 'å']),
            ("e", ['è', 'é', 'ê', '?', 'ë', '?']),
            ("i", ['ì', 'í', 'î', '?', 'ï', '?']),
            ("o", ['ò', 'ó', 'ô', 'õ', 'ö', '?']),
            ("u", ['ù', 'ú', 'û', '?', 'ü', '?']),
            ("y", ['?', 'ý', '?', '?', 'ÿ', '?']),
            ("A", ['À', 'Á', 'Â', 'Ã', 'Ä', 'Å']),
            ("E", ['È', 'É', 'Ê', '?', 'Ë', '?']),
            ("I", ['Ì', 'Í', 'Î', '?', 'Ï', '?']),
            ("O", ['Ò', 'Ó', 'Ô', 'Õ', 'Ö', '?']),
            ("U", ['Ù', 'Ú', 'Û', '?', 'Ü', '?']),
            ("Y", ['?', 'Ý', '?', '?', '?', '?']),
        ];
        match name {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            "apos" => '\'',
            "nbsp" => '\u{a0}',
            "ndash" => '–',
            "mdash" => '—',
            "ldquo" => '“',
            "rdquo" => '”',
            "lsquo" => '‘',
            "rsquo" => '’',
            "hellip" => '…',
            "bull" => '•',
            "middot" => '·',
            "eth" => 'ð',
            "ETH" => 'Ð',
            "laquo" => '«',
            "raquo" => '»',
            "ge" => '≥',
            "le" => '≤',
            "sup1" => '¹',
            "sup2" => '²',
            "sup3" => '³',
            _ => {
                let (letter, mark) = name.split_at_checked(1)?;
                let col =
                    ["grave", "acute", "circ", "tilde", "uml", "ring"].iter().position(|m| *m == mark)?;
                let (_, row) = ACCENTS.iter().find(|(l, _)| *l == letter)?;
                Some(row[col]).filter(|c| *c != '?')?
            }
        }
    };
    Some((c, end + 1))
}

#[cfg(test)]
mod tests {
    use super::text_of;

    #[test]
    fn reads_what_is_seen() {
        for (html, want) in [
            (
                "<p>Chi b&#7897; c&oacute; <b>27</b>\n đảng viên.</p><p>Hai</p>",
                "Chi bộ có 27 đảng viên.\n\nHai",
            ),
            ("<script>var x = 5 < 6;</script><p>A &amp; B</p>", "A & B"),
            ("<table><tr><td>Chi bộ A</td><td>25</td></tr></table>", "Chi bộ A\t25"),
            (
                "<table><tr><th rowspan=2>TT</th><th colspan='2'>Kiểm tra</th><th>Khen</th></tr>\
                 <tr><th>Chi bộ</th><th>Đảng viên</th><th></th></tr><tr><td></td><td>5</td><td>7</td><td>9</td></tr></table>",
                "TT\tKiểm tra\t\tKhen\n\tChi bộ\tĐảng viên\n\t5\t7\t9",
            ),
            ("<!-- 7 --><ul><li>Một</li><li>Hai</li></ul>", "Một\nHai"),
            ("a < b", "a < b"),
            ("<p>không đóng", "không đóng"),
            ("<p>đảng viên<sup>3</sup></p>", "đảng viên\u{2060}3"),
        ] {
            assert_eq!(text_of(html), want);
        }
    }
}
