//! Which figure is said to be wrong: for every fault that changes one figure, whether that figure is named, and how many
//! findings a reader sees. The table stands in docs/trust.md as well.
use std::collections::BTreeSet;
use std::ops::Range;

use totsugo::findings::{Finding, Messages, WRONG_FIGURE, fold};
use totsugo::rules::{Repair, Shared, Strategy, Suspicion, Violation, Wanted, code, localize};
use totsugo::text::{Severity, Span};
use totsugo::value::{Exact, Figure};

use super::book::Book;
use super::kinds::{Fault, KINDS};
use super::ways::{Edit, Piece};
use super::{Program, Random, Said, Texts, documented, plans, specs, touches};

/// The kinds that change one figure and nothing else.
const KINDS_OF_FIGURES: [usize; 4] = [0, 1, 2, 3];

/// Two such faults in one document.
const TWO: &str = "二つの数の違い / two figures changed";

const BEGIN: &str = "<!-- named: made by TOTSUGO_FAULTS=write cargo test --test it injected -->\n";

/// What was said of the faults of a kind.
#[derive(Debug, Clone, Default)]
struct Named {
    /// Figures that were changed and that the documents tell of.
    faults: usize,
    /// Findings before and after those with one cause are told as one.
    raw: usize,
    shown: usize,
    /// Causes for which no other figures would do, and those that are what was changed.
    only: usize,
    only_right: usize,
    /// Where the figure was named first, and among the first three; and first with the figure that was there before.
    first: usize,
    three: usize,
    value: usize,
    /// Where findings were told as one, and where another figure was named then.
    claimed: usize,
    misled: usize,
    notes: Vec<String>,
}

/// A figure that was changed: where it stands now, and what was printed there.
type Changed<'t> = (Range<usize>, &'t str);

/// The figures that an edit changed.
fn changed<'t>(edit: &Edit, before: &'t str) -> Vec<Changed<'t>> {
    let (mut out, mut at, mut old) = (Vec::new(), 0, 0);
    let mut pieces = edit.pieces.iter().peekable();
    while let Some(piece) = pieces.next() {
        match (piece, pieces.peek()) {
            (Piece::Kept(range), _) => {
                at += range.len();
                old = range.end;
            }
            (Piece::New(new), Some(Piece::Kept(next))) => {
                out.push((at..at + new.len(), &before[old..next.start]));
                at += new.len();
            }
            (Piece::New(_), _) => panic!("a piece that is kept ends an edit"),
        }
    }
    out
}

/// Whether two texts print one number.
pub fn same(a: &str, b: &str) -> bool {
    let number = |text: &str| match Figure::read(text) {
        Ok(Figure::Quantity(q)) => {
            let thousand = if q.unit == "千円" { 1000 } else { 1 };
            q.value.checked_mul(Exact::from_int(thousand))
        }
        _ => None,
    };
    a.trim() == b.trim() || number(a).is_some() && number(a) == number(b)
}

/// The violations that are not known, with their numbers.
pub fn fresh<'v>(program: &Program, violations: &'v [Violation], edit: &Edit, known: &[Said]) -> Vec<&'v Violation> {
    let back = |file: usize, at: usize| if file == edit.file { edit.before(at) } else { Some(at) };
    let old: BTreeSet<(&str, usize, usize)> =
        known.iter().filter_map(|k| k.places.first().map(|p| (k.rule.as_str(), p.0, p.1))).collect();
    let is_new = |v: &&Violation| {
        let file = program.plans.iter().position(|p| p.0.source == v.span.source);
        let before = file.and_then(|file| Some((file, back(file, v.span.range().start)?)));
        before.is_none_or(|(file, at)| !old.contains(&(code(&program.pack.rules[v.rule]), file, at)))
    };
    violations.iter().filter(|v| v.severity >= Severity::Warning).filter(is_new).collect()
}

fn name(program: &mut Program, known: &[Said], fault: &Fault, out: &mut Named, messages: &Messages) {
    let before = program.texts[fault.edit.file].1.clone();
    let figures = changed(&fault.edit, &before);
    let text = fault.edit.text(&before);
    program.run(fault.edit.file, &text, |program, workspace, outcome| {
        let new = fresh(program, &outcome.violations, &fault.edit, known);
        if new.is_empty() {
            return;
        }
        let found = new.iter().enumerate().map(|(n, v)| (n, v.rule, v.span, v.message.ja.as_str()));
        let shared = Shared::new(workspace, &program.sources, &program.pack, Strategy::Planned);
        let suspicions = localize(&shared, |_| true, found);
        let findings: Vec<Finding> =
            new.iter().filter_map(|v| Finding::from_violation((*v).clone(), &program.pack)).collect();
        let shown = fold(findings, &suspicions, &program.sources, messages);
        let source = program.plans[fault.edit.file].0.source;
        let at = |span: Span, (range, _): &Changed<'_>| {
            span.source == source && span.range().start < range.end && range.start < span.range().end
        };
        let here = |span: Span| figures.iter().any(|figure| at(span, figure));
        out.raw += new.len();
        out.shown += shown.len();
        let only: Vec<&Suspicion> = suspicions.iter().filter(|s| s.repairs.len() == 1).collect();
        out.only += only.len();
        out.only_right += only.iter().filter(|s| s.repairs[0].changes.iter().all(|c| here(c.span))).count();
        // The repair that stands first alone.
        let best: Vec<&Repair> = suspicions
            .iter()
            .filter(|s| s.repairs.get(1).is_none_or(|second| second.weight > s.repairs[0].weight))
            .filter_map(|s| s.repairs.first())
            .collect();
        for figure in &figures {
            let of = |repair: &Repair| repair.changes.iter().any(|c| at(c.span, figure));
            // A finding that stands alone names a place itself.
            let itself = new.len() == 1 && at(new[0].span, figure) && suspicions.iter().all(|s| s.repairs.is_empty());
            out.faults += 1;
            out.first += usize::from(itself || best.iter().any(|repair| of(repair)));
            out.three += usize::from(itself || suspicions.iter().any(|s| s.repairs.iter().take(3).any(of)));
            let was = |wanted: &Wanted| matches!(wanted, Wanted::Figure(text) if same(text, figure.1));
            let told = |repair: &&Repair| repair.changes.iter().any(|c| at(c.span, figure) && was(&c.wanted));
            out.value += usize::from(best.iter().any(told));
        }
        let accused: Vec<&Finding> = shown.iter().filter(|f| f.rule == WRONG_FIGURE).collect();
        // Of several figures that are named all but the first are labels.
        let misled =
            accused.iter().filter(|f| !here(f.span) && !f.related.iter().take(2).any(|label| here(label.span)));
        let misled: Vec<&str> = misled.map(|f| f.message.ja.as_str()).collect();
        out.claimed += accused.len();
        out.misled += misled.len();
        let said = |rules: &[&str]| format!("{} | {} | {}", fault.kind, fault.told, rules.join(", "));
        if !misled.is_empty() {
            out.notes.push(format!("another: {}", said(&misled)));
        }
        if shown.len() > figures.len() {
            out.notes.push(format!("several: {}", said(&shown.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>())));
        }
    });
}

/// Two of the faults of one file as one.
fn both(text: &str, faults: &[Fault], random: &mut Random) -> Option<Fault> {
    let one = faults.get(random.below(faults.len().max(1)))?;
    let other = faults.get(random.below(faults.len().max(1)))?;
    let change = |fault: &Fault| match fault.edit.pieces.as_slice() {
        [Piece::Kept(head), Piece::New(new), Piece::Kept(tail)] => Some((head.end..tail.start, new.clone())),
        _ => None,
    };
    let mut changes = vec![change(one)?, change(other)?];
    changes.sort_by_key(|(range, _)| range.start);
    if one.edit.file != other.edit.file || changes[0].0.end >= changes[1].0.start {
        return None;
    }
    let edit = Edit::replace(text, one.edit.file, &changes);
    Some(Fault { kind: TWO, edit, told: format!("{}; {}", one.told, other.told), ..one.clone() })
}

/// Every fault of some documents, or a sample of each kind.
fn all(texts: &Texts, most: usize, seed: u64) -> Vec<Named> {
    let messages = Messages::new();
    let mut program = Program::new(texts);
    let book: Book = program.book();
    let known = program.check(0, &texts[0].1);
    let named: Vec<(usize, usize, usize)> = known.iter().filter(|k| k.grave).flat_map(|k| k.places.clone()).collect();
    let mut random = Random::new(seed);
    let (mut out, mut of_all) = (Vec::new(), Vec::new());
    for kind in KINDS_OF_FIGURES {
        let mut faults = book.faults(kind, &mut random);
        faults.retain(|f| f.untold.is_none() && !touches(&f.edit, &named));
        while faults.len() > most {
            faults.swap_remove(random.below(faults.len()));
        }
        let mut told = Named::default();
        faults.iter().for_each(|fault| name(&mut program, &known, fault, &mut told, &messages));
        out.push(told);
        of_all.append(&mut faults);
    }
    let mut told = Named::default();
    for _ in 0..most.min(of_all.len()) {
        let file = of_all[random.below(of_all.len())].edit.file;
        let of_file: Vec<Fault> = of_all.iter().filter(|f| f.edit.file == file).cloned().collect();
        if let Some(fault) = both(&texts[file].1, &of_file, &mut random) {
            name(&mut program, &known, &fault, &mut told, &messages);
        }
    }
    out.push(told);
    out
}

fn table(title: &str, named: &[Named]) -> String {
    let mut out = format!(
        "**{title}**\n\n| 誤り / fault | 件数 / faults | 指摘 / findings | まとめた後 / shown | 一つに決まる / one figure only | うち正しい / right | 筆頭 / named first | 三つ以内 / among three | 元の値 / its value | 言い切った / claimed | 別の数 / another |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |\n"
    );
    let line = |name: &str, n: &Named| {
        format!(
            "| {name} | {} | {} | {} | {} | {} | {} | {} | {} | {} | {} |\n",
            n.faults, n.raw, n.shown, n.only, n.only_right, n.first, n.three, n.value, n.claimed, n.misled
        )
    };
    let mut sum = Named::default();
    for (kind, n) in KINDS_OF_FIGURES.iter().map(|kind| KINDS[*kind]).chain([TWO]).zip(named) {
        out += &line(kind, n);
        sum.add(n);
    }
    out + &line("計 / all", &sum)
}

impl Named {
    fn add(&mut self, other: &Self) {
        self.faults += other.faults;
        self.raw += other.raw;
        self.shown += other.shown;
        self.only += other.only;
        self.only_right += other.only_right;
        self.first += other.first;
        self.three += other.three;
        self.value += other.value;
        self.claimed += other.claimed;
        self.misled += other.misled;
        self.notes.extend(other.notes.iter().cloned());
    }
}

/// Who reads a false accusation once does not believe the next one: what is named as the only figure that would do is right.
#[test]
fn the_figure_that_was_changed_is_named() {
    let every = std::env::var("TOTSUGO_FAULTS").is_ok_and(|wanted| wanted == "all");
    let (real_most, made_most) = if every { (usize::MAX, usize::MAX) } else { (40, 12) };
    let real = std::thread::spawn(move || all(&specs(), real_most, 1));
    let mut made = vec![Named::default(); KINDS_OF_FIGURES.len() + 1];
    for seed in 1..=4 {
        made.iter_mut().zip(all(&plans::plans(seed), made_most, seed)).for_each(|(sum, one)| sum.add(&one));
    }
    let real = real.join().expect("it ends");
    let text = table("作った計画 / generated plans", &made) + "\n" + &table("実在の文書 / the real documents", &real);
    println!("{text}");
    made.iter().chain(&real).flat_map(|n| &n.notes).for_each(|note| println!("{note}"));
    if !every {
        documented(BEGIN, &text);
    }
}
