//! Which rows and references a picture shows: what is broken first, then what goes round in circles, then whatever refers
//! or is referred to, with all that it stands in, up to a number that one can still look at. All of it is linear.
use rustc_hash::{FxHashMap, FxHashSet};

use crate::graph::{Graph, Resolved, is_derived};
use crate::plan::{Cell, Column, ColumnId, ColumnRole, ColumnType, DOCUMENTS, Facts, RelationId, RelationKind, RowRef};
use crate::value::FiscalYear;

/// A reference that is drawn, or a tie between two rows that are the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Link {
    /// Whence.
    pub from: RowRef,
    /// Where to.
    pub to: RowRef,
    /// By the number of the reference; none where both are the same thing.
    pub reference: Option<u32>,
}

/// What is shown.
#[derive(Debug, Default)]
pub struct Choice {
    /// The rows, each after the one it stands in, in the order of print; with how deep it stands in its document.
    pub rows: Vec<(RowRef, usize)>,
    /// What is drawn between them.
    pub links: Vec<Link>,
    /// References of a row that lead nowhere.
    pub broken: FxHashMap<RowRef, Vec<u32>>,
    /// How many rows stand in a row without being shown, by their relation.
    pub hidden: FxHashMap<RowRef, Vec<(RelationId, usize)>>,
    /// The counts.
    pub counts: Counts,
}

/// What there is and what of it is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Rows that could be shown.
    pub rows: usize,
    /// Rows that are.
    pub shown: usize,
    /// References that lead somewhere.
    pub references: usize,
    /// Those that are drawn.
    pub drawn: usize,
    /// References that lead nowhere.
    pub broken: usize,
    /// Those that are drawn.
    pub broken_drawn: usize,
    /// Rows that are linked, or broken, and left out for want of room.
    pub cut: usize,
}

/// With fewer rows than this nothing is left out.
const FEW: usize = 60;

/// The rows of things that are written as statements, and rows of tables that refer to something.
struct Candidates {
    rows: Vec<RowRef>,
    /// References that are written, where they lead somewhere or nowhere.
    links: Vec<(u32, Resolved)>,
    /// Ties between rows that are the same thing in several documents.
    ties: Vec<(RowRef, RowRef)>,
}

/// Whether a row was written as a statement or as a row of a table: figures by year are no things of their own.
fn is_thing(facts: &Facts, row: RowRef) -> bool {
    let relation = facts.vocabulary.relations.get(row.relation.0 as usize);
    relation.is_some_and(|r| matches!(r.kind, RelationKind::Entity | RelationKind::Rows(_)))
}

/// Whether a row of this relation does nothing but say that two others are the same.
fn is_pair(facts: &Facts, relation: RelationId) -> bool {
    let columns = facts.vocabulary.relations.get(relation.0 as usize).map_or(&[][..], |r| &r.columns);
    let mut heads = columns.iter().filter(|c| c.role == ColumnRole::Head);
    let is_reference = |c: Option<&Column>| c.is_some_and(|c| matches!(c.ty, ColumnType::Reference(_)));
    is_reference(heads.next()) && is_reference(heads.next()) && heads.next().is_none()
}

impl Candidates {
    fn collect(facts: &Facts, graph: &Graph) -> Self {
        let mut links = Vec::new();
        let mut torn: FxHashSet<RowRef> = FxHashSet::default();
        let mut refers: FxHashSet<RowRef> = FxHashSet::default();
        for (number, reference) in (0..).zip(&facts.references) {
            let target = graph.target(number);
            let to = if let Resolved::Row(to) = target { to } else { reference.from };
            if is_derived(facts, number) || !is_thing(facts, reference.from) || !is_thing(facts, to) {
                continue;
            }
            if target == Resolved::Dangling {
                torn.insert(reference.from);
            }
            refers.extend([reference.from, to]);
            links.push((number, target));
        }
        let (mut rows, mut ties) = (Vec::new(), Vec::new());
        let mut paired: FxHashSet<RowRef> = FxHashSet::default();
        for (relation, table) in (0..).map(RelationId).zip(&facts.tables) {
            let Some(declared) = facts.vocabulary.relations.get(relation.0 as usize) else { continue };
            let all = (0..).zip(&table.heads).map(|(row, _)| RowRef { relation, row });
            match declared.kind {
                // Two that are one are drawn as a tie, unless one of them is not there.
                RelationKind::Entity if is_pair(facts, relation) => {
                    rows.extend(all.clone().filter(|row| torn.contains(row)));
                    paired.extend(all.filter(|row| !torn.contains(row)));
                }
                RelationKind::Entity => rows.extend(all),
                RelationKind::Rows(_) => rows.extend(all.filter(|row| refers.contains(row))),
                RelationKind::Series(_) | RelationKind::Defined => {}
            }
            if declared.identity.is_some() {
                Self::tie((facts, graph), relation, table.heads.len(), &mut ties);
            }
        }
        links.retain(|(number, _)| facts.references.get(*number as usize).is_some_and(|r| !paired.contains(&r.from)));
        Self { rows, links, ties }
    }

    /// One tie from each row to the same thing in the next document that prints it.
    fn tie((facts, graph): (&Facts, &Graph), relation: RelationId, count: usize, ties: &mut Vec<(RowRef, RowRef)>) {
        let mut last: FxHashMap<u32, RowRef> = FxHashMap::default();
        let mut rows: Vec<RowRef> = (0..).take(count).map(|row| RowRef { relation, row }).collect();
        rows.sort_by_cached_key(|row| (year(facts, facts.document_number(*row)), facts.document_number(*row), row.row));
        for row in rows {
            match last.get_mut(&graph.group(row)) {
                Some(before) if facts.document_number(*before) != facts.document_number(row) => {
                    ties.push((*before, row));
                    *before = row;
                }
                // Within a document a 再掲 says so; what is printed twice without one is a finding, no tie.
                Some(_) => {}
                None => {
                    last.insert(graph.group(row), row);
                }
            }
        }
    }
}

/// The fiscal year of a document: editions are held against each other in the order of time.
fn year(facts: &Facts, document: u32) -> Option<FiscalYear> {
    let columns = facts.vocabulary.relations.first().map_or(&[][..], |r| &r.columns);
    let years = (0..).map(ColumnId).zip(columns).filter(|(_, c)| c.ty == ColumnType::Year);
    years.into_iter().find_map(|(id, _)| match facts.cell(RowRef { relation: DOCUMENTS, row: document }, id) {
        Cell::Year(year) => Some(year),
        _ => None,
    })
}

/// What has been chosen so far, with room for so many.
struct Room<'a> {
    facts: &'a Facts,
    most: usize,
    used: usize,
    chosen: FxHashSet<RowRef>,
}

impl Room<'_> {
    /// Takes a row in with the document and the part of it that it stands in, if there is room for them and `more`.
    fn take(&mut self, row: RowRef, more: usize) -> bool {
        let places = std::iter::successors(above(self.facts, row), |at| above(self.facts, *at));
        let chain: Vec<RowRef> = std::iter::once(row)
            .chain(places.filter(|at| is_outline(self.facts, *at)))
            .filter(|at| !self.chosen.contains(at))
            .collect();
        if self.used + chain.len() + more > self.most {
            return self.chosen.contains(&row);
        }
        self.used += chain.len() + more;
        self.chosen.extend(chain);
        true
    }
}

/// The row in which another stands: at least the document.
fn above(facts: &Facts, row: RowRef) -> Option<RowRef> {
    let root = RowRef { relation: DOCUMENTS, row: facts.document_number(row) };
    if row.relation == DOCUMENTS { None } else { facts.parent(row).or(Some(root)) }
}

/// Whether a row is a document or stands directly in one: what everything else is found by.
fn is_outline(facts: &Facts, row: RowRef) -> bool {
    above(facts, row).is_none_or(|above| above.relation == DOCUMENTS)
}

/// Chooses what to show; with `focus`, only that and what hangs together with it.
pub fn choose(facts: &Facts, graph: &Graph, most: usize, focus: &[RowRef]) -> Choice {
    let Candidates { rows, links, ties } = Candidates::collect(facts, graph);
    let from = |number: u32| facts.references.get(number as usize).map(|r| r.from);
    let mut broken: FxHashMap<RowRef, Vec<u32>> = FxHashMap::default();
    for (number, _) in links.iter().filter(|l| l.1 == Resolved::Dangling) {
        if let Some(from) = from(*number) {
            broken.entry(from).or_default().push(*number);
        }
    }
    let ends: Vec<Link> = links
        .iter()
        .filter_map(|(number, target)| match target {
            Resolved::Row(to) => Some(Link { from: from(*number)?, to: *to, reference: Some(*number) }),
            _ => None,
        })
        .chain(ties.iter().map(|(a, b)| Link { from: *a, to: *b, reference: None }))
        .collect();
    let mut room = Room { facts, most, used: 0, chosen: FxHashSet::default() };
    let ghosts = |row: &RowRef| broken.get(row).map_or(0, Vec::len);
    let order = if focus.is_empty() {
        wishes((facts, graph), &rows, &links, &ends, &broken)
    } else {
        around(facts, focus, &rows, &ends)
    };
    let mut linked: FxHashSet<RowRef> = broken.keys().copied().collect();
    linked.extend(ends.iter().flat_map(|link| [link.from, link.to]));
    for row in order {
        if !room.chosen.contains(&row) {
            room.take(row, ghosts(&row));
        }
    }
    // A row that came in as the place of another may have had no room for what it refers to: it must not look whole.
    broken.retain(|row, _| room.chosen.contains(row));
    let chosen = room.chosen;
    let all = broken.values().map(Vec::len).sum();
    let mut counts = Counts {
        rows: rows.len(),
        shown: rows.iter().filter(|row| chosen.contains(row)).count(),
        references: links.iter().filter(|l| matches!(l.1, Resolved::Row(_))).count(),
        broken: links.iter().filter(|l| l.1 == Resolved::Dangling).count(),
        broken_drawn: all,
        cut: linked.iter().filter(|row| !chosen.contains(row)).count(),
        drawn: 0,
    };
    let links: Vec<Link> =
        ends.into_iter().filter(|link| chosen.contains(&link.from) && chosen.contains(&link.to)).collect();
    counts.drawn = links.iter().filter(|link| link.reference.is_some()).count();
    let hidden = hidden(facts, &rows, &chosen);
    Choice { rows: in_order(facts, &chosen), links, broken, hidden, counts }
}

/// Rows in the order in which they are wanted.
fn wishes(
    (facts, graph): (&Facts, &Graph),
    rows: &[RowRef],
    links: &[(u32, Resolved)],
    ends: &[Link],
    broken: &FxHashMap<RowRef, Vec<u32>>,
) -> Vec<RowRef> {
    let mut out: Vec<RowRef> = rows.iter().filter(|row| broken.contains_key(row)).copied().collect();
    out.extend(rows.iter().filter(|row| graph.on_cycle(**row)));
    out.extend(ends.iter().flat_map(|link| [link.from, link.to]));
    // 再掲 without a number leads nowhere, and is no mistake of itself.
    let marks = links.iter().filter(|l| l.1 == Resolved::Nothing);
    out.extend(marks.filter_map(|l| facts.references.get(l.0 as usize)).map(|r| r.from));
    out.extend(rows.iter().filter(|row| row.relation == DOCUMENTS));
    if rows.len() <= FEW {
        out.extend(rows);
        return out;
    }
    // Of the rest only what holds others: the outline of the documents.
    let holds: FxHashSet<RowRef> = rows.iter().filter_map(|row| above(facts, *row)).collect();
    out.extend(rows.iter().filter(|row| holds.contains(row) && is_outline(facts, **row)));
    out
}

/// The rows of a focus and all that they hold, then what is linked with them, then what is linked with that, and so on
/// twice.
fn around(facts: &Facts, focus: &[RowRef], rows: &[RowRef], ends: &[Link]) -> Vec<RowRef> {
    let seeds: FxHashSet<RowRef> = focus.iter().copied().collect();
    let mut known = seeds.clone();
    let mut out: Vec<RowRef> = focus.to_vec();
    for row in rows {
        let inside = std::iter::successors(above(facts, *row), |at| above(facts, *at)).any(|at| seeds.contains(&at));
        if inside && known.insert(*row) {
            out.push(*row);
        }
    }
    for _ in 0..2 {
        let before = known.clone();
        for link in ends {
            for (here, there) in [(link.from, link.to), (link.to, link.from)] {
                if before.contains(&here) && known.insert(there) {
                    out.push(there);
                }
            }
        }
    }
    out
}

/// How many rows are not shown, at the nearest row above them that is.
fn hidden(facts: &Facts, rows: &[RowRef], chosen: &FxHashSet<RowRef>) -> FxHashMap<RowRef, Vec<(RelationId, usize)>> {
    let mut out: FxHashMap<RowRef, Vec<(RelationId, usize)>> = FxHashMap::default();
    // Rows come by relation, so those of one relation meet.
    for row in rows.iter().filter(|row| !chosen.contains(row)) {
        let shown = std::iter::successors(above(facts, *row), |at| above(facts, *at)).find(|at| chosen.contains(at));
        let Some(counts) = shown.map(|at| out.entry(at).or_default()) else { continue };
        match counts.last_mut() {
            Some((relation, count)) if *relation == row.relation => *count += 1,
            _ => counts.push((row.relation, 1)),
        }
    }
    out
}

/// The rows as they are printed: each before what stands in it.
fn in_order(facts: &Facts, chosen: &FxHashSet<RowRef>) -> Vec<(RowRef, usize)> {
    let place = |row: &RowRef| {
        let head = facts.table(row.relation).and_then(|t| t.heads.get(row.row as usize)).copied().unwrap_or_default();
        (head.source, head.start, *row)
    };
    let mut sorted: Vec<RowRef> = chosen.iter().copied().collect();
    sorted.sort_unstable_by_key(place);
    let mut below: FxHashMap<RowRef, Vec<RowRef>> = FxHashMap::default();
    let mut stack = Vec::new();
    for row in sorted.into_iter().rev() {
        match std::iter::successors(above(facts, row), |at| above(facts, *at)).find(|at| chosen.contains(at)) {
            Some(above) => below.entry(above).or_default().push(row),
            None => stack.push((row, 0)),
        }
    }
    let mut out = Vec::with_capacity(chosen.len());
    while let Some((row, depth)) = stack.pop() {
        out.push((row, depth));
        stack.extend(below.remove(&row).unwrap_or_default().into_iter().map(|row| (row, depth + 1)));
    }
    out
}
