//! Functions: see [`Function`] for what each means.
use super::*;
use crate::text::normal::even_width;

/// Longer texts, in bytes, are not asked how alike they are.
const LONGEST_NAME: usize = 1 << 13;

impl Context<'_> {
    pub(super) fn call(&self, function: Function, arguments: &[Node], frame: &mut Frame) -> Result<Value, Why> {
        let Some(first) = arguments.first() else { return Err(Why::Missing) };
        Ok(match function {
            Function::Normalize => {
                let (_, normal) = self.texts(first, frame)?;
                Value::Text(normal, normal)
            }
            Function::EvenWidth => {
                let (printed, _) = self.texts(first, frame)?;
                self.text_value(&even_width(&self.symbol(printed)))
            }
            Function::Core => {
                let (printed, _) = self.texts(first, frame)?;
                self.text_value(&core_of(&self.symbol(printed)))
            }
            Function::Previous | Function::Next | Function::Step | Function::Growth | Function::Interpolate => {
                let row = self.row(first, frame)?;
                return self.along_series(function, row);
            }
            Function::Follow => return Err(Why::Several),
            Function::Listed => {
                let values = self.set(first, frame)?;
                self.text_value(&listed(self, &values))
            }
            Function::Size => integer(self.set(first, frame)?.len()),
            Function::Extract => {
                let Kind::Matches(subject, pattern) = &*first.kind else { return Err(Why::Missing) };
                let (printed, _) = self.texts(subject, frame)?;
                let text = self.symbol(printed);
                self.text_value(pattern.extract(&text).ok_or(Why::Missing)?)
            }
            Function::Without => {
                let Kind::Matches(subject, pattern) = &*first.kind else { return Err(Why::Missing) };
                let (printed, _) = self.texts(subject, frame)?;
                self.text_value(&pattern.without(&self.symbol(printed)))
            }
            Function::FiscalYearOf => match self.try_value(first, frame)? {
                Value::Date(date) => Value::Year(date.fiscal_year()),
                Value::Unknown(why) => return Err(why),
                _ => return Err(Why::Missing),
            },
            Function::Begin | Function::End => {
                let (printed, _) = self.texts(first, frame)?;
                Value::Year(period_end(&self.symbol(printed), function == Function::End).ok_or(Why::Qualitative)?)
            }
            Function::FigureOf => {
                let (printed, _) = self.texts(first, frame)?;
                Value::number(self.figure_of(&self.symbol(printed))?)
            }
            Function::Agree => {
                let mut figures = Vec::with_capacity(arguments.len());
                for cell in arguments {
                    figures.push(self.number(cell, frame)?);
                }
                Value::Bool(number::agree(&figures, self.percent)?)
            }
            Function::OrElse => {
                let other = arguments.get(1).ok_or(Why::Missing)?;
                match self.operand_value(first, frame) {
                    Err(Why::Missing) => self.operand_value(other, frame)?,
                    printed => printed?,
                }
            }
            Function::Judge | Function::JudgeOrder => return self.judge(function, arguments, frame),
            Function::Magnitude => Value::number(Number { unit: Unit::Open, ..self.number(first, frame)? }),
            Function::Likeness => {
                let (_, a) = self.texts(first, frame)?;
                let (_, b) = self.texts(arguments.get(1).ok_or(Why::Missing)?, frame)?;
                // Each letter is held against each: what is so long is no name.
                if [a, b].iter().any(|text| self.symbol(*text).len() > LONGEST_NAME) {
                    return Err(Why::Overflow);
                }
                // In thousandths, so that a comparison is exact and the same on every machine.
                let thousandths = (likeness(&self.symbol(a), &self.symbol(b)) * 1000.0).round() as i64;
                let value = Exact::from_int(i128::from(thousandths)).checked_div(Exact::from_int(1000));
                let value = value.ok_or(Why::Overflow)?;
                Value::number(Number { unit: Unit::Ratio, ..Number::plain(value) })
            }
            Function::Share => {
                let rest = arguments.get(1).ok_or(Why::Missing)?;
                Value::number(number::share(self.operand(first, frame)?, self.operand(rest, frame)?, self.percent)?)
            }
            Function::Round(rounding) => {
                let number = self.operand(first, frame)?;
                let places = arguments.get(1).map_or(Ok(Number::plain(Exact::ZERO)), |n| self.number(n, frame))?;
                let places = places.value.to_i64().and_then(|n| i32::try_from(n).ok()).ok_or(Why::Overflow)?;
                let value = number.value.round(places, rounding).ok_or(Why::Overflow)?;
                Value::number(Number { value, interval: crate::value::Interval::point(value), ..number })
            }
            Function::Candidates => {
                let Kind::Target(base, column) = &*first.kind else { return Err(Why::Missing) };
                let row = self.row(base, frame)?;
                let Fact::Reference(id) = self.facts.cell(row, *column) else { return Err(Why::Missing) };
                let names: Vec<String> =
                    self.graph.candidates(self.facts, id).into_iter().map(|r| self.describe(r)).collect();
                if names.is_empty() {
                    return Err(Why::Missing);
                }
                self.text_value(&names.join("、"))
            }
            Function::Printed => {
                let span = self.place(first, frame).ok_or(Why::Missing)?;
                self.text_value(self.sources.text(span))
            }
            Function::Unit => match self.number(first, frame)?.unit {
                Unit::Of(symbol) => Value::Text(symbol, symbol),
                Unit::Open | Unit::Ratio => return Err(Why::Missing),
            },
            Function::Scale => {
                let number = self.number(first, frame)?;
                let span = self.place(first, frame).ok_or(Why::Missing)?;
                Value::number(Number::plain(printed_scale(self.sources.text(span), number.value).ok_or(Why::Missing)?))
            }
            Function::Cyclic => Value::Bool(self.graph.on_cycle(self.row(first, frame)?)),
        })
    }
}

/// The scale that was printed: the value of the whole by the value of its digits.
fn printed_scale(text: &str, _value: Exact) -> Option<Exact> {
    let Ok(Figure::Quantity(quantity)) = Figure::read(text) else { return None };
    let start = text.char_indices().find(|(_, c)| normal::narrow(*c).is_ascii_digit())?.0;
    let digits: String = text
        .get(start..)?
        .chars()
        .map(normal::narrow)
        .take_while(|c| c.is_ascii_digit() || matches!(c, '.' | ',' | ' '))
        .collect();
    let Ok(Figure::Quantity(bare)) = Figure::read(digits.trim()) else { return None };
    quantity.value.checked_div(bare.value)
}
