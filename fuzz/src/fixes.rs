//! Any text as a plan and as CSV, with all its fixes made: nothing gets worse, and nothing is left to be made again.
use std::collections::BTreeMap;

use super::project::Project;
use super::text;
use totsugo::findings::Finding;
use totsugo::text::Severity;

/// How many errors there are of each kind.
fn errors(findings: &[Finding]) -> BTreeMap<&str, usize> {
    let mut out = BTreeMap::new();
    for finding in findings.iter().filter(|f| f.severity == Severity::Error) {
        *out.entry(finding.rule.as_str()).or_default() += 1;
    }
    out
}

pub fn run(bytes: &[u8]) {
    let text = text(bytes);
    Project::with(|project| {
        for name in ["a.plan", "a.csv"] {
            let (before, fixed) = project.read(&[(name, text.as_bytes())]).fix();
            let was = errors(&before.findings);
            for (rule, count) in errors(&fixed.checked.findings) {
                assert!(was.get(rule).is_some_and(|w| *w >= count), "new: {rule} in {:?}", fixed.files);
            }
            let made: usize = fixed.files.iter().map(|f| f.fixes.len()).sum();
            let (then, now) = (before.findings.len(), fixed.checked.findings.len());
            assert!(made == 0 || now < then, "{made} fixes, {then} findings before, {now} after: {:?}", fixed.files);
            let [file] = fixed.files.as_slice() else { continue };
            // What was fixed is what a later run reads.
            let (again, more) = project.read(&[(name, &file.after)]).fix();
            let told = |all: &[Finding]| all.iter().map(|f| (f.rule.clone(), f.message.ja.clone())).collect::<Vec<_>>();
            assert_eq!(told(&fixed.checked.findings), told(&again.findings), "{:?}", fixed.files);
            assert!(!fixed.stable || more.files.is_empty(), "{:?}", more.files);
        }
    });
}
