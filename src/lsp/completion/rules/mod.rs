//! Completion in rule files: declarations, clauses, expressions, tables, schemes, and the plans of tests.
mod expression;
mod names;
mod scan;
mod table;

use std::ops::Range;

use gen_lsp_types::CompletionItemKind as Kind;

use super::choice::Choice;
use super::{Offer, Scene, plan};
pub(in crate::lsp) use scan::declaration;
use scan::{CLAUSES, DECLARATIONS, Spot, State, clause_word, is_name, spot};

/// A place in a declaration.
struct Place<'a> {
    scene: &'a Scene<'a>,
    text: &'a str,
    at: usize,
    /// The word that is being written: where it begins.
    typed: usize,
    declaration: Range<usize>,
    spot: Spot,
}

impl<'a> Place<'a> {
    /// What stands between a place and the word that is being written.
    fn since(&self, from: usize) -> &'a str {
        self.text.get(from..self.typed).unwrap_or("")
    }

    fn offer(&self, choices: Vec<Choice>) -> Offer {
        let rest = self.text.get(self.at..).unwrap_or("");
        let end = self.at + rest.find(|c| !is_name(c)).unwrap_or(rest.len());
        Offer { range: self.typed..if self.typed == self.at { self.at } else { end }, choices }
    }
}

/// What may be written at `at` in a rule file.
pub(super) fn offer(scene: &Scene<'_>, text: &str, at: usize) -> Offer {
    let before = text.get(..at).unwrap_or("");
    let typed = at - before.chars().rev().take_while(|c| is_name(*c)).map(char::len_utf8).sum::<usize>();
    let line_start = before.rfind('\n').map_or(0, |n| n + 1);
    let found = declaration(text, at);
    let (range, kind) = match found {
        Some(found) => found,
        None => (0..text.len(), ""),
    };
    let is_rule = matches!(kind, "規則" | "定義");
    let place =
        Place { scene, text, at, typed, declaration: range.clone(), spot: spot(text, range.start, at, is_rule) };
    // Outside of all braces behind a declaration, or before the first one.
    let closed = place.spot.braces.is_empty() && text.get(range.start..at).is_some_and(|t| t.contains(['}', '｝']));
    if kind.is_empty() || closed || (kind == "単位" && line_start > range.start) {
        let fresh = typed == line_start && place.spot.state == State::Code;
        return place.offer(if fresh { declarations(scene) } else { Vec::new() });
    }
    match kind {
        "規則" | "定義" => clause(&place, kind),
        "達成基準" => place.offer(table::scheme(&place)),
        _ => place.offer(table::member(&place, kind)),
    }
}

fn declarations(scene: &Scene<'_>) -> Vec<Choice> {
    let skeleton = [
        "規則 ${1:名前} ${2:code} {\n  重大度 ${3|誤り,警告,情報|}\n  対象 ${4:行} ∈ $5\n  検査 $6\n  指摘 $7 \"$8\"\n  助言 \"$9\"\n  解説 \"\"\"\n    $0\n  \"\"\"\n}",
        "rule ${1:name} ${2:code} {\n  severity ${3|error,warning,info|}\n  for ${4:row} in $5\n  check $6\n  finding $7 en \"$8\"\n  help en \"$9\"\n  explain en \"\"\"\n    $0\n  \"\"\"\n}",
    ];
    DECLARATIONS
        .iter()
        .map(|(ja, en)| {
            let (label, other) = scene.both(ja, en);
            let choice = Choice::new(Kind::Keyword, label).other(other).insert(format!("{label} "));
            let choice = choice.detail(scene.say(&format!("lsp-declare-{en}")));
            if *ja == "規則" { choice.snippet(skeleton[usize::from(scene.english)]) } else { choice }
        })
        .collect()
}

/// In a rule or a definition.
fn clause(place: &Place<'_>, kind: &str) -> Offer {
    let (scene, text, spot) = (place.scene, place.text, &place.spot);
    let Some(&body) = spot.braces.first() else { return Offer::nothing(place.at) };
    let word = text.get(spot.clause..).and_then(clause_word).unwrap_or("");
    // The plan of a test is completed as a plan.
    if let (true, Some(&inside)) = (matches!(word, "試験" | "test"), spot.braces.get(1)) {
        return plan::offer(scene, text, inside, place.at);
    }
    match spot.state {
        State::Words => return Offer::nothing(place.at),
        State::Hole(from) => return expression::offer(place, from),
        State::Code => {}
    }
    let line = text.get(..place.typed).unwrap_or("");
    let line_start = line.rfind('\n').map_or(0, |n| n + 1).max(body);
    let fresh = spot.braces.len() == 1 && place.since(line_start).trim().is_empty();
    // The clause before goes on as long as it is not whole.
    let goes_on = expression::goes_on(text.get(body..line_start).unwrap_or(""));
    if fresh && !goes_on {
        let mut choices = clauses(place, kind, body);
        if spot.clause < line_start && spot.clause >= body {
            choices.extend(expression::operators(scene, word));
        }
        return place.offer(choices);
    }
    // The word itself stands at the beginning of the clause.
    let from = if fresh { spot.clause } else { spot.clause.max(body) } + word.len();
    let since = place.since(from).trim();
    let words = |ids: &[(&str, &str)]| -> Vec<Choice> {
        let choice = |(ja, en): &(&str, &str)| {
            let (label, other) = scene.both(ja, en);
            Choice::new(Kind::EnumMember, label).other(other)
        };
        ids.iter().map(choice).collect()
    };
    let levels = [("誤り", "error"), ("警告", "warning"), ("情報", "info")];
    match word {
        "重大度" | "severity" if since.is_empty() => {
            let mut choices = words(&levels);
            let (label, other) = scene.both("もし", "if");
            choices.push(Choice::new(Kind::Keyword, label).other(other).insert(format!("{label} ")));
            place.offer(choices)
        }
        "重大度" | "severity" if ["ならば", "それ以外", "then", "else"].iter().any(|w| since.ends_with(w)) => {
            place.offer(words(&levels))
        }
        "分類" | "tags" => {
            let mut tags: Vec<&str> =
                scene.pack.rules.iter().flat_map(|r| r.tags.iter().map(|t| t.node.as_str())).collect();
            tags.sort_unstable();
            tags.dedup();
            place.offer(tags.into_iter().map(|t| Choice::new(Kind::Enum, t)).collect())
        }
        "試験" | "test" if since.is_empty() => place.offer(words(&[("合格", "pass"), ("不合格", "fail")])),
        "試験" | "test" | "解説" | "explain" | "助言" | "help" => Offer::nothing(place.at),
        "設定" | "parameter" | "列" | "column" if !since.contains([':', '：']) => Offer::nothing(place.at),
        _ => expression::offer(place, from),
    }
}

/// The clauses that may begin here: those that are there already only if there may be several.
fn clauses(place: &Place<'_>, kind: &str, body: usize) -> Vec<Choice> {
    let scene = place.scene;
    let whole = place.text.get(body..place.declaration.end).unwrap_or("");
    let mut given: Vec<&str> = Vec::new();
    let mut start = body;
    for line in whole.split_inclusive('\n') {
        let own = start <= place.at && place.at < start + line.len();
        start += line.len();
        if let (false, Some(word)) = (own, clause_word(line.trim_start())) {
            given.push(word);
        }
    }
    let mut out: Vec<Choice> = Vec::new();
    for (ja, en, many) in CLAUSES {
        let word = |w: &'static str| w.split(' ').next().unwrap_or(w);
        let allowed = match kind {
            "定義" => matches!(ja, "対象" | "前提" | "列"),
            _ => ja != "列",
        };
        let has = given.iter().any(|g| *g == word(ja) || *g == word(en));
        if !allowed || (has && !many) {
            continue;
        }
        let (label, other) = scene.both(ja, en);
        let choice = Choice::new(Kind::Keyword, label).other(other).insert(format!("{label} "));
        let choice = choice.detail(scene.say(&format!("lsp-clause-{}", en.replace(' ', "-"))));
        let choice = if word(en) == "test" { choice.snippet(format!("{label} {{\n  $0\n}}")) } else { choice };
        out.push(choice);
    }
    out
}
