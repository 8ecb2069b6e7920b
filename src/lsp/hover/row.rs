//! A document, 分野, program or indicator: what it is, where it stands, who lists it again; and where references lead.
use super::Teller;
use crate::graph::Resolved;
use crate::lsp::uses::original;
use crate::plan::{ReferenceKey, RowRef};
use crate::render::manual::plain;
use crate::rules::describe;

/// More rows than this are counted instead of listed.
const MOST: usize = 20;

impl Teller<'_> {
    pub(super) fn thing(&self, row: RowRef) -> String {
        let facts = self.view.facts();
        let mut out = format!("**{}**\n", plain(&describe(facts, row)));
        let mut above = Vec::new();
        let mut at = facts.parent(row);
        while let Some(parent) = at {
            above.push(plain(&describe(facts, parent)));
            at = facts.parent(parent);
        }
        above.reverse();
        if !above.is_empty() {
            out.push_str(&format!("\n{}\n", above.join(" › ")));
        }
        let first = original(self.view, row);
        if first != row {
            let link = self.name_link(first);
            out.push_str(&format!("\n{} {link}\n", self.say("lsp-hover-original", &[])));
        }
        let relisted: Vec<RowRef> =
            self.view.relistings(first).into_iter().map(|r| r.0).filter(|r| *r != row).collect();
        self.list("lsp-hover-relisted", &relisted, &mut out);
        let same = self.view.class(row).into_iter().skip(1);
        let same: Vec<RowRef> = same.filter(|r| *r != first && !relisted.contains(r)).collect();
        self.list("lsp-hover-same", &same, &mut out);
        out
    }

    pub(super) fn reference(&self, number: u32) -> Option<String> {
        let facts = self.view.facts();
        let reference = facts.references.get(number as usize)?;
        let graph = &self.view.read.workspace.graph;
        match graph.target(number) {
            Resolved::Row(row) => {
                let link = self.name_link(row);
                Some(format!("{} {link}\n\n{}", self.say("lsp-hover-leads", &[]), self.thing(row)))
            }
            Resolved::Nothing if reference.key == ReferenceKey::Nothing => Some(self.say("lsp-hover-mark", &[])),
            Resolved::Nothing | Resolved::Dangling => {
                let mut out = format!("**{}**\n", self.say("lsp-hover-nowhere", &[]));
                self.list("lsp-hover-candidates", &graph.candidates(facts, number), &mut out);
                Some(out)
            }
        }
    }

    /// A row as a link to its name, with what it is and where.
    fn name_link(&self, row: RowRef) -> String {
        let link = self.view.name_span(row).and_then(|span| self.link(span)).unwrap_or_default();
        let document = self.view.document(row);
        let inside =
            if document == row { String::new() } else { format!("{}, ", describe(self.view.facts(), document)) };
        format!("{link} {}", plain(&format!("{inside}{}", describe(self.view.facts(), row))))
    }

    fn list(&self, title: &str, rows: &[RowRef], out: &mut String) {
        if rows.is_empty() {
            return;
        }
        out.push_str(&format!("\n{}\n", self.say(title, &[])));
        rows.iter().take(MOST).for_each(|row| out.push_str(&format!("- {}\n", self.name_link(*row))));
        if rows.len() > MOST {
            out.push_str(&format!("- {}\n", self.say("why-more", &[("count", &(rows.len() - MOST))])));
        }
    }
}
