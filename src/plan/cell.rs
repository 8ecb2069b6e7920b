//! From a text to a typed cell, with a fault where it cannot be read.
use super::{Cell, ColumnType, Facts, FigureValue, Symbol};
use crate::text::normal::{narrow, normal};
use crate::text::{Fault, Span};
use crate::value::{Date, Exact, Figure, FigureFault, FiscalYear, Interval, Rounding, YearFault};
use rustc_hash::FxHashMap;

/// Texts by symbol.
#[derive(Debug, Default)]
pub struct Interner {
    numbers: FxHashMap<Box<str>, Symbol>,
    normals: FxHashMap<Symbol, Symbol>,
}

impl Interner {
    /// The symbol of a text.
    pub fn intern(&mut self, facts: &mut Facts, text: &str) -> Symbol {
        if let Some(&symbol) = self.numbers.get(text) {
            return symbol;
        }
        let symbol = Symbol(u32::try_from(facts.symbols.len()).unwrap_or(u32::MAX));
        facts.symbols.push(text.to_owned());
        self.numbers.insert(text.into(), symbol);
        symbol
    }

    /// The symbols of a text and of its normal form.
    pub fn both(&mut self, facts: &mut Facts, text: &str) -> (Symbol, Symbol) {
        let printed = self.intern(facts, text);
        if let Some(&known) = self.normals.get(&printed) {
            return (printed, known);
        }
        let folded = self.intern(facts, &normal(text));
        self.normals.insert(printed, folded);
        (printed, folded)
    }
}

/// Whether a text says that it could not be read.
pub fn is_unreadable(text: &str) -> bool {
    matches!(text.trim(), "判読不能" | "unreadable" | "■")
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
    /// Texts.
    pub interner: &'f mut Interner,
    /// How the document rounds.
    pub rounding: Rounding,
    /// What was wrong.
    pub faults: &'f mut Vec<Fault>,
}

impl CellReader<'_> {
    /// Reads `text` as a cell of type `ty`.
    pub fn read(&mut self, text: &str, span: Span, ty: &ColumnType) -> Cell {
        let text = text.trim();
        if is_unreadable(text) {
            return Cell::Unreadable;
        }
        if text.is_empty() {
            return Cell::Missing;
        }
        let mut bad = |fault: Fault| {
            self.faults.push(fault);
            Cell::Unreadable
        };
        match ty {
            ColumnType::Text | ColumnType::Code | ColumnType::Period => {
                let (printed, folded) = self.interner.both(self.facts, text);
                Cell::Text(printed, folded)
            }
            ColumnType::Choice(words) => match words.iter().find(|w| normal(w) == normal(text)) {
                Some(word) => {
                    let (printed, folded) = self.interner.both(self.facts, word);
                    Cell::Text(printed, folded)
                }
                None => bad(Fault::error("bad-choice", span).with("text", text).with("allowed", words.join("、"))),
            },
            ColumnType::Number => match whole_number(text) {
                Some(n) => Cell::Number(n),
                None => bad(Fault::error("bad-number", span).with("text", text)),
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
            ColumnType::Figure { exact, unit } => self.figure(text, span, *exact, unit.as_deref()),
            ColumnType::Reference(_) => bad(Fault::error("bad-reference", span).with("text", text)),
        }
    }

    fn figure(&mut self, text: &str, span: Span, exact: bool, fixed: Option<&str>) -> Cell {
        let quantity = match Figure::read(text) {
            Ok(Figure::Quantity(quantity)) => quantity,
            Ok(Figure::Missing) => return Cell::Missing,
            Ok(Figure::Unreadable) => return Cell::Unreadable,
            Ok(Figure::Qualitative) => {
                let (printed, folded) = self.interner.both(self.facts, text);
                return Cell::Qualitative(printed, folded);
            }
            Err(fault) => {
                self.faults.push(match fault {
                    FigureFault::Grouping(meant) => {
                        Fault::error("figure-grouping", span).with("text", text).with("meant", meant)
                    }
                    FigureFault::DecimalPoint => Fault::error("figure-decimal-point", span).with("text", text),
                    FigureFault::TooLong(digits) => {
                        Fault::error("figure-too-long", span).with("text", text).with("digits", digits)
                    }
                    FigureFault::TooLarge => Fault::error("figure-too-large", span).with("text", text),
                });
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
        let part =
            |n: Exact| if percent { n.checked_div(hundred).unwrap_or(n) } else { n.checked_mul(factor).unwrap_or(n) };
        let (value, place) = (part(quantity.value), part(quantity.place));
        let counted = quantity.value.is_integer() && !quantity.scaled && !percent && quantity.place == Exact::ONE;
        let rounding = if exact || counted { Rounding::Exact } else { self.rounding };
        let interval = Interval::of(value, place, rounding).widen(quantity.qualifier, value, place);
        let unit = (!unit.is_empty()).then(|| self.interner.intern(self.facts, &unit));
        let id = u32::try_from(self.facts.figures.len()).unwrap_or(u32::MAX);
        self.facts.figures.push(FigureValue { value, interval, unit, qualifier: quantity.qualifier });
        Cell::Figure(id)
    }
}
