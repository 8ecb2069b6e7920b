//! What a change of a text would be, as a unified diff that `patch` and `git apply` take.
use similar::TextDiff;

/// The diff of a file; empty if nothing changes. With `color`, lines that go are red and lines that come are green.
#[must_use]
pub fn diff(path: &str, before: &str, after: &str, color: bool) -> String {
    if before == after {
        return String::new();
    }
    let made = TextDiff::from_lines(before, after);
    let plain = made.unified_diff().context_radius(3).header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    if !color {
        return plain;
    }
    let mut out = String::with_capacity(plain.len() * 2);
    for line in plain.split_inclusive('\n') {
        let code = match line.as_bytes().first() {
            _ if line.starts_with("--- ") || line.starts_with("+++ ") => "1",
            Some(b'-') => "31",
            Some(b'+') => "32",
            Some(b'@') => "36",
            _ => {
                out.push_str(line);
                continue;
            }
        };
        let text = line.trim_end_matches('\n');
        out.push_str(&format!("\u{1b}[{code}m{text}\u{1b}[0m\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_change_is_a_diff_and_no_change_is_none() {
        assert_eq!(diff("a.plan", "a\nb\n", "a\nb\n", false), "");
        let told = diff("a.plan", "a\nb\n", "a\nc\n", false);
        assert_eq!(told, "--- a/a.plan\n+++ b/a.plan\n@@ -1,2 +1,2 @@\n a\n-b\n+c\n");
        assert!(diff("a.plan", "a", "b", false).contains("\\ No newline at end of file"));
        assert!(diff("a.plan", "a\n", "b\n", true).contains("\u{1b}[31m-a\u{1b}[0m\n"));
    }
}
