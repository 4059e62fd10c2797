//! The sections of a template, for those who write its narrative: under which heading each text
//! stands, and which figures the template itself says there.

use super::{FigureHole, Hole, Node, Piece, Template, holes_of};

/// What stands under one heading.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Section {
    /// The heading's level; 0 for what stands before the first.
    pub level: u8,
    /// Its words, with its number; holes in it are left out.
    pub heading: String,
    /// The texts to write, in order, each once in the whole template.
    pub slots: Vec<Slot>,
    /// The figures that the section asks for, in order, each once: printed, weighed, or told apart.
    pub figures: Vec<FigureHole>,
}

/// A text that people write.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// Its name.
    pub name: String,
    /// What to write, as the template says it; may be empty.
    pub hint: String,
}

impl Template {
    /// The sections in reading order.
    pub fn sections(&self) -> Vec<Section> {
        let mut sections = vec![Section::default()];
        walk(&self.body, &mut sections);
        let mut seen = Vec::new();
        for section in &mut sections {
            section.slots.retain(|slot| {
                let new = !seen.contains(&slot.name);
                if new {
                    seen.push(slot.name.clone());
                }
                new
            });
        }
        sections.retain(|s| !s.slots.is_empty() || !s.figures.is_empty() || !s.heading.is_empty());
        sections
    }
}

fn walk(nodes: &[Node], sections: &mut Vec<Section>) {
    for node in nodes {
        let mut holes: Vec<Hole> = Vec::new();
        match node {
            Node::Heading(level, line) => {
                sections.push(Section { level: *level, heading: words(line), ..Section::default() });
                holes_of(line, &mut holes);
            }
            Node::Paragraph(line) | Node::Item(line) | Node::Caption(line) => holes_of(line, &mut holes),
            Node::Columns(columns) => columns.iter().for_each(|c| holes_of(&c.head, &mut holes)),
            Node::Row(cells) => cells.iter().for_each(|cell| holes_of(cell, &mut holes)),
            Node::Text { name, hint, .. } => {
                if let Some(section) = sections.last_mut() {
                    section.slots.push(Slot { name: name.clone(), hint: hint.clone() });
                }
            }
            Node::If { condition, then, otherwise } => {
                holes.extend(condition.test.hole());
                take(sections, &mut holes);
                walk(then, sections);
                walk(otherwise, sections);
            }
            Node::Each { list, body, otherwise, .. } => {
                holes.push(list.clone());
                take(sections, &mut holes);
                walk(body, sections);
                walk(otherwise, sections);
            }
            Node::Lines(_) => {}
        }
        take(sections, &mut holes);
    }
}

/// Puts the figures and texts among the holes into the last section.
fn take(sections: &mut [Section], holes: &mut Vec<Hole>) {
    let Some(section) = sections.last_mut() else { return };
    for hole in holes.drain(..) {
        match hole {
            Hole::Figure(figure) | Hole::Split { figure, .. } => {
                // The same number printed in another way is the same figure to a writer; the way that
                // prints it wins over the one that only asks.
                let same = |f: &FigureHole| {
                    f.indicator == figure.indicator
                        && f.period == figure.period
                        && f.selection == figure.selection
                };
                match section.figures.iter_mut().find(|f| same(f)) {
                    Some(there) if there.format == super::Format::default() => *there = figure,
                    Some(_) => {}
                    None => section.figures.push(figure),
                }
            }
            // A text in the middle of a line is written here too; one that a condition asks about is not.
            Hole::Text(_) | Hole::List(_) | Hole::Field(_) => {}
        }
    }
}

fn words(line: &[Piece]) -> String {
    let mut out = String::new();
    for piece in line {
        match piece {
            Piece::Text(text) => out.push_str(text),
            Piece::Bold(inner) | Piece::Italic(inner) => out.push_str(&words(inner)),
            _ => {}
        }
    }
    domain::text::tidy(&out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_text_stands_under_its_heading_with_the_figures_said_there() {
        let text = "id: a\nkind: X\nextract: y\n\nMở đầu {{org.members}}.\n# I. *Chung*\n{{if a.b > 0}}\nCó {{a.b padded}}, năm trước \
                    {{a.b year-1}}^[{{c.d by year \"{key}: {value}\" ;}}].\n{{end}}\n{{if text one}}\n{{text one \"nêu\" 2}}\n{{else}}\n{{text one \
                    \"khác\" 2}}\n{{end}}\n## 1. Riêng\n{{text two}}\n";
        let template = Template::parse("a", text).unwrap();
        let sections = template.sections();
        let told: Vec<String> = sections
            .iter()
            .map(|s| {
                let slots: Vec<_> = s.slots.iter().map(|s| format!("{}({})", s.name, s.hint)).collect();
                let figures: Vec<_> = s.figures.iter().map(ToString::to_string).collect();
                format!("{} {}: {} | {}", s.level, s.heading, slots.join(","), figures.join(","))
            })
            .collect();
        assert_eq!(
            told,
            [
                "0 :  | org.members",
                "1 I. Chung: one(nêu) | a.b padded,a.b year-1,c.d",
                "2 1. Riêng: two() | ",
            ]
        );
    }
}
