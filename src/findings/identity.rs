//! What a finding is known by from one run to the next: the rule, the fact it stands in and what is printed there. No
//! line, no column, and not the words of its sentence, so that it stays the same finding when lines move.
use std::collections::BTreeSet;

use super::Finding;
use super::standing::{Documents, Standing, code};
use crate::plan::{Cell, ColumnRole, ColumnType, DOCUMENTS, Facts, RelationKind, RowRef};
use crate::text::normal::normal;
use crate::text::{Sources, Span};

/// Where a finding is at home.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Home {
    /// In a document, by its code: the file may have another name.
    Document(String),
    /// In a file, by its path: what stands in no document.
    File(String),
}

/// What a finding is known by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// Code of the rule or fault.
    pub rule: String,
    /// The document, or the file.
    pub home: Home,
    /// The way to the fact: the things it stands in by their numbers or names, the year, the column. Empty where a fault of
    /// form stands in no fact.
    pub place: Vec<String>,
    /// What is printed there and at the places it is held against, in sixteen digits. Where a figure changes, the
    /// finding is a new one.
    pub print: String,
}

/// An identity in the form in which two are compared: widths and blanks do not matter.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Key(Home, Vec<String>, String, String);

impl Identity {
    /// The form in which identities are compared; in order by home, place and rule.
    #[must_use]
    pub fn key(&self) -> Key {
        let home = match &self.home {
            Home::Document(code) => Home::Document(normal(code)),
            Home::File(path) => Home::File(path.clone()),
        };
        Key(home, self.place.iter().map(|p| normal(p)).collect(), self.rule.clone(), self.print.clone())
    }

    /// All of it in sixteen digits, for formats that take one text.
    #[must_use]
    pub fn fingerprint(&self) -> String {
        let Key(home, place, rule, print) = self.key();
        let home = match home {
            Home::Document(code) => ["document".to_owned(), code],
            Home::File(path) => ["file".to_owned(), path],
        };
        digest([rule, print].into_iter().chain(home).chain(place))
    }
}

/// A text without quotes: a name has them in a plan, has none in a sheet, and other ones in JSON.
fn bare(text: &str) -> String {
    text.chars().filter(|c| !"\"\\“”「」".contains(*c)).collect()
}

/// Sixteen digits for texts (FNV-1a, which will be the same in every version of everything).
fn digest(texts: impl Iterator<Item = String>) -> String {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in texts.flat_map(|text| text.into_bytes().into_iter().chain([0])) {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    format!("{sum:016x}")
}

/// Finds the identities of findings.
pub struct Identities<'a> {
    sources: &'a Sources,
    facts: &'a Facts,
    documents: Documents,
    standing: Standing,
}

impl<'a> Identities<'a> {
    /// Looks the places of `findings` up among the facts.
    #[must_use]
    pub fn new(findings: &[Finding], sources: &'a Sources, facts: &'a Facts) -> Self {
        let places = findings.iter().flat_map(|f| f.related.iter().map(|label| label.span).chain([f.span]));
        let standing = Standing::new(&places.collect(), facts, sources);
        Self { sources, facts, documents: Documents::new(facts), standing }
    }

    /// What a finding is known by.
    #[must_use]
    pub fn of(&self, finding: &Finding) -> Identity {
        let mut against: Vec<String> = finding.related.iter().map(|label| self.print(label.span)).collect();
        // They are told in the order of the files, which may change.
        against.sort();
        Identity {
            rule: finding.rule.clone(),
            home: self.home(finding.span),
            place: self.standing.at(finding.span).map_or_else(Vec::new, |_| self.place(finding.span)),
            print: digest(std::iter::once(self.print(finding.span)).chain(against)),
        }
    }

    /// The other documents in which a finding points at something.
    #[must_use]
    pub fn others(&self, finding: &Finding) -> BTreeSet<String> {
        let own = self.home(finding.span);
        let homes = finding.related.iter().map(|label| self.home(label.span)).filter(|home| *home != own);
        homes.filter_map(|home| if let Home::Document(code) = home { Some(code) } else { None }).collect()
    }

    fn home(&self, span: Span) -> Home {
        let row = self.standing.at(span).map(|(row, _)| row);
        let of_row = row.and_then(|row| self.facts.table(row.relation)?.documents.get(row.row as usize).copied());
        let document = match of_row {
            Some(document) => Some(code(self.facts, document)),
            None => self.documents.at(span).map(str::to_owned),
        };
        match document {
            Some(code) => Home::Document(code),
            None => Home::File(self.sources.get(span.source).map_or_else(String::new, |s| s.path.clone())),
        }
    }

    /// What is printed at a place. Of the head of a row it is the way to the row: its number may change.
    fn print(&self, span: Span) -> String {
        match self.standing.at(span) {
            Some((_, None)) => self.place(span).iter().map(|p| normal(p)).collect::<Vec<_>>().join("\n"),
            _ => normal(&bare(self.sources.text(span))),
        }
    }

    fn place(&self, span: Span) -> Vec<String> {
        let Some((row, column)) = self.standing.at(span) else { return Vec::new() };
        let above = std::iter::successors(Some(row), |row| self.facts.parent(*row));
        let mut place: Vec<String> = above.filter(|row| row.relation != DOCUMENTS).map(|row| self.thing(row)).collect();
        place.reverse();
        let relation = self.facts.vocabulary.relations.get(row.relation.0 as usize);
        let declared = relation.zip(column).and_then(|(r, c)| Some((r.kind, r.columns.get(c.0 as usize)?, c)));
        // Of a series the year says it all, but for a value beside the value (変更前).
        let told = declared.filter(|(kind, _, c)| !matches!(kind, RelationKind::Series(_)) || c.0 > 2);
        place.extend(told.map(|(_, column, _)| column.name.clone()));
        place
    }

    /// A row by its kind and what it is called: 分野 Ⅰ-2, 指標 利用率, 目標 R5.
    fn thing(&self, row: RowRef) -> String {
        let Some(relation) = self.facts.vocabulary.relations.get(row.relation.0 as usize) else { return String::new() };
        let role = match relation.kind {
            RelationKind::Rows(_) => ColumnRole::Cell,
            RelationKind::Series(_) => ColumnRole::Given,
            RelationKind::Entity | RelationKind::Defined => ColumnRole::Head,
        };
        let series = role == ColumnRole::Given;
        let columns = (0..).map(crate::plan::ColumnId).zip(&relation.columns).filter(|(_, column)| column.role == role);
        let (mut label, mut best, mut year) = (String::new(), 0, String::new());
        for (id, column) in columns {
            let cell = self.facts.cell(row, id);
            // A code is what people point with; a name stays when numbers move up.
            let (rank, text) = match (&column.ty, cell) {
                (ColumnType::Code, Cell::Text(printed, _)) if !series => (4, self.facts.text(printed).to_owned()),
                (ColumnType::Text, Cell::Text(printed, _)) if !series => (3, self.facts.text(printed).to_owned()),
                (ColumnType::Number, Cell::Number(number)) if !series || number > 0 => (2, number.to_string()),
                (ColumnType::Reference(_), Cell::Reference(_)) => {
                    (1, bare(self.sources.text(self.facts.place(row, id, self.sources))))
                }
                (ColumnType::Year, Cell::Year(read)) => {
                    year = read.to_string();
                    continue;
                }
                _ => continue,
            };
            if rank == best && rank == 1 {
                label = format!("{label} = {text}");
            } else if rank > best {
                (best, label) = (rank, text);
            }
        }
        let words = if series { [&relation.name, &year, &label] } else { [&relation.name, &label, &year] };
        words.into_iter().filter(|w| !w.is_empty()).cloned().collect::<Vec<_>>().join(" ")
    }
}
