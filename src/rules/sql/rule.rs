//! A rule as a query, and all of them with the facts as files.
use rustc_hash::FxHashMap;

use super::super::Workspace;
use super::super::eval::{Context, Shared, Strategy};
use super::super::ir::TypedRule;
use super::super::pack::{Pack, code};
use super::super::run::{run, settles};
use super::cond::Cond;
use super::derive::All;
use super::dialect::Dialect;
use super::parquet::Writer;
use super::query::conditions;
use super::schema::Schema;
use super::stage::{Step, name};
use super::{Maker, Reason, holds_query};
use crate::text::{Severity, Sources};

/// How grave a finding of a rule is, by what the rule says and what is usual for it.
pub type Severities<'a> = &'a dyn Fn(&str, Severity, Severity) -> Severity;

/// Rules and facts for an engine.
#[derive(Debug, Default)]
pub struct Compiled {
    /// The Parquet files: name and bytes; `Err` what could not be written.
    pub facts: Vec<(String, Vec<u8>, usize)>,
    /// The queries of the rules that can be said: number of the rule in its pack, and the query.
    pub queries: Vec<(usize, String)>,
    /// The rules that cannot: their number, and why.
    pub left: Vec<(usize, Reason)>,
    /// What the program could not write as Parquet.
    pub failed: Option<String>,
}

/// What the queries are to be like.
pub struct Wanted<'a> {
    /// The engine.
    pub dialect: Dialect,
    /// Whether sentences are English.
    pub english: bool,
    /// How grave findings are.
    pub severity: Severities<'a>,
    /// What is below is left out.
    pub least: Severity,
}

/// Makes queries of the rules that `chosen` accepts (by number), and files of the facts.
#[must_use]
pub fn compile(
    pack: &Pack,
    sources: &Sources,
    workspace: &Workspace,
    chosen: &dyn Fn(usize) -> bool,
    wanted: &Wanted<'_>,
) -> Compiled {
    let Workspace { facts, graph, .. } = workspace;
    let rules: Vec<&TypedRule> = (0..pack.rules.len()).filter(|n| chosen(*n)).flat_map(|n| pack.typed(n)).collect();
    let shared = Shared::new(workspace, sources, pack, Strategy::Planned);
    let mut context = Context::new(&shared);
    // What the program leaves out of every computation, since another printing contradicts it.
    let settling: Vec<&TypedRule> = rules.iter().copied().filter(|r| settles(&r.check)).collect();
    // Their findings are those of the queries.
    let _ = run(&mut context, &settling);
    let disputed = context.disputed();
    let schema = Schema::of(facts, graph, disputed);
    let derived = All::default();
    let mut out = Compiled::default();
    let mut made: FxHashMap<usize, Result<Vec<String>, Reason>> = FxHashMap::default();
    let mut order = Vec::new();
    for typed in rules {
        let maker = Maker::new(facts, sources, &schema, &derived, wanted.dialect);
        let query = query(pack, maker, typed, wanted);
        let whole = made.entry(typed.rule).or_insert_with(|| {
            order.push(typed.rule);
            Ok(Vec::new())
        });
        match (whole, query) {
            (Ok(parts), Ok(query)) => parts.push(query),
            // A rule of which a part cannot be said is not said at all: half of it would look like the whole.
            (whole @ Ok(_), Err(reason)) => *whole = Err(reason),
            (Err(_), _) => {}
        }
    }
    for rule in order {
        match made.remove(&rule) {
            Some(Ok(parts)) => {
                let query = match parts.as_slice() {
                    [only] => only.clone(),
                    // A column variable makes several rules of one.
                    _ => {
                        let parts: Vec<String> =
                            parts.iter().map(|p| format!("SELECT * FROM (\n{p}\n) part")).collect();
                        parts.join("\nUNION ALL\n")
                    }
                };
                out.queries.push((rule, query));
            }
            Some(Err(reason)) => out.left.push((rule, reason)),
            None => {}
        }
    }
    let derived = derived.into_inner();
    let writer = Writer { facts, graph, sources, disputed, made: &derived };
    for table in schema.tables.iter().flatten() {
        match writer.relation(table) {
            Ok(bytes) => out.facts.push((table.name.clone(), bytes, table.rows)),
            Err(error) => out.failed = Some(error.to_string()),
        }
    }
    out
}

/// The query of one rule (one of several, if it has a column variable).
fn query(pack: &Pack, mut maker: Maker<'_>, typed: &TypedRule, wanted: &Wanted<'_>) -> Result<String, Reason> {
    let Some(rule) = pack.rules.get(typed.rule) else { return Err(Reason::Other) };
    let dialect = wanted.dialect;
    let (conditions, ranges) = conditions(&typed.query)?;
    let frame = maker.frame(None, &ranges)?;
    let (met, _) = maker.filter(frame, &conditions, &|_, truth| truth.so.clone())?;
    // The check, where it fails.
    let failed = maker.after(met);
    let check = maker.truth(failed, &typed.check)?;
    if let Some(step) = maker.steps.get_mut(failed) {
        step.filters.push(check.not);
    }
    // What is said of it.
    let said = maker.after(failed);
    let (place, mut unsure) = maker.place(said, &typed.place)?;
    let place = match typed.query.plan.steps.iter().map(|s| s.slot).min() {
        Some(first) => {
            let head = maker.head(said, first)?;
            let [source, line, column] = place;
            let [a, b, c] = head;
            let or =
                |place: String, head: String| if place == head { place } else { format!("COALESCE({place}, {head})") };
            [or(source, a), or(line, b), or(column, c)]
        }
        None => place,
    };
    let mut unsure_places = Cond::sql(std::mem::take(&mut unsure));
    let any_unsure = maker.schema.tables.iter().flatten().any(|t| t.unsure);
    for label in typed.labels.iter().filter(|_| any_unsure) {
        if !label.query.ranges.is_empty() {
            let shown = maker.any_label(said, &label.query, &label.place)?;
            unsure_places = unsure_places.or(&shown);
            continue;
        }
        if label.query.conditions.iter().any(holds_query) {
            return Err(Reason::Unsure);
        }
        let (_, unsure) = maker.place(said, &label.place)?;
        let mut shown = Cond::sql(unsure);
        for condition in &label.query.conditions {
            shown = shown.and(&maker.truth(said, condition)?.so);
        }
        unsure_places = unsure_places.or(&shown);
    }
    let ja = maker.sentence(said, &typed.sentence.ja)?;
    let en = maker.sentence(said, &typed.sentence.en)?;
    let word = |severity: Severity| rank((wanted.severity)(code(rule), severity, rule.gravest()));
    let graded = |severity: Severity| -> String {
        let milder = severity.min(Severity::Warning);
        match any_unsure && word(milder) != word(severity) {
            true => format!("CASE WHEN {unsure_places} THEN {} ELSE {} END", word(milder), word(severity)),
            false => word(severity).to_string(),
        }
    };
    let severity = match &typed.milder {
        None => graded(typed.severity),
        Some((condition, other)) => {
            let truth = maker.truth(said, condition)?;
            let open = typed.severity.min(*other);
            format!(
                "CASE WHEN {} THEN {} WHEN {} THEN {} ELSE {} END",
                truth.so,
                graded(typed.severity),
                truth.not,
                graded(*other),
                graded(open)
            )
        }
    };
    let [source, line, column] = place;
    let mut order = Vec::new();
    for (slot, _) in &ranges {
        let way = super::expr::Way { slot: *slot, hops: Vec::new() };
        let sql = maker.column(said, &way, "_row")?;
        let name = maker.output(&way, "_row");
        maker.give(said, &name, sql);
        order.push(format!("x.{}", dialect.quote(&name)));
    }
    let message = if wanted.english { &en } else { &ja };
    for (name, sql) in [
        ("severity", &severity),
        ("source", &source),
        ("line", &line),
        ("column", &column),
        ("ja", &ja),
        ("message", message),
    ] {
        maker.give(said, name, sql.clone());
    }
    // One finding for what is said twice of one place: the first, as the program says it.
    let first = maker.steps.add(Step { parent: Some(said), ..Step::default() });
    for name in ["severity", "source", "line", "column", "message"] {
        maker.give(first, name, format!("x.{}", dialect.quote(name)));
    }
    let by = ["source", "line", "column", "ja"].map(|n| format!("x.{}", dialect.quote(n))).join(", ");
    let number = format!("ROW_NUMBER() OVER (PARTITION BY {by} ORDER BY {})", order.join(", "));
    maker.give(first, "number", number);
    Ok(finding(&maker, first, code(rule), wanted))
}

/// The rank of a severity.
fn rank(severity: Severity) -> u8 {
    match severity {
        Severity::Error => 3,
        Severity::Warning => 2,
        Severity::Info => 1,
    }
}

/// A severity as findings for programs name it.
#[must_use]
pub fn severity_word(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "info",
    }
}

/// The columns of a finding, with the place in words.
fn finding(maker: &Maker<'_>, first: usize, code: &str, wanted: &Wanted<'_>) -> String {
    let dialect = wanted.dialect;
    let (quote, literal) = (|name: &str| dialect.quote(name), |text: &str| dialect.literal(text));
    let text = dialect.text();
    let all = [Severity::Error, Severity::Warning, Severity::Info];
    let severity: String = all.map(|s| format!(" WHEN {} THEN {}", rank(s), literal(severity_word(s)))).concat();
    let least = rank(wanted.least);
    let (line, column) = (format!("f.{}", quote("line")), format!("f.{}", quote("column")));
    format!(
        "{}\nSELECT {} AS {}, CASE f.{}{severity} END AS {}, s.{} AS {},\n  {} AS {},\n  {line} AS {}, {column} AS {}, f.{} AS {}\n\
         FROM {} f LEFT JOIN {} s ON s.{} = f.{}\nWHERE f.{} = 1 AND f.{} >= {least}",
        maker.steps.with(first, dialect),
        literal(code),
        quote("rule"),
        quote("severity"),
        quote("severity"),
        quote("path"),
        quote("path"),
        place_text(dialect, &line, &column, text),
        quote("place"),
        quote("line"),
        quote("column"),
        quote("message"),
        quote("message"),
        name(first),
        quote("sources"),
        quote("source"),
        quote("source"),
        quote("number"),
        quote("severity"),
    )
}

/// A place as people write it: `12:5`, `一覧!N12`.
fn place_text(dialect: Dialect, line: &str, column: &str, text: &str) -> String {
    let sheet = format!("s.{}", dialect.quote("sheet"));
    let none = dialect.literal("");
    // Column names have no nought: Z is followed by AA.
    let letter = |number: &str| format!("CHR(CAST(65 + MOD({number}, 26) AS INT))");
    let one = letter(&format!("{column} - 1"));
    let two = letter(&format!("{} - 1", dialect.whole_quotient(&format!("({column} - 1)"), "26")));
    let three = letter(&format!("{} - 1", dialect.whole_quotient(&format!("({column} - 27)"), "676")));
    let second = letter(&dialect.whole_quotient(&format!("({column} - 27)"), "26"));
    let letters = format!(
        "CASE WHEN {column} <= 26 THEN {one} WHEN {column} <= 702 THEN {two} || {one} ELSE {three} || {second} || {one} END"
    );
    format!(
        "CASE WHEN {sheet} IS NULL THEN CAST({line} AS {text}) || {} || CAST({column} AS {text})\n    ELSE CASE WHEN {sheet} = {none} THEN {none} \
         ELSE {sheet} || {} END || {letters} || CAST({line} AS {text}) END",
        dialect.literal(":"),
        dialect.literal("!"),
    )
}
