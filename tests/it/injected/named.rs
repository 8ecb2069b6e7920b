//! Which figure is said to be wrong: for every fault that changes one figure, whether that figure is named, and how many
//! findings a reader sees. The table stands in docs/trust.md as well.
use std::collections::BTreeSet;

use totsugo::findings::{Finding, Messages, WRONG_FIGURE, fold};
use totsugo::rules::{Repair, Suspicion, Violation, Wanted, code, localize};
use totsugo::text::Severity;
use totsugo::value::{Exact, Figure};

use super::book::Book;
use super::kinds::{Fault, KINDS};
use super::ways::{Edit, Piece};
use super::{Program, Said, Texts, documented, plans, specs, touches};

/// The kinds that change one figure and nothing else.
const KINDS_OF_FIGURES: [usize; 4] = [0, 1, 2, 3];

const BEGIN: &str = "<!-- named: made by TOTSUGO_FAULTS=write cargo test --test it injected -->\n";

/// What was said of the faults of a kind.
#[derive(Debug, Clone, Default)]
struct Named {
    faults: usize,
    /// Findings before and after those with one cause are told as one.
    raw: usize,
    shown: usize,
    /// Faults of which a change of one figure is the cause and no other figure would do, and where that was the one.
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

/// Where the new text of an edit stands, and what stood there.
fn changed<'t>(edit: &Edit, before: &'t str) -> Option<(std::ops::Range<usize>, &'t str)> {
    let [Piece::Kept(head), Piece::New(new), Piece::Kept(tail)] = edit.pieces.as_slice() else { return None };
    Some((head.end..head.end + new.len(), &before[head.end..tail.start]))
}

/// Whether two texts print one number.
fn same(a: &str, b: &str) -> bool {
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
fn fresh<'v>(program: &Program, violations: &'v [Violation], edit: &Edit, known: &[Said]) -> Vec<&'v Violation> {
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
    let Some((range, old)) = changed(&fault.edit, &before) else { return };
    let text = fault.edit.text(&before);
    program.run(fault.edit.file, &text, |program, workspace, outcome| {
        let new = fresh(program, &outcome.violations, &fault.edit, known);
        if new.is_empty() {
            return;
        }
        let found = new.iter().enumerate().map(|(n, v)| (n, v.rule, v.span, v.message.ja.as_str()));
        let suspicions = localize(&program.pack, &program.sources, workspace, |_| true, found);
        let findings: Vec<Finding> =
            new.iter().filter_map(|v| Finding::from_violation((*v).clone(), &program.pack)).collect();
        let shown = fold(findings, &suspicions, &program.sources, messages);
        let source = program.plans[fault.edit.file].0.source;
        let here = |span: totsugo::text::Span| {
            span.source == source && span.range().start < range.end && range.start < span.range().end
        };
        let at = |repair: &Repair| repair.changes.iter().any(|c| here(c.span));
        let best = |s: &Suspicion| s.repairs.iter().take_while(|r| r.weight == s.repairs[0].weight).count();
        out.faults += 1;
        out.raw += new.len();
        out.shown += shown.len();
        let only: Vec<&Suspicion> =
            suspicions.iter().filter(|s| s.repairs.len() == 1 && s.repairs[0].changes.len() == 1).collect();
        out.only += usize::from(!only.is_empty());
        out.only_right += usize::from(only.iter().any(|s| at(&s.repairs[0])));
        // A finding that stands alone names a place itself.
        let itself = new.len() == 1 && here(new[0].span) && suspicions.iter().all(|s| s.repairs.is_empty());
        let first = suspicions.iter().any(|s| best(s) == 1 && at(&s.repairs[0]));
        out.first += usize::from(first || itself);
        out.three += usize::from(itself || suspicions.iter().any(|s| s.repairs.iter().take(3).any(at)));
        let was = |wanted: &Wanted| matches!(wanted, Wanted::Figure(text) if same(text, old));
        let told = |r: &Repair| r.changes.iter().any(|c| here(c.span) && was(&c.wanted));
        out.value += usize::from(suspicions.iter().any(|s| best(s) == 1 && told(&s.repairs[0])));
        let accused: Vec<&Finding> = shown.iter().filter(|f| f.rule == WRONG_FIGURE).collect();
        let misled = accused.iter().any(|f| !here(f.span) && !f.related.iter().take(2).any(|label| here(label.span)));
        out.claimed += usize::from(!accused.is_empty());
        out.misled += usize::from(misled);
        let said = |rules: &[&str]| format!("{} | {} | {}", fault.kind, fault.told, rules.join(", "));
        if misled {
            out.notes.push(format!("another: {}", said(&[&accused[0].message.ja])));
        }
        if shown.len() > 1 {
            out.notes.push(format!("several: {}", said(&shown.iter().map(|f| f.rule.as_str()).collect::<Vec<_>>())));
        }
    });
}

/// Every fault of some documents, or a sample of each kind.
fn all(texts: &Texts, most: usize, seed: u64) -> Vec<Named> {
    let messages = Messages::new();
    let mut program = Program::new(texts);
    let book: Book = program.book();
    let known = program.check(0, &texts[0].1);
    let named: Vec<(usize, usize, usize)> = known.iter().filter(|k| k.grave).flat_map(|k| k.places.clone()).collect();
    let mut random = super::Random::new(seed);
    let mut out = Vec::new();
    for kind in KINDS_OF_FIGURES {
        let mut faults = book.faults(kind, &mut random);
        faults.retain(|f| f.untold.is_none() && !touches(&f.edit, &named));
        while faults.len() > most {
            faults.swap_remove(random.below(faults.len()));
        }
        let mut told = Named::default();
        faults.iter().for_each(|fault| name(&mut program, &known, fault, &mut told, &messages));
        out.push(told);
    }
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
    for (kind, n) in KINDS_OF_FIGURES.iter().zip(named) {
        out += &line(KINDS[*kind], n);
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
    let mut made = vec![Named::default(); KINDS_OF_FIGURES.len()];
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
