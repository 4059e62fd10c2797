//! Packages: what one level hands to the next, as one file with the hash of every part.
//!
//! A ZIP with the parts and, first, `manifest.json`: what the package is, and for each part its
//! name, size and SHA-256. Signing may come later; the hashes already tell a damaged or changed part.
//!
//! - The same parts give the same bytes: nothing of it knows a clock, and the order is the caller's.
//! - [`read`] believes nothing: names, number and size of parts are bounded, every hash is checked.

use crate::Limits;
use domain::Message;
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipArchive, ZipWriter};

/// The name of the manifest in a package.
pub const MANIFEST: &str = "manifest.json";
/// More parts than any package has.
const MOST_PARTS: usize = 50;
/// The longest manifest, in bytes.
const LONGEST_MANIFEST: u64 = 1 << 20;

/// One file of a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// Its name: letters of a file's name, no folders.
    pub name: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// What a package is, and what is in it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Manifest {
    /// `nenep-package-1`.
    pub format: String,
    /// What it is about: report, unit, period….
    pub about: BTreeMap<String, String>,
    /// The parts, in order.
    pub files: Vec<Listed>,
}

/// A part as the manifest lists it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Listed {
    /// Its name.
    pub name: String,
    /// Its size in bytes.
    pub size: u64,
    /// SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

const FORMAT: &str = "nenep-package-1";

/// The name of the records in a package that one level hands to the next.
pub const WORKBOOK: &str = "so-lieu.xlsx";

/// The workbook of a package; `None` for a file that is no package.
///
/// # Errors
/// A package that is damaged, was changed, or has no workbook.
pub fn workbook(bytes: &[u8], limits: &Limits) -> Result<Option<Vec<u8>>, Message> {
    let is_package = ZipArchive::new(Cursor::new(bytes))
        .is_ok_and(|zip| zip.index_for_name(MANIFEST).is_some() && zip.index_for_name(WORKBOOK).is_some());
    if !is_package {
        return Ok(None);
    }
    let (_, parts) = read(bytes, limits)?;
    let workbook = parts.into_iter().find(|part| part.name == WORKBOOK);
    workbook.map(|part| Some(part.bytes)).ok_or_else(|| Message::new("exchange-package-damaged"))
}

fn hash(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut out, byte| {
        // Writing into a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}

/// The manifest of parts.
pub fn manifest(about: &BTreeMap<String, String>, parts: &[Part]) -> Manifest {
    let listed = |part: &Part| Listed {
        name: part.name.clone(),
        size: u64::try_from(part.bytes.len()).unwrap_or(u64::MAX),
        sha256: hash(&part.bytes),
    };
    Manifest { format: FORMAT.to_owned(), about: about.clone(), files: parts.iter().map(listed).collect() }
}

/// Puts parts into one file.
pub fn write(about: &BTreeMap<String, String>, parts: &[Part]) -> Result<Vec<u8>, Message> {
    let failed = || Message::new("exchange-package-write");
    let manifest = serde_json::to_vec_pretty(&manifest(about, parts)).map_err(|_| failed())?;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let all = std::iter::once((MANIFEST, manifest.as_slice()));
    for (name, bytes) in all.chain(parts.iter().map(|p| (p.name.as_str(), p.bytes.as_slice()))) {
        let options = SimpleFileOptions::default()
            .compression_method(CompressionMethod::Deflated)
            .last_modified_time(DateTime::default());
        zip.start_file(name, options).map_err(|_| failed())?;
        zip.write_all(bytes).map_err(|_| failed())?;
    }
    Ok(zip.finish().map_err(|_| failed())?.into_inner())
}

/// Reads a package back: its manifest and its parts, each with the hash that the manifest says.
pub fn read(bytes: &[u8], limits: &Limits) -> Result<(Manifest, Vec<Part>), Message> {
    let damaged = || Message::new("exchange-package-damaged");
    let mut zip = ZipArchive::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    if zip.len() > MOST_PARTS || zip.has_duplicate_names() {
        return Err(damaged());
    }
    let mut room = limits.inflated_bytes;
    let mut part = |name: &str, most: u64| -> Result<Vec<u8>, Message> {
        let mut out = Vec::new();
        let file = zip.by_name(name).map_err(|_| damaged())?;
        let most = most.min(room);
        file.take(most + 1).read_to_end(&mut out).map_err(|_| damaged())?;
        let size = u64::try_from(out.len()).unwrap_or(u64::MAX);
        if size > most {
            return Err(Message::new("exchange-package-large"));
        }
        room -= size;
        Ok(out)
    };
    let manifest: Manifest =
        serde_json::from_slice(&part(MANIFEST, LONGEST_MANIFEST)?).map_err(|_| damaged())?;
    if manifest.format != FORMAT || manifest.files.len() > MOST_PARTS {
        return Err(Message::new("exchange-package-unknown"));
    }
    let mut parts = Vec::new();
    for listed in &manifest.files {
        let plain =
            !listed.name.is_empty() && !listed.name.contains(['/', '\\', ':', '\0']) && listed.name != "..";
        if !plain || listed.name == MANIFEST {
            return Err(damaged());
        }
        let bytes = part(&listed.name, u64::MAX)?;
        if hash(&bytes) != listed.sha256 {
            return Err(Message::new("exchange-package-changed").with("name", &listed.name));
        }
        parts.push(Part { name: listed.name.clone(), bytes });
    }
    Ok((manifest, parts))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parts() -> Vec<Part> {
        vec![
            Part { name: "bao-cao.docx".into(), bytes: b"mot".to_vec() },
            Part { name: "so-lieu.json".into(), bytes: b"{}".to_vec() },
        ]
    }

    #[test]
    fn a_package_is_read_back_and_is_always_the_same_bytes() {
        let about = BTreeMap::from([("unit".to_owned(), "CB1".to_owned())]);
        let bytes = write(&about, &parts()).unwrap();
        assert_eq!(bytes, write(&about, &parts()).unwrap());
        let (manifest, read_back) = read(&bytes, &Limits::default()).unwrap();
        assert_eq!(read_back, parts());
        assert_eq!(manifest.about, about);
        assert_eq!(manifest.files[1].sha256, hash(b"{}"));
    }

    #[test]
    fn a_changed_part_is_told_by_its_name() {
        let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
        let manifest = serde_json::to_vec(&manifest(&BTreeMap::new(), &parts())).unwrap();
        for (name, bytes) in
            [(MANIFEST, manifest.as_slice()), ("bao-cao.docx", b"hai"), ("so-lieu.json", b"{}")]
        {
            zip.start_file(name, SimpleFileOptions::default()).unwrap();
            zip.write_all(bytes).unwrap();
        }
        let bytes = zip.finish().unwrap().into_inner();
        let refused = read(&bytes, &Limits::default()).unwrap_err();
        assert_eq!(refused, Message::new("exchange-package-changed").with("name", "bao-cao.docx"));
        assert!(read(b"PK", &Limits::default()).is_err());
        let small = Limits { inflated_bytes: 10, ..Limits::default() };
        assert_eq!(read(&bytes, &small).unwrap_err().key, "exchange-package-large");
    }
}
