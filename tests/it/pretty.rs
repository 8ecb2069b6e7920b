//! What a reader sees: the carets stand under the full-width text, in a wide and in a narrow window.
use crate::run::{folder, totsugo};

const RATE: &str = "集計 \"行政のＤＸ\" R4 {\n  | 項番 | 分野名 | 事業数 | KPI設定 | 達成 | 達成率 |\n  | Ⅰ-１ | 職員の意識改革 | １２事業 | ８事業 | ５事業 | ７０％ |\n}\n";
const OLD: &str =
    "文書 旧 {\n  年度 R4\n}\n分野 Ⅲ-1 \"産業\" {\n  指標 \"導入した経営体数\" {\n    目標 R7: ７００経営体\n  }\n}\n";
const NEW: &str = "文書 新 {\n  年度 R5\n  前版 旧\n}\n分野 Ⅲ-1 \"産業\" {\n  指標 \"導入した経営体数\" {\n    目標 R4: ６７０経営体, R5: ７１８経営体\n  }\n}\n";
const RELIST: &str =
    "事業 1 \"職員研修事業（全職員向け）\"\n再掲 事業 Ｎｏ９ \"職員研修事業（全職員向け）\"\n指票 \"書き間違い\"\n";

#[test]
fn drawings() {
    let place = folder(&[
        ("rate/a.plan", RATE.as_bytes()),
        ("two/old.plan", OLD.as_bytes()),
        ("two/new.plan", NEW.as_bytes()),
        ("relist/a.plan", RELIST.as_bytes()),
    ]);
    for name in ["rate", "two", "relist"] {
        for lang in ["ja", "en"] {
            for columns in ["80", "48"] {
                let ran = totsugo(place.path(), &["check", name, "--lang", lang], &[("COLUMNS", columns)]);
                assert_eq!(ran.status, 1, "{}", ran.err);
                insta::assert_snapshot!(format!("{name}_{lang}_{columns}"), ran.out);
            }
        }
    }
}
