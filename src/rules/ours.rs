//! Whether the built-in rules mean what they mean alone, among the author's declarations.
use std::collections::BTreeSet;

use crate::syntax::Spanned;
use crate::syntax::rules::{RelationDecl, RuleFile};

/// What is built in, as the first part of all that was read: how much it is, and the words that its rules may mean.
pub(super) struct Ours {
    /// How many rules.
    pub rules: usize,
    /// How many status schemes.
    pub schemes: usize,
    /// How many definitions.
    pub definitions: usize,
    units: usize,
    relations: usize,
    words: BTreeSet<String>,
}

impl Ours {
    /// Of a file that holds what is built in and nothing else.
    pub fn of(file: &RuleFile) -> Self {
        // A column of such a name would hide what any row has, or a relation that rules name.
        let any = ["順", "ordinal", "群", "group", "系列", "series"].map(str::to_owned);
        let series = |r: &RelationDecl| {
            let series = r.members.iter().filter(|m| m.role.node == "系列");
            series.flat_map(|m| words(&m.name, m.alias.as_ref())).collect::<Vec<_>>()
        };
        let relations = file.relations.iter().flat_map(|r| [names(r), series(r)].concat());
        let definitions = file.definitions.iter().flat_map(|d| words(&d.name, d.alias.as_ref()));
        Self {
            rules: file.rules.len(),
            schemes: file.schemes.len(),
            units: file.units.len(),
            relations: file.relations.len(),
            definitions: file.definitions.len(),
            words: relations.chain(definitions).chain(any).collect(),
        }
    }

    /// Whether the built-in rules say the same in the whole. A relation or a column more changes nothing in a rule that
    /// does not name it, unless its name hides what a rule does name. A unit, or an extension that moves tables, may.
    pub fn means_the_same_in(&self, whole: &RuleFile) -> bool {
        let relations = whole.relations.get(self.relations..).unwrap_or_default();
        let definitions = whole.definitions.get(self.definitions..).unwrap_or_default();
        let open = |name: &String| !self.words.contains(name) && !name.ends_with('先') && !name.ends_with("-from");
        let added = |r: &RelationDecl| {
            let members = r.members.iter().flat_map(|m| words(&m.name, m.alias.as_ref()));
            r.places.is_empty() && r.keywords.is_empty() && members.into_iter().all(|n| open(&n))
        };
        whole.units.len() == self.units
            && relations.iter().all(|r| if r.extends { added(r) } else { names(r).iter().all(open) })
            && definitions.iter().all(|d| words(&d.name, d.alias.as_ref()).iter().all(open))
    }
}

/// The names of a relation and its other keywords.
fn names(relation: &RelationDecl) -> Vec<String> {
    let keywords = relation.keywords.iter().flat_map(|(name, alias, _)| words(name, alias.as_ref()));
    words(&relation.name, relation.alias.as_ref()).into_iter().chain(keywords).collect()
}

fn words(name: &Spanned<String>, alias: Option<&Spanned<String>>) -> Vec<String> {
    [Some(name), alias].into_iter().flatten().map(|n| n.node.clone()).collect()
}
