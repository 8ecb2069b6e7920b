//! `totsugo query`: what an expression gives over a workspace.
use super::{FAILED, FINE, Outcome, Session};
use crate::findings::Finding;
use crate::project::Read;
use crate::render::pretty::pretty;
use crate::render::table::{BOM, csv, json_rows, table};
use crate::rules::{Datum, query};
use crate::text::Source;

impl Session<'_> {
    /// Asks the plans.
    pub(super) fn query(&self) -> Outcome {
        let mut read = self.read();
        let asked = Source::new(self.say("query-source", &[]), self.one("expression").unwrap_or(""));
        let asked = read.sources.add(asked);
        let Read { sources, workspace, .. } = &read;
        let pack = read.pack();
        let answer = query(pack, sources, workspace, asked, &self.stop);
        let mut faults = self.form(&read);
        if let Err(wrong) = &answer {
            faults.extend(wrong.iter().map(|f| Finding::from_fault(f, &self.messages)));
        }
        let mut err = pretty(&faults, sources, &self.messages, &self.options());
        let Ok(answer) = answer else { return (String::new(), err, FAILED) };
        if let Some(limit) = answer.met {
            return (String::new(), err + &self.messages.limit(self.lang, limit) + "\n", FAILED);
        }
        if answer.torn {
            err.push_str(&format!("{}\n", self.say("query-torn", &[])));
        }
        // A single answer that is none is worth its reason; in a table － says enough.
        if let [row] = answer.rows.as_slice() {
            for item in row {
                if let Datum::Nothing(why) = item.value {
                    let reason = self.say(why.reason(), &[]);
                    err.push_str(&format!("{}\n", self.say("why-nothing", &[("reason", &reason)])));
                }
            }
        }
        let out = match self.one("format") {
            Some("csv") => {
                let bom = if self.matches.get_flag("bom") { BOM } else { "" };
                format!("{bom}{}", csv(&answer, &self.messages, self.lang))
            }
            Some("json") => json_rows(&answer, sources),
            _ => table(&answer, &self.messages, self.lang),
        };
        (out, err, if read.failed() { FAILED } else { FINE })
    }
}
