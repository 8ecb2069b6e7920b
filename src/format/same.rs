//! Whether two texts say the same: the trees are equal but for places, and keywords but for their language.
use super::words::{DOCUMENT, Words};
use crate::plan::RelationId;
use crate::syntax::plan::{Atom, Item, Statement};
use crate::syntax::rules::{TokenKind, tokens};
use crate::syntax::{plan, rules as rule_files};
use crate::text::SourceId;

/// Whether two plans say the same.
pub(super) fn plans(before: &str, after: &str, words: &Words<'_>) -> bool {
    let words = words.japanese();
    let told = |text: &str| {
        let parsed = plan::parse(SourceId::default(), text, 0..text.len());
        let mut out = Vec::new();
        statements(text, &parsed.statements, Some(DOCUMENT), &words, &mut out);
        (out, parsed.faults.len())
    };
    told(before) == told(after)
}

/// Statements as words, depth first.
fn statements(text: &str, all: &[Statement], owner: Option<RelationId>, words: &Words<'_>, out: &mut Vec<String>) {
    for statement in all {
        let (keyword, inside) = words.keyword(owner, &statement.keyword.node);
        let marker = statement.marker.as_ref().map_or_else(String::new, |m| words.of_statements(&m.node));
        out.push(format!("{marker} {keyword}"));
        for item in &statement.items {
            out.push(told(text, item, &keyword, words));
        }
        for (n, row) in statement.rows.iter().enumerate() {
            let cell = |cell: &String| if n == 0 { words.heading(inside, cell) } else { cell.clone() };
            out.push(row.cells.iter().map(|c| cell(&c.node)).collect::<Vec<_>>().join("\u{1f}"));
        }
        if let Some(block) = &statement.block {
            out.push("{".to_owned());
            statements(text, block, inside, words, out);
            out.push("}".to_owned());
        }
    }
}

fn told(text: &str, item: &Item, keyword: &str, words: &Words<'_>) -> String {
    let label = item
        .label
        .as_ref()
        .map_or_else(String::new, |l| l.node.split([':', '：']).map(str::trim).collect::<Vec<_>>().join(":"));
    let bare = item.atoms.iter().all(|a| matches!(a.node, Atom::Word(_)));
    let atom = |atom: &Atom| match atom {
        Atom::Text(text) => format!("\"{text}"),
        Atom::Word(word) if keyword == "読取" => words.of_statements(word),
        Atom::Word(word) => word.clone(),
        Atom::Equals => "=".to_owned(),
    };
    let atoms: Vec<String> = item.atoms.iter().map(|a| atom(&a.node)).collect();
    // What is printed in bare words is kept with its blanks.
    let printed = if bare && keyword != "読取" { text.get(item.span.range()).unwrap_or("") } else { "" };
    let notes: Vec<String> =
        item.notes.iter().map(|(n, v)| format!("({}:{})", words.of_statements(&n.node), v.node)).collect();
    format!("{label}\u{1f}{}\u{1f}{printed}\u{1f}{}", atoms.join("\u{1f}"), notes.join("\u{1f}"))
}

/// Whether two rule files say the same.
pub(super) fn rules(before: &str, after: &str, words: &Words<'_>) -> bool {
    let words = words.japanese();
    let told = |text: &str| {
        let faults = rule_files::parse(SourceId::default(), text).faults.len();
        let mut out = Vec::new();
        for token in tokens(text) {
            let written = text.get(token.range.clone()).unwrap_or("");
            let told = match token.kind {
                // に達する is said in Japanese only.
                TokenKind::Keyword(keyword) if keyword.en.is_empty() => continue,
                TokenKind::Keyword(keyword) => keyword.rule.to_owned(),
                TokenKind::Plan => {
                    let parsed = plan::parse(SourceId::default(), text, token.range);
                    statements(text, &parsed.statements, Some(DOCUMENT), &words, &mut out);
                    parsed.faults.len().to_string()
                }
                TokenKind::Prose => rule_files::dedent(written),
                TokenKind::Text => written.to_owned(),
                TokenKind::Mark
                | TokenKind::Operator
                | TokenKind::Prefix
                | TokenKind::Open(_)
                | TokenKind::Close(_) => super::rules::mark(written),
                _ => written.to_owned(),
            };
            out.push(told);
        }
        (out, faults)
    };
    told(before) == told(after)
}
