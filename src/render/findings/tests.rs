//! Whatever a plan, a file or a sheet is called: no name breaks a format, and every format stays within its bounds.
use super::*;
use crate::findings::{Counts, Finding, Label, Lang, Messages, Summary, Wording};
use crate::rules::{Fix, Pack};
use crate::text::record::tests::theirs;
use crate::text::{CellKind, Cells, Grid, GridCell, Source, SourceId, Sources, Span};
use proptest::prelude::*;

const SARIF: &str = include_str!("../../../tests/schemas/sarif-2.1.0.schema.json");
const GITLAB: &str = include_str!("../../../tests/schemas/gitlab-code-quality.schema.json");
const RDJSON: &str = include_str!("../../../tests/schemas/rdjson.schema.json");

fn schema(text: &str) -> jsonschema::Validator {
    // The pattern of languages in the schema of SARIF has a bracket too many, which not every reader of patterns takes.
    let text = &text.replace("-[a-zA-Z]{2}]?$", "-[a-zA-Z]{2}$");
    jsonschema::validator_for(&serde_json::from_str(text).unwrap()).unwrap()
}

/// A plan with an indicator of a name, and a workbook with a sheet of a name.
fn sources(name: &str) -> Sources {
    let mut sources = Sources::default();
    sources.add(Source::new(format!("計画/{name}.plan"), format!("文書 甲 {{}}\r\n指標 {name}\n")));
    let cell = GridCell { row: 11, column: 13, start: 0, end: 6, kind: CellKind::Plain };
    let grid = Grid::new(name, Cells::Listed(vec![cell]));
    sources.add(Source::sheet(format!("{name}.xlsx"), "２３", grid));
    sources
}

fn finding(name: &str, severity: Severity, span: Span, other: Span) -> Finding {
    Finding {
        rule: "a-rule".into(),
        name: Wording::both(name),
        severity,
        message: Wording::both(&format!("指標「{name}」が合いません")),
        help: Some(Wording::both(name)),
        span,
        related: vec![Label { span: other, message: Wording::both(name) }],
        fix: Some(Fix { span, text: name.to_owned(), safe: false }),
        is_fault: false,
        folded: Vec::new(),
    }
}

/// One finding in the plan and one in the sheet.
fn example(name: &str, sources: &Sources) -> Vec<Finding> {
    let start = "文書 甲 {}\r\n指標 ".len();
    let plan = Span::new(SourceId(0), start..start + name.len());
    let sheet = Span::new(SourceId(1), 0..sources.get(SourceId(1)).unwrap().text.len());
    vec![finding(name, Severity::Error, plan, sheet), finding(name, Severity::Warning, sheet, plan)]
}

fn rendered(format: Format, all: &[Finding], sources: &Sources) -> String {
    let summary = Summary { counts: Counts::of(all), documents: 1, ..Summary::default() };
    let (pack, messages) = (&Pack::default(), &Messages::new());
    let report = Report { findings: all, sources, summary, pack, facts: None, messages, lang: Lang::Ja };
    let options = Options { lang: Lang::Ja, color: false, width: 80, counts: true };
    findings(format, &report, &options, true)
}

/// The names and messages of failed tests.
fn failures(xml: &str) -> Vec<(String, String)> {
    use quick_xml::events::Event;
    let mut reader = quick_xml::Reader::from_str(xml);
    let (mut out, mut name) = (Vec::new(), String::new());
    loop {
        match reader.read_event().expect("well-formed") {
            Event::Start(tag) => {
                let value = |wanted: &str| {
                    let found = tag.attributes().map(|a| a.expect("an attribute")).find(|a| a.key.as_ref() == wanted);
                    let value = found.expect("it is there").value.into_owned();
                    quick_xml::escape::unescape(&value).expect("references").into_owned()
                };
                match tag.name().as_ref() {
                    "testcase" => name = value("name"),
                    "failure" => out.push((name.clone(), value("message"))),
                    _ => {}
                }
            }
            Event::Eof => return out,
            _ => {}
        }
    }
}

/// Characters that turn, move or delete what is around them; XML has no way to write the last two.
fn wild(c: char) -> bool {
    (c.is_control() && c != '\n' && c != '\r') || "\u{202e}\u{2066}\u{200f}\u{fffe}\u{ffff}".contains(c)
}

fn no_name_breaks_a_format(name: &str) {
    let sources = sources(name);
    let all = example(name, &sources);
    let text = |format| rendered(format, &all, &sources);
    let value = |format| serde_json::from_str::<serde_json::Value>(&text(format)).expect("JSON");
    let one_line = line(name);

    let json = value(Format::Json);
    assert_eq!(json["findings"][0]["name"], name);
    assert_eq!(json["findings"][1]["location"]["sheet"], *name);
    let lines = text(Format::Jsonl);
    assert_eq!(lines.lines().count(), 3);
    let of_lines: Vec<serde_json::Value> = lines.lines().map(|l| serde_json::from_str(l).expect("JSON")).collect();
    assert_eq!((&of_lines[0], &of_lines[1]), (&json["findings"][0], &json["findings"][1]));

    let sarif = value(Format::Sarif);
    let run = &sarif["runs"][0];
    assert_eq!(run["results"].as_array().map(Vec::len), Some(2));
    let region = &run["results"][0]["locations"][0]["physicalLocation"]["region"];
    assert_eq!((&region["startLine"], &region["startColumn"]), (&2.into(), &4.into()));
    let sheet = &run["results"][1]["locations"][0];
    assert!(sheet["physicalLocation"]["region"].is_null() && run["results"][1]["fixes"].is_null());
    assert_eq!(sheet["logicalLocations"][0]["fullyQualifiedName"], format!("{name}!N12"));
    let uri = sheet["physicalLocation"]["artifactLocation"]["uri"].as_str().expect("a text");
    // A name may be a drive: file:///G:/.
    let uri = match uri.strip_prefix("file://") {
        Some(absolute) => absolute.get(3..).filter(|rest| rest.starts_with('/')).unwrap_or(absolute),
        None => uri,
    };
    assert!(uri.chars().all(|c| c.is_ascii_alphanumeric() || "-._~/%".contains(c)), "{uri}");

    assert_eq!(value(Format::Gitlab)[0]["location"]["path"], format!("計画/{name}.plan"));
    assert_eq!(value(Format::Rdjson)["diagnostics"][0]["location"]["range"]["start"]["column"], 8);

    let concise = text(Format::Concise);
    assert_eq!(concise.lines().count(), 3);
    assert!(
        concise.lines().nth(1).unwrap().starts_with(&format!("{one_line}.xlsx!{one_line}!N12: 警告[a-rule] "))
            || name.starts_with(':'),
        "{concise}"
    );

    let github = text(Format::Github);
    assert_eq!(
        github
            .split(['\n', '\r'])
            .filter(|l| l.starts_with("::error file=") || l.starts_with("::warning file="))
            .count(),
        2
    );
    assert_eq!(github.split(['\n', '\r']).count(), 4, "{github}");
    let (properties, _) = github.strip_prefix("::error ").and_then(|l| l.split_once("::")).expect("a command");
    let decoded = |v: &str| {
        v.replace("%2C", ",").replace("%3A", ":").replace("%0A", "\n").replace("%0D", "\r").replace("%25", "%")
    };
    let properties: Vec<(&str, String)> =
        properties.split(',').map(|p| p.split_once('=').expect("a value")).map(|(k, v)| (k, decoded(v))).collect();
    assert_eq!(properties[0], ("file", line(&format!("計画/{name}.plan"))));
    assert_eq!(properties.last().expect("a title").0, "title");

    let failed = failures(&text(Format::Junit));
    assert_eq!(failed.len(), 2);
    assert!(
        failed
            .iter()
            .any(|(title, message)| *title == one_line && *message == format!("指標「{one_line}」が合いません")),
        "{failed:?}"
    );

    let csv = text(Format::Csv);
    let rows = theirs(csv.strip_prefix('\u{feff}').expect("a mark"));
    assert!(rows.len() == 3 && rows.iter().all(|r| r.len() == 8), "{rows:?}");
    for cell in rows.iter().flatten() {
        let number = cell.strip_prefix(['-', '+']).is_some_and(|r| r.starts_with(|c: char| c.is_ascii_digit()));
        assert!(number || !cell.trim_start().starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠']), "{cell}");
    }

    let markdown = text(Format::Markdown);
    for row in markdown.lines().filter(|l| l.starts_with("| ")) {
        assert_eq!(row.matches('|').count(), 4, "{row}");
    }
    let own = ["<!-- totsugo -->", "<details>", "</details>", "<summary>関連する箇所と直し方</summary>", "`a-rule`"];
    let others = own.iter().fold(markdown.clone(), |text, own| text.replace(own, ""));
    assert!(!others.contains(['<', '>', '`', '*', '[', '@']), "{others}");
    assert!(!others.contains("://") && markdown.lines().count() < 40);

    for format in [Format::Concise, Format::Github, Format::Junit, Format::Csv, Format::Markdown, Format::Pretty] {
        let text = text(format);
        let mut kept = text.strip_prefix('\u{feff}').unwrap_or(&text).chars();
        // The path in a command is what GitHub looks for: it is written as it is.
        assert!(format == Format::Github || kept.all(|c| !wild(c) || format == Format::Pretty), "{text}");
    }
}

const NASTY: [&str; 12] = [
    "<script>alert(1)</script>",
    "\"; DROP TABLE plans; --",
    "a\nb\r\nc",
    "\u{1b}[31m赤\u{0}\u{7}",
    "\u{202e}gpj.exe\u{2066}",
    "=HYPERLINK(\"http://a.example\",\"x\")",
    "-3",
    "@everyone #1 !2 ~3 GH-4 https://a.example www.a.example",
    "::error file=x,line=1::boo",
    "]]></failure><failure message=\"x\">&amp;&#0;",
    "| --- | `x` \\| </details>",
    "\u{fffe}\u{ffff}![](x) %0A",
];

#[test]
fn no_nasty_name_breaks_a_format() {
    NASTY.iter().for_each(|name| no_name_breaks_a_format(name));
    no_name_breaks_a_format(&"長い名前<|>,\n@".repeat(1_000));
}

#[test]
fn nasty_names_as_they_are_shown() {
    let sources = sources("=a|<b>\n@c\u{202e}\u{1b}");
    let all = example("=a|<b>\n@c\u{202e}\u{1b}", &sources);
    for (name, format) in FORMATS {
        insta::assert_snapshot!(format!("nasty_{name}"), rendered(format, &all, &sources));
    }
}

#[test]
fn every_json_format_follows_its_schema_whatever_the_names() {
    let validators = [
        (Format::Sarif, schema(SARIF)),
        (Format::Gitlab, schema(GITLAB)),
        (Format::Rdjson, schema(RDJSON)),
        (Format::Json, schema(include_str!("../../../docs/findings.schema.json"))),
    ];
    let long = "長".repeat(10_000);
    for name in NASTY.iter().copied().chain([long.as_str(), ""]) {
        let sources = sources(name);
        for all in [example(name, &sources), Vec::new()] {
            for (format, validator) in &validators {
                let value = serde_json::from_str(&rendered(*format, &all, &sources)).unwrap();
                validator
                    .validate(&value)
                    .unwrap_or_else(|e| panic!("{format:?} {name:?}: {e} at {}", e.instance_path()));
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn no_name_at_all_breaks_a_format(
        name in "[<>&\"'`|@#\n\r\t\u{0}\u{1b}\u{85}\u{202e}\u{2028}\u{fffe}=+,;:%*_\\[\\]{}()a1漢\u{1F600}\\\\$!~^/.wGH-]{1,24}"
    ) {
        no_name_breaks_a_format(&name);
    }
}

/// A hundred thousand findings: what has a limit keeps the gravest and says so, and nothing is lost elsewhere.
#[test]
fn very_many_findings_are_bounded_where_a_format_is() {
    let mut sources = Sources::default();
    let text = "指標 甲 1,000件\n".repeat(100_000);
    let width = text.len() / 100_000;
    let id = sources.add(Source::new("a.plan", text));
    let at = |n: usize| Span::new(id, n * width..n * width + 6);
    let grave = |n: usize| if n % 1_000 == 999 { Severity::Error } else { Severity::Warning };
    let all: Vec<Finding> = (0..100_000).map(|n| finding("甲", grave(n), at(n), at(0))).collect();
    let sarif: serde_json::Value = serde_json::from_str(&rendered(Format::Sarif, &all, &sources)).unwrap();
    let results = sarif["runs"][0]["results"].as_array().unwrap();
    assert_eq!(results.len(), 25_000);
    assert_eq!(results.iter().filter(|r| r["level"] == "error").count(), 100);
    let lines: Vec<u64> = results
        .iter()
        .map(|r| r["locations"][0]["physicalLocation"]["region"]["startLine"].as_u64().unwrap())
        .collect();
    assert!(lines.is_sorted());
    let told = &sarif["runs"][0]["invocations"][0]["toolExecutionNotifications"][0]["message"]["text"];
    assert!(told.as_str().unwrap().contains("75000件を省きました"), "{told}");
    let markdown = rendered(Format::Markdown, &all, &sources);
    assert!(markdown.chars().count() <= 65_536 && markdown.chars().count() > 40_000);
    assert!(markdown.contains("件を省きました") && markdown.matches("| 誤り |").count() == 100);
    assert!(markdown.contains("関連する箇所と直し方を省きました"));
    assert_eq!(rendered(Format::Github, &all, &sources).lines().count(), 100_002);
    assert_eq!(rendered(Format::Concise, &all, &sources).lines().count(), 100_001);
    assert_eq!(rendered(Format::Jsonl, &all, &sources).lines().count(), 100_001);
    assert_eq!(rendered(Format::Csv, &all, &sources).matches("\r\n").count(), 100_001);
    assert_eq!(rendered(Format::Gitlab, &all, &sources).matches("\"check_name\"").count(), 100_000);
    assert_eq!(rendered(Format::Junit, &all, &sources).matches("<testcase").count(), 100_000);
}

/// No two findings of a run have the same fingerprint, and which is which follows from their order alone.
#[test]
fn equal_findings_are_told_apart() {
    let sources = sources("甲");
    let one = example("甲", &sources).remove(0);
    let all = vec![one.clone(), one.clone(), one];
    let json: serde_json::Value = serde_json::from_str(&rendered(Format::Json, &all, &sources)).unwrap();
    let print = |n: usize| json["findings"][n]["fingerprint"].as_str().unwrap().to_owned();
    let (first, number) = print(0).split_once(':').map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    assert_eq!(number, "1");
    assert_eq!([print(1), print(2)], [format!("{first}:2"), format!("{first}:3")]);
}
