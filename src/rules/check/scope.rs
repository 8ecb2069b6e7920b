//! What may be named at a place of a rule that is still being written: for editors. Types come from the checker itself,
//! so that what is offered is what it will take.
use super::*;

/// The names that are known at a place of a rule, and what stands behind a dot there.
pub struct Scope<'v> {
    checker: Checker<'v>,
}

/// Something that may stand behind the dot of a path.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Japanese name.
    pub name: String,
    /// English alias.
    pub alias: String,
    /// What it gives, in words.
    pub ty: String,
    /// What it is.
    pub kind: MemberKind,
}

/// What a member is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MemberKind {
    /// A column that holds one value.
    Column,
    /// A column that holds several texts.
    List,
    /// Rows that stand in the block of the row.
    Inside,
    /// Rows that stand further below it.
    Below,
    /// The row above it, of this relation.
    Above,
    /// What every row has.
    Given,
}

impl<'v> Scope<'v> {
    /// A scope without names.
    #[must_use]
    pub fn new(vocabulary: &'v Vocabulary) -> Self {
        Self { checker: Checker::new(vocabulary) }
    }

    /// Takes up a variable. One that ranges over columns stands for the first of them.
    pub fn range(&mut self, range: &Range) {
        let depth = self.checker.scope.len();
        if let ExprKind::Set(items) = &*range.source.kind
            && let Some(ExprKind::Name(first)) = items.first().map(|i| &*i.kind)
        {
            self.checker.scope.push((range.name.node.clone(), Binding::Column(first.clone())));
        } else if self.checker.range(range).is_none() {
            self.checker.scope.truncate(depth);
            self.checker.scope.push((range.name.node.clone(), Binding::Broken));
        }
    }

    /// Takes up a name that was given to an expression.
    pub fn value(&mut self, name: &str, expr: &Expr) {
        let binding =
            self.checker.expr(expr).map_or(Binding::Broken, |n| Binding::Definition(n, Span::default(), true));
        self.checker.scope.push((name.to_owned(), binding));
    }

    fn ty(&self, binding: &Binding) -> Option<Type> {
        match binding {
            Binding::Slot(_, ty) => Some(ty.clone()),
            Binding::Definition(node, ..) => Some(node.ty.clone()),
            Binding::Column(_) | Binding::Broken => None,
        }
    }

    /// The names, the innermost first, each with what it stands for in words.
    #[must_use]
    pub fn names(&self) -> Vec<(String, String)> {
        let mut out: Vec<(String, String)> = Vec::new();
        for (name, binding) in self.checker.scope.iter().rev() {
            if !out.iter().any(|(known, _)| known == name) {
                let ty = self.ty(binding).map_or_else(String::new, |t| t.describe(self.checker.vocabulary));
                out.push((name.clone(), ty));
            }
        }
        out
    }

    /// The names that are columns (`列 ∈ {…}`).
    pub fn columns(&self) -> impl Iterator<Item = &str> {
        self.checker.scope.iter().filter(|s| matches!(s.1, Binding::Column(_))).map(|s| s.0.as_str())
    }

    /// What may stand behind a path and a dot: nothing if the path is no row.
    #[must_use]
    pub fn members(&mut self, path: &Expr) -> Vec<Member> {
        match self.checker.expr(path).map(|n| n.ty) {
            Some(Type::Row(relation)) => self.members_of(relation),
            _ => Vec::new(),
        }
    }

    fn members_of(&self, relation: RelationId) -> Vec<Member> {
        let vocabulary = self.checker.vocabulary;
        let Some(declared) = vocabulary.relations.get(relation.0 as usize) else { return Vec::new() };
        let mut out: Vec<Member> = Vec::new();
        let mut add = |name: String, alias: String, ty: Type, kind: MemberKind| {
            if !out.iter().any(|m| m.name == name) {
                out.push(Member { name, alias, ty: ty.describe(vocabulary), kind });
            }
        };
        for column in &declared.columns {
            let ty = self.checker.column_type(&column.ty);
            let (name, alias) = (column.name.clone(), column.alias.clone());
            match column.role {
                ColumnRole::Mark => {
                    add(format!("{name}先"), format!("{alias}-from"), ty, MemberKind::Column);
                    add(name, alias, Type::Bool, MemberKind::Column);
                }
                ColumnRole::List => add(name, alias, Type::Set(Box::new(Type::Text)), MemberKind::List),
                _ => add(name, alias, ty, MemberKind::Column),
            }
        }
        let (mut inside, mut above, mut below) = (Vec::new(), Vec::new(), Vec::new());
        for (id, other) in (0..).map(RelationId).zip(&vocabulary.relations) {
            let own = matches!(other.kind, RelationKind::Series(o) | RelationKind::Rows(o) if o == relation);
            if own || (other.places.contains(&relation) && id != relation) {
                inside.push((id, other));
            } else if self.checker.stands_below(relation, id) {
                above.push((id, other));
            } else if self.checker.stands_below(id, relation) {
                below.push((id, other));
            }
        }
        // Its own figures before other things in its block.
        inside.sort_by_key(|(_, r)| matches!(r.kind, RelationKind::Entity | RelationKind::Defined));
        for (all, kind) in [(inside, MemberKind::Inside), (above, MemberKind::Above), (below, MemberKind::Below)] {
            for (id, other) in all {
                let ty = if kind == MemberKind::Above { Type::Row(id) } else { Type::Rows(id) };
                add(other.name.clone(), other.alias.clone(), ty, kind);
            }
        }
        add("順".to_owned(), "ordinal".to_owned(), Type::Integer, MemberKind::Given);
        add("群".to_owned(), "group".to_owned(), Type::Integer, MemberKind::Given);
        if relation == RelationId(0) {
            add("系列".to_owned(), "series".to_owned(), Type::Integer, MemberKind::Given);
        }
        out
    }
}
