//! Queries: what an expression gives, for every row that its ranges find, in the order of the facts.
use super::Workspace;
use super::check::check_query;
use super::describe::row_name;
use super::eval::{Context, Flow, Frame, Shared, Strategy};
use super::ir::{Kind, Node};
use super::pack::Pack;
use super::types::Type;
use super::value::{Unit, Value, Why};
use super::words::{listed, shown};
use crate::syntax::rules::query as parse;
use crate::text::{Fault, Limit, SourceId, Sources, Span, Stop, normal};

/// What a query gave.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answer {
    /// The expressions as written.
    pub heads: Vec<String>,
    /// A value for each expression, row by row.
    pub rows: Vec<Vec<Item>>,
    /// Whether rows were left out because a condition met something unreadable.
    pub torn: bool,
    /// The limit that was met, if one was; there are more rows then.
    pub met: Option<Limit>,
}

/// One value and its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// The value.
    pub value: Datum,
    /// Its cell, or the head of its row; a computed value has none.
    pub place: Option<Span>,
}

/// A value as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Datum {
    /// A text, or a row as people name it.
    Text(String),
    /// A figure: as printed, or as computed.
    Figure(String),
    /// True or false.
    Bool(bool),
    /// No value, and why.
    Nothing(Why),
}

impl Datum {
    /// The bytes of its text.
    fn words(&self) -> usize {
        match self {
            Self::Text(text) | Self::Figure(text) => text.len(),
            Self::Bool(_) | Self::Nothing(_) => 0,
        }
    }
}

/// Asks the facts, until `stop` is set. The query is the text of `source`.
///
/// # Errors
/// What is wrong with the query.
pub fn query(
    pack: &Pack,
    sources: &Sources,
    workspace: &Workspace,
    source: SourceId,
    stop: &Stop,
) -> Result<Answer, Vec<Fault>> {
    let text = sources.get(source).map_or("", |s| s.text.as_str());
    let tree = parse(source, text).map_err(|fault| vec![*fault])?;
    let typed = check_query(&pack.vocabulary, &tree)?;
    let heads = tree.columns.iter().map(|c| sources.text(c.span).split_whitespace().collect::<Vec<_>>().join(" "));
    let mut answer = Answer { heads: heads.collect(), ..Answer::default() };
    let shared = Shared::new(workspace, sources, pack, Strategy::Planned);
    let mut context = Context::new(&shared);
    context.stop = stop.clone();
    let mut frame: Frame = vec![Value::Unknown(Why::Missing); typed.slots];
    let torn = context.search(&typed.rows, &mut frame, &mut |frame| {
        answer.rows.push(typed.columns.iter().map(|column| item(&context, column, frame)).collect());
        let words = answer.rows.last().map_or(0, |row| row.iter().map(|item| item.value.words()).sum());
        context.stop.found(words);
        if context.stop.is_set() { Flow::Stop } else { Flow::Continue }
    });
    context.tell_steps();
    answer.torn = torn.is_err();
    answer.met = context.stop.met();
    Ok(answer)
}

/// The value of an expression and its place.
pub(super) fn item(context: &Context<'_>, node: &Node, frame: &mut Frame) -> Item {
    let printed = printed(context, node, frame);
    let as_printed = |frame: &mut Frame| match printed {
        Some(span) => context.sources.text(span).trim().to_owned(),
        None => shown(context, node, None, frame),
    };
    if matches!(node.ty, Type::Set(_)) {
        let value = match context.set(node, frame) {
            // A list that is not printed is missing, a set that has no elements is not.
            Ok(values) if values.is_empty() && matches!(*node.kind, Kind::Cell(..)) => Datum::Nothing(Why::Missing),
            Ok(values) => Datum::Text(listed(context, &values)),
            Err(why) => Datum::Nothing(why),
        };
        return Item { value, place: context.place(node, frame).filter(|p| !p.range().is_empty()) };
    }
    let value = match context.value(node, frame) {
        Value::Number(number) if number.unit == Unit::Ratio && printed.is_none() => {
            Datum::Figure(shown(context, node, Some("%"), frame))
        }
        Value::Integer(_) | Value::Figure(_) | Value::Number(_) => Datum::Figure(as_printed(frame)),
        Value::Year(_) | Value::Date(_) => Datum::Text(as_printed(frame)),
        Value::Bool(truth) => Datum::Bool(truth),
        Value::Unknown(Why::Dangling) if printed.is_some() => Datum::Text(as_printed(frame)),
        Value::Unknown(why) => Datum::Nothing(why),
        Value::Row(row) => Datum::Text(row_name(context.facts, context.sources, row)),
        _ => Datum::Text(shown(context, node, None, frame)),
    };
    let place = context.place(node, frame).filter(|p| !p.range().is_empty());
    Item { value, place }
}

/// The place of the printed cell that an expression names; none if it is derived from others.
pub(super) fn printed(context: &Context<'_>, node: &Node, frame: &mut Frame) -> Option<Span> {
    let span = match &*node.kind {
        Kind::Cell(base, column) | Kind::Target(base, column) => {
            let Value::Row(row) = context.value(base, frame) else { return None };
            context.facts.place(row, *column, context.sources)
        }
        Kind::AtYear(..) => context.place(node, frame)?,
        _ => return None,
    };
    let text = normal::normal(context.sources.text(span));
    // A number that the house gives (部分) stands at a cell that prints something else.
    let given = node.ty == Type::Integer
        && matches!(context.value(node, frame),
            Value::Integer(n) if n.to_string() != text.trim_start_matches("no").trim_start_matches('.'));
    Some(span).filter(|_| !text.is_empty() && !given)
}

impl Why {
    /// The sentence of the message files that says it; after `reason-` a stable word for programs.
    #[must_use]
    pub fn reason(self) -> &'static str {
        match self {
            Self::Missing => "reason-missing",
            Self::Unreadable => "reason-unreadable",
            Self::Qualitative => "reason-qualitative",
            Self::Dangling => "reason-dangling",
            Self::Units => "reason-units",
            Self::DivisionByZero => "reason-division-by-zero",
            Self::Overflow => "reason-overflow",
            Self::Several => "reason-several",
            Self::Conflict => "reason-conflict",
            Self::Negative => "reason-negative",
        }
    }

    /// A stable word for programs.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.reason().trim_start_matches("reason-")
    }
}
