//! Which findings are shown, and in what order.
use super::Finding;
use crate::text::{Severity, Sources};

/// What a user asked to see.
#[derive(Debug, Clone)]
pub struct Sieve {
    /// Nothing less grave is shown.
    pub min_severity: Severity,
    /// Codes to show; empty: all.
    pub select: Vec<String>,
    /// Codes not to show.
    pub ignore: Vec<String>,
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// 誤り
    pub errors: usize,
    /// 警告
    pub warnings: usize,
    /// 情報
    pub infos: usize,
}

/// Drops what was not asked for and sorts by path, place and code.
#[must_use]
pub fn sift(findings: Vec<Finding>, sieve: &Sieve, sources: &Sources) -> Vec<Finding> {
    let wanted = |f: &Finding| {
        f.severity >= sieve.min_severity
            && (sieve.select.is_empty() || sieve.select.contains(&f.rule))
            && !sieve.ignore.contains(&f.rule)
    };
    let mut kept: Vec<Finding> = findings.into_iter().filter(wanted).collect();
    let path = |f: &Finding| sources.get(f.span.source).map_or("", |s| s.path.as_str());
    kept.sort_by(|a, b| {
        let order = path(a).cmp(path(b)).then(a.span.start.cmp(&b.span.start)).then(a.span.end.cmp(&b.span.end));
        order.then_with(|| a.rule.cmp(&b.rule)).then_with(|| a.message.ja.cmp(&b.message.ja))
    });
    kept
}

/// Counts by severity.
#[must_use]
pub fn count(findings: &[Finding]) -> Counts {
    let of = |severity| findings.iter().filter(|f| f.severity == severity).count();
    Counts { errors: of(Severity::Error), warnings: of(Severity::Warning), infos: of(Severity::Info) }
}
