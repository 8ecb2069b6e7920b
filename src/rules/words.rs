//! Values in sentences: a printed cell exactly as printed, what is computed in the format that the rule asks for.
use super::eval::{Context, Frame};
use super::ir::{Kind, Node, SentencePiece, TypedSentence};
use super::types::Type;
use super::value::{Number, Unit, Value, Why};
use crate::text::Wording;
use crate::value::{Exact, Qualifier};

/// More values of a set than this are counted instead of listed.
const MOST_LISTED: usize = 30;

/// A longer sentence, in bytes, is cut: nobody reads it, and a hole can hold a name as long as a file, many times over.
const LONGEST: usize = 1 << 16;

/// A sentence with its values, in both languages.
pub fn wording(context: &Context<'_>, sentence: &TypedSentence, frame: &mut Frame) -> Wording {
    let mut say = |pieces: &[SentencePiece]| {
        let mut out = String::new();
        for piece in pieces {
            match piece {
                SentencePiece::Text(text) => out.push_str(text),
                SentencePiece::Hole(node, format) => out.push_str(&shown(context, node, format.as_deref(), frame)),
            }
            if out.len() > LONGEST {
                let end = (0..=LONGEST).rev().find(|at| out.is_char_boundary(*at));
                out.truncate(end.unwrap_or(0));
                out.push('…');
                break;
            }
        }
        out
    };
    Wording { ja: say(&sentence.ja), en: say(&sentence.en) }
}

/// The value of an expression in a sentence.
pub fn shown(context: &Context<'_>, node: &Node, format: Option<&str>, frame: &mut Frame) -> String {
    if matches!(node.ty, Type::Set(_)) {
        return context.set(node, frame).map_or_else(|_| "－".into(), |values| listed(context, &values));
    }
    let value = context.value(node, frame);
    let printed = matches!(&*node.kind, Kind::Cell(..) | Kind::AtYear(..)) && format.is_none();
    match value {
        value if value.is_number() && printed && node.ty != Type::Integer => {
            let place = context.place(node, frame).map(|span| context.sources.text(span).trim().to_owned());
            place.unwrap_or_else(|| value_text(context, &value, None))
        }
        Value::Unknown(Why::Dangling) => {
            context.place(node, frame).map_or_else(String::new, |s| context.sources.text(s).to_owned())
        }
        value => value_text(context, &value, format),
    }
}

/// The values of a set in their order.
pub fn listed(context: &Context<'_>, values: &[Value]) -> String {
    let shown: Vec<String> = values.iter().take(MOST_LISTED).map(|v| value_text(context, v, None)).collect();
    let more = values.len().saturating_sub(MOST_LISTED);
    let rest = if more == 0 { String::new() } else { format!("、…(+{more})") };
    if shown.is_empty() { "－".to_owned() } else { shown.join("、") + &rest }
}

/// A value by itself.
pub fn value_text(context: &Context<'_>, value: &Value, format: Option<&str>) -> String {
    match value {
        Value::Integer(_) | Value::Figure(_) | Value::Number(_) => {
            value.as_number(context.facts).map_or_else(String::new, |number| number_text(context, number, format))
        }
        Value::Text(symbol, _) | Value::Qualitative(symbol, _) => context.symbol(*symbol).into_owned(),
        Value::Year(year) => match format {
            Some("和暦") => year.wareki_long(),
            Some("西暦") => year.seireki(),
            _ => year.to_string(),
        },
        Value::Date(date) => date.to_string(),
        Value::Bool(true) => "はい".into(),
        Value::Bool(false) => "いいえ".into(),
        Value::Row(row) => context.describe(*row),
        Value::List(id) => {
            let items = context.facts.lists.get(*id as usize);
            items.map_or_else(String::new, |l| l.iter().map(|i| context.symbol(i.0)).collect::<Vec<_>>().join("、"))
        }
        Value::Unknown(Why::Unreadable) => "判読不能".into(),
        Value::Unknown(_) => "－".into(),
    }
}

/// The scale words that a format may ask for.
fn scale_of(word: &str) -> Option<Exact> {
    let power = match word {
        "千" => 3,
        "万" => 4,
        "百万" => 6,
        "億" => 8,
        _ => return None,
    };
    Exact::pow10(power)
}

fn number_text(context: &Context<'_>, number: Number, format: Option<&str>) -> String {
    let unit = match number.unit {
        Unit::Of(symbol) => context.symbol(symbol).into_owned(),
        Unit::Open | Unit::Ratio => String::new(),
    };
    let percent = |places: usize| {
        let shown = number.value.checked_mul(Exact::from_int(100));
        shown.map_or_else(|| number.value.to_string(), |v| format!("{}%", v.format_decimal(places)))
    };
    let text = match format {
        Some("%") => percent(2),
        Some(format) if format.starts_with('%') => percent(format.trim_start_matches('%').parse().unwrap_or(2).min(9)),
        Some(scale) if scale_of(scale).is_some() => {
            let shown = scale_of(scale).and_then(|s| number.value.checked_div(s)).unwrap_or(number.value);
            format!("{}{scale}{unit}", shown.grouped())
        }
        _ if unit == "%" => percent(2),
        _ => format!("{}{unit}", number.value.grouped()),
    };
    let after = match number.qualifier {
        Qualifier::AtLeast => "以上",
        Qualifier::AtMost => "以下",
        Qualifier::MoreThan => "超",
        Qualifier::LessThan => "未満",
        Qualifier::About => "程度",
        Qualifier::None => "",
    };
    format!("{text}{after}")
}
