//! 判定 and 判定順: schemes asked by rules.
use super::{Case, Direction};
use crate::rules::eval::{Context, Frame, integer};
use crate::rules::functions::Function;
use crate::rules::ir::Node;
use crate::rules::value::{Number, Value, Why};
use crate::text::normal::normal;
use crate::value::Exact;

impl Context<'_> {
    /// The status that a scheme awards. An unprinted direction is 以上; a missing actual or baseline is for the
    /// scheme to speak of; without a target, or with figures that cannot be read or compared, nothing is judged.
    pub(in crate::rules) fn judge(
        &self,
        function: Function,
        arguments: &[Node],
        frame: &mut Frame,
    ) -> Result<Value, Why> {
        let [name, direction, target, actual, rest @ ..] = arguments else { return Err(Why::Missing) };
        let (_, name) = self.texts(name, frame)?;
        let name = self.symbol(name);
        let is = |text: &str| normal(text) == name;
        let scheme = self.pack.schemes.iter().find(|s| is(&s.name) || is(&s.alias)).ok_or(Why::Dangling)?;
        let direction = match self.texts(direction, frame) {
            Ok((_, word)) if self.symbol(word) == "以下" => Direction::Down,
            Ok(_) | Err(Why::Missing) => Direction::Up,
            Err(why) => return Err(why),
        };
        let target = self.number(target, frame)?;
        let mut figure = |node: Option<&Node>| -> Result<Option<Exact>, Why> {
            match node.map(|n| self.number(n, frame)) {
                None | Some(Err(Why::Missing)) => Ok(None),
                Some(Err(why)) => Err(why),
                Some(Ok(number)) => self.beside(number, target).map(Some),
            }
        };
        let case =
            Case { direction, target: target.value, actual: figure(Some(actual))?, baseline: figure(rest.first())? };
        let at = scheme.judge(&case).ok_or(Why::Missing)?;
        let band = scheme.bands.get(at).ok_or(Why::Missing)?;
        Ok(match function {
            Function::JudgeOrder => integer(at + 1),
            _ => self.text_value(&band.word),
        })
    }

    /// A figure in the unit of another.
    fn beside(&self, number: Number, other: Number) -> Result<Exact, Why> {
        use crate::rules::number::{arithmetic, negate};
        use crate::syntax::rules::ArithmeticOp;
        // number = (number − other) + other, which meets the units as every other rule does.
        let difference = arithmetic(ArithmeticOp::Subtract, number, other, self.percent)?;
        let back = arithmetic(ArithmeticOp::Subtract, difference, negate(other)?, self.percent)?;
        Ok(back.value)
    }
}
