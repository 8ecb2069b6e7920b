//! The facts as Parquet files: one a relation. A figure is an exact decimal, beside its unit, what is printed and what it
//! denotes; a reference is the number of the row that it leads to.
use std::collections::BTreeMap;
use std::sync::Arc;

use parquet::basic::{Compression, ConvertedType, Repetition, Type as Physical};
use parquet::data_type::{
    BoolType, ByteArray, ByteArrayType, FixedLenByteArray, FixedLenByteArrayType, Int32Type, Int64Type,
};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::types::Type;

use super::derive::Made;
use super::schema::{Column, Disputed, Facet, Stored, Table};
use crate::graph::{Graph, Resolved};
use crate::plan::{Cell, ColumnId, ColumnType, Facts, Number, RelationId, RowRef};
use crate::text::{Sources, Span};
use crate::value::{Exact, Qualifier};

/// Rows in one part of a file: engines read the parts beside each other.
const ROWS_A_PART: usize = 1 << 17;

/// One value of a table.
#[derive(Debug, Clone, PartialEq)]
pub enum Item {
    /// Nothing.
    Null,
    /// A text.
    Text(String),
    /// A number, of either width.
    Number(i64),
    /// True or false.
    Bool(bool),
    /// A decimal.
    Decimal(Exact),
}

/// A column of a file.
#[derive(Debug, Clone)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Its type.
    pub stored: Stored,
}

/// Writes a table; `item` is asked for each value, by row and column.
pub fn table(
    fields: &[Field],
    rows: usize,
    item: &mut dyn FnMut(usize, usize) -> Item,
) -> Result<Vec<u8>, ParquetError> {
    let types: Result<Vec<_>, _> = fields.iter().map(|f| field_type(f).map(Arc::new)).collect();
    let schema = Arc::new(Type::group_type_builder("facts").with_fields(types?).build()?);
    // Without a time or a version of a library in it: the same facts give the same bytes.
    let properties = WriterProperties::builder()
        .set_compression(Compression::SNAPPY)
        .set_created_by(concat!("totsugo ", env!("CARGO_PKG_VERSION")).to_owned());
    let mut writer = SerializedFileWriter::new(Vec::new(), schema, Arc::new(properties.build()))?;
    let mut from = 0;
    while from < rows {
        let to = rows.min(from + ROWS_A_PART);
        let mut group = writer.next_row_group()?;
        for (number, field) in fields.iter().enumerate() {
            let Some(mut column) = group.next_column()? else { break };
            let items: Vec<Item> = (from..to).map(|row| item(row, number)).collect();
            write_column(&mut column, field.stored, &items)?;
            column.close()?;
        }
        group.close()?;
        from = to;
    }
    writer.into_inner()
}

fn field_type(field: &Field) -> Result<Type, ParquetError> {
    let made = |physical, converted| {
        Type::primitive_type_builder(&field.name, physical)
            .with_repetition(Repetition::OPTIONAL)
            .with_converted_type(converted)
    };
    match field.stored {
        Stored::Text => made(Physical::BYTE_ARRAY, ConvertedType::UTF8).build(),
        Stored::Int => made(Physical::INT32, ConvertedType::NONE).build(),
        Stored::Long => made(Physical::INT64, ConvertedType::NONE).build(),
        Stored::Bool => made(Physical::BOOLEAN, ConvertedType::NONE).build(),
        Stored::Decimal(digits, places) => {
            let physical = if digits <= 18 { Physical::INT64 } else { Physical::FIXED_LEN_BYTE_ARRAY };
            made(physical, ConvertedType::DECIMAL)
                .with_length(if digits <= 18 { -1 } else { 16 })
                .with_precision(i32::try_from(digits).unwrap_or(38))
                .with_scale(i32::try_from(places).unwrap_or(0))
                .build()
        }
    }
}

fn write_column(column: &mut SerializedColumnWriter<'_>, stored: Stored, items: &[Item]) -> Result<(), ParquetError> {
    let levels: Vec<i16> = items.iter().map(|i| i16::from(*i != Item::Null)).collect();
    let levels = Some(levels.as_slice());
    let mantissas = |places: u32| {
        items.iter().filter_map(move |i| match i {
            Item::Decimal(d) => Some(mantissa(*d, places)),
            _ => None,
        })
    };
    match stored {
        Stored::Text => {
            let texts = items.iter().filter_map(|i| if let Item::Text(t) = i { Some(t) } else { None });
            let values: Vec<ByteArray> = texts.map(|t| ByteArray::from(t.as_str())).collect();
            column.typed::<ByteArrayType>().write_batch(&values, levels, None)?;
        }
        Stored::Int => {
            let numbers = items.iter().filter_map(|i| if let Item::Number(n) = i { Some(n) } else { None });
            let values: Vec<i32> = numbers.map(|n| i32::try_from(*n).unwrap_or(i32::MAX)).collect();
            column.typed::<Int32Type>().write_batch(&values, levels, None)?;
        }
        Stored::Long => {
            let numbers = items.iter().filter_map(|i| if let Item::Number(n) = i { Some(*n) } else { None });
            column.typed::<Int64Type>().write_batch(&numbers.collect::<Vec<i64>>(), levels, None)?;
        }
        Stored::Bool => {
            let flags = items.iter().filter_map(|i| if let Item::Bool(b) = i { Some(*b) } else { None });
            column.typed::<BoolType>().write_batch(&flags.collect::<Vec<bool>>(), levels, None)?;
        }
        Stored::Decimal(digits, places) if digits <= 18 => {
            let values: Vec<i64> = mantissas(places).map(|m| i64::try_from(m).unwrap_or(i64::MAX)).collect();
            column.typed::<Int64Type>().write_batch(&values, levels, None)?;
        }
        Stored::Decimal(_, places) => {
            let bytes = mantissas(places).map(|m| FixedLenByteArray::from(m.to_be_bytes().to_vec()));
            column.typed::<FixedLenByteArrayType>().write_batch(&bytes.collect::<Vec<_>>(), levels, None)?;
        }
    }
    Ok(())
}

/// The whole number that a decimal is, counted in its last place. What does not fit was found out before.
fn mantissa(number: Exact, places: u32) -> i128 {
    let power = Exact::pow10(i32::try_from(places).unwrap_or(0));
    power.and_then(|p| number.checked_mul(p)).map_or(0, |n| *n.0.numer())
}

/// What every row has beside its cells.
#[derive(Debug, Clone, Copy)]
enum House {
    Row,
    Document,
    Ordinal,
    ParentRelation,
    Parent,
    Group,
    Series,
    Cycle,
    Unsure,
    Source,
    Line,
    Column,
}

/// The columns that every row has beside its cells.
const HOUSE: [(&str, House, Stored); 12] = [
    ("_row", House::Row, Stored::Long),
    ("_document", House::Document, Stored::Long),
    ("_ordinal", House::Ordinal, Stored::Long),
    ("_parent-relation", House::ParentRelation, Stored::Text),
    ("_parent", House::Parent, Stored::Long),
    ("_group", House::Group, Stored::Long),
    ("_series", House::Series, Stored::Long),
    ("_cycle", House::Cycle, Stored::Bool),
    ("_unsure", House::Unsure, Stored::Bool),
    ("_source", House::Source, Stored::Int),
    ("_line", House::Line, Stored::Long),
    ("_column", House::Column, Stored::Long),
];

/// A column of the file of a relation.
#[derive(Debug, Clone, Copy)]
enum Part {
    House(House),
    Up(RelationId),
    Cell(ColumnId, Facet),
    Made(usize, &'static str),
}

/// The columns that a column of the facts becomes.
pub fn facets(column: &Column) -> Vec<(Facet, Stored)> {
    let known = &column.known;
    let value = match &column.ty {
        _ if column.list => Stored::Text,
        ColumnType::Number | ColumnType::Reference(_) => Stored::Long,
        ColumnType::Year | ColumnType::Date => Stored::Int,
        ColumnType::Bool => Stored::Bool,
        ColumnType::Figure { .. } => {
            let (digits, places) = if known.beyond() { (18, 0) } else { known.decimal() };
            Stored::Decimal(digits, places)
        }
        _ => Stored::Text,
    };
    let mut out = vec![(Facet::Value, value), (Facet::State, Stored::Text)];
    match &column.ty {
        ColumnType::Figure { .. } => {
            let (digits, places) = if known.beyond() { (18, 0) } else { known.ends() };
            let end = Stored::Decimal(digits, places);
            out.extend([(Facet::Printed, Stored::Text), (Facet::Unit, Stored::Text), (Facet::Qualifier, Stored::Text)]);
            out.extend([(Facet::Normal, Stored::Text), (Facet::Low, end), (Facet::LowOpen, Stored::Bool)]);
            out.extend([(Facet::High, end), (Facet::HighOpen, Stored::Bool), (Facet::Disputed, Stored::Bool)]);
        }
        ColumnType::Reference(_) => out.push((Facet::Printed, Stored::Text)),
        _ if value == Stored::Text => out.push((Facet::Normal, Stored::Text)),
        _ => {}
    }
    out.extend([(Facet::Source, Stored::Int), (Facet::Line, Stored::Long), (Facet::Column, Stored::Long)]);
    out
}

/// Writes facts.
pub struct Writer<'a> {
    /// The facts.
    pub facts: &'a Facts,
    /// Where references lead.
    pub graph: &'a Graph,
    /// The texts.
    pub sources: &'a Sources,
    /// Figures in dispute.
    pub disputed: &'a Disputed,
    /// What was made of texts.
    pub made: &'a BTreeMap<(RelationId, ColumnId, String), Made>,
}

impl Writer<'_> {
    /// The file of a relation.
    pub fn relation(&self, known: &Table) -> Result<Vec<u8>, ParquetError> {
        let house = HOUSE.iter().map(|(name, house, stored)| (name.to_string(), Part::House(*house), *stored));
        let above = known.above.iter().map(|(up, (name, _))| (name.clone(), Part::Up(*up), Stored::Long));
        let cells = (0..).map(ColumnId).zip(&known.columns).flat_map(|(id, column)| {
            let part = move |facet: Facet| (format!("{}{}", column.name, facet.suffix()), Part::Cell(id, facet));
            facets(column).into_iter().map(move |(facet, stored)| {
                let (name, part) = part(facet);
                (name, part, stored)
            })
        });
        let own: Vec<&Made> = self.made.iter().filter(|(k, _)| k.0 == known.relation).map(|(_, m)| m).collect();
        let made = own.iter().enumerate().flat_map(|(number, made)| {
            let part = move |part| (format!("{}{part}", made.name), Part::Made(number, part));
            made.parts().into_iter().map(move |(suffix, stored)| {
                let (name, part) = part(suffix);
                (name, part, stored)
            })
        });
        let parts: Vec<(String, Part, Stored)> = house.chain(above).chain(cells).chain(made).collect();
        let fields: Vec<Field> =
            parts.iter().map(|(name, _, stored)| Field { name: name.clone(), stored: *stored }).collect();
        table(&fields, known.rows, &mut |at, column| {
            let row = RowRef { relation: known.relation, row: u32::try_from(at).unwrap_or(u32::MAX) };
            match parts.get(column).map(|p| p.1) {
                Some(Part::House(house)) => self.house(row, house),
                Some(Part::Up(relation)) => {
                    self.facts.ancestor(row, relation).map_or(Item::Null, |r| Item::Number(i64::from(r.row)))
                }
                Some(Part::Cell(id, facet)) => match known.columns.get(id.0 as usize) {
                    Some(column) => self.cell(row, id, column, facet),
                    None => Item::Null,
                },
                Some(Part::Made(number, part)) => own.get(number).map_or(Item::Null, |made| made.item(at, part)),
                None => Item::Null,
            }
        })
    }

    fn house(&self, row: RowRef, house: House) -> Item {
        let Some(table) = self.facts.table(row.relation) else { return Item::Null };
        let at = row.row as usize;
        let number = |n: Option<u32>| n.map_or(Item::Null, |n| Item::Number(i64::from(n)));
        let head = || table.heads.get(at).copied().unwrap_or_default();
        match house {
            House::Row => number(Some(row.row)),
            House::Document => number(table.documents.get(at).copied()),
            House::Ordinal => number(table.ordinals.get(at).copied()),
            House::ParentRelation => self.facts.parent(row).map_or(Item::Null, |parent| {
                let declared = self.facts.vocabulary.relations.get(parent.relation.0 as usize);
                declared.map_or(Item::Null, |d| Item::Text(d.alias.clone()))
            }),
            House::Parent => number(self.facts.parent(row).map(|p| p.row)),
            House::Group => number(Some(self.graph.group(row))),
            // Only documents have editions.
            House::Series => number((row.relation == RelationId(0)).then(|| self.graph.series(row.row))),
            House::Cycle => Item::Bool(self.graph.on_cycle(row)),
            House::Unsure => Item::Bool(table.unsure.get(at).copied().unwrap_or(false)),
            House::Source => self.place(head(), Facet::Source),
            House::Line => self.place(head(), Facet::Line),
            House::Column => self.place(head(), Facet::Column),
        }
    }

    fn place(&self, span: Span, facet: Facet) -> Item {
        if span.start == span.end {
            return Item::Null;
        }
        let number = |n: usize| i64::try_from(n).map_or(Item::Null, Item::Number);
        match (facet, self.sources.get(span.source)) {
            (_, None) => Item::Null,
            (Facet::Source, _) => Item::Number(i64::from(span.source.0)),
            (Facet::Line, Some(source)) => number(source.position(span.range().start).line),
            (_, Some(source)) => number(source.position(span.range().start).column),
        }
    }

    fn cell(&self, row: RowRef, id: ColumnId, column: &Column, facet: Facet) -> Item {
        let cell = self.facts.cell(row, id);
        let span = || self.facts.place(row, id, self.sources);
        let text = |symbol| Item::Text(self.facts.text(symbol).to_owned());
        match (facet, cell) {
            (Facet::Source | Facet::Line | Facet::Column, _) => self.place(span(), facet),
            (Facet::State, _) => Item::Text(self.state(cell).to_owned()),
            (Facet::Disputed, _) => Item::Bool(self.disputed.contains(&(row, id))),
            (Facet::Value, Cell::Text(printed, _)) => text(printed),
            (Facet::Normal, Cell::Text(_, normal) | Cell::Qualitative(_, normal)) => text(normal),
            (Facet::Printed, Cell::Figure(_) | Cell::Qualitative(..) | Cell::Reference(_)) => {
                Item::Text(self.sources.text(span()).trim().to_owned())
            }
            (Facet::Value, Cell::Number(n)) => Item::Number(n),
            (Facet::Value, Cell::Year(year)) => Item::Number(i64::from(year.0)),
            (Facet::Value, Cell::Date(date)) => {
                Item::Number(i64::from(date.year) * 10_000 + i64::from(date.month) * 100 + i64::from(date.day))
            }
            (Facet::Value, Cell::Bool(b)) => Item::Bool(b),
            (Facet::Value, Cell::List(list)) => {
                let items = self.facts.lists.get(list as usize).map_or(&[][..], Vec::as_slice);
                let texts: Vec<&str> = items.iter().map(|(printed, ..)| self.facts.text(*printed)).collect();
                Item::Text(texts.join("、"))
            }
            (Facet::Value, Cell::Reference(reference)) => match self.graph.target(reference) {
                Resolved::Row(to) => Item::Number(i64::from(to.row)),
                Resolved::Dangling | Resolved::Nothing => Item::Null,
            },
            (_, Cell::Figure(number)) if !column.known.beyond() => {
                self.facts.figures.get(number as usize).map_or(Item::Null, |figure| self.figure(figure, facet))
            }
            _ => Item::Null,
        }
    }

    fn figure(&self, figure: &Number, facet: Facet) -> Item {
        let interval = figure.interval;
        match facet {
            Facet::Value => Item::Decimal(figure.value),
            Facet::Unit => Item::Text(figure.unit.printed().map_or("", |u| self.facts.text(u)).to_owned()),
            Facet::Qualifier => Item::Text(qualifier(figure.qualifier).to_owned()),
            Facet::Low => interval.low.at.map_or(Item::Null, Item::Decimal),
            Facet::LowOpen => Item::Bool(!interval.low.closed),
            Facet::High => interval.high.at.map_or(Item::Null, Item::Decimal),
            Facet::HighOpen => Item::Bool(!interval.high.closed),
            _ => Item::Null,
        }
    }

    fn state(&self, cell: Cell) -> &'static str {
        match cell {
            Cell::Missing => "missing",
            Cell::Unreadable => "unreadable",
            Cell::Qualitative(..) => "qualitative",
            Cell::Reference(id) => match self.graph.target(id) {
                Resolved::Row(_) => "value",
                Resolved::Dangling => "dangling",
                // A mark without a target is a mark all the same.
                Resolved::Nothing => "bare",
            },
            _ => "value",
        }
    }
}

/// The word of a qualifier, as sentences have it; empty if there is none.
pub fn qualifier(qualifier: Qualifier) -> &'static str {
    match qualifier {
        Qualifier::None => "",
        Qualifier::AtLeast => "以上",
        Qualifier::AtMost => "以下",
        Qualifier::MoreThan => "超",
        Qualifier::LessThan => "未満",
        Qualifier::About => "程度",
    }
}
