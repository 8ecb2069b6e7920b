//! The texts of the built-in rules.

/// The built-in rule files: path and text. The vocabulary comes first.
pub const BUILT_IN: &[(&str, &str)] = &[
    ("rules/vocabulary.rules", include_str!("../../rules/vocabulary.rules")),
    ("rules/schemes.rules", include_str!("../../rules/schemes.rules")),
    ("rules/relisting.rules", include_str!("../../rules/relisting.rules")),
    ("rules/numbering.rules", include_str!("../../rules/numbering.rules")),
    ("rules/arithmetic.rules", include_str!("../../rules/arithmetic.rules")),
    ("rules/status.rules", include_str!("../../rules/status.rules")),
    ("rules/targets.rules", include_str!("../../rules/targets.rules")),
    ("rules/documents.rules", include_str!("../../rules/documents.rules")),
    ("rules/notation.rules", include_str!("../../rules/notation.rules")),
    ("rules/dates.rules", include_str!("../../rules/dates.rules")),
    ("rules/policy.rules", include_str!("../../rules/policy.rules")),
    ("rules/prose.rules", include_str!("../../rules/prose.rules")),
    ("rules/budget.rules", include_str!("../../rules/budget.rules")),
    ("rules/tree.rules", include_str!("../../rules/tree.rules")),
    ("rules/references.rules", include_str!("../../rules/references.rules")),
];
