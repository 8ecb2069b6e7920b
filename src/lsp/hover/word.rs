//! Words: of the vocabulary, and the names in a rule.
use super::Teller;
use crate::findings::Lang;
use crate::lsp::subject::Found;
use crate::plan::{Column, ColumnId, ColumnRole, ColumnType, RelationId, RelationKind};
use crate::render::manual::plain;
use crate::rules::{Function, Meaning};

impl Teller<'_> {
    pub(super) fn name(&self, meaning: Meaning, found: &Found) -> Option<String> {
        let told = match meaning {
            Meaning::Local(place) => {
                let sources = &self.view.read.sources;
                let source = sources.get(place.source)?;
                let line = source.text.get(source.line_range(source.line_of(place.range().start)))?.trim();
                format!("**{}**\n\n```\n{line}\n```", plain(sources.text(found.span)))
            }
            Meaning::Relation(relation) => self.word(relation)?,
            Meaning::Column(relation, column) => self.attribute(relation, column)?,
            Meaning::Given => {
                let name = self.view.read.sources.text(found.span);
                let id = match name {
                    "順" | "ordinal" => "lsp-given-ordinal",
                    "群" | "group" => "lsp-given-group",
                    _ => "lsp-given-series",
                };
                format!("**{name}** — {}", self.say(id, &[]))
            }
            Meaning::Function(function) => self.function(function)?,
        };
        match &found.ty {
            Some(ty) => Some(format!("{}\n\n{}", told.trim_end(), self.say("lsp-hover-type", &[("type", ty)]))),
            None => Some(told),
        }
    }

    fn function(&self, function: Function) -> Option<String> {
        let (ja, en, _) = Function::ALL.iter().find(|f| f.2 == function)?;
        let arguments: Vec<&str> = function.arguments().iter().map(|a| a.describe()).collect();
        let sentence = self.say(&format!("lsp-function-{en}"), &[]);
        Some(format!("**{ja}**({}) `{en}`\n\n{sentence}", arguments.join(", ")))
    }

    /// A relation: where it may stand and what it has.
    fn word(&self, id: RelationId) -> Option<String> {
        let vocabulary = &self.view.facts().vocabulary;
        let relation = vocabulary.relations.get(id.0 as usize)?;
        let mut out = format!("**{}** `{}`\n", relation.name, relation.alias);
        let names = |ids: &[RelationId]| ids.iter().map(|p| self.relation(*p)).collect::<Vec<_>>().join(self.comma());
        let sentence = match relation.kind {
            RelationKind::Series(owner) => {
                let ty = relation.columns.get(2).map(|c| self.ty(&c.ty)).unwrap_or_default();
                self.say("lsp-word-series", &[("owner", &self.relation(owner)), ("type", &ty)])
            }
            RelationKind::Rows(owner) => self.say("lsp-word-rows", &[("owner", &self.relation(owner))]),
            RelationKind::Defined => self.say("lsp-word-defined", &[]),
            RelationKind::Entity if relation.places.is_empty() => self.say("lsp-word-top", &[]),
            RelationKind::Entity => self.say("lsp-word-entity", &[("places", &names(&relation.places))]),
        };
        out.push_str(&format!("\n{sentence}\n\n"));
        if matches!(relation.kind, RelationKind::Series(_)) {
            return Some(out);
        }
        for (role, title) in [
            (ColumnRole::Head, "lsp-role-head"),
            (ColumnRole::Mark, "lsp-role-mark"),
            (ColumnRole::Attribute, "lsp-role-attribute"),
            (ColumnRole::List, "lsp-role-list"),
            (ColumnRole::Cell, "lsp-role-cell"),
            (ColumnRole::Given, "lsp-role-given"),
        ] {
            let columns = relation.columns.iter().filter(|c| c.role == role);
            let told: Vec<String> = columns.map(|c| self.column_with_type(c)).collect();
            if !told.is_empty() {
                out.push_str(&format!("- {}: {}\n", self.say(title, &[]), told.join(self.comma())));
            }
        }
        let numbers = (0..vocabulary.relations.len()).filter_map(|n| u16::try_from(n).ok()).map(RelationId);
        let of = |wanted: RelationKind| {
            let mine = |r: &RelationId| vocabulary.relations.get(r.0 as usize).is_some_and(|r| r.kind == wanted);
            numbers.clone().filter(mine).collect::<Vec<RelationId>>()
        };
        let below: Vec<RelationId> = numbers
            .clone()
            .filter(|r| {
                vocabulary
                    .relations
                    .get(r.0 as usize)
                    .is_some_and(|r| r.kind == RelationKind::Entity && r.places.contains(&id))
            })
            .collect();
        for (title, ids) in [
            ("lsp-role-series", of(RelationKind::Series(id))),
            ("lsp-role-rows", of(RelationKind::Rows(id))),
            ("lsp-role-below", below),
        ] {
            if !ids.is_empty() {
                out.push_str(&format!("- {}: {}\n", self.say(title, &[]), names(&ids)));
            }
        }
        Some(out)
    }

    fn attribute(&self, relation: RelationId, column: ColumnId) -> Option<String> {
        let known = self.column(relation, column)?;
        let role = match known.role {
            ColumnRole::Head => "lsp-role-head",
            ColumnRole::Attribute => "lsp-role-attribute",
            ColumnRole::List => "lsp-role-list",
            ColumnRole::Mark => "lsp-role-mark",
            ColumnRole::Cell => "lsp-role-cell",
            ColumnRole::Derived(_) => "lsp-role-derived",
            ColumnRole::Given => "lsp-role-given",
        };
        let role = self.say(role, &[]);
        let of = self.say("lsp-word-of", &[("relation", &self.relation(relation)), ("role", &role)]);
        Some(format!("**{}** `{}` — {of}\n\n{}\n", known.name, known.alias, self.holds(known)))
    }

    /// What a column may hold, as a sentence.
    fn holds(&self, column: &Column) -> String {
        let id = if column.role == ColumnRole::List { "lsp-word-holds-list" } else { "lsp-word-holds" };
        self.say(id, &[("type", &self.ty(&column.ty))])
    }

    fn column_with_type(&self, column: &Column) -> String {
        let ty = self.ty(&column.ty);
        let (name, alias) = (&column.name, &column.alias);
        if self.lang == Lang::En { format!("{alias} ({ty})") } else { format!("{name} `{alias}`（{ty}）") }
    }

    fn ty(&self, ty: &ColumnType) -> String {
        match ty {
            ColumnType::Text => self.say("lsp-type-text", &[]),
            ColumnType::Code => self.say("lsp-type-code", &[]),
            ColumnType::Number => self.say("lsp-type-number", &[]),
            ColumnType::Year => self.say("lsp-type-year", &[]),
            ColumnType::Date => self.say("lsp-type-date", &[]),
            ColumnType::Period => self.say("lsp-type-period", &[]),
            ColumnType::Bool => self.say("lsp-type-bool", &[]),
            ColumnType::Choice(words) => self.say("lsp-type-choice", &[("words", &words.join(self.comma()))]),
            ColumnType::Figure { exact, unit } => {
                let id = if *exact { "lsp-type-exact" } else { "lsp-type-figure" };
                self.say(id, &[("unit", &unit.as_deref().unwrap_or(""))])
            }
            ColumnType::Reference(to) => self.say("lsp-type-reference", &[("relation", &self.relation(*to))]),
        }
    }

    fn comma(&self) -> &'static str {
        if self.lang == Lang::En { ", " } else { "、" }
    }
}
