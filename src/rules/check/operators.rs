//! Types of operators: units have to meet, and a word has to be one that the column can hold.
use super::*;

impl Checker<'_> {
    pub(in crate::rules) fn numeric(&mut self, node: &Node) -> Option<Type> {
        match &node.ty {
            Type::Integer => Some(Type::Integer),
            Type::Number(unit) => Some(Type::Number(unit.clone())),
            other => {
                let found = other.describe(self.vocabulary);
                self.mismatch(node.span, &found, "量 figure");
                None
            }
        }
    }

    pub(super) fn arithmetic(&mut self, op: ArithmeticOp, a: Node, b: Node, span: Span) -> Option<Node> {
        if a.ty == Type::Year && b.ty == Type::Year && op == ArithmeticOp::Subtract {
            return Self::node(Kind::Arithmetic(op, a, b), Type::Integer, span);
        }
        if a.ty == Type::Year && b.ty == Type::Integer && matches!(op, ArithmeticOp::Add | ArithmeticOp::Subtract) {
            return Self::node(Kind::Arithmetic(op, a, b), Type::Year, span);
        }
        let (left, right) = (self.numeric(&a)?, self.numeric(&b)?);
        let ty = match (op, &left, &right) {
            (ArithmeticOp::Divide, Type::Integer, Type::Integer) => Type::Number(UnitType::Ratio),
            (_, Type::Integer, Type::Integer) => Type::Integer,
            _ => {
                let (x, y) = (unit_of(&left), unit_of(&right));
                Type::Number(match op {
                    ArithmeticOp::Add | ArithmeticOp::Subtract => match x.unify(&y) {
                        Some(unit) => unit,
                        None => {
                            let (l, r) = (left.describe(self.vocabulary), right.describe(self.vocabulary));
                            self.faults
                                .push(Fault::error("unit-mismatch-in-rule", span).with("left", l).with("right", r));
                            return None;
                        }
                    },
                    ArithmeticOp::Multiply => x.multiply(&y),
                    ArithmeticOp::Divide => x.divide(&y),
                })
            }
        };
        Self::node(Kind::Arithmetic(op, a, b), ty, span)
    }

    pub(super) fn compare(&mut self, op: CompareOp, a: Node, b: Node, span: Span) -> Option<Node> {
        let equality = matches!(op, CompareOp::Equal | CompareOp::NotEqual);
        match (&a.ty, &b.ty) {
            (Type::Integer | Type::Number(_), Type::Integer | Type::Number(_)) => {
                if unit_of(&a.ty).unify(&unit_of(&b.ty)).is_none() {
                    let (l, r) = (a.ty.describe(self.vocabulary), b.ty.describe(self.vocabulary));
                    self.faults.push(Fault::error("unit-mismatch-in-rule", span).with("left", l).with("right", r));
                    return None;
                }
            }
            // A figure's cell may hold a qualitative text.
            (Type::Number(_), Type::Text) | (Type::Text, Type::Number(_)) if equality => {}
            (Type::Row(x), Type::Row(y)) if x == y && equality => {}
            (Type::Text, Type::Text) if equality || op == CompareOp::Consistent => self.choice(&a, &b),
            (Type::Bool, Type::Bool) if equality => {}
            (Type::Set(x), Type::Set(y)) if x == y && equality => {}
            (Type::Year, Type::Year) | (Type::Date, Type::Date) => {}
            (x, y) => {
                let (x, y) = (x.describe(self.vocabulary), y.describe(self.vocabulary));
                self.mismatch(span, &x, &y);
                return None;
            }
        }
        Self::node(Kind::Compare(op, a, b), Type::Bool, span)
    }

    /// A comparison with a word that the column can never hold.
    pub(super) fn choice(&mut self, a: &Node, b: &Node) {
        for (cell, literal) in [(a, b), (b, a)] {
            let (Kind::Cell(base, column), Kind::Text(text)) = (&*cell.kind, &*literal.kind) else { continue };
            let Type::Row(relation) = base.ty else { continue };
            let column =
                self.vocabulary.relations.get(relation.0 as usize).and_then(|r| r.columns.get(column.0 as usize));
            if let Some(ColumnType::Choice(words)) = column.map(|c| &c.ty)
                && !words.iter().any(|w| normal::normal(w) == normal::normal(text))
            {
                self.faults.push(
                    Fault::error("never-true", literal.span).with("text", text).with("allowed", words.join("、")),
                );
            }
        }
    }

    pub(in crate::rules) fn common(&mut self, a: &Node, b: &Node, span: Span) -> Option<Type> {
        match (&a.ty, &b.ty) {
            (x, y) if x == y => Some(x.clone()),
            (Type::Integer | Type::Number(_), Type::Integer | Type::Number(_)) => {
                match unit_of(&a.ty).unify(&unit_of(&b.ty)) {
                    Some(unit) => Some(Type::Number(unit)),
                    None => {
                        let (l, r) = (a.ty.describe(self.vocabulary), b.ty.describe(self.vocabulary));
                        self.faults.push(Fault::error("unit-mismatch-in-rule", span).with("left", l).with("right", r));
                        None
                    }
                }
            }
            (x, y) => {
                let (x, y) = (x.describe(self.vocabulary), y.describe(self.vocabulary));
                self.mismatch(span, &x, &y);
                None
            }
        }
    }

    pub(in crate::rules) fn text(&mut self, expr: &Expr) -> Option<Node> {
        let node = self.expr(expr)?;
        if matches!(node.ty, Type::Text | Type::Number(_)) {
            return Some(node);
        }
        self.mismatch(expr.span, &node.ty.describe(self.vocabulary), "文字列 text");
        None
    }

    pub(super) fn membership(&mut self, a: &Expr, set: &Expr, span: Span) -> Option<Node> {
        let a = self.expr(a)?;
        if let ExprKind::Set(items) = &*set.kind {
            let mut nodes = Vec::new();
            for item in items {
                let item = self.expr(item)?;
                // Reported like any comparison that cannot hold.
                self.compare(CompareOp::Equal, a.clone(), item.clone(), item.span)?;
                nodes.push(item);
            }
            return Self::node(Kind::InSet(a, nodes), Type::Bool, span);
        }
        let list = self.expr(set)?;
        if let Type::Set(element) = &list.ty
            && **element == a.ty
        {
            return Self::node(Kind::InList(a, list), Type::Bool, span);
        }
        let (x, y) = (a.ty.describe(self.vocabulary), list.ty.describe(self.vocabulary));
        self.mismatch(span, &x, &y);
        None
    }
}

pub(super) fn unit_of(ty: &Type) -> UnitType {
    match ty {
        Type::Number(unit) => unit.clone(),
        _ => UnitType::Open,
    }
}
