//! The sheet of each kind of record.

use crate::REGISTRY;
use crate::kind::{Choice, Field, Kind, Ty};
use exchange::{CellType, ChoiceItem, ColumnSpec, SheetSpec};
use std::sync::OnceLock;

/// The most letters of a field of several lines.
pub(super) const LONG: usize = 20_000;
/// The most letters of a code.
pub(super) const CODE: usize = 60;

/// The fields that stand on the sheet, in the order of its columns: computed ones do not.
pub(super) fn fields(kind: &'static Kind) -> impl Iterator<Item = &'static Field> {
    kind.fields.iter().filter(|f| !f.computed)
}

/// The sheets of all kinds, parents before children.
pub fn specs() -> &'static [&'static SheetSpec] {
    static ALL: OnceLock<Vec<&'static SheetSpec>> = OnceLock::new();
    // Made once and kept for the life of the program, so that rows may point at them.
    ALL.get_or_init(|| REGISTRY.kinds().into_iter().map(|k| &*Box::leak(Box::new(made(k)))).collect())
}

/// The sheet of a kind; `None` for a kind of no feature.
pub fn spec(kind: &str) -> Option<&'static SheetSpec> {
    specs().iter().copied().find(|s| s.name == kind)
}

fn made(kind: &'static Kind) -> SheetSpec {
    let columns: Vec<ColumnSpec> = fields(kind).map(column).collect();
    SheetSpec { name: kind.name, title: kind.vi, note: kind.note, columns: columns.leak(), key: kind.key }
}

pub(super) fn column(field: &Field) -> ColumnSpec {
    ColumnSpec {
        name: field.name,
        heading: field.vi,
        aliases: field.aliases,
        ty: cell_type(field.ty),
        required: field.required,
        note: field.note,
        example: field.example,
        over_two: None,
    }
}

fn cell_type(ty: Ty) -> CellType {
    match ty {
        Ty::Code => CellType::Text { max: CODE },
        Ty::Text(max) => CellType::Text { max: usize::from(max) },
        Ty::Long => CellType::Text { max: LONG },
        Ty::Name => CellType::Name,
        Ty::Day => CellType::Day,
        Ty::Year => CellType::Year,
        Ty::Month => CellType::Whole { min: 1, max: 12 },
        Ty::Whole(min, max) => CellType::Whole { min, max },
        Ty::Money => CellType::Money,
        Ty::Decimal(places) => CellType::Decimal { places },
        Ty::Flag => CellType::Flag,
        Ty::Choice(choices) => CellType::Choice(items(choices)),
        Ty::Unit => CellType::UnitRef,
        Ty::Person => CellType::PersonRef,
        Ty::Ref(kind) => CellType::Ref(kind),
    }
}

fn items(choices: &[Choice]) -> &'static [ChoiceItem] {
    let items: Vec<_> = choices.iter().map(|c| ChoiceItem { code: c.code, vi: c.vi, en: c.en }).collect();
    items.leak()
}
