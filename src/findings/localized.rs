//! Findings with one cause told as one: the figure that seems to be wrong, with the findings that it explains under it.
use super::{Finding, Fix, Label, Messages, Wording};
use crate::rules::{Change, Implied, Repair, Suspicion, Wanted};
use crate::text::{Message, Severity, Sources};
use crate::value::Slip;

/// The code of a finding that says which figure is wrong.
pub const WRONG_FIGURE: &str = "wrong-figure";

/// The code of a finding that says what an empty cell has to hold.
pub const IMPLIED_FIGURE: &str = "implied-figure";

/// More figures that are as plausible as each other are no answer.
const MOST_EQUAL: usize = 3;

/// The findings, those of one cause as one where the cause is known: in the place of the first of them. `suspicions` name the
/// findings by their places in the list.
#[must_use]
pub fn fold(findings: Vec<Finding>, suspicions: &[Suspicion], sources: &Sources, messages: &Messages) -> Vec<Finding> {
    let mut open: Vec<Option<Finding>> = findings.into_iter().map(Some).collect();
    for suspicion in suspicions {
        let mut members: Vec<Finding> =
            suspicion.findings.iter().filter_map(|n| open.get(*n).cloned().flatten()).collect();
        let Some(first) = suspicion.findings.first().copied() else { continue };
        if let Some(finding) = told(suspicion, &members, sources, messages) {
            for number in &suspicion.findings {
                if let Some(place) = open.get_mut(*number) {
                    *place = None;
                }
            }
            if let Some(place) = open.get_mut(first) {
                *place = Some(Finding { folded: members, ..finding });
            }
        } else if let ([member], Some(only)) = (members.as_slice(), alone(suspicion)) {
            if member.span != only.span {
                continue;
            }
            let speaker = Speaker { sources, messages };
            let note = speaker.of_change("wrong-figure-own", only, 1);
            if let Some(Some(finding)) = open.get_mut(first) {
                finding.help = Some(joined(finding.help.take().into_iter().chain([note])));
                finding.fix = finding.fix.take().or_else(|| fix(only, false));
            }
        } else if suspicion.cut || suspicion.repairs.is_empty() && members.len() > 1 {
            // Nothing is claimed, and that is said once.
            let id = if suspicion.cut { "wrong-figure-cut" } else { "wrong-figure-several" };
            let note = messages.wording(&Message::new(id).with("least", suspicion.least));
            if let (Some(Some(finding)), Some(member)) = (open.get_mut(first), members.first_mut()) {
                finding.help = Some(joined([member.help.take(), Some(note)].into_iter().flatten()));
            }
        }
    }
    open.into_iter().flatten().collect()
}

impl Finding {
    /// That a cell in which nothing readable stands has to hold a figure, after rules of these names.
    #[must_use]
    pub fn implied(implied: &Implied, rules: &str, messages: &Messages) -> Self {
        let message = Message::new(IMPLIED_FIGURE).with("figure", &implied.text).with("rules", rules);
        Self {
            rule: IMPLIED_FIGURE.to_owned(),
            name: Wording { en: IMPLIED_FIGURE.to_owned(), ..messages.title(IMPLIED_FIGURE) },
            severity: Severity::Info,
            message: messages.wording(&message),
            help: messages.lookup("implied-figure-help", &[]),
            span: implied.span,
            related: Vec::new(),
            fix: Some(Fix { span: implied.span, text: implied.text.clone(), safe: false }),
            is_fault: false,
            folded: Vec::new(),
        }
    }
}

/// What is said of findings with one cause; nothing where that says no more than they do.
fn told(suspicion: &Suspicion, members: &[Finding], sources: &Sources, messages: &Messages) -> Option<Finding> {
    let best = suspicion.repairs.first()?;
    let (equal, others): (Vec<&Repair>, Vec<&Repair>) = suspicion.repairs.iter().partition(|r| r.weight == best.weight);
    let change = best.changes.first()?;
    let own = |finding: &Finding| best.changes.len() == 1 && finding.span == change.span;
    // That a figure could be any of many is no news to who reads that it is too great.
    let known = |wanted: &Wanted| match wanted {
        Wanted::Figure(_) => true,
        Wanted::Between(..) => members.len() > 1,
        Wanted::AtLeast(_) | Wanted::AtMost(_) => false,
    };
    let vague = equal.iter().flat_map(|r| &r.changes).any(|change| !known(&change.wanted));
    // One finding names a place itself. Another one needs a reason: that no other figure would do, or how it came about; one
    // digit for another is too little where there are few digits.
    let strange = change.neighbour || change.slip.is_some_and(|slip| slip != Slip::Digit);
    let reason = suspicion.repairs.len() == 1 || strange;
    let idle = |member: &Finding| equal.len() > 1 || own(member) || !reason;
    if vague || equal.len() > MOST_EQUAL || members.len() == 1 && members.iter().any(idle) {
        return None;
    }
    let speaker = Speaker { sources, messages };
    let count = members.len();
    let message = match (equal.as_slice(), best.changes.as_slice()) {
        ([_], [change]) => match change.wanted {
            Wanted::Figure(_) => speaker.of_change("wrong-figure", change, count),
            _ => speaker.of_change("wrong-figure-vague", change, count),
        },
        ([_], changes) => speaker.listed("wrong-figure-both", changes, count),
        _ => {
            let changes: Vec<Change> = equal.iter().flat_map(|r| r.changes.iter().cloned()).collect();
            speaker.listed("wrong-figure-one-of", &changes, count)
        }
    };
    let mut help: Vec<Wording> = Vec::new();
    if equal.len() == 1 {
        help.extend(best.changes.iter().filter_map(|change| speaker.reason(change)));
    }
    match others.first() {
        None if equal.len() == 1 => help.extend(messages.lookup("wrong-figure-only", &[])),
        None => {}
        Some(next) => help.push(speaker.listed("wrong-figure-next", &next.changes, 0)),
    }
    help.extend(messages.lookup("wrong-figure-help", &[]));
    let explained = members.iter().map(|member| Label {
        span: member.span,
        message: Wording {
            ja: format!("{}: {}", member.name.ja, member.message.ja),
            en: format!("{}: {}", member.name.en, member.message.en),
        },
    });
    let rest = equal.iter().flat_map(|r| &r.changes).filter(|other| other.span != change.span);
    let rest =
        rest.map(|change| Label { span: change.span, message: speaker.of_change("wrong-figure-change", change, 0) });
    Some(Finding {
        rule: WRONG_FIGURE.to_owned(),
        name: Wording { en: WRONG_FIGURE.to_owned(), ..messages.title(WRONG_FIGURE) },
        severity: members.iter().map(|member| member.severity).max()?,
        message,
        help: Some(joined(help)),
        span: change.span,
        related: rest.chain(explained).collect(),
        // One figure with one value, and nothing else would do: only then there is one thing to be done.
        fix: alone(suspicion).and_then(|change| fix(change, true)),
        is_fault: false,
        folded: Vec::new(),
    })
}

/// The one figure that would settle everything by itself, if no other one would.
fn alone(suspicion: &Suspicion) -> Option<&Change> {
    let [repair] = suspicion.repairs.as_slice() else { return None };
    let [change] = repair.changes.as_slice() else { return None };
    matches!(change.wanted, Wanted::Figure(_)).then_some(change)
}

fn fix(change: &Change, safe: bool) -> Option<Fix> {
    match &change.wanted {
        Wanted::Figure(text) => Some(Fix { span: change.span, text: text.clone(), safe }),
        _ => None,
    }
}

/// Sentences one after the other.
fn joined(sentences: impl IntoIterator<Item = Wording>) -> Wording {
    let mut all = Wording::default();
    for sentence in sentences {
        let space = if all.en.is_empty() { "" } else { " " };
        all.ja.push_str(&sentence.ja);
        all.en.push_str(&format!("{space}{}", sentence.en));
    }
    all
}

struct Speaker<'a> {
    sources: &'a Sources,
    messages: &'a Messages,
}

impl Speaker<'_> {
    /// A sentence about a change of one figure.
    fn of_change(&self, id: &'static str, change: &Change, count: usize) -> Wording {
        let wanted = self.wanted(&change.wanted);
        let printed = self.sources.text(change.span).trim().to_owned();
        let say =
            |wanted: String| Message::new(id).with("printed", &printed).with("wanted", wanted).with("count", count);
        Wording { ja: self.messages.wording(&say(wanted.ja)).ja, en: self.messages.wording(&say(wanted.en)).en }
    }

    /// A sentence about changes of several.
    fn listed(&self, id: &'static str, changes: &[Change], count: usize) -> Wording {
        let each: Vec<Wording> = changes.iter().map(|c| self.of_change("wrong-figure-change", c, 0)).collect();
        let say = |list: String| Message::new(id).with("list", list).with("count", count);
        let list = |one: fn(&Wording) -> &str, between: &str| each.iter().map(one).collect::<Vec<_>>().join(between);
        Wording {
            ja: self.messages.wording(&say(list(|w| &w.ja, "、"))).ja,
            en: self.messages.wording(&say(list(|w| &w.en, ", "))).en,
        }
    }

    fn wanted(&self, wanted: &Wanted) -> Wording {
        let bound =
            |id, low: &str, high: &str| self.messages.wording(&Message::new(id).with("low", low).with("high", high));
        match wanted {
            Wanted::Figure(text) => Wording::both(text),
            Wanted::Between(low, high) => bound("wanted-between", low, high),
            Wanted::AtLeast(low) => bound("wanted-at-least", low, ""),
            Wanted::AtMost(high) => bound("wanted-at-most", "", high),
        }
    }

    /// How the figure may have become what it is.
    fn reason(&self, change: &Change) -> Option<Wording> {
        let id = match change.slip {
            _ if change.neighbour => "slip-neighbour",
            Some(Slip::Transposed) => "slip-transposed",
            Some(Slip::Dropped) => "slip-dropped",
            Some(Slip::Doubled) => "slip-doubled",
            Some(Slip::Scale) => "slip-scale",
            Some(Slip::Digit) => "slip-digit",
            None => return None,
        };
        self.messages.lookup(id, &[])
    }
}
