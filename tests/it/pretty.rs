//! What a reader sees: the carets stand under the full-width text, in a wide and in a narrow window.
use crate::run::{folder, home, totsugo};
use unicode_width::UnicodeWidthStr as _;

const RATE: &str = "集計 \"行政のＤＸ\" R4 {\n  | 項番 | 分野名 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | Ⅰ-１ | 職員の意識改革 | １２事業 | ８事業 | ５事業 | ７０％ |\n}\n";
const OLD: &str =
    "文書 旧 {\n  年度 R4\n}\n分野 Ⅲ-1 \"産業\" {\n  指標 \"導入した経営体数\" {\n    目標 R7: ７００経営体\n  }\n}\n";
const NEW: &str = "文書 新 {\n  年度 R5\n  前版 旧\n}\n分野 Ⅲ-1 \"産業\" {\n  指標 \"導入した経営体数\" {\n    目標 R4: ６７０経営体, R5: ７１８経営体\n  }\n}\n";
const RELIST: &str =
    "事業 1 \"職員研修事業（全職員向け）\"\n再掲 事業 Ｎｏ９ \"職員研修事業（全職員向け）\"\n指票 \"書き間違い\"\n";
/// A figure at the far right with words under it, and a title that is wider than a narrow window.
const EDGE: &str = "KGI \"行政\" {\n  CSF 1 \"電子化\" {\n    KPI 1 \"行政手続のオンライン化件数\" {\n      目標 R2: －, R3: １０件, R4: １１件, R5: １２件, R6: １３件\n      実績 R2: １０件, R3: １７件, R4: －, R5: －, R6: －\n    }\n    KPI 2 \"利用件数\" {\n      目標 R6: 12,34件\n    }\n  }\n}\n";

#[test]
fn drawings() {
    let place = folder(&[
        ("rate/a.plan", RATE.as_bytes()),
        ("two/old.plan", OLD.as_bytes()),
        ("two/new.plan", NEW.as_bytes()),
        ("relist/a.plan", RELIST.as_bytes()),
        ("edge/a.plan", EDGE.as_bytes()),
    ]);
    for name in ["rate", "two", "relist", "edge"] {
        for lang in ["ja", "en"] {
            for columns in ["80", "48"] {
                let ran = totsugo(place.path(), &["check", name, "--lang", lang], &[("COLUMNS", columns)]);
                assert_eq!(ran.status, 1, "{}", ran.err);
                insta::assert_snapshot!(format!("{name}_{lang}_{columns}"), ran.out);
            }
        }
    }
}

#[test]
fn no_line_is_wider_than_the_window() {
    for lang in ["ja", "en"] {
        for columns in [48, 60, 80] {
            let arguments = ["check", "specs", "--lang", lang];
            let ran = totsugo(&home(), &arguments, &[("COLUMNS", &columns.to_string())]);
            let (findings, _) = ran.out.trim_end().rsplit_once('\n').expect("findings and a last line");
            let wide: Vec<&str> = findings.lines().filter(|l| l.width() > columns).collect();
            assert!(wide.is_empty(), "{lang} {columns}:\n{}", wide.join("\n"));
        }
    }
}
