//! What the sections of the page look up: where each finding stands, what it is called by, which of them are drawn.
use rustc_hash::{FxHashMap, FxHashSet};

use super::text;
use crate::findings::{Counts, Documents, Finding, Identities, Standing};
use crate::graph::Resolved;
use crate::plan::{Cell, ColumnId, ColumnRole, ColumnType, DOCUMENTS, Facts, RelationId, RowRef};
use crate::render::Report;
use crate::rules::Workspace;
use crate::text::normal::normal;
use crate::text::{Severity, Span};

/// Findings that are drawn; of more, the gravest.
pub(super) const MOST_FINDINGS: usize = 2_000;
/// From so many parts on, a browser is told to lay out only those in sight. Then it has to guess how long the others are.
pub(super) const MANY: usize = 200;
/// The relation that the report is divided by.
const FIELD: &str = "field";

/// One finding as the page knows it.
pub(super) struct Item<'a> {
    /// The finding.
    pub finding: &'a Finding,
    /// Its anchor in the page.
    pub id: String,
    /// The document it stands in, else the file.
    pub document: String,
    /// The 分野 it stands in, by its number in [`Lookup::fields`].
    pub field: Option<usize>,
}

/// Everything the sections need.
pub(super) struct Lookup<'a> {
    /// The findings and all that belongs to them.
    pub report: &'a Report<'a>,
    /// The facts and what refers to what.
    pub workspace: &'a Workspace,
    /// The findings that are drawn, in their order.
    pub drawn: Vec<Item<'a>>,
    /// The names of all 分野, as first printed.
    pub fields: Vec<String>,
    /// Counts of all findings by document, in order of appearance; also those that are not drawn.
    pub by_document: Vec<(String, Counts)>,
    /// Counts of all findings by 分野 (`None`: in no field).
    pub by_field: Vec<(Option<usize>, Counts)>,
    documents: Documents,
    field_of_row: FxHashMap<RowRef, usize>,
    /// Drawn findings by the place they are about, and by the places they are held against.
    own: FxHashMap<Span, Vec<usize>>,
    against: FxHashMap<Span, Vec<usize>>,
    /// The places of all findings.
    places: FxHashSet<Span>,
}

impl<'a> Lookup<'a> {
    /// The place of a cell.
    pub fn place(&self, row: RowRef, column: ColumnId) -> Span {
        self.facts().place(row, column, self.report.sources)
    }

    /// Looks everything up once.
    pub fn new(report: &'a Report<'a>, workspace: &'a Workspace) -> Self {
        let facts = &workspace.facts;
        let (fields, field_of_row) = fields(facts);
        let mut out = Self {
            report,
            workspace,
            drawn: Vec::new(),
            fields,
            by_document: Vec::new(),
            by_field: Vec::new(),
            documents: Documents::new(facts),
            field_of_row,
            own: FxHashMap::default(),
            against: FxHashMap::default(),
            places: report.findings.iter().map(|f| f.span).collect(),
        };
        let standing = Standing::new(&report.findings.iter().map(|f| f.span).collect(), facts, report.sources);
        let homes: Vec<(String, Option<usize>)> = report
            .findings
            .iter()
            .map(|f| (out.document(f.span), standing.at(f.span).and_then(|(row, _)| out.field(row))))
            .collect();
        out.count(&homes);
        out.draw(&homes);
        out
    }

    fn count(&mut self, homes: &[(String, Option<usize>)]) {
        let codes: Vec<String> = self.documents.codes().map(str::to_owned).collect();
        let mut at: FxHashMap<String, usize> = FxHashMap::default();
        for code in codes {
            at.entry(code.clone()).or_insert_with(|| {
                self.by_document.push((code, Counts::default()));
                self.by_document.len() - 1
            });
        }
        let mut of_field: FxHashMap<Option<usize>, Counts> = FxHashMap::default();
        for (finding, (document, field)) in self.report.findings.iter().zip(homes) {
            let place = *at.entry(document.clone()).or_insert_with(|| {
                self.by_document.push((document.clone(), Counts::default()));
                self.by_document.len() - 1
            });
            if let Some((_, counts)) = self.by_document.get_mut(place) {
                add(counts, finding.severity);
            }
            add(of_field.entry(*field).or_default(), finding.severity);
        }
        let order = (0..self.fields.len()).map(Some).chain([None]);
        self.by_field = order.filter_map(|field| Some((field, of_field.get(&field).copied()?))).collect();
    }

    fn draw(&mut self, homes: &[(String, Option<usize>)]) {
        let all = self.report.findings;
        let mut order: Vec<usize> = (0..all.len()).collect();
        order.sort_by_key(|n| all.get(*n).map(|f| std::cmp::Reverse(f.severity)));
        order.truncate(MOST_FINDINGS);
        order.sort_unstable();
        let chosen: Vec<&Finding> = order.iter().filter_map(|n| all.get(*n)).collect();
        let copies: Vec<Finding> = chosen.iter().map(|f| (*f).clone()).collect();
        let identities = Identities::new(&copies, self.report.sources, &self.workspace.facts);
        let mut taken: FxHashMap<String, usize> = FxHashMap::default();
        for (n, finding) in order.iter().zip(chosen) {
            let print = super::anchor(&identities.of(finding));
            let count = taken.entry(print.clone()).or_default();
            *count += 1;
            let id = if *count == 1 { print } else { format!("{print}-{count}") };
            let (document, field) = homes.get(*n).cloned().unwrap_or_default();
            let number = self.drawn.len();
            self.own.entry(finding.span).or_default().push(number);
            for label in &finding.related {
                self.against.entry(label.span).or_default().push(number);
            }
            self.drawn.push(Item { finding, id, document, field });
        }
    }

    /// A sentence of the page in the language of the reader.
    pub fn say(&self, id: &str) -> String {
        self.report.messages.text(self.report.lang, id, &[])
    }

    /// A sentence with arguments.
    pub fn tell(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) -> String {
        self.report.messages.text(self.report.lang, id, arguments)
    }

    /// The facts.
    pub fn facts(&self) -> &'a Facts {
        &self.workspace.facts
    }

    /// The code of the document of a place, else the path of its file.
    pub fn document(&self, span: Span) -> String {
        match self.documents.at(span) {
            Some(code) => code.to_owned(),
            None => self.report.sources.get(span.source).map_or_else(String::new, |s| s.path.clone()),
        }
    }

    /// The code of the document that a row belongs to.
    pub fn document_of(&self, row: RowRef) -> String {
        let facts = self.facts();
        let document = match row.relation {
            DOCUMENTS => row.row,
            relation => facts.table(relation).and_then(|t| t.documents.get(row.row as usize)).copied().unwrap_or(0),
        };
        match facts.cell(RowRef { relation: DOCUMENTS, row: document }, ColumnId(0)) {
            Cell::Text(printed, _) => facts.text(printed).to_owned(),
            _ => String::new(),
        }
    }

    /// The 分野 that a row stands in, or that it refers to.
    pub fn field(&self, row: RowRef) -> Option<usize> {
        let facts = self.facts();
        let above = std::iter::successors(Some(row), |row| facts.parent(*row));
        above.filter_map(|row| self.field_of_row.get(&row).copied()).next().or_else(|| {
            let columns = facts.vocabulary.relations.get(row.relation.0 as usize)?.columns.len();
            (0..u16::try_from(columns).ok()?).find_map(|column| match facts.cell(row, ColumnId(column)) {
                Cell::Reference(id) => match self.workspace.graph.target(id) {
                    Resolved::Row(target) => self.field_of_row.get(&target).copied(),
                    _ => None,
                },
                _ => None,
            })
        })
    }

    /// The name of a 分野 as it is shown; of none, the words for that.
    pub fn field_name(&self, field: Option<usize>) -> String {
        field.and_then(|n| self.fields.get(n)).map_or_else(|| self.say("page-no-field"), |name| text::plain(name))
    }

    /// The drawn findings about a place.
    pub fn about(&self, span: Span) -> &[usize] {
        self.own.get(&span).map_or(&[], Vec::as_slice)
    }

    /// The drawn findings that hold something against a place.
    pub fn against(&self, span: Span) -> &[usize] {
        self.against.get(&span).map_or(&[], Vec::as_slice)
    }

    /// Whether any finding, drawn or not, is about a place.
    pub fn is_wrong(&self, span: Span) -> bool {
        self.places.contains(&span)
    }
}

fn add(counts: &mut Counts, severity: Severity) {
    match severity {
        Severity::Error => counts.errors += 1,
        Severity::Warning => counts.warnings += 1,
        Severity::Info => counts.infos += 1,
    }
}

/// What a row is called: its code or number, and its name.
pub(super) fn called(facts: &Facts, row: RowRef) -> (String, String) {
    let columns = facts.vocabulary.relations.get(row.relation.0 as usize).map_or(&[][..], |r| &r.columns);
    let (mut number, mut name) = (String::new(), String::new());
    for (id, column) in (0..).map(ColumnId).zip(columns).filter(|(_, c)| c.role == ColumnRole::Head) {
        match (&column.ty, facts.cell(row, id)) {
            (ColumnType::Text, Cell::Text(printed, _)) => facts.text(printed).clone_into(&mut name),
            (_, Cell::Text(printed, _)) => facts.text(printed).clone_into(&mut number),
            (_, Cell::Number(n)) => number = n.to_string(),
            _ => {}
        }
    }
    (number, name)
}

/// The names of the 分野 and the one of each row of them: the same code and name are one field in all documents.
fn fields(facts: &Facts) -> (Vec<String>, FxHashMap<RowRef, usize>) {
    let (mut names, mut of_row): (Vec<String>, FxHashMap<RowRef, usize>) = Default::default();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    let relations = (0..).map(RelationId).zip(&facts.vocabulary.relations);
    let Some((relation, _)) = relations.into_iter().find(|(_, r)| r.alias == FIELD) else { return (names, of_row) };
    let count = facts.table(relation).map_or(0, |t| t.heads.len());
    for row in (0..).take(count).map(|row| RowRef { relation, row }) {
        let (number, name) = called(facts, row);
        let whole = format!("{number} {name}").trim().to_owned();
        let field = *known.entry(normal(&whole)).or_insert_with(|| {
            names.push(whole);
            names.len() - 1
        });
        of_row.insert(row, field);
    }
    (names, of_row)
}
