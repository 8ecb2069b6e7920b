//! Types of paths: columns of a row, rows above and below it, figures of a year.
use super::*;

impl Checker<'_> {
    pub(super) fn column_type(&self, ty: &ColumnType) -> Type {
        match ty {
            ColumnType::Text | ColumnType::Code | ColumnType::Period | ColumnType::Choice(_) => Type::Text,
            ColumnType::Number => Type::Integer,
            ColumnType::Year => Type::Year,
            ColumnType::Date => Type::Date,
            ColumnType::Bool => Type::Bool,
            ColumnType::Figure { unit: Some(unit), .. } => {
                Type::Number(UnitType::Of(self.vocabulary.base_unit(unit).0))
            }
            ColumnType::Figure { unit: None, .. } => Type::Number(UnitType::Open),
            ColumnType::Reference(relation) => Type::Row(*relation),
        }
    }

    pub(in crate::rules) fn member(&mut self, base: Node, name: &Spanned<String>, span: Span) -> Option<Node> {
        let Type::Row(relation) = base.ty.clone() else {
            self.mismatch(base.span, &base.ty.describe(self.vocabulary), "行 a row");
            return None;
        };
        let declared = self.vocabulary.relations.get(relation.0 as usize)?;
        let bare = name.node.strip_suffix("先").or_else(|| name.node.strip_suffix("-from"));
        for (wanted, target) in [(Some(name.node.as_str()), false), (bare, true)] {
            let Some(column) = wanted.and_then(|w| self.vocabulary.column(relation, w)) else { continue };
            let Some(known) = declared.columns.get(column.0 as usize) else { continue };
            let ty = self.column_type(&known.ty);
            return match (known.role, &known.ty) {
                (ColumnRole::Mark, ColumnType::Reference(_)) if target => {
                    Self::node(Kind::Target(base, column), ty, span)
                }
                (ColumnRole::Mark, _) if !target => Self::node(Kind::Marked(base, column), Type::Bool, span),
                _ if target => continue,
                (_, ColumnType::Reference(_)) => Self::node(Kind::Target(base, column), ty, span),
                (ColumnRole::List, _) => Self::node(Kind::Cell(base, column), Type::Set(Box::new(Type::Text)), span),
                _ => Self::node(Kind::Cell(base, column), ty, span),
            };
        }
        match name.node.as_str() {
            "順" | "ordinal" => return Self::node(Kind::Ordinal(base), Type::Integer, span),
            "群" | "group" => return Self::node(Kind::Group(base), Type::Integer, span),
            "系列" | "series" if relation == RelationId(0) => {
                return Self::node(Kind::Series(base), Type::Integer, span);
            }
            _ => {}
        }
        let wanted = self
            .vocabulary
            .series_of(relation, &name.node)
            .or_else(|| self.vocabulary.rows_of(relation).filter(|&r| self.is_named(r, &name.node)))
            .or_else(|| self.vocabulary.relation(&name.node))
            .or_else(|| self.vocabulary.keyword(&name.node).map(|k| k.0));
        if let Some(other) = wanted {
            if self.stands_below(relation, other) {
                return Self::node(Kind::Ancestor(base, other), Type::Row(other), span);
            }
            if self.stands_below(other, relation) {
                return Self::node(Kind::Below(base, other), Type::Rows(other), span);
            }
        }
        let own = declared.columns.iter().map(|c| c.name.as_str());
        let near = nearest(
            &name.node,
            own.chain(self.vocabulary.relations.iter().map(|r| r.name.as_str())).chain(["順", "群"]),
        );
        self.faults.push(Fault::error("unknown-name", name.span).with("name", &name.node).with("near", near));
        None
    }

    pub(super) fn is_named(&self, relation: RelationId, name: &str) -> bool {
        self.vocabulary.relations.get(relation.0 as usize).is_some_and(|r| r.name == name || r.alias == name)
    }

    /// Whether rows of `low` can stand, directly or not, below rows of `high`.
    pub(super) fn stands_below(&self, low: RelationId, high: RelationId) -> bool {
        let mut seen = vec![low];
        let mut at = 0;
        while let Some(&relation) = seen.get(at) {
            at += 1;
            let Some(declared) = self.vocabulary.relations.get(relation.0 as usize) else { continue };
            let owner = match declared.kind {
                RelationKind::Series(owner) | RelationKind::Rows(owner) => Some(owner),
                RelationKind::Entity | RelationKind::Defined => None,
            };
            for above in
                declared.places.iter().copied().chain(owner).chain((relation != RelationId(0)).then_some(RelationId(0)))
            {
                if above == high {
                    return true;
                }
                if !seen.contains(&above) {
                    seen.push(above);
                }
            }
        }
        false
    }

    pub(super) fn index(&mut self, base: &Expr, index: &Expr, span: Span) -> Option<Node> {
        if let ExprKind::Name(name) = &*index.kind
            && let Some(at) = self.lookup(name)
            && let Some((_, Binding::Column(column))) = self.scope.get(at)
        {
            let column = Spanned { node: column.clone(), span: index.span };
            self.note_local(at, index.span);
            let base = self.expr(base)?;
            return self.member(base, &column, span);
        }
        let rows = self.expr(base)?;
        let year = self.expr(index)?;
        let (Kind::Below(owner, relation), Type::Rows(_)) = (&*rows.kind, &rows.ty) else {
            self.mismatch(rows.span, &rows.ty.describe(self.vocabulary), "年度ごとの値 a series");
            return None;
        };
        let (year_column, value_column) =
            (self.vocabulary.column(*relation, "年度"), self.vocabulary.column(*relation, "値"));
        let (Some(year_column), Some(value_column)) = (year_column, value_column) else {
            self.mismatch(rows.span, &rows.ty.describe(self.vocabulary), "年度ごとの値 a series");
            return None;
        };
        if year.ty != Type::Year {
            self.mismatch(year.span, &year.ty.describe(self.vocabulary), "年度 year");
            return None;
        }
        let ty = self.value_type(*relation, value_column);
        Self::node(Kind::AtYear(owner.clone(), *relation, year_column, value_column, year), ty, span)
    }

    pub(super) fn value_type(&self, relation: RelationId, column: ColumnId) -> Type {
        let column = self.vocabulary.relations.get(relation.0 as usize).and_then(|r| r.columns.get(column.0 as usize));
        column.map_or(Type::Text, |c| self.column_type(&c.ty))
    }
}
