//! What the engines write differently; everything else is standard SQL.
use super::number::{Decimal, Repr};

/// An engine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Dialect {
    /// DuckDB.
    DuckDb,
    /// Spark SQL.
    Spark,
}

/// The dialects by the names that are asked for.
pub const DIALECTS: [(&str, Dialect); 2] = [("duckdb", Dialect::DuckDb), ("spark", Dialect::Spark)];

impl Dialect {
    /// The dialect of a name.
    #[must_use]
    pub fn find(name: &str) -> Option<Self> {
        DIALECTS.iter().find(|d| d.0 == name).map(|d| d.1)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        DIALECTS.iter().find(|d| d.1 == self).map_or("", |d| d.0)
    }

    /// A name of a table or column.
    pub fn quote(self, name: &str) -> String {
        match self {
            Self::DuckDb => format!("\"{}\"", name.replace('"', "\"\"")),
            Self::Spark => format!("`{}`", name.replace('`', "``")),
        }
    }

    /// A text.
    pub fn literal(self, text: &str) -> String {
        match self {
            Self::DuckDb => format!("'{}'", text.replace('\'', "''")),
            Self::Spark => {
                let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
                format!("'{}'", escaped.replace('\n', "\\n").replace('\r', "\\r"))
            }
        }
    }

    /// The type of texts.
    pub fn text(self) -> &'static str {
        match self {
            Self::DuckDb => "VARCHAR",
            Self::Spark => "STRING",
        }
    }

    /// A statement that names a Parquet file.
    pub fn view(self, name: &str, path: &str) -> String {
        let (name, path) = (self.quote(name), self.literal(path));
        match self {
            Self::DuckDb => format!("CREATE OR REPLACE TEMPORARY VIEW {name} AS SELECT * FROM read_parquet({path});\n"),
            Self::Spark => format!("CREATE OR REPLACE TEMPORARY VIEW {name} USING parquet OPTIONS (path {path});\n"),
        }
    }

    /// The product of two decimals, exact, of the type that `number::multiply` has found.
    pub fn product(self, a: &Decimal, b: &Decimal) -> String {
        let (mut left, right) = (a.cast(Repr::Decimal), b.cast(Repr::Decimal));
        // DuckDB keeps a product of two numbers of 64 bits in 64 bits, whether or not it fits.
        let both = a.digits() + b.digits();
        if self == Self::DuckDb && both > 18 && a.digits() <= 18 && b.digits() <= 18 {
            left = format!("CAST({} AS DECIMAL(19,{}))", a.sql, a.places);
        }
        format!("{left} * {right}")
    }

    /// The whole part of a quotient of two whole numbers of 64 bits that are not below nought.
    pub fn whole_quotient(self, a: &str, b: &str) -> String {
        match self {
            Self::DuckDb => format!("({a} // {b})"),
            Self::Spark => format!("({a} div {b})"),
        }
    }

    /// A whole number of 64 bits with its thousands in groups.
    pub fn grouped(self, number: &str) -> String {
        match self {
            Self::DuckDb => format!("format('{{:,}}', {number})"),
            Self::Spark => format!("format_number({number}, 0)"),
        }
    }
}
