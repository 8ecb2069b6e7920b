//! The corpus of the ten checks: plans of three editions, a document each, of a hundred 事業, about one row in eight a
//! 再掲, and a known number of injected faults of every kind. The same arguments give the same rows.

/// The six fields of a plan: code, name, and how many of a hundred 事業 lie in it.
pub const FIELDS: [(&str, &str, usize); 6] = [
    ("Ⅰ-1", "まず始めに実施すべき取組", 14),
    ("Ⅰ-2", "行政サービスの向上に向けた取組", 22),
    ("Ⅰ-3", "公務能率の向上に向けた取組", 24),
    ("Ⅰ-4", "感染症への対策を踏まえ加速させる取組", 2),
    ("Ⅰ-5", "上記の取組を支える基盤整備", 16),
    ("Ⅱ", "市町村支援・連携", 10),
];
const PLACES: [&str; 12] = [
    "青森県",
    "岩手県",
    "宮城県",
    "秋田県",
    "山形県",
    "福島県",
    "新潟県",
    "長野県",
    "滋賀県",
    "徳島県",
    "高知県",
    "熊本県",
];
const THEMES: [&str; 32] = [
    "行政手続オンライン化",
    "キャッシュレス決済導入",
    "電子決裁利用",
    "テレワーク環境整備",
    "AI・RPA活用",
    "データ利活用推進",
    "オープンデータ公開",
    "マイナンバーカード普及",
    "防災情報発信",
    "スマート農業普及",
    "スマート林業推進",
    "遠隔医療体制整備",
    "介護ロボット導入支援",
    "ICT教育環境整備",
    "観光情報発信",
    "移住ポータル運営",
    "県産品販路開拓",
    "中小企業デジタル化支援",
    "起業家育成",
    "デジタル人材育成",
    "情報セキュリティ対策",
    "ネットワーク基盤整備",
    "文書管理システム運用",
    "ペーパーレス化推進",
    "道路情報提供",
    "河川監視カメラ整備",
    "建設DX推進",
    "除雪車運行管理",
    "鳥獣被害対策",
    "水産資源管理",
    "子育て支援アプリ運営",
    "健康づくり推進",
];
/// What is counted, and in what.
const ASPECTS: [(&str, &str); 20] = [
    ("利用件数", "件"),
    ("参加者数", "人"),
    ("導入施設数", "施設"),
    ("相談件数", "件"),
    ("研修受講者数", "人"),
    ("公開データ数", "件"),
    ("実施団体数", "団体"),
    ("登録者数", "人"),
    ("閲覧数", "万件"),
    ("整備箇所数", "箇所"),
    ("支援企業数", "社"),
    ("利用率", "%"),
    ("普及率", "%"),
    ("満足度", "%"),
    ("申請件数", "件"),
    ("導入業務数", "業務"),
    ("処理時間", "時間"),
    ("紙使用量", "万枚"),
    ("問合せ件数", "件"),
    ("事故発生件数", "件"),
];
/// The aspects of which less is better begin here.
const FIRST_DOWN: usize = 16;
const ITEMS: [&str; 6] =
    ["(1)手続の電子化", "(2)業務の見直し", "(3)情報の公開", "(4)人材の確保・育成", "(5)基盤の整備", "(6)連携の強化"];
const OWNERS: [&str; 8] = [
    "総務部　文書管財課",
    "総務部　市町村課",
    "企画調整部　デジタル変革課",
    "農林水産部　農業振興課",
    "商工労働部　産業振興課",
    "保健福祉部　高齢福祉課",
    "土木部　道路管理課",
    "教育庁　社会教育課",
];
/// How many checks there are, C1 to C10.
pub const CHECKS: usize = 10;

/// A small generator of numbers (Knuth's MMIX constants), so that the corpus needs no library.
pub struct Random(u64);

impl Random {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    /// Whether something happens that happens so many times in a hundred.
    fn percent(&mut self, n: usize) -> bool {
        self.below(100) < n
    }

    fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }

    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, self.below(i + 1));
        }
    }
}

/// An indicator; figures in tenths.
#[derive(Clone, PartialEq, Eq)]
pub struct Kpi {
    pub name: String,
    pub unit: &'static str,
    pub down: bool,
    pub baseline: i64,
    /// R4 to R7; no target for R4 is no status.
    pub targets: [Option<i64>; 4],
    pub actual: i64,
}

impl Kpi {
    fn status(&self) -> &'static str {
        match self.targets[0] {
            None => "－",
            Some(target) if if self.down { self.actual <= target } else { self.actual >= target } => "達成",
            Some(_) => "一部達成",
        }
    }
}

/// A row of the list of a document.
#[derive(Clone)]
pub struct Row {
    pub number: usize,
    pub field: usize,
    pub item: &'static str,
    pub owner: &'static str,
    pub name: String,
    /// The number of the 事業 that a 再掲 points at.
    pub relisted: Option<usize>,
    pub kpi_number: String,
    pub kpi: Option<Kpi>,
    pub status: &'static str,
    pub relisted_kpi: String,
    /// What it was listed as first, while the document is made.
    origin: Option<usize>,
    /// Whether it stands in this edition only.
    own: bool,
}

/// A row of the summary of a document.
pub struct Line {
    pub code: &'static str,
    pub name: &'static str,
    /// 事業数, KPI設定, 達成.
    pub counts: [usize; 3],
    pub rate: String,
}

/// A document and what is wrong in it: check (from 1) and row (from 1).
pub struct Document {
    pub plan: String,
    pub edition: usize,
    pub code: String,
    pub rows: Vec<Row>,
    pub summary: Vec<Line>,
    pub faults: Vec<(usize, usize)>,
}

fn kpi(random: &mut Random, combination: usize, cumulative: bool) -> Kpi {
    let (theme, aspect) = (THEMES[combination / ASPECTS.len()], combination % ASPECTS.len());
    let (word, unit) = ASPECTS[aspect];
    let (down, rate) = (aspect >= FIRST_DOWN, unit == "%");
    let step = if down || rate { 1 } else { 10 };
    let mut draw = |n: usize| i64::try_from(random.below(n)).unwrap_or(0);
    let first = if down {
        500 + draw(5000)
    } else if rate {
        200 + draw(400)
    } else {
        (10 + draw(5000)) * 10
    };
    let mut targets = [Some(first); 4];
    let mut last = first;
    for target in &mut targets[1..] {
        last = if down {
            last - draw(120)
        } else if rate {
            (last + draw(130)).min(1000)
        } else {
            last + draw(300) * 10
        };
        *target = Some(last);
    }
    let actual = (first + (draw(60) - 25) * step).max(0);
    let baseline = (first - draw(50) * step).max(0);
    if random.percent(5) {
        targets[0] = None;
    }
    let total = !down && !rate && (cumulative || random.percent(30));
    let name = format!("{theme}{word}{}", if total { "（累計）" } else { "" });
    Kpi { name, unit, down, baseline, targets, actual }
}

fn row(random: &mut Random, combination: usize, field: usize, with_kpi: bool, own: bool) -> Row {
    let kpi = with_kpi.then(|| kpi(random, combination, own));
    Row {
        number: 0,
        field,
        item: ITEMS[combination % ITEMS.len()],
        owner: OWNERS[combination % OWNERS.len()],
        name: format!("{}事業", THEMES[combination / ASPECTS.len()]),
        relisted: None,
        kpi_number: String::new(),
        status: kpi.as_ref().map_or("", Kpi::status),
        kpi,
        relisted_kpi: String::new(),
        origin: None,
        own,
    }
}

/// The rate as it is printed: rounded half up to whole per cent.
fn rate(achieved: usize, set: usize) -> String {
    if set == 0 { "-".to_owned() } else { format!("{}%", (200 * achieved + set) / (2 * set)) }
}

/// How large a corpus is.
#[derive(Clone, Copy)]
pub struct Size {
    pub documents: usize,
    /// Rows of a document.
    pub rows: usize,
    /// Faults of each kind.
    pub faults: usize,
}

impl Size {
    /// So many rows, a hundred in a document, and one fault of each kind for a thousand rows, two at least.
    pub fn of(rows: usize) -> Self {
        Self { documents: (rows / 100).max(3), rows: 100, faults: (rows / 1000).max(2) }
    }
}

/// All documents, one after the other.
pub fn documents(size: Size, seed: u64) -> impl Iterator<Item = Document> {
    let mut random = Random::new(seed);
    // Which documents have which fault: those of C4 need an edition before them.
    let mut chosen: Vec<Vec<bool>> = Vec::new();
    for check in 1..=CHECKS {
        let mut able: Vec<usize> = (0..size.documents).filter(|d| check != 4 || d % 3 > 0).collect();
        random.shuffle(&mut able);
        let mut has = vec![false; size.documents];
        able.iter().take(size.faults).for_each(|d| has[*d] = true);
        chosen.push(has);
    }
    let relisted = (size.rows * 12 / 100).max(4);
    let (mut base, mut spare, mut seen): (Vec<Row>, Vec<usize>, Vec<String>) = Default::default();
    let mut weights: Vec<usize> = Vec::new();
    for (field, (_, _, weight)) in FIELDS.iter().enumerate() {
        weights.extend(std::iter::repeat_n(field, *weight));
    }
    (0..size.documents).map(move |number| {
        if number % 3 == 0 {
            let mut all: Vec<usize> = (0..THEMES.len() * ASPECTS.len()).collect();
            random.shuffle(&mut all);
            base = all
                .iter()
                .take(size.rows - relisted + 6)
                .map(|combination| {
                    let (field, with_kpi) = (random.pick(&weights), random.percent(70));
                    row(&mut random, *combination, field, with_kpi, false)
                })
                .collect();
            // What can be summed up over the years, for the indicators of one edition only.
            spare = all[base.len()..].iter().copied().filter(|c| [0, 1, 3, 4].contains(&(c % ASPECTS.len()))).collect();
            seen.clear();
        }
        let own: Vec<Row> = (0..3)
            .filter_map(|field| spare.pop().map(|combination| row(&mut random, combination, field, true, true)))
            .collect();
        let faults: Vec<bool> = std::iter::once(false).chain(chosen.iter().map(|has| has[number])).collect();
        let document = document(&mut random, number, size.rows - relisted, relisted, &base, own, &faults, &seen);
        let names = document.rows.iter().filter(|r| r.relisted.is_none()).filter_map(|r| r.kpi.as_ref());
        seen.extend(names.map(|k| k.name.clone()));
        document
    })
}

#[allow(clippy::too_many_arguments)]
fn document(
    random: &mut Random,
    number: usize,
    originals: usize,
    relisted: usize,
    base: &[Row],
    own: Vec<Row>,
    fault: &[bool],
    seen: &[String],
) -> Document {
    let edition = number % 3 + 1;
    let plan = format!("P{:05}", number / 3 + 1);
    let code = format!("{plan}-R{}", edition + 3);
    let mut faults = Vec::new();
    let mut order: Vec<usize> = (0..base.len()).collect();
    random.shuffle(&mut order);
    let mut rows: Vec<Row> = order[..originals - own.len()].iter().map(|i| base[*i].clone()).collect();
    let common = rows.len();
    rows.extend(own);
    let with_kpi: Vec<usize> = (0..common).filter(|i| rows[*i].kpi.is_some()).collect();
    for n in 0..relisted {
        // The first four always carry an indicator, and point at four different rows, so that faults do not meet.
        let origin = if n < 4 {
            with_kpi[n * with_kpi.len() / 4 + random.below(with_kpi.len() / 4)]
        } else if random.percent(80) {
            random.pick(&with_kpi)
        } else {
            random.below(common)
        };
        let field = random.below(FIELDS.len());
        rows.push(Row { field, origin: Some(origin), own: false, ..rows[origin].clone() });
    }
    // By field; who was where is known by the place before.
    let mut places: Vec<usize> = (0..rows.len()).collect();
    places.sort_by_key(|i| rows[*i].field);
    let mut now = vec![0; rows.len()];
    places.iter().enumerate().for_each(|(new, old)| now[*old] = new);
    let mut sorted: Vec<Row> = places.iter().map(|i| rows[*i].clone()).collect();
    for row in &mut sorted {
        row.origin = row.origin.map(|origin| now[origin]);
        row.name = format!("{}{}", PLACES[number / 3 % PLACES.len()], row.name);
    }
    let rel: Vec<usize> = (0..relisted).map(|n| now[originals + n]).collect();
    let mut rows = sorted;
    let mut is_target = vec![false; rows.len()];
    rows.iter().filter_map(|r| r.origin).for_each(|origin| is_target[origin] = true);
    let mut free: Vec<usize> = (0..rows.len()).filter(|i| rows[*i].origin.is_none() && !is_target[*i]).collect();
    let mut take = |random: &mut Random, suits: &dyn Fn(usize) -> bool| -> Option<usize> {
        let able: Vec<usize> = free.iter().copied().filter(|i| suits(*i)).collect();
        let chosen = (!able.is_empty()).then(|| random.pick(&able))?;
        free.retain(|i| *i != chosen);
        Some(chosen)
    };

    // C9: a gap in the numbers, or a number used twice, seen at the row where it happens.
    let mut gap = None;
    if fault[9] {
        let lone = |i: usize| i > 0 && rows[i - 1].origin.is_none() && !is_target[i - 1];
        let twice = random.percent(50);
        gap = match take(random, &lone) {
            Some(at) => Some((at, twice)),
            None => take(random, &|i| i > 0).map(|at| (at, false)),
        };
        faults.extend(gap.map(|(at, _)| (9, at)));
    }
    let mut indicators = 0;
    for (i, row) in rows.iter_mut().enumerate() {
        row.number = match gap {
            Some((at, twice)) if i >= at => {
                if twice {
                    i
                } else {
                    i + 2
                }
            }
            _ => i + 1,
        };
        if row.origin.is_none() && row.kpi.is_some() {
            indicators += 1;
            row.kpi_number = indicators.to_string();
        }
    }
    for i in 0..rows.len() {
        let Some(origin) = rows[i].origin else { continue };
        rows[i].relisted = Some(rows[origin].number);
        if rows[i].kpi.is_some() {
            rows[i].kpi_number = "再掲".to_owned();
            rows[i].relisted_kpi = rows[origin].kpi_number.clone();
        }
    }
    if fault[1] {
        let nowhere = rows.len() + 800 + random.below(99);
        if random.percent(50) {
            rows[rel[0]].relisted = Some(nowhere);
        } else {
            rows[rel[0]].relisted_kpi = nowhere.to_string();
        }
        faults.push((1, rel[0]));
    }
    if fault[2]
        && let Some(kpi) = &mut rows[rel[1]].kpi
    {
        if random.percent(50) {
            kpi.targets[3] = kpi.targets[3].map(|t| t + 10);
        } else {
            kpi.name = format!("{}の合計", kpi.name.replace("（累計）", ""));
        }
        faults.push((2, rel[1]));
    }
    if fault[3] {
        // A chain a → b → original, or a cycle a ⇄ b, which is two findings.
        let (a, b) = (rel[2], rel[3]);
        let other = rows[b].clone();
        rows[a] = Row { field: rows[a].field, number: rows[a].number, relisted: Some(other.number), ..other };
        faults.push((3, a));
        if random.percent(30) {
            rows[b].relisted = Some(rows[a].number);
            faults.push((3, b));
        }
    }
    if fault[10]
        && let Some(at) =
            take(random, &|i| rows[i].own && rows[i].kpi.as_ref().is_some_and(|k| k.name.contains("累計")))
    {
        if let Some(kpi) = &mut rows[at].kpi {
            kpi.targets[2] = kpi.targets[3].map(|t| t + 10);
        }
        faults.push((10, at));
    }
    if fault[4]
        && let Some(at) =
            take(random, &|i| !rows[i].own && rows[i].kpi.as_ref().is_some_and(|k| seen.contains(&k.name)))
    {
        if let Some(kpi) = &mut rows[at].kpi {
            kpi.targets[3] = kpi.targets[3].map(|t| t + 10);
        }
        faults.push((4, at));
    }
    if fault[7]
        && let Some(at) = take(random, &|i| rows[i].kpi.as_ref().is_some_and(|k| k.targets[0].is_some()))
    {
        rows[at].status = if rows[at].status == "達成" { "一部達成" } else { "達成" };
        faults.push((7, at));
    }
    let summary = summary(random, &rows, fault, &mut faults);
    faults.iter_mut().for_each(|(_, row)| *row += 1);
    faults.sort_unstable();
    Document { plan, edition, code, rows, summary, faults }
}

/// The summary, from what is printed: C8 first, then the total of it, then C6, then the rates, then C5.
fn summary(random: &mut Random, rows: &[Row], fault: &[bool], faults: &mut Vec<(usize, usize)>) -> Vec<Line> {
    let mut counts = [[0_usize; 3]; FIELDS.len() + 1];
    for row in rows.iter().filter(|r| r.relisted.is_none()) {
        let count = &mut counts[row.field];
        count[0] += 1;
        count[1] += usize::from(row.kpi.is_some());
        count[2] += usize::from(row.kpi.is_some() && row.status == "達成");
    }
    // A figure one too high; of those that were achieved one too few, or the rate would say more than 100 %.
    let spoil = |random: &mut Random, count: &mut [usize; 3]| {
        let column = if count[2] > 1 { random.below(3) } else { 0 };
        count[column] = if column == 2 { count[2] - 1 } else { count[column] + 1 };
    };
    if fault[8] {
        let at = random.pick(&[0, 1, 2, 4, 5]);
        spoil(random, &mut counts[at]);
        faults.push((8, at));
    }
    let last = FIELDS.len();
    counts[last] = std::array::from_fn(|column| counts[..last].iter().map(|c| c[column]).sum());
    if fault[6] {
        spoil(random, &mut counts[last]);
        faults.push((6, last));
    }
    let mut rates: Vec<String> = counts.iter().map(|c| rate(c[2], c[1])).collect();
    if fault[5] {
        // Cut off instead of rounded, where that is another figure.
        let cut = |c: &[usize; 3]| format!("{}%", (100 * c[2]).checked_div(c[1]).unwrap_or(0));
        let able: Vec<usize> = (0..counts.len()).filter(|i| cut(&counts[*i]) != rates[*i]).collect();
        let at = if able.is_empty() { random.below(counts.len()) } else { random.pick(&able) };
        rates[at] = if able.is_empty() { format!("1{}", rates[at]) } else { cut(&counts[at]) };
        faults.push((5, at));
    }
    let heads = FIELDS.iter().map(|f| (f.0, f.1)).chain([("合計", "合計")]);
    let lines = heads.zip(counts).zip(rates);
    lines.map(|(((code, name), counts), rate)| Line { code, name, counts, rate }).collect()
}
