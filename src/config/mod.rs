//! Floor 9. The settings of a project, `totsugo.yaml`: read with their places, and what they name resolved against
//! the rules. No file is touched here, and no rule knows of it.
mod baseline;
mod comment;
mod names;
mod place;
mod read;
mod suppress;

use std::collections::BTreeMap;

pub use baseline::{Baseline, Entry, Judged, Known, Scene, judge, read_baseline, stale, unknown, write_baseline};
pub use comment::comments;
pub use names::{Choices, Names, resolve};
pub use read::read;
pub use suppress::{Surroundings, suppress};

use crate::findings::{FailOn, Lang};
use crate::rules::Parameters;
use crate::syntax::Spanned;
pub use crate::syntax::yaml::Said;
use crate::text::{Severity, Span};
use crate::value::Date;

/// The name of the file.
pub const FILE: &str = "totsugo.yaml";

/// The settings of a project. The command line wins over them.
#[derive(Debug, Default)]
pub struct Config {
    /// `lang`.
    pub lang: Option<Lang>,
    /// `paths`: files and folders to check where none are named.
    pub paths: Vec<Said>,
    /// `rules`: more rule files and folders of them.
    pub rules: Vec<Said>,
    /// `min-severity`.
    pub min_severity: Option<Severity>,
    /// `fail-on`.
    pub fail_on: Option<FailOn>,
    /// `select`: rules and sets to use.
    pub select: Vec<Said>,
    /// `ignore`: rules and sets not to use.
    pub ignore: Vec<Said>,
    /// `sets`: by the normal form of their names.
    pub sets: BTreeMap<String, Set>,
    /// `severities`: rule or set, and how grave its findings are.
    pub severities: Vec<(Said, Severity)>,
    /// `parameters`: by rule as written, then by parameter as written.
    pub parameters: BTreeMap<String, BTreeMap<String, Parameter>>,
    /// `suppressions`.
    pub suppressions: Vec<Suppression>,
    /// `limits`.
    pub limits: Limits,
    /// `baseline`: the file with the findings that are known.
    pub baseline: Option<Said>,
}

/// How much a run may take.
#[derive(Debug, Default, Clone, Copy)]
pub struct Limits {
    /// `file-size`: the largest file, in MiB.
    pub file_size: Option<u64>,
    /// `findings`: how many findings there may be.
    pub findings: Option<usize>,
    /// `steps`: how many million rows rules may look at.
    pub steps: Option<u64>,
    /// `time`: how many seconds a run may take.
    pub time: Option<u64>,
}

/// Rules under one name.
#[derive(Debug)]
pub struct Set {
    /// Its name.
    pub name: Said,
    /// Rules, and other sets.
    pub members: Vec<Said>,
}

/// The value that the settings give to a parameter of a rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    /// Where the rule is named.
    pub rule: Span,
    /// Where the parameter is named.
    pub name: Span,
    /// The value as written.
    pub value: Said,
}

/// Findings that the team has accepted, in the settings or in a comment of a plan.
#[derive(Debug)]
pub struct Suppression {
    /// The rule or set.
    pub rule: Said,
    /// The code of the document; any if left out.
    pub document: Option<Said>,
    /// What is printed at the finding, or the number or name of what it stands in; anything if left out.
    pub place: Option<Said>,
    /// Of a comment: the statement or line that it stands by.
    pub within: Option<Span>,
    /// Why.
    pub reason: Option<Said>,
    /// The last day on which it holds.
    pub until: Option<(Date, Span)>,
}

impl Config {
    /// The values of `parameters` as rules take them up.
    #[must_use]
    pub fn values(&self) -> Parameters {
        let value = |p: &Parameter| Spanned { node: p.value.text.clone(), span: p.value.span };
        let of_rule = |all: &BTreeMap<String, Parameter>| all.iter().map(|(n, p)| (n.clone(), value(p))).collect();
        self.parameters.iter().map(|(rule, all)| (rule.clone(), of_rule(all))).collect()
    }
}
