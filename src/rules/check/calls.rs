//! Types of functions and comprehensions.
use super::operators::unit_of;
use super::*;

impl Checker<'_> {
    pub(super) fn call(&mut self, name: &Spanned<String>, arguments: &[Expr], span: Span) -> Option<Node> {
        let Some(function) = Function::find(&name.node) else {
            let near = nearest(&name.node, Function::ALL.iter().flat_map(|f| [f.0, f.1]));
            self.faults.push(Fault::error("unknown-name", name.span).with("name", &name.node).with("near", near));
            return None;
        };
        self.note(name.span, Meaning::Function(function), false, None);
        let wanted = function.arguments();
        let optional = usize::from(matches!(function, Function::Round(_) | Function::Judge | Function::JudgeOrder));
        let mut nodes = Vec::new();
        let mut fits = arguments.len() <= wanted.len() && arguments.len() + optional >= wanted.len();
        for (argument, want) in arguments.iter().zip(wanted) {
            if *want == Argument::Pattern {
                let subject = nodes.pop()?;
                let pattern = self.pattern(argument)?;
                nodes.push(Node { kind: Arc::new(Kind::Matches(subject, pattern)), ty: Type::Text, span });
                continue;
            }
            let node = self.expr(argument)?;
            fits &= match want {
                Argument::Text => matches!(node.ty, Type::Text | Type::Number(_)),
                Argument::Number => matches!(node.ty, Type::Number(_) | Type::Integer),
                Argument::Reference => matches!(*node.kind, Kind::Target(..)),
                Argument::Row => matches!(node.ty, Type::Row(_)),
                Argument::Cell => matches!(*node.kind, Kind::Cell(..) | Kind::AtYear(..) | Kind::Target(..)),
                Argument::SeriesRow => matches!(node.ty, Type::Row(r) if self.is_series(r)),
                Argument::Set => matches!(node.ty, Type::Set(_)),
                Argument::Date => node.ty == Type::Date,
                Argument::Pattern => false,
            };
            nodes.push(node);
        }
        if !fits {
            let expected = wanted.iter().map(|a| a.describe()).collect::<Vec<_>>().join(", ");
            self.faults
                .push(Fault::error("bad-function-arguments", span).with("name", &name.node).with("expected", expected));
            return None;
        }
        let ty = nodes.first().map_or(Type::Text, |n| function.result(&n.ty));
        Self::node(Kind::Call(function, nodes), ty, span)
    }

    pub(super) fn comprehension(&mut self, comprehension: &Comprehension, span: Span) -> Option<Node> {
        let mut query = Query::default();
        for range in &comprehension.ranges {
            let range = self.range(range)?;
            query.ranges.push(range);
        }
        for condition in &comprehension.conditions {
            let node = self.truth(condition)?;
            flatten(node, &mut query.conditions);
        }
        let body = match (&comprehension.body, comprehension.kind) {
            (Some(body), Aggregate::All) => Some(self.truth(body)?),
            (Some(body), _) => Some(self.expr(body)?),
            (None, _) => None,
        };
        let ty = match (comprehension.kind, &body) {
            (Aggregate::Exists | Aggregate::All, _) => Type::Bool,
            (Aggregate::Agree, Some(body)) => {
                self.numeric(body)?;
                Type::Bool
            }
            (Aggregate::Count | Aggregate::Distinct, _) => Type::Integer,
            (Aggregate::Collect, Some(body)) => {
                if !body.ty.is_key() {
                    self.mismatch(body.span, &body.ty.describe(self.vocabulary), "文字列・番号・年度・日付・行 a key");
                    return None;
                }
                Type::Set(Box::new(body.ty.clone()))
            }
            (Aggregate::Median, Some(body)) => self.numeric(body)?,
            (Aggregate::Sum | Aggregate::Average, Some(body)) => {
                let ty = self.numeric(body)?;
                if comprehension.kind == Aggregate::Average { Type::Number(unit_of(&ty)) } else { ty }
            }
            (_, Some(body)) => body.ty.clone(),
            (_, None) => {
                self.faults.push(Fault::error("missing-clause", span).with("name", "|"));
                return None;
            }
        };
        Self::node(Kind::Aggregate(comprehension.kind, query, body), ty, span)
    }
}
