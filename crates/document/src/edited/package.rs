//! The zip around the parts: opened with limits, never unpacked as a whole.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use domain::Message;
use quick_xml::Reader;
use quick_xml::events::Event;
use zip::ZipArchive;

use super::figures::attribute;
use super::{MAX_BYTES, MAX_PART, MAX_PARTS};

pub(super) struct Package<'a> {
    pub archive: ZipArchive<Cursor<&'a [u8]>>,
}

fn damaged() -> Message {
    Message::new("document-edited-zip")
}

fn large(limit: u64) -> Message {
    Message::new("document-edited-large")
        .with("limit", i64::try_from(limit / 1024 / 1024).unwrap_or(i64::MAX))
}

impl<'a> Package<'a> {
    pub fn open(bytes: &'a [u8]) -> Result<Package<'a>, Message> {
        if bytes.len() > MAX_BYTES {
            return Err(large(MAX_BYTES as u64));
        }
        let archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
        if archive.len() > MAX_PARTS {
            let message = Message::new("document-edited-many").with("found", archive.len());
            return Err(message.with("limit", MAX_PARTS));
        }
        // Two parts of one name: programs would disagree about which one is the text.
        if archive.has_duplicate_names() {
            return Err(damaged());
        }
        Ok(Package { archive })
    }

    /// The names of the parts.
    pub fn names(&self) -> Vec<String> {
        self.archive.file_names().filter_map(Result::ok).map(|name| name.into_owned()).collect()
    }

    /// A part as text; `None` when there is none of that name.
    pub fn part(&mut self, name: &str) -> Result<Option<String>, Message> {
        let Some(index) = self.archive.index_for_name(name) else { return Ok(None) };
        let file = self.archive.by_index(index).map_err(|_| damaged())?;
        // The size it declares is checked before, the size it has while unpacking.
        if file.size() > MAX_PART {
            return Err(large(MAX_PART));
        }
        let mut bytes = Vec::new();
        let read = file.take(MAX_PART + 1).read_to_end(&mut bytes).map_err(|_| damaged())?;
        if read as u64 > MAX_PART {
            return Err(large(MAX_PART));
        }
        let text =
            String::from_utf8(bytes).map_err(|_| Message::new("document-edited-xml").with("part", name))?;
        // Positions are counted in the text as it is read, and the reader does not count this mark.
        Ok(Some(text.strip_prefix('\u{feff}').map(str::to_owned).unwrap_or(text)))
    }

    /// The name and XML of the body.
    pub fn body(&mut self) -> Result<(String, String), Message> {
        let named = self.related("_rels/.rels", "", "/officeDocument")?;
        let name = named.unwrap_or_else(|| "word/document.xml".to_owned());
        let xml = self.part(&name)?.ok_or_else(|| Message::new("document-edited-body"))?;
        Ok((name, xml))
    }

    /// The name and XML of the footnotes of the body, if it has any.
    pub fn notes(&mut self, body: &str) -> Result<Option<(String, String)>, Message> {
        self.beside(body, "/footnotes")
    }

    /// The names of the styles of the body, by id.
    pub fn styles(&mut self, body: &str) -> Result<BTreeMap<String, String>, Message> {
        let mut styles = BTreeMap::new();
        let Some((name, xml)) = self.beside(body, "/styles")? else { return Ok(styles) };
        let mut reader = Reader::from_str(&xml);
        let mut id = String::new();
        loop {
            match reader.read_event().map_err(|_| Message::new("document-edited-xml").with("part", &name))? {
                Event::Eof => return Ok(styles),
                Event::DocType(_) => return Err(Message::new("document-edited-dtd").with("part", &name)),
                Event::Start(tag) | Event::Empty(tag) => match tag.local_name().as_ref() {
                    "style" => id = attribute(&tag, "styleId"),
                    "name" if !id.is_empty() => {
                        styles.insert(std::mem::take(&mut id), attribute(&tag, "val"));
                    }
                    _ => {}
                },
                _ => {}
            }
        }
    }

    /// A part that the body refers to.
    fn beside(&mut self, body: &str, kind: &str) -> Result<Option<(String, String)>, Message> {
        let (folder, file) = body.rsplit_once('/').unwrap_or(("", body));
        let relations = if folder.is_empty() {
            format!("_rels/{file}.rels")
        } else {
            format!("{folder}/_rels/{file}.rels")
        };
        let Some(name) = self.related(&relations, folder, kind)? else { return Ok(None) };
        Ok(self.part(&name)?.map(|xml| (name, xml)))
    }

    /// The target of the first relation whose type ends so.
    fn related(&mut self, relations: &str, folder: &str, kind: &str) -> Result<Option<String>, Message> {
        let Some(xml) = self.part(relations)? else { return Ok(None) };
        let failed = || Message::new("document-edited-xml").with("part", relations);
        let mut reader = Reader::from_str(&xml);
        loop {
            match reader.read_event().map_err(|_| failed())? {
                Event::Eof => return Ok(None),
                Event::DocType(_) => return Err(Message::new("document-edited-dtd").with("part", relations)),
                Event::Start(tag) | Event::Empty(tag)
                    if tag.local_name().as_ref() == "Relationship"
                        && attribute(&tag, "Type").ends_with(kind) =>
                {
                    let target = attribute(&tag, "Target");
                    return Ok(Some(match target.strip_prefix('/') {
                        Some(absolute) => absolute.to_owned(),
                        None if folder.is_empty() => target,
                        None => format!("{folder}/{target}"),
                    }));
                }
                _ => {}
            }
        }
    }
}
