//! The one place where findings are ordered, left out and counted.
use super::Finding;
use crate::text::{Severity, Sources, normal};

/// Which findings are wanted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Filter {
    /// Findings below this are left out.
    pub min_severity: Severity,
    /// If not empty: only these rules, by slug or Japanese name. Faults of form always stay.
    pub select: Vec<String>,
    /// These rules and faults are left out, by slug or Japanese name.
    pub ignore: Vec<String>,
}

impl Default for Filter {
    fn default() -> Self {
        Self { min_severity: Severity::Warning, select: Vec::new(), ignore: Vec::new() }
    }
}

/// On which findings a run fails.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// On those of this severity and graver ones.
    At(Severity),
    /// On none.
    Never,
}

impl FailOn {
    /// What a word asks for, in either language.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        match normal::normal(word).as_str() {
            "なし" | "never" => Some(Self::Never),
            word => severity_of_word(word).map(Self::At),
        }
    }

    /// The least severity on which a run fails.
    #[must_use]
    pub fn severity(self) -> Option<Severity> {
        match self {
            Self::At(severity) => Some(severity),
            Self::Never => None,
        }
    }

    /// Whether a run that shows these findings fails.
    #[must_use]
    pub fn fails(self, findings: &[Finding]) -> bool {
        self.severity().is_some_and(|least| findings.iter().any(|f| f.severity >= least))
    }
}

/// How many findings of each severity there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// 誤り.
    pub errors: usize,
    /// 警告.
    pub warnings: usize,
    /// 情報.
    pub infos: usize,
}

impl Counts {
    /// Counts `findings`.
    #[must_use]
    pub fn of(findings: &[Finding]) -> Self {
        let count = |severity| findings.iter().filter(|f| f.severity == severity).count();
        Self { errors: count(Severity::Error), warnings: count(Severity::Warning), infos: count(Severity::Info) }
    }

    /// All of them.
    #[must_use]
    pub fn total(self) -> usize {
        self.errors + self.warnings + self.infos
    }
}

/// What a report ends with.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Summary {
    /// The findings.
    pub counts: Counts,
    /// Documents that were checked.
    pub documents: usize,
    /// Findings that would be shown but for a suppression.
    pub suppressed: usize,
    /// Findings that would be shown if they did not stand in the baseline.
    pub baseline: usize,
    /// Findings that would be shown if they had not been there before the change that is looked at.
    pub before: usize,
}

/// Keeps the wanted findings, in order: by path, place, rule.
#[must_use]
pub fn sift(mut findings: Vec<Finding>, filter: &Filter, sources: &Sources) -> Vec<Finding> {
    findings.retain(wanted(filter));
    sort(&mut findings, sources);
    findings
}

/// Whether a finding is wanted.
pub fn wanted(filter: &Filter) -> impl Fn(&Finding) -> bool {
    let select: Vec<String> = filter.select.iter().map(|n| normal::normal(n)).collect();
    let ignore: Vec<String> = filter.ignore.iter().map(|n| normal::normal(n)).collect();
    let min_severity = filter.min_severity;
    let names = |list: &[String], finding: &Finding| {
        !list.is_empty() && [&finding.rule, &finding.name.ja].into_iter().any(|n| list.contains(&normal::normal(n)))
    };
    move |finding| {
        finding.severity >= min_severity
            && (select.is_empty() || finding.is_fault || names(&select, finding))
            && !names(&ignore, finding)
    }
}

/// Orders findings by path, place and rule.
pub fn sort(findings: &mut [Finding], sources: &Sources) {
    let path = |finding: &Finding| sources.get(finding.span.source).map_or("", |s| s.path.as_str());
    findings.sort_by(|a, b| {
        (path(a), a.span.source, a.span.start, a.span.end, &a.rule, &a.message.ja).cmp(&(
            path(b),
            b.span.source,
            b.span.start,
            b.span.end,
            &b.rule,
            &b.message.ja,
        ))
    });
}

/// The severity that a word names, in either language.
#[must_use]
pub fn severity_of_word(word: &str) -> Option<Severity> {
    match normal::normal(word).as_str() {
        "誤り" | "error" => Some(Severity::Error),
        "警告" | "warning" => Some(Severity::Warning),
        "情報" | "info" => Some(Severity::Info),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::findings::Wording;
    use crate::text::{Source, Span};

    fn finding(rule: &str, name: &str, severity: Severity, span: Span) -> Finding {
        Finding {
            rule: rule.into(),
            name: Wording { ja: name.into(), en: rule.into() },
            severity,
            message: Wording::default(),
            help: None,
            span,
            related: Vec::new(),
            fix: None,
            is_fault: name == rule,
            folded: Vec::new(),
        }
    }

    #[test]
    fn findings_are_ordered_and_left_out_as_asked() {
        let mut sources = Sources::default();
        let b = sources.add(Source::new("b.plan", "0123456789"));
        let a = sources.add(Source::new("a.plan", "0123456789"));
        let all = vec![
            finding("rate", "達成率", Severity::Error, Span::new(b, 3..4)),
            finding("sum", "合計", Severity::Warning, Span::new(b, 1..2)),
            finding("bad-year", "bad-year", Severity::Error, Span::new(a, 5..6)),
            finding("hint", "こつ", Severity::Info, Span::new(a, 0..1)),
        ];
        let rules = |filter: &Filter| -> Vec<String> {
            sift(all.clone(), filter, &sources).into_iter().map(|f| f.rule).collect()
        };
        assert_eq!(rules(&Filter::default()), ["bad-year", "sum", "rate"]);
        let select = Filter { select: vec!["合 計".into()], ..Filter::default() };
        assert_eq!(rules(&select), ["bad-year", "sum"]);
        let ignore = Filter { ignore: vec!["rate".into()], min_severity: Severity::Info, ..Filter::default() };
        assert_eq!(rules(&ignore), ["hint", "bad-year", "sum"]);
        assert_eq!(Counts::of(&all), Counts { errors: 2, warnings: 1, infos: 1 });
        assert_eq!(Counts::of(&all).total(), 4);
    }
}
