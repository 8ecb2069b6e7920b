//! Files of a megabyte that were made to do harm end with a finding or a message, within a bound of memory.
#![cfg(target_os = "linux")]
use crate::run::folder;
use std::io::Write as _;
use std::path::Path;
use std::process::Command;

const MEGABYTE: usize = 1 << 20;
/// Address space that a run gets, in KiB: the program itself, the stacks of its threads, and what a file may cost.
const MEMORY: usize = 1_500_000;

fn filled(text: &str) -> String {
    text.repeat(MEGABYTE / text.len() + 1)
}

/// Ends by itself, with the status of a program that knows what it does, and says something.
fn survives(place: &Path, arguments: &str) -> (i32, String) {
    let line = format!("ulimit -v {MEMORY}; exec '{}' {arguments}", env!("CARGO_BIN_EXE_totsugo"));
    let done =
        Command::new("sh").args(["-c", &line]).current_dir(place).env_remove("TOTSUGO_LANG").output().expect("sh");
    let text = String::from_utf8(done.stdout).expect("UTF-8") + &String::from_utf8(done.stderr).expect("UTF-8");
    let status = done.status.code().unwrap_or(-1);
    let end: String = text.chars().take(600).collect();
    assert!((0..=2).contains(&status) && !text.contains("panicked"), "{arguments} ended with {:?}: {end}", done.status);
    assert!(!text.trim().is_empty(), "{arguments} says nothing");
    (status, text)
}

fn checked(files: &[(&str, &str)], arguments: &str) -> (i32, String) {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, text)| (*name, text.as_bytes())).collect();
    survives(folder(&files).path(), arguments)
}

const CHECK: &str = "check . --format concise --time-limit 120";

#[test]
fn plans() {
    let cases: &[(&str, String, &str)] = &[
        ("blocks in blocks", filled("事業 1 \"a\" {\n"), "too-deep"),
        ("braces", filled("{"), "too-many-faults"),
        ("quotes", filled("\""), "unclosed-text"),
        ("cells", format!("集計 \"a\" R4 {{\n{}", filled("|")), "unclosed-block"),
        ("a number", format!("指標 1 \"a\" {{\n 目標 R4: {}件\n}}\n", filled("9")), "figure-too-long"),
        ("no plan", filled("x\n"), "too-many-faults"),
        ("one line", filled("事業 1 \"a\"; "), "program-number-repeated"),
        ("commas", format!("指標 1 \"a\" {{\n 目標 R4: 1{}", filled(",\n")), "unclosed-block"),
    ];
    for (name, text, code) in cases {
        let (_, said) = checked(&[("a.plan", text)], CHECK);
        assert!(said.contains(code), "{name}: {}", said.chars().take(900).collect::<String>());
        assert!(said.len() < 8 * MEGABYTE, "{name} says {} bytes", said.len());
        // Drawn too: ten thousand findings in one line of a megabyte.
        if *name == "braces" {
            checked(&[("a.plan", text)], "check . --time-limit 120");
        }
    }
}

fn rule(check: &str) -> String {
    format!("規則 甲 ko {{\n  重大度 誤り\n  対象 行 ∈ 事業\n  検査 {check}\n  指摘 行.番号 \"x\"\n}}\n")
}

/// So many names, each of which says the one before it twice.
fn names(count: usize) -> String {
    let more: String = (1..=count).map(|n| format!("  v{n} := v{} + v{}\n", n - 1, n - 1)).collect();
    rule(&format!("v{count} = 1")).replace("  検査", &format!("  v0 := 行.番号 + 1\n{more}  検査"))
}

#[test]
fn rules() {
    let cases: &[(&str, String, &str)] = &[
        ("brackets", rule(&filled("(")), "too-deep"),
        ("a sum", rule(&format!("1{} = 1", filled(" + 1"))), "too-deep"),
        ("not not", rule(&format!("{}真", filled("否 "))), "too-deep"),
        ("if if", rule(&filled("もし 1 = 1 ならば ")), "too-deep"),
        ("braces", filled("{"), "rule-syntax"),
        ("names in names", names(40), "expression-too-large"),
        ("a pattern", rule("行.名称 一致 \"((((((a{99}){99}){99}){99}){99})\""), "["),
    ];
    for (name, text, code) in cases {
        let (status, said) = checked(&[("a.rules", text), ("a.plan", "事業 1 \"a\"\n")], CHECK);
        assert!(status == 2 && said.contains(code), "{name}: {}", said.chars().take(900).collect::<String>());
    }
}

fn programs(count: usize) -> String {
    (1..=count).map(|n| format!("事業 {n} \"a{n}\"\n")).collect()
}

/// All pairs, all quadruples: nothing is found for hours, or everything at once.
#[test]
fn a_rule_of_all_pairs_ends_at_a_limit() {
    let ranges = "対象 甲 ∈ 事業, 乙 ∈ 事業, 丙 ∈ 事業, 丁 ∈ 事業";
    let silent = rule("甲.番号 + 乙.番号 + 丙.番号 + 丁.番号 > 0")
        .replace("対象 行 ∈ 事業", ranges)
        .replace("行.番号 \"", "甲.番号 \"");
    let (status, said) =
        checked(&[("a.rules", &silent), ("a.plan", &programs(20_000))], "check . --select ko --time-limit 3");
    assert!(status == 2 && said.contains("時間の限度（3秒）"), "{}", said.chars().take(900).collect::<String>());
    let loud = rule("甲.番号 + 乙.番号 < 0")
        .replace("対象 行 ∈ 事業", "対象 甲 ∈ 事業, 乙 ∈ 事業")
        .replace("行.番号 \"x", &format!("甲.番号 \"{{甲.番号}} {{乙.番号}} {}", "長".repeat(3_000)));
    let (status, said) = checked(&[("a.rules", &loud), ("a.plan", &programs(20_000))], "check . --select ko");
    assert!(status == 2 && said.contains("指摘が上限の"), "{}", said.chars().take(900).collect::<String>());
}

/// What rules make is kept: all pairs of a few rows, or a name of a file's length said thousands of times, fill a memory that
/// walking them never would.
#[test]
fn what_rules_make_is_bounded() {
    let few = ("totsugo.yaml", "limits:\n  steps: 100\n");
    let pairs = "対象 a ∈ 事業, b ∈ 事業";
    let made = format!("定義 組 = pairs {{\n  {pairs}\n  列 値 = x := a.番号 + b.番号\n}}\n");
    let of_pairs = rule("行.値 > 0").replace("行 ∈ 事業", "行 ∈ 組").replace("行.番号 \"", "行.値 \"");
    let median = rule("中央値{ a.番号 + b.番号 | a ∈ 事業, b ∈ 事業 } > 0");
    let kinds = rule("種類数{ a.番号 × 1000 + b.番号 | a ∈ 事業, b ∈ 事業 } > 0");
    let set = rule("要素数(集合{ a.番号 × 1000 + b.番号 | a ∈ 事業, b ∈ 事業 }) > 0");
    for rules in [made + &of_pairs, median, kinds, set] {
        let files = [("a.rules", rules.as_str()), ("a.plan", &programs(600)), few];
        let (status, said) = checked(&files, "check . --select ko --time-limit 120");
        assert!(status == 2 && said.contains("100百万行"), "{rules}: {}", said.chars().take(900).collect::<String>());
    }
    let loud = rule("偽").replace("\"x\"", &format!("\"{}\"", "{行.名称}".repeat(3_000)));
    let plan = format!("事業 1 \"{}\"\n事業 2 \"{}\"\n", "長".repeat(150_000), "い".repeat(150_000));
    let (status, said) = checked(&[("a.rules", &loud), ("a.plan", &plan)], "check . --select ko --format jsonl");
    assert!(status == 1 && said.contains('…') && said.len() < 4 * MEGABYTE, "{}", said.len());
    let alike = rule("類似度(行.名称, 行.名称) = 1");
    let (status, said) = checked(&[("a.rules", &alike), ("a.plan", &plan)], "check . --select ko --time-limit 60");
    assert!(status < 2, "{}", said.chars().take(900).collect::<String>());
}

#[test]
fn settings_and_data() {
    let mut laughs = String::from("a: &a [x,x,x,x,x,x,x,x,x]\n");
    for (one, two) in ('a'..'m').zip('b'..='m') {
        laughs.push_str(&format!("{two}: &{two} [{}]\n", [format!("*{one}").as_str(); 9].join(",")));
    }
    let open = [filled("["), filled("- "), filled("{a: "), filled("{\"事業\":{\"番号\":1},\"内容\":[")];
    let many: String = (0..100_000).map(|n| format!("k{n}: 1\n")).collect();
    let plan = ("p.plan", "事業 1 \"a\"\n");
    for text in open.iter().chain([&laughs, &many]) {
        for name in ["totsugo.yaml", "a.plan.yaml", "a.plan.json", "a.mapping.yaml"] {
            let (status, said) = checked(&[(name, text), plan, ("a.csv", "番号\n1\n")], CHECK);
            let begin: String = said.chars().take(300).collect();
            assert!(status > 0 && said.contains("yaml-"), "{name} of {:?}…: {begin}", text.get(..20));
        }
    }
}

#[test]
fn sheets_as_text() {
    let texts = [filled(","), filled("\n"), filled("\""), filled("a,a,a,a,a,a,a,a\n"), filled("\t")];
    for text in &texts {
        for name in ["a.csv", "a.tsv"] {
            checked(&[(name, text)], &format!("map {name} --lang en"));
            checked(&[(name, text)], CHECK);
        }
    }
}

const TYPES: &str = r#"<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const ROOT: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const BOOK: &str = r#"<?xml version="1.0"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="S" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const PARTS: &str = r#"<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;
const HEAD: &str =
    r#"<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">"#;
const FIRST: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>番号</t></is></c><c r="B1" t="inlineStr"><is><t>事業名</t></is></c></row>"#;

/// A workbook of one sheet and a table of texts; each is a beginning, a part that comes again and again, and an end.
fn workbook(sheet: (&str, &str, usize, &str), texts: (&str, usize)) -> Vec<u8> {
    let mut zip = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    let mut put = |name: &str, parts: &[(&str, usize)]| {
        zip.start_file(name, options).expect("a part");
        for (text, times) in parts {
            let block = text.repeat((MEGABYTE / text.len().max(1)).clamp(1, (*times).max(1)));
            let per_block = block.len() / text.len().max(1);
            for _ in 0..times / per_block.max(1) {
                zip.write_all(block.as_bytes()).expect("memory");
            }
        }
    };
    put("[Content_Types].xml", &[(TYPES, 1)]);
    put("_rels/.rels", &[(ROOT, 1)]);
    put("xl/workbook.xml", &[(BOOK, 1)]);
    put("xl/_rels/workbook.xml.rels", &[(PARTS, 1)]);
    put("xl/worksheets/sheet1.xml", &[(sheet.0, 1), (sheet.1, sheet.2), (sheet.3, 1)]);
    put("xl/sharedStrings.xml", &[("<sst>", 1), (texts.0, texts.1), ("</sst>", 1)]);
    zip.finish().expect("a workbook").into_inner()
}

#[test]
fn workbooks() {
    let head = format!("{HEAD}<sheetData>{FIRST}</sheetData>");
    let open = format!("{HEAD}<sheetData>{FIRST}");
    let closed = "</sheetData></worksheet>";
    let far = format!("{open}<row r=\"4000000000\"><c r=\"A4000000000\"><v>1</v></c></row>{closed}");
    let wide = format!(
        "{HEAD}<dimension ref=\"A1:XFD1048576\"/><sheetData>{FIRST}<row r=\"1048576\"><c r=\"XFD1048576\"><v>1</v></c></row>{closed}"
    );
    let merged = format!("{head}<mergeCells>");
    let none = ("<si/>", 1);
    let cases: &[(&str, Vec<u8>, &str)] = &[
        ("a bomb", workbook((HEAD, " ", 300 << 20, ""), none), "sheet-swells"),
        ("blank cells", workbook((&open, "<row><c/><c/><c/><c/><c/><c/><c/></row>", 1_000_000, closed), none), ""),
        ("a name without end", workbook((HEAD, "x", 200 << 20, ""), none), "sheet-swells"),
        (
            "one text in every cell",
            workbook((&open, "<row><c t=\"s\"><v>0</v></c></row>", 300_000, closed), ("<si><t>長</t></si>", 1)),
            "",
        ),
        ("texts without end", workbook((&head, "", 0, "</worksheet>"), ("<si/>", 10_000_000)), ""),
        (
            "merged all over",
            workbook((&merged, "<mergeCell ref=\"A1:XFD1048576\"/>", 100_000, "</mergeCells></worksheet>"), none),
            "",
        ),
        ("a cell far away", workbook((&far, "", 0, ""), none), "sheet-damaged"),
        ("a sheet as large as can be", workbook((&wide, "", 0, ""), none), ""),
        ("elements in elements", workbook((&open, "<a>", 500_000, ""), none), "sheet-damaged"),
    ];
    for (name, bytes, code) in cases {
        assert!(bytes.len() < 2 * MEGABYTE, "{name}: {} bytes", bytes.len());
        let place = folder(&[("a.xlsx", bytes)]);
        let (_, said) = survives(place.path(), "map a.xlsx");
        assert!(said.contains(code), "{name}: {}", said.chars().take(600).collect::<String>());
        survives(place.path(), CHECK);
    }
}

/// What the settings limit is limited, and said.
#[test]
fn the_settings_set_limits() {
    let plan = programs(3_000);
    let rule = rule("行.番号 < 0");
    let files = |settings: &'static str| {
        [("totsugo.yaml", settings), ("a.plan", plan.as_str()), ("a.rules", rule.as_str())]
            .map(|(n, t)| (n, t.to_owned()))
    };
    for (settings, said, status) in [
        ("limits: {findings: 2000}\n", "指摘が上限の2000件", 2),
        ("limits: {findings: 4000}\n", "3000件", 1),
        ("limits: {findings: 0}\n", "yaml-bad-value", 2),
        ("limits: {size: 1}\n", "yaml-unknown-key", 2),
    ] {
        let files = files(settings);
        let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (*name, text.as_str())).collect();
        let found = checked(&files, "check --select ko");
        assert!(
            found.0 == status && found.1.contains(said),
            "{settings}: {}",
            found.1.chars().take(600).collect::<String>()
        );
    }
    let pairs = self::rule("否 ある{ 他 ∈ 事業, 他.番号 > 行.番号 + 9000 }");
    let settings = "limits: {findings: 2000, steps: 1}\n";
    let files = [("totsugo.yaml", settings), ("a.plan", plan.as_str()), ("a.rules", pairs.as_str())];
    for (arguments, said) in [
        ("check --select ko", "上限の1百万行"),
        ("query '件数{ 甲 ∈ 事業, 乙 ∈ 事業, 甲.番号 < 乙.番号 }'", "上限の1百万行"),
        ("query '甲.番号 | 甲 ∈ 事業, 乙 ∈ 事業'", "指摘が上限の2000件"),
    ] {
        let found = checked(&files, arguments);
        assert!(found.0 == 2 && found.1.contains(said), "{arguments}: {}", found.1);
    }
    // Neither may a rule's tests hang, nor the question how a finding came about.
    let tested = format!("{} 試験 合格 {{\n{plan}}}\n}}\n", pairs.trim_end().trim_end_matches('}'));
    let files = [("totsugo.yaml", settings), ("a.plan", plan.as_str()), ("a.rules", tested.as_str())];
    for arguments in ["test a.rules --select ko", "test a.rules --select ko --coverage", "check --why ko"] {
        let found = checked(&files, arguments);
        assert!(found.0 == 2 && found.1.contains("上限の1百万行"), "{arguments}: {}", found.1);
        assert!(!arguments.starts_with("test") || found.1.contains("rule-test-limit"), "{arguments}: {}", found.1);
    }
    let large = filled("# 説明\n") + &filled("# 説明\n");
    let found = checked(&[("totsugo.yaml", "limits:\n  file-size: 1\n"), ("a.plan", &large)], "check");
    assert!(found.0 == 2 && found.1.contains("上限の1 MiB"), "{}", found.1);
    let (status, said) = checked(&[("a.plan", "事業 1 \"a\"\n")], "check --time-limit 0");
    assert!(status == 2 && said.contains("--time-limit"), "{said}");
}
