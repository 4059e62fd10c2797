//! Pages become a file: glyphs and rules, structure, outline, properties, the attached figures.

use domain::Message;
use krilla::color::luma;
use krilla::configure::{Accessibility, Archival, ConfigurationBuilder};
use krilla::destination::XyzDestination;
use krilla::embed::{AssociationKind, EmbeddedFile, MimeType};
use krilla::geom::{PathBuilder, Point};
use krilla::metadata::{DateTime, Metadata};
use krilla::num::NormalizedF32;
use krilla::outline::{Outline, OutlineNode};
use krilla::page::PageSettings;
use krilla::paint::{LineCap, Stroke, StrokeDash};
use krilla::surface::Surface;
use krilla::tagging::{Artifact, ArtifactType, ContentTag, SpanTag};
use krilla::text::{GlyphId, KrillaGlyph};
use krilla::{Document as File, SerializeSettings};

use super::compose::Entry;
use super::flow::{Item, Note, Page};
use super::font::{Face, Faces};
use super::line::{Letter, Style, set};
use super::tags::{Group, Tags};
use super::{FIGURES_NAME, HEIGHT, MM, WIDTH};
use crate::layout::Profile;

const LANGUAGE: &str = "vi-VN";

/// What a file says about itself.
pub(super) struct About {
    pub(super) title: String,
    pub(super) author: String,
    /// Year, month, day.
    pub(super) date: (u16, u8, u8),
    /// The attached list of figures.
    pub(super) figures: Vec<u8>,
}

/// Everything that was composed.
pub(super) struct Composed<'a> {
    pub(super) pages: &'a [Page],
    pub(super) notes: &'a [Note],
    pub(super) entries: &'a [Entry],
    pub(super) tags: Tags,
}

/// Makes the file.
pub(super) fn file(
    composed: Composed,
    faces: &Faces,
    profile: &Profile,
    about: About,
) -> Result<Vec<u8>, Message> {
    let broken = |what: String| Message::new("document-pdf-failed").with("reason", what);
    let configuration = ConfigurationBuilder::new()
        .with_archival_validator(Archival::A3_A)
        .with_accessibility_validator(Accessibility::UA1)
        .finish()
        .map_err(|e| broken(format!("{e:?}")))?;
    let settings = SerializeSettings { configuration, enable_tagging: true, ..SerializeSettings::default() };
    let mut file = File::new_with(settings);
    let Composed { pages, notes, entries, mut tags } = composed;

    for (at, page) in pages.iter().enumerate() {
        let settings = PageSettings::from_wh(WIDTH, HEIGHT).ok_or_else(|| broken("page size".to_owned()))?;
        let mut sheet = file.start_page_with(settings);
        let mut surface = sheet.surface();
        let mut pen = Pen { surface: &mut surface, faces, tags: &mut tags, notes, open: None };
        if at > 0 {
            pen.page_number(at + 1, profile);
        }
        page.items.iter().for_each(|item| pen.item(item));
        pen.close();
        surface.finish();
        sheet.finish();
    }

    file.set_tag_tree(tags.tree(LANGUAGE));
    file.set_outline(outline(pages, entries));
    let (year, month, day) = about.date;
    let date = DateTime::new(year)
        .month(month)
        .day(day)
        .hour(0)
        .minute(0)
        .second(0)
        .utc_offset_hour(0)
        .utc_offset_minute(0);
    let mut metadata = Metadata::new()
        .title(about.title)
        .language(LANGUAGE.to_owned())
        .creator("Nền Nếp".to_owned())
        .creation_date(date);
    if !about.author.is_empty() {
        metadata = metadata.authors(vec![about.author]);
    }
    file.set_metadata(metadata);
    let attached = file.embed_file(EmbeddedFile {
        path: FIGURES_NAME.to_owned(),
        mime_type: MimeType::new("application/json"),
        description: Some("Các số liệu trong văn bản và nơi lấy số liệu".to_owned()),
        association_kind: AssociationKind::Data,
        data: about.figures.into(),
        modification_date: Some(date),
        compress: Some(true),
        location: None,
    });
    attached.ok_or_else(|| broken("attachment".to_owned()))?;
    file.finish().map_err(|e| broken(format!("{e} {}", reasons(&e))))
}

fn reasons(error: &krilla::error::KrillaError) -> String {
    match error {
        krilla::error::KrillaError::Validation(all) => {
            let all: Vec<String> = all.iter().take(5).map(|(what, _)| format!("{what:?}")).collect();
            all.join("; ")
        }
        _ => String::new(),
    }
}

/// The outline, nested by level.
fn outline(pages: &[Page], entries: &[Entry]) -> Outline {
    let mut outline = Outline::new();
    // The open branch, from the top down.
    let mut branch: Vec<(u16, OutlineNode)> = Vec::new();
    let fold = |branch: &mut Vec<(u16, OutlineNode)>, outline: &mut Outline| {
        if let Some((_, node)) = branch.pop() {
            match branch.last_mut() {
                Some((_, parent)) => parent.push_child(node),
                None => outline.push_child(node),
            }
        }
    };
    for (at, page) in pages.iter().enumerate() {
        for &(entry, y) in &page.entries {
            let Some(entry) = entries.get(entry) else { continue };
            while branch.last().is_some_and(|(level, _)| *level >= entry.level) {
                fold(&mut branch, &mut outline);
            }
            let place = XyzDestination::new(at, Point::from_xy(0.0, (y - 6.0).max(0.0)));
            branch.push((entry.level, OutlineNode::new(entry.text.clone(), place).with_open(true)));
        }
    }
    while !branch.is_empty() {
        fold(&mut branch, &mut outline);
    }
    outline
}

/// What the marked content that is open belongs to.
#[derive(Clone, Copy, PartialEq)]
enum Open {
    Group(Group),
    Ornament,
}

struct Pen<'a, 's> {
    surface: &'a mut Surface<'s>,
    faces: &'a Faces,
    tags: &'a mut Tags,
    notes: &'a [Note],
    open: Option<Open>,
}

impl Pen<'_, '_> {
    /// Lines of one group that follow each other share their marked content.
    fn open(&mut self, what: Open) {
        if self.open == Some(what) {
            return;
        }
        self.close();
        match what {
            Open::Group(group) => {
                let content = self.surface.start_tagged(ContentTag::Span(SpanTag::empty()));
                self.tags.content(group, content);
            }
            Open::Ornament => {
                self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::Layout)));
            }
        }
        self.open = Some(what);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.surface.end_tagged();
        }
    }

    fn page_number(&mut self, number: usize, profile: &Profile) {
        let mut letters = Vec::new();
        let style = Style::new(Face::Regular, profile.page_number);
        set(self.faces, &number.to_string(), style, &mut letters);
        let width: f32 = letters.iter().map(|l| l.width).sum();
        let top = profile.page_number_top * MM;
        // Centred on the sheet's text, not on the sheet: the left margin is the binding.
        let [_, _, left, right] = profile.margins.map(|m| m * MM);
        let x = left + (WIDTH - left - right - width) / 2.0;
        self.surface.start_tagged(ContentTag::Artifact(Artifact::with_kind(ArtifactType::PageNumber)));
        self.letters(&letters, x, top + style.size * 0.75, 0.0);
        self.surface.end_tagged();
    }

    fn item(&mut self, item: &Item) {
        match item {
            Item::Text { x, y, line, stretch, group } => {
                self.open(group.map_or(Open::Ornament, Open::Group));
                self.letters(&line.letters, *x, *y, *stretch);
                let Some(group) = group else { return };
                let notes = line.notes();
                if !notes.is_empty() {
                    // The footnote is read where it is marked.
                    self.close();
                    notes.into_iter().for_each(|n| self.tags.hang(*group, self.notes[n].group));
                }
            }
            Item::Rule { from, to, thickness, dotted } => {
                self.open(Open::Ornament);
                self.rule(*from, *to, *thickness, *dotted);
            }
        }
    }

    fn letters(&mut self, letters: &[Letter], x: f32, y: f32, stretch: f32) {
        let mut x = x;
        for run in letters.chunk_by(|a, b| a.style == b.style) {
            let Some(style) = run.first().map(|l| l.style) else { continue };
            let mut words = String::with_capacity(run.len() * 2);
            let mut glyphs = Vec::with_capacity(run.len());
            let start = x;
            for letter in run {
                let from = words.len();
                // Hard blanks are for the layout; who copies the text wants plain ones.
                words.push(if letter.letter == '\u{a0}' { ' ' } else { letter.letter });
                let width = letter.width + if letter.letter == ' ' { stretch } else { 0.0 };
                let glyph = GlyphId::new(letter.glyph);
                glyphs.push(KrillaGlyph::new(
                    glyph,
                    width / style.size,
                    0.0,
                    0.0,
                    0.0,
                    from..words.len(),
                    None,
                ));
                x += width;
            }
            let font = self.faces.font(style.face).clone();
            self.surface.draw_glyphs(
                Point::from_xy(start, y - style.rise),
                &glyphs,
                font,
                &words,
                style.size,
                false,
            );
        }
    }

    fn rule(&mut self, from: (f32, f32), to: (f32, f32), thickness: f32, dotted: bool) {
        let mut path = PathBuilder::new();
        path.move_to(from.0, from.1);
        path.line_to(to.0, to.1);
        let Some(path) = path.finish() else { return };
        let dash = dotted.then(|| StrokeDash { array: vec![0.0, 3.2], offset: 0.0 });
        let line_cap = if dotted { LineCap::Round } else { LineCap::Square };
        self.surface.set_stroke(Some(Stroke {
            paint: luma::Color::black().into(),
            width: thickness,
            line_cap,
            opacity: NormalizedF32::ONE,
            dash,
            ..Stroke::default()
        }));
        self.surface.draw_path(&path);
        self.surface.set_stroke(None);
    }
}
