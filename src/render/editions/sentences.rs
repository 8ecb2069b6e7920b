//! Changes in words.
use super::Shown;
use crate::editions::{
    Change, DocumentChange, Effect, Entry, Evidence, Fate, How, Marking, Of, Shift, Side, Tally, What, Word,
};
use crate::findings::Lang;

/// Letters of a name that are shown.
const MOST_NAME: usize = 80;
/// Letters of a text that are shown whole.
const MOST_TEXT: usize = 40;
/// Letters that are shown before and behind what has changed in a longer text.
const AROUND: usize = 8;
/// Letters that are shown of what has changed in a longer text.
const MOST_CHANGED: usize = 120;
/// Things that are listed of those that came or went with another.
const MOST_INSIDE: usize = 8;
/// Things that are listed of those that something may be.
const MOST_CANDIDATES: usize = 6;

/// One entry in words.
pub(super) struct Told {
    pub fate: Fate,
    /// 追加, 廃止, 変更, 不明.
    pub word: String,
    pub title: String,
    /// What has changed, line by line.
    pub lines: Vec<Line>,
    /// The things it stands in and the places of both editions.
    pub places: Vec<String>,
}

/// A line below the title.
pub(super) struct Line {
    pub text: String,
    /// Whether a person should look at it.
    pub grave: bool,
}

impl Shown<'_> {
    pub(super) fn say(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) -> String {
        self.messages.text(self.lang, id, arguments)
    }

    fn word<'w>(&self, word: &'w Word) -> &'w str {
        if self.lang == Lang::Ja { &word.name } else { &word.alias }
    }

    /// The heading of a document: what it is called in both editions, and why the two are one.
    pub(super) fn document(&self, document: &DocumentChange) -> (String, String) {
        let head = &document.head;
        let label = |sides: &[Side]| sides.first().map(|s| short(&s.label, MOST_NAME));
        let place = |sides: &[Side]| sides.first().map(|s| s.place.clone()).filter(|p| !p.is_empty());
        let title = match (label(&head.old), label(&head.new)) {
            (Some(from), Some(to)) if from == to => to,
            (Some(from), Some(to)) => self.arrow(&from, &to),
            (from, to) => from.or(to).unwrap_or_default(),
        };
        let why = match (head.fate, head.evidence) {
            (Fate::Added, _) => self.say("editions-added", &[]),
            (Fate::Dropped, _) => self.say("editions-dropped", &[]),
            (_, Evidence::Same) => String::new(),
            (_, Evidence::Previous) => self.say("editions-by-previous", &[]),
            (_, Evidence::Likeness { percent, .. }) => self.say("editions-by-title", &[("percent", &percent)]),
            _ => self.say("editions-by-being-only", &[]),
        };
        let title =
            if why.is_empty() { title } else { self.say("editions-tagged", &[("text", &title), ("tags", &why)]) };
        let places = match (place(&head.old), place(&head.new)) {
            (Some(from), Some(to)) => self.arrow(&from, &to),
            (from, to) => from.or(to).unwrap_or_default(),
        };
        (title, places)
    }

    fn arrow(&self, from: &str, to: &str) -> String {
        self.say("editions-arrow", &[("from", &from), ("to", &to)])
    }

    /// An entry in words.
    pub(super) fn entry(&self, entry: &Entry) -> Told {
        let id = match entry.fate {
            Fate::Added => "editions-added",
            Fate::Dropped => "editions-dropped",
            Fate::Kept => "editions-changed",
            Fate::Unsure => "editions-unsure",
        };
        let mut lines = self.reasons(entry);
        if entry.fate == Fate::Unsure {
            lines.extend(self.candidates(entry));
        }
        lines.extend(entry.changes.iter().filter_map(|change| self.change(change)));
        lines.extend(self.inside(entry));
        Told { fate: entry.fate, word: self.say(id, &[]), title: self.title(entry), lines, places: self.places(entry) }
    }

    fn title(&self, entry: &Entry) -> String {
        let label = |sides: &[Side]| sides.first().map(|s| short(&s.label, MOST_NAME)).unwrap_or_default();
        let kind = self.word(&entry.kind);
        let (old, new) = (label(&entry.old), label(&entry.new));
        if entry.fate != Fate::Kept {
            let label = if new.is_empty() { old } else { new };
            return format!("{kind} {label}").trim_end().to_owned();
        }
        let has = |is: fn(&What) -> bool| entry.changes.iter().any(|c| is(&c.what));
        let number = has(|w| matches!(w, What::Number { .. }));
        let name = has(|w| matches!(w, What::Name { .. }));
        let moved = has(|w| matches!(w, What::Place { .. }));
        let to_number = entry.changes.iter().find_map(|c| match &c.what {
            What::Number { to, .. } if !to.is_empty() => Some(short(to, MOST_NAME)),
            _ => None,
        });
        let text = match (number, name) {
            (true, false) => self.arrow(&format!("{kind} {old}"), &to_number.unwrap_or(new)),
            (_, true) => self.arrow(&format!("{kind} {old}"), &new),
            (false, false) => format!("{kind} {new}"),
        };
        let tags = [(number, "editions-tag-number"), (name, "editions-tag-name"), (moved, "editions-tag-moved")];
        let tags: Vec<String> = tags.iter().filter(|t| t.0).map(|t| self.say(t.1, &[])).collect();
        if tags.is_empty() {
            return text;
        }
        self.say("editions-tagged", &[("text", &text), ("tags", &tags.join(&self.say("editions-comma", &[])))])
    }

    /// Why two things that are not called the same are one.
    fn reasons(&self, entry: &Entry) -> Vec<Line> {
        let mut parts = Vec::new();
        match (entry.fate, entry.evidence) {
            (Fate::Kept, Evidence::Likeness { percent, number, place, shared }) => {
                parts.push(self.say("editions-alike", &[("percent", &percent)]));
                parts.extend(number.then(|| self.say("editions-same-number", &[])));
                parts.extend(place.then(|| self.say("editions-same-place", &[])));
                parts.extend((shared > 0).then(|| self.say("editions-shared", &[("count", &shared)])));
            }
            (Fate::Unsure, Evidence::Likeness { percent: 100, .. }) => {
                parts.push(self.say("editions-same-names", &[("old", &entry.old.len()), ("new", &entry.new.len())]));
            }
            (Fate::Unsure, Evidence::Likeness { percent, .. }) => {
                let counts: [(&'static str, &dyn ToString); 3] =
                    [("old", &entry.old.len()), ("new", &entry.new.len()), ("percent", &percent)];
                parts.push(self.say("editions-too-alike", &counts));
            }
            _ => return Vec::new(),
        }
        vec![Line { text: parts.join(&self.say("editions-comma", &[])), grave: entry.fate == Fate::Unsure }]
    }

    fn candidates(&self, entry: &Entry) -> Vec<Line> {
        let mut lines = Vec::new();
        for (id, sides) in [("editions-old", &entry.old), ("editions-new", &entry.new)] {
            for side in sides.iter().take(MOST_CANDIDATES) {
                let text = self.say(id, &[("label", &short(&side.label, MOST_NAME)), ("place", &side.place)]);
                lines.push(Line { text, grave: false });
            }
            let more = sides.len().saturating_sub(MOST_CANDIDATES);
            if more > 0 {
                lines.push(Line { text: self.say("editions-more", &[("count", &more)]), grave: false });
            }
        }
        lines
    }

    fn inside(&self, entry: &Entry) -> Vec<Line> {
        let named = entry.inside.iter().take(MOST_INSIDE);
        let named: Vec<String> =
            named.map(|(kind, label)| format!("{} {}", self.word(kind), short(label, MOST_NAME))).collect();
        let mut lines: Vec<Line> = Vec::new();
        if !named.is_empty() {
            let list = named.join(&self.say("editions-comma", &[]));
            lines.push(Line { text: self.say("editions-with", &[("list", &list)]), grave: false });
        }
        let more = entry.inside.len().saturating_sub(MOST_INSIDE);
        if more > 0 {
            lines.push(Line { text: self.say("editions-more", &[("count", &more)]), grave: false });
        }
        lines
    }

    fn places(&self, entry: &Entry) -> Vec<String> {
        if entry.fate == Fate::Unsure {
            return Vec::new();
        }
        let side = entry.new.first().or(entry.old.first());
        let path = side.map(|s| self.path(&s.path)).filter(|p| !p.is_empty());
        let place = |sides: &[Side]| sides.first().map(|s| s.place.clone()).filter(|p| !p.is_empty());
        let place = match (place(&entry.old), place(&entry.new)) {
            (Some(from), Some(to)) => Some(self.arrow(&from, &to)),
            (from, to) => from.or(to),
        };
        path.into_iter().chain(place).collect()
    }

    fn path(&self, path: &[String]) -> String {
        path.iter().map(|p| short(p, MOST_NAME)).collect::<Vec<_>>().join(" › ")
    }

    /// A change in words; none where the title has said it.
    fn change(&self, change: &Change) -> Option<Line> {
        let plain = |text: String| Some(Line { text, grave: false });
        match &change.what {
            What::Number { .. } | What::Name { .. } => None,
            What::Place { from, to } => {
                let top =
                    |path: &[String]| if path.is_empty() { self.say("editions-top", &[]) } else { self.path(path) };
                plain(self.labelled(&self.say("editions-tag-moved", &[]), &self.arrow(&top(from), &top(to))))
            }
            What::Mark { column, how, from, to } => self.mark(column, *how, from.as_deref(), to.as_deref()),
            What::Field { column, from, to } => {
                let (from, to) = around(from.as_deref(), to.as_deref());
                let none = || self.say("editions-nothing", &[]);
                let text = self.arrow(&from.unwrap_or_else(none), &to.unwrap_or_else(none));
                plain(self.labelled(self.word(column), &text))
            }
            What::List { column, added, removed } => {
                let signed = |sign: &str, items: &[String]| -> Vec<String> {
                    items.iter().map(|i| format!("{sign}{}", short(i, MOST_NAME))).collect()
                };
                let items = [signed("+", added), signed("-", removed)].concat();
                plain(self.labelled(self.word(column), &items.join(&self.say("editions-comma", &[]))))
            }
            What::Years { column, added, dropped } => {
                let comma = self.say("editions-comma", &[]);
                let said = [("editions-years-added", added), ("editions-years-dropped", dropped)];
                let said = said.iter().filter(|(_, years)| !years.is_empty());
                let said: Vec<String> =
                    said.map(|(id, years)| self.say(id, &[("years", &years.join(&comma))])).collect();
                plain(self.labelled(self.word(column), &said.join(&comma)))
            }
            What::Value { column, year, part, from, to, how } => {
                let sign = char::from_u32(0x245f + u32::from(*part)).filter(|_| *part > 0);
                let label = [Some(self.word(column).to_owned()), year.clone(), sign.map(String::from)];
                let label = label.into_iter().flatten().collect::<Vec<_>>().join(" ");
                Some(self.value(&label, from.as_deref(), to.as_deref(), how))
            }
        }
    }

    fn labelled(&self, label: &str, text: &str) -> String {
        self.say("editions-labelled", &[("label", &label), ("text", &text)])
    }

    fn mark(&self, column: &Word, how: Marking, from: Option<&str>, to: Option<&str>) -> Option<Line> {
        let id = match how {
            Marking::Added => "editions-mark-added",
            Marking::Dropped => "editions-mark-dropped",
            Marking::Redirected => "editions-mark-redirected",
            Marking::LeftBehind => "editions-mark-left-behind",
            Marking::Followed => "editions-mark-followed",
        };
        let none = self.say("editions-nothing", &[]);
        let (from, to) = (short(from.unwrap_or(&none), MOST_NAME), short(to.unwrap_or(&none), MOST_NAME));
        let text = self.say(id, &[("from", &from), ("to", &to)]);
        Some(Line { text: self.labelled(self.word(column), &text), grave: how == Marking::LeftBehind })
    }

    fn value(&self, label: &str, from: Option<&str>, to: Option<&str>, how: &How) -> Line {
        let none = self.say("editions-nothing", &[]);
        let (from_text, to_text) = around(from, to);
        let (from, to) = (from_text.unwrap_or(none.clone()), to_text.unwrap_or(none));
        let arrow = self.arrow(&from, &to);
        let (text, grave) = match how {
            How::Newly => (self.say("editions-newly", &[("to", &to)]), false),
            How::Gone => (self.say("editions-gone", &[("from", &from)]), false),
            How::Text => (arrow, false),
            How::Printing => (self.say("editions-printing", &[("change", &arrow)]), false),
            How::Unit { from, to, same_digits } => {
                let none = self.say("editions-no-unit", &[]);
                let told = |unit: &String| if unit.is_empty() { none.clone() } else { unit.clone() };
                let id = if *same_digits { "editions-unit" } else { "editions-unit-and-number" };
                let units: [(&'static str, &dyn ToString); 3] =
                    [("change", &arrow), ("from", &told(from)), ("to", &told(to))];
                // A unit that is only left out is no other unit.
                (self.say(id, &units), !(*same_digits && (from.is_empty() || to.is_empty())))
            }
            How::Scale { from, to } => {
                (self.say("editions-scale", &[("change", &arrow), ("from", from), ("to", to)]), false)
            }
            How::Shifted(shift) => (self.shift(&arrow, shift), shift.slip.is_some()),
        };
        Line { text: self.labelled(label, &text), grave }
    }

    fn shift(&self, arrow: &str, shift: &Shift) -> String {
        let id = match (shift.decision, shift.up) {
            (true, true) => "editions-raised",
            (true, false) => "editions-lowered",
            (false, true) => "editions-more-of",
            (false, false) => "editions-less-of",
        };
        let percent = shift.percent.as_ref().map(|p| format!("{p}%"));
        let comma = self.say("editions-comma", &[]);
        let points = match self.lang {
            Lang::Ja => shift.difference.clone(),
            Lang::En => shift.difference.replace("ポイント", " points"),
        };
        let by = [Some(points), percent].into_iter().flatten().collect::<Vec<_>>().join(&comma);
        let mut text = self.say(id, &[("change", &arrow), ("by", &by)]);
        let effect = shift.effect.map(|effect| match effect {
            Effect::Stronger => "editions-stronger",
            Effect::Weaker => "editions-weaker",
        });
        if let Some(id) = effect {
            text = self.say("editions-tagged", &[("text", &text), ("tags", &self.say(id, &[]))]);
        }
        if let Some((from, to)) = &shift.slip {
            text = self.say("editions-slip", &[("text", &text), ("from", from), ("to", to)]);
        }
        text
    }

    /// What happened how often, one text each.
    pub(super) fn counts(&self, tally: &Tally) -> Vec<String> {
        let told = |(of, word, decision, count): &(Of, Word, bool, usize)| {
            let id = match (of, decision) {
                (Of::Added, _) => "editions-count-added",
                (Of::Dropped, _) => "editions-count-dropped",
                (Of::Renumbered, _) => "editions-count-renumbered",
                (Of::Renamed, _) => "editions-count-renamed",
                (Of::Moved, _) => "editions-count-moved",
                (Of::Unsure, _) => "editions-count-unsure",
                (Of::Alike, _) => "editions-count-alike",
                (Of::Remarked, _) => "editions-count-remarked",
                (Of::Raised, true) => "editions-count-raised",
                (Of::Lowered, true) => "editions-count-lowered",
                (Of::Raised, false) => "editions-count-more",
                (Of::Lowered, false) => "editions-count-less",
                (Of::Newly, _) => "editions-count-newly",
                (Of::Gone, _) => "editions-count-gone",
                (Of::Unit, _) => "editions-count-unit",
                (Of::Other, _) => "editions-count-other",
            };
            self.say(id, &[("word", &self.word(word)), ("count", count)])
        };
        tally.counts.iter().map(told).collect()
    }

    /// The last line: everything in one sentence.
    pub(super) fn summary(&self) -> String {
        let tally = self.comparison.tally();
        if self.comparison.is_empty() {
            return self.say("editions-none", &[]);
        }
        let counts = self.counts(&tally).join(&self.say("editions-comma", &[]));
        self.say("editions-summary", &[("counts", &counts)])
    }
}

/// The beginning of a text.
fn short(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
        None => text.to_owned(),
    }
}

/// Of two long texts what is not the same, with a few letters around it.
fn around(from: Option<&str>, to: Option<&str>) -> (Option<String>, Option<String>) {
    let (Some(a), Some(b)) = (from, to) else {
        return (from.map(|t| short(t, MOST_CHANGED)), to.map(|t| short(t, MOST_CHANGED)));
    };
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() <= MOST_TEXT && b.len() <= MOST_TEXT {
        return (Some(a.into_iter().collect()), Some(b.into_iter().collect()));
    }
    let before = a.iter().zip(&b).take_while(|(x, y)| x == y).count();
    let most = a.len().min(b.len()) - before;
    let behind = a.iter().rev().zip(b.iter().rev()).take(most).take_while(|(x, y)| x == y).count();
    let cut = |text: &[char]| {
        let start = before.saturating_sub(AROUND);
        let end = (text.len() - behind + AROUND).min(text.len());
        let middle: String = text.iter().skip(start).take(end - start).collect();
        let lead = if start > 0 { "…" } else { "" };
        let tail = if end < text.len() { "…" } else { "" };
        format!("「{lead}{}{tail}」", short(&middle, MOST_CHANGED))
    };
    (Some(cut(&a)), Some(cut(&b)))
}
