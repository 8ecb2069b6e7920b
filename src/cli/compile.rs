//! `totsugo compile --to sql`: the rules as SQL over the facts as Parquet, for what does not fit one machine.
use std::path::Path;

use serde::Serialize;

use super::{FAILED, FINE, FOUND, Outcome, Session};
use crate::findings::{Finding, Lang};
use crate::project::{Chosen, Read, Refusal, write_folder};
use crate::render::pretty::pretty;
use crate::rules::code;
use crate::rules::sql::{self, Compiled, Dialect, Field, Item, Reason, Stored, Wanted};
use crate::text::Severity;
use crate::text::visible::in_json;

/// Version of the manifest. It grows when something that was there means something else or is gone.
const VERSION: u32 = 1;

#[derive(Serialize)]
struct Manifest<'a> {
    version: u32,
    program: &'static str,
    dialect: &'static str,
    lang: &'static str,
    tables: Vec<Table>,
    rules: Vec<Rule<'a>>,
    not_expressed: Vec<Left<'a>>,
}

#[derive(Serialize)]
struct Table {
    name: String,
    file: String,
    rows: usize,
}

#[derive(Serialize)]
struct Rule<'a> {
    rule: &'a str,
    file: String,
}

#[derive(Serialize)]
struct Left<'a> {
    rule: &'a str,
    reason: &'static str,
    message: String,
}

impl Session<'_> {
    /// Writes the facts and the queries of the rules that were asked for.
    pub(super) fn compile(&self) -> Outcome {
        let read = self.read();
        let chosen = match self.asked().resolve(&read, &self.settings, &self.messages) {
            Ok(chosen) => chosen,
            Err(stopped) => return self.no_check(stopped, &read.sources),
        };
        let faults: Vec<Finding> = self.form(&read).into_iter().filter(|f| f.severity == Severity::Error).collect();
        let mut err = pretty(&faults, &read.sources, &self.messages, &self.options());
        if read.is_empty() {
            return (String::new(), err + &self.nothing(), FAILED);
        }
        if read.failed() {
            return (String::new(), err, FAILED);
        }
        let dialect = self.one("dialect").and_then(Dialect::find).unwrap_or(Dialect::DuckDb);
        let wanted = Wanted {
            dialect,
            english: self.lang == Lang::En,
            severity: &|code, found, usual| chosen.severity(code, found, usual),
            least: chosen.least(),
        };
        let pack = read.pack();
        let mut compiled = sql::compile(pack, &read.sources, &read.workspace, &|n| chosen.wants(pack, n), &wanted);
        let out = self.one("out").unwrap_or_default();
        let files = match self.files(&read, &chosen, &mut compiled, dialect) {
            Ok(files) => files,
            Err(reason) => {
                err.push_str(&format!("{}\n", self.say("export-failed", &[("reason", &reason)])));
                return (String::new(), err, FAILED);
            }
        };
        if let Err(refusal) = write_folder(Path::new(out), &files) {
            let text = match refusal {
                Refusal::IsThere => format!("{}\n", self.say("sql-not-empty", &[("path", &out)])),
                other => self.refused(out, &other),
            };
            return (String::new(), err + &text, FAILED);
        }
        let mut said = self
            .say("sql-written", &[("path", &out), ("dialect", &dialect.name()), ("count", &compiled.queries.len())]);
        said.push('\n');
        if self.settings.baseline().is_some() || !self.settings.config.suppressions.is_empty() {
            err.push_str(&format!("{}\n", self.say("sql-not-accepted", &[])));
        }
        if !compiled.left.is_empty() {
            said.push_str(&format!("{}\n", self.say("sql-left", &[("count", &compiled.left.len())])));
        }
        for (rule, reason) in &compiled.left {
            let Some(rule) = pack.rules.get(*rule) else { continue };
            said.push_str(&format!("  {}: {}\n", code(rule), self.why_not(reason)));
        }
        (said, err, if compiled.left.is_empty() { FINE } else { FOUND })
    }

    /// Why a rule cannot be said in SQL.
    fn why_not(&self, reason: &Reason) -> String {
        let (code, name) = reason.code();
        self.say(&format!("sql-why-{code}"), &[("name", &name)])
    }

    /// All files of the folder.
    fn files(
        &self,
        read: &Read,
        chosen: &Chosen,
        compiled: &mut Compiled,
        dialect: Dialect,
    ) -> Result<Vec<(String, Vec<u8>)>, String> {
        if let Some(failed) = &compiled.failed {
            return Err(failed.clone());
        }
        let pack = read.pack();
        let mut facts = std::mem::take(&mut compiled.facts);
        facts.push(self.sources_table(read)?);
        facts.push(self.faults_table(read, chosen)?);
        let mut files = Vec::new();
        let mut views = String::new();
        let mut tables = Vec::new();
        for (name, bytes, rows) in facts {
            let file = format!("facts/{name}.parquet");
            views.push_str(&dialect.view(&name, &file));
            tables.push(Table { name, file: file.clone(), rows });
            files.push((file, bytes));
        }
        let mut all = vec![faults_query(dialect)];
        let mut rules = Vec::new();
        for (number, query) in &compiled.queries {
            let Some(rule) = pack.rules.get(*number) else { continue };
            let file = format!("rules/{}.sql", code(rule).replace(['/', '\\'], "-"));
            all.push(query.clone());
            files.push((file.clone(), format!("{query}\n").into_bytes()));
            rules.push(Rule { rule: code(rule), file });
        }
        let order = ["path", "line", "column", "rule", "message"].map(|n| dialect.quote(n)).join(", ");
        let all: Vec<String> = all.iter().map(|q| format!("SELECT * FROM (\n{q}\n) found")).collect();
        let script = format!("SELECT * FROM (\n{}\n) findings\nORDER BY {order};\n", all.join("\nUNION ALL\n"));
        let left = compiled.left.iter().filter_map(|(number, reason)| {
            let rule = code(pack.rules.get(*number)?);
            Some(Left { rule, reason: reason.code().0, message: self.why_not(reason) })
        });
        let manifest = Manifest {
            version: VERSION,
            program: concat!("totsugo ", env!("CARGO_PKG_VERSION")),
            dialect: dialect.name(),
            lang: if self.lang == Lang::En { "en" } else { "ja" },
            tables,
            rules,
            not_expressed: left.collect(),
        };
        let manifest = in_json(serde_json::to_string_pretty(&manifest).map_err(|e| e.to_string())?) + "\n";
        files.push(("tables.sql".into(), views.into_bytes()));
        files.push(("findings.sql".into(), script.into_bytes()));
        files.push(("manifest.json".into(), manifest.into_bytes()));
        Ok(files)
    }

    /// The files and sheets that places are in.
    fn sources_table(&self, read: &Read) -> Result<(String, Vec<u8>, usize), String> {
        let field = |name: &str, stored| Field { name: name.into(), stored };
        let fields = [field("source", Stored::Int), field("path", Stored::Text), field("sheet", Stored::Text)];
        let sources: Vec<_> = read.sources.iter().collect();
        let bytes = sql::table(&fields, sources.len(), &mut |row, column| match (sources.get(row), column) {
            (Some((id, _)), 0) => Item::Number(i64::from(id.0)),
            (Some((_, source)), 1) => Item::Text(source.path.clone()),
            (Some((_, source)), _) => source.grid.as_ref().map_or(Item::Null, |g| Item::Text(g.sheet.clone())),
            (None, _) => Item::Null,
        });
        Ok(("sources".into(), bytes.map_err(|e| e.to_string())?, sources.len()))
    }

    /// The faults of form, which no rule finds: they are findings of a check all the same.
    fn faults_table(&self, read: &Read, chosen: &Chosen) -> Result<(String, Vec<u8>, usize), String> {
        let faults = chosen.faults(read, &self.messages);
        let fields = [
            ("rule", Stored::Text),
            ("severity", Stored::Text),
            ("path", Stored::Text),
            ("place", Stored::Text),
            ("line", Stored::Long),
            ("column", Stored::Long),
            ("message", Stored::Text),
        ];
        let fields = fields.map(|(name, stored)| Field { name: name.into(), stored });
        let number = |n: usize| i64::try_from(n).map_or(Item::Null, Item::Number);
        let bytes = sql::table(&fields, faults.len(), &mut |row, column| {
            let Some(fault) = faults.get(row) else { return Item::Null };
            let (source, start) = (read.sources.get(fault.span.source), fault.span.range().start);
            match column {
                0 => Item::Text(fault.rule.clone()),
                1 => Item::Text(sql::severity_word(fault.severity).into()),
                2 => source.map_or(Item::Null, |s| Item::Text(s.path.clone())),
                3 => source.map_or(Item::Null, |s| {
                    let place = s.place(start);
                    Item::Text(place.get(s.path.len() + 1..).unwrap_or_default().to_owned())
                }),
                4 => source.map_or(Item::Null, |s| number(s.position(start).line)),
                5 => source.map_or(Item::Null, |s| number(s.position(start).column)),
                _ => Item::Text(fault.message.get(self.lang).to_owned()),
            }
        });
        Ok(("faults".into(), bytes.map_err(|e| e.to_string())?, faults.len()))
    }
}

/// The query that gives the faults of form.
fn faults_query(dialect: Dialect) -> String {
    let names = ["rule", "severity", "path", "place", "line", "column", "message"].map(|n| dialect.quote(n)).join(", ");
    format!("SELECT {names} FROM {}", dialect.quote("faults"))
}
