//! One panel as a picture, in whole numbers of tenths of a pixel. Documents are told apart by the shapes of their points,
//! series by the dashes of their lines: nothing depends on a colour.
use maud::{Markup, html};
use std::collections::BTreeSet;

use super::super::lookup::Lookup;
use super::super::text;
use super::gather::{Kind, Line, Panel, Point};
use crate::text::normal::narrow;
use crate::value::{Exact, FiscalYear};

/// Documents that have a shape of their own; more begin again with the first.
pub const SHAPES: usize = 5;
/// Lines that are drawn; the table has all.
const MOST_LINES: usize = 12;
/// Years that are drawn one beside the other even if nothing is printed for some.
const MOST_YEARS: i16 = 12;
const LEFT: i64 = 180;
const RIGHT: i64 = 2_980;
const TOP: i64 = 320;
const BOTTOM: i64 = 1_140;
/// The sign that a scale does not begin at nought.
pub const BREAK: &str = "h2l3,-4l4,8l4,-8l3,4";
/// The least distance of two words below each other.
const APART: i64 = 130;

/// The scale of a panel.
pub struct Scale {
    years: Vec<Option<FiscalYear>>,
    low: Exact,
    high: Exact,
    /// Whether the scale does not begin at nought.
    cut: bool,
}

impl Scale {
    /// The scale that all points fit on; `None` if there is none.
    pub fn of(panel: &Panel) -> Option<Self> {
        let points = || panel.lines.iter().flat_map(|l| &l.points).filter(|p| p.value.is_some());
        let values = || points().filter_map(|p| p.value);
        let (least, high) = (values().min()?, values().max()?);
        let zero = Exact::from_int(0);
        let near = high.checked_sub(least)?.checked_mul(Exact::from_int(5))? < high && least > zero && least < high;
        let low = if near {
            // Where all values lie close together, what differs would not be seen from nought.
            least.checked_sub(high.checked_sub(least)?)?.max(zero)
        } else {
            least.min(zero)
        };
        let high = if low < high { high } else { low.checked_add(Exact::from_int(1))? };
        Some(Self { years: years(points().map(|p| p.year).collect()), low, high, cut: low > zero })
    }

    fn x(&self, year: Option<FiscalYear>) -> Option<i64> {
        let place = i64::try_from(self.years.iter().position(|y| *y == year)?).ok()?;
        match i64::try_from(self.years.len()).ok()? - 1 {
            0 => Some((LEFT + RIGHT) / 2),
            last => Some(LEFT + 120 + (RIGHT - LEFT - 240) * place / last),
        }
    }

    fn y(&self, value: Exact) -> Option<i64> {
        let share = value.checked_sub(self.low)?.checked_div(self.high.checked_sub(self.low)?)?;
        let tenths = share.checked_mul(Exact::from_int(i128::from(BOTTOM - TOP)))?.format_decimal(0);
        Some(BOTTOM - tenths.parse::<i64>().ok()?)
    }

    fn place(&self, point: &Point) -> Option<(i64, i64)> {
        Some((self.x(point.year)?, self.y(point.value?)?))
    }
}

/// All years from the first to the last, or only those with something.
fn years(found: BTreeSet<Option<FiscalYear>>) -> Vec<Option<FiscalYear>> {
    let dated: Vec<FiscalYear> = found.iter().filter_map(|y| *y).collect();
    match (dated.first(), dated.last()) {
        (Some(first), Some(last)) if last.0 - first.0 < MOST_YEARS => {
            let undated = found.contains(&None).then_some(None);
            undated.into_iter().chain((first.0..=last.0).map(|year| Some(FiscalYear(year)))).collect()
        }
        _ => found.into_iter().collect(),
    }
}

/// A length in pixels.
fn px(tenths: i64) -> String {
    if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, (tenths % 10).abs()) }
}

/// The class that gives a line its dashes and points.
pub fn class(document: usize, kind: Kind) -> String {
    let kind = match kind {
        Kind::Baseline => "base",
        Kind::Target => "target",
        Kind::Actual => "actual",
        Kind::Other => "other",
    };
    format!("d{} {kind}", document % SHAPES)
}

/// The picture.
pub fn picture(page: &Lookup<'_>, panel: &Panel, scale: &Scale, (title, description): (&str, &str)) -> Markup {
    let lines: Vec<&Line> = panel.lines.iter().take(MOST_LINES).collect();
    let points = || panel.lines.iter().flat_map(|l| &l.points);
    let mut rings: Vec<(i64, i64, bool)> = Vec::new();
    for point in points() {
        let own = !page.about(point.span).is_empty() || page.is_wrong(point.span);
        if own || !page.against(point.span).is_empty() {
            rings.extend(scale.place(point).map(|(x, y)| (x, y, own)));
        }
    }
    rings.sort_unstable();
    rings.dedup_by_key(|r| (r.0, r.1));
    let highest = points().filter(|p| p.value.is_some()).max_by_key(|p| p.value).map_or("", |p| p.printed.as_str());
    html! {
        svg.chart viewBox="0 0 316 134" role="img" {
            title { (title) }
            desc { (description) }
            @for y in [TOP, (TOP + BOTTOM) / 2] { path.grid d={ "M" (px(LEFT)) " " (px(y)) "H" (px(RIGHT)) } {} }
            path.axis d={ "M" (px(LEFT)) " " (px(BOTTOM)) @if scale.cut { (BREAK) } "H" (px(RIGHT)) } {}
            text.high x=(px(LEFT)) y=(px(TOP - 50)) { (short(highest, 16)) }
            @for year in &scale.years {
                @if let Some(x) = scale.x(*year) && shown(scale, *year) {
                    text.year x=(px(x)) y="128" { (self::year(page, *year)) }
                }
            }
            @for line in &lines {
                @let places = line.points.iter().filter_map(|p| scale.place(p));
                @let path: Vec<String> = places.map(|(x, y)| format!("{},{}", px(x), px(y))).collect();
                @match path.as_slice() {
                    [] => {}
                    [one] => { path class=(class(line.document, line.kind)) d={ "M" (one) "h0" } {} }
                    all => { polyline class=(class(line.document, line.kind)) points=(all.join(" ")) {} }
                }
            }
            @for (x, y, own) in &rings { circle.ring.own[*own] cx=(px(*x)) cy=(px(*y)) r="9" {} }
            @for word in words(scale, &lines, &rings) {
                @let (start, end) = (word.x < LEFT + 300, word.x > RIGHT - 300);
                text.value.target[word.kind == Kind::Target].start[start].end[end] x=(px(word.x)) y=(px(word.y)) {
                    (word.text)
                }
            }
        }
    }
}

/// Whether there is room for the name of a year: of many only every second, third … counted from the last.
fn shown(scale: &Scale, year: Option<FiscalYear>) -> bool {
    let step = scale.years.len().div_ceil(9).max(1);
    scale.years.iter().rev().position(|y| *y == year).is_some_and(|n| n % step == 0)
}

/// A year as it is written below a picture and above a table.
pub fn year(page: &Lookup<'_>, year: Option<FiscalYear>) -> String {
    year.map_or_else(|| page.say("page-no-year"), |year| year.to_string())
}

/// A printed figure in narrow digits, no longer than there is room for.
fn short(printed: &str, most: usize) -> String {
    text::plain(&text::cut(&printed.chars().map(narrow).collect::<String>(), most))
}

/// A figure in words by its point.
struct Word {
    x: i64,
    y: i64,
    text: String,
    kind: Kind,
}

/// The last target and the last actual, by their points and not upon each other.
fn words(scale: &Scale, lines: &[&Line], rings: &[(i64, i64, bool)]) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for kind in [Kind::Actual, Kind::Target] {
        let of_kind = lines.iter().filter(|l| l.kind == kind);
        let last = of_kind.flat_map(|l| &l.points).filter(|p| p.value.is_some()).max_by_key(|p| p.year);
        let Some((point, (x, y))) = last.and_then(|p| Some((p, scale.place(p)?))) else { continue };
        let away = if rings.iter().any(|r| (r.0, r.1) == (x, y)) { 130 } else { 90 };
        let (above, below) = (y - away, y + away + 80);
        let free = |at: i64| {
            let apart = |other: &Word| (other.x - x).abs() >= 900 || (other.y - at).abs() >= APART;
            // The scale has its own words above its left end.
            let scaled = at < TOP && x < LEFT + 900;
            at > 90 && at < BOTTOM - 20 && !scaled && out.iter().all(apart)
        };
        let Some(y) = [above, below].into_iter().find(|at| free(*at)) else { continue };
        out.push(Word { x, y, text: short(&point.printed, 14), kind });
    }
    out
}
