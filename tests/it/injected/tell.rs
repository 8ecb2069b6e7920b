//! Whether the documents themselves tell that a figure is wrong: by the relations in which it stands, reckoned here anew.
use totsugo::value::Exact;

use super::book::{Book, Printed, quantity, unit, value};

/// Why nothing can tell.
pub const ALONE: &str = "ほかのどこにも印刷されていない数字 / a figure printed once, in no relation";
pub const SAME: &str = "状況も並びも変わらない実績 / an actual figure that leaves its status as it is";
pub const ROUNDED: &str = "丸めや「以上」「ほぼ」の幅の中 / within the rounding, or what 以上 and ほぼ leave open";
pub const NO_TOTAL: &str = "合計も図表もない / no total and no chart beside it";
pub const ORDER: &str = "行の順だけが違い、数は合う / the order of rows, all figures agree";
pub const CHOICE: &str = "主なものだけを載せる文書の行 / a row of a document that lists a choice";
pub const ONE_SERIES: &str = "ほかに年度を言う所のない系列 / a series whose years nothing else tells";
pub const SAME_NAME: &str = "同じ名称の行を指す / points to a row of the same name";
pub const FREE_NAME: &str = "ほかに載らない名称 / a name printed once";
pub const COUNTER: &str = "本文の数え方の語だけの違い / another counter in a text";
pub const AGAIN: &str = "再掲の行（なくても合計も番号も変わらない） / a re-listed row, which no count or number needs";
pub const HARMLESS: &str = "意味は変わらない / the meaning is the same";

/// Whether two printings can be of one figure.
fn agree(a: &str, b: &str) -> bool {
    let (Some(x), Some(y)) = (quantity(a), quantity(b)) else { return a == b };
    let (u, w) = (unit(a), unit(b));
    if !u.is_empty() && !w.is_empty() && u != w {
        return false;
    }
    x.value == y.value
}

fn int(n: i128) -> Exact {
    Exact::from_int(n)
}

fn sum(all: impl Iterator<Item = Option<Exact>>) -> Option<Exact> {
    all.collect::<Option<Vec<_>>>()?.into_iter().try_fold(Exact::ZERO, Exact::checked_add)
}

/// Whether a printed rate is what a ÷ b rounds to.
fn is_rate(printed: &str, a: Exact, b: Exact) -> bool {
    let Some(q) = quantity(printed) else { return b == Exact::ZERO };
    if b == Exact::ZERO {
        return false;
    }
    let rate = a.checked_mul(int(100)).and_then(|a| a.checked_div(b)).expect("small");
    let away = rate.checked_sub(q.value).expect("small").abs();
    away <= q.place.checked_div(int(2)).expect("small")
}

/// The words of a status that is awarded.
pub const STATUSES: [&str; 2] = ["達成", "一部達成"];

const TOTALS: [&str; 2] = ["合計", "計"];

impl Book {
    fn name_of(&self, figure: &Printed) -> &str {
        self.row(figure.row).map_or("", |r| r.name.as_str())
    }

    fn is_total(&self, figure: &Printed) -> bool {
        TOTALS.contains(&self.name_of(figure))
    }

    /// Whether a column has a total that its parts make, when one cell is printed otherwise.
    fn adds_up(&self, at: &Printed, new: &str) -> Option<bool> {
        let read = |f: &Printed| value(if f.row == at.row { new } else { &f.text });
        let total = self.column(at).find(|f| self.is_total(f))?;
        let parts = sum(self.column(at).filter(|f| !self.is_total(f)).map(read))?;
        Some(read(total)? == parts)
    }

    /// What is printed of the same figure elsewhere.
    pub fn elsewhere<'b>(&'b self, at: &'b Printed) -> impl Iterator<Item = &'b Printed> + 'b {
        self.figures.iter().filter(move |f| {
            let kin = f.row.relation == at.row.relation && f.column == at.column;
            let same = kin && f.row != at.row && f.group == at.group && f.year == at.year && f.part == at.part;
            same || (at.relation == "基準" && kin && f.row != at.row && f.group == at.group && f.part == at.part)
        })
    }

    /// The targets or actual figures of one indicator (all its printings) and part.
    fn series<'b>(&'b self, at: &'b Printed, relation: &'b str) -> impl Iterator<Item = &'b Printed> + 'b {
        self.figures.iter().filter(move |f| {
            let kin = f.owner.relation == at.owner.relation && f.group == at.group && f.part == at.part;
            f.relation == relation && f.column == "値" && kin && !f.relisted
        })
    }

    /// Whether the status of a year says what target and actual figure say; `None` where that cannot be told.
    fn status_right(&self, at: &Printed, new: &str) -> Option<bool> {
        let (_, year, said, ..) = self.statuses.iter().find(|s| s.0 == at.owner && s.1 == at.year)?;
        if !STATUSES.contains(&said.as_str()) {
            return None;
        }
        let of = |relation: &str| {
            let mut all: Vec<&Printed> = self
                .figures
                .iter()
                .filter(|f| f.owner == at.owner && f.year == *year && f.relation == relation && f.column == "値")
                .collect();
            all.sort_by_key(|f| f.part);
            all
        };
        let text = |f: &Printed| if f.row == at.row { new.to_owned() } else { f.text.clone() };
        let (targets, actuals) = (of("目標"), of("実績"));
        if targets.len() != actuals.len() || targets.is_empty() {
            return None;
        }
        let mut reached = true;
        for (target, actual) in targets.iter().zip(actuals) {
            let (target, actual) = (text(target), text(actual));
            if !unit(&target).is_empty() && !unit(&actual).is_empty() && unit(&target) != unit(&actual) {
                return None;
            }
            let (t, a) = (value(&target)?, value(&actual)?);
            reached &= if self.down.contains(&at.owner) { a <= t } else { a >= t };
        }
        Some((said == "達成") == reached)
    }

    /// Why the documents do not tell that a figure is wrong when it is printed as `new`; `None` if they do.
    pub fn untold(&self, at: &Printed, new: &str) -> Option<&'static str> {
        // A number that is none: 1,00件.
        if totsugo::value::Figure::read(new).is_err() {
            return None;
        }
        if agree(&at.text, new) && unit(&at.text) == unit(new) {
            return Some(HARMLESS);
        }
        let tells = |wrong: bool, otherwise| if wrong { None } else { Some(otherwise) };
        match (at.relation.as_str(), at.column.as_str()) {
            ("集計行", "達成率") => {
                let (Some(a), Some(b)) = (self.beside(at, "達成"), self.beside(at, "KPI設定")) else {
                    return Some(ALONE);
                };
                let (Some(a), Some(b)) = (value(&a.text), value(&b.text)) else { return Some(ALONE) };
                tells(unit(new) != "%" || !is_rate(new, a, b), ROUNDED)
            }
            ("集計行", _) => {
                let wrong = unit(new) != "事業" || self.adds_up(at, new) == Some(false);
                tells(wrong || self.chart_says(at, new), NO_TOTAL)
            }
            ("図表行", "割合") => {
                let whole = self.column_of(at, "件数", "KPI設定");
                let (Some(own), Some(whole)) = (self.beside(at, "件数"), whole) else { return Some(ALONE) };
                let (Some(a), Some(b)) = (value(&own.text), value(&whole.text)) else { return Some(ALONE) };
                tells(unit(new) != "%" || !is_rate(new, a, b), ROUNDED)
            }
            ("図表行", _) => {
                // It is printed in the table of the same year, or is a part of the whole.
                let parts = self.column(at).any(|f| self.name_of(f) == "一部達成") && self.name_of(at) != "事業数";
                let table = self.figures.iter().any(|f| {
                    f.relation == "集計行" && f.document == at.document && f.year == at.year && self.is_total(f)
                });
                tells(unit(new) == unit(&at.text) && (parts || table) || unit(new) != unit(&at.text) && table, NO_TOTAL)
            }
            ("予算行", _) => tells(!unit(new).ends_with('円') || self.adds_up(at, new) == Some(false), NO_TOTAL),
            ("目標" | "実績" | "基準", "値") => self.untold_of_series(at, new),
            ("本文", _) => {
                if value(new) == value(&at.text) {
                    return Some(COUNTER);
                }
                // 71.5%以上 and ほぼ100% leave room.
                if quantity(new).is_some_and(|q| q.qualifier != totsugo::value::Qualifier::None) {
                    return Some(ROUNDED);
                }
                let near = |f: &&Printed| {
                    let above = self.row(f.owner).and_then(|r| r.parent);
                    let here = f.owner == at.owner && unit(&f.text) == unit(&at.text) || above == Some(at.owner);
                    here && f.column == "値" && f.year == at.year && f.part == at.part
                };
                // The text of an indicator may speak of the actual figure instead.
                let targets: Vec<&Printed> =
                    self.figures.iter().filter(|f| f.relation == "目標").filter(near).collect();
                let mut actuals =
                    self.figures.iter().filter(|f| f.relation == "実績" && f.owner == at.owner).filter(near);
                let spoken = actuals.any(|f| value(&f.text) == value(new));
                tells(!spoken && targets.iter().any(|t| value(&t.text) != value(new)), ALONE)
            }
            _ => Some(ALONE),
        }
    }

    fn column_of(&self, at: &Printed, column: &str, name: &str) -> Option<&Printed> {
        self.figures.iter().find(|f| f.owner == at.owner && f.column == column && self.name_of(f) == name)
    }

    /// Whether a chart shows another count than the total of a table, if it is printed as `new`.
    fn chart_says(&self, at: &Printed, new: &str) -> bool {
        self.is_total(at)
            && self.figures.iter().any(|f| {
                let chart = f.relation == "図表行" && f.document == at.document && f.year == at.year;
                chart && self.name_of(f) == at.column && f.text == at.text && value(&f.text) != value(new)
            })
    }

    fn untold_of_series(&self, at: &Printed, new: &str) -> Option<&'static str> {
        if self.elsewhere(at).any(|f| agree(&f.text, &at.text) && !agree(&f.text, new)) {
            return None;
        }
        // The heading of a KGI, and the text beside an indicator, print it too.
        let name = self.row(at.owner).map_or("", |r| r.name.as_str());
        let program = self.row(at.owner).and_then(|r| r.parent);
        let quoted = self.figures.iter().any(|f| {
            let owner = self.row(f.owner);
            let heading = owner.is_some_and(|r| r.name == name && r.relation != "指標");
            let text = f.relation == "本文" && (f.owner == at.owner || Some(f.owner) == program);
            let same = f.year == at.year && f.part == at.part && f.row != at.row;
            at.relation == "目標"
                && same
                && (heading || text && unit(&f.text) == unit(&at.text))
                && !agree(&f.text, new)
        });
        if quoted || self.status_right(at, new) == Some(false) {
            return None;
        }
        // Another unit than that of the other figures of the same indicator.
        let family = self.figures.iter().filter(|f| {
            f.owner == at.owner
                && f.row != at.row
                && f.part == at.part
                && ["目標", "実績", "基準"].contains(&f.relation.as_str())
        });
        let strange = |f: &Printed| !unit(&f.text).is_empty() && !unit(new).is_empty() && unit(&f.text) != unit(new);
        let before = |f: &Printed| unit(&f.text) != unit(&at.text);
        let family: Vec<&Printed> = family.collect();
        if unit(new) != unit(&at.text) {
            return if family.iter().any(|f| strange(f) && !before(f)) { None } else { Some(ALONE) };
        }
        if at.relation == "目標" {
            // Targets that turn back.
            let down = self.down.contains(&at.owner);
            let ordered = |texts: &dyn Fn(&Printed) -> String| {
                let mut all: Vec<(Option<i32>, Exact)> =
                    self.series(at, "目標").filter_map(|f| Some((f.year, value(&texts(f))?))).collect();
                all.sort_by_key(|p| p.0);
                all.windows(2).all(|w| w[0].0 == w[1].0 || if down { w[0].1 >= w[1].1 } else { w[0].1 <= w[1].1 })
            };
            let now = |f: &Printed| if f.row == at.row { new.to_owned() } else { f.text.clone() };
            if ordered(&|f: &Printed| f.text.clone()) && !ordered(&now) {
                return None;
            }
        }
        Some(if at.relation == "実績" { SAME } else { ALONE })
    }
}
