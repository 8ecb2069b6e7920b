//! `totsugo query`: what an expression gives over a workspace.
use super::{FAILED, FINE, Outcome, Session, files, own_rules};
use crate::findings::Finding;
use crate::render::pretty::pretty;
use crate::render::table::{BOM, csv, json_rows, table};
use crate::rules::{Datum, Pack, query, read_plans};
use crate::text::{Source, Sources};

impl Session<'_> {
    /// Asks the plans.
    pub(super) fn query(&self) -> Outcome {
        let mut sources = Sources::default();
        let files = files::read(&self.paths(), &self.settings.packs(), &mut sources);
        let own = own_rules(&files.rules, &sources);
        let pack = Pack::load(&mut sources, &own);
        let workspace = read_plans(&pack, &sources, &files.plans);
        let asked = sources.add(Source::new(self.say("query-source", &[]), self.one("expression").unwrap_or("")));
        let answer = query(&pack, &sources, &workspace, asked);
        let mut faults: Vec<Finding> =
            files.faults.iter().chain(&pack.faults).map(|f| Finding::from_fault(f, &self.messages)).collect();
        if let Err(wrong) = &answer {
            faults.extend(wrong.iter().map(|f| Finding::from_fault(f, &self.messages)));
        }
        let mut err = pretty(&faults, &sources, &self.messages, &self.options());
        let Ok(answer) = answer else { return (String::new(), err, FAILED) };
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
            Some("json") => json_rows(&answer, &sources),
            _ => table(&answer, &self.messages, self.lang),
        };
        (out, err, if files.failed || pack.has_errors() { FAILED } else { FINE })
    }
}
