//! Where things stand: the places of cells and rows, and how people name a row.
use super::index::{Entries, Index, Part, word};
use super::*;

impl<'a> Context<'a> {
    /// A row as people name it: keyword, number, name.
    pub fn describe(&self, row: RowRef) -> String {
        describe(self.facts, row)
    }

    /// The place that an expression points to: its cell, or the head of its row where nothing is printed.
    pub fn place(&self, node: &Node, frame: &mut Frame) -> Option<Span> {
        let cell_place = |row: RowRef, column: ColumnId| {
            if let Some(made) = self.defined(row.relation) {
                return made.place(row, column).or_else(|| self.head(row));
            }
            let span = self.facts.place(row, column, self.sources);
            if span.start == span.end { self.head(row) } else { Some(span) }
        };
        match &*node.kind {
            Kind::Cell(base, column) | Kind::Target(base, column) | Kind::Marked(base, column) => {
                cell_place(self.row(base, frame).ok()?, *column)
            }
            Kind::AtYear(owner, relation, year_column, value_column, year) => {
                match self.at_year(owner, *relation, *year_column, year, frame) {
                    Ok(row) => cell_place(row, *value_column),
                    Err(_) => self.head(self.row(owner, frame).ok()?),
                }
            }
            Kind::Ordinal(base) | Kind::Group(base) | Kind::Series(base) => self.place(base, frame),
            _ => match self.value(node, frame) {
                Value::Row(row) => self.head(row),
                _ => None,
            },
        }
    }

    /// The head of a row that is a value.
    pub fn head_of(&self, value: &Value) -> Option<Span> {
        if let Value::Row(row) = value { self.head(*row) } else { None }
    }

    pub(in crate::rules) fn head(&self, row: RowRef) -> Option<Span> {
        if let Some(base) = self.base(row) {
            return self.head(base);
        }
        self.facts.table(row.relation)?.heads.get(row.row as usize).copied()
    }

    /// Whether the extraction of the row that an expression points to is unsure.
    pub fn unsure(&self, node: &Node, frame: &mut Frame) -> bool {
        let row = match &*node.kind {
            Kind::Cell(base, _) | Kind::Target(base, _) | Kind::Marked(base, _) | Kind::AtYear(base, ..) => {
                self.row(base, frame)
            }
            _ => self.row(node, frame),
        };
        let row = row.map(|r| self.base(r).unwrap_or(r));
        row.ok().and_then(|r| self.facts.table(r.relation)?.unsure.get(r.row as usize).copied()).unwrap_or(false)
    }

    pub(super) fn at_year(
        &self,
        owner: &Node,
        relation: RelationId,
        year_column: ColumnId,
        year: &Node,
        frame: &mut Frame,
    ) -> Result<RowRef, Why> {
        let owner = self.row(owner, frame)?;
        let Value::Year(year) = self.try_value(year, frame)? else { return Err(Why::Missing) };
        let index = self.series_index(relation, year_column, owner.relation);
        let key = [word(Key::Row(owner))?, word(Key::Year(year))?];
        let mut rows = index.find(self.shared, &key);
        match (rows.next(), rows.next()) {
            (None, _) => Err(Why::Missing),
            (Some(row), None) => Ok(RowRef { relation, row }),
            _ => Err(Why::Several),
        }
    }

    /// The figures of a series by owner and year.
    pub(super) fn series_index(&self, relation: RelationId, year_column: ColumnId, owner: RelationId) -> &'a Index<'a> {
        self.shared.years(relation, owner).get_or_init(|| {
            let mut made = Entries::new(self.shared, vec![Part::Written(Vec::new()), Part::Written(Vec::new())], 0);
            for row in self.rows(relation) {
                if let (Some(parent), Fact::Year(year)) = (self.facts.parent(row), self.facts.cell(row, year_column))
                    && let (Ok(parent), Ok(year)) = (word(Key::Row(parent)), word(Key::Year(year)))
                {
                    made.push(row.row, &[parent, year]);
                }
            }
            made.finish(&self.facts.symbols, false)
        })
    }
}
