//! Official documents: model, template, dated layouts; writers for HTML, DOCX and PDF.
//!
//! Knows no database and no indicator: a template names its holes, somebody else answers
//! them, and [`template::fill`] makes the [`model::Document`] that the writers print.

pub mod docx;
pub mod edited;
pub mod html;
pub mod layout;
pub mod model;
pub mod pdf;
pub mod template;
mod xml;

/// What this crate says to people: the Fluent texts, Vietnamese and English.
pub const MESSAGES: (&str, &str) = (include_str!("../messages/vi.ftl"), include_str!("../messages/en.ftl"));

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::MESSAGES;

    fn keys(text: &str) -> BTreeSet<String> {
        assert!(fluent_bundle::FluentResource::try_new(text.to_owned()).is_ok());
        let lines = text.lines().filter(|line| line.starts_with("document-"));
        lines.filter_map(|line| line.split_once(" =").map(|(key, _)| key.to_owned())).collect()
    }

    #[test]
    fn every_message_has_both_texts() {
        assert_eq!(keys(MESSAGES.0), keys(MESSAGES.1));
        let sources = [
            include_str!("template/block.rs"),
            include_str!("template/inline.rs"),
            include_str!("template/request.rs"),
            include_str!("template/narrative.rs"),
            include_str!("docx/mod.rs"),
            include_str!("edited/mod.rs"),
            include_str!("edited/package.rs"),
            include_str!("edited/scan.rs"),
            include_str!("edited/refill.rs"),
        ];
        let mut used = BTreeSet::new();
        for part in sources.concat().split("\"document-").skip(1) {
            used.insert(format!("document-{}", part.split('"').next().unwrap_or_default()));
        }
        for key in &used {
            assert!(keys(MESSAGES.0).contains(key), "{key} has no text");
        }
        for key in keys(MESSAGES.0).iter().filter(|key| !key.starts_with("document-pdf")) {
            assert!(used.contains(key), "{key} is used nowhere");
        }
    }
}
