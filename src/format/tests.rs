use proptest::prelude::*;

use super::*;

fn vocabulary() -> Vocabulary {
    let declared = rule_files::parse(SourceId::default(), include_str!("../../rules/vocabulary.rules")).file;
    Vocabulary::load(&declared.relations, &declared.units).0
}

fn formatted(form: Form, text: &str, surface: Option<Surface>) -> String {
    match format(form, SourceId::default(), text, &vocabulary(), surface) {
        Ok(out) => out,
        Err(refused) => panic!("{refused:?}\n{text}"),
    }
}

/// Form, path and text.
type File = (Form, String, String);

fn real() -> Vec<File> {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut out = Vec::new();
    for folder in ["specs", "rules", "examples/budget", "examples/workbooks"] {
        for entry in std::fs::read_dir(root.join(folder)).unwrap().flatten() {
            let form = match entry.path().extension().and_then(|e| e.to_str()) {
                Some("plan") => Form::Plan,
                Some("rules") => Form::Rules,
                _ => continue,
            };
            out.push((form, entry.path().display().to_string(), std::fs::read_to_string(entry.path()).unwrap()));
        }
    }
    out
}

#[test]
fn real_files_are_formatted_once_and_for_all() {
    let files = real();
    assert!(files.len() > 15, "{}", files.len());
    for (form, path, text) in files {
        let once = formatted(form, &text, None);
        same(&formatted(form, &once, None), &once, &path);
        // A line may be broken in one language and not in the other; what is said is the same.
        let english = formatted(form, &text, Some(Surface::En));
        same(&formatted(form, &english, Some(Surface::En)), &english, &path);
        let back = formatted(form, &english, Some(Surface::Ja));
        let words = words::Words { vocabulary: &vocabulary(), surface: None };
        let says = if form == Form::Plan { same::plans } else { same::rules };
        assert!(says(&text, &back, &words), "{path}");
    }
}

/// Equal texts, or the first line that differs.
fn same(a: &str, b: &str, what: &str) {
    for (n, (a, b)) in a.lines().zip(b.lines()).enumerate() {
        assert_eq!(a, b, "{what}:{}", n + 1);
    }
    assert_eq!(a.len(), b.len(), "{what}");
}

/// What was in no order before; each line is a habit of the formatter.
#[test]
fn a_plan_is_laid_out() {
    let text = "文書　資料1｛年度　R6｝\n\n\n  # 見出しの前\n事業 1  「行政」  ｛  # 後ろ\n\n担当 “総務課”，\"企画\\\"課\" # 二つ\n目標 R4：８０％、R5 : 8 0. 0 % （変更前：７０％）\n\n\n}\n集計 \"a\" R4 {\n|項番|達成|\n|---|---|\n|Ⅰ-1|7事業| # 注\n合計\t17事業\n}\n同一 資料2-1 : \"BPR\" ＝ 資料2-4:No1;同一 \"a\" = \"b\"\n";
    insta::assert_snapshot!(formatted(Form::Plan, text, None));
    insta::assert_snapshot!(formatted(Form::Plan, text, Some(Surface::En)));
}

#[test]
fn long_lines_go_on_behind_a_comma() {
    let names: Vec<String> = (1..9).map(|n| format!("\"企画調整部 第{n}デジタル変革課\"")).collect();
    let text = format!("事業 1 \"a\" {{ 担当 {} }}", names.join(","));
    insta::assert_snapshot!(formatted(Form::Plan, &text, None));
    let text = "事業 1 \"a\" {\n担当 \"b\", # 一つめ、\n\"c#\",\n# 三つめ\n\"d\" # 四つめ,\n}";
    insta::assert_snapshot!(formatted(Form::Plan, text, None));
}

#[test]
fn a_rule_is_laid_out() {
    let text = "規則 例 example｛\n重大度 警告\n対象 行∈集計行，\n他 ∈ 集計行 # 二つ\n前提 否 (行.達成＞-1)，ある｛ 別 ∈集計行 , 別.達成 は 数値｝\n期待:=行.達成÷ 行 . KPI設定\n検査 行.達成率≈期待 かつ 行.項番 ∈ ｛\"計\" , \"合計\"｝\n指摘 行.達成率 \"{期待:%}\"   en \"x\"\n# 解説の前\n解説 \"\"\"一行め\n   二行め\n     三行め\"\"\"\n試験 合格 { 集計 \"例\" R4 { |項番|達成|\n|1|2事業| } }\n試験 不合格 \"59%\"｛集計 \"例\" R4 ｛ 事業 1 \"a\" ｝｝\n}\n達成基準 二段{\n達成:実績 が 目標 に達する\n未達:それ以外}\n";
    insta::assert_snapshot!(formatted(Form::Rules, text, None));
    insta::assert_snapshot!(formatted(Form::Rules, text, Some(Surface::En)));
}

#[test]
fn a_file_that_cannot_be_read_is_left_alone() {
    let refused = |form, text| format(form, SourceId::default(), text, &vocabulary(), None).unwrap_err();
    assert!(matches!(refused(Form::Plan, "事業 1 \"a {"), Refused::Faults(f) if f[0].code == "unclosed-text"));
    assert!(matches!(refused(Form::Rules, "規則 a {\n 検査 (\n}"), Refused::Faults(_)));
}

#[test]
fn line_ends_stay_as_they_are() {
    let out = formatted(Form::Plan, "事業 1 \"a\" {\r\n担当 \"b\"\r\n}\r\n", None);
    assert_eq!(out, "事業 1 \"a\" {\r\n  担当 \"b\"\r\n}\r\n");
    assert_eq!(formatted(Form::Plan, "", None), "");
    assert_eq!(formatted(Form::Plan, "\n\n# a", None), "# a\n");
}

proptest! {
    /// Real files with pieces cut out, doubled and put elsewhere: what can be formatted says the same as before (the
    /// formatter sees to that itself), and formatting it again changes nothing.
    #[test]
    fn mutilated_files_are_formatted_once_and_for_all(
        which in 0usize..64, at in 0usize..20_000, length in 0usize..200, to in 0usize..20_000,
        mark in prop::sample::select(vec!["", " ", "\n", "\n\n", "#x\n", ";", "{", "}", ",", "｛", "：", "\"", "　", "|", "\t", "(", "\r\n"]),
    ) {
        static FILES: std::sync::LazyLock<(Vec<File>, Vocabulary)> =
            std::sync::LazyLock::new(|| (real(), vocabulary()));
        let (files, vocabulary) = &*FILES;
        let (form, path, whole) = &files[which % files.len()];
        // A part of the file is enough, and quick.
        let cut = |n: usize| (n % (whole.len() + 1)..=whole.len()).find(|n| whole.is_char_boundary(*n)).unwrap();
        let part = &whole[cut(at)..cut((at % (whole.len() + 1) + 3_000).min(whole.len()))];
        let chars: Vec<char> = part.chars().collect();
        let from = if chars.is_empty() { 0 } else { to % chars.len() };
        let gone = (from + length / 4).min(chars.len());
        let text: String = chars[..from].iter().copied().chain(mark.chars()).chain(chars[gone..].iter().copied()).collect();
        if let Ok(once) = format(*form, SourceId::default(), &text, vocabulary, None) {
            let again = format(*form, SourceId::default(), &once, vocabulary, None);
            prop_assert_eq!(again.as_ref().ok(), Some(&once), "{}", path);
            let english = format(*form, SourceId::default(), &text, vocabulary, Some(Surface::En));
            prop_assert!(english.is_ok(), "{} {:?}", path, english);
        }
    }
}
