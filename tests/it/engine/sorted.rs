//! Where hundreds of rows have one key they are sorted by what they are held against. None that counts may be passed over,
//! and none come in another order than it is printed in.
use super::made::{TABLE, by_rules};
use totsugo::rules::Outcome;

/// A number, a year and a day.
type Row = (usize, usize, [usize; 3]);

/// Sixty rows whose numbers, years and days lie in an order of their own; every eleventh lacks them.
fn rows() -> Vec<Option<Row>> {
    let row = |n: usize| {
        let mixed = n * 37 % 61;
        // Years, months and days are of as many digits each, and none says what the others say.
        (n % 11 != 10).then_some((mixed, 4 + mixed % 5, [2022 + mixed % 3, 1 + mixed % 12, 1 + mixed * 7 % 28]))
    };
    (0..60).map(row).collect()
}

fn plan() -> String {
    let row = |(n, row): (usize, &Option<Row>)| match row {
        Some((number, year, [y, m, d])) => {
            format!("  | {number} | R{year} | {y}-{m:02}-{d:02} | 名{} | {}件 |\n", n % 4, n % 5)
        }
        None => format!("  |  |  |  | 名{} |  |\n", n % 4),
    };
    let rows: String = rows().iter().enumerate().map(row).collect();
    format!("文書 甲\n試し \"表\" {{\n  | 番号 | 年 | 日 | 名 | 額 |\n{rows}}}\n")
}

fn messages(outcome: &Outcome) -> Vec<&str> {
    outcome.violations.iter().map(|v| v.message.ja.as_str()).collect()
}

/// What a rule finds in a plan, the same way by both.
fn found(plan: &str, clauses: &str) -> (Vec<String>, usize) {
    let (planned, plain) = by_rules(plan, Some(&format!("{TABLE}規則 任意 any {{\n{clauses}\n}}\n")));
    assert_eq!(messages(&planned), messages(&plain), "{clauses}");
    assert_eq!(planned.skipped, plain.skipped, "{clauses}");
    (messages(&planned).into_iter().map(str::to_owned).collect(), planned.skipped.len())
}

#[test]
fn rows_before_and_after_a_bound_are_all_counted() {
    let (plan, rows) = (plan(), rows());
    type Bound = fn(&Row, &Row) -> bool;
    let bounds: [(&str, Bound); 9] = [
        ("c.番号 < a.番号", |c, a| c.0 < a.0),
        ("c.番号 ≥ a.番号", |c, a| c.0 >= a.0),
        ("a.番号 < c.番号", |c, a| c.0 > a.0),
        ("c.年 ≤ a.年", |c, a| c.1 <= a.1),
        ("c.年 > a.年", |c, a| c.1 > a.1),
        ("c.日 < a.日", |c, a| c.2 < a.2),
        ("c.日 ≥ a.日", |c, a| c.2 >= a.2),
        ("a.日 ≤ c.日", |c, a| c.2 >= a.2),
        ("c.年 < a.年, c.額 は ある", |c, a| c.1 < a.1),
    ];
    for (condition, holds) in bounds {
        let count = format!("件数{{ c ∈ 行, c.文書 = a.文書, {condition} }}");
        let (told, _) = found(
            &plan,
            &format!("  対象 a ∈ 行\n  前提 a.番号 は ある\n  検査 {count} = 99\n  指摘 a \"{{a.番号}}: {{{count}}}\""),
        );
        let numbers = rows.iter().flatten();
        let wanted: Vec<String> =
            numbers.clone().map(|a| format!("{}: {}", a.0, numbers.clone().filter(|c| holds(c, a)).count())).collect();
        assert_eq!(told, wanted, "{condition}");
    }
}

#[test]
fn pairs_come_in_the_order_in_which_they_are_printed() {
    let (plan, rows) = (plan(), rows());
    let (told, _) = found(
        &plan,
        "  対象 a ∈ 行, b ∈ 行\n  前提 b.文書 = a.文書, b.年 < a.年\n  検査 a.番号 = b.番号\n  指摘 b \"{a.番号} {b.番号}\"",
    );
    let all = || rows.iter().flatten();
    let before = |a| all().filter(move |b: &&Row| b.1 < a);
    let wanted: Vec<String> = all().flat_map(|a| before(a.1).map(move |b| format!("{} {}", a.0, b.0))).collect();
    assert!(wanted.len() > 500);
    assert_eq!(told, wanted);
}

/// One torn cell among so many may be what is sought, unless something else in its row tells it apart.
#[test]
fn a_torn_cell_in_a_long_table_leaves_open_what_hangs_on_it() {
    let plan = plan().replacen("| 37 | R6 |", "| 判読不能 | R6 |", 1).replacen("| 13 | R7 |", "| 13 | 判読不能 |", 1);
    assert_eq!(plan.matches("判読不能").count(), 2);
    let ask = |condition: &str| {
        found(
            &plan,
            &format!(
                "  対象 a ∈ 行\n  前提 a.額 は ある\n  検査 ある{{ c ∈ 行, c.文書 = a.文書, {condition} }}\n  指摘 a \"{{a.順}}\""
            ),
        )
    };
    let (all, open) = (55, 1);
    // Nothing is less than nothing, but what is torn may be.
    assert_eq!(ask("c.番号 < 0"), (vec![], open));
    assert_eq!(ask("c.年 < R1"), (vec![], open));
    assert_eq!(ask("c.番号 < a.番号 - 99"), (vec![], open));
    for sure in ["c.番号 < 0, c.名 = \"名0\"", "c.番号 < 0, c.名 = \"無\"", "c.年 < R1, c.名 = \"無\""] {
        assert_eq!(ask(sure).0.len(), all, "{sure}");
    }
    assert_eq!(ask("c.番号 < 0, c.名 = \"名1\""), (vec![], open));
    assert_eq!(ask("c.番号 > 5, c.名 = \"無\", c.額 < 9件").0.len(), all);
    assert_eq!(ask("c.番号 ≥ 0, c.名 = \"名1\", c.額 ≥ 0件").0.len(), 0);
}
