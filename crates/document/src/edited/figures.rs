//! The custom part: the list of figures that the writer put into the file.

use domain::Message;
use quick_xml::NsReader;
use quick_xml::events::{BytesStart, Event};
use quick_xml::name::{Namespace, ResolveResult};

use super::package::Package;
use crate::docx::{FIGURES_NAMESPACE, figure_entry};
use crate::model::{About, Figure};
use crate::xml::Xml;

/// The list as it stands in the file.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct List {
    pub about: About,
    /// By id, in the file's order.
    pub figures: Vec<(String, Figure)>,
}

pub(super) struct Found {
    /// The part's name.
    pub name: String,
    pub list: List,
}

/// Finds the list among the custom parts; other programs may have renamed the part.
pub(super) fn find(package: &mut Package<'_>) -> Result<Option<Found>, Message> {
    let names = package.names();
    let candidates = names.into_iter().filter(|name| {
        name.strip_prefix("customXml/item")
            .and_then(|rest| rest.strip_suffix(".xml"))
            .is_some_and(|number| number.bytes().all(|b| b.is_ascii_digit()))
    });
    for name in candidates.take(50) {
        // A foreign part that cannot be read is nobody's list of figures.
        let Ok(Some(xml)) = package.part(&name) else { continue };
        if let Some(list) = parse(&xml) {
            return Ok(Some(Found { name, list }));
        }
    }
    Ok(None)
}

/// Reads the list; `None` when the part is something else or damaged.
fn parse(xml: &str) -> Option<List> {
    let mut reader = NsReader::from_str(xml);
    let mut list: Option<List> = None;
    loop {
        let (namespace, event) = reader.read_resolved_event().ok()?;
        let ours = namespace == ResolveResult::Bound(Namespace(FIGURES_NAMESPACE));
        match event {
            Event::Eof => return list,
            Event::DocType(_) => return None,
            Event::Start(tag) | Event::Empty(tag) => match (&mut list, tag.local_name().as_ref()) {
                (None, "figures") if ours => {
                    let get = |name| attribute(&tag, name);
                    let about = About {
                        template: get("template"),
                        unit: get("unit"),
                        period: get("period"),
                        date: get("date"),
                    };
                    list = Some(List { about, figures: Vec::new() });
                }
                (None, _) => return None,
                (Some(list), "figure") if ours => {
                    let get = |name| attribute(&tag, name);
                    let figure = Figure {
                        indicator: get("indicator"),
                        period: get("period"),
                        unit: get("unit"),
                        selection: get("selection"),
                        format: get("format"),
                        value: get("value"),
                        shown: get("shown"),
                        link: get("link"),
                        remark: get("remark"),
                    };
                    list.figures.push((get("id"), figure));
                }
                (Some(_), _) => {}
            },
            _ => {}
        }
    }
}

/// An attribute's value by its local name; empty when there is none.
pub(super) fn attribute(tag: &BytesStart<'_>, name: &str) -> String {
    let found = tag.attributes().flatten().find(|a| a.key.local_name().as_ref() == name);
    found
        .and_then(|a| quick_xml::escape::unescape(&a.value).ok().map(|value| value.into_owned()))
        .unwrap_or_default()
}

/// The list as a part.
pub(super) fn write(list: &List) -> String {
    let mut xml = Xml::part();
    let about = &list.about;
    xml.open(
        "figures",
        &[
            ("xmlns", FIGURES_NAMESPACE),
            ("template", &about.template),
            ("unit", &about.unit),
            ("period", &about.period),
            ("date", &about.date),
        ],
    );
    for (id, figure) in &list.figures {
        figure_entry(&mut xml, id, figure);
    }
    xml.close("figures");
    xml.out
}
