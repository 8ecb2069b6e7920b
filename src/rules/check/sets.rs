//! Types of sets and of regular expressions.
use super::super::ir::{Kind, Node, Pattern};
use super::super::types::Type;
use super::Checker;
use crate::plan::{RelationId, RelationKind};
use crate::syntax::rules::{Expr, ExprKind};
use crate::text::{Fault, Span};

impl Checker<'_> {
    /// `{a, b, c}`: a set of constants or of anything of one kind.
    pub(in crate::rules) fn items(&mut self, items: &[Expr], span: Span) -> Option<Node> {
        let mut nodes: Vec<Node> = Vec::with_capacity(items.len());
        for item in items {
            let node = self.expr(item)?;
            let wrong = match nodes.first() {
                Some(first) if first.ty != node.ty => Some(first.ty.describe(self.vocabulary)),
                _ if !node.ty.is_key() => Some("文字列・番号・年度・日付・行 a key".to_owned()),
                _ => None,
            };
            if let Some(expected) = wrong {
                self.mismatch(node.span, &node.ty.describe(self.vocabulary), &expected);
                return None;
            }
            nodes.push(node);
        }
        let element = nodes.first().map_or(Type::Text, |n| n.ty.clone());
        Self::node(Kind::Items(nodes), Type::Set(Box::new(element)), span)
    }

    /// An expression that has to be a set. The rows below a row are one, too.
    pub(in crate::rules) fn set(&mut self, expr: &Expr) -> Option<Node> {
        let node = self.expr(expr)?;
        if matches!(node.ty, Type::Set(_)) {
            return Some(node);
        }
        self.mismatch(expr.span, &node.ty.describe(self.vocabulary), "集合 set");
        None
    }

    /// Two sets of elements of one kind.
    pub(in crate::rules) fn same_elements(&mut self, a: Node, b: Node, span: Span) -> Option<(Node, Node)> {
        if a.ty == b.ty {
            return Some((a, b));
        }
        self.mismatch(span, &a.ty.describe(self.vocabulary), &b.ty.describe(self.vocabulary));
        None
    }

    /// A regular expression, which has to stand in quotes so that it is compiled once.
    pub(in crate::rules) fn pattern(&mut self, expr: &Expr) -> Option<Pattern> {
        let ExprKind::Text(text) = &*expr.kind else {
            self.faults.push(Fault::error("pattern-not-quoted", expr.span));
            return None;
        };
        if self.sound {
            return Some(Pattern::sound(text));
        }
        match Pattern::new(text) {
            Ok(pattern) => Some(pattern),
            Err(regex::Error::CompiledTooBig(_)) => {
                self.faults.push(Fault::error("pattern-too-big", expr.span));
                None
            }
            Err(error) => {
                // The last line of the report of the library says what is wrong; the others draw the place.
                let reason = error.to_string();
                let reason = reason.lines().last().unwrap_or("").trim_start_matches("error: ").to_owned();
                self.faults.push(Fault::error("bad-pattern", expr.span).with("reason", reason));
                None
            }
        }
    }

    /// Whether a relation holds the figures of a series.
    pub(in crate::rules) fn is_series(&self, relation: RelationId) -> bool {
        let declared = self.vocabulary.relations.get(relation.0 as usize);
        declared.is_some_and(|r| matches!(r.kind, RelationKind::Series(_)))
    }
}
