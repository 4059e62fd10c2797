//! The structure of a tagged PDF, gathered while the document is composed and drawn.
//!
//! Groups are made in reading order when a block is composed; their content is added when a
//! page draws it. A footnote hangs below the paragraph that marks it.

use std::num::NonZeroU16;

use krilla::tagging::{Identifier, ListNumbering, Node, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// A group of the structure.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Group(usize);

/// What a group is.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Kind {
    Paragraph,
    /// Level from 1, and the text.
    Heading(u16, String),
    List,
    ListItem,
    ListBody,
    Table,
    Caption,
    TableHead,
    TableBody,
    Row,
    HeadCell,
    Cell,
    Note,
}

impl Kind {
    fn tag(&self) -> TagKind {
        match self {
            Kind::Paragraph => Tag::P.into(),
            Kind::Heading(level, text) => {
                Tag::Hn(NonZeroU16::new(*level).unwrap_or(NonZeroU16::MIN), Some(text.clone())).into()
            }
            Kind::List => Tag::L(ListNumbering::None).into(),
            Kind::ListItem => Tag::LI.into(),
            Kind::ListBody => Tag::LBody.into(),
            Kind::Table => Tag::Table.into(),
            Kind::Caption => Tag::Caption.into(),
            Kind::TableHead => Tag::THead.into(),
            Kind::TableBody => Tag::TBody.into(),
            Kind::Row => Tag::TR.into(),
            Kind::HeadCell => Tag::TH(TableHeaderScope::Column).into(),
            Kind::Cell => Tag::TD.into(),
            Kind::Note => Tag::Note.into(),
        }
    }
}

#[derive(Debug)]
enum Child {
    Group(Group),
    Content(Identifier),
}

/// All groups of a document.
#[derive(Debug, Default)]
pub(super) struct Tags {
    groups: Vec<(Kind, Vec<Child>)>,
    top: Vec<Group>,
}

impl Tags {
    /// A group that stands nowhere yet.
    pub(super) fn loose(&mut self, kind: Kind) -> Group {
        self.groups.push((kind, Vec::new()));
        Group(self.groups.len() - 1)
    }

    /// A group at the end of the document.
    pub(super) fn top(&mut self, kind: Kind) -> Group {
        let group = self.loose(kind);
        self.top.push(group);
        group
    }

    /// A group at the end of another.
    pub(super) fn within(&mut self, parent: Group, kind: Kind) -> Group {
        let group = self.loose(kind);
        self.hang(parent, group);
        group
    }

    /// Puts a loose group at the end of another.
    pub(super) fn hang(&mut self, parent: Group, group: Group) {
        self.groups[parent.0].1.push(Child::Group(group));
    }

    /// Adds drawn content.
    pub(super) fn content(&mut self, group: Group, content: Identifier) {
        self.groups[group.0].1.push(Child::Content(content));
    }

    /// The tree for the file.
    pub(super) fn tree(mut self, language: &str) -> TagTree {
        let mut tree = TagTree::new().with_lang(Some(language.to_owned()));
        for group in std::mem::take(&mut self.top) {
            tree.push(self.build(group));
        }
        tree
    }

    fn build(&mut self, group: Group) -> TagGroup {
        let children = std::mem::take(&mut self.groups[group.0].1);
        let children = children.into_iter().map(|child| match child {
            Child::Group(inner) => Node::from(self.build(inner)),
            Child::Content(content) => Node::from(content),
        });
        let children: Vec<Node> = children.collect();
        TagGroup::with_children(self.groups[group.0].0.tag(), children)
    }
}
