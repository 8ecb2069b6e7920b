//! `check --fix`, `--unsafe-fixes`, `--diff`: what is written, and that nothing else is.
use std::collections::BTreeMap;
use std::io::{Cursor, Read as _};
use std::path::Path;

use proptest::prelude::*;
use rust_xlsxwriter::{Format, Formula, Workbook};

use crate::run::{Ran, findings, folder, home, totsugo};

/// A rate and an overview that need a look, and a name that does not; line ends, a tab and no last line end to be kept.
const PLAN: &str = "\u{feff}文書 甲\r\n集計 \"a\" R4 {\r\n\t| 項番 | KPI設定 | 達成 | 達成率 |\r\n  | I-1 | 4 | 3 |  70%  | # 注\r\n}\r\n事業 1 \"支援\" { 概要 \"甲を\\\"支える。\" }\r\n再掲 事業 No1 \"支援\" { 概要 \"乙を支える。\"; 指標 \"ＡＩ・RPAの活用数\" { 目標 R6: 8課 } }";

const CSV: &str = "段,種類,記号,名称,年度,項番,KPI設定,達成,達成率,番号,概要,再掲\r\n1,文書,甲,,,,,,,,,\r\n2,集計,,a,R4,,,,,,,\r\n3,集計行,,,,I-1,4,3, 70% ,,,\r\n2,事業,,支援,,,,,,1,\"甲を、\n\"\"支える,\"\"。\",\r\n2,事業,,支援,,,,,,,乙を支える。,No1";

fn fixed(place: &Path, more: &[&str]) -> Ran {
    totsugo(place, &[&["check", "--min-severity", "info"], more].concat(), &[])
}

fn text(place: &Path, name: &str) -> String {
    String::from_utf8(std::fs::read(place.join(name)).expect("a file")).expect("UTF-8")
}

#[test]
fn a_plan_changes_by_its_fixes_and_by_no_other_byte() {
    let place = folder(&[("a.plan", PLAN.as_bytes())]);
    let safe = fixed(place.path(), &["a.plan", "--fix"]);
    let evened = PLAN.replace("ＡＩ・RPA", "AI・RPA");
    assert_eq!(text(place.path(), "a.plan"), evened, "{}{}", safe.out, safe.err);
    assert!(safe.status == 1 && safe.out.contains("a.plan の1件を直しました。"), "{}", safe.out);
    assert!(safe.out.contains("人の確かめが要る修正案が2件"), "{}", safe.out);
    let all = fixed(place.path(), &["a.plan", "--fix", "--unsafe-fixes"]);
    let after = evened.replace("70%", "75%").replace("乙を支える。", "甲を\\\"支える。");
    assert_eq!(text(place.path(), "a.plan"), after, "{}{}", all.out, all.err);
    let again = fixed(place.path(), &["a.plan", "--fix", "--unsafe-fixes"]);
    assert!(again.out.contains("直したものはありません。"), "{}", again.out);
    assert_eq!(text(place.path(), "a.plan"), after);
}

#[test]
fn a_diff_writes_nothing_and_can_be_applied() {
    let place = folder(&[("p/a.plan", PLAN.as_bytes()), ("p/b.csv", CSV.as_bytes())]);
    for lang in ["ja", "en"] {
        let ran = fixed(place.path(), &["p", "--diff", "--unsafe-fixes", "--lang", lang]);
        assert_eq!(ran.status, 1);
        insta::assert_snapshot!(format!("diff_{lang}"), format!("{}---- err\n{}", ran.out, ran.err).replace('\r', "␍"));
    }
    let safe = fixed(place.path(), &["p", "--diff"]);
    assert!(safe.out.matches("@@ -").count() == 1 && safe.err.contains("4件"), "{}{}", safe.out, safe.err);
    assert_eq!((text(place.path(), "p/a.plan"), text(place.path(), "p/b.csv")), (PLAN.to_owned(), CSV.to_owned()));
    let colored = fixed(place.path(), &["p", "--diff", "--color", "always"]);
    assert!(colored.out.contains("\u{1b}[32m+"), "{}", colored.out);
    let clean = fixed(place.path(), &["p", "--diff", "--select", "count-order"]);
    assert!(clean.status == 0 && clean.out.is_empty(), "{}{}", clean.out, clean.err);
    let patch = fixed(place.path(), &["p", "--diff", "--unsafe-fixes"]).out;
    std::fs::write(place.path().join("d.patch"), patch).expect("a patch");
    let git = std::process::Command::new("git").current_dir(place.path()).args(["apply", "d.patch"]).status();
    if git.is_ok_and(|s| s.success()) {
        assert!(text(place.path(), "p/a.plan").contains("75%"));
    }
}

#[test]
fn csv_is_fixed_in_its_own_encoding() {
    let after = CSV.replace("70%", "75%").replace("乙を支える。", "\"甲を、\n\"\"支える,\"\"。\"");
    let sjis = |t: &str| encoding_rs::SHIFT_JIS.encode(t).0.into_owned();
    let utf16 = |t: &str| [b"\xff\xfe".to_vec(), t.encode_utf16().flat_map(u16::to_le_bytes).collect()].concat();
    let cases: [(&str, Vec<u8>, Vec<u8>); 4] = [
        ("u", CSV.as_bytes().to_vec(), after.as_bytes().to_vec()),
        ("b", format!("\u{feff}{CSV}").into_bytes(), format!("\u{feff}{after}").into_bytes()),
        ("s", sjis(CSV), sjis(&after)),
        ("w", utf16(CSV), utf16(&after)),
    ];
    for (name, before, after) in cases {
        let place = folder(&[("a.csv", &before)]);
        let ran = fixed(place.path(), &["a.csv", "--fix", "--unsafe-fixes"]);
        assert!(ran.status == 0, "{name} {}{}", ran.out, ran.err);
        let now = std::fs::read(place.path().join("a.csv")).expect("a file");
        assert_eq!(now, after, "{name} {}", String::from_utf8_lossy(&now));
    }
    // The overview of a UTF-8 plan has a character that the Shift_JIS file cannot hold.
    let place = folder(&[
        ("a.csv", &sjis("段,種類,記号,番号,名称,再掲,概要\r\n1,文書,甲,,,,\r\n2,事業,,,支援,乙:No1,甲\r\n")),
        ("b.plan", "文書 乙\n事業 1 \"支援\" { 概要 \"𠮷野家\" }\n".as_bytes()),
    ]);
    let before = std::fs::read(place.path().join("a.csv")).expect("a file");
    let ran = fixed(place.path(), &[".", "--fix", "--unsafe-fixes"]);
    assert!(ran.out.contains("文字コードに、この文字がありません"), "{}{}", ran.out, ran.err);
    assert_eq!(std::fs::read(place.path().join("a.csv")).expect("a file"), before);
}

#[test]
fn json_and_yaml_keep_their_form() {
    let place = folder(&[("a.plan", PLAN.trim_start_matches('\u{feff}').as_bytes())]);
    for format in ["json", "yaml"] {
        let name = format!("b.plan.{format}");
        let made = totsugo(place.path(), &["export", "a.plan", "--format", format, "-o", &name], &[]);
        assert_eq!(made.status, 0, "{}", made.err);
        let before = text(place.path(), &name);
        let ran = fixed(place.path(), &[&name, "--fix", "--unsafe-fixes"]);
        let after = text(place.path(), &name);
        assert!(ran.out.contains("3件を直しました"), "{format} {}{}\n{before}", ran.out, ran.err);
        let changed = before.lines().zip(after.lines()).filter(|(a, b)| a != b).count();
        assert_eq!((changed, before.lines().count()), (3, after.lines().count()), "{after}");
    }
}

fn parts(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a zip");
    let mut out = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("an entry");
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).expect("its bytes");
        out.insert(file.name().expect("a name").into_owned(), bytes);
    }
    out
}

/// A workbook with a row for each thing: a rate as a number, one as a formula, and an overview as a shared text.
fn workbook() -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("一覧").expect("a name");
    let rows: [&[&str]; 6] = [
        &["段", "種類", "記号", "名称", "年度", "項番", "KPI設定", "達成", "達成率", "番号", "再掲", "概要"],
        &["1", "文書", "甲"],
        &["2", "集計", "", "a", "R4"],
        &["3", "集計行", "", "", "", "I-1", "4", "3"],
        &["2", "事業", "", "支援", "", "", "", "", "", "1", "", " 甲を<支える>。"],
        &["2", "事業", "", "支援", "", "", "", "", "", "", "No1", "乙を支える。"],
    ];
    for (row, cells) in (0..).zip(rows) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, *cell).expect("a cell");
        }
    }
    let percent = Format::new().set_num_format("0%").set_bold();
    sheet.write_number_with_format(3, 8, 0.7, &percent).expect("a cell");
    sheet.write_string(6, 0, "3").expect("a cell");
    for (column, cell) in (0..).zip(["2", "集計", "", "b", "R5"]) {
        sheet.write_string(6, column, cell).expect("a cell");
    }
    for (column, cell) in (0..).zip(["3", "集計行", "", "", "", "I-1", "8", "4"]) {
        sheet.write_string(7, column, cell).expect("a cell");
    }
    sheet.write_formula_with_format(7, 8, Formula::new("0.3+0.3").set_result("0.6"), &percent).expect("a cell");
    book.save_to_buffer().expect("a workbook")
}

#[test]
fn a_workbook_is_fixed_in_a_copy_of_which_only_the_cells_change() {
    let before = workbook();
    let place = folder(&[("a.xlsx", &before), ("b.plan", PLAN.as_bytes())]);
    let without = fixed(place.path(), &["a.xlsx", "--fix", "--unsafe-fixes"]);
    assert!(without.status == 1 && without.out.contains("-o 写しの名前.xlsx"), "{}{}", without.out, without.err);
    let ran = fixed(place.path(), &["a.xlsx", "--fix", "--unsafe-fixes", "-o", "out/c.xlsx"]);
    assert_eq!(ran.status, 2, "the folder of the copy is not there: {}", ran.err);
    let ran = fixed(place.path(), &["a.xlsx", "--fix", "--unsafe-fixes", "-o", "c.xlsx"]);
    assert!(ran.out.contains("a.xlsx の2件を直した写しを c.xlsx に作りました。"), "{}{}", ran.out, ran.err);
    assert!(
        ran.out.contains("一覧!I8 の「60%」→「50%」（達成率検算）は直しませんでした。数式のセルです。"),
        "{}",
        ran.out
    );
    assert_eq!(std::fs::read(place.path().join("a.xlsx")).expect("a file"), before, "the workbook itself stays");
    let after = std::fs::read(place.path().join("c.xlsx")).expect("a copy");
    let (old, new) = (parts(&before), parts(&after));
    let changed: Vec<&String> = old.keys().filter(|k| old.get(*k) != new.get(*k)).collect();
    assert_eq!((changed, old.len()), (vec![&"xl/worksheets/sheet1.xml".to_owned()], new.len()));
    let sheet = |parts: &BTreeMap<String, Vec<u8>>| {
        String::from_utf8(parts["xl/worksheets/sheet1.xml"].clone()).expect("UTF-8").replace("<c ", "\n<c ")
    };
    let (old, new) = (sheet(&old), sheet(&new));
    let changed: Vec<&str> = old.lines().zip(new.lines()).filter(|(a, b)| a != b).map(|(_, b)| b).collect();
    insta::assert_snapshot!(changed.join("\n"));
    // Read back by totsugo itself: what is left is the formula.
    let left = totsugo(place.path(), &["check", "c.xlsx", "--format", "json"], &[]);
    assert_eq!(findings(&left).into_iter().map(|f| f.1).collect::<Vec<_>>(), ["60%"], "{}", left.out);
    let over = fixed(place.path(), &["a.xlsx", "--fix", "--unsafe-fixes", "-o", "a.xlsx"]);
    assert!(over.status == 2 && over.err.contains("上書きしません"), "{}", over.err);
}

#[test]
fn what_cannot_be_written_changes_nothing() {
    let place = folder(&[("a.plan", PLAN.as_bytes()), ("b.plan", PLAN.replace("文書 甲", "文書 乙").as_bytes())]);
    let path = place.path().join("b.plan");
    let mut permissions = std::fs::metadata(&path).expect("a file").permissions();
    permissions.set_readonly(true);
    std::fs::set_permissions(&path, permissions).expect("its permissions");
    for (lang, says) in [("ja", "読み取り専用"), ("en", "may only be read")] {
        let ran = fixed(place.path(), &[".", "--fix", "--lang", lang]);
        assert!(ran.status == 2 && ran.out.is_empty() && ran.err.contains(says), "{}{}", ran.out, ran.err);
    }
    assert_eq!(text(place.path(), "a.plan"), PLAN, "not half of it");
    assert_eq!(std::fs::read_dir(place.path()).expect("a folder").count(), 2, "nothing is left lying about");
    for (arguments, says) in [
        (&["a.plan", "--unsafe-fixes"][..], "--fix"),
        (&["a.plan", "-o", "x.xlsx"], "--fix"),
        (&["a.plan", "--fix", "--diff"], "--diff"),
        (&["a.plan", "--fix", "--annotate", "x"], "--annotate"),
    ] {
        let ran = fixed(place.path(), arguments);
        assert!(ran.status == 2 && ran.err.contains(says), "{arguments:?} {}{}", ran.out, ran.err);
    }
}

/// A fix that helps nothing, one that breaks another rule, and two that fight: none of them is made for good.
#[test]
fn a_fix_is_made_only_if_it_helps() {
    let rule = |name: &str, check: &str, fix: &str| {
        format!(
            "規則 {name} {name} {{\n  重大度 誤り\n  対象 指 ∈ 指標\n  検査 {check}\n  指摘 指.名称 \"{name}\" en \"{name}\"\n  修正 安全 指.名称 ← {fix}\n  解説 \"x\" en \"x\"\n}}\n"
        )
    };
    let run = |rules: &[String]| {
        let plan = "指標 \"甲の数\" { 目標 R6: 8課 }\n";
        let place = folder(&[("a.plan", plan.as_bytes()), ("own.rules", rules.concat().as_bytes())]);
        let ran = fixed(place.path(), &[".", "--fix"]);
        (ran, text(place.path(), "a.plan") == plan)
    };
    let (ran, same) = run(&[rule("no-use", "指.名称 = \"乙の数\"", "\"丙の数\"")]);
    assert!(same && ran.status == 1 && ran.out.contains("指摘が消えない"), "{}{}", ran.out, ran.err);
    let (ran, same) =
        run(&[rule("one", "指.名称 ≠ \"甲の数\"", "\"乙の数\""), rule("two", "指.名称 ≠ \"乙の数\"", "\"甲の数\"")]);
    assert!(same && ran.out.contains("別の誤り"), "{}{}", ran.out, ran.err);
    // Both want the same place: the first wins, and with it the second has nothing to say.
    let (ran, same) =
        run(&[rule("one", "指.名称 ≠ \"甲の数\"", "\"乙の数\""), rule("two", "指.名称 ≠ \"甲の数\"", "\"丙の数\"")]);
    assert!(!same && !ran.out.contains("(one)") && ran.out.contains("1件を直しました"), "{}{}", ran.out, ran.err);
    let milder = |r: String| r.replace("重大度 誤り", "重大度 警告");
    let (ran, _) = run(&[
        milder(rule("one", "指.名称 ≠ \"甲の数\"", "\"乙の数\"")),
        milder(rule("two", "指.名称 ≠ \"乙の数\"", "\"甲の数\"")),
    ]);
    assert!(ran.status == 1 && ran.out.contains("途中で止めました"), "{}{}", ran.out, ran.err);
}

#[test]
fn the_real_documents_have_few_fixes_and_a_person_looks_at_each() {
    let ran = totsugo(
        &home(),
        &["check", "specs", "--diff", "--unsafe-fixes", "--min-severity", "info", "--color", "never"],
        &[],
    );
    insta::assert_snapshot!(ran.out + "---- err\n" + &ran.err);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    /// Whatever a plan looks like: outside of the fixed rates every byte stays, and a second run changes nothing.
    #[test]
    fn only_the_rates_change(rows in prop::collection::vec((1_u32..20, 0_u32..20, 0_u32..130, " {0,3}", prop::bool::ANY), 1..6), crlf in prop::bool::ANY) {
        let end = if crlf { "\r\n" } else { "\n" };
        let mut plan = format!("集計 \"a\" R4 {{{end}| 項番 | KPI設定 | 達成 | 達成率 |{end}");
        let mut wanted = plan.clone();
        for (n, (all, met, rate, blank, wide)) in rows.iter().enumerate() {
            let met = met.min(all);
            let right = (f64::from(*met) * 100.0 / f64::from(*all)).round();
            let widen = |t: String| if *wide { t.chars().map(|c| char::from_u32(c as u32 + 0xfee0).unwrap_or(c)).collect() } else { t };
            let line = |rate: String| format!("{blank}| I-{} |{all}|{met}| {}|{blank}# {rate:?}{end}", n + 1, widen(rate.clone()));
            // A rate within the rounding of another is no finding; those are left out of the game.
            let printed = if (f64::from(*rate) - right).abs() < 1.5 { format!("{right}%") } else { format!("{rate}%") };
            let comment = format!("# {printed:?}");
            plan.push_str(&line(printed));
            wanted.push_str(&line(format!("{right}%")).replace(&format!("# {:?}", format!("{right}%")), &comment));
        }
        plan.push('}');
        wanted.push('}');
        let place = folder(&[("a.plan", plan.as_bytes())]);
        let arguments = ["check", "a.plan", "--fix", "--unsafe-fixes", "--select", "achievement-rate"];
        let ran = totsugo(place.path(), &arguments, &[]);
        prop_assert_eq!(&text(place.path(), "a.plan"), &wanted, "{}{}", ran.out, ran.err);
        totsugo(place.path(), &arguments, &[]);
        prop_assert_eq!(&text(place.path(), "a.plan"), &wanted);
    }
}
