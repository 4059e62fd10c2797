//! Opens a PDF under a budget: how many objects it may have, wherever it keeps them.
//!
//! The library keeps every object of a file, a hundred bytes and more for each, and object streams
//! inflate while it loads. So one pass over the file refuses what holds too much in one object, and
//! a filter counts what is really kept and drops what goes beyond.

use lopdf::{Document, Error, LoadOptions, Object, ObjectId, Stream};
use std::cell::Cell;

/// Numbers, names, strings, arrays and dictionaries of one file.
const MAX_OBJECTS: usize = 800_000;
/// As many as may stand in the file itself; page content that is not packed looks like objects too.
const MAX_MET: usize = 1_000_000;
/// No object stream and no table of objects is inflated beyond this.
const MAX_INFLATED: usize = 8 << 20;

thread_local! {
    /// What the file that is being loaded may still keep. The library takes a plain function as
    /// its filter, so the count stands here; it loads on the calling thread.
    static LEFT: Cell<usize> = const { Cell::new(0) };
}

/// Why a file was not opened.
pub(super) enum Refusal {
    TooMuch,
    Unreadable(Error),
}

/// The file, and whether objects were left out.
pub(super) fn load(bytes: &[u8]) -> Result<(Document, bool), Refusal> {
    if met(bytes) > MAX_MET {
        return Err(Refusal::TooMuch);
    }
    let open = |again: bool| {
        LEFT.set(MAX_OBJECTS);
        let mut options = LoadOptions::with_max_decompressed_size(MAX_INFLATED);
        options.filter = Some(keep);
        options.force_reconstruct = again;
        Document::load_mem_with_options(bytes, options)
    };
    let first = open(false);
    // A table of objects that leads nowhere: the objects may be there all the same.
    let lost =
        first.as_ref().is_ok_and(|d| !d.is_encrypted() && LEFT.get() > 0 && d.page_iter().next().is_none());
    let opened = if lost { open(true).or(first) } else { first };
    match opened {
        Ok(doc) if LEFT.get() == 0 && doc.page_iter().next().is_none() => Err(Refusal::TooMuch),
        opened => opened.map(|doc| (doc, LEFT.get() == 0)).map_err(Refusal::Unreadable),
    }
}

/// Keeps an object while there is room. Pictures are never looked at: their bytes go.
fn keep(id: ObjectId, object: &mut Object) -> Option<(ObjectId, Object)> {
    let mut cost = weight(object);
    if let Object::Stream(s) = object {
        if s.dict.has_type(b"ObjStm") {
            let inflated = s.get_plain_content_with_limit(MAX_INFLATED).unwrap_or_default();
            cost = cost.saturating_add(tokens(&inflated));
        } else if matches!(s.dict.get(b"Subtype").and_then(Object::as_name), Ok(b"Image")) {
            *s = Stream::new(s.dict.clone(), Vec::new());
        }
    }
    let left = LEFT.get();
    // Once something was dropped nothing is left, so that it is known.
    LEFT.set(left.saturating_sub(cost));
    // The library keeps what stands in `object`; only of the members of object streams, which are
    // no streams themselves, it keeps what is given back.
    (cost < left).then(|| (id, if object.as_stream().is_ok() { Object::Null } else { object.clone() }))
}

fn weight(object: &Object) -> usize {
    match object {
        Object::Array(all) => 1 + all.iter().map(weight).sum::<usize>(),
        Object::Dictionary(d) => 1 + d.iter().map(|(_, o)| 1 + weight(o)).sum::<usize>(),
        Object::Stream(s) => 1 + s.dict.iter().map(|(_, o)| 1 + weight(o)).sum::<usize>(),
        _ => 1,
    }
}

fn blank(b: u8) -> bool {
    matches!(b, 0 | 9 | 10 | 12 | 13 | 32)
}

/// At most so many objects stand in the text: every one begins behind a blank or with a sign.
fn tokens(text: &[u8]) -> usize {
    let mut count = 0;
    let mut inside = false;
    for b in text {
        let sign = matches!(b, b'(' | b'<' | b'[' | b'/');
        count += usize::from(sign || !inside && !blank(*b));
        inside = !blank(*b);
    }
    count
}

/// How many objects the library may meet at once, before the filter sees them. Streams are packed
/// bytes and hold none, unless they look like text: what is no stream may be made to look like one.
fn met(bytes: &[u8]) -> usize {
    let (mut count, mut at) = (0, 0);
    while at < bytes.len() {
        let begin = find(&bytes[at..], b"stream").map_or(bytes.len(), |i| at + i);
        count += tokens(&bytes[at..begin]);
        let end = find(&bytes[begin..], b"endstream").map_or(bytes.len(), |i| begin + i + 9);
        let inside = tokens(&bytes[begin..end]);
        if inside > (end - begin) / 16 {
            count += inside;
        }
        at = end;
    }
    count
}

fn find(hay: &[u8], word: &[u8]) -> Option<usize> {
    let (first, rest) = word.split_first()?;
    let mut at = 0;
    while let Some(i) = hay[at..].iter().position(|b| b == first) {
        at += i + 1;
        if hay[at..].starts_with(rest) {
            return Some(at - 1);
        }
    }
    None
}
