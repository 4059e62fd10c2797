//! Form fields as HTML: label, hint, error, and what was typed, joined for screen readers.

use crate::FieldError;
use crate::form::FormState;
use crate::page::Html;
use crate::visit::Visit;
use askama::Template;
use std::fmt;

/// The fields of a form. Templates print what its methods return:
/// `{{ f.text("name", "account-name").required() }}`.
#[derive(Clone, Copy)]
pub struct Fields<'a> {
    visit: &'a Visit,
    state: &'a FormState,
}

enum Kind {
    Text,
    Password,
    Day,
    Whole,
    Area,
    Select(Vec<(String, String)>),
    Check,
}

/// A field that is being described; it prints itself.
#[derive(Template)]
#[template(path = "field.html")]
pub struct Field<'a> {
    name: &'a str,
    label: String,
    kind: Kind,
    value: &'a str,
    error: Option<String>,
    hint: Option<String>,
    required: bool,
    focus: bool,
    autocomplete: &'static str,
    optional: String,
    conditional: bool,
    /// The id of a datalist.
    list: &'static str,
}

impl askama::filters::HtmlSafe for Field<'_> {}

#[derive(Template)]
#[template(path = "summary.html")]
struct Summary<'a> {
    title: String,
    errors: Vec<(&'a str, String)>,
}

impl<'a> Fields<'a> {
    pub(crate) fn new(visit: &'a Visit, state: &'a FormState) -> Fields<'a> {
        Fields { visit, state }
    }

    fn field(&self, name: &'a str, label: String, kind: Kind) -> Field<'a> {
        Field {
            name,
            label,
            kind,
            value: self.state.value(name),
            error: self.state.error(name).map(|m| self.visit.tr(m)),
            hint: None,
            required: false,
            focus: false,
            autocomplete: "off",
            optional: self.visit.text("shell-field-optional"),
            conditional: false,
            list: "",
        }
    }

    /// One line of words. `label` is the key of its label.
    pub fn text(&self, name: &'a str, label: &str) -> Field<'a> {
        self.field(name, self.visit.text(label), Kind::Text)
    }

    /// A password; what was typed is never shown again.
    pub fn password(&self, name: &'a str, label: &str) -> Field<'a> {
        Field { value: "", ..self.field(name, self.visit.text(label), Kind::Password) }
    }

    /// A day, dd/mm/yyyy.
    pub fn day(&self, name: &'a str, label: &str) -> Field<'a> {
        let hint = Some(self.visit.text("shell-field-day-hint"));
        Field { hint, ..self.field(name, self.visit.text(label), Kind::Day) }
    }

    /// A whole number.
    pub fn whole(&self, name: &'a str, label: &str) -> Field<'a> {
        self.field(name, self.visit.text(label), Kind::Whole)
    }

    /// Several lines.
    pub fn area(&self, name: &'a str, label: &str) -> Field<'a> {
        self.field(name, self.visit.text(label), Kind::Area)
    }

    /// A choice among `(code, words)`.
    pub fn select(&self, name: &'a str, label: &str, options: Vec<(String, String)>) -> Field<'a> {
        self.field(name, self.visit.text(label), Kind::Select(options))
    }

    /// A box to tick.
    pub fn check(&self, name: &'a str, label: &str) -> Field<'a> {
        self.field(name, self.visit.text(label), Kind::Check)
    }

    /// What is wrong with the form, on top of it, each line leading to its field. Prints
    /// nothing when nothing is wrong. `labels` names the fields (name, key of its label), so
    /// that a line is understood by itself; a field without one shows its error only.
    pub fn summary(&self, labels: &[(&str, &str)]) -> Html {
        self.summary_as("shell-invalid", labels)
    }

    /// The same for a form that writes nothing: `title` is the key of what did not happen.
    pub fn summary_as(&self, title: &str, labels: &[(&str, &str)]) -> Html {
        if self.state.is_ok() {
            return Html::trusted("");
        }
        let line = |e: &'a FieldError| {
            let words = self.visit.tr(&e.message);
            let label = labels.iter().find(|(name, _)| *name == e.field);
            let words = label.map_or(words.clone(), |(_, key)| format!("{}: {words}", self.visit.text(key)));
            (e.field.as_str(), words)
        };
        let errors = self.state.errors().iter().map(line).collect();
        let title = self.visit.text(title);
        Html::of(&Summary { title, errors }).unwrap_or_else(|_| Html::trusted(""))
    }
}

impl Field<'_> {
    /// Must be filled in.
    #[must_use]
    pub fn required(mut self) -> Self {
        self.required = true;
        self
    }

    /// Must be filled in some cases, which its hint tells: the label does not call it optional.
    #[must_use]
    pub fn conditional(mut self) -> Self {
        self.conditional = true;
        self
    }

    /// The words of the page's `datalist` with this id are offered while typing.
    #[must_use]
    pub fn listed(mut self, list: &'static str) -> Self {
        self.list = list;
        self
    }

    /// Words under the label, already translated.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// Another label than the key's, for fields that are described by data.
    #[must_use]
    pub fn labelled(mut self, label: impl Into<String>) -> Self {
        self.label = label.into();
        self
    }

    /// The cursor stands here when the page opens.
    #[must_use]
    pub fn focused(mut self) -> Self {
        self.focus = true;
        self
    }

    /// What browsers may fill in: `username`, `current-password`, `new-password`.
    #[must_use]
    pub fn autocomplete(mut self, what: &'static str) -> Self {
        self.autocomplete = what;
        self
    }

    fn described_by(&self) -> String {
        let hint = self.hint.as_ref().map(|_| format!("{}-hint", self.name));
        let error = self.error.as_ref().map(|_| format!("{}-error", self.name));
        hint.into_iter().chain(error).collect::<Vec<_>>().join(" ")
    }

    fn ticked(&self) -> bool {
        !matches!(self.value, "" | "0" | "no")
    }
}

impl fmt::Debug for Field<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Field").field("name", &self.name).finish_non_exhaustive()
    }
}
