//! The vocabulary: which relations there are, how they are written and what their columns hold.
//! The built-in one is `rules/vocabulary.rules`; Rust knows its shape, not its words.
use rustc_hash::FxHashMap;

use crate::syntax::Spanned;
use crate::syntax::rules::{MemberDecl, RelationDecl, UnitDecl};
use crate::text::near::nearest;
use crate::text::{Fault, Message, Span, normal};
use crate::value::{Exact, Figure};

/// Number of a relation in the vocabulary.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct RelationId(pub u16);

/// Number of a column in its relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ColumnId(pub u16);

/// What a column holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ColumnType {
    /// 文字列
    Text,
    /// 符号: a code such as Ⅰ-2, compared normalised.
    Code,
    /// 番号: a whole number such as 8, No8, ⑧, (8).
    Number,
    /// 年度
    Year,
    /// 日付
    Date,
    /// 期間: a range of years or days, kept as text.
    Period,
    /// 真偽: はい / いいえ
    Bool,
    /// 選択: one of these words.
    Choice(Vec<String>),
    /// 量: a printed figure; whether it is exact by nature (目標, 予算), and its unit if fixed (as `量 事業`).
    Figure {
        /// 厳密: a decision or a count, never rounded.
        exact: bool,
        /// The unit that all its figures have.
        unit: Option<String>,
    },
    /// 参照: a reference to a row of a relation.
    Reference(RelationId),
}

/// How a column is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnRole {
    /// 見出し: beside the keyword.
    Head,
    /// 属性: a statement in the block.
    Attribute,
    /// 並び: a statement with several values; the column holds the list.
    List,
    /// 標識: what a marker such as 再掲 gives; the flag and the reference.
    Mark,
    /// 列: a column of a table.
    Cell,
    /// 導出: a reference derived from the code in another column of the row (集計行.分野 from 項番).
    Derived(ColumnId),
    /// Given by the house: 年度, 部分, 値 of a series; 順.
    Given,
}

/// One column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Japanese name.
    pub name: String,
    /// English alias.
    pub alias: String,
    /// What it holds.
    pub ty: ColumnType,
    /// How it is written.
    pub role: ColumnRole,
}

/// Whence the rows of a relation come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelationKind {
    /// Statements with the relation's keyword.
    Entity,
    /// Items by fiscal year of a 系列 statement in the block of the owner.
    Series(RelationId),
    /// Rows of the table in the block of the owner.
    Rows(RelationId),
    /// Made by rules (定義), never written in a plan.
    Defined,
}

/// One relation.
#[derive(Debug, Clone)]
pub struct Relation {
    /// Japanese name.
    pub name: String,
    /// English alias.
    pub alias: String,
    /// Whence its rows come.
    pub kind: RelationKind,
    /// Relations in whose blocks it may stand; empty: at the top of a document.
    pub places: Vec<RelationId>,
    /// Columns.
    pub columns: Vec<Column>,
    /// Whether rows of one name in one series of documents are the same thing (同定).
    pub identity: Option<ColumnId>,
    /// Where it was declared.
    pub span: Span,
}

/// All relations, units and keywords.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// Relations by number.
    pub relations: Vec<Relation>,
    /// Synonyms of units, normalised: synonym, canonical.
    pub units: Vec<(String, String)>,
    /// Units that are a multiple of another, normalised: unit, factor, the other.
    pub multiples: Vec<(String, Exact, String)>,
    /// Other keywords: keyword, its English alias, relation, and the value of its column 種別.
    pub keywords: Vec<(String, String, RelationId, String)>,
}

impl Vocabulary {
    /// The vocabulary of declarations. A relation whose first member has the role 行 holds the rows of the
    /// tables of the relation that it names as its place.
    #[must_use]
    pub fn load(relations: &[RelationDecl], units: &[UnitDecl]) -> (Self, Vec<Fault>) {
        let mut out = Self::default();
        let mut faults = Vec::new();
        for unit in units {
            out.unit(unit, &mut faults);
        }
        let relations = &extended(relations, &mut faults);
        // Names first: relations may mention each other in any order.
        for declared in relations {
            let alias = declared.alias.as_ref().map_or_else(|| declared.name.node.clone(), |a| a.node.clone());
            if out.relation(&declared.name.node).is_some() {
                faults
                    .push(Fault::error("duplicate-declaration", declared.name.span).with("name", &declared.name.node));
            }
            out.relations.push(Relation {
                name: declared.name.node.clone(),
                alias,
                kind: RelationKind::Entity,
                places: Vec::new(),
                columns: Vec::new(),
                identity: None,
                span: declared.span,
            });
        }
        for (id, declared) in (0..).map(RelationId).zip(relations) {
            for (keyword, alias, kind) in &declared.keywords {
                let alias = alias.as_ref().map_or_else(String::new, |a| a.node.clone());
                out.keywords.push((keyword.node.clone(), alias, id, kind.clone()));
            }
        }
        for (id, declared) in (0..).map(RelationId).zip(relations) {
            out.declare(id, declared, &mut faults);
        }
        (out, faults)
    }

    fn unit(&mut self, unit: &UnitDecl, faults: &mut Vec<Fault>) {
        let canonical = normal::normal(&unit.name.node);
        self.units.extend(unit.synonyms.iter().map(|s| (normal::normal(&s.node), canonical.clone())));
        let Some((factor, other)) = &unit.multiple else { return };
        let base = self.canonical_unit(&other.node);
        let number = match Figure::read(&factor.node) {
            Ok(Figure::Quantity(quantity)) if quantity.value > Exact::ZERO => Some(quantity.value),
            _ => None,
        };
        // A multiple of a multiple is one of the first; one that leads back to itself has no value.
        let (value, base) = match (number, self.multiples.iter().find(|m| m.0 == base)) {
            (Some(n), Some((_, further, first))) => (n.checked_mul(*further), first.clone()),
            (number, None) => (number, base),
            (None, Some(_)) => (None, base),
        };
        match value.filter(|_| base != canonical && !self.multiples.iter().any(|m| m.0 == canonical)) {
            Some(value) => self.multiples.push((canonical, value, base)),
            None => faults.push(Fault::error("bad-unit", unit.name.span).with("name", &unit.name.node)),
        }
    }

    /// The unit that figures of `unit` are kept in, and how many of it one `unit` is.
    #[must_use]
    pub fn base_unit(&self, unit: &str) -> (String, Exact) {
        if unit.is_empty() {
            return (String::new(), Exact::ONE);
        }
        let unit = self.canonical_unit(unit);
        match self.multiples.iter().find(|m| m.0 == unit) {
            Some((_, factor, base)) => (base.clone(), *factor),
            None => (unit, Exact::ONE),
        }
    }

    fn named(&self, name: &Spanned<String>, faults: &mut Vec<Fault>) -> Option<RelationId> {
        let found = self.keyword(&name.node).map(|k| k.0);
        if found.is_none() {
            let near = nearest(&name.node, self.relations.iter().map(|r| r.name.as_str()));
            faults.push(Fault::error("unknown-name", name.span).with("name", &name.node).with("near", near));
        }
        found
    }

    fn declare(&mut self, id: RelationId, declared: &RelationDecl, faults: &mut Vec<Fault>) {
        let places: Vec<RelationId> = declared.places.iter().filter_map(|p| self.named(p, faults)).collect();
        let is_rows = declared.members.first().is_some_and(|m| m.role.node == "行");
        let mut columns: Vec<Column> = Vec::new();
        let mut identity = None;
        for member in &declared.members {
            let alias = member.alias.as_ref().map_or_else(|| member.name.node.clone(), |a| a.node.clone());
            let role = match member.role.node.as_str() {
                "見出し" => ColumnRole::Head,
                "属性" => ColumnRole::Attribute,
                "並び" => ColumnRole::List,
                "標識" => ColumnRole::Mark,
                "列" => ColumnRole::Cell,
                "導出" => {
                    let from = member.words.get(2).and_then(|w| columns.iter().position(|c| c.name == w.node));
                    match from.and_then(|n| u16::try_from(n).ok()) {
                        Some(n) => ColumnRole::Derived(ColumnId(n)),
                        None => {
                            let word = member.words.get(2).unwrap_or(&member.name);
                            let near = nearest(&word.node, columns.iter().map(|c| c.name.as_str()));
                            faults.push(
                                Fault::error("unknown-name", word.span).with("name", &word.node).with("near", near),
                            );
                            continue;
                        }
                    }
                }
                "同定" => {
                    identity = columns
                        .iter()
                        .position(|c| c.name == member.name.node)
                        .and_then(|n| u16::try_from(n).ok())
                        .map(ColumnId);
                    continue;
                }
                "系列" => {
                    if let Some(ty) = self.column_type(member, faults) {
                        self.series(id, member, alias, ty);
                    }
                    continue;
                }
                _ => continue,
            };
            if let Some(ty) = self.column_type(member, faults) {
                columns.push(Column { name: member.name.node.clone(), alias, ty, role });
            }
        }
        if let Some(relation) = self.relations.get_mut(id.0 as usize) {
            if let (true, Some(&owner)) = (is_rows, places.first()) {
                relation.kind = RelationKind::Rows(owner);
            }
            relation.places = places;
            relation.columns = columns;
            relation.identity = identity;
        }
    }

    fn series(&mut self, owner: RelationId, member: &MemberDecl, alias: String, ty: ColumnType) {
        let given = |name: &str, alias: &str, ty: ColumnType| Column {
            name: name.into(),
            alias: alias.into(),
            ty,
            role: ColumnRole::Given,
        };
        self.relations.push(Relation {
            name: member.name.node.clone(),
            alias,
            kind: RelationKind::Series(owner),
            places: vec![owner],
            columns: vec![
                given("年度", "year", ColumnType::Year),
                given("部分", "part", ColumnType::Number),
                given("値", "value", ty.clone()),
                given("変更前", "before", ty),
            ],
            identity: None,
            span: member.name.span,
        });
    }

    fn column_type(&self, member: &MemberDecl, faults: &mut Vec<Fault>) -> Option<ColumnType> {
        let words: Vec<&str> = member.words.iter().map(|w| w.node.as_str()).collect();
        let found = match words.as_slice() {
            ["文字列" | "text", ..] => ColumnType::Text,
            ["符号" | "code", ..] => ColumnType::Code,
            ["番号" | "number", ..] => ColumnType::Number,
            ["年度" | "year", ..] => ColumnType::Year,
            ["日付" | "date", ..] => ColumnType::Date,
            ["期間" | "period", ..] => ColumnType::Period,
            ["真偽" | "bool", ..] => ColumnType::Bool,
            ["選択" | "choice", words @ ..] => ColumnType::Choice(words.iter().map(|w| (*w).to_owned()).collect()),
            ["量" | "figure", rest @ ..] => {
                let exact = rest.iter().any(|w| matches!(*w, "厳密" | "exact"));
                let unit = rest.iter().find(|w| !matches!(**w, "厳密" | "exact")).map(|u| (*u).to_owned());
                ColumnType::Figure { exact, unit }
            }
            ["参照" | "reference", _, ..] => ColumnType::Reference(self.named(member.words.get(1)?, faults)?),
            _ => {
                let word = member.words.first().unwrap_or(&member.name);
                let near = nearest(
                    &word.node,
                    ["文字列", "符号", "番号", "年度", "日付", "期間", "真偽", "選択", "量", "参照"].into_iter(),
                );
                faults.push(Fault::error("unknown-name", word.span).with("name", &word.node).with("near", near));
                return None;
            }
        };
        Some(found)
    }

    /// The relation of a Japanese or English name; the first declared one, entities before series.
    #[must_use]
    pub fn relation(&self, name: &str) -> Option<RelationId> {
        let found = self.relations.iter().position(|r| r.name == name || r.alias == name)?;
        u16::try_from(found).ok().map(RelationId)
    }

    /// The relation whose statements a keyword begins, and the kind that it fixes (KPI, KGI).
    #[must_use]
    pub fn keyword(&self, name: &str) -> Option<(RelationId, Option<&str>)> {
        if let Some((_, _, relation, kind)) = self.keywords.iter().find(|k| k.0 == name || k.1 == name) {
            return Some((*relation, Some(kind)));
        }
        self.relation(name).map(|r| (r, None))
    }

    /// The column of a relation by name or alias.
    #[must_use]
    pub fn column(&self, relation: RelationId, name: &str) -> Option<ColumnId> {
        let columns = &self.relations.get(relation.0 as usize)?.columns;
        let found = columns.iter().position(|c| c.name == name || c.alias == name)?;
        u16::try_from(found).ok().map(ColumnId)
    }

    /// The column that a heading of a table names, in any width.
    #[must_use]
    pub fn heading(&self, relation: RelationId, text: &str) -> Option<ColumnId> {
        let wanted = normal::normal(text);
        // A letter that a formula refers to, as in 達成（B）, is no part of the name.
        let bare = wanted.split_once('(').map_or(wanted.as_str(), |(name, _)| name);
        let columns = &self.relations.get(relation.0 as usize)?.columns;
        let found = columns.iter().position(|c| {
            let names = [normal::normal(&c.name), normal::normal(&c.alias)];
            c.role == ColumnRole::Cell && names.iter().any(|n| *n == wanted || n == bare)
        })?;
        u16::try_from(found).ok().map(ColumnId)
    }

    /// The series of an owner by name or alias.
    #[must_use]
    pub fn series_of(&self, owner: RelationId, name: &str) -> Option<RelationId> {
        let is = |r: &Relation| r.kind == RelationKind::Series(owner) && (r.name == name || r.alias == name);
        u16::try_from(self.relations.iter().position(is)?).ok().map(RelationId)
    }

    /// The rows that tables of an owner have.
    #[must_use]
    pub fn rows_of(&self, owner: RelationId) -> Option<RelationId> {
        u16::try_from(self.relations.iter().position(|r| r.kind == RelationKind::Rows(owner))?).ok().map(RelationId)
    }

    /// The canonical form of a unit: normal form, synonyms resolved.
    #[must_use]
    pub fn canonical_unit(&self, unit: &str) -> String {
        let unit = normal::normal(unit);
        self.units.iter().find(|(synonym, _)| *synonym == unit).map_or(unit, |(_, canonical)| canonical.clone())
    }

    /// Keywords by their words, for quick look-up while plans are read.
    #[must_use]
    pub fn keyword_index(&self) -> FxHashMap<String, (RelationId, Option<String>)> {
        let mut out = FxHashMap::default();
        for (keyword, alias, relation, kind) in &self.keywords {
            for word in [keyword, alias].into_iter().filter(|w| !w.is_empty()) {
                out.entry(word.clone()).or_insert((*relation, Some(kind.clone())));
            }
        }
        for (id, relation) in (0..).map(RelationId).zip(&self.relations) {
            if relation.kind == RelationKind::Entity {
                for word in [&relation.name, &relation.alias] {
                    out.entry(word.clone()).or_insert((id, None));
                }
            }
        }
        out
    }
}

/// The declarations with what 拡張 adds to them: attributes, series, places and keywords of another file.
fn extended(relations: &[RelationDecl], faults: &mut Vec<Fault>) -> Vec<RelationDecl> {
    let (more, mut whole): (Vec<RelationDecl>, Vec<RelationDecl>) =
        relations.iter().cloned().partition(|declared| declared.extends);
    for extension in more {
        let name = &extension.name.node;
        let is = |d: &RelationDecl| d.name.node == *name || d.alias.as_ref().is_some_and(|a| a.node == *name);
        let Some(base) = whole.iter_mut().find(|d| is(d)) else {
            let near = nearest(name, relations.iter().filter(|d| !d.extends).map(|d| d.name.node.as_str()));
            faults.push(Fault::error("unknown-name", extension.name.span).with("name", name).with("near", near));
            continue;
        };
        for member in extension.members {
            let first = base.members.iter().find(|m| m.name.node == member.name.node && m.role.node != "同定");
            match first {
                Some(first) => faults.push(
                    Fault::error("duplicate-declaration", member.name.span)
                        .with("name", &member.name.node)
                        .related(first.name.span, Message::new("first-here")),
                ),
                None => base.members.push(member),
            }
        }
        base.places.extend(extension.places);
        base.keywords.extend(extension.keywords);
    }
    whole
}
