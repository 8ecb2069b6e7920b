//! The graph as text for other tools: Graphviz dot, Mermaid, JSON.
use std::fmt::Write as _;

use super::label::{column_name, id, is_derived, is_table_row, label};
use super::{EdgeKind, Graph};
use crate::plan::{Facts, RowRef};
use crate::text::Sources;
use crate::text::visible::{in_json, shown, without_orders};

/// A form of the graph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// Graphviz.
    Dot,
    /// Mermaid flowchart.
    Mermaid,
    /// Nodes and edges.
    Json,
}

/// Writes the graph: rows and what refers to what, broken references dashed and red. Rows of tables are
/// left out unless they refer to something.
#[must_use]
pub fn export(facts: &Facts, graph: &Graph, sources: &Sources, format: Format) -> String {
    let edges: Vec<_> = graph.edges(facts).collect();
    let mut rows: Vec<RowRef> = Vec::new();
    for edge in &edges {
        let keep = match edge.kind {
            EdgeKind::Reference(_) => edge.to.is_some() || !derived(facts, &edge.kind),
            EdgeKind::Contains => edge.to.is_some_and(|to| !is_table_row(facts, to)),
        };
        if keep {
            rows.push(edge.from);
            rows.extend(edge.to);
        }
    }
    rows.sort_unstable();
    rows.dedup();
    let visible = |row: &RowRef| rows.binary_search(row).is_ok();
    let drawn: Vec<(String, String, String, bool)> = edges
        .iter()
        .filter(|e| e.to.is_some() || !derived(facts, &e.kind))
        .filter(|e| visible(&e.from) && e.to.as_ref().is_none_or(&visible))
        .map(|e| {
            let name = match e.kind {
                EdgeKind::Contains => String::new(),
                EdgeKind::Reference(number) => column_name(facts, number),
            };
            (id(e.from), e.to.map_or_else(|| "nowhere".to_owned(), id), name, e.to.is_none())
        })
        .collect();
    let broken = drawn.iter().any(|e| e.3);
    let mut out = String::new();
    // Writing to a String cannot fail, so the results are dropped.
    match format {
        Format::Dot => {
            out.push_str("digraph totsugo {\n  rankdir=LR;\n  node [shape=box, fontname=\"sans-serif\"];\n");
            for &row in &rows {
                let _ = writeln!(out, "  {} [label={}];", id(row), quoted(&label(facts, row)));
            }
            if broken {
                out.push_str("  nowhere [label=\"不存在\", color=red, style=dashed];\n");
            }
            for (from, to, name, dead) in &drawn {
                let look = match (name.is_empty(), dead) {
                    (true, _) => "color=gray".to_owned(),
                    (false, true) => format!("label={}, color=red, style=dashed", quoted(name)),
                    (false, false) => format!("label={}", quoted(name)),
                };
                let _ = writeln!(out, "  {from} -> {to} [{look}];");
            }
            out.push_str("}\n");
        }
        Format::Mermaid => {
            out.push_str("flowchart LR\n");
            for &row in &rows {
                let text = without_orders(&shown(&label(facts, row))).replace('"', "#quot;");
                let _ = writeln!(out, "  {}[\"{text}\"]", id(row));
            }
            if broken {
                out.push_str("  nowhere[\"不存在\"]:::broken\n  classDef broken stroke:#c00,stroke-dasharray:4\n");
            }
            for (from, to, name, dead) in &drawn {
                let arrow = if *dead { "-.->" } else { "-->" };
                let _ = match name.is_empty() {
                    true => writeln!(out, "  {from} {arrow} {to}"),
                    false => writeln!(out, "  {from} {arrow}|{name}| {to}"),
                };
            }
        }
        Format::Json => {
            let nodes: Vec<_> = rows
                .iter()
                .map(|&row| {
                    let relation =
                        facts.vocabulary.relations.get(row.relation.0 as usize).map_or("", |r| r.alias.as_str());
                    let head = facts
                        .table(row.relation)
                        .and_then(|t| t.heads.get(row.row as usize))
                        .copied()
                        .unwrap_or_default();
                    let source = sources.get(head.source);
                    let position = source.map(|s| s.position(head.range().start));
                    serde_json::json!({
                        "id": id(row), "relation": relation, "label": label(facts, row),
                        "path": source.map_or("", |s| s.path.as_str()), "line": position.map_or(0, |p| p.line),
                    })
                })
                .collect();
            let links: Vec<_> = drawn
                .iter()
                .map(|(from, to, name, dead)| {
                    let kind = if name.is_empty() { "contains" } else { "reference" };
                    serde_json::json!({"from": from, "to": if *dead { None } else { Some(to) }, "kind": kind, "column": name})
                })
                .collect();
            let whole = serde_json::json!({"version": 1, "nodes": nodes, "edges": links});
            let _ = writeln!(out, "{}", in_json(format!("{whole:#}")));
        }
    }
    out
}

fn derived(facts: &Facts, kind: &EdgeKind) -> bool {
    matches!(kind, EdgeKind::Reference(number) if is_derived(facts, *number))
}

fn quoted(text: &str) -> String {
    let text = shown(&text.replace('\n', " "));
    format!("\"{}\"", without_orders(&text).replace('\\', "\\\\").replace('"', "\\\""))
}
