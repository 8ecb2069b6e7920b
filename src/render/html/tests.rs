//! The page as a whole: what is bounded, escaped and the same on every run.
use super::lookup::MOST_FINDINGS;
use super::page;
use crate::findings::{Counts, Finding, Lang, Messages, Summary, Wording};
use crate::render::Report;
use crate::rules::{Pack, Workspace, read_plans};
use crate::text::{Severity, Source, Sources, Span};

/// A plan with as many findings about its first figure as asked for, the last of them an error.
fn rendered(plan: &str, count: usize, lang: Lang) -> String {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    let id = sources.add(Source::new("a.plan", plan));
    let workspace: Workspace = read_plans(&pack, &sources, &[(Span::new(id, 0..plan.len()), "a".to_owned())]);
    let at = plan.find("5人").unwrap_or(0);
    let finding = |n: usize| Finding {
        rule: format!("rule-{}", n % 3),
        name: Wording::both("規則"),
        severity: if n + 1 == count { Severity::Error } else { Severity::Warning },
        message: Wording::both(&format!("指摘その{n}。")),
        help: None,
        span: Span::new(id, at..at + "5人".len()),
        related: Vec::new(),
        fix: None,
        is_fault: false,
        folded: Vec::new(),
    };
    let findings: Vec<Finding> = (0..count).map(finding).collect();
    let summary = Summary { counts: Counts::of(&findings), documents: 1, ..Summary::default() };
    let messages = Messages::new();
    let report = Report {
        findings: &findings,
        sources: &sources,
        summary,
        pack: &pack,
        facts: Some(&workspace.facts),
        messages: &messages,
        lang,
    };
    page(&report, &workspace)
}

const PLAN: &str = "文書 甲 {\n  年度 R5\n}\n分野 Ⅰ \"暮らし\" {\n  指標 \"人数\" {\n    目標 R5: 5人, R6: 6人\n    実績 R5: 4人\n  }\n}\n";

#[test]
fn of_too_many_findings_the_gravest_are_drawn_and_all_are_counted() {
    let page = rendered(PLAN, MOST_FINDINGS + 500, Lang::Ja);
    assert_eq!(page.matches("<article class=\"finding").count(), MOST_FINDINGS);
    assert!(page.contains(&format!("指摘その{}。", MOST_FINDINGS + 499)), "the error comes last and is there");
    assert!(page.contains("指摘は2500件あります。ここには重いものから2000件"));
    assert!(page.contains(">2499</a>"), "the tables count all");
    assert_eq!(page, rendered(PLAN, MOST_FINDINGS + 500, Lang::Ja));
}

#[test]
fn findings_that_are_alike_have_links_of_their_own() {
    let page = rendered(PLAN, 9, Lang::Ja);
    let ids: Vec<&str> = page
        .split(" id=\"f-")
        .skip(1)
        .filter_map(|rest| rest.split('"').next())
        .filter(|id| !id.ends_with("-title"))
        .collect();
    let mut unique = ids.clone();
    unique.sort_unstable();
    unique.dedup();
    assert_eq!((ids.len(), unique.len()), (9, 9));
}

#[test]
fn what_a_document_says_is_never_markup() {
    let evil = "</script><script>alert(1)</script>\u{202e}\u{7}'&amp;<b title=x onload=y>";
    let plan = PLAN.replace("人数", evil).replace("暮らし", evil);
    for lang in [Lang::Ja, Lang::En] {
        let page = rendered(&plan, 3, lang);
        assert_eq!(page.matches("<script").count(), 1, "the script of the page is the only one");
        assert!(!page.contains("<b title") && !page.contains('\u{202e}') && !page.contains('\u{7}'));
        assert!(page.contains("<span class=\"mark\">U+202E</span>") && page.contains("&lt;/script&gt;"));
    }
}

#[test]
fn charts_beyond_the_first_wait_as_texts() {
    let indicator = |n: usize| format!("  指標 \"指標</script>{n}\" {{\n    目標 R5: {n}人, R6: 6人\n  }}\n");
    let plan =
        format!("文書 甲 {{\n  年度 R5\n}}\n分野 Ⅰ \"暮らし\" {{\n{}}}\n", (0..450).map(indicator).collect::<String>());
    let page = rendered(&plan, 0, Lang::Ja);
    assert_eq!(page.matches("<article class=\"card").count(), 400);
    let data =
        page.split("id=\"charts-0\">").nth(1).and_then(|rest| rest.split("</script>").next()).expect("the others");
    let waiting: Vec<(String, String, bool)> = serde_json::from_str(data).expect("JSON");
    assert_eq!(waiting.len(), 50);
    assert!(waiting.iter().all(|(name, card, _)| name.contains("</script>") && !card.contains("</script>")));
}
