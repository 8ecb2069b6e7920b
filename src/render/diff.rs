//! A unified diff, as `patch` and `git apply` take it.
use similar::TextDiff;

/// Lines shown around a change.
const AROUND: usize = 3;

/// How a file changes; nothing if it does not.
#[must_use]
pub fn diff(path: &str, before: &str, after: &str, color: bool) -> String {
    // Lines end with \n and with nothing else, or a patch would not fit where a lone \r stands in a text.
    let lines = |text: &'_ str| -> Vec<String> { text.split_inclusive('\n').map(str::to_owned).collect() };
    let (old, new) = (lines(before), lines(after));
    let (old, new): (Vec<&str>, Vec<&str>) =
        (old.iter().map(String::as_str).collect(), new.iter().map(String::as_str).collect());
    let changes = TextDiff::configure().newline_terminated(true).diff_slices(&old, &new);
    let path = path.trim_start_matches('/');
    // As git has it: behind a name with a blank stands a tab.
    let tab = if path.contains(' ') { "\t" } else { "" };
    let plain = changes
        .unified_diff()
        .context_radius(AROUND)
        .header(&format!("a/{path}{tab}"), &format!("b/{path}{tab}"))
        .to_string();
    if color { plain.split_inclusive('\n').map(painted).collect() } else { plain }
}

/// A line in its colour.
fn painted(line: &str) -> String {
    let code = match line.chars().next() {
        _ if line.starts_with("--- ") || line.starts_with("+++ ") => "1",
        Some('-') => "31",
        Some('+') => "32",
        Some('@') => "36",
        _ => return line.to_owned(),
    };
    let bare = line.trim_end_matches(['\r', '\n']);
    format!("\u{1b}[{code}m{bare}\u{1b}[0m{}", line.get(bare.len()..).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_changes_is_shown_with_its_line_ends() {
        let text = "a\r\nb\rc\n件";
        let shown = diff("x y.plan", text, "a\r\nb\rd\n件", false);
        assert_eq!(
            shown,
            "--- a/x y.plan\t\n+++ b/x y.plan\t\n@@ -1,3 +1,3 @@\n a\r\n-b\rc\n+b\rd\n 件\n\\ No newline at end of file\n"
        );
        assert_eq!(diff("x", text, text, false), "");
        assert!(diff("x", "a\n", "b\n", true).contains("\u{1b}[31m-a\u{1b}[0m\n\u{1b}[32m+b\u{1b}[0m\n"));
    }
}
