//! From a text to a typed cell, with a fault where it cannot be read.
use super::readings::{ReadAs, Readings};
use super::{Cell, ColumnType, Facts, Number, Packed, Symbol, Term, Unit};
use crate::text::normal::{narrow, normal, trimmed};
use crate::text::{Fault, Span};
use crate::value::{Date, Exact, Figure, FigureFault, FiscalYear, Interval, Rounding, YearFault};

/// Whether a text says that it could not be read.
pub fn is_unreadable(text: &str) -> bool {
    matches!(trimmed(text), "判読不能" | "unreadable" | "■")
}

/// A whole number such as `8`, `No8`, `(8)`, `⑧`.
pub fn whole_number(text: &str) -> Option<i64> {
    let narrowed: String = text.chars().map(narrow).filter(|c| !c.is_whitespace()).collect();
    let mut chars = narrowed.chars();
    if let (Some(c), None) = (chars.next(), chars.next())
        && let Some(n) = u32::from(c).checked_sub(0x2460).filter(|n| *n < 20)
    {
        return Some(i64::from(n) + 1);
    }
    let bare = narrowed
        .strip_prefix("No")
        .or_else(|| narrowed.strip_prefix("no"))
        .or_else(|| narrowed.strip_prefix('№'))
        .unwrap_or(&narrowed);
    let bare = bare.trim_start_matches('.');
    let bare = bare.strip_prefix('(').and_then(|b| b.strip_suffix(')')).unwrap_or(bare);
    (!bare.is_empty() && bare.len() <= 9 && bare.bytes().all(|b| b.is_ascii_digit()))
        .then(|| bare.parse().ok())
        .flatten()
}

/// The fault of a year that cannot be.
pub fn year_fault(text: &str, fault: &YearFault, span: Span) -> Fault {
    match fault {
        YearFault::NotAYear => Fault::error("bad-year", span).with("text", text),
        YearFault::NotInEra { meant } => {
            let meant = meant.map_or_else(String::new, FiscalYear::wareki_long);
            Fault::error("year-not-in-era", span).with("text", text).with("meant", meant)
        }
        YearFault::OutOfRange => Fault::error("year-out-of-range", span).with("text", text),
    }
}

/// Reads cells of one workspace.
pub struct CellReader<'f> {
    /// Where texts and figures go.
    pub facts: &'f mut Facts,
    /// What was read before.
    pub readings: &'f mut Readings,
    /// How the document rounds.
    pub rounding: Rounding,
    /// What was wrong.
    pub faults: &'f mut Vec<Fault>,
}

impl CellReader<'_> {
    /// Reads `text` as a cell of type `ty`.
    pub fn read(&mut self, text: &str, span: Span, ty: &ColumnType) -> Cell {
        let text = trimmed(text);
        if is_unreadable(text) {
            return Cell::Unreadable;
        }
        match ty {
            _ if text.is_empty() => Cell::Missing,
            ColumnType::Text | ColumnType::Code | ColumnType::Period => {
                let (printed, folded) = self.facts.symbols.both(text);
                Cell::Text(printed, folded)
            }
            ColumnType::Number => match whole_number(text) {
                Some(n) => Cell::Number(n),
                None => {
                    self.faults.push(Fault::error("bad-number", span).with("text", text));
                    Cell::Unreadable
                }
            },
            _ => self.once(text, span, ty),
        }
    }

    /// Reads `text` as a cell of a column of which it is known how it is read.
    pub fn read_as(&mut self, reading: &mut ReadAs, term: Option<Term>, text: &str, span: Span) -> Packed {
        let before = self.faults.len();
        let cell = self.read(text, span, reading.ty());
        let packed = Packed::pack(cell);
        // What is wrong with a text is told at each place.
        if let Some(term) = term.filter(|_| self.faults.len() == before) {
            reading.keep(term, packed);
        }
        packed
    }

    /// A text that was read before in the same way is the same cell; one with a fault is read anew at each place.
    fn once(&mut self, text: &str, span: Span, ty: &ColumnType) -> Cell {
        let kind = self.readings.kind(ty, self.rounding);
        let symbol = self.facts.symbols.intern(text);
        if let Some(cell) = self.readings.get(kind, symbol) {
            return cell.unpack(&self.facts.symbols);
        }
        let before = self.faults.len();
        let cell = self.parse(text, symbol, span, ty);
        if self.faults.len() == before {
            self.readings.put(kind, symbol, cell);
        }
        cell
    }

    fn parse(&mut self, text: &str, symbol: Symbol, span: Span, ty: &ColumnType) -> Cell {
        let mut bad = |fault: Fault| {
            self.faults.push(fault);
            Cell::Unreadable
        };
        match ty {
            ColumnType::Choice(words) => match words.iter().find(|w| normal(w) == normal(text)) {
                Some(word) => {
                    let (printed, folded) = self.facts.symbols.both(word);
                    Cell::Text(printed, folded)
                }
                None => bad(Fault::error("bad-choice", span).with("text", text).with("allowed", words.join("、"))),
            },
            ColumnType::Year => match FiscalYear::read(text) {
                Ok(year) => Cell::Year(year),
                Err(fault) => bad(year_fault(text, &fault, span)),
            },
            ColumnType::Date => match Date::read(text) {
                Ok(date) => Cell::Date(date),
                Err(_) => bad(Fault::error("bad-date", span).with("text", text)),
            },
            ColumnType::Bool => match text {
                "はい" | "真" | "yes" | "true" | "○" => Cell::Bool(true),
                "いいえ" | "偽" | "no" | "false" => Cell::Bool(false),
                _ => bad(Fault::error("bad-choice", span).with("text", text).with("allowed", "はい、いいえ")),
            },
            ColumnType::Figure { exact, unit } => self.figure(text, symbol, span, *exact, unit.as_deref()),
            _ => bad(Fault::error("bad-reference", span).with("text", text)),
        }
    }

    fn figure(&mut self, text: &str, printed: Symbol, span: Span, exact: bool, fixed: Option<&str>) -> Cell {
        let quantity = match Figure::read(text) {
            Ok(Figure::Quantity(quantity)) => quantity,
            Ok(Figure::Missing) => return Cell::Missing,
            Ok(Figure::Unreadable) => return Cell::Unreadable,
            Ok(Figure::Qualitative) => {
                let (printed, folded) = self.facts.symbols.both(text);
                return Cell::Qualitative(printed, folded);
            }
            Err(fault) => {
                self.faults.push(figure_fault(fault, text, span));
                return Cell::Unreadable;
            }
        };
        let (mut unit, factor) = self.facts.vocabulary.base_unit(quantity.unit);
        if let Some(fixed) = fixed.map(|f| self.facts.vocabulary.base_unit(f).0) {
            if unit.is_empty() {
                unit = fixed;
            } else if unit != fixed {
                self.faults.push(
                    Fault::error("unit-mismatch", span).with("text", text).with("expected", fixed).with("found", &unit),
                );
            }
        }
        let percent = unit == "%";
        let hundred = Exact::from_int(100);
        let part = |n: Exact| match percent {
            true => n.checked_div(hundred).unwrap_or(n),
            false if factor == Exact::ONE => n,
            false => n.checked_mul(factor).unwrap_or(n),
        };
        let (value, place) = (part(quantity.value), part(quantity.place));
        let counted = quantity.value.is_integer() && !quantity.scaled && !percent && quantity.place == Exact::ONE;
        let rounding = if exact || counted { Rounding::Exact } else { self.rounding };
        let interval = Interval::of(value, place, rounding).widen(quantity.qualifier, value, place);
        let unit = if unit.is_empty() { Unit::Open } else { Unit::Of(self.facts.symbols.intern(&unit)) };
        let number = Number { value, interval, unit, qualifier: quantity.qualifier, printed: true };
        Cell::Figure(self.facts.add_figure(number, printed))
    }
}

/// What is told of a text that is written like a figure and is none.
pub(crate) fn figure_fault(fault: FigureFault, text: &str, span: Span) -> Fault {
    match fault {
        FigureFault::Grouping(meant) => Fault::error("figure-grouping", span).with("text", text).with("meant", meant),
        FigureFault::DecimalPoint => Fault::error("figure-decimal-point", span).with("text", text),
        FigureFault::TooLong(digits) => Fault::error("figure-too-long", span).with("text", text).with("digits", digits),
        FigureFault::TooLarge => Fault::error("figure-too-large", span).with("text", text),
    }
}
