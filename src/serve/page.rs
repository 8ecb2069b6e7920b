//! The page: the report, and in it what makes it live.
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::Project;
use super::look::Look;
use super::panel::{Said, panel};
use crate::findings::Lang;
use crate::render::{Report, html as report_page};

const STYLE: &str = include_str!("live.css");
const SCRIPT: &str = include_str!("live.js");
/// How the policy of a page that is a file begins; of a page that is served it goes into a header.
const POLICY: &str = "<meta http-equiv=\"Content-Security-Policy\" content=\"";
/// Without a sign of its own a browser asks for one.
const ICON: &str = "<link rel=\"icon\" href=\"data:,\">";

/// A page and what it may do.
pub(super) struct Made {
    pub(super) html: String,
    pub(super) policy: String,
}

/// The page of a check.
pub(super) fn page(project: &Project, look: &Look, id: &str) -> Made {
    let Look { read, findings, summary, trouble, .. } = look;
    let said = panel(project, id, &Said::Look(look));
    if findings.is_empty() && (trouble.is_some() || read.is_empty()) {
        // Where nothing was checked, a report would say that all is well.
        return alive(&bare(project), said);
    }
    let report = Report {
        findings,
        sources: &read.sources,
        summary: *summary,
        pack: read.pack(),
        facts: Some(&read.workspace.facts),
        messages: &project.messages,
        lang: project.lang,
    };
    alive(&report_page::page(&report, &read.workspace), said)
}

/// A page as long as the first check is not done.
pub(super) fn waiting(project: &Project, id: &str) -> Made {
    alive(&bare(project), panel(project, id, &Said::Sentence("serve-waiting")))
}

/// A page when a check has broken down, which is a mistake of ours.
pub(super) fn broken(project: &Project, id: &str) -> Made {
    alive(&bare(project), panel(project, id, &Said::Sentence("serve-broken")))
}

/// A page without a report.
fn bare(project: &Project) -> String {
    let title = project.say("serve-title", &[]);
    let lang = if project.lang == Lang::En { "en" } else { "ja" };
    let page = html! {
        (DOCTYPE)
        html lang=(lang) {
            head {
                meta charset="utf-8";
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                title { (title) }
            }
            body { main #main { h1 { (title) } } }
        }
    };
    page.into_string()
}

/// Puts the panel at the beginning of what a page says, with its style and its script, and makes its policy a header.
fn alive(html: &str, panel: Markup) -> Made {
    let (before, policy, after) = match html.split_once(POLICY).and_then(|(before, rest)| {
        let (policy, after) = rest.split_once("\">")?;
        Some((before, policy, after))
    }) {
        Some(parts) => parts,
        None => (html, "", ""),
    };
    let mut page = format!("{before}{after}");
    insert(&mut page, "</head>", true, &format!("{ICON}<style>{STYLE}</style>"));
    insert(&mut page, "<main id=\"main\">", false, &panel.into_string());
    let script = html! { script { (PreEscaped(SCRIPT)) } }.into_string();
    match page.rfind("</body>") {
        Some(at) => page.insert_str(at, &script),
        None => page.push_str(&script),
    }
    Made { html: page, policy: allowed(policy) }
}

/// Puts a text before or behind the first place where a tag stands.
fn insert(page: &mut String, tag: &str, before: bool, text: &str) {
    if let Some(at) = page.find(tag) {
        page.insert_str(if before { at } else { at + tag.len() }, text);
    }
}

/// What the report may do, and what the live parts need: their own style and script, and this server.
fn allowed(policy: &str) -> String {
    let policy = if policy.is_empty() { "default-src 'none'; base-uri 'none'; form-action 'none'" } else { policy };
    let mut all: Vec<(String, Vec<String>)> = Vec::new();
    for directive in policy.split(';') {
        let mut words = directive.split_whitespace().map(str::to_owned);
        if let Some(name) = words.next() {
            all.push((name, words.collect()));
        }
    }
    let more = [
        ("style-src", hash(STYLE)),
        ("script-src", hash(SCRIPT)),
        ("connect-src", "'self'".to_owned()),
        ("img-src", "data:".to_owned()),
        ("frame-ancestors", "'none'".to_owned()),
    ];
    for (name, value) in more {
        match all.iter_mut().find(|(n, _)| n == name) {
            Some((_, values)) => {
                values.retain(|v| v != "'none'");
                values.push(value);
            }
            None => all.push((name.to_owned(), vec![value])),
        }
    }
    let written: Vec<String> = all.iter().map(|(name, values)| format!("{name} {}", values.join(" "))).collect();
    written.join("; ")
}

/// By this a browser knows that a style or a script is ours.
fn hash(text: &str) -> String {
    format!("'sha256-{}'", STANDARD.encode(Sha256::digest(text.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_becomes_a_header_that_knows_the_live_parts() {
        let html = format!(
            "<html><head>{POLICY}default-src 'none'; script-src 'sha256-a'; connect-src 'none'\"></head>\
             <body><main id=\"main\">&lt;/body&gt;</main></body></html>"
        );
        let Made { html, policy } = alive(&html, html! { p #live {} });
        assert!(!html.contains("http-equiv") && html.contains("<main id=\"main\"><p id=\"live\"></p>"), "{html}");
        assert!(html.find("<style>") < html.find("</head>") && html.ends_with("</script></body></html>"), "{html}");
        assert!(policy.starts_with("default-src 'none'; script-src 'sha256-a' 'sha256-"), "{policy}");
        assert!(policy.contains("connect-src 'self';") && policy.contains("frame-ancestors 'none'"), "{policy}");
        assert!(!policy.contains("unsafe"), "{policy}");
    }

    /// A script that holds its own end would end there.
    #[test]
    fn style_and_script_can_stand_in_a_page() {
        assert!(!SCRIPT.contains("</") && !SCRIPT.contains("<!--") && !STYLE.contains("</"));
    }
}
