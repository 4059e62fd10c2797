//! Making XML: elements in order, attributes and text escaped, characters that XML forbids left out.

use quick_xml::escape::{escape, partial_escape};

/// The declaration that opens every part.
pub(crate) const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

/// XML being written.
#[derive(Debug, Default)]
pub(crate) struct Xml {
    pub out: String,
}

impl Xml {
    /// A part with its declaration.
    pub fn part() -> Xml {
        Xml { out: DECLARATION.to_owned() }
    }

    /// `<tag a="b">`.
    pub fn open(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.start(tag, attributes);
        self.out.push('>');
    }

    /// `<tag a="b"/>`.
    pub fn empty(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.start(tag, attributes);
        self.out.push_str("/>");
    }

    /// `</tag>`.
    pub fn close(&mut self, tag: &str) {
        self.out.push_str("</");
        self.out.push_str(tag);
        self.out.push('>');
    }

    /// `<tag>text</tag>`.
    pub fn element(&mut self, tag: &str, text: &str) {
        self.open(tag, &[]);
        self.text(text);
        self.close(tag);
    }

    /// Text between tags.
    pub fn text(&mut self, text: &str) {
        self.out.push_str(&partial_escape(allowed(text)));
    }

    /// Markup of our own, as it is.
    pub fn raw(&mut self, markup: &str) {
        self.out.push_str(markup);
    }

    fn start(&mut self, tag: &str, attributes: &[(&str, &str)]) {
        self.out.push('<');
        self.out.push_str(tag);
        for (name, value) in attributes {
            self.out.push(' ');
            self.out.push_str(name);
            self.out.push_str("=\"");
            self.out.push_str(&attribute(value));
            self.out.push('"');
        }
    }
}

/// An attribute's value. Tabs and line ends become references, or reading would turn them into blanks.
pub(crate) fn attribute(value: &str) -> String {
    escape(allowed(value)).replace('\n', "&#10;").replace('\t', "&#9;").replace('\r', "&#13;")
}

/// The text without characters that XML 1.0 forbids.
pub(crate) fn allowed(text: &str) -> String {
    text.chars().filter(|c| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_forbids_is_left_out_and_the_rest_escaped() {
        let mut xml = Xml::default();
        xml.open("a", &[("b", "\"<\u{0}\n&")]);
        xml.text("x\u{b}\u{fffe}<&>\u{1f600}");
        xml.close("a");
        assert_eq!(xml.out, "<a b=\"&quot;&lt;&#10;&amp;\">x&lt;&amp;&gt;\u{1f600}</a>");
    }
}
