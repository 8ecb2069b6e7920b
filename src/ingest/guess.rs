//! What the columns of an unknown sheet seem to hold, by their headings.
use super::header::{Header, Heading};
use crate::syntax::yaml::{Node, Value, parse};
use crate::text::normal::normal;
use crate::text::{Source, SourceId};
use crate::value::FiscalYear;

/// Which heading usually holds what.
const HEADINGS: &str = include_str!("headings.yaml");

/// Rows from the top among which a header is looked for.
const DEEPEST: u32 = 60;

/// The most rows that a header has.
const TALLEST: u32 = 4;

/// Headings that say nothing without the one above (in their normal form).
const GENERAL: [&str; 7] = ["番号", "no", "名称", "名", "内容", "値", "課"];

/// What a heading may hold: relation, attribute, headings.
type Known = Vec<(String, String, Vec<String>)>;

/// One column that was recognised, or not.
#[derive(Debug, Clone)]
pub(super) struct Guess {
    pub(super) column: u32,
    pub(super) path: String,
    /// Relation and attribute.
    pub(super) holds: Option<(String, String)>,
}

/// What is proposed for a sheet.
#[derive(Debug)]
pub(super) struct Proposal {
    pub(super) sheet: String,
    pub(super) header: Header,
    pub(super) guesses: Vec<Guess>,
}

/// Series: their columns bear fiscal years.
pub(super) const SERIES: [&str; 2] = ["目標", "実績"];

pub(super) fn known() -> Known {
    let source = Source::new("headings.yaml", HEADINGS);
    let mut out = Known::new();
    let Some(Node { value: Value::List(items), .. }) = parse(SourceId::default(), &source, &mut Vec::new()) else {
        return out;
    };
    let of = |node: &Node| if let Value::Text(text) = &node.value { text.clone() } else { String::new() };
    for (relation, fields) in
        items.iter().filter_map(|i| if let Value::Map(m) = &i.value { Some(m) } else { None }).flatten()
    {
        let Value::Map(fields) = &fields.value else { continue };
        for (attribute, headings) in fields {
            if let Value::List(headings) = &headings.value {
                out.push((of(relation), of(attribute), headings.iter().map(of).collect()));
            }
        }
    }
    out
}

/// The header of a sheet: where most headings are known.
pub(super) fn look(source: &Source, known: &Known) -> Option<Proposal> {
    let grid = source.grid.as_ref()?;
    let end = grid.rows().min(DEEPEST);
    let mut best: Option<((usize, u32), Header, Vec<Guess>)> = None;
    for top in 0..end {
        for height in 1..=TALLEST.min(end - top) {
            let header = Header::read(SourceId::default(), source, top..top + height);
            let guesses = guess(&header, known);
            let found = guesses.iter().filter(|g| g.holds.is_some()).count();
            // A title above the header must not become its first row.
            let first_helps = header.columns.iter().any(|h| h.parts.len() > 1) || height == 1;
            let worth = (found, TALLEST - height);
            if found > 1 && first_helps && best.as_ref().is_none_or(|b| worth > b.0) {
                best = Some((worth, header, guesses));
            }
        }
    }
    let (_, header, guesses) = best?;
    Some(Proposal { sheet: grid.sheet.clone(), header, guesses })
}

fn guess(header: &Header, known: &Known) -> Vec<Guess> {
    let years = |h: &Heading| h.parts.iter().any(|p| FiscalYear::read(&p.0).is_ok());
    // A table of totals, or of money, is one whole: its columns are not those of a list of programs.
    let named = |relation: &str| {
        let all = known.iter().filter(|k| k.0 == relation);
        all.filter(|k| header.columns.iter().any(|h| rank(h, &k.2).is_some())).count()
    };
    let whole = ["集計行", "予算行"].into_iter().find(|r| named(r) >= if *r == "集計行" { 3 } else { 2 });
    let mut taken: Vec<(String, String)> = Vec::new();
    let mut out: Vec<Guess> = (0..)
        .zip(&header.columns)
        .filter(|(_, h)| !h.parts.is_empty())
        .map(|(column, h)| Guess { column, path: h.path(), holds: None })
        .collect();
    for (relation, attribute, headings) in known {
        let fits = match whole {
            Some(whole) => relation == whole,
            None => !matches!(relation.as_str(), "集計行" | "予算行"),
        };
        if !fits {
            continue;
        }
        let series = SERIES.contains(&attribute.as_str());
        let key = (relation.clone(), attribute.clone());
        let free = |g: &Guess| g.holds.is_none();
        let ranked: Vec<(usize, usize)> = out
            .iter()
            .enumerate()
            .filter(|(_, g)| free(g))
            .filter_map(|(n, g)| Some((n, rank(header.columns.get(g.column as usize)?, headings)?)))
            .collect();
        let Some(best) = ranked.iter().map(|r| r.1).min() else { continue };
        for (n, rank) in ranked {
            let Some(guess) = out.get_mut(n) else { continue };
            let year = header.columns.get(guess.column as usize).is_some_and(years);
            // Of a series all columns with a year; 担当 may be 部 and 課; else the one that fits best.
            let take = (series && year) || (attribute == "担当") || (rank == best && !taken.contains(&key));
            if take {
                guess.holds = Some(key.clone());
                taken.push(key.clone());
            }
        }
    }
    without_programs(&mut out);
    out
}

/// A sheet of indicators without programs: what was taken for that of a program is theirs.
fn without_programs(guesses: &mut [Guess]) {
    let holds = |g: &Guess, r: &str, a: &str| g.holds.as_ref().is_some_and(|h| h.0 == r && h.1 == a);
    let indicators = guesses.iter().any(|g| g.holds.as_ref().is_some_and(|h| h.0 == "指標"));
    if !indicators || guesses.iter().any(|g| holds(g, "事業", "名称")) {
        return;
    }
    let numbered = guesses.iter().any(|g| holds(g, "指標", "番号"));
    for guess in guesses {
        if let Some((relation, attribute)) = guess.holds.as_mut().filter(|h| h.0 == "事業") {
            match attribute.as_str() {
                "担当" => *relation = "指標".to_owned(),
                "番号" if !numbered => *relation = "指標".to_owned(),
                _ => guess.holds = None,
            }
        }
    }
}

/// How well a heading fits: the place of the first text in the list that names it.
fn rank(heading: &Heading, headings: &[String]) -> Option<usize> {
    let parts: Vec<String> =
        heading.parts.iter().filter(|p| FiscalYear::read(&p.0).is_err()).map(|p| normal(&p.0)).collect();
    let bare = |t: &str| t.split('(').next().unwrap_or("").to_owned();
    let whole = parts.join("/");
    // 番号 below 小分野 is no number of a program.
    let telling = |t: &str| parts.len() == 1 || !GENERAL.contains(&t);
    headings.iter().position(|h| {
        let wanted: String = h.split('/').map(normal).collect::<Vec<_>>().join("/");
        whole == wanted
            || bare(&whole) == wanted
            || (telling(&wanted) && parts.last().is_some_and(|p| *p == wanted || bare(p) == wanted))
    })
}
