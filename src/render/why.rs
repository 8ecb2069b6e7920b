//! How a finding came about, for people: the variables, the premises, the definitions and the check, each part of an
//! expression on a line of its own under the whole.
use crate::findings::{Lang, Messages};
use crate::rules::{Datum, Denoted, Explained, Step, Why};
use crate::text::Sources;
use crate::text::visible::shown;

/// The steps of a finding.
#[must_use]
pub fn why(explained: &Explained, sources: &Sources, messages: &Messages, lang: Lang) -> String {
    let writer = Writer { sources, messages, lang };
    let mut out = String::new();
    for (head, steps) in [
        ("why-bindings", explained.bindings.as_slice()),
        ("why-premises", &explained.premises),
        ("why-definitions", &explained.definitions),
        ("why-check", std::slice::from_ref(&explained.check)),
    ] {
        if !steps.is_empty() {
            out.push_str(&format!("  {}\n", writer.say(head, &[])));
            steps.iter().for_each(|step| writer.step(step, 2, &mut out));
        }
    }
    out
}

struct Writer<'a> {
    sources: &'a Sources,
    messages: &'a Messages,
    lang: Lang,
}

impl Writer<'_> {
    fn say(&self, id: &str, arguments: &[(&'static str, &dyn ToString)]) -> String {
        self.messages.text(self.lang, id, arguments)
    }

    fn step(&self, step: &Step, depth: usize, out: &mut String) {
        let indent = "  ".repeat(depth);
        let mut line = step.name.as_ref().map_or_else(String::new, |name| format!("{name} := "));
        line.push_str(&step.text);
        let value = self.value(step);
        let operation = step.operation.as_ref().filter(|o| **o != step.text);
        for piece in operation.into_iter().chain([&value]) {
            // A truth follows from what stands before it; a figure equals it.
            let join = if matches!(step.item.value, Datum::Bool(_)) { " → " } else { " = " };
            if !line.is_empty() {
                line.push_str(join);
            }
            line.push_str(piece);
        }
        if let Some(denoted) = &step.denotes {
            line = self.say("why-denotes", &[("value", &line), ("interval", &self.interval(denoted))]);
        }
        if let Some((source, place)) = step.item.place.and_then(|p| self.sources.get(p.source).map(|s| (s, p))) {
            line.push_str(&format!("  {}", source.place(place.range().start)));
        }
        out.push_str(&format!("{indent}{}\n", shown(&line)));
        if step.alike {
            out.push_str(&format!("{indent}  {}\n", self.say("why-alike", &[])));
        }
        step.parts.iter().for_each(|part| self.step(part, depth + 1, out));
        for (id, count) in [("why-passed", step.passed), ("why-more", step.more)] {
            if count > 0 {
                out.push_str(&format!("{indent}  {}\n", self.say(id, &[("count", &count)])));
            }
        }
    }

    fn value(&self, step: &Step) -> String {
        match &step.item.value {
            Datum::Text(text) | Datum::Figure(text) => text.clone(),
            Datum::Bool(truth) => self.say(if *truth { "word-yes" } else { "word-no" }, &[]),
            Datum::Nothing(Why::Missing) => "－".to_owned(),
            Datum::Nothing(why) => self.say("why-nothing", &[("reason", &self.say(why.reason(), &[]))]),
        }
    }

    fn interval(&self, denoted: &Denoted) -> String {
        interval(denoted, self.messages, self.lang)
    }
}

/// An interval in words: `60.95%以上61.05%以下`.
#[must_use]
pub fn interval(denoted: &Denoted, messages: &Messages, lang: Lang) -> String {
    let end = |end: &Option<(String, bool)>, closed: &str, open: &str| {
        end.as_ref().map(|(at, belongs)| messages.text(lang, if *belongs { closed } else { open }, &[("at", at)]))
    };
    let low = end(&denoted.low, "why-at-least", "why-more-than");
    let high = end(&denoted.high, "why-at-most", "why-less-than");
    low.into_iter().chain(high).collect::<Vec<_>>().join(&messages.text(lang, "why-and", &[]))
}
