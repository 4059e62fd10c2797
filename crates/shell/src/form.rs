//! Forms: what was sent, what it means, and what to put right.
//!
//! A [`FormState`] keeps what people typed. Its typed getters read a field and note the
//! error beside it, so a page can be shown again with nothing lost.

use crate::{Error, FieldError};
use axum::extract::{FromRequest, FromRequestParts, Query, Request};
use axum::http::StatusCode;
use domain::{Day, Message, Period, number, parse_day, text};
use std::collections::BTreeMap;
use std::sync::Arc;

/// More fields than any page has.
const MOST_FIELDS: usize = 2_000;
/// Longer than any field takes.
const LONGEST_FIELD: usize = 64 << 10;
/// The longest period that people write, in characters.
const PERIOD: usize = 60;
/// The longest line that a one-line field takes, in characters.
const LINE: usize = 500;

/// The pairs of a form, parsed once by the guard.
#[derive(Clone, Default)]
pub(crate) struct Sent(Arc<Vec<(String, String)>>);

impl Sent {
    pub(crate) fn parse(bytes: &[u8]) -> Result<Sent, Error> {
        let mut pairs = Vec::new();
        for (name, value) in form_urlencoded::parse(bytes) {
            if pairs.len() == MOST_FIELDS || name.len() > 200 || value.len() > LONGEST_FIELD {
                return Err(Error::Refused(StatusCode::PAYLOAD_TOO_LARGE));
            }
            pairs.push((name.into_owned(), value.into_owned()));
        }
        Ok(Sent(Arc::new(pairs)))
    }

    pub(crate) fn first(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(n, _)| n == name).map(|(_, v)| v.as_str())
    }
}

/// The form of a request: the body of a POST, the query of a GET. An extractor.
pub struct Form(pub FormState);

impl<S: Send + Sync> FromRequest<S> for Form {
    type Rejection = Error;
    async fn from_request(request: Request, _: &S) -> Result<Form, Error> {
        let (mut parts, _) = request.into_parts();
        let sent = match parts.extensions.remove::<Sent>() {
            Some(sent) => sent,
            None => {
                let Query(pairs) = Query::<Vec<(String, String)>>::from_request_parts(&mut parts, &())
                    .await
                    .map_err(|_| Error::Refused(StatusCode::BAD_REQUEST))?;
                if pairs.len() > MOST_FIELDS || pairs.iter().any(|(_, v)| v.len() > LONGEST_FIELD) {
                    return Err(Error::Refused(StatusCode::PAYLOAD_TOO_LARGE));
                }
                Sent(Arc::new(pairs))
            }
        };
        let mut state = FormState::default();
        for (name, value) in sent.0.iter().filter(|(name, _)| name != "csrf" && name != "once") {
            state.values.entry(name.clone()).or_default().push(value.clone());
        }
        Ok(Form(state))
    }
}

/// What stands in the fields of a form, and what is wrong with it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct FormState {
    values: BTreeMap<String, Vec<String>>,
    errors: Vec<FieldError>,
}

impl FormState {
    /// The form with a field filled in: for changing what exists.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<String>) -> FormState {
        self.values.insert(name.to_owned(), vec![value.into()]);
        self
    }

    /// What was typed, as it was typed; empty when the field was not sent.
    pub fn value(&self, name: &str) -> &str {
        self.values.get(name).and_then(|v| v.first()).map_or("", String::as_str)
    }

    /// Every value of a field that may be sent several times.
    pub fn values(&self, name: &str) -> &[String] {
        self.values.get(name).map_or(&[], Vec::as_slice)
    }

    /// The names of the fields that were sent.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.values.keys().map(String::as_str)
    }

    /// Takes a field out, so that it is not shown again (passwords).
    pub fn forget(&mut self, name: &str) {
        self.values.remove(name);
    }

    /// What is wrong with a field.
    pub fn error(&self, name: &str) -> Option<&Message> {
        self.errors.iter().find(|e| e.field == name).map(|e| &e.message)
    }

    /// Everything that is wrong, in the order it was found.
    pub fn errors(&self) -> &[FieldError] {
        &self.errors
    }

    /// Whether nothing is wrong.
    pub fn is_ok(&self) -> bool {
        self.errors.is_empty()
    }

    /// Notes what is wrong with a field; its first error stays.
    pub fn fail(&mut self, name: &str, message: Message) {
        if self.error(name).is_none() {
            self.errors.push(FieldError { field: name.to_owned(), message });
        }
    }

    /// The errors, for [`Error::Invalid`].
    pub fn into_errors(self) -> Vec<FieldError> {
        self.errors
    }

    /// One line of words, tidied; `None` when empty. At most `most` characters.
    pub fn text(&mut self, name: &str, most: usize) -> Option<String> {
        let value = text::tidy(self.value(name));
        self.bounded(name, value, most)
    }

    /// Several lines of words as typed, blanks around them gone.
    pub fn long(&mut self, name: &str, most: usize) -> Option<String> {
        let value = self.value(name).replace("\r\n", "\n").trim().to_owned();
        self.bounded(name, value, most)
    }

    fn bounded(&mut self, name: &str, value: String, most: usize) -> Option<String> {
        let length = value.chars().count();
        if length > most {
            self.fail(name, Message::new("shell-field-long").with("most", most).with("length", length));
            return None;
        }
        (!value.is_empty()).then_some(value)
    }

    /// Notes that a required field is empty, unless something else is wrong with it.
    pub fn require<T>(&mut self, name: &str, value: Option<T>) -> Option<T> {
        if value.is_none() {
            self.fail(name, Message::new("shell-field-required"));
        }
        value
    }

    /// One line of words that must not be empty.
    pub fn required(&mut self, name: &str, most: usize) -> Option<String> {
        let value = self.text(name, most);
        self.require(name, value)
    }

    fn read<T>(&mut self, name: &str, key: &'static str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        let typed = self.text(name, LINE)?;
        let value = read(&typed);
        if value.is_none() {
            self.fail(name, Message::new(key).with("typed", typed));
        }
        value
    }

    /// A day as people write it; `None` when empty or wrong.
    pub fn day(&mut self, name: &str) -> Option<Day> {
        self.read(name, "shell-field-day", parse_day)
    }

    /// A period as people write it: `2023`, `2021-2023`, `quý 1/2024`; `None` when empty or wrong.
    pub fn period(&mut self, name: &str) -> Option<Period> {
        match self.text(name, PERIOD)?.parse() {
            Ok(period) => Some(period),
            Err(error) => {
                let error: domain::PeriodError = error;
                self.fail(name, error.message());
                None
            }
        }
    }

    /// A whole number within bounds, with or without dots between thousands.
    pub fn whole(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        let n = self.read(name, "shell-field-whole", number::parse_whole)?;
        if (least..=most).contains(&n) {
            return Some(n);
        }
        self.fail(name, Message::new("shell-field-range").with("least", least).with("most", most));
        None
    }

    /// A word of a closed list.
    pub fn choice<T>(&mut self, name: &str, read: impl Fn(&str) -> Option<T>) -> Option<T> {
        self.read(name, "shell-field-choice", read)
    }

    /// Whether a box is ticked.
    pub fn flag(&self, name: &str) -> bool {
        !matches!(self.value(name), "" | "0" | "no")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn form(pairs: &[(&str, &str)]) -> FormState {
        pairs.iter().fold(FormState::default(), |f, (n, v)| f.with(n, *v))
    }

    #[test]
    fn fields_are_read_as_people_type_them() {
        let mut f =
            form(&[("d", "16/01/2024"), ("n", "148.140"), ("t", "  Chi  bộ 1 "), ("x", "on"), ("e", " ")]);
        assert_eq!(f.day("d"), Day::from_ymd_opt(2024, 1, 16));
        assert_eq!(f.whole("n", 0, 1_000_000), Some(148_140));
        assert_eq!(f.text("t", 20).as_deref(), Some("Chi bộ 1"));
        assert!(f.flag("x") && !f.flag("nothing"));
        assert_eq!((f.day("e"), f.whole("e", 0, 1), f.text("e", 5)), (None, None, None));
        assert!(f.is_ok(), "an empty field is not wrong: {:?}", f.errors());
    }

    #[test]
    fn what_is_wrong_stands_beside_its_field_and_keeps_what_was_typed() {
        let mut f = form(&[("d", "31/02/2024"), ("n", "1,5"), ("r", "7"), ("t", "dài quá"), ("c", "z")]);
        assert_eq!(f.day("d"), None);
        assert_eq!(f.whole("n", 0, 9), None);
        assert_eq!(f.whole("r", 0, 5), None);
        assert_eq!(f.text("t", 3), None);
        assert_eq!(f.choice("c", domain::Lang::from_code), None);
        assert_eq!(f.required("q", 9), None);
        let keys: Vec<_> = f.errors().iter().map(|e| (e.field.as_str(), e.message.key)).collect();
        assert_eq!(
            keys,
            [
                ("d", "shell-field-day"),
                ("n", "shell-field-whole"),
                ("r", "shell-field-range"),
                ("t", "shell-field-long"),
                ("c", "shell-field-choice"),
                ("q", "shell-field-required"),
            ]
        );
        assert_eq!(f.value("d"), "31/02/2024");
        let long = f.text("t", 3);
        f.require("t", long);
        assert_eq!(f.errors().len(), 6, "the first error of a field stays");
    }

    #[test]
    fn a_form_has_limits() {
        assert!(Sent::parse(b"a=1&b=%E1%BB%A7&csrf=x").is_ok());
        assert!(Sent::parse("a=1&".repeat(MOST_FIELDS + 1).as_bytes()).is_err());
        assert!(Sent::parse(format!("a={}", "x".repeat(LONGEST_FIELD + 1)).as_bytes()).is_err());
        assert!(Sent::parse(b"%ff=%zz&&&=").is_ok(), "nonsense is read, not refused");
    }
}
