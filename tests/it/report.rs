//! `totsugo report`: one page with everything, written whole or not at all.
use crate::run::{folder, home, totsugo};

const PLAN: &str = "文書 甲 {\n  題名 \"計画\"\n  年度 R5\n}\n分野 Ⅰ \"暮らし\" {\n  指標 \"相談した人の数\" {\n    基準 R3: 3人\n    目標 R5: 5人, R6: 9人, R7: 8人\n    実績 R5: 4人\n    状況 R5: 達成\n  }\n}\n集計 \"全体\" R5 {\n  | 項番 | KPI設定 | 達成  | 達成率 |\n  | Ⅰ  | 12事業  | 7事業 | 59%    |\n  | Ⅱ  | 4事業   | 3事業 | 75%    |\n}\n";

/// The element that begins with `start`, up to the end of its name.
fn element<'p>(page: &'p str, start: &str, end: &str) -> &'p str {
    let from = page.find(start).unwrap_or_else(|| panic!("{start} is there"));
    let length = page[from..].find(end).unwrap_or_else(|| panic!("{end} is there"));
    &page[from..from + length + end.len()]
}

/// One tag a line.
fn laid(page: &str) -> String {
    page.replace("><", ">\n<")
}

fn page(lang: &str) -> String {
    let place = folder(&[("a.plan", PLAN.as_bytes())]);
    let ran = totsugo(place.path(), &["report", "a.plan", "-o", "out.html", "--lang", lang], &[]);
    assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
    std::fs::read_to_string(place.path().join("out.html")).expect("it was written")
}

#[test]
fn the_parts_of_the_page() {
    for lang in ["ja", "en"] {
        let page = page(lang);
        insta::assert_snapshot!(
            format!("summary_{lang}"),
            laid(element(&page, "<section id=\"summary\"", "</section>"))
        );
        insta::assert_snapshot!(
            format!("finding_{lang}"),
            laid(element(&page, "<article class=\"finding", "</article>"))
        );
        insta::assert_snapshot!(format!("table_{lang}"), laid(element(&page, "<figure class=\"table", "</figure>")));
        insta::assert_snapshot!(format!("card_{lang}"), laid(element(&page, "<article class=\"card", "</article>")));
    }
}

#[test]
fn the_page_lets_nothing_in_and_needs_nothing() {
    let page = page("ja");
    let policy = element(&page, "<meta http-equiv=\"Content-Security-Policy\"", ">");
    assert!(
        policy.contains("default-src 'none'") && !policy.contains("unsafe") && !policy.contains("http:"),
        "{policy}"
    );
    for banned in [" src=", "http://", "https://", " style=", " onclick=", "@import", "<link", "<iframe"] {
        assert!(!page.contains(banned), "{banned}");
    }
    assert!(!page.contains('\r'), "a browser would change it before it takes the hash");
}

#[test]
fn the_same_documents_give_the_same_page_and_every_link_leads_somewhere() {
    let place = folder(&[]);
    let write = |name: &str| {
        let out = place.path().join(name);
        let ran = totsugo(&home(), &["report", "specs", "-o", out.to_str().expect("UTF-8")], &[]);
        assert_eq!(ran.status, 0, "{}{}", ran.out, ran.err);
        std::fs::read_to_string(out).expect("it was written")
    };
    let first = write("a.html");
    assert_eq!(first, write("b.html"));
    let links =
        first.split("href=\"#").skip(1).filter_map(|rest| rest.split('"').next()).filter(|l| !l.starts_with('?'));
    for link in links {
        assert!(first.contains(&format!("id=\"{link}\"")), "#{link}");
    }
    assert_eq!(first.matches("<article class=\"finding").count(), 36);
}

#[test]
fn a_page_is_written_whole_or_not_at_all() {
    let place = folder(&[("a.plan", PLAN.as_bytes())]);
    let over = totsugo(place.path(), &["report", "a.plan", "-o", "a.plan"], &[]);
    assert_eq!(over.status, 2);
    assert!(over.err.contains("読み込んだファイル"), "{}", over.err);
    assert_eq!(std::fs::read(place.path().join("a.plan")).expect("a file"), PLAN.as_bytes());
    let nowhere = totsugo(place.path(), &["report", "a.plan", "-o", "no/such/report.html"], &[]);
    assert_eq!(nowhere.status, 2);
    assert!(nowhere.err.contains("no/such/report.html に書けません"), "{}", nowhere.err);
    let usual = totsugo(place.path(), &["report", "a.plan"], &[]);
    assert_eq!(usual.status, 0);
    assert!(usual.out.contains("report.html") && place.path().join("report.html").is_file(), "{}", usual.out);
    let nothing = totsugo(place.path(), &["report", "gone.plan", "-o", "x.html"], &[]);
    assert_eq!(nothing.status, 2);
    assert!(!place.path().join("x.html").exists());
}

#[test]
fn rules_are_chosen_as_in_a_check() {
    let place = folder(&[("a.plan", PLAN.as_bytes())]);
    let count = |arguments: &[&str]| {
        let ran = totsugo(place.path(), &[&["report", "a.plan"], arguments].concat(), &[]);
        assert_eq!(ran.status, 0, "{}", ran.err);
        let page = std::fs::read_to_string(place.path().join("report.html")).expect("it was written");
        page.matches("<article class=\"finding").count()
    };
    assert_eq!(count(&["--select", "achievement-rate"]), 1);
    assert_eq!(count(&["--select", "achievement-rate", "--ignore", "達成率検算"]), 0);
    assert!(count(&[]) > count(&["--min-severity", "誤り"]));
    assert_eq!(totsugo(place.path(), &["report", "a.plan", "--select", "no-such-rule"], &[]).status, 2);
}
