//! A query as a chain of named steps (WITH): rows are joined in one, what is counted over them is joined in the next. A
//! step gives only the columns that later ones have asked for.
use std::collections::BTreeMap;

use super::cond::Cond;
use super::dialect::Dialect;

/// Number of a step.
pub type StepId = usize;

/// What a step reads.
#[derive(Debug, Clone)]
pub struct From {
    /// The table, or the step.
    pub name: Input,
    /// What it is called here.
    pub alias: String,
    /// Joined on this; rows without a partner stay. `None` for the table that the step begins with.
    pub on: Option<Cond>,
}

/// A table or a step.
#[derive(Debug, Clone)]
pub enum Input {
    /// A view.
    View(String),
    /// A step.
    Step(StepId),
}

/// One step.
#[derive(Debug, Clone, Default)]
pub struct Step {
    /// The step before it, under the alias `x`.
    pub parent: Option<StepId>,
    /// The steps that give rows to range variables, by slot.
    pub slots: BTreeMap<usize, StepId>,
    /// What else it reads.
    pub inputs: Vec<From>,
    /// Conditions.
    pub filters: Vec<Cond>,
    /// What it gives: name and expression.
    pub outputs: BTreeMap<String, String>,
    /// Names of outputs that it groups by; `None` if it does not group.
    pub group: Option<Vec<String>>,
    /// Whether equal rows are one.
    pub distinct: bool,
    /// Several of them as one.
    pub union: Vec<StepId>,
}

/// The steps of a query.
#[derive(Debug, Default)]
pub struct Steps {
    all: Vec<Step>,
}

impl Steps {
    /// Adds a step.
    pub fn add(&mut self, step: Step) -> StepId {
        self.all.push(step);
        self.all.len() - 1
    }

    /// A step.
    pub fn get(&self, id: StepId) -> Option<&Step> {
        self.all.get(id)
    }

    /// A step, to be changed.
    pub fn get_mut(&mut self, id: StepId) -> Option<&mut Step> {
        self.all.get_mut(id)
    }

    /// The steps up to this one, each after those that it reads, for the query that reads the last.
    pub fn with(&self, last: StepId, dialect: Dialect) -> String {
        let steps =
            self.order(last).into_iter().map(|id| format!("{} AS (\n{}\n)", name(id), self.select(id, dialect)));
        format!("WITH {}", steps.collect::<Vec<_>>().join(",\n"))
    }

    fn needs(&self, id: StepId) -> Vec<StepId> {
        let Some(step) = self.all.get(id) else { return Vec::new() };
        let inputs = step.inputs.iter().filter_map(|from| match &from.name {
            Input::Step(id) => Some(*id),
            Input::View(_) => None,
        });
        step.parent.into_iter().chain(step.slots.values().copied()).chain(inputs).chain(step.union.clone()).collect()
    }

    /// The steps, each after those that it reads.
    fn order(&self, last: StepId) -> Vec<StepId> {
        fn visit(steps: &Steps, id: StepId, out: &mut Vec<StepId>) {
            if out.contains(&id) {
                return;
            }
            steps.needs(id).into_iter().for_each(|n| visit(steps, n, out));
            out.push(id);
        }
        let mut out = Vec::new();
        visit(self, last, &mut out);
        out
    }

    fn select(&self, id: StepId, dialect: Dialect) -> String {
        let Some(step) = self.all.get(id) else { return String::new() };
        if !step.union.is_empty() {
            let names: Vec<String> = step.outputs.keys().map(|n| dialect.quote(n)).collect();
            let names = if names.is_empty() { "1 AS one".to_owned() } else { names.join(", ") };
            let parts: Vec<String> =
                step.union.iter().map(|u| format!("  SELECT {names} FROM {}", self::name(*u))).collect();
            return parts.join("\n  UNION ALL\n");
        }
        let outputs: Vec<String> =
            step.outputs.iter().map(|(name, sql)| format!("{sql} AS {}", dialect.quote(name))).collect();
        let outputs = if outputs.is_empty() { "1 AS one".to_owned() } else { outputs.join(",\n    ") };
        let distinct = if step.distinct { "DISTINCT " } else { "" };
        let mut out = format!("  SELECT {distinct}{outputs}");
        let mut from: Vec<String> = step.parent.map(|p| format!("{} x", name(p))).into_iter().collect();
        from.extend(step.slots.iter().map(|(slot, id)| format!("{} r{slot}", name(*id))));
        let mut joins = String::new();
        for From { name: input, alias, on } in &step.inputs {
            let input = match input {
                Input::View(view) => dialect.quote(view),
                Input::Step(id) => name(*id),
            };
            match on {
                None => from.push(format!("{input} {alias}")),
                Some(on) => joins.push_str(&format!("\n  LEFT JOIN {input} {alias} ON {on}")),
            }
        }
        if !from.is_empty() {
            out.push_str(&format!("\n  FROM {}{joins}", from.join(" CROSS JOIN ")));
        }
        let mut filters: Vec<String> = Vec::new();
        for filter in step.filters.iter().filter(|f| **f != Cond::Always) {
            let text = filter.to_string();
            if !filters.contains(&text) {
                filters.push(text);
            }
        }
        if !filters.is_empty() {
            out.push_str(&format!("\n  WHERE {}", filters.join("\n    AND ")));
        }
        if let Some(group) = step.group.as_ref().filter(|g| !g.is_empty()) {
            let keys: Vec<&str> = group.iter().filter_map(|g| step.outputs.get(g)).map(String::as_str).collect();
            out.push_str(&format!("\n  GROUP BY {}", keys.join(", ")));
        }
        out
    }
}

/// The name of a step.
pub fn name(id: StepId) -> String {
    format!("q{id}")
}
