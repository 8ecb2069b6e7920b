//! Consistent plans, made from a seed: two editions of a report with everything that hangs together in one.
use std::fmt::Write as _;

use super::super::random::Random;
use super::book::Texts;

struct Indicator {
    name: String,
    unit: &'static str,
    down: bool,
    cumulative: bool,
    baseline: usize,
    /// R5 to R8.
    targets: [usize; 4],
    /// R5 and R6.
    actuals: [usize; 2],
}

const THINGS: [(&str, &str, bool); 8] = [
    ("オンライン申請の件数", "件", false),
    ("研修を修了した職員の数", "人", false),
    ("電子決裁の割合", "%", false),
    ("紙の使用量", "枚", true),
    ("手続の所要日数", "日", true),
    ("公開したデータの種類", "種類", false),
    ("窓口での待ち時間", "分", true),
    ("導入した市町村の数", "団体", false),
];
const WORKS: [&str; 12] =
    ["税務", "福祉", "教育", "農業", "林業", "観光", "土木", "防災", "医療", "商工", "水道", "統計"];

fn indicator(random: &mut Random, number: usize) -> Indicator {
    let (thing, unit, down) = THINGS[number % THINGS.len()];
    let cumulative = number % 8 == 7;
    let name = format!("{}分野の{thing}{}", WORKS[number % WORKS.len()], if cumulative { "(累計)" } else { "" });
    // Room for seven steps below a hundred, or far above.
    let first = if unit == "%" { 31 + random.below(9) } else { 1203 + random.below(6000) };
    let step = if unit == "%" { 7 } else { 113 + random.below(80) };
    let extra: Vec<usize> = (0..4).map(|_| random.below(step / 3)).collect();
    let at = |n: usize| if down { 9000 - first - n * step - extra[n] } else { first + n * step + extra[n] };
    let targets = [at(0), at(1), at(2), at(3)];
    // Reached or not, but never past the next target, so that the targets stay sensible.
    let mut actual = |n: usize| {
        let by = 1 + random.below(step / 4);
        let reached = random.below(3) > 0;
        if reached != down { targets[n] + by } else { targets[n] - by }
    };
    let actuals = [actual(0), actual(1)];
    let baseline = if down { at(0) + step * 2 } else { first.saturating_sub(step) };
    Indicator { name, unit, down, cumulative, baseline, targets, actuals }
}

fn printed(n: usize, unit: &str) -> String {
    let text = n.to_string();
    let grouped =
        if text.len() > 3 { format!("{},{}", &text[..text.len() - 3], &text[text.len() - 3..]) } else { text };
    format!("{grouped}{unit}")
}

impl Indicator {
    fn reached(&self, year: usize) -> bool {
        if self.down { self.actuals[year] <= self.targets[year] } else { self.actuals[year] >= self.targets[year] }
    }

    fn block(&self, head: &str, indent: &str, years: usize) -> String {
        let mut out = format!("{indent}{head} \"{}\" {{\n", self.name);
        let targets = (0..4).map(|n| format!("R{}: {}", 5 + n, printed(self.targets[n], self.unit)));
        let targets: Vec<String> = targets.collect();
        let mut line = |text: String| writeln!(out, "{indent}  {text}").expect("room");
        if self.down {
            line("方向 以下".into());
        }
        if self.cumulative {
            line("累計 はい".into());
        }
        line(format!("基準 R3: {}", printed(self.baseline, self.unit)));
        line(format!("目標 {}", targets.join(", ")));
        if years > 0 && !head.starts_with("再掲") {
            let actuals: Vec<String> =
                (0..years).map(|n| format!("R{}: {}", 5 + n, printed(self.actuals[n], self.unit))).collect();
            let said = |n: usize| if self.reached(n) { "達成" } else { "一部達成" };
            let statuses: Vec<String> = (0..years).map(|n| format!("R{}: {}", 5 + n, said(n))).collect();
            line(format!("実績 {}", actuals.join(", ")));
            line(format!("状況 {}", statuses.join(", ")));
        }
        writeln!(out, "{indent}}}").expect("room");
        out
    }
}

/// Two editions; no rule has anything to say about them.
pub fn plans(seed: u64) -> Texts {
    let mut random = Random::new(seed);
    let fields = 3;
    let each = 4;
    let mut number = usize::try_from(seed).expect("small") * 5;
    let all: Vec<Vec<(Option<Indicator>, usize)>> = (0..fields)
        .map(|_| {
            let one = |i: usize| {
                number += 1;
                let with = i != 1;
                (with.then(|| indicator(&mut random, number)), number)
            };
            (0..each).map(one).collect()
        })
        .collect();
    let budget: Vec<usize> = (0..5).map(|_| 10_101 + random.below(80_000)).collect();
    (1..=2).map(|edition| (format!("甲-R{}.plan", 5 + edition), document(edition, &all, &budget))).collect()
}

fn document(edition: usize, all: &[Vec<(Option<Indicator>, usize)>], budget: &[usize]) -> String {
    let mut out = String::new();
    let mut line = |text: String| writeln!(out, "{text}").expect("room");
    line(format!("文書 甲-R{} {{", 5 + edition));
    line(format!("  題名 \"令和{}年度 取組状況\"\n  発行 \"甲県\"\n  年度 R{}", 5 + edition, 5 + edition));
    if edition > 1 {
        line(format!("  前版 甲-R{}", 4 + edition));
    }
    line("  掲載 全件\n}".into());
    let (mut program, mut kpi) = (0, 0);
    let mut again: Vec<(usize, usize, usize, usize)> = Vec::new();
    let mut counts = Vec::new();
    for (f, field) in all.iter().enumerate() {
        line(format!("分野 Ⅰ-{} \"{}を進める取組\" {{\n  項目 (1) \"{}\" {{", f + 1, WORKS[f], WORKS[f + 3]));
        for (i, (indicator, number)) in field.iter().enumerate() {
            program += 1;
            line(format!("    事業 {program} \"{}事業{number}\" {{", WORKS[number % WORKS.len()]));
            line(format!("      担当 \"総務部 第{}課\"\n      概要 \"取組その{number}を行う。\"", i + f * 10));
            if let Some(indicator) = indicator {
                kpi += 1;
                line(format!(
                    "      種別 指標\n      本文 R{}: {}",
                    5 + edition,
                    printed(indicator.targets[edition], indicator.unit)
                ));
                let block = indicator.block(&format!("指標 {kpi}"), "      ", edition);
                line(block.trim_end().to_owned());
                if i == 2 && f + 1 < all.len() {
                    again.push((f, i, program, kpi));
                }
            }
            line("    }".into());
        }
        // The third of the field before, once more.
        if let Some((from, i, program, kpi)) = again.iter().find(|a| a.0 + 1 == f) {
            let (Some(indicator), number) = (&all[*from][*i].0, all[*from][*i].1) else { continue };
            line(format!("    再掲 事業 No{program} \"{}事業{number}\" {{", WORKS[number % WORKS.len()]));
            line(format!("      担当 \"総務部 第{}課\"\n      概要 \"取組その{number}を行う。\"", i + from * 10));
            let block = indicator.block(&format!("再掲 指標 No{kpi}"), "      ", 0);
            line(format!("{}\n    }}", block.trim_end()));
        }
        line("  }\n}".into());
        let with: Vec<&Indicator> = field.iter().filter_map(|(i, _)| i.as_ref()).collect();
        counts.push([field.len(), with.len(), with.iter().filter(|i| i.reached(edition - 1)).count()]);
    }
    let total: [usize; 3] = std::array::from_fn(|n| counts.iter().map(|c| c[n]).sum());
    let rate = |a: usize, b: usize| (200 * a + b) / (2 * b);
    let year = 4 + edition;
    line(format!("集計 \"達成状況\" R{year} {{\n  | 項番 | 事業数 | KPI設定 | 達成 | 達成率 |"));
    for (name, [n, set, reached]) in (1..).map(|n| format!("Ⅰ-{n}")).zip(&counts).chain([("合計".to_owned(), &total)])
    {
        line(format!("  | {name} | {n}事業 | {set}事業 | {reached}事業 | {}% |", rate(*reached, *set)));
    }
    line(format!("}}\n図表 \"達成状況\" R{year} {{\n  | 区分 | 件数 | 割合 |"));
    let [n, set, reached] = total;
    line(format!("  | 事業数 | {n}事業 | |\n  | KPI設定 | {set}事業 | 100% |"));
    line(format!("  | 達成 | {reached}事業 | {}% |", rate(reached, set)));
    line(format!("  | 一部達成 | {}事業 | {}% |\n}}", set - reached, 100 - rate(reached, set)));
    line(format!("予算 \"甲計画の予算\" R{} {{\n  | 費目 | 金額 |", 5 + edition));
    let amounts: Vec<usize> = budget.iter().map(|b| b + edition * 1_111).collect();
    for (n, amount) in amounts.iter().enumerate() {
        line(format!("  | {}費 | {} |", WORKS[n], printed(*amount, "千円")));
    }
    line(format!("  | 合計 | {} |\n}}", printed(amounts.iter().sum(), "千円")));
    out
}
