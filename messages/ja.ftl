# 突合の言葉（日本語）。番号は en.ftl と同じものがそろっていること。
# 引数 x が空でないとき $has-x は yes、x が 1 のとき $is-one-x は yes。

## 重さ
severity-error = 誤り
severity-warning = 警告
severity-info = 情報

## 画面の言葉
word-fix = 修正案: { $from } → { $to }
word-fix-unsafe = 修正案（要確認）: { $from } → { $to }
word-help = 直し方
word-here = ここ
word-more-places = 参照する箇所はほかに{ $count }か所あります
summary-none = 指摘はありません（{ $documents }文書を突合しました）。
summary-errors = 誤り { $count }件
summary-warnings = 警告 { $count }件
summary-infos = 情報 { $count }件
summary-join = 、
summary-line = { $counts }（{ $documents }文書を突合しました）。
summary-suppressed = 許容した指摘が{ $count }件
summary-baseline = 既知の指摘が{ $count }件
summary-before = 変更の前からあった指摘が{ $count }件
summary-hidden = { $line }ほかに、{ $hidden }あります。
tests-line = 試験 { $tests }件: 合格 { $passed }件、不合格 { $failed }件（規則 { $rules }本）。
skips-title = 判定しなかったもの
skips-line = { $rule }: { $reason } { $count }件
skips-none = 判定しなかったものはありません。
manual-title = 規則の手引き
manual-intro = 組み込みの規則の一覧です。規則ファイル（`rules/`）から作られています（`totsugo explain --all`）。
manual-tags = 分類
manual-parameter = 設定
manual-reported = 指摘する例
manual-silent = 指摘しない例
rules-faults = 形の誤り（計画、規則、設定の書き方）:
rules-tests = 試験 { $count }件
word-yes = はい
word-no = いいえ
word-unreadable = 判読不能
query-source = 式
query-torn = 条件の欄が判読不能の行は、含まれているかどうか分からないので出していません。
test-expected-here = 期待した指摘がありません: { $text }
test-found-here = 出た指摘: { $ja }
tests-rule = { $name } ({ $code }): 試験 { $tests }件のうち { $failed }件が不合格
tests-none = 「{ $text }」を符号か名前に含む規則はありません。
coverage-rule = { $percent }%  { $name } ({ $code }): { $all }通りのうち { $reached }通り
coverage-line = 網羅 { $percent }%: { $all }通りのうち { $reached }通りを試験しています。
why-bindings = 対象
why-premises = 前提
why-definitions = 名前
why-check = 検査
why-denotes = { $value } は { $interval }
why-at-least = { $at }以上
why-more-than = { $at }超
why-at-most = { $at }以下
why-less-than = { $at }未満
why-and = {""}
why-alike = 同じ桁まで印刷された数字は、等しくなければなりません
why-passed = 成り立つ行は{ $count }行
why-more = ほかに{ $count }行
why-nothing = －（{ $reason }）
why-none = 「{ $name }」に当たる指摘はありません。この規則の指摘:
why-no-finding = この規則の指摘はありません。
why-no-rule = 「{ $name }」は規則ではなく、書き方の指摘です。totsugo explain { $name } を見てください。
tests-watching = 規則ファイルの変更を待っています（Ctrl-Cで終わります）。

## 計画ファイルと規則ファイルの形
unknown-keyword = 「{ $name }」という見出し語はありません。
unknown-keyword-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] 行の先頭の語を、文書・分野・事業・指標などの決まった語にしてください。
 }
title-unknown-keyword = 知らない見出し語
explain-unknown-keyword = 行の先頭には、語彙にある語（文書、分野、項目、事業、指標、集計など）を書きます。知らない語の行は読み飛ばされ、その行の数字は検査されません。
misplaced = { $has-where ->
    [yes] 「{ $name }」は「{ $where }」の中には書けません。
   *[no] 「{ $name }」はここには書けません。
 }
misplaced-help = { $has-allowed ->
    [yes] 「{ $name }」を書けるのは{ $allowed }の中です。
   *[no] 「{ $name }」を、それが属するものの {"{"} {"}"} の中に移してください。
 }
title-misplaced = 置き場所の誤り
explain-misplaced = 文の置き場所が違います。たとえば事業は文書・分野・項目の中に、目標は指標の中に書きます。
unknown-attribute = 「{ $relation }」に「{ $name }」という属性はありません。
unknown-attribute-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] 「{ $relation }」に書ける属性の名前にしてください。
 }
title-unknown-attribute = 知らない属性
explain-unknown-attribute = { "{" } { "}" } の中に、その種類のものが持たない属性が書かれています。その行は検査に使われません。
duplicate-declaration = 「{ $name }」が二度書かれています。
duplicate-declaration-help = どちらが正しいかを確かめ、もう一方を消すか、番号や名称を直してください。
title-duplicate-declaration = 二重の記載
explain-duplicate-declaration = 同じ範囲で同じ番号や名前のもの、同じ年度の数値、同じ属性が二度書かれています。どちらを正とするか決められないため、誤りとします。
first-here = 先に書かれているのはここです
file-ends-here = ファイルはここで終わっています
figure-grouping = 「{ $text }」の桁区切りが3桁ごとになっていません。
figure-grouping-help = { $has-meant ->
    [yes] 「{ $meant }」ではありませんか。
   *[no] 桁区切りを3桁ごとに付け直すか、取ってください。
 }
title-figure-grouping = 桁区切りの誤り
explain-figure-grouping = 桁区切りのカンマは右から3桁ごとに打ちます。ずれたカンマは、桁の抜けや打ち間違いのしるしです。
figure-decimal-point = 「{ $text }」は小数点が一つではないので、数値として読めません。
figure-decimal-point-help = 小数点を一つにしてください。
title-figure-decimal-point = 小数点の誤り
explain-figure-decimal-point = 一つの数値に小数点は一つまでです。カンマとの打ち間違いもよくあります。
figure-too-long = { $has-digits ->
    [yes] 「{ $text }」は{ $digits }桁あり、数値として扱えません。
   *[no] 「{ $text }」は桁が多すぎて、数値として扱えません。
 }
figure-too-long-help = 有効数字は18桁までです。桁の打ち間違いや、続けて書かれた二つの数値ではないか確かめてください。
title-figure-too-long = 長すぎる数値
explain-figure-too-long = 有効数字は18桁までを扱います。それより長いものは、たいてい別々の数値がつながったものです。
figure-too-large = 「{ $text }」は大きすぎて扱えません。
figure-too-large-help = 桁や単位（万、億、兆）を確かめてください。
title-figure-too-large = 大きすぎる数値
explain-figure-too-large = 単位の倍数を掛けた結果が、正確に計算できる範囲を超えています。
bad-year = 「{ $text }」は年度として読めません。
bad-year-help = R4、令和4年度、2022年度、FY2022 のように書いてください。
title-bad-year = 年度の書き方
explain-bad-year = 年度は R4、令和4年度、2022年度、FY2022 のどの形でも書けます。
year-not-in-era = 「{ $text }」という年はありません。
year-not-in-era-help = { $has-meant ->
    [yes] 「{ $meant }」ではありませんか。
   *[no] 元号と年を確かめてください。
 }
title-year-not-in-era = ありえない年
explain-year-not-in-era = 元号にない年です。平成は31年4月まで、元年は1年で、0年はありません。
year-out-of-range = 「{ $text }」は扱える年の範囲にありません。
year-out-of-range-help = 年の桁と元号を確かめてください。
title-year-out-of-range = 範囲の外の年
explain-year-out-of-range = 計画の年としてありえないほど過去か未来の年です。たいていは桁の打ち間違いです。
bad-date = 「{ $text }」は日付として読めません。
bad-date-help = R3.4.1、令和3年4月1日、2021-04-01 のように、暦にある日を書いてください。
title-bad-date = 日付の書き方
explain-bad-date = 日付の形でないか、2月30日のように暦にない日です。
bad-number = 「{ $text }」は番号として読めません。
bad-number-help = No10、10、資料2-4:No10 のように書いてください。
title-bad-number = 番号の書き方
explain-bad-number = 番号の欄に、番号でないものが書かれています。
bad-choice = 「{ $text }」は選べる値ではありません。
bad-choice-help = { $has-allowed ->
    [yes] { $allowed }のどれかにしてください。
   *[no] 決められた値のどれかにしてください。
 }
title-bad-choice = 選べない値
explain-bad-choice = この欄には、決められた値のどれかだけを書けます。
unexpected-value = 「{ $text }」は余分です。
unexpected-value-help = この文がとる値だけを残してください。二つの値なら間にカンマが要ります。
title-unexpected-value = 余分な値
explain-unexpected-value = 文がとるより多くの値が書かれています。
row-cells = この行のセルは{ $found }個ですが、見出しは{ $expected }列です。
row-cells-help = 区切りの「|」の過不足を確かめてください。空のセルも「| |」と書きます。
title-row-cells = セルの数の違い
explain-row-cells = 表の行のセルの数が見出しと違うと、数値が別の列に入ります。その行は検査に使われません。
unknown-column = 「{ $name }」という列はありません。
unknown-column-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] その表がとる列の名前にしてください。
 }
title-unknown-column = 知らない列
explain-unknown-column = 表の見出しに、語彙にない列名があります。その列は検査に使われません。
missing-header = 表に見出しの行がありません。
missing-header-help = 表の最初の行に「| 項番 | 分野名 | …」のように列の名前を書いてください。
title-missing-header = 見出しの行がない
explain-missing-header = 表は、列の名前を並べた見出しの行で始めます。見出しがないと、どの数値が何か分かりません。
bad-reference = 「{ $text }」は参照として読めません。
bad-reference-help = No10、資料2-4:No10、資料2-1:Ⅱ-2:"名称" のように書いてください。
title-bad-reference = 参照の書き方
explain-bad-reference = 参照は、番号、文書:番号、文書:分野:"名称" のいずれかの形で書きます。
bad-unit = 単位「{ $name }」は、ほかの単位の何倍かとして読めません。
bad-unit-help = 「単位 TB = 1000 GB」のように、0より大きい倍数と、別の単位を書いてください。
title-bad-unit = 単位の倍数
explain-bad-unit = 単位は一度だけ、別の単位の正の倍数として定められます。自分自身に戻る定め方はできません。
unit-mismatch = { $has-found ->
    [yes] 「{ $text }」の単位は{ $expected }のはずですが、{ $found }です。
   *[no] 「{ $text }」の単位は{ $expected }のはずですが、単位がありません。
 }
unit-mismatch-help = 単位を確かめ、同じ種類の単位にそろえてください。
title-unit-mismatch = 単位の違い
explain-unit-mismatch = 同じ欄の数値は同じ種類の単位で書きます。人と円のように種類の違う数値は比べられません。
unclosed-block = この「{"{"}」が閉じられていません。
unclosed-block-help = 対応する「{"}"}」を書いてください。
title-unclosed-block = 閉じていない括弧
explain-unclosed-block = 「{"{"}」で始めた範囲は「{"}"}」で閉じます。閉じ忘れると、後に続くものが全部その中に入ります。
stray-brace = この「{"}"}」に対応する「{"{"}」がありません。
stray-brace-help = 余分な「{"}"}」を消すか、「{"{"}」を補ってください。
title-stray-brace = 余分な閉じ括弧
explain-stray-brace = 始まりのない「{"}"}」です。
unclosed-text = この文字列が閉じられていません。
unclosed-text-help = 終わりの引用符を書いてください。
title-unclosed-text = 閉じていない文字列
explain-unclosed-text = 引用符で始めた文字列は、同じ行の中で引用符で閉じます。
unexpected = { $has-found ->
    [yes] 「{ $found }」はここに書けません。
   *[no] ここに書けないものがあります。
 }
unexpected-help = { $has-expected_ja ->
    [yes] ここに書けるもの: { $expected_ja }
   *[no] 書き方を確かめてください。
 }
title-unexpected = 書き方の誤り
explain-unexpected = 文の形が違うため、その文を読めませんでした。ほかの文は検査されます。
too-many-faults = このファイルには、書き方の誤りが{ $limit }件を超えてあります。ここから先の誤りは示していません。
too-many-faults-help = 計画ファイルかどうかを確かめ、はじめの誤りを直してから、もう一度検査してください。
title-too-many-faults = 多すぎる誤り
explain-too-many-faults = 一つのファイルの書き方の誤りは、1万件まで示します。それより多いのは、ふつう、計画ファイルではないものを読んだときです。
wrong-figure = { $printed } は { $wanted } の誤りと思われます。そう直すと、次の{ $count }件の指摘が解消します。
wrong-figure-vague = { $printed } が誤りと思われます。{ $wanted }に直すと、次の{ $count }件の指摘が解消します。
wrong-figure-both = 二つの数が誤りと思われます（{ $list }）。そう直すと、次の{ $count }件の指摘が解消します。
wrong-figure-one-of = 次のどれか一つが誤りと思われます（{ $list }）。それを直すと、次の{ $count }件の指摘が解消します。
wrong-figure-change = { $printed } → { $wanted }
wrong-figure-next = 次に疑わしいのは { $list } です。
wrong-figure-only = 一つ直すだけですべての検算が合う数は、ほかにありません。
wrong-figure-own = ほかの数はどれも、直せば別の検算が合わなくなります。誤りはここ（{ $printed } → { $wanted }）と思われます。
wrong-figure-several = 一つの数を直すだけでは、関わる検算は合いません。少なくとも{ $least }か所が誤っています。
wrong-figure-cut = 関わる数が多すぎるため、どの数の誤りかは絞り込んでいません。
wrong-figure-help = 元の資料と照らして直してください。
title-wrong-figure = 誤りと思われる数
explain-wrong-figure = いくつかの検算が合わないとき、どの数を直せばすべてが合うかを調べ、最も少なく、最も打ち間違えやすい数を示します。いま合っている検算も、直した後に合うことを確かめています。--no-localize を付けると、一つずつの指摘を示します。
implied-figure = ここは { $figure } と決まります（{ $rules }）。
implied-figure-help = 元の資料で確かめて、書き入れてください。
title-implied-figure = 決まる数
explain-implied-figure = 空の欄や読み取れない欄に、ほかの数から、入るべき数が一つに決まるときの情報です。合計とほかの内訳が揃っていれば残る一つの内訳が、丸めた率と件数の一方からもう一方が、ほかの文書に載る同じ数から読み取れない数が決まります。値が二つ以上ありうるときは示しません。
wanted-between = { $low }から{ $high }までの数
wanted-at-least = { $low }以上の数
wanted-at-most = { $high }以下の数
slip-transposed = 隣り合う数字が入れ替わったようです。
slip-dropped = 数字が一つ抜けたようです。
slip-doubled = 数字が一つ多いようです。
slip-scale = 位（万・百万など）を取り違えたようです。
slip-digit = 数字を一つ打ち間違えたようです。
slip-neighbour = 隣の行または年度の数と同じです。
too-deep = 入れ子が深すぎます（{ $limit }段まで）。
too-deep-help = 入れ子を減らしてください。
title-too-deep = 深すぎる入れ子
explain-too-deep = 入れ子の深さには上限があります。たいていは「{"}"}」の書き忘れです。
expression-too-large = 名前（:=）を式に置きかえると、部分が多くなりすぎます（一つの規則に{ $limit }まで）。
expression-too-large-help = 一つの名前の中でほかの名前を何度も使うのをやめるか、「定義」に分けてください。
title-expression-too-large = 大きすぎる式
explain-expression-too-large = 名前（:=）は、使ったところにその式を書いたのと同じです。名前の中で名前を二度ずつ使うと、行を増やすごとに式の大きさが倍になります。
missing-value = 「{ $name }」に値がありません。
missing-value-help = 値を書いてください。値がないことを示すには「-」、読めないときは「判読不能」と書きます。
title-missing-value = 値がない
explain-missing-value = 値の要る欄が空です。
unclosed-row = この行が「|」で閉じられていません。
unclosed-row-help = 行の終わりに「|」を書いてください。
title-unclosed-row = 閉じていない行
explain-unclosed-row = 表の行は「|」で始まり「|」で終わります。
impossible-rules = { $has-rules ->
    [yes] この規則と { $rules } を同時に満たす行はありません。何が印刷されていても、どれかの指摘が出ます。
   *[no] この規則を満たす行はありません。何が印刷されていても、指摘が出ます。
 }
impossible-rules-help = 境の値か向きを確かめ、どれかの検査か前提を直してください。
title-impossible-rules = 満たせない規則
explain-impossible-rules = 一つの行についての規則が、何が印刷されていても同時には満たせないときに、その最も少ない組を示します。数の和、差、定数倍の大小と等しさ、欄に入ってよい言葉を調べます。前提は、言葉や数で同じ行に当てはまりうると分かるか、一方が他方を含むときだけ突き合わせます。
impossible-rules-other = 同時に満たせない規則
rule-syntax = { $has-found ->
    [yes] 規則の書き方が違います: 「{ $found }」はここに書けません。
   *[no] 規則の書き方が違います。
 }
rule-syntax-help = { $has-expected_ja ->
    [yes] ここに書けるもの: { $expected_ja }
   *[no] 規則の書き方を確かめてください。
 }
title-rule-syntax = 規則の書き方
explain-rule-syntax = 規則ファイルの文法に合わないため、この規則を読めませんでした。
duplicate-clause = 「{ $name }」が一つの規則に二度書かれています。
duplicate-clause-help = 一つにまとめてください。
title-duplicate-clause = 句の重複
explain-duplicate-clause = 一つの規則に一度だけ書く節が二度あります。
unknown-name = 「{ $name }」という名前はありません。
unknown-name-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] 語彙か、この規則の中で決めた名前を使ってください。
 }
title-unknown-name = 知らない名前
explain-unknown-name = 規則が、語彙にもその規則の中にもない名前を使っています。
type-mismatch = { $left }と{ $right }は一緒に使えません。
type-mismatch-help = 両側を同じ種類の値にそろえてください。
title-type-mismatch = 種類の違う値
explain-type-mismatch = 数値と文字列のように、種類の違う値を比べたり計算したりしています。
unit-mismatch-in-rule = { $left }と{ $right }は単位の種類が違うので、比べたり足したりできません。
unit-mismatch-in-rule-help = 同じ種類の単位の値を使ってください。
title-unit-mismatch-in-rule = 単位の合わない式
explain-unit-mismatch-in-rule = 人と円のように、単位の種類が違う値を比べる規則は意味を持ちません。
contradiction = この前提は、ほかの前提と同時には成り立ちません。
contradiction-help = どちらかを直すか消してください。このままでは、規則は何も調べません。
title-contradiction = 両立しない前提
explain-contradiction = 前提が同時に成り立つことがないので、規則が働くことはありません。
contradiction-first = 両立しない前提
never-true = { $has-text ->
    [yes] 「{ $text }」という値はとらないので、この条件が成り立つことはありません。
   *[no] この条件が成り立つことはありません。
 }
never-true-help = { $has-allowed ->
    [yes] とりうる値: { $allowed }
   *[no] 条件を確かめてください。
 }
title-never-true = 成り立たない条件
explain-never-true = 成り立つことのない条件があるため、この規則は何も指摘しません。
duplicate-rule = 規則「{ $name }」が二つあります。
duplicate-rule-help = どちらかの名前を変えてください。
title-duplicate-rule = 規則の重複
explain-duplicate-rule = 規則の名前と符号は、組み込みの規則を含めて一つずつでなければなりません。
unknown-clause = 「{ $name }」という句はありません。
unknown-clause-help = 「{ $near }」の書き間違いではありませんか。
title-unknown-clause = 知らない句
explain-unknown-clause = 規則の句（対象、前提、検査など）の初めの語が違います。
pattern-not-quoted = 正規表現は「"」で囲んで書きます。
pattern-not-quoted-help = 規則を読み込むときに一度だけ調べるので、式から作ることはできません。
title-pattern-not-quoted = 引用符のない正規表現
explain-pattern-not-quoted = 正規表現が引用符で囲まれていません。
pattern-too-big = この正規表現は、展開すると上限の1 MiBを超えます。
pattern-too-big-help = 繰り返しの数を減らしてください。
title-pattern-too-big = 大きすぎる正規表現
explain-pattern-too-big = 正規表現が、覚えておくには大きすぎます。
bad-pattern = 正規表現の書き方が違います: { $reason }
bad-pattern-help = 括弧の対応と「\\」の使い方を確かめてください。
title-bad-pattern = 正規表現の書き方
explain-bad-pattern = 正規表現を読めません。
parameter-type = 設定の値「{ $text }」は使えません。
parameter-type-help = { $expected }を書いてください。
title-parameter-type = 設定値の種類
explain-parameter-type = 設定ファイルの値が、規則の設定の型と合いません。
scheme-gap = 達成基準「{ $name }」には、どの区分にも入らない場合があります: 目標 { $target }、{ $has-actual ->
    [yes] 実績 { $actual }{ $has-rate ->
        [yes] （達成率 { $rate }）
       *[no] （達成率は決まらない）
    }
   *[no] 実績なし
 }{ $has-baseline ->
    [yes] 、基準値 { $baseline }
   *[no] {""}
 }{ $has-down ->
    [yes] 、少ないほどよい指標
   *[no] {""}
 }
scheme-gap-help = その場合の区分を書き足すか、最後に「それ以外」の区分を置いてください。
title-scheme-gap = 達成基準の抜け
explain-scheme-gap = 達成基準は、目標・実績・基準値のどの組み合わせにも、区分をちょうど一つ与えなければなりません。示した値の組には区分がありません。
scheme-overlap = 「{ $first }」と「{ $name }」の両方に入る場合があります: 目標 { $target }、{ $has-actual ->
    [yes] 実績 { $actual }{ $has-rate ->
        [yes] （達成率 { $rate }）
       *[no] （達成率は決まらない）
    }
   *[no] 実績なし
 }{ $has-baseline ->
    [yes] 、基準値 { $baseline }
   *[no] {""}
 }{ $has-down ->
    [yes] 、少ないほどよい指標
   *[no] {""}
 }
scheme-overlap-help = どちらかの条件の境を直し、一方だけが成り立つようにしてください。
title-scheme-overlap = 達成基準の重なり
explain-scheme-overlap = 達成基準は、目標・実績・基準値のどの組み合わせにも、区分をちょうど一つ与えなければなりません。示した値の組には二つの区分が当てはまります。
scheme-other-band = もう一つの区分
scheme-unreachable = 区分「{ $name }」に入る場合はありません。
scheme-unreachable-help = 条件を直すか、この区分を消してください。
title-scheme-unreachable = 使われない区分
explain-scheme-unreachable = どんな目標・実績・基準値でも条件が成り立たない区分です。
scheme-term = 達成基準では、この式は使えません。
scheme-term-help = 実績・目標・基準値の足し引きと数の倍、数との達成率の比較、「実績 が 目標 に達する」「は なし」を、かつ・または・否でつないでください。
title-scheme-term = 達成基準の式
explain-scheme-term = 抜けも重なりもないことを確かに決められる式だけを書けます。
scheme-otherwise-last = 「それ以外」の区分「{ $name }」は、最後に置きます。
scheme-otherwise-last-help = この区分をいちばん後に移してください。
title-scheme-otherwise-last = それ以外の位置
explain-scheme-otherwise-last = それ以外は、ほかのどの区分にも入らない場合を受けるので、最後に書きます。
scheme-too-complex = 達成基準「{ $name }」は込み入っていて、抜けや重なりがないかを決められません。
scheme-too-complex-help = 条件を減らしてください。
title-scheme-too-complex = 込み入った達成基準
explain-scheme-too-complex = 条件の組み合わせが多すぎる達成基準は使いません。
missing-clause = 「{ $name }」がありません。
missing-clause-help = 「{ $name }」を書き足してください。
title-missing-clause = 欠けている句
explain-missing-clause = 規則に欠かせない部分がありません。
unused-definition = 「{ $name }」は使われていません。
unused-definition-help = 使うか、消してください。
title-unused-definition = 使われない名前
explain-unused-definition = 決めたのに使われていない名前は、書き間違いのしるしです。
bad-function-arguments = 「{ $name }」に渡す値が違います。
bad-function-arguments-help = { $has-expected ->
    [yes] 渡すもの: { $expected }
   *[no] 値の数と種類を確かめてください。
 }
title-bad-function-arguments = 関数に渡す値
explain-bad-function-arguments = 関数に渡す値の数か種類が違います。
rule-test-failed = { $has-name ->
    [yes] 規則「{ $name }」の試験が期待どおりになりません: 期待は{ $expected }、結果は{ $found }です。
   *[no] 試験が期待どおりになりません: 期待は{ $expected }、結果は{ $found }です。
 }
rule-test-failed-help = 規則か試験のどちらが正しいかを確かめてください。
title-rule-test-failed = 規則の試験の不合格
explain-rule-test-failed = 規則に付けた試験の結果が、書かれた期待と違います。
rule-test-limit = { $has-name ->
    [yes] 規則「{ $name }」の試験が、検査の限度に当たりました。
   *[no] 試験が、検査の限度に当たりました。
 }
rule-test-limit-help = 行のすべての組み合わせを調べる規則でないかを確かめ、試験の計画を小さくしてください。
title-rule-test-limit = 限度に当たった試験
explain-rule-test-limit = 規則の試験は、ふつうの検査と同じ限度（指摘の数と、規則が見る行の数）の中で行います。当たったところでやめ、その後の試験は行いません。
uncovered = { $what ->
    [premise-both] この前提まで進む試験がありません。
    [premise-true] この前提を満たす試験がありません。
    [premise-false] この前提を満たさない例が、どの試験にもありません。
    [operand-both] この条件まで進む試験がありません。
    [operand-true] この条件が成り立つ試験がありません。
    [operand-false] この条件が成り立たない試験がありません。
    [check-both] 検査まで進む試験がありません。
    [check-true] 検査が成り立つ試験がありません。
    [check-false] 検査が成り立たない試験がありません。
    [label] この参考が示される試験がありません。
   *[branch] この枝を通る試験がありません。
 }
uncovered-help = この場合を含む試験を加えてください。要らない条件なら消してください。
explain-uncovered = 試験の網羅（totsugo test --coverage）で、規則のこの部分の成否が試験で確かめられていないと分かりました。書き間違えても試験が気づきません。
title-uncovered = 試験が届かない箇所
missing-tests = { $has-name ->
    [yes] 規則「{ $name }」に試験がそろっていません。
   *[no] 規則に試験がそろっていません。
 }
missing-tests-help = 合格する例と不合格になる例を、少なくとも一つずつ書いてください。
title-missing-tests = 試験のない規則
explain-missing-tests = どの規則にも、合格の試験と不合格の試験が一つ以上要ります。
missing-explanation = { $has-name ->
    [yes] 規則「{ $name }」に解説がありません。
   *[no] 規則に解説がありません。
 }
missing-explanation-help = 何を検査し、なぜ悪く、どう直すかを「解説」に書いてください。
title-missing-explanation = 解説のない規則
explain-missing-explanation = 解説は、その規則の説明書です。explain の画面に出ます。

## ファイルと設定
not-utf8 = このファイルはUTF-8ではありません（先頭から{ $offset }バイト目）。
not-utf8-help = 文字コードをUTF-8にして保存し直してください。
title-not-utf8 = UTF-8でないファイル
explain-not-utf8 = ファイルは文字コードUTF-8で読みます。Shift_JISなどのファイルは検査されません。
binary-file = このファイルは文字のファイルではありません（先頭から{ $offset }バイト目）。
binary-file-help = 計画ファイル（.plan）か規則ファイル（.rules）を指定してください。
title-binary-file = 文字でないファイル
explain-binary-file = 文字のファイルには現れないバイト（NUL）があるため、読みませんでした。
old-line-end = { $line }行目の終わりが、古い形の改行（CRだけ）です。
old-line-end-help = エディタで改行コードをLF（かCRLF）にして保存してください。
title-old-line-end = 古い形の改行
explain-old-line-end = CRだけの改行は、今のプログラムには行の終わりと見えません。注釈の後が全部注釈になり、検査したつもりの計画が検査されないままになるので、そのファイルは読みません。
empty-file = ファイルが空です。
empty-file-help = 書きかけでなければ、このファイルを消してください。
title-empty-file = 空のファイル
explain-empty-file = 中身のないファイルです。検査するものがありません。
no-plans = 「{ $path }」に計画ファイル（.plan）がありません。
no-plans-help = 計画ファイルか、それを含むフォルダを指定してください。
title-no-plans = 計画がない
explain-no-plans = 検査する計画ファイルが一つも見つかりませんでした。
file-not-found = 「{ $path }」というファイルもフォルダもありません。
file-not-found-help = 名前の書き間違いがないか、いまのフォルダが正しいかを確かめてください。
title-file-not-found = ファイルがない
explain-file-not-found = 名指ししたファイルかフォルダが見つかりません。
permission-denied = 「{ $path }」を読む権限がありません。
permission-denied-help = ファイルの権限を確かめるか、読める場所に写してください。
title-permission-denied = 読む権限がない
explain-permission-denied = ファイルを読むことが許されていません。
file-too-large = このファイルは上限の{ $limit } MiBを超えています。
file-too-large-help = 計画ファイルかどうかを確かめてください。上限は、設定の limits.file-size で1024 MiBまで上げられます。
title-file-too-large = 大きすぎるファイル
explain-file-too-large = 1GiB（設定の limits.file-size に書いたときは、その大きさ）を超えるファイルは読みません。
file-name = 「{ $path }」は、名前の文字コードがUnicodeでないので読みません。
file-name-help = ファイルの名前を付け直してください。日本語版のWindowsで作ったZIPを、ほかのシステムで展開したときによく起こります。
title-file-name = 名前の文字コードが違うファイル
explain-file-name = ファイルの名前がUnicodeの文字として読めません。読まずに済ませると、検査したつもりの計画が検査されないままになります。
unreadable-file = ファイルを読めません: { $reason }
unreadable-file-help = パスと、読み取りの権限を確かめてください。
title-unreadable-file = 読めないファイル
explain-unreadable-file = 指定されたファイルかフォルダを開けませんでした。ほかのファイルは検査されます。
file-changed = 「{ $path }」は、検査している間に変わったか、読めなくなりました。
file-changed-help = だれかが保存しているところでないか確かめ、終わってからもう一度検査してください。
title-file-changed = 検査の途中で変わったファイル
explain-file-changed = 大きな表は、検査の間に何度か読み直します。その間に書きかえられると、読んだところまでしか検査できません。出ている指摘は全部ではないので、もう一度検査してください。
config-stopped = 設定（totsugo.yaml や既知の指摘の一覧）に誤りがあるため、検査していません。
fail-on-hidden = --fail-on { $least } は --min-severity { $shown } より軽いため、出さない指摘で失敗することになります。どちらかをそろえてください。
since-no-git = gitというプログラムを動かせません（{ $reason }）。
since-no-git-help = --changed-since は変更の前のファイルをgitから読みます。gitを入れるか、--changed-since を外してください。
since-no-repository = ここはgitのリポジトリの中ではないか、gitが読めません（{ $reason }）。
since-no-repository-help = リポジトリの中で実行するか、--changed-since を外してください。所有者が違うと言われたら git config --global --add safe.directory に加えます。
since-unknown = 「{ $revision }」という版は、このリポジトリにありません。
since-unknown-help = ブランチ（main、origin/main）、タグ、コミットの番号、HEAD~1 のような書き方で指定します。git fetch が要るかもしれません。
since-no-base = 「{ $revision }」と今の版に、共通の履歴が見つかりません。
since-no-base-help = 同じ履歴から分かれた版を指定してください。
since-shallow-help = 履歴の一部しか取ってきていません。git fetch --unshallow を実行してください。GitHub Actions では actions/checkout に fetch-depth: 0 を、GitLab CI では GIT_DEPTH: "0" を書きます。
since-missing = 変更の前のファイルの中身が、このリポジトリにありません。
since-missing-help = 中身を省いて写した（git clone --filter）リポジトリです。totsugoは何も取りに行きません。--filter を付けずに写してください。
since-failed = 変更の前のファイルを、gitから読めません（{ $reason }）。
since-failed-help = git status が動くことを確かめてください。
since-elsewhere = { $path } の変更の前の中身はGit LFSにあるため、比べられません。このファイルの指摘はすべて新しいものとして出ます。
progress-files = ファイルを読んでいます
progress-facts = 中身を取り出しています
progress-rules = 規則で検査しています
verbose-time = { $phase }: { $seconds }秒
verbose-reading = 読むのにかかった時間
verbose-since = 変更の前を調べるのにかかった時間
verbose-checking = 検査にかかった時間
verbose-sheet = 表
verbose-read = ファイル { $files }件から { $facts }行を読みました。
verbose-rules = 規則 { $all }本のうち { $ran }本を使い、のべ { $rows }行を調べました。多いものから:
verbose-rule = {"  "}{ $name }: { $rows }行
bad-today = 環境変数 TOTSUGO_TODAY の「{ $text }」は日付として読めません。2026-04-01 のように書いてください。
yaml-syntax = { $kind ->
    [bracket] YAMLとして読めません: 括弧が閉じられていないか、区切りのカンマがありません。
    [quote] YAMLとして読めません: 引用符が閉じられていないか、その後に余分なものがあります。
    [colon] YAMLとして読めません: ここに「:」は書けません。
    [tab] YAMLとして読めません: 字下げにタブがあります。
    [indent] YAMLとして読めません: 字下げがそろっていません。
    [character] YAMLとして読めません: この文字で値を始めることはできません。
    [anchor] YAMLとして読めません: この名前の「&」がありません。
    [documents] 「---」で二つの文書に分かれています。
   *[other] YAMLとして読めません（{ $reason }）。
 }
yaml-syntax-help = { $kind ->
    [tab] 字下げには空白を使ってください。
    [documents] 一つの文書にまとめ、「---」を取ってください。
    [anchor] 「*」で始まる値は、引用符で囲んでください。
    [colon] 字下げをそろえてください。値の中に「:」と空白があるときは、値を引用符で囲んでください。
    [character] 値を引用符で囲んでください。
   *[other] 字下げは空白でそろえ、「:」の後に空白を置き、記号を含む値は引用符で囲んでください。
 }
explain-yaml-syntax = ファイルがYAMLの文法に合っていません。YAMLとして読めないときは、この誤りだけを示します。直すと、中身の誤りが示されます。
title-yaml-syntax = YAMLの誤り
yaml-too-large = ファイルが大きすぎるか、入れ子が深すぎるか、別名（「*」）でふくらみすぎています（{ $limit }項目まで）。
yaml-too-large-help = 別名を使わずに書くか、内容を減らしてください。
explain-yaml-too-large = YAMLのファイルは、値5万個、別名で写す分1万個、入れ子32段までです。別名の重なりで際限なくふくらむファイルを読まないためです。
title-yaml-too-large = 大きすぎるYAML
yaml-unknown-key = ここに「{ $name }」という項目はありません。
yaml-unknown-key-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] ここに書けるのは { $allowed } です。
 }
explain-yaml-unknown-key = ファイルに、知らない項目があります。書き間違えた項目は効かないため、誤りとします。
title-yaml-unknown-key = YAMLの知らない項目
yaml-duplicate-key = 「{ $name }」が二度書かれています。
yaml-duplicate-key-help = 一つにまとめてください。
explain-yaml-duplicate-key = 同じ場所に同じ項目が二度あると、どちらが効くのか読む人に分かりません。規則の符号と名前、幅の違う名前も同じものとみなします。
title-yaml-duplicate-key = YAMLの項目の重複
yaml-type = { $expected ->
    [list] 「{ $key }」には一覧（[ ] か、行頭の「-」）を書きます。
    [map] 「{ $key }」には「名前: 値」の組を書きます。
   *[text] 「{ $key }」には文字を書きます。
 }
yaml-type-help = { $expected ->
    [list] 一つだけのときも [ ] で囲んでください。
    [map] 字下げした次の行に「名前: 値」と書いてください。
   *[text] 一つの文字列にしてください。数や true と読まれるものは引用符で囲みます。
 }
explain-yaml-type = 項目に、別の種類の値が書かれています。
title-yaml-type = YAMLの値の種類
yaml-bad-value = 「{ $key }」に「{ $value }」は指定できません。
yaml-bad-value-help = { $has-near ->
    [yes] 「{ $near }」ではありませんか。指定できるのは { $allowed } です。
   *[no] 指定できるのは { $allowed } です。
 }
explain-yaml-bad-value = 項目に、選べない値が書かれています。
title-yaml-bad-value = YAMLの選べない値
yaml-missing-key = 「{ $name }」がありません。
yaml-missing-key-help = 「{ $name }: …」を書いてください。
explain-yaml-missing-key = 必ず書く項目がありません。設定の許容には、どの規則の指摘かを示す rule が、シートの対応付けの表には columns が要ります。
title-yaml-missing-key = YAMLの必要な項目
config-unknown-rule = 「{ $name }」という規則や組はありません。
config-unknown-rule-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] 規則の一覧は totsugo rules で見られます。
 }
explain-config-unknown-rule = 設定が、どの規則の符号でも名前でもなく、組（sets）でも書式の指摘の符号でもないものを指しています。
title-config-unknown-rule = 設定に知らない規則
config-unknown-parameter = 規則「{ $rule }」に「{ $name }」という設定はありません。
config-unknown-parameter-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] この行を消すか、規則の「設定」の句を確かめてください。
 }
explain-config-unknown-parameter = 設定の parameters は、規則の「設定」の句にある名前にだけ値を与えられます。
title-config-unknown-parameter = 知らない設定値
config-empty-set = 組「{ $name }」に規則がありません。
config-empty-set-help = 規則の符号か名前を一つ以上書くか、組を消してください。
explain-config-empty-set = 空の組を select に使うと、「規則を選ばない」と「すべての規則」のどちらにも読めるため、誤りとします。
title-config-empty-set = 空の組
config-set-name = 組「{ $name }」の名前は、規則か指摘の名前です。
config-set-name-help = 組に別の名前を付けてください。
explain-config-set-name = 組は規則の名前を書く所に書けるので、同じ名前の規則があるとどちらを指すか決められません。
title-config-set-name = 組の名前
config-missing-path = 「{ $path }」がありません。
config-missing-path-help = 場所の名前を確かめてください。場所は totsugo.yaml のあるフォルダから書きます。
explain-config-missing-path = 設定の paths か rules が、ないファイルやフォルダを指しています。
title-config-missing-path = 設定の場所がない
config-no-rules = 「{ $path }」に規則ファイル（.rules）がありません。
config-no-rules-help = 規則ファイルか、それを含むフォルダを書いてください。
explain-config-no-rules = 設定の rules が、規則ファイルのないフォルダを指しています。
title-config-no-rules = 規則のないフォルダ
config-fail-on-hidden = 「fail-on」が「min-severity」より軽いため、出さない指摘で失敗することになります。
config-fail-on-hidden-help = min-severity を fail-on と同じかそれより軽くするか、fail-on を重くしてください。
explain-config-fail-on-hidden = min-severity より軽い指摘は出しません。出さない指摘は数えないので、それより軽い fail-on は
    効きません。設定にその両方があるのは書き誤りとみなします。
title-config-fail-on-hidden = 効かない fail-on
suppression-reason = 「{ $rule }」の許容に理由がありません。この許容は効きません。
suppression-reason-help = 許容してよい理由を書いてください。設定では「reason: …」に、計画の注ではコロンの後に書きます。
explain-suppression-reason = 理由のない許容は、後から見た人が続けてよいか判断できません。理由が書かれるまで、指摘はそのまま出ます。
title-suppression-reason = 理由のない許容
suppression-rule = 許容が指す「{ $rule }」という規則や組はありません。
suppression-rule-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] 規則の一覧は totsugo rules で見られます。
 }
explain-suppression-rule = 許容（設定の suppressions か、計画の注「# 許容 規則: 理由」）が、どの規則でも組でも書式の指摘でもないものを指しています。この許容は何も抑えません。
title-suppression-rule = 許容に知らない規則
suppression-expired = 「{ $rule }」の許容は { $until } までで、期限が過ぎています（今日は { $today }）。この許容は効きません。
suppression-expired-help = 文書を直して許容を消すか、事情が続いているなら期限を延ばしてください。
explain-suppression-expired = 期限のある許容（設定の until、注の「2027-03-31まで」）は、その日まで効きます。過ぎた許容は効かず、指摘はまた出ます。
title-suppression-expired = 期限の過ぎた許容
suppression-unused = 「{ $rule }」の許容に当たる指摘がありません。
suppression-unused-help = 文書が直されたのなら、この許容を消してください。注は、当てたい文や行のすぐ上か、その行の終わりに書きます。設定なら document と place の書き間違いも確かめてください。
explain-suppression-unused = 規則を実行し、文書も検査したのに、この許容が抑えた指摘は一つもありませんでした。残しておくと、後から起きた別の誤りを隠しかねません。
title-suppression-unused = 使われていない許容
suppression-form = 「{ $text }」は許容の注のようですが、効いていません。
suppression-form-help = { $has-near ->
    [yes] 「# 許容 { $near }: 理由」のように、空白、規則の名前、コロン、理由の順に書いてください。
   *[no] 「# 許容 達成率検算: 理由」のように、空白、規則の名前、コロン、理由の順に書いてください。
 }
explain-suppression-form = 「# 許容 規則: 理由」と書きかけた注です。空白かコロンか規則の名前がないため、許容としては読まれず、指摘はそのまま出ます。ただの注なら、「許容」で始まらない文にしてください。
title-suppression-form = 許容の注の書き方
baseline-unreadable = { $kind ->
    [missing] 既知の指摘の一覧「{ $path }」がありません。
    [folder] 「{ $path }」はフォルダです。既知の指摘の一覧（JSONのファイル）を指定してください。
    [large] 「{ $path }」は既知の指摘の一覧ではありません（{ $reason }MiBを超えるか、ふつうのファイルでないものです）。
    [utf8] 既知の指摘の一覧「{ $path }」はUTF-8ではありません（先頭から{ $reason }バイト目）。
   *[other] 既知の指摘の一覧「{ $path }」を読めません: { $reason }
 }
baseline-unreadable-help = { $kind ->
    [missing] 名前を確かめるか、totsugo baseline update --baseline { $path } で作ってください。
   *[other] 一覧は totsugo baseline update が書いたものを使います。使わずに検査するには --no-baseline を付けます。
 }
explain-baseline-unreadable = --baseline か設定の baseline が指すファイルを読めません。一覧なしで検査すると、既知の指摘がすべて新しい指摘に見えるため、検査しません。
title-baseline-unreadable = 読めない既知の指摘の一覧
baseline-json = 既知の指摘の一覧がJSONとして読めません: { $reason }
baseline-json-help = 手で直した所や、gitの合流の印（<<<<<<<）が残っていないかを確かめてください。
explain-baseline-json = 既知の指摘の一覧は、totsugo baseline update が書くJSONのファイルです。途中で切れたものや、別の形式のものは使いません。
title-baseline-json = JSONでない既知の指摘の一覧
baseline-version = 既知の指摘の一覧の版 { $version } は、この totsugo では読めません（読めるのは { $known } です）。
baseline-version-help = totsugo を新しくするか、一覧を消して totsugo baseline update で作り直してください。
explain-baseline-version = 一覧の形は版（version）で区別します。知らない版の一覧は、読み違えないように使いません。
title-baseline-version = 既知の指摘の一覧の版
baseline-duplicate = 「{ $rule }」の同じ指摘が二度書かれています。
baseline-duplicate-help = 一つを消してください。同じ指摘がいくつもあるときは count に数を書きます。
explain-baseline-duplicate = 既知の指摘の一覧に、規則も場所も印刷された数字も同じ項目が二つあります。どちらの件数が正しいか決められません。
title-baseline-duplicate = 既知の指摘の重複
baseline-rule = 既知の指摘の一覧にある「{ $rule }」という規則はありません。
baseline-rule-help = { $has-near ->
    [yes] 「{ $near }」に変わったのではありませんか。そうでなければ、この項目を消してください。
   *[no] なくなった規則なら、この項目を消してください。規則の一覧は totsugo rules で見られます。
 }
explain-baseline-rule = 既知の指摘の一覧が、どの規則の符号でも書式の指摘の符号でもないものを挙げています。
title-baseline-rule = 既知の指摘に知らない規則
baseline-stale = { $part ->
    [yes] 既知の指摘「{ $rule }」のうち{ $count }件は、もう出ていません（{ $place }）。
   *[no] 既知の指摘「{ $rule }」は、もう出ていません（{ $place }）。
 }
baseline-stale-help = 直されたのなら、totsugo baseline update で一覧から除いてください。
explain-baseline-stale = 規則を実行し、文書も検査したのに、一覧にある指摘が出ませんでした。直されたか、数字が変わって新しい指摘になったか、ほかの許容で抑えられています。残しておくと、同じ誤りがまた起きたときに隠れてしまいます。
title-baseline-stale = なくなった既知の指摘
baseline-created = { $path } に{ $known }件の指摘を書きました。
baseline-created-help = check で使うには、--baseline { $path } を付けるか、totsugo.yaml に「baseline: { $path }」と書きます。
baseline-unchanged = { $path } は変わりません（{ $known }件）。
baseline-updated = { $path } を書き直しました（{ $known }件。除いたもの{ $gone }件、加えたもの{ $added }件）。
baseline-new = 一覧にない新しい指摘が{ $count }件あります。加えていません。
baseline-new-help = totsugo check --baseline { $path } で見て直してください。どうしても一覧に加えるなら --force を付けます。
baseline-not-written = 読めないファイルがあるため、{ $path } は書き直していません。
unknown-rule = 「{ $name }」という規則はありません。
unknown-rule-help = { $has-near ->
    [yes] 「{ $near }」ではありませんか。
   *[no] 規則の一覧は totsugo rules で見られます。
 }
title-unknown-rule = 知らない規則
explain-unknown-rule = 指定された名前や符号の規則がありません。

## 命令の使い方
cli-about = 計画や進捗報告の数字を突き合わせて検査します。
cli-about-check = 計画ファイルと表を検査する
cli-about-baseline = 既知の指摘の一覧を扱う
cli-about-update = 既知の指摘の一覧から、なくなった指摘を除く（なければ作る）
cli-about-test = 規則に付いた試験を実行する
cli-about-explain = 規則や指摘の意味を説明する
cli-about-rules = 規則の一覧を出す
cli-about-query = 計画に式でたずねる
cli-about-graph = 参照のつながりを図（svg）か、図の元データとして出す
cli-usage = 使い方
cli-commands = 命令
cli-options = 指定
cli-arguments = 引数
cli-usage-main = totsugo <命令> [指定]…
cli-usage-check = totsugo check [場所]… [指定]…
cli-usage-baseline = totsugo baseline update [場所]… [指定]…
cli-usage-update = totsugo baseline update [場所]… [--baseline FILE] [--force]
cli-usage-test = totsugo test [場所]… [指定]…
cli-usage-explain = totsugo explain <規則> [指定]…
cli-usage-rules = totsugo rules [場所]… [指定]…
cli-usage-query = totsugo query '<式>' [場所]… [指定]…
cli-usage-graph = totsugo graph [場所]… [指定]…
cli-arg-paths = ファイルかフォルダ（なければ今のフォルダ）
cli-arg-source = 規則の本文を示す
cli-arg-all = すべての規則の手引きをMarkdownで示す
cli-arg-rule = 規則か指摘の、符号または名前
cli-arg-expression = 式、または「式, 式 | x ∈ 範囲, 条件」（規則と同じ書き方）
cli-arg-query-format = 出力の形: table（既定）、csv、json
cli-arg-bom = CSVの先頭にBOMを付ける（表計算ソフトで開くとき）
cli-arg-filter = 符号か名前にこの文字を含む規則だけを試験する
cli-arg-coverage = 規則のどこに試験が届いていないかも示す
cli-arg-min-coverage = 網羅がこの百分率に届かなければ終了コード1（--coverageを含む）
cli-arg-watch = 規則ファイルが変わるたびに試験し直す（Ctrl-Cで終わる）
cli-arg-lang = 言語: ja（既定）か en。環境変数 TOTSUGO_LANG でも指定できる
cli-arg-format = 出力の形: pretty（既定）、concise、json、jsonl、sarif、github、gitlab、junit、rdjson、markdown、csv
cli-arg-graph-format = 出力の形: svg（図）、dot（既定）、mermaid、json
cli-arg-min-severity = これより軽い指摘は出さない: 誤り、警告（既定）、情報
cli-arg-fail-on = この重さ以上の指摘があれば終了コード1: 誤り、警告、情報、なし（なければ、出した指摘すべて）
cli-arg-changed-since = gitのこの版からの変更で新しく出た指摘だけを出す（main、HEAD~1 など）
cli-arg-time-limit = この秒数を超えたらやめる（終了コード2）
time-limit = 時間の限度（{ $seconds }秒）を超えたので、やめました。{ $at }結果は出ていません。
time-limit-at = 「{ $phase }」の{ $done }/{ $of }まで進んでいました。
time-limit-help = 検査する場所や規則（--select）を絞るか、--time-limit か設定の limits.time を増やしてください。どの規則に時間がかかるかは、--verbose でわかります。
too-many-findings = 指摘が上限の{ $limit }件（または文の合計{ $words } MiB）を超えたので、検査をやめました。結果は出ていません。
too-many-findings-help = 行のすべての組み合わせを指摘する規則がないかを確かめ、--select や --ignore で規則を絞ってください。上限は、設定の limits.findings で変えられます。
too-many-steps = 規則が見た行が上限の{ $limit }百万行を超えたので、やめました。結果は出ていません。
too-many-steps-help = 行のすべての組み合わせを調べる規則がないかを確かめ、--select や --ignore で規則を絞ってください。どの規則に時間がかかるかは、--verbose でわかります。上限は、設定の limits.steps で変えられます。
cli-arg-quiet = 指摘だけを出す（件数の行、経過、書き込みの知らせを出さない）
cli-arg-verbose = 読んだファイル、使った規則、かかった時間も出す（エラー出力へ）
cli-arg-select = この規則（か、規則の組・分類）だけを使う。情報も出す（くり返し可）
cli-arg-ignore = この規則（か、規則の組・分類）を使わない（くり返し可）
cli-arg-baseline = 既知の指摘の一覧。載っている指摘は出さない（既定は設定の baseline）
cli-arg-no-baseline = 設定の baseline を使わず、既知の指摘も出す
cli-arg-no-localize = 誤りと思われる数にまとめず、指摘を一つずつ示す
cli-arg-force-baseline = 新しい指摘も一覧に加える
cli-arg-why = この規則の指摘がなぜ出たかを一段ずつ示す（行番号か印刷された文字で絞れる）
cli-arg-color = 色: auto（既定）、always、never
cli-arg-explain-skips = 判定しなかったものと理由も出す
cli-arg-help = この説明を出す
cli-arg-version = 版を出す
cli-more = くわしくは totsugo --help を見てください。
cli-error-unknown = 「{ $arg }」という指定はありません。
cli-error-near = 「{ $near }」ではありませんか。
cli-error-value = 「{ $arg }」に「{ $value }」は指定できません。
cli-error-choices = 指定できるのは { $allowed } です。
cli-error-missing = 「{ $arg }」が要ります。
cli-error-no-value = 「{ $arg }」には値が要ります。
cli-error-command = 「{ $arg }」という命令はありません。
cli-error-no-command = 命令を指定してください。
cli-error-twice = 「{ $arg }」は一度だけ指定できます。
cli-error-utf8 = 指定の文字をUTF-8として読めません。
cli-error-other = 指定の書き方が違います。
cli-word-error = 誤り
reason-missing = 値が書かれていない
reason-unreadable = 判読できない
reason-qualitative = 数値ではなく文字
reason-dangling = 参照先がない
reason-units = 単位が違う
reason-division-by-zero = 0で割ることになる
reason-overflow = 数が大きすぎる
reason-several = 一つに決まらない（①②など）
reason-conflict = 別の場所に違う値で印刷されている
reason-negative = 負の値の構成比
unexpected-table = 「{ $name }」には表を書けません。
unexpected-table-help = 表は集計・図表・予算など、表を持つもののブロックの中に書いてください。
title-unexpected-table = 表の置けない所
explain-unexpected-table = 表の行（| で始まる行）を持てるものは語彙で決まっています。
mapping-pattern = 「{ $text }」は検索の形として読めません（{ $reason }）。
mapping-pattern-help = 正規表現の書き方か、ファイル名の形（*.xlsx など）を直してください。記号そのものは「\(」のように書きます。
title-mapping-pattern = 読めない検索の形
explain-mapping-pattern = 対応付けの match、remove、split、until、skip には正規表現を、files と sheet にはファイル名やシート名の形を書きます。大きくなりすぎる正規表現も読みません。
mapping-unknown-relation = 「{ $name }」というものはありません。
mapping-unknown-relation-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] 文書、分野、項目、事業、指標、集計、集計行などの名前を書きます。
 }
title-mapping-unknown-relation = 知らない対象
explain-mapping-unknown-relation = 対応付けの columns には、シートの一行が何からできているかを、語彙にある名前で外側から順に書きます。
mapping-unknown-attribute = { $relation }に「{ $name }」はありません。
mapping-unknown-attribute-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] 語彙（rules/vocabulary.rules か、自分の規則ファイル）にある属性の名前を書いてください。
 }
title-mapping-unknown-attribute = 知らない属性
explain-mapping-unknown-attribute = 対応付けの項目は、語彙にある属性か、年度ごとの値（目標、実績など）の名前です。
mapping-level = 「{ $name }」は「{ $where }」の中には書けません。
mapping-level-help = 「{ $name }」を書けるのは { $allowed } の中です。外側のものから順に書いてください。
title-mapping-level = 順序の違う対象
explain-mapping-level = 対応付けの columns は、外側（文書、分野）から内側（事業、指標）の順に書きます。
mapping-header-none = 「{ $sheet }」に、この表の見出しが見つかりません。
mapping-header-none-help = 書いた見出しがどれもありません。シート名を確かめるか、header に見出しの行を書いてください。totsugo map で下書きを作れます。
title-mapping-header-none = 見つからない見出しの行
explain-mapping-header-none = 見出しの行は、対応付けに書いた見出しがいちばん多くある行です。先頭の200行から探します。
sheet-no-rows = 「{ $sheet }」から、この表の行を1行も読みませんでした。
sheet-no-rows-help = 見出しの下に行があるか、rows（行の範囲）・until（表の終わり）・skip（読まない行）が表に合っているか確かめてください。
title-sheet-no-rows = 1行も読まなかった表
explain-sheet-no-rows = 表の見出しは見つかりましたが、その下に読む行がありませんでした。rows が表より下を指している、until が最初の行に合う、skip がすべての行に合う、などのときです。検査したつもりの表が検査されないままになります。
sheet-rows-above = { $row }行目の見出しより上にある、表の行のような行は読みません。
sheet-rows-above-help = 上の行も表の行なら、そのページの見出しを同じ言葉にそろえるか、対応付けの header に見出しの行を書いてください。
title-sheet-rows-above = 見出しより上の行
explain-sheet-rows-above = 見出しの行は、対応付けに書いた見出しがいちばん多くある行です。それより上に、読む列の半分以上が埋まり数字のある行があると、別のページの見出しだけが違う言葉で書かれていて、そのページが読まれていないおそれがあります。
mapping-header-missing = 「{ $name }」という見出しがありません。
mapping-header-missing-help = { $has-near ->
    [yes] 「{ $near }」ではありませんか。見出しは { $headers } です。
   *[no] このシートの見出しは { $headers } です。
 }
title-mapping-header-missing = 見つからない見出し
explain-mapping-header-missing = 対応付けに書いた見出しが、シートの見出しの行にありません。全角・半角、空白、改行は問いません。二段の見出しは「分野/名称」のように書きます。
mapping-header-twice = 「{ $name }」という見出しの列が二つ以上あります: { $columns }
mapping-header-twice-help = 「分野/名称」のように上の段の見出しから書くか、letter: C のように列の文字で書いてください。
title-mapping-header-twice = 同じ見出しの列
explain-mapping-header-twice = 同じ見出しの列が二つ以上あると、どの列を読むのか決められません。
mapping-cell-blank = セル { $name } は空です。
mapping-cell-blank-help = 値のあるセルを書くか、value: に値を書いてください。
title-mapping-cell-blank = 空のセルの指定
explain-mapping-cell-blank = 対応付けの cell が指すセルに何もありません。
mapping-sheet-missing = { $path } に「{ $name }」というシートがありません。
mapping-sheet-missing-help = { $has-near ->
    [yes] 「{ $near }」ではありませんか。シートは { $sheets } です。
   *[no] このファイルのシートは { $sheets } です。
 }
title-mapping-sheet-missing = ないシート
explain-mapping-sheet-missing = 対応付けの sheet に書いた名前のシートがファイルにありません。
mapping-two = { $path } を読む対応付けが二つあります。
mapping-two-help = どちらか一方の files から、このファイルを外してください。今は先のものを使います。
title-mapping-two = 二つの対応付け
explain-mapping-two = 一つのファイルは一つの対応付けで読みます。
mapping-unused = この対応付けで読むファイルがありません。
mapping-unused-help = files の書き方を確かめてください。対応付けのあるフォルダから見た名前を書きます（"*.xlsx" など）。
title-mapping-unused = 使われない対応付け
explain-mapping-unused = files に合うファイルが、検査する場所にありませんでした。
sheet-unmapped = この表の読み方（対応付け）がありません。
sheet-unmapped-help = totsugo new mapping { $path } とすると、同じフォルダに読み方の下書きができます。
title-sheet-unmapped = 対応付けのない表
explain-sheet-unmapped = 表計算のファイルは、どの列が何かを書いた対応付けと一緒に読みます。対応付けのないファイルは検査されません。
sheet-encrypted = このファイルにはパスワードがかかっています。
sheet-encrypted-help = パスワードを外した写しを保存して、それを検査してください。
title-sheet-encrypted = パスワードのあるファイル
explain-sheet-encrypted = パスワードのかかった表計算のファイルは読めません。
sheet-damaged = 表計算のファイルとして読めません。
sheet-damaged-help = { $has-reason ->
    [yes] ファイルが壊れているか、途中で切れているか、別の種類のファイルです（{ $reason }）。Excelで開いて保存し直してください。
   *[no] ファイルが壊れているか、途中で切れているか、別の種類のファイルです。Excelで開いて保存し直してください。
 }
title-sheet-damaged = 読めない表計算のファイル
explain-sheet-damaged = ファイルの中身が、その種類の表計算のファイルになっていません。検査されません。
sheet-swells = このファイルは、開くと元の大きさの200倍を超えてふくらみます。
sheet-swells-help = 心当たりのないファイルなら開かないでください。使っている表なら、何も書いていない行や列の書式を消して、保存し直してください。
title-sheet-swells = ふくらむ表
explain-sheet-swells = 64MiBを超え、ファイルの大きさの200倍を超えてふくらむファイルは読みません。ふつうの表は20倍ほどで、わずかな大きさに際限なく詰め込んだファイルは、開く人の機械を止めるために作られます。
sheet-too-large = このファイルは大きすぎます。
sheet-too-large-help = 使わないシートや行を消すか、分けて保存してください。
title-sheet-too-large = 大きすぎる表
explain-sheet-too-large = 展開して2GiB、文字が合わせて1GiB、一枚のシートで5千万セルを超えるファイルは読みません。わずかな大きさに際限なく詰め込んだファイルを開かないためです。
sheet-encoding = 文字コード { $encoding } として読めないところがあります。
sheet-encoding-help = 対応付けの encoding に正しい文字コード（shift_jis、utf-8 など）を書くか、CSVを保存し直してください。
title-sheet-encoding = 読めない文字
explain-sheet-encoding = このファイルの文字コードでは意味のない並びがあります。化けた文字は「�」になり、名前が合わなくなります。
sheet-quote = ここで始まる引用符「"」が閉じられていません。
sheet-quote-help = 閉じる引用符を書き足すか、引用符を取ってください。
title-sheet-quote = 閉じない引用符
explain-sheet-quote = 引用符が閉じられていないと、そこから先のすべての行が一つのセルになります。
sheet-hidden = { $path } のシート「{ $sheet }」は非表示なので、読んでいません。
sheet-hidden-help = 読むときは、対応付けに sheet: { $sheet } と書きます。読まないでよいときは hidden: skip と書きます。
title-sheet-hidden = 非表示のシート
explain-sheet-hidden = 非表示のものは印刷されないため、書かれていなければ読みません。
sheet-hidden-rows = { $sheet } の非表示の行（{ $rows }）は読んでいません（{ $count }行）。
sheet-hidden-rows-help = フィルターで隠れたままではありませんか。読むときは hidden: read、読まないでよいときは hidden: skip と対応付けに書きます。
title-sheet-hidden-rows = 非表示の行
explain-sheet-hidden-rows = 非表示の行は印刷されないため読みません。フィルターをかけたまま保存すると、行が隠れます。
sheet-hidden-columns = { $sheet } の非表示の列（{ $columns }）は読んでいません。
sheet-hidden-columns-help = 読むときは hidden: read、読まないでよいときは hidden: skip と対応付けに書きます。
title-sheet-hidden-columns = 非表示の列
explain-sheet-hidden-columns = 非表示の列は印刷されないため読みません。
sheet-row-unread = { $row }行目は、注記とみなして読んでいません。
sheet-row-unread-help = 表の一部なら、見出しの列に合わせて書いてください。いつも除く行は、対応付けの skip に書けます。
title-sheet-row-unread = 読まなかった行
explain-sheet-row-unread = 読む列に何もない行と、「※」や「注」で始まる一つのセルだけの行は、注記とみなします。
sheet-row-long = この行には、見出し（{ $columns }列）より多いセルがあります（{ $cell }）。
sheet-row-long-help = 区切りの文字が余分にないか確かめてください。値に「,」を含むときは「"」で囲みます。
title-sheet-row-long = 長すぎる行
explain-sheet-row-long = 見出しより長い行では、どの値がどの列のものか分かりません。その行の値は検査に使いません。
sheet-orphan = 「{ $text }」が、どの{ $relation }のものか分かりません。
sheet-orphan-help = この行に{ $relation }の番号か名称を書くか、上の行と結合してください。注記なら、対応付けの skip に書けます。
title-sheet-orphan = 持ち主のない値
explain-sheet-orphan = 番号も名称もない行に値があります。その値は検査に使いません。
sheet-differs = 同じものの「{ $name }」が、前の行では「{ $before }」、ここでは「{ $text }」です。
sheet-differs-help = どちらが正しいか確かめ、そろえてください。検査には前の行の値を使います。
title-sheet-differs = 前の行と違う値
explain-sheet-differs = 同じ番号と名称の行が続くときは一つのものとして読みます。その属性が行によって違っています。
cell-formula = この式（{ $text }）は、まだ計算されていません。
cell-formula-help = Excelで開いて保存し直すと、計算した値が入ります。
title-cell-formula = 計算されていない式
explain-cell-formula = ほかの道具で作ったファイルには、式だけがあって値がないことがあります。その値は検査に使いません。
cell-date = 数値の欄に日付（{ $text }）が入っています。
cell-date-help = 「3-4」などの入力がExcelで日付に変わっていないか確かめ、セルの書式を「文字列」にして入力し直してください。
title-cell-date = 数値の欄の日付
explain-cell-date = Excelは「3-4」や「1/2」を日付に変えます。その値は検査に使いません。
cell-error = 式が誤りの値 { $text } になっています。
cell-error-help = 式が参照するセルを確かめて、値を直してください。
title-cell-error = 式の誤り
explain-cell-error = #REF!、#DIV/0! などの値です。検査に使いません。
mapping-sheet-begins = シートはここから始まります
mapping-header-here = この見出しです
mapping-header-row = 見出しの行はここです
sheet-before-here = 前の行ではこうなっています
cli-arg-mapping = 表の読み方（対応付け）のファイル。表と同じフォルダにあれば書かなくてよい
outline-row = この行は読めません。
outline-row-help = 「段」には1から始まる深さを、「種類」には事業、指標などを書きます。一段深いものは、その上の行の中にあります。
title-outline-row = 段と種類のない行
explain-outline-row = 「段」「種類」で始まる表は、一行が一つのもの（事業、指標、表の行）です。段が一つ深い行は、直前の浅い行の中にあるものです。
export-failed = 書き出せません（{ $reason }）。
export-written = { $path } に書き出しました（{ $count }文書）。
export-needs-file = xlsxは画面には出せません。-o ファイル名 を付けてください。
output-is-input = { $path } は読み込んだファイルなので、上書きしません。別の名前を指定してください。
output-failed = { $path } に書けません（{ $reason }）。
cli-arg-sheet = 読む表（.xlsx .xlsm .xls .ods .csv .tsv）
cli-arg-output = 書き出すファイル。なければ画面に出す
cli-arg-export-format = 形式: json（既定）、yaml、csv、xlsx、plan
cli-about-import = 表を計画ファイルに書き直す
cli-usage-import = totsugo import FILE [--mapping FILE] [-o FILE]
cli-about-export = 計画や表の中身をほかの形式で書き出す
cli-usage-export = totsugo export [PATH]… [--format FORMAT] [-o FILE]
cli-about-compile = 規則をSQLに、計画や表の中身をParquetにして、別のエンジンで調べられるようにする
cli-usage-compile = totsugo compile [PATH]… --to sql --out FOLDER [--dialect DIALECT] [--select RULE]…
cli-arg-compile-to = 書き出す形: sql
cli-arg-compile-dialect = エンジン: duckdb（既定）、spark
cli-arg-compile-out = 書き出すフォルダー（まだないか、空のもの）
sql-written = { $path } に書き出しました（{ $dialect }、規則 { $count }件）。
sql-left = SQLでは表せない規則が { $count }件あります。check で調べてください。
sql-not-empty = { $path } には既に何かあります。--out には、まだないか空のフォルダーを指定してください。
sql-not-accepted = 許容と既知の指摘（ベースライン）は、SQLの結果には反映されません。
sql-why-function = 「{ $name }」に当たるものがエンジンにありません。
sql-why-regex = 正規表現の意味がエンジンごとに違います。
sql-why-set = 集合や並びの値を扱っています。
sql-why-defined = 規則が定義した関係「{ $name }」を使っています。
sql-why-closure = 参照を何度もたどります。
sql-why-digits = 桁が多く、エンジンでは正確に計算できません。
sql-why-units = 単位のそろわない数を合わせています。
sql-why-interval = 幅のある数どうしの商や最大・最小を比べています。
sql-why-row = 計算して決まる行を使っています。
sql-why-nested = 同じ種類の見出しが入れ子になっています。
sql-why-inner = 数えたものをさらに数えています。
sql-why-why = 判定できない理由そのものを調べています。
sql-why-sentence = 指摘の文の値を、同じ形で印刷できません。
sql-why-unsure = 読み取りが不確かな行の参考を、行ごとに調べる必要があります。
sql-why-year = 年度ごとの値の探し方を表せません。
sql-why-other = この書き方には対応していません。
map-no-sheet = { $path } は表計算のファイル（.xlsx .xlsm .xls .ods .csv .tsv）ではありません。
map-nothing = { $path } には、知っている見出しがありません。対応付けは docs/spreadsheets.md を見て書いてください。
map-read = この下書きで読めるもの: { $counts }
map-faults = 読めないところが{ $count }か所あります。保存してから totsugo check で確かめてください。
cli-about-map = 表の読み方（対応付け）の下書きを作る
cli-usage-map = totsugo map FILE > FILE.mapping.yaml
init-made = 作りました: { $path }
init-kept = 前からあるので、そのままです: { $path }
init-nothing = 作るファイルはありませんでした。
init-next = 次にすること:
init-read = 最初の検査では、指摘が一つ出ます。直し方は README.md にあります。
new-name = 「{ $name }」は名前にできません。文字、数字、「・」「_」「-」だけで、空白を入れずに付けてください。
new-slug = 「{ $name }」は符号にできません。target-doubled のように、英字で始め、英数字を「-」でつないでください。
new-slug-of-rules = 符号（{ $slug }）を付けられるのは規則だけです。名前に空白があるときは、空白を取ってください。
new-taken = 「{ $name }」という名前は、もう規則か指摘、分類、組に使われています。別の名前を付けてください（一覧は totsugo rules）。
new-ending = { $path } に書くと、読まれないファイルになります。{ $ending } で終わる名前にしてください。
new-mapping-beside = { $path } は表と別のフォルダです。対応付けは、表と同じフォルダに置いてください。
new-rule-next = totsugo test { $path } --filter { $name } で試験できます。「対象」から「指摘」までを書き換えてください。
new-plan-next = 文書の数字を写してから、totsugo check { $path } で検査してください。
new-mapping-next = 列の読み方を確かめて直し、totsugo check { $name } で検査してください。
output-is-there = { $path } は前からあるので、上書きしません。-o で別の名前を指定してください。
man-name = 名前
man-synopsis = 書式
man-description = 説明
man-version = 版
man-manual = totsugo の手引き
man-written = { $path } に手引きを{ $count }頁書き出しました。
doctor-program = totsugo { $version }（言語: { $lang }）
doctor-folder = 今のフォルダ: { $path }
doctor-settings = 設定
doctor-settings-file = { $path } を読みました。
doctor-no-settings = { $path } は今のフォルダにないので、既定のとおりに動きます。
doctor-settings-elsewhere = { $path } は設定として読まれません。
doctor-settings-elsewhere-help = 設定は、今のフォルダの totsugo.yaml だけが読まれます。名前を直すか、そのフォルダで実行してください。
doctor-entries = { $count }件
doctor-surroundings = 環境変数
doctor-unset = なし
doctor-rules = 規則
doctor-built-in = 組み込み: { $count }本
doctor-rules-file = { $path }: { $count }本
doctor-no-rules = 自分の規則ファイルはありません。
doctor-rules-wrong = { $path }: 規則に誤りが{ $count }件あり、その規則は使われません。
doctor-rules-wrong-help = totsugo test { $path } で、誤りの場所が分かります。
doctor-files = 読むファイル
doctor-file = { $path }: { $what }
doctor-no-files = ありません。
doctor-plan = 計画
doctor-plan-named = 計画（名指しされたので、名前によらず計画として読む）
doctor-rules-read = 規則
doctor-mapping = 表の読み方（対応付け）
doctor-data = 書き出した中身（JSON か YAML）
doctor-outline = 書き出した表（対応付けは要らない）
doctor-sheet = { $has-sheets ->
    [yes] 表（{ $mapping } で読む。シート: { $sheets }）
   *[no] 表（{ $mapping } で読む）
 }
doctor-broken-mapping = 読めない対応付けがあるため、読み方が分からない
doctor-unread = 読めない
doctor-left-out = 読まないもの
doctor-more = ほかに{ $count }件: { $what }
left-out-hidden = 隠しファイルか隠しフォルダ（名前が「.」で始まる）
left-out-target = target という名前（プログラムの作業用とみなす）
left-out-lock = Excel が開いている間だけある作業用のファイル（~$）
left-out-ending = 読む種類のファイルではない
left-out-name = 名前の文字コードが違う
left-out-link = ほかのフォルダへのリンク（たどらない）
left-out-annotated = 指摘を書き入れた写し（--annotate）
doctor-misspelt = { $path }: 名前の終わり方のため、読まれません。
doctor-misspelt-help = { $ending } で終わる名前にするか、{ $ending } の形式で保存し直してください。
doctor-bad-name = { $path }: 名前の文字コードが違うため、読まれません。
doctor-bad-name-help = ファイルの名前を付け直してください。
doctor-named = 名指しされたファイル
doctor-named-seen = { $path } は、場所を書かない totsugo check でも検査されます。
doctor-named-unseen = { $path } は、場所を書かない totsugo check では検査されません: { $what }
doctor-named-unseen-help = totsugo check { $path } のように名指しするか、名前や場所を変えてください。
doctor-outside = 検査する場所（{ $paths }）の外にある
doctor-well = 気になるところはありません。
doctor-wrong = 気になるところ
watch-gone = 直りました: { $name } { $place }
watch-gone-file = ファイルごとなくなりました: { $name } { $place }
watch-same = 前の検査と同じです。
watch-count = 新しい指摘 { $new }件、なくなったもの { $gone }件。
watch-waiting = 変更を待っています（Ctrl-Cで終わります）。
watch-alone = --watch は、--format、--output、--why、--annotate、--explain-skips とは一緒に使えません。
cli-about-init = 始めるためのファイルを作る（設定、例の計画、例の規則）
cli-usage-init = totsugo init [フォルダ] [指定]…
cli-arg-folder = 作るフォルダ（なければ今のフォルダ）。前からあるファイルは書き換えない
cli-about-new = 規則、計画、表の読み方のひな形を作る
cli-usage-new = totsugo new rule <名前> [符号] | plan <名前> | mapping <表>
cli-arg-kind = 作るもの: rule（規則）、plan（計画）、mapping（表の読み方）
cli-arg-new-name = 規則か計画の名前。mapping では読む表のファイル
cli-arg-slug = 規則の英字の符号（target-doubled のように）
cli-arg-check-watch = ファイルが変わるたびに検査し直し、変わった指摘だけを示す（Ctrl-Cで終わる）
cli-about-doctor = 何をどう読んでいるか、なぜ読まれないかを調べる
cli-usage-doctor = totsugo doctor [場所]… [指定]…
cli-about-completions = シェルの補完の設定を出す
cli-usage-completions = totsugo completions <シェル>
cli-arg-shell = シェル: bash、zsh、fish、powershell、elvish
cli-about-man = 命令の手引き（man）を出す
cli-usage-man = totsugo man [命令] | totsugo man -o <フォルダ>
cli-arg-command = 手引きを出す命令（なければ全体）
cli-arg-man-output = すべての手引きを、命令ごとのファイルに書き出すフォルダ
annotate-sheet = 突合の結果
annotate-title = 突合の結果（場所を押すと、そのセルに移ります）
annotate-head-severity = 重さ
annotate-head-place = 場所
annotate-head-rule = 規則
annotate-head-finding = 指摘
annotate-head-help = 直し方
annotate-written = { $path } に指摘を書き入れました（{ $count }件）。
annotate-no-workbook = 検査した中に表計算のファイルがないため、書き入れた写しは作れません。
annotate-not-xlsx = { $path } は .xlsx や .xlsm ではないため、書き入れた写しは作れません。Excelで .xlsx として保存し直してください。
annotate-damaged = { $path } の中身が形式どおりでないため、書き入れた写しは作れません。Excelで開いて保存し直してください。
annotate-encoding = { $path } の中身がUTF-8でないため、書き入れた写しは作れません。Excelで開いて保存し直してください。
annotate-no-sheet = { $path } に、指摘のあるシートが見つからないため、書き入れた写しは作れません。
annotate-no-cell = { $path } に、指摘のあるセルが見つからないため、書き入れた写しは作れません。
annotate-too-large = { $path } は、書き入れると大きくなりすぎます。--select か --min-severity で指摘を絞ってください。
cli-arg-annotate = 指摘をコメントとして書き入れた写しを作る（表が二つ以上ならフォルダ）

# fmt
cli-about-fmt = 計画ファイルと規則ファイルの体裁を整える
cli-usage-fmt = totsugo fmt [場所]… [指定]…（場所が - なら標準入力から標準出力へ）
cli-arg-fmt-check = 書き換えず、整っていないファイルの名前だけを出す（あれば終了コード1）
cli-arg-fmt-diff = 書き換えず、どこが変わるかを差分で示す（あれば終了コード1）
cli-arg-keywords = 見出し語を日本語（ja）か英語（en）にそろえる。なければそのまま
cli-arg-stdin-path = 標準入力のファイル名。.rules で終われば規則ファイルとして読む
fmt-would = 整っていないファイル: { $changed }件（整っているもの: { $same }件）
fmt-done = 整えたファイル: { $changed }件（もともと整っていたもの: { $same }件）
fmt-some-refused = 整えられないファイル: { $refused }件（上の誤りを直してから、もう一度実行してください）
fmt-input-alone = 標準入力（-）は、ほかの場所と一緒には指定できません。
fmt-input-large = 標準入力が{ $most } MiBを超えています。ファイルに保存して、そのファイルを指定してください。
fmt-input-not-utf8 = 標準入力をUTF-8の文字として読めません。
fmt-meaning = このファイルは、意味を変えずには整えられません
fmt-meaning-help = 体裁はそのままにしました。どの行のせいかを調べられるように、ファイルを添えて知らせてください。
title-fmt-meaning = 整形で意味が変わる
explain-fmt-meaning = totsugo fmt は、整えたあとの文をもう一度読み、前と同じことを言っているかを確かめます。違うときは、
    ファイルに触れずにこの誤りを出します。計画や規則の書き誤りではなく、整形の欠陥です。

# 指摘の形
formats-title = 突合
formats-head-document = 文書
formats-head-printed = 記載
formats-head-related = 関連箇所
formats-line = { $line }行目
formats-quoted = 「{ $text }」
formats-details = 関連する箇所と直し方
formats-fine = 指摘なし
formats-base = totsugo を実行したフォルダ
formats-left-out = 指摘は{ $all }件ありますが、この形に収まるのは{ $kept }件までなので、{ $left }件を省きました。省いたのは軽いものです。すべては totsugo check --format json で見られます。
formats-details-left-out = 長くなるので、{ $count }件の関連する箇所と直し方を省きました。すべては totsugo check で見られます。
formats-github = GitHubが変更の上に示すのは、重さごとに{ $shown }件までです。残りはこの記録にあります。
cli-arg-outputs = 指摘をファイルにも書く（例: sarif=指摘.sarif）。何度でも指定できる
outputs-form = --output は「形=ファイル」と書きます（例: --output sarif=指摘.sarif）。「{ $given }」は読めません。
outputs-form-fix = 直した表計算ファイルの写しの置き場所は -o で指定します。
outputs-form-known = 使える形: { $known }
outputs-twice = --output のファイル { $path } が二度あります。別々の名前にしてください。
outputs-written = { $path } に指摘を書きました（{ $format }）。

## 修正
cli-arg-fix = 見ずに直してよい修正案をファイルに書き入れる（表計算ファイルは -o の写しに）
cli-arg-unsafe-fixes = 人の確かめが要る修正案も使う（--fix か --diff と）
cli-arg-diff = --fix が何を直すかだけを示し、何も書かない
cli-arg-fix-output = --fix で直した表計算ファイルの写し（二つ以上ならフォルダ）
cli-error-together = 「{ $arg }」と「{ $other }」は一緒に使えません。
fix-cell = { $place }: { $from } → { $to }
fix-done = { $path } の{ $count }件を直しました。
fix-copied = { $from } の{ $count }件を直した写しを { $path } に作りました。
fix-nothing = 直したものはありません。
fix-left = { $place } の「{ $from }」→「{ $to }」（{ $rule }）は直しませんでした。{ $reason }
fix-quotes = そこの引用符や書き方では、この文字を書けません。
fix-no-place = 直す場所がファイルの中に見つかりません。
fix-no-use = 直しても指摘が消えないためです。
fix-new-error = 直すと別の誤りが出るか、判定できなくなるためです。
fix-not-tried = 確かめる回数の上限に達しました。もう一度実行してください。
fix-format = セルの表示形式では、この文字を表せません。Excelで直してください。
fix-formula = 数式のセルです。数式か、数式が使うセルを直してください。
fix-not-xlsx = .xlsx や .xlsm ではないため、写しを作れません。Excelで .xlsx として保存し直してください。
fix-encoding = ファイルの文字コードに、この文字がありません。
fix-changed = 読んだ後にファイルが変わりました。もう一度実行してください。
fix-unreadable = ファイルをもう一度読むことができません。
fix-damaged = 中身が形式どおりでないため、写しを作れません。Excelで開いて保存し直してください。
fix-unstable = 直すたびに別の指摘が出るため、途中で止めました。残りは人が確かめてください。
fix-doubtful-left = 人の確かめが要る修正案が{ $count }件あります。--diff --unsafe-fixes で見て、よければ --fix --unsafe-fixes で直せます。
fix-workbook-left = 表計算ファイルの修正案が{ $count }件あります。元のファイルは書き換えません。-o 写しの名前.xlsx（かフォルダ）を付けると、直した写しを作ります。
fix-same-name = { $path } という写しが二つになります。ファイルを一つずつ指定してください。
fix-none-written = 何も書き換えていません。
fix-some-written = その前に { $paths } は書き換えました。
output-read-only = { $path } は読み取り専用なので、書き換えません。
output-changed = { $path } は、読んだ後にほかの人かプログラムが書き換えました。もう一度実行してください。
output-no-file = { $path } はふつうのファイルではないので、書き換えません。別の名前を指定してください。
output-outside = { $path } は今のフォルダの外にあります。設定が指す場所でも、フォルダの外には書きません。命令（{ $option }）で直接指定してください。
output-elsewhere = { $path } は { $to } へのリンクで、検査した場所の外にあるため、書き換えません。そのファイルを直接指定してください。

## エディタ
cli-about-lsp = エディタのための言語サーバー（標準入出力で話す）
cli-usage-lsp = totsugo lsp（エディタが起動する）
lsp-more-findings = ほかに { $count }件の指摘があります
lsp-help = 直し方: { $help }
lsp-garbage = 読めない通信がありました。
lsp-unknown-change = 開いていないファイルか、古い版への変更が届いたので、使いませんでした。
lsp-hint-same = 印刷されている { $printed } は、計算した値と同じです。
lsp-hint-other = 計算すると { $computed } ですが、{ $printed } と印刷されています。
lsp-fix = 「{ $from }」を「{ $to }」に直す
lsp-fix-unsafe = 「{ $from }」を「{ $to }」に直す（元の資料で確かめてください）
lsp-fix-all = 見ずに直してよい { $count }件をすべて直す
lsp-accept = この指摘「{ $name }」を理由を書いて許容する
lsp-accept-word = 許容
lsp-same = 「{ $one }」と「{ $other }」を同じ指標とする

## エディタ: 言葉の説明と改名
lsp-hover-exact = { $printed }: ちょうど { $value }
lsp-hover-denotes = { $printed }: { $value }。こう印刷されうる値は { $interval }
lsp-hover-unreadable = 読めない値です。この値を使う規則は判定しません。
lsp-hover-words = 数字でない値です。
lsp-hover-others = ほかの場所の印刷:
lsp-hover-differs = 食い違い
lsp-hover-not-compared = 比べられません
lsp-hover-original = 元の行:
lsp-hover-relisted = 再掲している行:
lsp-hover-same = 同じもの:
lsp-hover-leads = 指している行:
lsp-hover-nowhere = どの行も指していません
lsp-hover-candidates = 書き間違いかもしれません:
lsp-hover-mark = 再掲の印です。元の行は書いてありません。
lsp-hover-parameter = 規則「{ $rule }」の設定です。
lsp-hover-type = 型: { $type }
lsp-word-top = 文書を始める見出し語です。
lsp-word-entity = 見出し語です。置ける場所: { $places }
lsp-word-series = { $owner }の年度ごとの値です（{ $type }）。例えば「R6: …, R7: …」と並べます。
lsp-word-rows = { $owner }の表の行です。
lsp-word-defined = 規則ファイルの定義が作る表です。計画ファイルには書きません。
lsp-word-of = { $relation }の{ $role }
lsp-word-holds = 書けるもの: { $type }
lsp-word-holds-list = 書けるもの: { $type }。カンマで区切って、いくつでも並べられます
lsp-role-head = 見出しの横に書くもの
lsp-role-attribute = 属性
lsp-role-list = 並び
lsp-role-mark = 印
lsp-role-cell = 表の列
lsp-role-derived = ほかの列から決まる参照
lsp-role-given = 値
lsp-role-series = 年度ごとの値
lsp-role-rows = 表
lsp-role-below = 中に置けるもの
lsp-type-text = 文字列
lsp-type-code = 符号（Ⅰ-2、資料2-1 など）
lsp-type-number = 番号（8、No8、⑧、(8)）
lsp-type-year = 年度（R6、令和6年度、2024年度）
lsp-type-date = 日付（R6.4.1、2024-04-01）
lsp-type-period = 期間
lsp-type-bool = はい・いいえ
lsp-type-choice = 次のどれか: { $words }
lsp-type-exact = 数字{ $has-unit ->
    [yes] （単位は{ $unit }）
   *[no] {""}
}。印刷されたちょうどの値
lsp-type-figure = 数字{ $has-unit ->
    [yes] （単位は{ $unit }）
   *[no] {""}
}。端数は文書の端数処理のとおり
lsp-type-reference = { $relation }への参照
lsp-given-ordinal = 同じ文書の同じ語の行を、上から数えた順番です。
lsp-given-group = 同じもの（再掲、同一、版をまたぐ同じ名称）の行に共通の番号です。
lsp-given-series = 前版でつながる文書に共通の番号です。
lsp-rename-empty = 新しい名前を入力してください。
lsp-rename-lines = 名前に改行や制御文字は使えません。
lsp-rename-taken = 「{ $name }」はもう使われています。別の名前にしてください。
lsp-rename-number = 「{ $name }」は番号ではありません。8、No8 のように数字で書いてください。
lsp-rename-word = 「{ $name }」は符号に使えません。空白、カンマ、コロン、引用符、かっこを使わない一語にしてください。
lsp-rename-name = 「{ $name }」は、この規則の名前に使えません。文字、数字、「・」「_」だけで、数字のほかの文字から始め、ほかの語と重ならないようにしてください。
lsp-rename-rule = 「{ $name }」は規則の名前に使えません。文字、数字、「・」「_」「-」だけで書いてください。
lsp-rename-slug = 「{ $name }」は規則の符号に使えません。半角の英字で始め、英数字と「-」だけで書いてください。
lsp-rename-quotes = 「{ $name }」は、そこの引用符や書き方では書けません。
lsp-rename-sheet = { $name } は表計算ファイルなので、ここからは変えられません。
lsp-rename-built-in = { $name } は組み込みの規則ファイルなので、変えられません。
lsp-rename-no-head = 名前が書いてある場所がありません。ファイルの最初に「文書 記号」の文を書くと変えられます。
lsp-rename-not = ここには変えられる名前がありません。
lsp-clause-rule = 規則を始めます。名前、英語の符号、{"{"} の順に書きます。
lsp-clause-define = ほかの表から、規則で使う表を作ります。対象の組ごとに一行ができます。
lsp-clause-scheme = 達成状況の付け方を、印刷される語と条件で定めます。
lsp-clause-reach-of = 達成基準の条件で、実績が目標などに達することをいいます。
lsp-clause-reached = 達成基準の条件で、実績が目標などに達することをいいます。
lsp-clause-unit = 単位の別の書き方、またはほかの単位の何倍かを定めます。
lsp-clause-extend = ほかの所で宣言した語に、属性や置き場所を足します。
lsp-clause-table = 計画ファイルの語を宣言します。
lsp-clause-severity = 指摘の重さです。誤り、警告、情報のどれか、または「もし … ならば … それ以外 …」。
lsp-clause-for = 規則が見る行です。「変数 ∈ 語」で、その語の行を一つずつ変数に入れます。
lsp-clause-when = 検査する条件です。成り立たない行は検査しません。
lsp-clause-check = 成り立つはずのことです。成り立たないと指摘します。
lsp-clause-finding = 指摘する場所と、その文です。
lsp-clause-see = あわせて見る場所と、その説明です。
lsp-clause-help = どうすればよいかです。
lsp-clause-fix = 直し方です。「場所 ← 値」で、そこに書く値を示します。
lsp-clause-explain = 規則の解説です。何を、なぜ検査し、どう直すかを書きます。
lsp-clause-test = 規則を試す小さな計画です。合格するもの、不合格になるものを書きます。
lsp-clause-tags = 規則の分類です。--select や設定で、まとめて選べます。
lsp-clause-parameter = 設定ファイルで変えられる値です。
lsp-clause-safe = 修正がいつも正しいことを示します。--fix で直されます。
lsp-clause-pass = 指摘が出ないはずの計画です。
lsp-clause-fail = 指摘が出るはずの計画です。指摘される印刷を並べて書けます。
lsp-clause-error = 必ず直すべき指摘です。
lsp-clause-warning = 確かめるべき指摘です。
lsp-clause-info = 知らせるだけの指摘です。
lsp-clause-en = 同じ文の英語です。
lsp-clause-each = 範囲の行ごとに一つずつ示します。
lsp-clause-place = その語を置ける場所です。
lsp-clause-head = 見出し語の横に書くものです。
lsp-clause-attribute = 中かっこの中に「語 値」と書くものです。
lsp-clause-list = 中かっこの中に、値をいくつか並べて書くものです。
lsp-clause-mark = 再掲のような印です。
lsp-clause-series = 年度ごとの値です。
lsp-clause-rows = 表の行です。
lsp-clause-column = 表の列です。
lsp-clause-derived = ほかの列の符号から決まる参照です。
lsp-clause-identity = 版をまたいで同じものとみなす列です。
lsp-clause-keyword = 同じ語の別の書き方です。種別が付きます。
lsp-clause-and = 両方が成り立つことです。
lsp-clause-or = どちらかが成り立つことです。
lsp-clause-not = 成り立たないことです。
lsp-clause-is = 「x は なし」のように、値のあるなしや種類を調べます。
lsp-clause-contains = 文字列に、ある文字列が含まれることです。
lsp-clause-matches = 文字列が正規表現に当てはまることです。
lsp-clause-union = 二つの集合を合わせた集合です。
lsp-clause-intersect = 二つの集合に共通の集合です。
lsp-clause-except = 初めの集合から、次の集合を除いた集合です。
lsp-clause-within = 集合がほかの集合に含まれることです。
lsp-clause-element = 変数が範囲の行を一つずつ取ること、または値が集合にあることです。
lsp-clause-if = 条件によって値を選びます。
lsp-clause-then = 条件が成り立つときの値です。
lsp-clause-else = 条件が成り立たないときの値です。
lsp-clause-true = 成り立つという値です。
lsp-clause-false = 成り立たないという値です。
lsp-clause-missing = 何も印刷されていないか、「－」であることです。
lsp-clause-present = 何かが印刷されていることです。
lsp-clause-dangling = 参照がどの行も指していないことです。
lsp-clause-unreadable = 読めない値であることです。
lsp-clause-number = 数字であることです。
lsp-clause-qualitative = 数字でない語であることです。
lsp-clause-sum = 値を合計します。「合計{"{"} 値 | 変数 ∈ 範囲, 条件 {"}"}」
lsp-clause-max = いちばん大きい値です。
lsp-clause-min = いちばん小さい値です。
lsp-clause-avg = 値の平均です。
lsp-clause-median = 並べたときの真ん中の値です。
lsp-clause-collect = 値の集合です。同じ値は一つに数えます。
lsp-clause-agree = すべての値が、同じ一つの数字の印刷でありうることです。
lsp-clause-count = 条件に合う行の数です。
lsp-clause-distinct = 異なる値の数です。
lsp-clause-exists = 条件に合う行が一つでもあることです。
lsp-clause-all = 条件に合うすべての行で成り立つことです。
lsp-function-normalize = 文字の幅や空白の違いをなくした文字列です。
lsp-function-round = 小数点以下の桁数まで四捨五入します。
lsp-function-round-down = 小数点以下の桁数まで切り捨てます。
lsp-function-round-up = 小数点以下の桁数まで切り上げます。
lsp-function-even-width = 英数字を半角に、かなを全角にそろえた文字列です。
lsp-function-candidates = どの行も指していない参照に近い行を、文字列で並べます。
lsp-function-printed = 印刷されたとおりの文字列です。
lsp-function-core = 再掲の印や終わりのかっこを除いた名称です。
lsp-function-cyclic = 参照をたどると自分に戻る行であることです。
lsp-function-agree = 二つの印刷が同じ数字でありうることです。違えば、その数字はほかの計算に使いません。
lsp-function-previous = 同じ並びの、前の年度の数字です。
lsp-function-next = 同じ並びの、次の年度の数字です。
lsp-function-step = 前の数字との差です。
lsp-function-growth = 前の数字に対する増減の割合です。
lsp-function-interpolate = 前後の数字を直線で結んだときの、この年度の値です。
lsp-function-follow = 参照を何度もたどって着く行の集合です。
lsp-function-listed = 集合の値を一つの文字列に並べます。
lsp-function-size = 集合の値の数です。
lsp-function-extract = 正規表現の最初のかっこに当たる部分です。
lsp-function-without = 正規表現に当たる部分を除いた文字列です。
lsp-function-fiscal-year = 日付の年度です。
lsp-function-begin = 期間が始まる年度です。
lsp-function-end = 期間が終わる年度です。
lsp-function-figure = 文字列が表す数字です。
lsp-function-or-else = 数字があればそれを、なければ次の値を使います。
lsp-function-judge = 達成基準が付ける状況の語です。基準の名、方向、目標、実績、基準値を渡します。
lsp-function-judge-order = 達成基準の中で、付く状況が上から何番目かです。
lsp-function-magnitude = 単位を除いた数字です。
lsp-function-likeness = 二つの名称が似ている度合いです。0から1までの値です。
lsp-function-share = 部分が全体に占める割合です。
lsp-function-unit = 印刷された単位です。
lsp-function-scale = 印刷された位取り（百万など）です。

## エディタの補完
lsp-choice-set = 規則の組（設定）
lsp-choice-tag = 分類
lsp-choice-form = 書式の指摘
lsp-choice-allow = 下の文や行、またはこの行の指摘を許容する
lsp-choice-series = 年度ごとの値
lsp-choice-confidence = 原本からの読み取りが確かでない
lsp-choice-document = ここから次の文書まで
lsp-choice-marked = 別の行の再掲
lsp-choice-header = 表の見出し
lsp-choice-total = 合計の行
lsp-choice-unreadable = 読めない値（判定しない）
lsp-choice-before = 変更前の値
lsp-choice-next-number = 次の番号
lsp-choice-below = 下の行
lsp-choice-above = 上の行
lsp-choice-relation = 表（関係）
lsp-choice-rows = 表の行
lsp-choice-defined = 定義
lsp-choice-required = 必須
lsp-short-mark = 標識と行き先
lsp-short-list = 文字列の並び
lsp-short-text = 文字列
lsp-short-code = 符号
lsp-short-number = 番号
lsp-short-year = 年度
lsp-short-date = 日付
lsp-short-period = 期間
lsp-short-bool = はい / いいえ
lsp-short-figure = 量
lsp-short-reference = 参照
lsp-declare-rule = 検査を一つ宣言する
lsp-declare-define = 規則が使う表を式で作る
lsp-declare-scheme = 状況の付け方を宣言する
lsp-declare-table = 計画ファイルの表（語彙）を宣言する
lsp-declare-extend = 組み込みの表に属性などを足す
lsp-declare-unit = 単位の同義語や倍数を宣言する
lsp-clause-test-pass = 指摘の出ない小さな計画
lsp-clause-test-fail = 指摘の出る小さな計画
lsp-aggregate-exists = 条件に合う行があるか
lsp-aggregate-all = すべての行で成り立つか
lsp-aggregate-count = 条件に合う行の数
lsp-aggregate-sum = 合計
lsp-aggregate-max = 最大
lsp-aggregate-min = 最小
lsp-aggregate-avg = 平均
lsp-aggregate-median = 中央値
lsp-aggregate-distinct = 異なる値の数
lsp-aggregate-set = 値の集合
lsp-aggregate-agree = 一つの数字の印刷が食い違わないか

## 参照の図
picture-title = 参照のつながり
picture-shown = { $rows }件のうち{ $shown }件と、参照{ $references }本のうち{ $drawn }本を描いています。
picture-summed = 参照のない{ $count }件は、「ほか」として数だけを示しています。
picture-cut = 入りきらないので、つながりのある{ $count }件を省きました。--focus に文書の記号、名称、または「ファイル:行」を指定すると、そのまわりを描きます。場所を絞っても描けます。
picture-broken = ✕ 切れている参照が{ $count }本あります
picture-whole = 切れている参照はありません。
picture-more = ほか{ $count }本
picture-nowhere = { $column } { $text } の先がない
picture-besides = ほか { $what }
picture-same = 同じもの
picture-finding = 指摘: { $title }
picture-ends = 指す先 { $to }件、指す元 { $from }件
picture-sign-program = 事業など
picture-sign-indicator = 指標
picture-sign-relisted = 再掲
picture-sign-reference = 参照（矢印の先を指す）
picture-sign-same = 複数の文書にある同じ指標
picture-sign-broken = 切れている参照
picture-sign-circle = 参照が一回りしている
picture-to = 指す先
picture-from = 指す元
picture-none = ほかとのつながりはありません。
picture-tools = 図の拡大と縮小
picture-zoom-in = 大きくする（+）
picture-zoom-out = 小さくする（-）
picture-zoom-whole = 全体を見る（0）
picture-zoom-real = 元の大きさ 1:1（1）
picture-hint = 押すと、つながりをたどります。Ctrl+ホイールで拡大、ドラッグか矢印キーで移動、Escで戻ります。
picture-written = { $path } に参照の図を書き出しました（{ $shown }件、切れている参照 { $broken }本）。
graph-written = { $path } に書き出しました。
focus-only-svg = --focus は --format svg と一緒に使います。
focus-unknown = 「{ $text }」という文書、名称、場所は見つかりません。
focus-unknown-help = { $has-near ->
    [no] 文書の記号（資料2-4）、名称、または場所（資料2-4.plan:12）を指定してください。
   *[yes] 「{ $near }」ではありませんか。
  }
cli-arg-focus = この文書（記号）、名称、または場所（ファイル:行）と、それにつながるものだけを描く（svg）

## serve
cli-about-serve = 報告の画面をこのパソコンで開き、ファイルが変わるたびに、置かれるたびに検査する
cli-usage-serve = totsugo serve [場所]… [指定]…
cli-arg-port = 使うポート（指定がなければ 17205、0 なら空いているもの）
cli-arg-host = 待ち受けるアドレス（指定がなければこのパソコンからだけ開ける）
cli-arg-open = ブラウザーで画面を開く
serve-at = { $url } で報告の画面を開けます（Ctrl-Cで終わります）。
serve-private = この画面はこのパソコンからだけ開けます。データは外に送りません。
serve-public = 注意: { $address } は、ほかのパソコンからも届くアドレスです。ここにつながる人は誰でも、計画の中身と指摘を見ることができ、ファイルを置くこともできます。通信は暗号化されません。要らなければ --host を外してください。
serve-ended = 終わりました。
serve-port-help = ポートは 0 から 65535 までの数で書いてください。
serve-port-taken = ポート { $port } は、ほかのプログラムが使っています。別の totsugo serve が動いているのかもしれません。
serve-port-denied = ポート { $port } を使うことが許されていません: { $reason }
serve-port-taken-help = --port { $other } のように別の番号を選ぶか、--port 0 で空いている番号に任せてください。
serve-host-unknown = { $host } はこのパソコンのアドレスではありません: { $reason }
serve-host-help = --host を書かなければ、このパソコンからだけ開ける画面になります。
serve-failed = 画面を出せません: { $reason }
serve-no-browser = ブラウザーを開けませんでした。{ $url } を自分で開いてください。
serve-title = 突合の報告
serve-wrong-host = この名前では答えません。起動したときに表示されたアドレスを開いてください。
serve-wrong-origin = ほかのページからの求めには答えません。起動したときに表示されたアドレスを、ブラウザーに直接入力して開いてください。
serve-not-found = ここには何もありません。
serve-too-many = 開かれている画面が多すぎます。使っていないものを閉じてください。
serve-no-name = ファイルの名前がありません。
serve-wrong-kind = { $name }: この種類のファイルは読めません。読めるのは .xlsx .xlsm .xls .ods .csv .tsv と .plan .rules .mapping.yaml などです。
serve-too-large = { $name }: 大きすぎます。一つのファイルは { $most } MB までです。
serve-large = 大きすぎます。一つのファイルは 64 MB までです。
serve-slow = ファイルがなかなか届かないので、受け取りをやめました。
serve-broken-off = ファイルが途中までしか届きませんでした。もう一度置いてください。
serve-full = 置き場所がいっぱいです。一度に置けるのは { $most }個、合わせて 128 MB までです。要らないものを「外す」で外してください。
serve-taken = 受け取りました。
serve-panel = ファイルを置いて調べる
serve-drop = Excelや計画のファイルを、この画面に置いてください（選ぶこともできます）。
serve-drop-note = フォルダのファイルと合わせて検査します。置いたファイルはこのパソコンのメモリーの中だけにあり、保存も送信もしません。一つ { $most } MB、{ $count }個まで。
serve-checking = 検査しています…
serve-renewed = 画面を新しくしました
serve-lost = totsugo とつながりません。終わったのなら、もう一度 totsugo serve を実行してください。
serve-send-failed = 送れませんでした。totsugo serve が動いているか、ファイルがほかで開かれていないかを確かめてください。
serve-let-go = ここで離すと検査します。
serve-waiting = 最初の検査をしています。終わると、この画面が新しくなります。
serve-broken = 検査の途中で totsugo が止まりました。これは totsugo の間違いです。最後に置いたファイルや変えたファイルを外すと、また動きます。
serve-settings = 設定に間違いがあるので、検査していません。直すと、この画面が新しくなります。
serve-empty = ここにはまだ計画も表計算のファイルもありません。上の枠にファイルを置くと、すぐに検査します。
serve-remove = 外す
serve-instead = フォルダの { $path } の代わりに検査しています。
serve-mapped = { $path } の読み方で読みました。
serve-guessed = 列の読み方は見出しからの推測です。指摘を信じる前に、正しく読めているかを確かめてください。
serve-guess-shown = どう読んだか（直して .mapping.yaml として保存すると、次からそれで読みます）
serve-not-read = 読めませんでした。
serve-held = 読み取ったもの: { $counts }。
serve-findings = 指摘: 誤り { $errors }件、警告 { $warnings }件、情報 { $infos }件
serve-no-findings = 指摘はありません。
serve-none-read = 検査できるものは読み取れませんでした。
serve-more = ほかに { $count }件あります。下の報告にすべて載っています。

## 報告のページ
cli-about-report = 指摘と数字を一枚のページ（HTML）にまとめる
cli-usage-report = totsugo report [場所]… [-o FILE]
cli-arg-report-output = 書き出すファイル（既定 report.html）
report-written = { $path } に報告を書き出しました。ブラウザーで開いて読めます。
page-title = 計画の突合報告
page-brand = 突合
page-skip = 本文へ
page-contents = 目次
page-summary = まとめ
page-findings = 指摘
page-rates = 率と計算
page-charts = 指標の推移
page-references = 参照のつながり
page-rules = 規則の解説
page-foot = totsugo { $version } が作りました。このファイルだけで読めます。何も送らず、何も読み込みません。
page-verdict-clean = { $documents }文書を突合しました。食い違いは見つかりませんでした。
page-verdict-info = { $documents }文書を突合しました。誤りはありません。参考の情報があります。
page-verdict-warnings = { $documents }文書を突合しました。誤りはありませんが、公表の前に確かめてほしい警告が{ $warnings }件あります。
page-verdict-errors = { $documents }文書を突合し、公表の前に直すべき誤りが{ $errors }件見つかりました。
page-documents = 文書ごとの件数
page-document = 文書
page-document-title = 題名
page-document-year = 年度
page-fields = 分野ごとの件数
page-field = 分野
page-no-field = （分野の外）
page-show-count = { $name }の{ $severity }{ $count }件を見る
page-rows-more = { $count }件のうち{ $shown }件を示しています。
page-nothing = 指摘はありません。
page-bounded = 指摘は{ $count }件あります。ここには重いものから{ $shown }件を載せました。すべては totsugo check で見られます。件数の表は全件のものです。
page-no-match = 条件に合う指摘はありません。
page-filter = 指摘をしぼり込む
page-severity = 重さ
page-rule = 規則
page-all = すべて
page-search = 文字でさがす
page-shown-all = {"{"}count{"}"}件すべてを表示
page-shown-some = {"{"}count{"}"}件のうち{"{"}shown{"}"}件を表示
page-reset = 条件を消す
page-keys = キー操作: j 次の指摘、k 前の指摘、/ さがす。
page-keys-on = 使う
page-link = この指摘（{ $name }）へのリンク
page-copy = リンクをコピー
page-copied = コピーしました
page-here = この箇所
page-there = 照らす箇所
page-whole = 全文を見る
page-fix = 修正案
page-fix-unsafe = 修正案（要確認）
page-why = この規則の解説
page-why-there = 解説は末尾にあります。
page-rates-lead = 印刷された数字の下に、ほかの数字から計算した値を示します。
page-computed = 計算では { $text }
page-computed-same = 計算と一致
page-flag = 指摘
page-charts-lead = { $count }件の指標について、文書に印刷された基準、目標、実績を年度の順に描いたものです。同じ指標を載せる文書は一つの図に重ねています。
page-charts-search = 指標の名称でさがす
page-charts-wrong = 指摘のあるものだけ
page-charts-more = 続きを描く
page-charts-waiting = この分野には、まだ描いていない図が{ $count }あります。近づくと描かれます。
page-references-lead = どの事業や指標が、どの文書のどれを指しているかを描いたものです。行き先のない参照には ✕ が付きます。押すと、つながりをたどれます。
page-actual = 実績（実線）
page-target = 目標（破線、白抜き）
page-baseline = 基準（点入り）
page-other = 文中の値など（×）
page-ring = 指摘のある値
page-shapes = 文書は印の形で見分けます
page-cut = 目盛りが0から始まらない図
page-figures = 数値の表
page-no-year = 年度なし
page-more-findings = ほかに{ $count }件
# 版の比較
cli-about-diff = 二つの版の計画を比べ、事業、指標、目標などの何が変わったかを示す
cli-usage-diff = totsugo diff OLD NEW [指定]…（0: 同じ、1: 違いがある、2: 比べられない）
cli-arg-diff-old = 旧版のファイルまたはフォルダ
cli-arg-diff-new = 新版のファイルまたはフォルダ
cli-arg-diff-format = 出力の形: pretty（既定）、json、markdown、html
cli-arg-diff-kind = これだけを示す（何度でも）: 事業、指標、目標、実績、担当…、追加、廃止、番号、名称、移動、再掲、単位、不明
cli-arg-diff-brief = 文書ごとの件数だけを示す
editions-title = 版の比較: { $old } → { $new }
editions-documents = 文書
editions-added = 追加
editions-dropped = 廃止
editions-changed = 変更
editions-unsure = 不明
editions-look = 【確認】
editions-arrow = { $from } → { $to }
editions-labelled = { $label }: { $text }
editions-tagged = { $text }（{ $tags }）
editions-comma = 、
editions-tag-number = 番号変更
editions-tag-name = 名称変更
editions-tag-moved = 移動
editions-top = 文書の直下
editions-nothing = なし
editions-by-previous = 前版として名指しされている
editions-by-title = 題名が似ている { $percent }%
editions-by-being-only = ほかに文書がない
editions-alike = 名称が似ている { $percent }%
editions-same-number = 番号が同じ
editions-same-place = 所在が同じ
editions-shared = 中の { $count }件が同じ
editions-same-names = 同じ名称のものが旧版に { $old }件、新版に { $new }件あり、どれがどれかは決められません
editions-too-alike = 似たものが旧版に { $old }件、新版に { $new }件あり（名称の似ている度合い { $percent }%以上）、どれがどれかは決められません
editions-old = 旧版 { $label }  { $place }
editions-new = 新版 { $label }  { $place }
editions-more = ほか { $count }件
editions-with = これとともに: { $list }
editions-mark-added = 付いた（{ $to }）
editions-mark-dropped = 外れた（{ $from }）
editions-mark-redirected = 指す先が変わった { $from } → { $to }
editions-mark-left-behind = { $to } のままだが、その番号や名称は新版では別のものを指す
editions-mark-followed = { $from } → { $to }（指す先は同じで、その番号か名称が変わった）
editions-years-added = { $years } が加わった
editions-years-dropped = { $years } がなくなった
editions-newly = 新たに { $to }
editions-gone = { $from } の記載がなくなった
editions-printing = { $change }（書き方だけの変更）
editions-no-unit = 単位なし
editions-unit = { $change }（単位の変更 { $from } → { $to }、数字は同じ）
editions-unit-and-number = { $change }（単位の変更 { $from } → { $to }、差は出せない）
editions-scale = { $change }（桁の単位の変更 { $from } → { $to }、値は同じ）
editions-slip = { $text }。数字は同じで、桁の単位だけが { $from } → { $to } に変わっている
editions-raised = { $change }（{ $by }）引上げ
editions-lowered = { $change }（{ $by }）引下げ
editions-more-of = { $change }（{ $by }）
editions-less-of = { $change }（{ $by }）
editions-stronger = 強化
editions-weaker = 緩和
editions-count-added = { $word }の追加 { $count }件
editions-count-dropped = { $word }の廃止 { $count }件
editions-count-renumbered = { $word }の番号変更 { $count }件
editions-count-renamed = { $word }の名称変更 { $count }件
editions-count-moved = { $word }の移動 { $count }件
editions-count-unsure = { $word }の決められないもの { $count }組
editions-count-alike = 似ているので同じとみなした{ $word } { $count }件
editions-count-remarked = { $word }の変更 { $count }件
editions-count-raised = { $word }の引上げ { $count }件
editions-count-lowered = { $word }の引下げ { $count }件
editions-count-more = { $word }の増 { $count }件
editions-count-less = { $word }の減 { $count }件
editions-count-newly = { $word }の新たな記載 { $count }件
editions-count-gone = { $word }の記載なし { $count }件
editions-count-unit = { $word }の単位の変更 { $count }件
editions-count-other = { $word }の変更 { $count }件
editions-none = 違いはありません。
editions-summary = まとめ: { $counts }。
editions-torn = 読めない所があったので、この比較は全部ではありません。
editions-unknown-kind = 「{ $name }」という種類はありません。
editions-unknown-kind-help = { $near ->
    [none] {""}
   *[other] 「{ $near }」ではありませんか。
  }事業、指標、目標のような語か、追加、廃止、番号、名称、移動、再掲、単位、不明を書いてください。
editions-written = { $path } に書き出しました。
