//! The faults that people make, one at a time.
use std::ops::Range;

use super::super::random::Random;
use super::book::{Book, Printed, Row, quantity, unit, value};
use super::tell;
use super::ways::Edit;

/// A fault: what was done, whether the documents tell of it, and the places that have to do with it.
#[derive(Debug, Clone)]
pub struct Fault {
    pub kind: &'static str,
    pub edit: Edit,
    /// Why nothing can tell; `None` if the documents do.
    pub untold: Option<&'static str>,
    /// What was done, for people.
    pub told: String,
    /// Lines that share a relation with what was changed: file and line, in the text before.
    pub lines: Vec<(usize, usize)>,
}

/// The kinds, in the order of the table.
pub const KINDS: [&str; 15] = [
    "数字一つの違い / a digit changed",
    "数字の入れ替え / two digits transposed",
    "数字の脱落 / a digit dropped",
    "位の違い / a scale (千・万・百万)",
    "単位の違い / a unit",
    "再掲の番号 / a 再掲 number",
    "行の削除 / a row deleted",
    "行の重複 / a row duplicated",
    "行の移動 / a row moved",
    "合計の直し忘れ / a total not updated",
    "状況の直し忘れ / a status not updated",
    "年度の列ずれ / a year column shifted",
    "指標名の書き換え / a renamed indicator",
    "番号の違い / a number of a row",
    "書き方だけの違い / the same in another writing",
];

fn digits(text: &str) -> Vec<(usize, char)> {
    let narrow = |c: char| match u32::from(c) {
        n @ 0xff10..=0xff19 => char::from_u32(n - 0xff10 + 0x30).expect("a digit"),
        _ => c,
    };
    text.char_indices().filter(|(_, c)| narrow(*c).is_ascii_digit()).collect()
}

/// Another digit of the same width.
fn turned(c: char, by: u32) -> char {
    let zero = if c.is_ascii() { 0x30 } else { 0xff10 };
    char::from_u32(zero + (u32::from(c) - zero + by) % 10).expect("a digit")
}

fn put(text: &str, at: usize, old: char, new: &str) -> String {
    format!("{}{new}{}", &text[..at], &text[at + old.len_utf8()..])
}

/// A digit changed, two transposed, one dropped; `None` where that cannot be.
fn slip(text: &str, kind: usize, random: &mut Random) -> Option<String> {
    let all = digits(text);
    let first = all.first()?.1;
    let zero = |c: char| c == '0' || c == '０';
    let new = match kind {
        0 => {
            let (at, c) = all[random.below(all.len())];
            put(text, at, c, &turned(c, 1 + u32::try_from(random.below(9)).expect("small")).to_string())
        }
        1 => {
            let pairs: Vec<_> =
                all.windows(2).filter(|w| w[0].1 != w[1].1 && w[0].0 + w[0].1.len_utf8() == w[1].0).collect();
            let pair = pairs.get(random.below(pairs.len()))?;
            let once = put(text, pair[1].0, pair[1].1, &pair[0].1.to_string());
            put(&once, pair[0].0, pair[0].1, &pair[1].1.to_string())
        }
        _ => {
            let (at, c) = all[random.below(all.len())];
            if all.len() < 2 {
                return None;
            }
            put(text, at, c, "")
        }
    };
    let after = digits(&new);
    let leads = after.len() > 1 && zero(after.first()?.1) && !zero(first) && !new.contains('.');
    (!leads && new != text && !new.ends_with('.') && !new.starts_with(['.', ',', '，'])).then_some(new)
}

/// Another scale: 万 for 百万, 百万 for 万, none for 千, and 万 where there is none.
fn scaled(text: &str) -> Option<String> {
    if unit(text) == "%" || text.starts_with("判") {
        return None;
    }
    for (old, new) in [("百万", "万"), ("万", "百万"), ("千円", "百万円"), ("千", "万")] {
        if text.contains(old) {
            return Some(text.replacen(old, new, 1));
        }
    }
    let (at, c) = *digits(text).last()?;
    value(text).filter(|v| *v != totsugo::value::Exact::ZERO)?;
    Some(put(text, at, c, &format!("{c}万")))
}

fn other_unit(text: &str) -> Option<String> {
    let q = quantity(text)?;
    if q.unit.is_empty() {
        return None;
    }
    let new = match q.unit {
        "件" => "人",
        "千円" | "円" => "人",
        _ => "件",
    };
    let at = text.rfind(q.unit)?;
    Some(format!("{}{new}{}", &text[..at], &text[at + q.unit.len()..]))
}

impl Book {
    fn fault(&self, kind: usize, edit: Edit, untold: Option<&'static str>, rows: &[&Row], told: String) -> Fault {
        let mut lines: Vec<(usize, usize)> = Vec::new();
        for row in rows {
            lines.extend(self.kin(row));
        }
        lines.sort_unstable();
        lines.dedup();
        Fault { kind: KINDS[kind], edit, untold, told, lines }
    }

    /// The lines of what hangs together with a row: what stands in it and above it, its table and the chart beside, what it
    /// names and what names it, all printings of the same indicator, the numbers before and after its own.
    fn kin(&self, row: &Row) -> Vec<(usize, usize)> {
        let tables = |r: &Row| ["集計行", "図表行", "予算行", "集計", "図表", "予算"].contains(&r.relation.as_str());
        let above = |r: &Row| r.parent.and_then(|p| self.row(p));
        // The indicator of a value; the row itself otherwise.
        let value = !tables(row) && !["指標", "事業"].contains(&row.relation.as_str());
        let thing = above(row).filter(|_| value).unwrap_or(row);
        let program = above(thing).filter(|p| p.relation == "事業").unwrap_or(thing);
        let children: Vec<&Row> = self.rows.iter().filter(|r| r.parent == Some(thing.row)).collect();
        let mut out = Vec::new();
        for other in &self.rows {
            let same_table = other.parent.is_some() && other.parent == row.parent && tables(other);
            let beside = tables(row) && tables(other) && other.document == row.document;
            let counted = !tables(row) && tables(other) && other.document == row.document;
            let class = |r: &Row| r.relation == thing.relation && r.group == thing.group;
            let printing = class(other) || above(other).is_some_and(class);
            let beside_of = |r: &Row| {
                let kin = other.relation == r.relation && other.document == r.document;
                kin && other.number.zip(r.number).is_some_and(|(a, b)| (a - b).abs() <= 1)
            };
            let near = beside_of(thing) || children.iter().any(|r| beside_of(r));
            let inside = |r: &Row| r.row == program.row || r.row == thing.row || r.row == row.row;
            let within = inside(other) || above(other).is_some_and(|p| inside(p) || above(p).is_some_and(inside));
            let named = other.names.contains(&thing.row)
                || thing.names.contains(&other.row)
                || other.names.contains(&program.row)
                || program.names.contains(&other.row)
                || above(other).is_some_and(|p| p.names.contains(&program.row) || p.names.contains(&thing.row));
            let called = !thing.name.is_empty() && other.name == thing.name;
            let heading = called || above(other).is_some_and(|p| !thing.name.is_empty() && p.name == thing.name);
            if same_table || beside || counted || printing || near || within || named || heading {
                let first = self.line(other.file, other.head.start);
                out.push((other.file, first));
                // The attributes of the row itself, and of one that names it or is named.
                if (named || inside(other)) && ["事業", "指標"].contains(&other.relation.as_str()) {
                    let end = self.block(other.file, other.head.start).end;
                    out.extend((first..self.line(other.file, end)).map(|line| (other.file, line)));
                }
            }
        }
        out
    }

    fn figure_fault(&self, kind: usize, at: &Printed, new: String) -> Option<Fault> {
        let row = self.row(at.row)?;
        let untold = self.untold(at, &new);
        if untold == Some(tell::HARMLESS) && kind != 14 {
            return None;
        }
        let told = format!("{}.{} {} -> {new}", at.relation, at.column, at.text);
        let text = &self.texts[at.file].1;
        let edit = Edit::replace(text, at.file, &[(at.range.clone(), new)]);
        Some(self.fault(kind, edit, untold, &[row], told))
    }

    /// All faults of a kind, one for each place.
    pub fn faults(&self, kind: usize, random: &mut Random) -> Vec<Fault> {
        match kind {
            0..=2 => self.each_figure(kind, &mut |text| slip(text, kind, random)),
            3 => self.each_figure(kind, &mut scaled),
            4 => self.each_figure(kind, &mut other_unit),
            5 => self.relistings(random),
            6..=8 => self.rows_and_blocks(kind, random),
            9 => self.totals(),
            10 => self.statuses(),
            11 => self.shifts(),
            12 => self.names(random),
            13 => self.numbers(),
            _ => self.writings(),
        }
    }

    fn each_figure(&self, kind: usize, change: &mut dyn FnMut(&str) -> Option<String>) -> Vec<Fault> {
        let all = self.figures.iter().filter(|f| f.column != "変更前");
        all.filter_map(|f| self.figure_fault(kind, f, change(&f.text)?)).collect()
    }

    /// `再掲 事業 No10`: another number.
    fn relistings(&self, random: &mut Random) -> Vec<Fault> {
        let mut out = Vec::new();
        for row in self.rows.iter().filter(|r| r.relisted) {
            let text = &self.texts[row.file].1;
            let block = self.block(row.file, row.head.start);
            let Some(no) = text[block.clone()].lines().next().and_then(|l| l.find("No")).map(|n| block.start + n + 2)
            else {
                continue;
            };
            let end = text[no..].find(|c: char| !c.is_ascii_digit()).map_or(text.len(), |n| no + n);
            let Ok(old) = text[no..end].parse::<i64>() else { continue };
            let new = match random.below(3) {
                0 => old + 1,
                1 if old > 1 => old - 1,
                _ => old + 90,
            };
            let target = self.rows.iter().find(|r| {
                r.relation == row.relation && r.document == row.document && r.number == Some(new) && !r.relisted
            });
            let untold = target.filter(|t| t.name == row.name).map(|_| tell::SAME_NAME);
            let mut rows = vec![row];
            rows.extend(target);
            let told = format!("再掲 No{old} -> No{new} {}", row.name);
            let edit = Edit::replace(text, row.file, &[(no..end, new.to_string())]);
            out.push(self.fault(5, edit, untold, &rows, told));
        }
        out
    }

    /// Rows of tables, and the blocks of programs and indicators: deleted, duplicated, moved.
    fn rows_and_blocks(&self, kind: usize, random: &mut Random) -> Vec<Fault> {
        let mut out = Vec::new();
        for row in &self.rows {
            let table = ["集計行", "図表行", "予算行"].contains(&row.relation.as_str());
            if !table && !["事業", "指標"].contains(&row.relation.as_str()) {
                continue;
            }
            let text = &self.texts[row.file].1;
            let part = self.block(row.file, row.head.start);
            let peers: Vec<&Row> =
                self.rows.iter().filter(|r| r.relation == row.relation && r.parent == row.parent).collect();
            let whole = self.whole.contains(&row.document);
            let (edit, untold, goal) = match kind {
                6 => (Edit::replace(text, row.file, &[(part, String::new())]), self.untold_deletion(row, whole), None),
                7 => {
                    let copy = text[part.clone()].to_owned();
                    (Edit::replace(text, row.file, &[(part.end..part.end, copy)]), None, None)
                }
                _ if table => {
                    let at = peers.iter().position(|r| r.row == row.row).unwrap_or(0);
                    let Some(goal) = peers.get((at + 1 + random.below(peers.len().max(2) - 1)) % peers.len()) else {
                        continue;
                    };
                    let to = self.block(goal.file, goal.head.start);
                    if to == part {
                        continue;
                    }
                    let to = if to.start > part.start { to.end } else { to.start };
                    (Edit::carry(text, row.file, part, to), Some(tell::ORDER), Some(*goal))
                }
                _ => {
                    // To another program or item of the document.
                    let others: Vec<&Row> = self
                        .rows
                        .iter()
                        .filter(|r| {
                            r.relation == row.relation && r.file == row.file && r.parent != row.parent && !r.relisted
                        })
                        .filter(|r| !part.contains(&r.head.start))
                        .collect();
                    let Some(goal) = others.get(random.below(others.len())) else { continue };
                    let to = self.block(goal.file, goal.head.start).start;
                    // Numbers run through the document, whatever stands between.
                    let ordered = goal.number.zip(row.number).is_none_or(|(goal, own)| goal == own + 1);
                    let untold = if whole && !ordered { None } else { Some(tell::ORDER) };
                    let edit = Edit::carry(text, row.file, part, to);
                    (edit, untold, Some(*goal))
                }
            };
            let mut rows = vec![row];
            rows.extend(goal);
            let told = format!("{} {} {:?} {}", KINDS[kind], row.relation, row.number, row.name);
            out.push(self.fault(kind, edit, untold, &rows, told));
        }
        out
    }

    fn untold_deletion(&self, row: &Row, whole: bool) -> Option<&'static str> {
        let figures: Vec<&Printed> = self.figures.iter().filter(|f| f.row == row.row).collect();
        let zero = |f: &&Printed| value(&f.text) == Some(totsugo::value::Exact::ZERO);
        let is_total = ["合計", "計"].contains(&row.name.as_str());
        let total = figures.iter().any(|f| self.column(f).any(|o| self.row(o.row).is_some_and(|r| r.name == "合計")));
        match row.relation.as_str() {
            "集計行" | "予算行" if is_total => Some(tell::NO_TOTAL),
            "集計行" | "予算行" => {
                if total && !figures.iter().all(zero) {
                    None
                } else {
                    Some(tell::NO_TOTAL)
                }
            }
            "図表行" => {
                let part = matches!(row.name.as_str(), "達成" | "一部達成") && !figures.is_empty();
                if part { None } else { Some(tell::NO_TOTAL) }
            }
            _ => {
                let named = self.rows.iter().any(|r| r.relation != "集計行" && r.names.contains(&row.row));
                let higher = |r: &Row| r.relation == row.relation && r.document == row.document && !r.relisted;
                // Numbers begin anew in every CSF.
                let csf = row.parent.filter(|p| self.row(*p).is_some_and(|r| r.relation == "CSF"));
                let beyond = |r: &Row| higher(r) && r.number > row.number && (csf.is_none() || r.parent == csf);
                let last = !self.rows.iter().any(beyond);
                if row.relisted {
                    Some(tell::AGAIN)
                } else if named || (whole && row.number.is_some() && !row.relisted && !last) {
                    None
                } else if whole && !row.relisted {
                    Some(tell::ALONE)
                } else {
                    Some(if whole { tell::ALONE } else { tell::CHOICE })
                }
            }
        }
    }

    /// A part of a table is brought up to date, and the rate beside it, but not the total.
    fn totals(&self) -> Vec<Fault> {
        let mut out = Vec::new();
        for f in &self.figures {
            let counts = f.relation == "集計行" && f.column != "達成率" || f.relation == "予算行";
            let row = self.row(f.row);
            let (true, Some(row)) = (counts, row) else { continue };
            let total = self.column(f).any(|o| self.row(o.row).is_some_and(|r| r.name == "合計"));
            if row.name == "合計" || !total {
                continue;
            }
            let Some(old) = value(&f.text).map(|v| v.to_string()).and_then(|t| t.parse::<i64>().ok()) else { continue };
            let Some(first) = digits(&f.text).first().map(|d| d.0) else { continue };
            let last = digits(&f.text).last().map_or(first, |(at, c)| at + c.len_utf8());
            let printed = quantity(&f.text).map_or(1, |q| if q.scaled { 1000 } else { 1 });
            let new = format!("{}{}{}", &f.text[..first], old / printed + 1, &f.text[last..]);
            let mut changes = vec![(f.range.clone(), new.clone())];
            // The rate follows.
            let count = |column: &str| {
                let cell =
                    if column == f.column { Some(new.clone()) } else { self.beside(f, column).map(|c| c.text.clone()) };
                cell.and_then(|t| value(&t)).and_then(|v| v.to_string().parse::<i64>().ok())
            };
            if f.column != "事業数"
                && let (Some(a), Some(b), Some(rate)) = (count("達成"), count("KPI設定"), self.beside(f, "達成率"))
            {
                if a > b || b == 0 {
                    continue;
                }
                changes.push((rate.range.clone(), format!("{}%", (200 * a + b) / (2 * b))));
            }
            changes.sort_by_key(|c| c.0.start);
            let edit = Edit::replace(&self.texts[f.file].1, f.file, &changes);
            out.push(self.fault(9, edit, None, &[row], format!("{} {} -> {new}", f.column, f.text)));
        }
        out
    }

    /// An actual figure that is now on the other side of its target; the status stays.
    fn statuses(&self) -> Vec<Fault> {
        let mut out = Vec::new();
        for (owner, year, said, ..) in &self.statuses {
            let of = |relation: &str| {
                let mut all = self
                    .figures
                    .iter()
                    .filter(|f| f.owner == *owner && f.year == *year && f.relation == relation && f.column == "値");
                all.next().filter(|f| f.part == 0)
            };
            let (Some(target), Some(actual)) = (of("目標"), of("実績")) else { continue };
            let Some(goal) = value(&target.text) else { continue };
            let (Some(first), Some(last)) =
                (digits(&target.text).first().copied(), digits(&target.text).last().copied())
            else {
                continue;
            };
            let up = (said == "達成") == self.down.contains(owner);
            let Some(place) = quantity(&target.text).map(|q| q.place) else { continue };
            let new = if up { goal.checked_add(place) } else { goal.checked_sub(place) }.expect("small");
            if new < totsugo::value::Exact::ZERO || !matches!(said.as_str(), "達成" | "一部達成") {
                continue;
            }
            // As the target is printed, with the other number in it.
            let places = target.text.split_once('.').map_or(0, |(_, t)| digits(t).len());
            let scale = quantity(&target.text).and_then(|q| {
                if q.scaled {
                    q.place
                        .checked_mul(totsugo::value::Exact::from_int(10_i128.pow(u32::try_from(places).expect("few"))))
                } else {
                    None
                }
            });
            let number = match scale {
                Some(by) => new.checked_div(by).expect("small").format_fixed(places),
                None => new.format_fixed(places),
            };
            let text = format!("{}{number}{}", &target.text[..first.0], &target.text[last.0 + last.1.len_utf8()..]);
            let text = text.split(['(', '（']).next().unwrap_or("").to_owned();
            let Some(row) = self.row(actual.row) else { continue };
            let edit = Edit::replace(&self.texts[actual.file].1, actual.file, &[(actual.range.clone(), text.clone())]);
            out.push(self.fault(10, edit, None, &[row], format!("{} -> {text}、状況 {said}", actual.text)));
        }
        out
    }

    /// The years of a statement, all one later.
    fn shifts(&self) -> Vec<Fault> {
        let mut out = Vec::new();
        let mut seen: Vec<(usize, usize)> = Vec::new();
        for f in self.figures.iter().filter(|f| ["目標", "実績"].contains(&f.relation.as_str()) && f.year.is_some())
        {
            let text = &self.texts[f.file].1;
            let line = text[..f.range.start].rfind('\n').map_or(0, |n| n + 1);
            if seen.contains(&(f.file, line)) {
                continue;
            }
            seen.push((f.file, line));
            let end = text[line..].find('\n').map_or(text.len(), |n| line + n);
            let mut changes: Vec<(Range<usize>, String)> = Vec::new();
            let mut at = line;
            while let Some(n) = text[at..end].find(": ") {
                let year = text[line..at + n].rfind('R').map_or(at + n, |y| line + y + 1);
                let Ok(old) = text[year..at + n].parse::<u32>() else { break };
                changes.push((year..at + n, (old + 1).to_string()));
                at += n + 2;
            }
            let own: Vec<&Printed> = self
                .figures
                .iter()
                .filter(|o| o.file == f.file && (line..end).contains(&o.range.start) && o.column == "値")
                .collect();
            if changes.len() < own.len() || changes.is_empty() {
                continue;
            }
            // Told by another printing of the year that a figure is now said to be of, or by a status without its figures.
            let later = |o: &Printed| Printed { year: o.year.map(|y| y + 1), ..o.clone() };
            let against = own.iter().any(|o| {
                let moved = later(o);
                self.elsewhere(&moved)
                    .any(|p| p.owner != o.owner && unit(&p.text) == unit(&o.text) && value(&p.text) != value(&o.text))
            });
            let years: Vec<Option<i32>> = own.iter().map(|o| o.year.map(|y| y + 1)).collect();
            let paired =
                own.iter().any(|o| self.elsewhere(o).any(|p| p.document == o.document && p.relisted != o.relisted));
            let orphan = self.statuses.iter().any(|s| {
                let was = own.iter().any(|o| o.year == s.1);
                s.0 == f.owner && was && !years.contains(&s.1) && tell::STATUSES.contains(&s.2.as_str())
            });
            let flipped = own.iter().any(|o| {
                let moved = later(o);
                self.statuses
                    .iter()
                    .any(|s| s.0 == o.owner && s.1 == moved.year && tell::STATUSES.contains(&s.2.as_str()))
                    && self.flips(&moved)
            });
            let untold = if against || paired || orphan || flipped { None } else { Some(tell::ONE_SERIES) };
            let Some(row) = self.row(f.row) else { continue };
            let edit = Edit::replace(text, f.file, &changes);
            out.push(self.fault(11, edit, untold, &[row], text[line..end].trim().to_owned()));
        }
        out
    }

    fn flips(&self, moved: &Printed) -> bool {
        let other = self.figures.iter().find(|f| {
            f.owner == moved.owner
                && f.year == moved.year
                && f.relation == moved.relation
                && f.part == moved.part
                && f.column == "値"
        });
        let Some(other) = other else { return false };
        self.untold(other, &moved.text).is_none()
    }

    /// A letter of the name of an indicator lost.
    fn names(&self, random: &mut Random) -> Vec<Fault> {
        let mut out = Vec::new();
        for row in self.rows.iter().filter(|r| r.relation == "指標" && r.name.chars().count() > 3) {
            let text = &self.texts[row.file].1;
            let block = self.block(row.file, row.head.start);
            let Some(at) = text[block.clone()].find(row.name.as_str()).map(|n| block.start + n) else { continue };
            let letters: Vec<(usize, char)> = row.name.char_indices().filter(|(_, c)| c.is_alphabetic()).collect();
            let (offset, letter) = letters[random.below(letters.len())];
            // What names it, a heading, or another edition with the same figure for the same year.
            let kin = self.rows.iter().any(|r| {
                let names = r.row != row.row && r.names.contains(&row.row);
                names || r.relation == "KGI見出し" && r.name == row.name
            }) || self.figures.iter().any(|f| {
                let own = f.owner == row.row && f.relation == "目標" && f.column == "値";
                own && self.elsewhere(f).any(|o| o.document != f.document && value(&o.text) == value(&f.text))
            });
            let untold = if kin || !row.names.is_empty() { None } else { Some(tell::FREE_NAME) };
            let range = at + offset..at + offset + letter.len_utf8();
            let edit = Edit::replace(text, row.file, &[(range, String::new())]);
            out.push(self.fault(12, edit, untold, &[row], format!("{} without {letter}", row.name)));
        }
        out
    }

    /// The number of a program or an indicator, one too high.
    fn numbers(&self) -> Vec<Fault> {
        let mut out = Vec::new();
        for row in self.rows.iter().filter(|r| ["事業", "指標"].contains(&r.relation.as_str()) && !r.relisted) {
            let (Some(number), text) = (row.number, &self.texts[row.file].1) else { continue };
            let block = self.block(row.file, row.head.start);
            let line = text[block.clone()].lines().next().unwrap_or("");
            let word = format!(" {number} ");
            let Some(at) = line.find(&word).map(|n| block.start + n + 1) else { continue };
            let edit = Edit::replace(text, row.file, &[(at..at + word.len() - 2, (number + 1).to_string())]);
            // What names the number that it has now means it, too.
            let next =
                |r: &&Row| r.relation == row.relation && r.document == row.document && r.number == Some(number + 1);
            let rows: Vec<&Row> = std::iter::once(row).chain(self.rows.iter().filter(next)).collect();
            out.push(self.fault(13, edit, None, &rows, format!("{} {number} {}", row.relation, row.name)));
        }
        out
    }

    /// What says the same: wide digits, 名 for 人, 令和5年度 for R5.
    fn writings(&self) -> Vec<Fault> {
        let wide = |text: &str| -> String {
            let wide =
                |c: char| if c.is_ascii_digit() { char::from_u32(u32::from(c) + 0xfee0).unwrap_or(c) } else { c };
            text.chars().map(wide).collect()
        };
        let mut out = self.each_figure(14, &mut |text| Some(wide(text)).filter(|t| t != text));
        out.extend(self.each_figure(14, &mut |text| text.strip_suffix('人').map(|t| format!("{t}名"))));
        out.retain(|f| f.untold == Some(tell::HARMLESS));
        out
    }
}
