//! Code actions: what a finding offers to do about it.
use std::collections::HashMap;
use std::path::Path;

use gen_lsp_types::{CodeAction, CodeActionKind, CodeActionParams, Position, Range, TextEdit, Uri, WorkspaceEdit};

use super::desk::Desk;
use super::diagnostics::diagnostic;
use super::place;
use super::view::View;
use crate::findings::fix::{Edit, edit};
use crate::findings::{Finding, IMPLIED_FIGURE};
use crate::plan::{Cell, ColumnId, ColumnRole, ColumnType, RelationId, RelationKind, RowRef};
use crate::project::ending;
use crate::text::Source;

/// What can be done about the findings within a range.
pub(super) fn actions(desk: &mut Desk, params: &CodeActionParams) -> Option<Vec<CodeAction>> {
    let uri = &params.text_document.uri;
    let (view, id) = desk.file(uri)?;
    let source = view.read.sources.get(id).filter(|s| s.grid.is_none())?;
    let (start, end) = (place::offset(source, params.range.start), place::offset(source, params.range.end));
    let here = |f: &&Finding| {
        let range = f.span.range();
        f.span.source == id && range.start <= end && start <= range.end
    };
    let wants = |kind: &CodeActionKind| {
        let name = String::from(kind.clone());
        params.context.only.as_ref().is_none_or(|only| {
            only.iter()
                .any(|o| name == String::from(o.clone()) || name.starts_with(&format!("{}.", String::from(o.clone()))))
        })
    };
    let mut out = Vec::new();
    for finding in view.findings.iter().filter(here).filter(|_| wants(&CodeActionKind::QuickFix)) {
        let told = vec![diagnostic(finding, &view, desk)];
        let action = |title: String, edits: Vec<TextEdit>, uri: &Uri, preferred: bool| CodeAction {
            title,
            kind: Some(CodeActionKind::QuickFix),
            diagnostics: Some(told.clone()),
            is_preferred: preferred.then_some(true),
            edit: Some(changes(uri, edits)),
            ..CodeAction::default()
        };
        if let Some((edit, safe)) = mend(finding, &view) {
            let id = if safe { "lsp-fix" } else { "lsp-fix-unsafe" };
            let title = desk.say(id, &[("from", &view.read.sources.text(edit.span)), ("to", &edit.text)]);
            if let (Some(location), Some(there)) = (view.location(edit.span), view.read.sources.get(edit.span.source)) {
                let edits = vec![TextEdit::new(place::range(there, edit.span), edit.text)];
                out.push(action(title, edits, &location.uri, safe));
            }
        }
        if let Some((title, edit)) = same(finding, &view, desk, source) {
            out.push(action(title, vec![edit], uri, false));
        }
        for (accepted, there) in acceptable(finding, &view) {
            let name = accepted.name.get(desk.lang);
            let edits = vec![accept(accepted, there, desk)];
            out.push(action(desk.say("lsp-accept", &[("name", &name)]), edits, &view.uri(there), false));
        }
    }
    // All that is safe, at once.
    let all = CodeActionKind::SourceFixAll;
    if wants(&all) {
        let mut edits: Vec<Edit> = Vec::new();
        // Which figure is wrong is for a person to look up, as it is where the command line makes fixes.
        for finding in view.findings.iter().filter(|f| f.span.source == id && f.folded.is_empty()) {
            if let Some((edit, true)) = mend(finding, &view)
                && edit.span.source == id
                && edits.iter().all(|e| e.span.end <= edit.span.start || edit.span.end <= e.span.start)
            {
                edits.push(edit);
            }
        }
        if !edits.is_empty() {
            let title = desk.say("lsp-fix-all", &[("count", &edits.len())]);
            let edits = edits.into_iter().map(|e| TextEdit::new(place::range(source, e.span), e.text)).collect();
            out.push(CodeAction { title, kind: Some(all), edit: Some(changes(uri, edits)), ..CodeAction::default() });
        }
    }
    Some(out)
}

fn changes(uri: &Uri, edits: Vec<TextEdit>) -> WorkspaceEdit {
    WorkspaceEdit { changes: Some(HashMap::from([(uri.clone(), edits)])), ..WorkspaceEdit::default() }
}

/// The fix of a finding, and whether it is safe.
fn mend(finding: &Finding, view: &View) -> Option<(Edit, bool)> {
    let fix = finding.fix.as_ref()?;
    let source = view.read.sources.get(fix.span.source).filter(|s| s.grid.is_none())?;
    Some((edit(source, fix).ok()?, fix.safe))
}

/// The findings that a comment can accept, each with the plan in which it stands: those that are told as one are accepted one by
/// one. What only says what a figure has to be is nothing to accept.
fn acceptable<'f>(finding: &'f Finding, view: &'f View) -> Vec<(&'f Finding, &'f Source)> {
    let told = if finding.folded.is_empty() { std::slice::from_ref(finding) } else { &finding.folded };
    let accepted = told.iter().filter(|f| f.rule != IMPLIED_FIGURE);
    let of = |f: &'f Finding| Some((f, view.read.sources.get(f.span.source)?));
    accepted.filter_map(of).filter(|(_, there)| ending(Path::new(&there.path)) == "plan").collect()
}

/// A comment above the line that accepts the finding there. The reason is left for the author: without one the comment
/// is reported, so nothing is silenced unseen.
fn accept(finding: &Finding, source: &Source, desk: &Desk) -> TextEdit {
    let line = source.line_of(finding.span.range().start);
    let text = source.text.get(source.line_range(line)).unwrap_or("");
    let blanks: String = text.chars().take_while(|c| c.is_whitespace()).collect();
    let at = Position::new(place::whole(line), 0);
    let name = if finding.is_fault { &finding.rule } else { finding.name.get(desk.lang) };
    let text = format!("{blanks}# {} {name}: \n", desk.say("lsp-accept-word", &[]));
    TextEdit::new(Range::new(at, at), text)
}

/// Where a finding holds two things of different documents against each other that may be one: a statement that they are.
fn same(finding: &Finding, view: &View, desk: &Desk, source: &Source) -> Option<(String, TextEdit)> {
    let facts = view.facts();
    let thing = |span: crate::text::Span| {
        let row = view.row_at(span.source, span.range().start)?;
        let relation = facts.vocabulary.relations.get(row.relation.0 as usize)?;
        let column = relation.identity?;
        let Cell::Text(name, _) = facts.cell(row, column) else { return None };
        Some((row, facts.text(name).to_owned()))
    };
    let (one, first) = thing(finding.span)?;
    let graph = &view.read.workspace.graph;
    let (other, second) = finding.related.iter().filter_map(|label| thing(label.span)).find(|(row, _)| {
        row.relation == one.relation
            && document(view, *row) != document(view, one)
            && graph.group(*row) != graph.group(one)
    })?;
    // The relation whose statements say so: two references to such things side by side.
    let says = facts.vocabulary.relations.iter().find(|relation| {
        let heads = relation.columns.iter().filter(|c| c.role == ColumnRole::Head);
        let to: Vec<&ColumnType> = heads.map(|c| &c.ty).collect();
        relation.kind == RelationKind::Entity
            && to.len() == 2
            && to.iter().all(|ty| **ty == ColumnType::Reference(one.relation))
    })?;
    let named = |row: RowRef, name: &str| {
        Some(format!("{}:\"{}\"", code(view, row)?, name.replace('\\', "\\\\").replace('"', "\\\"")))
    };
    let statement = format!("{} {} = {}", says.name, named(one, &first)?, named(other, &second)?);
    let end = place::position(source, source.text.len());
    let before = if source.text.is_empty() || source.text.ends_with('\n') { "" } else { "\n" };
    let title = desk.say("lsp-same", &[("one", &first), ("other", &second)]);
    Some((title, TextEdit::new(Range::new(end, end), format!("{before}{statement}\n"))))
}

fn document(view: &View, row: RowRef) -> Option<u32> {
    view.facts().table(row.relation)?.documents.get(row.row as usize).copied()
}

/// The code of the document that a row stands in.
fn code(view: &View, row: RowRef) -> Option<String> {
    let facts = view.facts();
    let document = RowRef { relation: RelationId(0), row: document(view, row)? };
    match facts.cell(document, ColumnId(0)) {
        Cell::Text(text, _) => Some(facts.text(text).to_owned()),
        _ => None,
    }
}
