//! The outline of a file, and names all over the project.
use gen_lsp_types::{
    BaseSymbolInformation, DocumentSymbol, DocumentSymbolParams, SymbolKind, WorkspaceSymbol, WorkspaceSymbolParams,
};

use super::desk::Desk;
use super::place;
use super::view::View;
use crate::plan::{Cell, ColumnRole, ColumnType, Relation, RelationId, RelationKind, RowRef, Vocabulary};
use crate::project::ending;
use crate::rules::code;
use crate::syntax::plan::{TokenKind, tokens};
use crate::syntax::rules as rule_files;
use crate::text::normal::normal;
use crate::text::{Source, SourceId, Span};

/// More names than this help nobody to find one.
const MOST: usize = 200;

/// The relation of documents: what follows one at the top of a file stands in it.
const DOCUMENT: RelationId = RelationId(0);

/// The outline of a plan file or rule file.
pub(super) fn outline(desk: &mut Desk, params: &DocumentSymbolParams) -> Option<Vec<DocumentSymbol>> {
    let uri = &params.text_document.uri;
    let (view, id) = desk.file(uri)?;
    let source = view.read.sources.get(id).filter(|s| s.grid.is_none())?;
    match ending(&desk.path(uri)?).as_str() {
        "plan" => Some(of_plan(source, &view.read.pack().vocabulary)),
        "rules" => Some(of_rules(id, source)),
        _ => None,
    }
}

fn symbol(source: &Source, name: String, kind: SymbolKind, whole: Span, head: Span) -> DocumentSymbol {
    // An empty name is an error of the protocol.
    let name = if name.trim().is_empty() { "-".to_owned() } else { name };
    let (range, selection) = (place::range(source, whole), place::range(source, head));
    DocumentSymbol::new(name, None, kind, None, None, range, selection, Some(Vec::new()))
}

/// What kind of thing a relation holds, told by its shape.
fn kind(vocabulary: &Vocabulary, id: RelationId) -> SymbolKind {
    let any = |wanted: RelationKind| vocabulary.relations.iter().any(|r| r.kind == wanted);
    if id == DOCUMENT {
        SymbolKind::File
    } else if any(RelationKind::Rows(id)) {
        SymbolKind::Array
    } else if any(RelationKind::Series(id)) {
        // What is the same thing from year to year is a figure of something.
        let same = vocabulary.relations.get(id.0 as usize).is_some_and(|r| r.identity.is_some());
        if same { SymbolKind::Field } else { SymbolKind::Class }
    } else {
        SymbolKind::Namespace
    }
}

/// An open statement of the outline.
struct Open {
    keyword: Option<RelationId>,
    start: usize,
    head_end: usize,
    inside: Vec<DocumentSymbol>,
}

fn of_plan(source: &Source, vocabulary: &Vocabulary) -> Vec<DocumentSymbol> {
    let span = |start: usize, end: usize| Span::new(SourceId::default(), start..end);
    let made = |open: Open, end: usize| {
        let keyword = open.keyword?;
        let head = source.text.get(open.start..open.head_end)?;
        let name = head.split_whitespace().collect::<Vec<_>>().join(" ");
        let whole = span(open.start, end.max(open.head_end));
        let mut made = symbol(source, name, kind(vocabulary, keyword), whole, span(open.start, open.head_end));
        made.children = Some(open.inside);
        Some(made)
    };
    let mut top: Vec<DocumentSymbol> = Vec::new();
    // Blocks that are open, and the statement whose head is being read.
    let mut blocks: Vec<Open> = Vec::new();
    let mut head: Option<Open> = None;
    let mut marker = None;
    let attach = |symbol: Option<DocumentSymbol>, blocks: &mut Vec<Open>, top: &mut Vec<DocumentSymbol>| {
        let Some(symbol) = symbol else { return };
        match blocks.last_mut() {
            Some(around) => around.inside.push(symbol),
            None => top.push(symbol),
        }
    };
    for token in tokens(&source.text, 0..source.text.len()) {
        match token.kind {
            TokenKind::Marker | TokenKind::Keyword | TokenKind::Close | TokenKind::Row(_) | TokenKind::Drawing(_) => {
                if let Some(done) = head.take() {
                    let end = done.head_end;
                    attach(made(done, end), &mut blocks, &mut top);
                }
            }
            _ => {}
        }
        match token.kind {
            TokenKind::Marker => marker = Some(token.range.start),
            TokenKind::Keyword => {
                let word = source.text.get(token.range.clone()).unwrap_or("");
                let owner = blocks.last().map_or(Some(DOCUMENT), |b| b.keyword);
                let attribute = owner
                    .is_some_and(|o| vocabulary.column(o, word).is_some() || vocabulary.series_of(o, word).is_some());
                let keyword = vocabulary.keyword(word).map(|k| k.0).filter(|_| !attribute);
                let start = marker.take().unwrap_or(token.range.start);
                head = Some(Open { keyword, start, head_end: token.range.end, inside: Vec::new() });
            }
            TokenKind::Open => blocks.extend(head.take()),
            TokenKind::Close => {
                if let Some(done) = blocks.pop() {
                    attach(made(done, token.range.end), &mut blocks, &mut top);
                }
            }
            TokenKind::Row(_) | TokenKind::Drawing(_) => {}
            _ => {
                if let Some(head) = &mut head {
                    head.head_end = token.range.end;
                }
            }
        }
    }
    blocks.extend(head);
    while let Some(done) = blocks.pop() {
        attach(made(done, source.text.trim_end().len()), &mut blocks, &mut top);
    }
    // What follows a document at the top of the file stands in it.
    let mut out: Vec<DocumentSymbol> = Vec::new();
    for symbol in top {
        match out.last_mut() {
            Some(document) if document.kind == SymbolKind::File && symbol.kind != SymbolKind::File => {
                document.range.end = document.range.end.max(symbol.range.end);
                document.children.get_or_insert_default().push(symbol);
            }
            _ => out.push(symbol),
        }
    }
    out
}

fn of_rules(id: SourceId, source: &Source) -> Vec<DocumentSymbol> {
    let file = rule_files::parse(id, &source.text).file;
    let mut out = Vec::new();
    for rule in &file.rules {
        let name = format!("{} ({})", rule.name.node, code(rule));
        let mut made = symbol(source, name, SymbolKind::Function, rule.span, rule.name.span);
        let inner = |name: &str, span| symbol(source, name.to_owned(), SymbolKind::Variable, span, span);
        let ranges = rule.ranges.iter().map(|r| &r.name);
        let names = ranges
            .chain(rule.body.parameters.iter().map(|p| &p.name))
            .chain(rule.body.definitions.iter().map(|d| &d.0));
        made.children = Some(names.map(|n| inner(&n.node, n.span)).collect());
        out.push(made);
    }
    for made in &file.definitions {
        out.push(symbol(source, made.name.node.clone(), SymbolKind::Struct, made.span, made.name.span));
    }
    for scheme in &file.schemes {
        out.push(symbol(source, scheme.name.node.clone(), SymbolKind::Enum, scheme.span, scheme.name.span));
    }
    for relation in &file.relations {
        let mut made = symbol(source, relation.name.node.clone(), SymbolKind::Class, relation.span, relation.name.span);
        let field = |m: &rule_files::MemberDecl| {
            symbol(source, m.name.node.clone(), SymbolKind::Field, m.name.span, m.name.span)
        };
        // The rows of a table name their table first, which stands outside of them.
        let members = relation.members.iter().filter(|m| relation.span.start <= m.name.span.start);
        made.children = Some(members.map(field).collect());
        out.push(made);
    }
    out.sort_by_key(|s| (s.range.start, s.range.end));
    out
}

/// Documents, programs, indicators and rules whose names or numbers hold what is asked for.
pub(super) fn names(desk: &mut Desk, params: &WorkspaceSymbolParams) -> Option<Vec<WorkspaceSymbol>> {
    let view = desk.whole()?;
    let wanted = normal(&params.query);
    let mut out = Vec::new();
    let facts = view.facts();
    let relations =
        (0u16..).map(RelationId).zip(&facts.vocabulary.relations).filter(|(_, r)| r.kind == RelationKind::Entity);
    for (id, relation) in relations {
        let rows = facts.table(id).map_or(0, |t| t.heads.len());
        for row in (0..u32::try_from(rows).unwrap_or(u32::MAX)).map(|row| RowRef { relation: id, row }) {
            let Some((name, span)) = name(&view, relation, row) else { continue };
            if normal(&name).contains(&wanted) {
                let name = format!("{} {name}", relation.name);
                out.extend(found(&view, name, kind(&facts.vocabulary, id), span, container(&view, row)));
            }
            if out.len() >= MOST {
                return Some(out);
            }
        }
    }
    for rule in &view.read.pack().rules {
        let name = format!("{} ({})", rule.name.node, code(rule));
        if normal(&name).contains(&wanted) {
            out.extend(found(&view, name, SymbolKind::Function, rule.name.span, None));
        }
    }
    out.truncate(MOST);
    Some(out)
}

/// What a row is called, and where that stands.
fn name(view: &View, relation: &Relation, row: RowRef) -> Option<(String, Span)> {
    let facts = view.facts();
    let mut printed = Vec::new();
    let mut at = None;
    for (column, number) in relation.columns.iter().zip(0u16..) {
        if column.role != ColumnRole::Head
            || !matches!(column.ty, ColumnType::Text | ColumnType::Code | ColumnType::Number)
        {
            continue;
        }
        let column = crate::plan::ColumnId(number);
        let (cell, span) = (facts.cell(row, column), view.place(row, column));
        match cell {
            Cell::Text(text, _) => {
                printed.push(facts.text(text).to_owned());
                at = Some(span);
            }
            Cell::Number(n) => {
                printed.push(n.to_string());
                at = at.or(Some(span));
            }
            _ => {}
        }
    }
    Some((printed.join(" "), at?))
}

/// The document that a row stands in.
fn container(view: &View, row: RowRef) -> Option<String> {
    let facts = view.facts();
    let document = *facts.table(row.relation)?.documents.get(row.row as usize)?;
    let relation = facts.vocabulary.relations.first()?;
    name(view, relation, RowRef { relation: DOCUMENT, row: document }).map(|n| n.0)
}

fn found(
    view: &View,
    name: String,
    kind: SymbolKind,
    span: Span,
    container_name: Option<String>,
) -> Option<WorkspaceSymbol> {
    let location = view.location(span)?;
    let base_symbol_information = BaseSymbolInformation { name, kind, tags: None, container_name };
    Some(WorkspaceSymbol { location: location.into(), data: None, base_symbol_information })
}
