//! A comparison for programs: docs/editions.schema.json.
use serde_json::{Value, json};

use super::Shown;
use crate::editions::{
    Change, DocumentChange, Effect, Entry, Evidence, Fate, How, Marking, Of, Side, Tally, What, Word,
};
use crate::text::visible::in_json;

/// Which form of the file this is; it grows when something is taken away or means something else.
const VERSION: u32 = 1;

/// The whole comparison as one value.
#[must_use]
pub fn json(shown: &Shown<'_>) -> String {
    let documents: Vec<Value> = shown.comparison.documents.iter().map(|d| document(d, shown.brief)).collect();
    let value = json!({
        "version": VERSION,
        "old": shown.names[0],
        "new": shown.names[1],
        "complete": !shown.torn,
        "documents": documents,
        "summary": tally(&shown.comparison.tally()),
    });
    in_json(format!("{value:#}\n"))
}

fn document(document: &DocumentChange, brief: bool) -> Value {
    let mut value = entry(&document.head);
    if let Some(object) = value.as_object_mut() {
        if !brief {
            object.insert("entries".to_owned(), document.entries.iter().map(entry).collect());
        }
        object.insert("summary".to_owned(), tally(&document.tally()));
    }
    value
}

fn word(word: &Word) -> Value {
    json!({ "name": word.name, "alias": word.alias })
}

fn side(side: &Side) -> Value {
    json!({ "label": side.label, "path": side.path, "place": side.place })
}

fn entry(entry: &Entry) -> Value {
    let fate = match entry.fate {
        Fate::Added => "added",
        Fate::Dropped => "dropped",
        Fate::Kept => "kept",
        Fate::Unsure => "unsure",
    };
    let inside: Vec<Value> =
        entry.inside.iter().map(|(kind, label)| json!({"kind": word(kind), "label": label})).collect();
    json!({
        "kind": word(&entry.kind),
        "fate": fate,
        "old": entry.old.iter().map(side).collect::<Vec<_>>(),
        "new": entry.new.iter().map(side).collect::<Vec<_>>(),
        "matched": evidence(entry.evidence),
        "changes": entry.changes.iter().map(change).collect::<Vec<_>>(),
        "inside": inside,
    })
}

fn evidence(evidence: Evidence) -> Value {
    let by = |by: &str| json!({ "by": by });
    match evidence {
        Evidence::Same => by("same"),
        Evidence::Name => by("name"),
        Evidence::Place => by("place"),
        Evidence::Previous => by("previous"),
        Evidence::Only => by("only"),
        Evidence::Likeness { percent, number, place, shared } => {
            json!({ "by": "likeness", "percent": percent, "number": number, "place": place, "shared": shared })
        }
    }
}

fn change(change: &Change) -> Value {
    let mut value = match &change.what {
        What::Number { column, from, to } => {
            json!({ "what": "number", "column": word(column), "from": from, "to": to })
        }
        What::Name { column, from, to } => json!({ "what": "name", "column": word(column), "from": from, "to": to }),
        What::Place { from, to } => json!({ "what": "place", "from": from, "to": to }),
        What::Mark { column, how, from, to } => {
            let how = match how {
                Marking::Added => "added",
                Marking::Dropped => "dropped",
                Marking::Redirected => "redirected",
                Marking::LeftBehind => "left-behind",
                Marking::Followed => "followed",
            };
            json!({ "what": "mark", "column": word(column), "how": how, "from": from, "to": to })
        }
        What::Field { column, from, to } => json!({ "what": "field", "column": word(column), "from": from, "to": to }),
        What::List { column, added, removed } => {
            json!({ "what": "list", "column": word(column), "added": added, "removed": removed })
        }
        What::Years { column, added, dropped } => {
            json!({ "what": "years", "column": word(column), "added": added, "dropped": dropped })
        }
        What::Value { column, year, part, from, to, how } => {
            let mut value = json!({
                "what": "value", "column": word(column), "year": year, "part": part, "from": from, "to": to,
            });
            if let (Some(object), Value::Object(more)) = (value.as_object_mut(), self::how(how)) {
                object.extend(more);
            }
            value
        }
    };
    if let Some(object) = value.as_object_mut() {
        object.insert("oldPlace".to_owned(), json!(change.old_at));
        object.insert("newPlace".to_owned(), json!(change.new_at));
    }
    value
}

fn how(how: &How) -> Value {
    match how {
        How::Newly => json!({ "how": "newly" }),
        How::Gone => json!({ "how": "gone" }),
        How::Text => json!({ "how": "text" }),
        How::Printing => json!({ "how": "printing" }),
        How::Unit { from, to, same_digits } => {
            json!({ "how": "unit", "units": [from, to], "sameDigits": same_digits })
        }
        How::Scale { from, to } => json!({ "how": "scale", "units": [from, to] }),
        How::Shifted(shift) => json!({
            "how": if shift.up { "raised" } else { "lowered" },
            "decision": shift.decision,
            "difference": shift.difference,
            "percent": shift.percent,
            "effect": shift.effect.map(|e| match e {
                Effect::Stronger => "stronger",
                Effect::Weaker => "weaker",
            }),
            "onlyScale": shift.slip.as_ref().map(|(from, to)| json!([from, to])),
        }),
    }
}

fn tally(tally: &Tally) -> Value {
    let counts = tally.counts.iter().map(|(of, word, _, count)| {
        let of = match of {
            Of::Added => "added",
            Of::Dropped => "dropped",
            Of::Renumbered => "renumbered",
            Of::Renamed => "renamed",
            Of::Moved => "moved",
            Of::Unsure => "unsure",
            Of::Alike => "likeness",
            Of::Remarked => "mark",
            Of::Raised => "raised",
            Of::Lowered => "lowered",
            Of::Newly => "newly",
            Of::Gone => "gone",
            Of::Unit => "unit",
            Of::Other => "other",
        };
        json!({ "what": of, "of": self::word(word), "count": count })
    });
    json!({ "entries": tally.entries, "counts": counts.collect::<Vec<_>>() })
}
