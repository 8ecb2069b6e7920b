//! Faults are injected one at a time into consistent plans and into the real documents: what is found, what is not, and what
//! is said wrongly, by kind. The table stands in docs/trust.md; the test fails when it is no longer true.
//!
//! `TOTSUGO_FAULTS=all` injects every fault there is instead of a sample, `TOTSUGO_FAULTS=write` writes the table; with
//! `--nocapture` each fault that is missed, and each finding that names something else, is told.
mod book;
mod cells;
mod kinds;
mod named;
mod plans;
mod tell;
mod ways;

use std::collections::BTreeMap;
use std::path::Path;

use totsugo::rules::{Outcome, Pack, Strategy, Workspace, code, read_plans, run_rules};
use totsugo::text::{Severity, Source, Sources, Span};

use super::random::Random;
use book::{Book, Texts};
use kinds::{Fault, KINDS};

/// A thing that was said: the rule, its severity, the place and the other places, as file and offset.
#[derive(Debug, Clone)]
struct Said {
    rule: String,
    grave: bool,
    places: Vec<(usize, usize, usize)>,
    message: String,
}

/// The program in this process: the rules are loaded once, the texts that are not edited are kept.
struct Program {
    sources: Sources,
    pack: Pack,
    plans: Vec<(Span, String)>,
    texts: Texts,
}

impl Program {
    fn new(texts: &Texts) -> Self {
        let mut sources = Sources::default();
        let pack = Pack::load(&mut sources, &[]);
        assert!(pack.faults.iter().all(|f| f.severity < Severity::Error), "{:?}", pack.faults);
        let plans = texts.iter().map(|(path, text)| plan(&mut sources, path, text)).collect();
        Self { sources, pack, plans, texts: texts.clone() }
    }

    fn book(&self) -> Book {
        Book::read(&self.pack, &self.sources, &self.plans, &self.texts)
    }

    /// What the rules give when a file has another text, and what `look` makes of it.
    fn run<T>(&mut self, file: usize, text: &str, look: impl FnOnce(&Self, &Workspace, &Outcome) -> T) -> T {
        self.run_only(file, text, |_| true, look)
    }

    /// As [`Self::run`], of those rules that are wanted.
    fn run_only<T>(
        &mut self,
        file: usize,
        text: &str,
        wanted: impl Fn(usize) -> bool,
        look: impl FnOnce(&Self, &Workspace, &Outcome) -> T,
    ) -> T {
        let kept = self.plans[file].clone();
        let path = self.texts[file].0.clone();
        self.plans[file] = plan(&mut self.sources, &path, text);
        let workspace = read_plans(&self.pack, &self.sources, &self.plans);
        let outcome = run_rules(&self.pack, &self.sources, &workspace, Strategy::Planned, wanted);
        let seen = look(self, &workspace, &outcome);
        self.plans[file] = kept;
        seen
    }

    /// What is said when a file has another text.
    fn check(&mut self, file: usize, text: &str) -> Vec<Said> {
        self.run(file, text, Self::said)
    }

    fn said(&self, workspace: &Workspace, outcome: &Outcome) -> Vec<Said> {
        let place = |span: &Span| {
            let file = self.plans.iter().position(|p| p.0.source == span.source)?;
            Some((file, span.range().start, span.range().end))
        };
        let mut said: Vec<Said> = Vec::new();
        for v in &outcome.violations {
            let spans = std::iter::once(&v.span).chain(v.related.iter().map(|r| &r.0));
            said.push(Said {
                rule: code(&self.pack.rules[v.rule]).to_owned(),
                grave: v.severity >= Severity::Warning,
                places: spans.filter_map(place).collect(),
                message: v.message.ja.clone(),
            });
        }
        for fault in &workspace.faults {
            said.push(Said {
                rule: fault.code.to_string(),
                grave: fault.severity >= Severity::Warning,
                places: place(&fault.span).into_iter().collect(),
                message: String::new(),
            });
        }
        said
    }
}

fn plan(sources: &mut Sources, path: &str, text: &str) -> (Span, String) {
    let id = sources.add(Source::new(path, text));
    (Span::new(id, 0..text.len()), path.trim_end_matches(".plan").to_owned())
}

/// What became of the faults of a kind.
#[derive(Debug, Clone, Default)]
struct Tally {
    /// Of which the documents tell: all, found, found only among the information.
    told: usize,
    found: usize,
    hinted: usize,
    /// Of which they do not, by reason; and those found all the same.
    untold: BTreeMap<&'static str, usize>,
    luck: usize,
    /// New findings, and those that name something else.
    said: usize,
    wrong: usize,
    /// What was missed and what was said wrongly, for people.
    notes: Vec<String>,
}

impl Tally {
    fn add(&mut self, other: Self) {
        self.told += other.told;
        self.found += other.found;
        self.hinted += other.hinted;
        self.luck += other.luck;
        self.said += other.said;
        self.wrong += other.wrong;
        self.notes.extend(other.notes);
        for (why, n) in other.untold {
            *self.untold.entry(why).or_default() += n;
        }
    }
}

/// What is new after a fault was injected: each thing said, and whether it names what has to do with the fault.
fn news(program: &mut Program, book: &Book, known: &[Said], fault: &Fault) -> Vec<(Said, bool)> {
    let edit = &fault.edit;
    let said = program.check(edit.file, &edit.text(&book.texts[edit.file].1));
    let back = |file: usize, offset: usize| if file == edit.file { edit.before(offset) } else { Some(offset) };
    let mut old: Vec<(&str, usize, Option<usize>)> =
        known.iter().filter_map(|k| k.places.first().map(|p| (k.rule.as_str(), p.0, Some(p.1)))).collect();
    let mut out = Vec::new();
    for one in said {
        let Some(place) = one.places.first() else { continue };
        let key = (one.rule.as_str(), place.0, back(place.0, place.1));
        if let Some(at) = old.iter().position(|o| *o == key) {
            old.swap_remove(at);
            continue;
        }
        let right = one.places.iter().any(|(file, start, end)| {
            let offsets = [back(*file, *start), back(*file, end.saturating_sub(1).max(*start))];
            offsets.iter().any(|offset| match offset {
                None => true,
                Some(offset) => fault.lines.contains(&(*file, book.line(*file, *offset))),
            })
        });
        out.push((one, right));
    }
    out
}

/// Whether an edit changes one of some places, each a file and a stretch of its text.
fn touches(edit: &ways::Edit, places: &[(usize, usize, usize)]) -> bool {
    let mut at = 0;
    edit.pieces.iter().any(|p| match p {
        ways::Piece::Kept(range) => {
            let gap = at..range.start;
            at = range.end;
            places.iter().any(|n| n.0 == edit.file && n.1 < gap.end && gap.start < n.2)
        }
        ways::Piece::New(_) => false,
    })
}

/// Every fault of some documents, or a sample of each kind: what became of them.
fn inject(texts: &Texts, most: usize, seed: u64, settled: bool) -> Vec<Tally> {
    let mut program = Program::new(texts);
    let book = program.book();
    let known = program.check(0, &texts[0].1);
    if settled {
        let grave: Vec<_> = known.iter().filter(|k| k.grave).collect();
        assert!(grave.is_empty(), "the plans are consistent: {grave:#?}");
    }
    // A place that a finding names is left alone: what is wrong there is known.
    let named: Vec<(usize, usize, usize)> = known.iter().filter(|k| k.grave).flat_map(|k| k.places.clone()).collect();
    let mut random = Random::new(seed);
    let mut out = Vec::new();
    for kind in 0..KINDS.len() {
        let mut faults = book.faults(kind, &mut random);
        faults.retain(|f| !touches(&f.edit, &named));
        let mut tally = Tally::default();
        while faults.len() > most {
            faults.swap_remove(random.below(faults.len()));
        }
        for fault in &faults {
            let news = news(&mut program, &book, &known, fault);
            let right = |grave: bool| news.iter().any(|(said, right)| *right && said.grave == grave);
            match fault.untold {
                None => {
                    tally.told += 1;
                    tally.found += usize::from(right(true));
                    tally.hinted += usize::from(!right(true) && right(false));
                    if !right(true) {
                        let hint = if right(false) { "only hinted" } else { "missed" };
                        tally.notes.push(format!("{hint}: {} | {}", fault.kind, fault.told));
                    }
                }
                Some(why) => {
                    *tally.untold.entry(why).or_default() += 1;
                    tally.luck += usize::from(right(true));
                    if why == tell::HARMLESS && right(true) {
                        tally.wrong += 1;
                        tally.notes.push(format!("wrong: {} | {} | {news:?}", fault.kind, fault.told));
                    }
                }
            }
            for (said, right) in news.iter().filter(|(said, _)| said.grave) {
                tally.said += 1;
                tally.wrong += usize::from(!right);
                if !right {
                    tally
                        .notes
                        .push(format!("wrong: {} | {} | {} {}", fault.kind, fault.told, said.rule, said.message));
                }
            }
        }
        out.push(tally);
    }
    out
}

/// The real documents.
fn specs() -> Texts {
    let mut all: Texts = std::fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("specs"))
        .expect("specs")
        .flatten()
        .map(|e| e.path())
        .filter(|p| p.extension().is_some_and(|e| e == "plan"))
        .map(|p| {
            let name = p.file_name().expect("a name").to_string_lossy().into_owned();
            (name, std::fs::read_to_string(&p).expect("UTF-8"))
        })
        .collect();
    all.sort();
    all
}

fn table(title: &str, tallies: &[Tally]) -> String {
    let mut out = format!(
        "**{title}**\n\n| 誤り / fault | 文書から決まる / decidable | 見つけた / found | 再現率 / recall | 決まらない / undecidable | 指摘 / findings | 的外れ / false | 適合率 / precision |\n| --- | --- | --- | --- | --- | --- | --- | --- |\n"
    );
    let percent =
        |a: usize, b: usize| if b == 0 { "–".to_owned() } else { format!("{:.1}%", 100.0 * a as f64 / b as f64) };
    let mut all = Tally::default();
    let line = |name: &str, t: &Tally| {
        let untold: usize = t.untold.values().sum();
        let recall = percent(t.found, t.told);
        let precision = percent(t.said - t.wrong.min(t.said), t.said);
        format!(
            "| {name} | {} | {} | {recall} | {untold} | {} | {} | {precision} |\n",
            t.told, t.found, t.said, t.wrong
        )
    };
    for (kind, tally) in KINDS.iter().zip(tallies) {
        out += &line(kind, tally);
        all.add(tally.clone());
    }
    out + &line("計 / all", &all)
}

#[test]
fn injected_faults_are_found_and_nothing_else_is_said() {
    let wanted = std::env::var("TOTSUGO_FAULTS").unwrap_or_default();
    let (real_most, made_most) = if wanted == "all" { (usize::MAX, usize::MAX) } else { (40, 12) };
    let real = std::thread::spawn(move || inject(&specs(), real_most, 1, false));
    let mut made = vec![Tally::default(); KINDS.len()];
    for seed in 1..=4 {
        for (all, one) in made.iter_mut().zip(inject(&plans::plans(seed), made_most, seed, true)) {
            all.add(one);
        }
    }
    let real = real.join().expect("it ends");
    let mut text =
        table("作った計画 / generated plans", &made) + "\n" + &table("実在の文書 / the real documents", &real);
    let mut why: BTreeMap<&str, usize> = BTreeMap::new();
    made.iter().chain(&real).flat_map(|t| &t.untold).for_each(|(reason, n)| *why.entry(reason).or_default() += n);
    text += "\n**文書からは決まらないもの / what the documents do not tell**\n\n| なぜ / why | 件数 / faults |\n| --- | --- |\n";
    why.iter().for_each(|(reason, n)| text += &format!("| {reason} | {n} |\n"));
    let missed = made.iter().chain(&real).flat_map(|t| &t.notes).filter(|n| !n.starts_with("wrong"));
    let missed: Vec<String> = missed.map(|note| format!("- {note}\n")).collect();
    if !missed.is_empty() {
        text += &format!("\n**見逃し / decidable, and not found**\n\n{}", missed.concat());
    }
    println!("{text}");
    made.iter().chain(&real).flat_map(|t| &t.notes).for_each(|note| println!("{note}"));
    if wanted == "all" {
        return;
    }
    documented(BEGIN, &text);
}

const BEGIN: &str = "<!-- faults: made by TOTSUGO_FAULTS=write cargo test --test it injected -->\n";
const END: &str = "<!-- end -->";

/// Holds docs/trust.md to what was measured; with `TOTSUGO_FAULTS=write` it is written there.
fn documented(begin: &str, text: &str) {
    static WRITING: std::sync::Mutex<()> = std::sync::Mutex::new(());
    let _alone = WRITING.lock();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/trust.md");
    let kept = std::fs::read_to_string(&path).expect("it is there");
    let (before, rest) = kept.split_once(begin).expect("where the table begins");
    let (shown, after) = rest.split_once(END).expect("where it ends");
    if std::env::var("TOTSUGO_FAULTS").is_ok_and(|wanted| wanted == "write") {
        std::fs::write(&path, format!("{before}{begin}{text}{END}{after}")).expect("it is written");
        return;
    }
    assert!(shown == text, "the table of docs/trust.md is no longer true; TOTSUGO_FAULTS=write writes it anew");
}
