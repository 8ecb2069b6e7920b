//! What the names in a rule file mean, for editors: the type checker says what it has understood.
use super::check::{Binding, Checker, Parameters, body};
use super::functions::Function;
use crate::plan::{ColumnId, RelationId, Vocabulary};
use crate::syntax::Spanned;
use crate::syntax::rules::{Definition, ExprKind, RelationDecl, Rule, parse};
use crate::text::{SourceId, Span};

/// What a name means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Meaning {
    /// A variable, `:=` name or 設定 of a rule, by the place where it is made.
    Local(Span),
    /// A relation: a keyword of plans, a series, the rows of a table, or what a 定義 makes.
    Relation(RelationId),
    /// A column of a relation.
    Column(RelationId, ColumnId),
    /// What every row has: 順, 群, 系列.
    Given,
    /// A function.
    Function(Function),
}

/// A name and what it means.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// Its place.
    pub span: Span,
    /// What it means.
    pub meaning: Meaning,
    /// Whether it is made here.
    pub declares: bool,
    /// The type of what it stands for, where that is known.
    pub ty: Option<String>,
}

/// The names in a rule file that are understood, in the order of their places, each once.
#[must_use]
pub fn meanings(vocabulary: &Vocabulary, source: SourceId, text: &str) -> Vec<Meant> {
    let file = parse(source, text).file;
    let mut out = Vec::new();
    file.relations.iter().for_each(|declared| relation(vocabulary, declared, &mut out));
    file.definitions.iter().for_each(|made| definition(vocabulary, made, &mut out));
    file.rules.iter().for_each(|written| rule(vocabulary, written, &mut out));
    out.sort_by_key(|m| (m.span, !m.declares));
    out.dedup_by_key(|m| m.span);
    out
}

fn named(span: Span, meaning: Meaning, declares: bool) -> Meant {
    Meant { span, meaning, declares, ty: None }
}

/// The names of a declaration of the vocabulary.
fn relation(vocabulary: &Vocabulary, declared: &RelationDecl, out: &mut Vec<Meant>) {
    let find = |name: &Spanned<String>| vocabulary.keyword(&name.node).map(|k| Meaning::Relation(k.0));
    let Some(id) = vocabulary.relation(&declared.name.node) else { return };
    out.push(named(declared.name.span, Meaning::Relation(id), !declared.extends));
    out.extend(declared.keywords.iter().map(|(word, _, _)| named(word.span, Meaning::Relation(id), false)));
    out.extend(declared.places.iter().filter_map(|place| Some(named(place.span, find(place)?, false))));
    for member in &declared.members {
        let own = |name: &str| vocabulary.column(id, name).map(|column| Meaning::Column(id, column));
        let meaning = match member.role.node.as_str() {
            "系列" => vocabulary.series_of(id, &member.name.node).map(Meaning::Relation),
            _ => own(&member.name.node),
        };
        if let Some(meaning) = meaning {
            out.push(named(member.name.span, meaning, member.role.node != "同定"));
        }
        if let [kind, other, rest @ ..] = member.words.as_slice()
            && matches!(kind.node.as_str(), "参照" | "reference")
        {
            out.extend(find(other).map(|m| named(other.span, m, false)));
            out.extend(rest.iter().filter_map(|word| Some(named(word.span, own(&word.node)?, false))));
        }
    }
}

fn definition(vocabulary: &Vocabulary, made: &Definition, out: &mut Vec<Meant>) {
    let mut checker = Checker { meant: Some(Vec::new()), ..Checker::new(vocabulary) };
    let _ = body(&mut checker, made);
    out.append(checker.meant.get_or_insert_default());
    let Some(id) = vocabulary.relation(&made.name.node) else { return };
    out.push(named(made.name.span, Meaning::Relation(id), true));
    for (name, _, _) in &made.columns {
        if let Some(column) = vocabulary.column(id, &name.node) {
            out.push(named(name.span, Meaning::Column(id, column), true));
        }
    }
}

fn rule(vocabulary: &Vocabulary, written: &Rule, out: &mut Vec<Meant>) {
    let columns = written.ranges.iter().find_map(|range| match &*range.source.kind {
        ExprKind::Set(items) => Some((&range.name, items)),
        _ => None,
    });
    let mut instances = vec![None];
    if let Some((name, items)) = columns {
        out.push(named(name.span, Meaning::Local(name.span), true));
        let column = |item: &crate::syntax::rules::Expr| match &*item.kind {
            ExprKind::Name(column) => Some(Some((name, column.clone()))),
            _ => None,
        };
        instances = items.iter().filter_map(column).collect();
    }
    for instance in instances {
        let mut checker = Checker { meant: Some(Vec::new()), ..Checker::new(vocabulary) };
        checker.parameters(written, &Parameters::new());
        if let Some((name, column)) = instance {
            checker.column = name.span;
            checker.scope.push((name.node.clone(), Binding::Column(column)));
        }
        let _ = checker.rule(0, written);
        out.append(checker.meant.get_or_insert_default());
    }
}
