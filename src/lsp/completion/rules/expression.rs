//! Expressions: what may stand at a place of one, after what stands before it.
use gen_lsp_types::CompletionItemKind as Kind;

use super::super::choice::Choice;
use super::super::{Offer, Scene};
use super::names::{expression, path_before, scope};
use super::scan::{State, is_name};
use super::{Place, table};
use crate::plan::RelationKind;
use crate::rules::{Function, MemberKind, Scope};
use crate::text::normal::narrow;

/// Words behind which an operand is wanted.
const OPEN: [&str; 26] = [
    "かつ",
    "または",
    "否",
    "もし",
    "ならば",
    "それ以外",
    "含む",
    "各",
    "安全",
    "and",
    "or",
    "not",
    "if",
    "then",
    "else",
    "contains",
    "each",
    "safe",
    "union",
    "intersect",
    "except",
    "within",
    "検査",
    "前提",
    "指摘",
    "参考",
];
/// Marks behind which an operand is wanted.
const MARKS: [char; 26] = [
    '(', '{', '[', ',', '|', ':', '=', '≠', '<', '≤', '>', '≥', '≈', '+', '-', '×', '÷', '*', '/', '∪', '∩', '∖', '⊆',
    '←', '≦', '≧',
];

/// The aggregates: Japanese, English, whether something is collected before the bar, and the snippet behind the brace.
const AGGREGATES: [(&str, &str, &str); 11] = [
    ("ある", "exists", "${1:x} ∈ $2$0"),
    ("すべて", "all", "${1:x} ∈ $2 : $0"),
    ("件数", "count", "${1:x} ∈ $2$0"),
    ("合計", "sum", "$3 | ${1:x} ∈ $2$0"),
    ("最大", "max", "$3 | ${1:x} ∈ $2$0"),
    ("最小", "min", "$3 | ${1:x} ∈ $2$0"),
    ("平均", "avg", "$3 | ${1:x} ∈ $2$0"),
    ("中央値", "median", "$3 | ${1:x} ∈ $2$0"),
    ("種類数", "distinct", "$3 | ${1:x} ∈ $2$0"),
    ("集合", "set", "$3 | ${1:x} ∈ $2$0"),
    ("同値", "agree", "$3 | ${1:x} ∈ $2$0"),
];

/// What may stand between two operands: Japanese, English.
const OPERATORS: [(&str, &str); 17] = [
    ("=", ""),
    ("≠", "!="),
    ("≈", "~="),
    ("<", ""),
    ("≤", "<="),
    (">", ""),
    ("≥", ">="),
    ("かつ", "and"),
    ("または", "or"),
    ("は", "is"),
    ("∈", "in"),
    ("含む", "contains"),
    ("一致", "matches"),
    ("⊆", "within"),
    ("∪", "union"),
    ("∩", "intersect"),
    ("∖", "except"),
];

/// Whether an expression that ends here wants something more.
pub(super) fn goes_on(text: &str) -> bool {
    // What is behind a comment does not count.
    let line = text.trim_end();
    let Some(last) = line.chars().next_back() else { return false };
    if is_name(last) {
        let word = last_word(line);
        return OPEN.contains(&word) || matches!(word, "は" | "is" | "in" | "対象" | "for");
    }
    last != '{' && (MARKS.contains(&narrow(last)) || matches!(last, '∈' | '、' | '，'))
}

fn last_word(text: &str) -> &str {
    let start = text.char_indices().rev().find(|(_, c)| !is_name(*c)).map_or(0, |(i, c)| i + c.len_utf8());
    text.get(start..).unwrap_or("")
}

/// What may stand at the place in the expression that begins at `from`.
pub(super) fn offer(place: &Place<'_>, from: usize) -> Offer {
    let (scene, text) = (place.scene, place.text);
    let hole = if let State::Hole(from) = place.spot.state { Some(from) } else { None };
    let before = place.since(from.min(place.typed)).trim_end();
    let clause = text.get(place.spot.clause..).unwrap_or("");
    let is_for = hole.is_none() && (clause.starts_with("対象") || clause.starts_with("for"));
    let last = before.chars().next_back();
    if let Some(dot @ ('.' | '．')) = last {
        let end = from + before.len() - dot.len_utf8();
        let path = path_before(text, end);
        // A figure with a point is no path.
        let base = expression(path).filter(|_| !path.starts_with(|c: char| narrow(c).is_ascii_digit()));
        let members = base.map(|base| scope(place, hole).members(&base)).unwrap_or_default();
        return place.offer(members.into_iter().map(|m| member(scene, &m)).collect());
    }
    // A place in a number is none for names.
    if text.get(place.typed..).is_some_and(|t| t.starts_with(|c: char| narrow(c).is_ascii_digit())) {
        return Offer::nothing(place.at);
    }
    let word = if last.is_some_and(is_name) { last_word(before) } else { "" };
    if matches!(word, "は" | "is") && before.len() > word.len() {
        return place.offer(states(scene));
    }
    if last == Some('∈') || (word == "in" && before.len() > word.len()) {
        return place.offer(ranges(place, &mut scope(place, hole)));
    }
    if is_for && !text.get(place.spot.clause..place.typed).is_some_and(|t| t.contains(['{', '['])) {
        // A new variable has whatever name its author likes.
        let operand = last.is_some_and(is_name) && !before.ends_with("対象");
        return place.offer(if operand { table::words(scene, &[("∈", "in")]) } else { Vec::new() });
    }
    match last {
        None => place.offer(operands(place, &scope(place, hole))),
        Some('{') if is_for => place.offer(columns(place, &mut scope(place, hole))),
        Some('[' | '［') => {
            let known = scope(place, hole);
            let columns = known.columns().map(|c| Choice::new(Kind::Variable, c));
            let years = (2021..=2027).rev().map(|y| Choice::new(Kind::Value, crate::value::FiscalYear(y).to_string()));
            let mut all: Vec<Choice> = columns.collect();
            all.extend(operands(place, &scope(place, hole)).into_iter().take(12));
            all.extend(years);
            place.offer(all)
        }
        Some(c) if MARKS.contains(&narrow(c)) => {
            let mut known = scope(place, hole);
            let mut choices = if is_for { columns(place, &mut known) } else { Vec::new() };
            choices.extend(operands(place, &known));
            place.offer(choices)
        }
        Some(_) if OPEN.contains(&word) => place.offer(operands(place, &scope(place, hole))),
        Some('"') if matches!(word_of(clause), "指摘" | "参考" | "finding" | "see") => {
            place.offer(table::words(scene, &[("英", "en")]))
        }
        Some(_) if matches!(word, "一致" | "matches") => Offer::nothing(place.at),
        Some(_) => place.offer(operators(scene, word_of(clause))),
    }
}

fn word_of(clause: &str) -> &str {
    super::scan::first_word(clause)
}

fn member(scene: &Scene<'_>, member: &crate::rules::Member) -> Choice {
    let (label, other) = word(scene, &member.name, &member.alias);
    let kind = match member.kind {
        MemberKind::Column | MemberKind::List => Kind::Field,
        MemberKind::Inside | MemberKind::Below => Kind::Class,
        MemberKind::Above => Kind::Interface,
        MemberKind::Given => Kind::Property,
    };
    let id = match member.kind {
        MemberKind::Inside | MemberKind::Below => "lsp-choice-below",
        MemberKind::Above => "lsp-choice-above",
        _ => return Choice::new(kind, label).other(other).detail(member.ty.clone()),
    };
    Choice::new(kind, label).other(other).detail(format!("{} · {}", member.ty, scene.say(id)))
}

/// As the file would write it; an English name with a dash in it would be read as a difference.
fn word<'w>(scene: &Scene<'_>, name: &'w str, alias: &'w str) -> (&'w str, &'w str) {
    if alias.contains('-') { (name, alias) } else { scene.both(name, alias) }
}

fn states(scene: &Scene<'_>) -> Vec<Choice> {
    table::words(
        scene,
        &[
            ("なし", "missing"),
            ("ある", "present"),
            ("不存在", "dangling"),
            ("判読不能", "unreadable"),
            ("数値", "number"),
            ("文字", "qualitative"),
        ],
    )
}

/// What a variable may range over: rows that stand below those in scope, then all relations.
fn ranges(place: &Place<'_>, known: &mut Scope<'_>) -> Vec<Choice> {
    let scene = place.scene;
    let mut out = Vec::new();
    for (name, ty) in known.names() {
        if ty.ends_with("の集合") {
            out.push(Choice::new(Kind::Variable, name.clone()).detail(ty));
        }
        let members = expression(&name).map(|e| known.members(&e)).unwrap_or_default();
        for member in members.iter().filter(|m| matches!(m.kind, MemberKind::Inside | MemberKind::List)) {
            let (label, other) = word(scene, &member.name, &member.alias);
            let choice = Choice::new(Kind::Class, format!("{name}.{label}")).other(format!("{name}.{other}"));
            out.push(choice.detail(member.ty.clone()));
        }
    }
    let vocabulary = scene.vocabulary();
    let mut relations: Vec<_> = vocabulary.relations.iter().collect();
    relations.sort_by_key(|r| r.kind == RelationKind::Defined);
    for relation in relations {
        let (label, other) = word(scene, &relation.name, &relation.alias);
        let id = match relation.kind {
            RelationKind::Entity => "lsp-choice-relation",
            RelationKind::Series(_) => "lsp-choice-series",
            RelationKind::Rows(_) => "lsp-choice-rows",
            RelationKind::Defined => "lsp-choice-defined",
        };
        out.push(Choice::new(Kind::Class, label).other(other).detail(scene.say(id)));
    }
    out
}

/// Columns of the first variable, for `列 ∈ {…}`.
fn columns(place: &Place<'_>, known: &mut Scope<'_>) -> Vec<Choice> {
    let Some((first, _)) = known.names().into_iter().last() else { return Vec::new() };
    let members = expression(&first).map(|e| known.members(&e)).unwrap_or_default();
    members.iter().filter(|m| m.kind == MemberKind::Column).map(|m| member(place.scene, m)).collect()
}

/// Names, aggregates, functions, and the words that begin an expression.
fn operands(place: &Place<'_>, known: &Scope<'_>) -> Vec<Choice> {
    let scene = place.scene;
    let mut out: Vec<Choice> =
        known.names().into_iter().map(|(name, ty)| Choice::new(Kind::Variable, name).detail(ty)).collect();
    let clause = place.text.get(place.spot.clause..).unwrap_or("");
    match word_of(clause) {
        "修正" | "fix" => out.extend(table::words(scene, &[("安全", "safe")])),
        "参考" | "see" => out.extend(table::words(scene, &[("各", "each")])),
        _ => {}
    }
    out.extend(AGGREGATES.iter().map(|(ja, en, inside)| {
        let (label, other) = scene.both(ja, en);
        let inside = if scene.english { inside.replace('∈', "in") } else { (*inside).to_owned() };
        let choice = Choice::new(Kind::Function, format!("{label}{{…}}")).other(other);
        let choice = choice.insert(format!("{label}{{")).snippet(format!("{label}{{ {inside} \\}}"));
        choice.detail(scene.say(&format!("lsp-aggregate-{en}")))
    }));
    out.extend(Function::ALL.iter().map(|(ja, en, _)| {
        let (label, other) = word(scene, ja, en);
        let choice = Choice::new(Kind::Function, label).other(other).insert(format!("{label}("));
        choice.snippet(format!("{label}($1)$0")).detail(scene.say(&format!("lsp-function-{en}")))
    }));
    out.extend(table::words(scene, &[("もし", "if"), ("否", "not"), ("真", "true"), ("偽", "false")]));
    out
}

/// What may follow a whole operand.
pub(super) fn operators(scene: &Scene<'_>, clause: &str) -> Vec<Choice> {
    let mut all: Vec<(&str, &str)> = OPERATORS.to_vec();
    if matches!(clause, "修正" | "fix") {
        all.insert(0, ("←", "<-"));
    }
    all.extend([("ならば", "then"), ("それ以外", "else")]);
    let choice = |(ja, en): (&str, &str)| {
        // The marks are the same in both languages.
        let words = ja.chars().all(is_name) || matches!(ja, "∈");
        let (label, other) = if words { scene.both(ja, en) } else { (ja, en) };
        Choice::new(Kind::Operator, label).other(other).insert(format!("{label} "))
    };
    all.into_iter().map(choice).collect()
}
