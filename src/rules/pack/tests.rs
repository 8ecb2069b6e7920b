use super::*;

#[test]
fn what_was_kept_of_the_built_in_rules_is_what_reading_gives() {
    let mut sources = Sources::default();
    sources.add(Source::new("own", "a text before"));
    for ((path, text), bytes) in BUILT_IN.iter().zip(KEPT) {
        let id = sources.add(Source::new(*path, *text));
        let parsed = parse(id, text);
        assert_eq!(parsed.faults, vec![], "{path}");
        assert_eq!(format!("{:?}", kept(id, bytes)), format!("{:?}", Some(parsed.file)), "{path}");
    }
    assert_eq!(BUILT_IN.len(), KEPT.len());
}

/// What typing every rule now says, although some could have waited.
fn unseen(pack: &Pack) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (number, rule) in pack.rules.iter().enumerate().filter(|(n, _)| pack.typed[*n].get().is_none()) {
        let none = Parameters::new();
        let made = check::check(&pack.vocabulary, &none, number, rule, Trust::Doubtful, &mut faults);
        assert!(!made.is_empty(), "{}", code(rule));
    }
    faults
}

fn with(own: &str) -> Pack {
    let mut sources = Sources::default();
    let id = sources.add(Source::new("own.rules", own));
    Pack::load(&mut sources, &[id])
}

#[test]
fn nothing_is_wrong_with_the_built_in_rules_that_are_not_looked_at() {
    let mut sources = Sources::default();
    let pack = Pack::load(&mut sources, &[]);
    assert!(pack.typed.iter().all(|typed| typed.get().is_none()), "all of them wait");
    assert_eq!((unseen(&pack), &pack.faults), (vec![], &vec![]));
    for declared in &BUILT_IN
        .iter()
        .zip(0..)
        .fold(RuleFile::default(), |mut all, ((_, text), n)| {
            all.append(parse(SourceId(n), text).file);
            all
        })
        .schemes
    {
        let mut faults = Vec::new();
        compile(declared, &mut faults).iter().for_each(|scheme| decide(scheme, &mut faults));
        assert_eq!(faults, vec![], "{}", declared.name.node);
    }
}

#[test]
fn the_authors_declarations_never_hide_what_is_wrong_with_a_built_in_rule() {
    let flat = include_str!("../../../benches/ten/ten.rules");
    let pack = with(flat);
    assert!(pack.typed.iter().any(|typed| typed.get().is_none()), "tables of one's own leave the others alone");
    assert_eq!(unseen(&pack), vec![]);
    // Each of these changes what a name in a built-in rule may mean.
    for own in [
        "拡張 事業 {\n  属性 群 = cluster : 文字列\n}\n",
        "拡張 事業 {\n  属性 指標 = indicators : 文字列\n}\n",
        "拡張 事業 {\n  属性 再掲先 = elsewhere : 文字列\n}\n",
        "拡張 指標 {\n  位置 集計\n}\n",
        "拡張 事業 {\n  系列 目標 = goal : 量\n}\n",
        "表 別表 = KPI {\n  位置 文書\n  見出し 名称 = name : 文字列\n}\n",
        "表 事業 = other {\n  位置 文書\n  見出し 名称 = name : 文字列\n}\n",
        "単位 人 = 件\n",
        "定義 KPI = kpis {\n  対象 行 ∈ 指標\n  列 名称 := 行.名称\n}\n",
    ] {
        let pack = with(own);
        assert!(pack.typed.iter().all(|typed| typed.get().is_some()), "all are typed at once: {own}");
    }
}
