# 突合の言葉（日本語）。番号は en.ftl と同じものがそろっていること。
# 引数 x が空でないとき $has-x は yes、x が 1 のとき $is-one-x は yes。

## 重さ
severity-error = 誤り
severity-warning = 警告
severity-info = 情報

## 画面の言葉
word-help = 直し方
word-here = ここ
word-more-places = 参照する箇所はほかに{ $count }か所あります
summary-none = 指摘はありません（{ $documents }文書を突合しました）。
summary-errors = 誤り { $count }件
summary-warnings = 警告 { $count }件
summary-infos = 情報 { $count }件
summary-join = 、
summary-line = { $counts }（{ $documents }文書を突合しました）。
tests-line = 試験 { $tests }件: 合格 { $passed }件、不合格 { $failed }件（規則 { $rules }本）。
skips-title = 判定しなかったもの
skips-line = { $rule }: { $reason } { $count }件
skips-none = 判定しなかったものはありません。
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
explain-unknown-keyword = 行の先頭には、語彙にある語（文書、分野、項目、事業、指標、集計など）を書きます。知らない語の行は読み飛ばされ、その行の数字は検査されません。
misplaced = { $has-where ->
    [yes] 「{ $name }」は「{ $where }」の中には書けません。
   *[no] 「{ $name }」はここには書けません。
 }
misplaced-help = { $has-allowed ->
    [yes] 「{ $name }」を書けるのは{ $allowed }の中です。
   *[no] 「{ $name }」を、それが属するものの {"{"} {"}"} の中に移してください。
 }
explain-misplaced = 文の置き場所が違います。たとえば事業は文書・分野・項目の中に、目標は指標の中に書きます。
unknown-attribute = 「{ $relation }」に「{ $name }」という属性はありません。
unknown-attribute-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] 「{ $relation }」に書ける属性の名前にしてください。
 }
explain-unknown-attribute = { "{" } { "}" } の中に、その種類のものが持たない属性が書かれています。その行は検査に使われません。
duplicate-declaration = 「{ $name }」が二度書かれています。
duplicate-declaration-help = どちらが正しいかを確かめ、もう一方を消すか、番号や名称を直してください。
explain-duplicate-declaration = 同じ範囲で同じ番号や名前のもの、同じ年度の数値、同じ属性が二度書かれています。どちらを正とするか決められないため、誤りとします。
first-here = 先に書かれているのはここです
file-ends-here = ファイルはここで終わっています
figure-grouping = 「{ $text }」の桁区切りが3桁ごとになっていません。
figure-grouping-help = { $has-meant ->
    [yes] 「{ $meant }」ではありませんか。
   *[no] 桁区切りを3桁ごとに付け直すか、取ってください。
 }
explain-figure-grouping = 桁区切りのカンマは右から3桁ごとに打ちます。ずれたカンマは、桁の抜けや打ち間違いのしるしです。
figure-decimal-point = 「{ $text }」は小数点が一つではないので、数値として読めません。
figure-decimal-point-help = 小数点を一つにしてください。
explain-figure-decimal-point = 一つの数値に小数点は一つまでです。カンマとの打ち間違いもよくあります。
figure-too-long = { $has-digits ->
    [yes] 「{ $text }」は{ $digits }桁あり、数値として扱えません。
   *[no] 「{ $text }」は桁が多すぎて、数値として扱えません。
 }
figure-too-long-help = 有効数字は18桁までです。桁の打ち間違いや、続けて書かれた二つの数値ではないか確かめてください。
explain-figure-too-long = 有効数字は18桁までを扱います。それより長いものは、たいてい別々の数値がつながったものです。
figure-too-large = 「{ $text }」は大きすぎて扱えません。
figure-too-large-help = 桁や単位（万、億、兆）を確かめてください。
explain-figure-too-large = 単位の倍数を掛けた結果が、正確に計算できる範囲を超えています。
bad-year = 「{ $text }」は年度として読めません。
bad-year-help = R4、令和4年度、2022年度、FY2022 のように書いてください。
explain-bad-year = 年度は R4、令和4年度、2022年度、FY2022 のどの形でも書けます。
year-not-in-era = 「{ $text }」という年はありません。
year-not-in-era-help = { $has-meant ->
    [yes] 「{ $meant }」ではありませんか。
   *[no] 元号と年を確かめてください。
 }
explain-year-not-in-era = 元号にない年です。平成は31年4月まで、元年は1年で、0年はありません。
year-out-of-range = 「{ $text }」は扱える年の範囲にありません。
year-out-of-range-help = 年の桁と元号を確かめてください。
explain-year-out-of-range = 計画の年としてありえないほど過去か未来の年です。たいていは桁の打ち間違いです。
bad-date = 「{ $text }」は日付として読めません。
bad-date-help = R3.4.1、令和3年4月1日、2021-04-01 のように、暦にある日を書いてください。
explain-bad-date = 日付の形でないか、2月30日のように暦にない日です。
bad-number = 「{ $text }」は番号として読めません。
bad-number-help = No10、10、資料2-4:No10 のように書いてください。
explain-bad-number = 番号の欄に、番号でないものが書かれています。
bad-choice = 「{ $text }」は選べる値ではありません。
bad-choice-help = { $has-allowed ->
    [yes] { $allowed }のどれかにしてください。
   *[no] 決められた値のどれかにしてください。
 }
explain-bad-choice = この欄には、決められた値のどれかだけを書けます。
unexpected-value = 「{ $text }」は余分です。
unexpected-value-help = この文がとる値だけを残してください。二つの値なら間にカンマが要ります。
explain-unexpected-value = 文がとるより多くの値が書かれています。
row-cells = この行のセルは{ $found }個ですが、見出しは{ $expected }列です。
row-cells-help = 区切りの「|」の過不足を確かめてください。空のセルも「| |」と書きます。
explain-row-cells = 表の行のセルの数が見出しと違うと、数値が別の列に入ります。その行は検査に使われません。
unknown-column = 「{ $name }」という列はありません。
unknown-column-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] その表がとる列の名前にしてください。
 }
explain-unknown-column = 表の見出しに、語彙にない列名があります。その列は検査に使われません。
missing-header = 表に見出しの行がありません。
missing-header-help = 表の最初の行に「| 項番 | 分野名 | …」のように列の名前を書いてください。
explain-missing-header = 表は、列の名前を並べた見出しの行で始めます。見出しがないと、どの数値が何か分かりません。
bad-reference = 「{ $text }」は参照として読めません。
bad-reference-help = No10、資料2-4:No10、資料2-1:Ⅱ-2:"名称" のように書いてください。
explain-bad-reference = 参照は、番号、文書:番号、文書:分野:"名称" のいずれかの形で書きます。
unit-mismatch = { $has-found ->
    [yes] 「{ $text }」の単位は{ $expected }のはずですが、{ $found }です。
   *[no] 「{ $text }」の単位は{ $expected }のはずですが、単位がありません。
 }
unit-mismatch-help = 単位を確かめ、同じ種類の単位にそろえてください。
explain-unit-mismatch = 同じ欄の数値は同じ種類の単位で書きます。人と円のように種類の違う数値は比べられません。
unclosed-block = この「{"{"}」が閉じられていません。
unclosed-block-help = 対応する「{"}"}」を書いてください。
explain-unclosed-block = 「{"{"}」で始めた範囲は「{"}"}」で閉じます。閉じ忘れると、後に続くものが全部その中に入ります。
stray-brace = この「{"}"}」に対応する「{"{"}」がありません。
stray-brace-help = 余分な「{"}"}」を消すか、「{"{"}」を補ってください。
explain-stray-brace = 始まりのない「{"}"}」です。
unclosed-text = この文字列が閉じられていません。
unclosed-text-help = 終わりの引用符を書いてください。
explain-unclosed-text = 引用符で始めた文字列は、同じ行の中で引用符で閉じます。
unexpected = { $has-found ->
    [yes] 「{ $found }」はここに書けません。
   *[no] ここに書けないものがあります。
 }
unexpected-help = { $has-expected_ja ->
    [yes] ここに書けるもの: { $expected_ja }
   *[no] 書き方を確かめてください。
 }
explain-unexpected = 文の形が違うため、その文を読めませんでした。ほかの文は検査されます。
too-deep = 入れ子が深すぎます。
too-deep-help = 入れ子を減らしてください。
explain-too-deep = 入れ子の深さには上限があります。たいていは「{"}"}」の書き忘れです。
missing-value = 「{ $name }」に値がありません。
missing-value-help = 値を書いてください。値がないことを示すには「-」、読めないときは「判読不能」と書きます。
explain-missing-value = 値の要る欄が空です。
unclosed-row = この行が「|」で閉じられていません。
unclosed-row-help = 行の終わりに「|」を書いてください。
explain-unclosed-row = 表の行は「|」で始まり「|」で終わります。
rule-syntax = { $has-found ->
    [yes] 規則の書き方が違います: 「{ $found }」はここに書けません。
   *[no] 規則の書き方が違います。
 }
rule-syntax-help = { $has-expected_ja ->
    [yes] ここに書けるもの: { $expected_ja }
   *[no] 規則の書き方を確かめてください。
 }
explain-rule-syntax = 規則ファイルの文法に合わないため、この規則を読めませんでした。
duplicate-clause = 「{ $name }」が一つの規則に二度書かれています。
duplicate-clause-help = 一つにまとめてください。
explain-duplicate-clause = 一つの規則に一度だけ書く節が二度あります。
unknown-name = 「{ $name }」という名前はありません。
unknown-name-help = { $has-near ->
    [yes] 「{ $near }」の書き間違いではありませんか。
   *[no] 語彙か、この規則の中で決めた名前を使ってください。
 }
explain-unknown-name = 規則が、語彙にもその規則の中にもない名前を使っています。
type-mismatch = { $left }と{ $right }は一緒に使えません。
type-mismatch-help = 両側を同じ種類の値にそろえてください。
explain-type-mismatch = 数値と文字列のように、種類の違う値を比べたり計算したりしています。
unit-mismatch-in-rule = { $left }と{ $right }は単位の種類が違うので、比べたり足したりできません。
unit-mismatch-in-rule-help = 同じ種類の単位の値を使ってください。
explain-unit-mismatch-in-rule = 人と円のように、単位の種類が違う値を比べる規則は意味を持ちません。
never-true = { $has-text ->
    [yes] 「{ $text }」という値はとらないので、この条件が成り立つことはありません。
   *[no] この条件が成り立つことはありません。
 }
never-true-help = { $has-allowed ->
    [yes] とりうる値: { $allowed }
   *[no] 条件を確かめてください。
 }
explain-never-true = 成り立つことのない条件があるため、この規則は何も指摘しません。
duplicate-rule = 規則「{ $name }」が二つあります。
duplicate-rule-help = どちらかの名前を変えてください。
explain-duplicate-rule = 規則の名前と符号は、組み込みの規則を含めて一つずつでなければなりません。
unknown-clause = 「{ $name }」という句はありません。
unknown-clause-help = 「{ $near }」の書き間違いではありませんか。
explain-unknown-clause = 規則の句（対象、前提、検査など）の初めの語が違います。
missing-clause = 「{ $name }」がありません。
missing-clause-help = 「{ $name }」を書き足してください。
explain-missing-clause = 規則に欠かせない部分がありません。
unused-definition = 「{ $name }」は使われていません。
unused-definition-help = 使うか、消してください。
explain-unused-definition = 決めたのに使われていない名前は、書き間違いのしるしです。
bad-function-arguments = 「{ $name }」に渡す値が違います。
bad-function-arguments-help = { $has-expected ->
    [yes] 渡すもの: { $expected }
   *[no] 値の数と種類を確かめてください。
 }
explain-bad-function-arguments = 関数に渡す値の数か種類が違います。
rule-test-failed = { $has-name ->
    [yes] 規則「{ $name }」の試験が期待どおりになりません: 期待は{ $expected }、結果は{ $found }です。
   *[no] 試験が期待どおりになりません: 期待は{ $expected }、結果は{ $found }です。
 }
rule-test-failed-help = 規則か試験のどちらが正しいかを確かめてください。
explain-rule-test-failed = 規則に付けた試験の結果が、書かれた期待と違います。
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
explain-missing-tests = どの規則にも、合格の試験と不合格の試験が一つ以上要ります。
missing-explanation = { $has-name ->
    [yes] 規則「{ $name }」に解説がありません。
   *[no] 規則に解説がありません。
 }
missing-explanation-help = 何を検査し、なぜ悪く、どう直すかを「解説」に書いてください。
explain-missing-explanation = 解説は、その規則の説明書です。explain の画面に出ます。

## ファイルと設定
not-utf8 = このファイルはUTF-8ではありません（先頭から{ $offset }バイト目）。
not-utf8-help = 文字コードをUTF-8にして保存し直してください。
explain-not-utf8 = ファイルは文字コードUTF-8で読みます。Shift_JISなどのファイルは検査されません。
binary-file = このファイルは文字のファイルではありません（先頭から{ $offset }バイト目）。
binary-file-help = 計画ファイル（.plan）か規則ファイル（.rules）を指定してください。
explain-binary-file = 文字のファイルには現れないバイト（NUL）があるため、読みませんでした。
empty-file = ファイルが空です。
empty-file-help = 書きかけでなければ、このファイルを消してください。
explain-empty-file = 中身のないファイルです。検査するものがありません。
no-plans = 「{ $path }」に計画ファイル（.plan）がありません。
no-plans-help = 計画ファイルか、それを含むフォルダを指定してください。
explain-no-plans = 検査する計画ファイルが一つも見つかりませんでした。
unreadable-file = ファイルを読めません: { $reason }
unreadable-file-help = パスと、読み取りの権限を確かめてください。
explain-unreadable-file = 指定されたファイルかフォルダを開けませんでした。ほかのファイルは検査されます。
bad-config = 設定を読めません: { $reason }
bad-config-help = 書けるのは lang、min-severity、select、ignore、paths です。
explain-bad-config = 設定ファイル totsugo.yaml の書き方が違います。
unknown-rule = 「{ $name }」という規則はありません。
unknown-rule-help = { $has-near ->
    [yes] 「{ $near }」ではありませんか。
   *[no] 規則の一覧は totsugo rules で見られます。
 }
explain-unknown-rule = 指定された名前や符号の規則がありません。

## 命令の使い方
cli-about = 計画や進捗報告の数字を突き合わせて検査します。
cli-about-check = 計画ファイルを検査する
cli-about-test = 規則に付いた試験を実行する
cli-about-explain = 規則や指摘の意味を説明する
cli-about-rules = 規則の一覧を出す
cli-about-query = 計画に式でたずねる
cli-about-graph = 参照のつながりを図の元データとして出す
cli-usage = 使い方
cli-commands = 命令
cli-options = 指定
cli-arguments = 引数
cli-usage-main = totsugo <命令> [指定]…
cli-usage-check = totsugo check [場所]… [指定]…
cli-usage-test = totsugo test [場所]… [指定]…
cli-usage-explain = totsugo explain <規則> [指定]…
cli-usage-rules = totsugo rules [場所]… [指定]…
cli-usage-query = totsugo query '<式>' [場所]… [指定]…
cli-usage-graph = totsugo graph [場所]… [指定]…
cli-arg-paths = ファイルかフォルダ（なければ今のフォルダ）
cli-arg-rule = 規則か指摘の、符号または名前
cli-arg-expression = 式、または「式, 式 | x ∈ 範囲, 条件」（規則と同じ書き方）
cli-arg-query-format = 出力の形: table（既定）、csv、json
cli-arg-bom = CSVの先頭にBOMを付ける（表計算ソフトで開くとき）
cli-arg-filter = 符号か名前にこの文字を含む規則だけを試験する
cli-arg-coverage = 規則のどこに試験が届いていないかも示す
cli-arg-min-coverage = 網羅がこの百分率に届かなければ終了コード1（--coverageを含む）
cli-arg-watch = 規則ファイルが変わるたびに試験し直す（Ctrl-Cで終わる）
cli-arg-lang = 言語: ja（既定）か en。環境変数 TOTSUGO_LANG でも指定できる
cli-arg-format = 出力の形: pretty（既定）か json
cli-arg-graph-format = 出力の形: dot（既定）、mermaid、json
cli-arg-min-severity = これより軽い指摘は出さない: 誤り、警告（既定）、情報
cli-arg-select = この規則だけを使う（くり返し可）
cli-arg-ignore = この規則を使わない（くり返し可）
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
explain-unexpected-table = 表の行（| で始まる行）を持てるものは語彙で決まっています。
