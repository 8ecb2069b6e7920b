# The words of totsugo (English). The same ids as in ja.ftl.
# $has-x is yes if the argument x is not empty; $is-one-x is yes if it is 1.

severity-error = error
severity-warning = warning
severity-info = info
word-fix = Fix: { $from } → { $to }
word-fix-unsafe = Fix (to be confirmed): { $from } → { $to }
word-help = help
word-here = here
word-more-places = { $count } more places are referred to
summary-none = { $is-one-documents ->
    [yes] No findings (1 document checked).
   *[no] No findings ({ $documents } documents checked).
 }
summary-errors = { $is-one-count ->
    [yes] 1 error
   *[no] { $count } errors
 }
summary-warnings = { $is-one-count ->
    [yes] 1 warning
   *[no] { $count } warnings
 }
summary-infos = { $is-one-count ->
    [yes] 1 info
   *[no] { $count } infos
 }
summary-join = {", "}
summary-line = { $is-one-documents ->
    [yes] { $counts } (1 document checked).
   *[no] { $counts } ({ $documents } documents checked).
 }
summary-suppressed = { $is-one-count ->
    [yes] 1 finding suppressed
   *[no] { $count } findings suppressed
 }
summary-baseline = { $is-one-count ->
    [yes] 1 finding in the baseline
   *[no] { $count } findings in the baseline
 }
summary-before = { $is-one-count ->
    [yes] 1 finding from before the change
   *[no] { $count } findings from before the change
 }
summary-hidden = { $line } Not shown: { $hidden }.
tests-line = { $tests } tests: { $passed } passed, { $failed } failed ({ $rules } rules).
skips-title = Not judged
skips-line = { $rule }: { $reason } ({ $count })
skips-none = Everything was judged.
manual-title = The manual of rules
manual-intro = All built-in rules, made from the rule files in `rules/` by `totsugo explain --all`.
manual-tags = Tags
manual-parameter = Parameter
manual-reported = Reported
manual-silent = Not reported
rules-faults = Faults of form (how plans, rules and settings are written):
rules-tests = { $count } tests
word-yes = yes
word-no = no
word-unreadable = unreadable
query-source = query
query-torn = Rows whose condition meets an unreadable cell are left out, since they may or may not belong here.
test-expected-here = expected, but not found: { $text }
test-found-here = found: { $en }
tests-rule = { $code }: { $failed } of { $tests } tests failed
tests-none = No rule has “{ $text }” in its code or name.
coverage-rule = { $percent }%  { $code }: { $reached } of { $all }
coverage-line = Coverage { $percent }%: { $reached } of { $all } outcomes are tested.
why-bindings = for
why-premises = when
why-definitions = names
why-check = check
why-denotes = { $value } is { $interval }
why-at-least = at least { $at }
why-more-than = more than { $at }
why-at-most = at most { $at }
why-less-than = less than { $at }
why-and = {" "}and{" "}
why-alike = figures printed to the same place have to be equal
why-passed = it holds for { $count } rows
why-more = and { $count } more
why-nothing = － ({ $reason })
why-none = There is no finding “{ $name }”. The findings of this rule:
why-no-finding = There is no finding of this rule.
why-no-rule = “{ $name }” is no rule but a fault of form: see totsugo explain { $name }.
tests-watching = Waiting for a rule file to change (Ctrl-C ends).
unknown-keyword = There is no keyword “{ $name }”.
unknown-keyword-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] Begin the line with one of the known words, such as document, field, program or indicator.
 }
title-unknown-keyword = unknown keyword
explain-unknown-keyword = A line begins with a word of the vocabulary (document, field, item, program, indicator, summary, …). A line with an unknown word is left out, and its figures are not checked.
misplaced = { $has-where ->
    [yes] “{ $name }” cannot stand in “{ $where }”.
   *[no] “{ $name }” cannot stand here.
 }
misplaced-help = { $has-allowed ->
    [yes] “{ $name }” may stand in { $allowed }.
   *[no] Move “{ $name }” into the braces of what it belongs to.
 }
title-misplaced = statement in the wrong place
explain-misplaced = The statement stands in the wrong place. A program, for example, stands in a document, field or item, and a target in an indicator.
unknown-attribute = “{ $relation }” has no attribute “{ $name }”.
unknown-attribute-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] Use an attribute that “{ $relation }” has.
 }
title-unknown-attribute = unknown attribute
explain-unknown-attribute = The braces hold an attribute that this kind of thing does not have. The line is not used in any check.
duplicate-declaration = “{ $name }” is declared twice.
duplicate-declaration-help = Find out which is right; delete the other one or correct its number or name.
title-duplicate-declaration = declared twice
explain-duplicate-declaration = The same number or name in one scope, the figure of one year, or one attribute is written twice. Which of them holds cannot be decided, so this is an error.
first-here = first declared here
file-ends-here = the file ends here
figure-grouping = The digits of “{ $text }” are not grouped by threes.
figure-grouping-help = { $has-meant ->
    [yes] Is “{ $meant }” meant?
   *[no] Group the digits by threes or leave the commas out.
 }
title-figure-grouping = wrong grouping of digits
explain-figure-grouping = Commas group digits by threes from the right. A misplaced comma is a sign of a lost digit or a slip of the key.
figure-decimal-point = “{ $text }” has more than one decimal point and cannot be read as a figure.
figure-decimal-point-help = Leave one decimal point.
title-figure-decimal-point = wrong decimal point
explain-figure-decimal-point = A figure has at most one decimal point. Often a comma was meant.
figure-too-long = { $has-digits ->
    [yes] “{ $text }” has { $digits } digits, too many for a figure.
   *[no] “{ $text }” has too many digits for a figure.
 }
figure-too-long-help = A figure may have 18 significant digits. Are these two figures run together?
title-figure-too-long = figure too long
explain-figure-too-long = Figures of up to 18 significant digits are handled. Longer ones are mostly separate figures run together.
figure-too-large = “{ $text }” is too large.
figure-too-large-help = Check the digits and the scale (万, 億, 兆).
title-figure-too-large = figure too large
explain-figure-too-large = Multiplied by its scale, the figure leaves the range of exact arithmetic.
bad-year = “{ $text }” is not a year.
bad-year-help = Write R4, 令和4年度, 2022年度 or FY2022.
title-bad-year = not a fiscal year
explain-bad-year = A fiscal year may be written R4, 令和4年度, 2022年度 or FY2022.
year-not-in-era = There is no year “{ $text }”.
year-not-in-era-help = { $has-meant ->
    [yes] Is “{ $meant }” meant?
   *[no] Check the era and the year.
 }
title-year-not-in-era = year that the era does not have
explain-year-not-in-era = The era has no such year. Heisei (平成, H) ended in April of its year 31; the first year is 1, and there is no year 0.
year-out-of-range = “{ $text }” is outside the years that can be handled.
year-out-of-range-help = Check the digits and the era of the year.
title-year-out-of-range = year out of range
explain-year-out-of-range = The year is too far in the past or future for a plan. Mostly a digit was mistyped.
bad-date = “{ $text }” is not a date.
bad-date-help = Write a day of the calendar as R3.4.1, 令和3年4月1日 or 2021-04-01.
title-bad-date = not a date
explain-bad-date = This does not have the form of a date, or the calendar has no such day (30 February).
bad-number = “{ $text }” is not a number of an entry.
bad-number-help = Write No10, 10 or 資料2-4:No10.
title-bad-number = not a number
explain-bad-number = Something that is not a number stands where a number is due.
bad-choice = “{ $text }” is not one of the choices.
bad-choice-help = { $has-allowed ->
    [yes] Choose one of { $allowed }.
   *[no] Choose one of the fixed values.
 }
title-bad-choice = not one of the choices
explain-bad-choice = Only one of the fixed values may stand here.
unexpected-value = “{ $text }” is one too many.
unexpected-value-help = Leave only the values that this statement takes. Two values need a comma between them.
title-unexpected-value = value too many
explain-unexpected-value = There are more values than the statement takes.
row-cells = This row has { $found } cells, the header { $expected } columns.
row-cells-help = Look for a missing or extra “|”. An empty cell is written “| |”.
title-row-cells = wrong number of cells
explain-row-cells = If a row has not as many cells as the header, its figures fall into the wrong columns. The row is not used in any check.
unknown-column = There is no column “{ $name }”.
unknown-column-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] Use a column that this table takes.
 }
title-unknown-column = unknown column
explain-unknown-column = The header of the table names a column that the vocabulary does not have. The column is not used in any check.
missing-header = The table has no header row.
missing-header-help = Name the columns in the first row: “| 項番 | 分野名 | …”.
title-missing-header = no header row
explain-missing-header = A table begins with a row of its column names. Without it nobody can tell which figure is which.
bad-reference = “{ $text }” is not a reference.
bad-reference-help = Write No10, 資料2-4:No10 or 資料2-1:Ⅱ-2:"name".
title-bad-reference = not a reference
explain-bad-reference = A reference is a number, document:number, or document:field:"name".
bad-unit = The unit “{ $name }” is no multiple of another unit
bad-unit-help = Write a factor above zero and another unit, as in 単位 TB = 1000 GB.
title-bad-unit = multiple of a unit
explain-bad-unit = A unit may be declared once as a positive multiple of another unit, never of itself.
unit-mismatch = { $has-found ->
    [yes] “{ $text }” should be in { $expected }, but is in { $found }.
   *[no] “{ $text }” should be in { $expected }, but has no unit.
 }
unit-mismatch-help = Check the unit; use units of one kind.
title-unit-mismatch = wrong unit
explain-unit-mismatch = The figures of one place have units of one kind. People and yen cannot be compared.
unclosed-block = This “{"{"}” is never closed.
unclosed-block-help = Add the “{"}"}” that belongs to it.
title-unclosed-block = unclosed block
explain-unclosed-block = What begins with “{"{"}” ends with “{"}"}”. If that is forgotten, everything after it falls inside.
stray-brace = This “{"}"}” closes nothing.
stray-brace-help = Delete the “{"}"}” or add the missing “{"{"}”.
title-stray-brace = stray closing brace
explain-stray-brace = A “{"}"}” without a beginning.
unclosed-text = This text is never closed.
unclosed-text-help = Add the closing quotation mark.
title-unclosed-text = unclosed text
explain-unclosed-text = A text that begins with a quotation mark ends with one on the same line.
unexpected = { $has-found ->
    [yes] “{ $found }” cannot stand here.
   *[no] Something here cannot stand here.
 }
unexpected-help = { $has-expected_en ->
    [yes] Expected: { $expected_en }
   *[no] Check how the statement is written.
 }
title-unexpected = syntax error
explain-unexpected = The statement does not have the right form and could not be read. All other statements are checked.
too-many-faults = This file has more than { $limit } faults of form. Those from here on are not shown.
too-many-faults-help = See whether it is a plan at all, mend the first faults and check again.
title-too-many-faults = too many faults
explain-too-many-faults = Of one file 10,000 faults of form are shown. With more of them it is mostly no plan at all.
wrong-figure = { $printed } seems to be wrong: it should be { $wanted }. { $is-one-count ->
    [yes] One finding goes away with it.
   *[no] { $count } findings go away with it.
 }
wrong-figure-vague = { $printed } seems to be wrong: it should be { $wanted }. { $is-one-count ->
    [yes] One finding goes away with it.
   *[no] { $count } findings go away with it.
 }
wrong-figure-both = Two figures seem to be wrong ({ $list }). { $is-one-count ->
    [yes] One finding goes away with them.
   *[no] { $count } findings go away with them.
 }
wrong-figure-one-of = One of these seems to be wrong ({ $list }). { $is-one-count ->
    [yes] One finding goes away with it.
   *[no] { $count } findings go away with it.
 }
wrong-figure-change = { $printed } → { $wanted }
wrong-figure-next = The next to be suspected: { $list }.
wrong-figure-only = No other single figure would make all checks agree.
wrong-figure-own = Any other figure, if changed, would spoil another check: this one seems to be wrong ({ $printed } → { $wanted }).
wrong-figure-several = No single figure would make these checks agree: at least { $least } are wrong.
wrong-figure-cut = Too many figures are involved to say which one is wrong.
wrong-figure-help = Compare it with the source and mend it.
title-wrong-figure = figure that seems to be wrong
explain-wrong-figure = Where several checks disagree, this tells which figure would settle all of them: the fewest, and the likeliest slips first. Checks that agree now still agree after the change. --no-localize shows the findings one by one.
implied-figure = This has to be { $figure } ({ $rules }).
implied-figure-help = Compare it with the source and fill it in.
title-implied-figure = figure that follows
explain-implied-figure = Information on an empty or unreadable cell for which the other figures leave one value: a total and all parts but one make that part, a rounded rate and one count the other, a printing in another document a torn figure. Where two values would do nothing is said.
wanted-between = anything from { $low } to { $high }
wanted-at-least = { $low } or more
wanted-at-most = { $high } or less
slip-transposed = Two digits seem to have changed places.
slip-dropped = A digit seems to be missing.
slip-doubled = There seems to be a digit too many.
slip-scale = The scale (万, 百万, …) seems to be another.
slip-digit = One digit seems to be mistyped.
slip-neighbour = It is the figure of the row or year beside it.
too-deep = This is nested too deeply (the limit is { $limit }).
too-deep-help = Nest less.
title-too-deep = nested too deep
explain-too-deep = There is a limit to nesting. Mostly a “{"}"}” was forgotten.
expression-too-large = With names (:=) replaced by what they stand for, this has too many parts (the limit for a rule is { $limit }).
expression-too-large-help = Do not use a name many times within another one, or make a definition of it.
title-expression-too-large = expression too large
explain-expression-too-large = A name (:=) is the same as the expression written in its place. Where each name uses another one twice, every line doubles the size.
missing-value = “{ $name }” has no value.
missing-value-help = Write the value; “-” says that there is none, 判読不能 that it cannot be read.
title-missing-value = missing value
explain-missing-value = A place that needs a value is empty.
unclosed-row = This row does not end with “|”.
unclosed-row-help = Put a “|” at the end of the row.
title-unclosed-row = unclosed row
explain-unclosed-row = A row of a table begins and ends with “|”.
impossible-rules = { $has-rules ->
    [yes] No row satisfies this rule together with { $rules }: whatever is printed, one of them fires.
   *[no] No row satisfies this rule: it fires whatever is printed.
 }
impossible-rules-help = See whether a bound or a direction is wrong, and change one of the checks or premises.
title-impossible-rules = rules that cannot be met
explain-impossible-rules = The smallest set of rules on one row that nothing printed satisfies together. Comparisons of sums, differences and multiples are looked at, and which words may stand in a place. Premises are compared where words and figures show that they meet, or where one premise contains the other.
impossible-rules-other = a rule that cannot be met together with it
rule-syntax = { $has-found ->
    [yes] The rule is not well written: “{ $found }” cannot stand here.
   *[no] The rule is not well written.
 }
rule-syntax-help = { $has-expected_en ->
    [yes] Expected: { $expected_en }
   *[no] Check how the rule is written.
 }
title-rule-syntax = syntax error in a rule
explain-rule-syntax = The rule does not follow the grammar of rule files and could not be read.
duplicate-clause = “{ $name }” stands twice in one rule.
duplicate-clause-help = Make one of them.
title-duplicate-clause = clause written twice
explain-duplicate-clause = A clause that may stand once in a rule stands there twice.
unknown-name = There is no “{ $name }”.
unknown-name-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] Use a name of the vocabulary, or one that this rule defines.
 }
title-unknown-name = unknown name
explain-unknown-name = The rule uses a name that neither the vocabulary nor the rule has.
type-mismatch = { $left } and { $right } do not go together.
type-mismatch-help = Put values of one kind on both sides.
title-type-mismatch = values of different kinds
explain-type-mismatch = Values of different kinds, such as a figure and a text, are compared or calculated with.
unit-mismatch-in-rule = { $left } and { $right } have units of different kinds and cannot be compared or added.
unit-mismatch-in-rule-help = Use values with units of one kind.
title-unit-mismatch-in-rule = units that never meet
explain-unit-mismatch-in-rule = A rule that compares units of different kinds, such as people and yen, means nothing.
contradiction = This premise can never hold together with another
contradiction-help = Mend or drop one of them; as it stands the rule examines nothing.
title-contradiction = premises that exclude each other
explain-contradiction = The premises never hold at once, so the rule would never fire.
contradiction-first = the premise that it excludes
never-true = { $has-text ->
    [yes] The value is never “{ $text }”, so this condition never holds.
   *[no] This condition never holds.
 }
never-true-help = { $has-allowed ->
    [yes] Possible values: { $allowed }
   *[no] Check the condition.
 }
title-never-true = condition that never holds
explain-never-true = Because of a condition that never holds, this rule finds nothing.
duplicate-rule = There are two rules “{ $name }”.
duplicate-rule-help = Rename one of them.
title-duplicate-rule = rule defined twice
explain-duplicate-rule = Each rule name and slug may occur once, the built-in rules included.
unknown-clause = There is no clause “{ $name }”
unknown-clause-help = Did you mean “{ $near }”?
title-unknown-clause = unknown clause
explain-unknown-clause = The first word of a clause of a rule (for, when, check, …) is not one.
pattern-not-quoted = A regular expression has to stand in quotes
pattern-not-quoted-help = It is compiled once, when the rule is loaded, and cannot be computed.
title-pattern-not-quoted = regular expression without quotes
explain-pattern-not-quoted = A regular expression does not stand in quotes.
pattern-too-big = This regular expression is larger than the limit of 1 MiB when it is compiled.
pattern-too-big-help = Repeat less.
title-pattern-too-big = regular expression too big
explain-pattern-too-big = A regular expression would take too much memory.
bad-pattern = The regular expression is not well formed: { $reason }
bad-pattern-help = Look at the brackets and the backslashes.
title-bad-pattern = malformed regular expression
explain-bad-pattern = A regular expression cannot be read.
parameter-type = The value “{ $text }” does not fit this parameter
parameter-type-help = Write a value of the kind { $expected }.
title-parameter-type = parameter of the wrong kind
explain-parameter-type = A value of the configuration does not fit the parameter of the rule.
scheme-gap = The scheme “{ $name }” awards no status in some case: target { $target }, { $has-actual ->
    [yes] actual { $actual }{ $has-rate ->
        [yes] {" "}(rate { $rate })
       *[no] {" "}(no rate)
    }
   *[no] no actual
 }{ $has-baseline ->
    [yes] , baseline { $baseline }
   *[no] {""}
 }{ $has-down ->
    [yes] , less is better
   *[no] {""}
 }
scheme-gap-help = Add a status for that case, or end with one for それ以外 (else).
title-scheme-gap = gap in a status scheme
explain-scheme-gap = A scheme has to award exactly one status to every combination of target, actual and baseline. The one shown gets none.
scheme-overlap = “{ $first }” and “{ $name }” are both awarded in some case: target { $target }, { $has-actual ->
    [yes] actual { $actual }{ $has-rate ->
        [yes] {" "}(rate { $rate })
       *[no] {" "}(no rate)
    }
   *[no] no actual
 }{ $has-baseline ->
    [yes] , baseline { $baseline }
   *[no] {""}
 }{ $has-down ->
    [yes] , less is better
   *[no] {""}
 }
scheme-overlap-help = Move the border of one of them, so that only one holds.
title-scheme-overlap = overlap in a status scheme
explain-scheme-overlap = A scheme has to award exactly one status to every combination of target, actual and baseline. The one shown gets two.
scheme-other-band = the other status
scheme-unreachable = The status “{ $name }” is never awarded
scheme-unreachable-help = Mend its condition, or drop it.
title-scheme-unreachable = status that is never awarded
explain-scheme-unreachable = No target, actual and baseline meet the condition of this status.
scheme-term = A status scheme cannot use this expression
scheme-term-help = Use sums of 実績, 目標 and 基準値 and multiples of them, 達成率 against a number, 実績 が 目標 に達する and は なし, joined by かつ, または and 否.
title-scheme-term = expression of a status scheme
explain-scheme-term = Only expressions are taken for which gaps and overlaps can be decided for certain.
scheme-otherwise-last = The status “{ $name }” for それ以外 has to come last
scheme-otherwise-last-help = Move it to the end.
title-scheme-otherwise-last = otherwise is not last
explain-scheme-otherwise-last = それ以外 takes what no other status takes, so it is written last.
scheme-too-complex = The scheme “{ $name }” is too involved to decide whether it has gaps or overlaps
scheme-too-complex-help = Use fewer conditions.
title-scheme-too-complex = status scheme too complex
explain-scheme-too-complex = A scheme with too many combinations of conditions is not used.
missing-clause = “{ $name }” is missing.
missing-clause-help = Add “{ $name }”.
title-missing-clause = missing clause
explain-missing-clause = The rule lacks a part that it cannot do without.
unused-definition = “{ $name }” is never used.
unused-definition-help = Use it or delete it.
title-unused-definition = unused definition
explain-unused-definition = A name that is defined but never used is a sign of a slip.
bad-function-arguments = “{ $name }” does not take these arguments.
bad-function-arguments-help = { $has-expected ->
    [yes] It takes: { $expected }
   *[no] Check the number and kind of the arguments.
 }
title-bad-function-arguments = wrong arguments
explain-bad-function-arguments = The function takes another number or other kinds of arguments.
rule-test-failed = { $has-name ->
    [yes] The test of rule “{ $name }” failed: expected { $expected }, found { $found }.
   *[no] The test failed: expected { $expected }, found { $found }.
 }
rule-test-failed-help = Find out whether the rule or the test is right.
title-rule-test-failed = failed rule test
explain-rule-test-failed = A test of the rule does not give what it says it should.
rule-test-limit = { $has-name ->
    [yes] A test of rule “{ $name }” met a limit of the check.
   *[no] A test met a limit of the check.
 }
rule-test-limit-help = See whether the rule looks at every pair of rows, and give the test a smaller plan.
title-rule-test-limit = test that met a limit
explain-rule-test-limit = Tests of rules run within the limits of any check (the number of findings, and of rows that rules look at). Where one is met the run ends, and the tests behind it are not run.
uncovered = { $what ->
    [premise-both] No test reaches this premise.
    [premise-true] No test meets this premise.
    [premise-false] No test has a case that does not meet this premise.
    [operand-both] No test reaches this condition.
    [operand-true] No test makes this condition true.
    [operand-false] No test makes this condition false.
    [check-both] No test reaches the check.
    [check-true] No test passes the check.
    [check-false] No test fails the check.
    [label] No test shows this label.
   *[branch] No test takes this branch.
 }
uncovered-help = Add a test with such a case, or take the condition out if nothing needs it.
explain-uncovered = The coverage of tests (totsugo test --coverage) found that no test bears out this part of the rule: a slip there would not be noticed.
title-uncovered = Not reached by a test
missing-tests = { $has-name ->
    [yes] Rule “{ $name }” lacks tests.
   *[no] The rule lacks tests.
 }
missing-tests-help = Write at least one passing and one failing example.
title-missing-tests = rule without tests
explain-missing-tests = Every rule needs at least one passing and one failing test.
missing-explanation = { $has-name ->
    [yes] Rule “{ $name }” has no explanation.
   *[no] The rule has no explanation.
 }
missing-explanation-help = Say in the explanation what is checked, why it is bad and how to put it right.
title-missing-explanation = rule without explanation
explain-missing-explanation = The explanation is the manual of the rule; explain shows it.
not-utf8 = This file is not UTF-8 (byte { $offset }).
not-utf8-help = Save the file as UTF-8.
title-not-utf8 = file is not UTF-8
explain-not-utf8 = Files are read as UTF-8. A file in another encoding, such as Shift_JIS, is not checked.
binary-file = This is not a text file (byte { $offset }).
binary-file-help = Name plan files (.plan) or rule files (.rules).
title-binary-file = binary file
explain-binary-file = The file holds a byte (NUL) that no text file holds, and was not read.
old-line-end = Line { $line } ends as on old Macintosh computers, with a carriage return (CR) alone.
old-line-end-help = Save the file with line ends LF or CRLF.
title-old-line-end = line end of old
explain-old-line-end = To programs of today a carriage return alone ends no line. All after a comment would be a comment, and a plan that you believe to be checked would not be; so the file is not read.
empty-file = The file is empty.
empty-file-help = If you are not about to write it, delete it.
title-empty-file = empty file
explain-empty-file = The file has no content; there is nothing to check.
no-plans = There are no plan files (.plan) in “{ $path }”.
no-plans-help = Name a plan file or a folder that holds some.
title-no-plans = no plans
explain-no-plans = Not one plan file was found.
file-not-found = There is no file or folder “{ $path }”
file-not-found-help = Look for a slip in the name, and at the folder that you are in.
title-file-not-found = file not found
explain-file-not-found = A file or folder that was named does not exist.
permission-denied = You may not read “{ $path }”
permission-denied-help = Look at the permissions of the file, or copy it to where you may.
title-permission-denied = permission denied
explain-permission-denied = The file may not be read.
file-too-large = This file is larger than the limit of { $limit } MiB.
file-too-large-help = See whether it is a plan at all. limits.file-size in the settings raises the limit to 1024 MiB at most.
title-file-too-large = file too large
explain-file-too-large = Files of more than 1 GiB, or of what limits.file-size in the settings says, are not read.
file-name = "{ $path }" is not read, since its name is no Unicode.
file-name-help = Give the file another name. This happens where a ZIP made by Windows in Japanese is unpacked on another system.
title-file-name = file with a name that is no Unicode
explain-file-name = The name of the file cannot be read as Unicode. Were it passed over, a plan that you believe to be checked would not be.
unreadable-file = The file cannot be read: { $reason }
unreadable-file-help = Check the path and the permission to read it.
title-unreadable-file = unreadable file
explain-unreadable-file = A file or folder that was named could not be opened. The other files are checked.
file-changed = "{ $path }" changed, or could no longer be read, while it was checked.
file-changed-help = Make sure that nobody is saving it, and check again afterwards.
title-file-changed = file that changed during the check
explain-file-changed = A large table is read several times during a check. If it is written to meanwhile, only what had been read is checked. The findings shown are not all; check again.
config-stopped = Nothing was checked, since the settings (totsugo.yaml or the baseline) are wrong.
fail-on-hidden = --fail-on { $least } is below --min-severity { $shown }: the run would fail for findings that it does not show. Bring them in line.
since-no-git = The program git cannot be run ({ $reason }).
since-no-git-help = --changed-since reads the files before the change from git. Install git, or leave --changed-since out.
since-no-repository = This is no place in a git repository, or git cannot read it ({ $reason }).
since-no-repository-help = Run it inside of a repository, or leave --changed-since out. If git speaks of ownership, add the place with git config --global --add safe.directory.
since-unknown = This repository has no revision “{ $revision }”.
since-unknown-help = Name a branch (main, origin/main), a tag, the number of a commit, or write HEAD~1. A git fetch may be needed.
since-no-base = No common history of “{ $revision }” and what is checked out was found.
since-no-base-help = Name a revision with which the history is shared.
since-shallow-help = Only a part of the history was fetched. Run git fetch --unshallow; on GitHub Actions give actions/checkout fetch-depth: 0, on GitLab CI set GIT_DEPTH: "0".
since-missing = The contents of files before the change are not in this repository.
since-missing-help = It was cloned without them (git clone --filter), and totsugo fetches nothing. Clone without --filter.
since-failed = The files before the change cannot be read from git ({ $reason }).
since-failed-help = See whether git status works here.
since-elsewhere = What { $path } held before the change is kept by Git LFS and cannot be compared. All of its findings are shown as new.
progress-files = reading files
progress-facts = taking up what they say
progress-rules = running rules
verbose-time = { $phase }: { $seconds } s
verbose-reading = reading
verbose-since = looking at what was before
verbose-checking = checking
verbose-sheet = spreadsheet
verbose-read = { $facts } rows were read from { $files } files.
verbose-rules = { $ran } of { $all } rules ran and looked at { $rows } rows; the most:
verbose-rule = {"  "}{ $name }: { $rows } rows
bad-today = TOTSUGO_TODAY is no day: “{ $text }”. Write it like 2026-04-01.
yaml-syntax = { $kind ->
    [bracket] This is no YAML: a bracket is not closed, or a comma is missing.
    [quote] This is no YAML: a quote is not closed, or something follows it.
    [colon] This is no YAML: a “:” cannot stand here.
    [tab] This is no YAML: the indentation has a tab.
    [indent] This is no YAML: the indentation is uneven.
    [character] This is no YAML: no value can begin with this character.
    [anchor] This is no YAML: there is no “&” of this name.
    [documents] A “---” parts the settings into two documents.
   *[other] This is no YAML ({ $reason }).
 }
yaml-syntax-help = { $kind ->
    [tab] Indent with spaces.
    [documents] Keep the settings in one document, without “---”.
    [anchor] Put a value that begins with “*” in quotes.
    [colon] Indent evenly. Put a value with a colon and a space in it in quotes.
    [character] Put the value in quotes.
   *[other] Indent evenly with spaces, put a space after “:”, and put values with signs in quotes.
 }
explain-yaml-syntax = The file does not follow the grammar of YAML. It is then the only thing that is reported; once it is mended, what is wrong in its contents is.
title-yaml-syntax = not YAML
yaml-too-large = The file is too large (the limit is { $limit } entries), nested too deeply, or grows too much through aliases (“*”).
yaml-too-large-help = Write it without aliases, or shorten it.
explain-yaml-too-large = A YAML file has at most 50,000 values, 10,000 of them through aliases, in 32 levels, so that a file that grows without end through nested aliases is not read.
title-yaml-too-large = YAML too large
yaml-unknown-key = There is no key “{ $name }” here.
yaml-unknown-key-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] What can stand here: { $allowed }
 }
explain-yaml-unknown-key = The file has an unknown key. A misspelt key has no effect, so it is an error.
title-yaml-unknown-key = unknown key in YAML
yaml-duplicate-key = “{ $name }” is written twice.
yaml-duplicate-key-help = Make one of the two.
explain-yaml-duplicate-key = With one key twice in one place no reader can tell which one holds. The code and the name of a rule are the same, and so are names in different widths.
title-yaml-duplicate-key = YAML key written twice
yaml-type = { $expected ->
    [list] “{ $key }” takes a list ([ ], or “-” at the beginning of lines).
    [map] “{ $key }” takes pairs “name: value”.
   *[text] “{ $key }” takes a text.
 }
yaml-type-help = { $expected ->
    [list] Put even a single one into [ ].
    [map] Write “name: value” on the next line, indented.
   *[text] Write one text. What would be read as a number or as true goes into quotes.
 }
explain-yaml-type = A key has a value of another kind than it takes.
title-yaml-type = kind of a YAML value
yaml-bad-value = “{ $key }” cannot be “{ $value }”.
yaml-bad-value-help = { $has-near ->
    [yes] Did you mean “{ $near }”? Possible: { $allowed }
   *[no] Possible: { $allowed }
 }
explain-yaml-bad-value = A key has a value that cannot be chosen.
title-yaml-bad-value = impossible YAML value
yaml-missing-key = “{ $name }” is missing.
yaml-missing-key-help = Write “{ $name }: …”.
explain-yaml-missing-key = A key that must be there is missing: a suppression needs a rule, which says whose findings it means; a table of a sheet mapping needs columns.
title-yaml-missing-key = missing YAML key
config-unknown-rule = There is no rule or set “{ $name }”.
config-unknown-rule-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] totsugo rules lists the rules.
 }
explain-config-unknown-rule = The settings name what is neither the code nor the name of a rule, nor a set, nor the code of a fault of form.
title-config-unknown-rule = unknown rule in the settings
config-unknown-parameter = The rule “{ $rule }” has no parameter “{ $name }”.
config-unknown-parameter-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] Remove the line, or look at the parameters of the rule.
 }
explain-config-unknown-parameter = The parameters of the settings give values only to parameters that a rule declares.
title-config-unknown-parameter = unknown parameter in the settings
config-empty-set = The set “{ $name }” has no rules.
config-empty-set-help = Write the code or name of at least one rule, or remove the set.
explain-config-empty-set = To select an empty set could mean no rule or every rule, so it is an error.
title-config-empty-set = empty set
config-set-name = The set “{ $name }” has the name of a rule or fault.
config-set-name-help = Give the set another name.
explain-config-set-name = A set can stand wherever a rule can; with a rule of the same name it would not be clear which one is meant.
title-config-set-name = name of a set
config-missing-path = There is no “{ $path }”.
config-missing-path-help = Check the name. Places are written as seen from the folder of totsugo.yaml.
explain-config-missing-path = The paths or rules of the settings name a file or folder that is not there.
title-config-missing-path = place in the settings is not there
config-no-rules = “{ $path }” has no rule files (.rules).
config-no-rules-help = Name a rule file, or a folder that holds some.
explain-config-no-rules = The rules of the settings name a folder without rule files.
title-config-no-rules = folder without rules
config-fail-on-hidden = “fail-on” is below “min-severity”: the run would fail for findings that it does not show.
config-fail-on-hidden-help = Lower min-severity to fail-on or below it, or raise fail-on.
explain-config-fail-on-hidden = Findings below min-severity are not shown, and what is not shown does not count. A fail-on below
    it has no effect, so settings that hold both are taken for a mistake.
title-config-fail-on-hidden = A fail-on without effect
suppression-reason = The suppression of “{ $rule }” has no reason. It does not hold.
suppression-reason-help = Say why the finding may stand: in “reason: …” of the settings, behind the colon of a comment.
explain-suppression-reason = Without a reason nobody can tell later whether a suppression may stay. Until there is one, the findings are shown.
title-suppression-reason = suppression without a reason
suppression-rule = A suppression names “{ $rule }”, which is no rule or set.
suppression-rule-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] totsugo rules lists the rules.
 }
explain-suppression-rule = A suppression (in the settings, or a comment “# allow RULE: reason” in a plan) names what is no rule, no set and no fault of form. It silences nothing.
title-suppression-rule = unknown rule in a suppression
suppression-expired = The suppression of “{ $rule }” held until { $until }, which is past (today is { $today }). It no longer holds.
suppression-expired-help = Mend the document and remove the suppression, or give it more time.
explain-suppression-expired = A suppression with an end (until) holds up to that day. After it the findings are shown again.
title-suppression-expired = suppression past its date
suppression-unused = The suppression of “{ $rule }” silences nothing.
suppression-unused-help = If the document has been mended, remove it. A comment stands right above the statement or row that it means, or at the end of its line; in the settings check document and place.
explain-suppression-unused = The rule was run and the document was checked, and yet no finding was silenced. Left where it is, it may hide another mistake later.
title-suppression-unused = unused suppression
suppression-form = “{ $text }” looks like a suppression, but is none.
suppression-form-help = { $has-near ->
    [yes] Write a blank, the rule, a colon and the reason: “# allow { $near }: reason”.
   *[no] Write a blank, the rule, a colon and the reason: “# allow achievement-rate: reason”.
 }
explain-suppression-form = A comment that was meant as “# allow RULE: reason”. It lacks the blank, the colon or the rule, so it is read as no suppression and the findings are shown. If it is a plain comment, begin it with another word.
title-suppression-form = malformed suppression
baseline-unreadable = { $kind ->
    [missing] There is no baseline “{ $path }”
    [folder] “{ $path }” is a folder. A baseline is a JSON file.
    [large] “{ $path }” is no baseline (it has more than { $reason } MiB, or is no plain file)
    [utf8] The baseline “{ $path }” is not UTF-8 (byte { $reason })
   *[other] The baseline “{ $path }” cannot be read: { $reason }
 }
baseline-unreadable-help = { $kind ->
    [missing] Look for a slip in the name, or make it: totsugo baseline update --baseline { $path }
   *[other] Use what totsugo baseline update has written. To check without it: --no-baseline.
 }
explain-baseline-unreadable = The file that --baseline or baseline of the settings names cannot be read. Without it every known finding would look new, so nothing is checked.
title-baseline-unreadable = unreadable baseline
baseline-json = The baseline is not JSON: { $reason }
baseline-json-help = Look at what was changed by hand, and for marks of a merge (<<<<<<<).
explain-baseline-json = A baseline is the JSON file that totsugo baseline update writes. One that is cut off, or of another form, is not used.
title-baseline-json = baseline that is not JSON
baseline-version = This totsugo cannot read version { $version } of a baseline (it reads { $known }).
baseline-version-help = Update totsugo, or remove the file and make it anew with totsugo baseline update.
explain-baseline-version = The form of a baseline is told by its version. One of an unknown version is not used, lest it be misread.
title-baseline-version = version of the baseline
baseline-duplicate = The same finding of “{ $rule }” is there twice.
baseline-duplicate-help = Remove one. Where there are several findings of one kind, count says how many.
explain-baseline-duplicate = Two entries of the baseline are alike in rule, place and printed figures. Which count is right cannot be told.
title-baseline-duplicate = finding twice in the baseline
baseline-rule = The baseline names “{ $rule }”, which is no rule.
baseline-rule-help = { $has-near ->
    [yes] Has it become “{ $near }”? If not, remove the entry.
   *[no] If the rule is gone, remove the entry. totsugo rules lists the rules.
 }
explain-baseline-rule = The baseline names what is neither the code of a rule nor that of a fault of form.
title-baseline-rule = unknown rule in the baseline
baseline-stale = { $part ->
    [yes] { $count } of the known findings of “{ $rule }” no longer occur ({ $place }).
   *[no] The known finding of “{ $rule }” no longer occurs ({ $place }).
 }
baseline-stale-help = If it has been mended, take it off the list: totsugo baseline update.
explain-baseline-stale = The rule was run and the document was checked, and yet a finding of the baseline did not come. It was mended, its figures changed and it is a new finding now, or a suppression silences it. Left where it is, it would hide the same mistake when it is made again.
title-baseline-stale = finding of the baseline that is gone
baseline-created = { $is-one-known ->
    [yes] Wrote 1 finding to { $path }.
   *[no] Wrote { $known } findings to { $path }.
 }
baseline-created-help = For check to use it, add --baseline { $path }, or write “baseline: { $path }” in totsugo.yaml.
baseline-unchanged = { $path } stays as it is ({ $known } known).
baseline-updated = Wrote { $path } ({ $known } known; { $gone } removed, { $added } added).
baseline-new = { $is-one-count ->
    [yes] 1 finding is new and was not added.
   *[no] { $count } findings are new and were not added.
 }
baseline-new-help = See and mend with totsugo check --baseline { $path }. To add them after all: --force.
baseline-not-written = { $path } was not written, since some file could not be read.
unknown-rule = There is no rule “{ $name }”.
unknown-rule-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] totsugo rules lists the rules.
 }
title-unknown-rule = unknown rule
explain-unknown-rule = No rule has the given name or slug.
cli-about = Holds the figures of plans and progress reports against each other.
cli-about-check = Check plan files and spreadsheets
cli-about-baseline = Keep the list of known findings
cli-about-update = Take findings that are gone off the baseline (or make it)
cli-about-test = Run the tests of the rules
cli-about-explain = Explain a rule or a finding
cli-about-rules = List the rules
cli-about-query = Ask the plans with an expression
cli-about-graph = Draw the references (svg), or write them as data for a picture
cli-usage = Usage
cli-commands = Commands
cli-options = Options
cli-arguments = Arguments
cli-usage-main = totsugo <COMMAND> [OPTIONS]
cli-usage-check = totsugo check [PATH]... [OPTIONS]
cli-usage-baseline = totsugo baseline update [PATH]... [OPTIONS]
cli-usage-update = totsugo baseline update [PATH]... [--baseline FILE] [--force]
cli-usage-test = totsugo test [PATH]... [OPTIONS]
cli-usage-explain = totsugo explain <RULE> [OPTIONS]
cli-usage-rules = totsugo rules [PATH]... [OPTIONS]
cli-usage-query = totsugo query 'EXPRESSION' [PATH]... [OPTIONS]
cli-usage-graph = totsugo graph [PATH]... [OPTIONS]
cli-arg-paths = Files or folders (default: the current folder)
cli-arg-source = Show the rule itself
cli-arg-all = Print the manual of all rules in Markdown
cli-arg-rule = Slug or name of a rule or finding
cli-arg-expression = An expression, or “a, b | x in range, condition”, as in rules
cli-arg-query-format = Format: table (default), csv or json
cli-arg-bom = Begin the CSV with a byte order mark (for spreadsheets)
cli-arg-filter = Test only rules with this text in their code or name
cli-arg-coverage = Also show what parts of the rules no test reaches
cli-arg-min-coverage = Exit with 1 below this percentage (implies --coverage)
cli-arg-watch = Test again whenever a rule file changes (Ctrl-C ends)
cli-arg-lang = Language: ja (default) or en; also by TOTSUGO_LANG
cli-arg-format = Format: pretty (default), concise, json, jsonl, sarif, github, gitlab, junit, rdjson, markdown or csv
cli-arg-graph-format = Format: svg (a picture), dot (default), mermaid or json
cli-arg-min-severity = Leave out findings below: error, warning (default), info
cli-arg-fail-on = Exit with 1 from this severity on: error, warning, info, never (any finding shown, if not set)
cli-arg-changed-since = Show only findings that the changes since this revision of git introduced (main, HEAD~1)
cli-arg-time-limit = end the run after so many seconds (exit code 2)
time-limit = The limit of { $seconds } seconds is over, so the run was ended. { $at }There is no result.
time-limit-at = It had come to { $done }/{ $of } of «{ $phase }».{" "}
time-limit-help = Check less, use fewer rules (--select), or raise --time-limit or limits.time in the settings. --verbose tells which rules take long.
too-many-findings = There are more findings than the limit of { $limit } (or more than { $words } MiB of sentences), so the check was ended. There is no result.
too-many-findings-help = See whether a rule finds fault with every pair of rows, and use fewer rules (--select, --ignore). limits.findings in the settings changes the limit.
too-many-steps = The rules looked at more rows than the limit of { $limit } million, so the run was ended. There is no result.
too-many-steps-help = See whether a rule looks at every pair of rows, and use fewer rules (--select, --ignore); --verbose tells which takes long. limits.steps in the settings changes the limit.
cli-arg-quiet = Print the findings alone (no line of counts, no progress, no word of what was written)
cli-arg-verbose = Also tell which files were read, which rules ran and how long it took (on the error stream)
cli-arg-select = Use only this rule, set or tag, information too (may be repeated)
cli-arg-ignore = Leave out this rule, set or tag (may be repeated)
cli-arg-baseline = Known findings, not to be shown (default: baseline of the settings)
cli-arg-no-baseline = Show known findings too, whatever the settings say
cli-arg-no-localize = Show each finding by itself, not folded under the figure that seems to be wrong
cli-arg-force-baseline = Add new findings to the baseline
cli-arg-why = Show step by step how the findings of this rule came about (one line or printed text of them)
cli-arg-color = Colour: auto (default), always, never
cli-arg-explain-skips = Also show what was not judged, and why
cli-arg-help = Show this help
cli-arg-version = Show the version
cli-more = See totsugo --help.
cli-error-unknown = There is no option “{ $arg }”.
cli-error-near = Did you mean “{ $near }”?
cli-error-value = “{ $arg }” does not take “{ $value }”.
cli-error-choices = It takes { $allowed }.
cli-error-missing = “{ $arg }” is needed.
cli-error-no-value = “{ $arg }” needs a value.
cli-error-command = There is no command “{ $arg }”.
cli-error-no-command = Name a command.
cli-error-twice = “{ $arg }” may be given once.
cli-error-utf8 = An argument is not UTF-8.
cli-error-other = The arguments are not well written.
cli-word-error = error
reason-missing = no value is printed
reason-unreadable = unreadable
reason-qualitative = a text where a figure is needed
reason-dangling = a reference points nowhere
reason-units = the units differ
reason-division-by-zero = division by zero
reason-overflow = the numbers are too large
reason-several = several figures (① ②)
reason-conflict = printed elsewhere with another value
reason-negative = a share of a negative figure
unexpected-table = “{ $name }” cannot hold a table.
unexpected-table-help = Write tables in the block of something that has rows, such as summary, chart or budget.
title-unexpected-table = table in the wrong place
explain-unexpected-table = Which things hold rows (lines that begin with |) is set by the vocabulary.
mapping-pattern = “{ $text }” is not a pattern ({ $reason }).
mapping-pattern-help = Mend the regular expression, or the pattern of file names (such as *.xlsx). Write a sign itself as “\(”.
title-mapping-pattern = not a pattern
explain-mapping-pattern = match, remove, split, until and skip of a mapping are regular expressions; files and sheet are patterns of names. An expression that grows too large is refused.
mapping-unknown-relation = There is no “{ $name }”.
mapping-unknown-relation-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] Use a name such as 文書, 分野, 項目, 事業, 指標, 集計 or 集計行.
 }
title-mapping-unknown-relation = unknown thing
explain-mapping-unknown-relation = The columns of a mapping say what a row of the sheet is made of, in names of the vocabulary, from the outermost to the innermost.
mapping-unknown-attribute = { $relation } has no “{ $name }”.
mapping-unknown-attribute-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] Use an attribute of the vocabulary (rules/vocabulary.rules, or a rule file of your own).
 }
title-mapping-unknown-attribute = unknown attribute
explain-mapping-unknown-attribute = What a mapping names is an attribute of the vocabulary or a value by fiscal year, such as 目標 or 実績.
mapping-level = “{ $name }” cannot stand in “{ $where }”.
mapping-level-help = “{ $name }” stands in { $allowed }. Write the outer things first.
title-mapping-level = things in a wrong order
explain-mapping-level = The columns of a mapping go from the outermost (文書, 分野) to the innermost (事業, 指標).
mapping-header-none = The header of this table is nowhere on “{ $sheet }”.
mapping-header-none-help = None of the headings is there. Check the name of the sheet, or write the rows of the header as header. totsugo map makes a draft.
title-mapping-header-none = header not found
explain-mapping-header-none = The header is where most of the headings of the mapping stand. It is looked for in the first 200 rows.
sheet-no-rows = No row of this table was read from “{ $sheet }”.
sheet-no-rows-help = See whether there are rows below the header, and whether rows (which ones), until (the end of the table) and skip (what is left out) fit the sheet.
title-sheet-no-rows = table of which no row was read
explain-sheet-no-rows = The header of the table was found, and no row to be read below it: rows points below the table, until fits the first row, or skip fits all. A table that you believe to be checked would not be.
sheet-rows-above = Above the header in row { $row } there are rows like those of the table; they are not read.
sheet-rows-above-help = If they belong to the table, write the header of their page in the same words, or write the rows of the header as header in the mapping.
title-sheet-rows-above = rows above the header
explain-sheet-rows-above = The header is the row that holds most of the headings of the mapping. If a row above it has something in half of the columns and a number among it, the header of another page may be written in other words, and that page is not read.
mapping-header-missing = There is no heading “{ $name }”.
mapping-header-missing-help = { $has-near ->
    [yes] Did you mean “{ $near }”? The headings are { $headers }.
   *[no] The headings of this sheet are { $headers }.
 }
title-mapping-header-missing = heading not found
explain-mapping-header-missing = A heading that the mapping names is not in the header of the sheet. Width, blanks and line breaks do not matter. Write headings in two rows as “分野/名称”.
mapping-header-twice = Several columns have the heading “{ $name }”: { $columns }
mapping-header-twice-help = Write the heading above it too, as in “分野/名称”, or the letter of the column, as in letter: C.
title-mapping-header-twice = columns of one heading
explain-mapping-header-twice = With several columns of one heading it cannot be known which one is meant.
mapping-cell-blank = The cell { $name } is blank.
mapping-cell-blank-help = Name a cell with a value, or write the value as value.
title-mapping-cell-blank = blank cell
explain-mapping-cell-blank = The cell that a mapping names holds nothing.
mapping-sheet-missing = { $path } has no sheet “{ $name }”.
mapping-sheet-missing-help = { $has-near ->
    [yes] Did you mean “{ $near }”? The sheets are { $sheets }.
   *[no] The sheets of this file are { $sheets }.
 }
title-mapping-sheet-missing = no such sheet
explain-mapping-sheet-missing = The file has no sheet of the name that the mapping gives.
mapping-two = Two mappings are for { $path }.
mapping-two-help = Take the file out of the files of one of them. For now the first is used.
title-mapping-two = two mappings
explain-mapping-two = A file is read with one mapping.
mapping-unused = There is no file for this mapping.
mapping-unused-help = Check files: names as seen from the folder of the mapping, such as "*.xlsx".
title-mapping-unused = unused mapping
explain-mapping-unused = No file that was checked fits the files of the mapping.
sheet-unmapped = Nothing says how to read this sheet.
sheet-unmapped-help = totsugo new mapping { $path } makes a draft beside the sheet.
title-sheet-unmapped = sheet without a mapping
explain-sheet-unmapped = A spreadsheet is read with a mapping, which says what each column is. A file without one is not checked.
sheet-encrypted = This file is protected with a password.
sheet-encrypted-help = Save a copy without the password and check that.
title-sheet-encrypted = file with a password
explain-sheet-encrypted = A spreadsheet with a password cannot be read.
sheet-damaged = This cannot be read as a spreadsheet.
sheet-damaged-help = { $has-reason ->
    [yes] The file is damaged, cut off, or of another kind ({ $reason }). Open it in Excel and save it again.
   *[no] The file is damaged, cut off, or of another kind. Open it in Excel and save it again.
 }
title-sheet-damaged = not a spreadsheet
explain-sheet-damaged = What is in the file is no spreadsheet of its kind. It is not checked.
sheet-swells = Unpacked, this file swells to more than 200 times its size.
sheet-swells-help = Do not open a file that you do not know. If the sheet is in use, clear the formats of rows and columns with nothing in them and save it again.
title-sheet-swells = sheet that swells
explain-sheet-swells = A file that swells beyond 64 MiB and beyond 200 times its size is not read. Real sheets swell twenty times; files that were packed to swell without end are made to bring down who opens them.
sheet-too-large = This file is too large.
sheet-too-large-help = Delete sheets or rows that are not needed, or save it in parts.
title-sheet-too-large = spreadsheet too large
explain-sheet-too-large = A file that unpacks to more than 2 GiB, or holds more than 1 GiB of text or 50 million cells in a sheet, is not read, so that a small file into which a huge one is packed does no harm.
sheet-encoding = There are bytes that mean nothing in { $encoding }.
sheet-encoding-help = Write the right encoding (shift_jis, utf-8, …) into the mapping, or save the CSV again.
title-sheet-encoding = bytes without meaning
explain-sheet-encoding = Some bytes mean nothing in the encoding of the file. They become “�”, and names no longer agree.
sheet-quote = The quotes that begin here are never closed.
sheet-quote-help = Add the closing quotes, or remove these.
title-sheet-quote = quotes never closed
explain-sheet-quote = With quotes that are never closed, all rows from there on are one cell.
sheet-hidden = The sheet “{ $sheet }” of { $path } is hidden and was not read.
sheet-hidden-help = To read it, write sheet: { $sheet } into the mapping. To leave it out without a warning, write hidden: skip.
title-sheet-hidden = hidden sheet
explain-sheet-hidden = What is hidden is not printed, so it is not read unless the mapping says so.
sheet-hidden-rows = Hidden rows of { $sheet } were not read: { $rows } ({ $count } rows).
sheet-hidden-rows-help = Is a filter still on? Write hidden: read into the mapping to read them, or hidden: skip if they are to be left out.
title-sheet-hidden-rows = hidden rows
explain-sheet-hidden-rows = Hidden rows are not printed, so they are not read. A file that is saved with a filter on has hidden rows.
sheet-hidden-columns = Hidden columns of { $sheet } were not read: { $columns }.
sheet-hidden-columns-help = Write hidden: read into the mapping to read them, or hidden: skip if they are to be left out.
title-sheet-hidden-columns = hidden columns
explain-sheet-hidden-columns = Hidden columns are not printed, so they are not read.
sheet-row-unread = Row { $row } is taken for a note and was not read.
sheet-row-unread-help = If it belongs to the table, put its cells under the headings. Rows that are always left out can be named as skip.
title-sheet-row-unread = row not read
explain-sheet-row-unread = A row with nothing in the columns that are read, or with a single cell that begins with ※ or 注, is taken for a note.
sheet-row-long = This row has more cells ({ $cell }) than the header ({ $columns } columns).
sheet-row-long-help = Check for a delimiter too many. A value that holds a comma stands in quotes.
title-sheet-row-long = row too long
explain-sheet-row-long = In a row that is longer than the header it is not known which value belongs to which column. Its values are used in no check.
sheet-orphan = It is not known which { $relation } “{ $text }” belongs to.
sheet-orphan-help = Write its number or name into this row, or merge the cells with the row above. A note can be named as skip.
title-sheet-orphan = value without an owner
explain-sheet-orphan = A row without a number or name holds values. They are used in no check.
sheet-differs = “{ $name }” of the same thing is “{ $before }” in a row above and “{ $text }” here.
sheet-differs-help = Find out which is right and make them agree. Checks use the value above.
title-sheet-differs = value differs from the row above
explain-sheet-differs = Rows of the same number and name are one thing. An attribute of it is not the same in all of them.
cell-formula = This formula ({ $text }) has never been worked out.
cell-formula-help = Open the file in Excel and save it: that stores the value.
title-cell-formula = formula without a value
explain-cell-formula = A file that another program has written may hold a formula without its value. It is used in no check.
cell-date = A date ({ $text }) stands where a figure belongs.
cell-date-help = Excel makes dates of entries such as 3-4. Format the cell as text and enter it again.
title-cell-date = date for a figure
explain-cell-date = Excel makes dates of “3-4” and “1/2”. The value is used in no check.
cell-error = The formula gives the error { $text }.
cell-error-help = Check the cells that the formula refers to.
title-cell-error = formula error
explain-cell-error = A value such as #REF! or #DIV/0!. It is used in no check.
mapping-sheet-begins = the sheet begins here
mapping-header-here = this heading
mapping-header-row = the header is here
sheet-before-here = in a row above
cli-arg-mapping = a mapping, which says how to read sheets; not needed for one beside the sheet
outline-row = This row cannot be read.
outline-row-help = 段 holds the depth, from 1; 種類 holds what the row is: 事業, 指標. What is one deeper stands in the row above it.
title-outline-row = row without depth and kind
explain-outline-row = In a table that begins with 段 and 種類 each row is one thing (a program, an indicator, a row of a table). A row that is one deeper stands in the last one that is less deep.
export-failed = This cannot be written ({ $reason }).
export-written = Wrote { $path } ({ $count } documents).
export-needs-file = An xlsx file cannot be shown. Name a file with -o.
output-is-input = { $path } is a file that was read, so it is not overwritten. Name another.
output-failed = { $path } cannot be written ({ $reason }).
cli-arg-sheet = the sheet to read (.xlsx .xlsm .xls .ods .csv .tsv)
cli-arg-output = the file to write; without it the terminal
cli-arg-export-format = format: json (default), yaml, csv, xlsx, plan
cli-about-import = write a sheet as a plan file
cli-usage-import = totsugo import FILE [--mapping FILE] [-o FILE]
cli-about-export = write what plans and sheets hold in another format
cli-usage-export = totsugo export [PATH]… [--format FORMAT] [-o FILE]
cli-about-compile = Turn rules into SQL and the plans into Parquet, to be checked by another engine
cli-usage-compile = totsugo compile [PATH]… --to sql --out FOLDER [--dialect DIALECT] [--select RULE]…
cli-arg-compile-to = What to write: sql
cli-arg-compile-dialect = Engine: duckdb (default), spark
cli-arg-compile-out = Folder to write to (not there yet, or empty)
sql-written = Written to { $path } ({ $dialect }, rules: { $count }).
sql-left = Rules that SQL cannot express: { $count }. Use check for them.
sql-not-empty = There is something in { $path } already. Name a folder that is empty or not there yet with --out.
sql-not-accepted = Accepted findings and the baseline are not taken off what the SQL finds.
sql-why-function = The engines have nothing like "{ $name }".
sql-why-regex = Regular expressions mean different things to different engines.
sql-why-set = It deals with sets or lists of values.
sql-why-defined = It uses "{ $name }", a relation that rules define.
sql-why-closure = It follows references again and again.
sql-why-digits = It needs more digits than the engines compute with exactly.
sql-why-units = It brings together numbers whose units differ.
sql-why-interval = It compares quotients or extremes of rounded numbers.
sql-why-row = It uses a row that is found by a computation.
sql-why-nested = Headings of one kind stand in each other.
sql-why-inner = It counts what was counted.
sql-why-why = It asks why something is not judged.
sql-why-sentence = A value of its message cannot be printed the same way.
sql-why-unsure = It would have to look at each label where the reading is unsure.
sql-why-year = The way it looks up figures by year cannot be expressed.
sql-why-other = This way of writing is not supported.
map-no-sheet = { $path } is no spreadsheet (.xlsx .xlsm .xls .ods .csv .tsv).
map-nothing = { $path } has no heading that is known. Write the mapping after docs/spreadsheets.md.
map-read = With this draft is read: { $counts }
map-faults = There are { $count } places that cannot be read. Save the draft and look with totsugo check.
cli-about-map = make a draft of a mapping, which says how to read a sheet
cli-usage-map = totsugo map FILE > FILE.mapping.yaml
init-made = made: { $path }
init-kept = there already, left as it is: { $path }
init-nothing = There was nothing to make.
init-next = What to do next:
init-read = The first check finds one thing; README.md says how to mend it.
new-name = “{ $name }” cannot be a name. Use letters, digits, “_” and “-” only, without blanks.
new-slug = “{ $name }” cannot be a code. Begin with a letter and join letters and digits with “-”, as in target-doubled.
new-slug-of-rules = Only a rule has a code ({ $slug }). If the name has a blank in it, take that out.
new-taken = “{ $name }” is the name of a rule, finding, tag or set already. Choose another one (totsugo rules lists them).
new-ending = { $path } would not be read. Choose a name that ends in { $ending }.
new-mapping-beside = { $path } lies in another folder. A mapping lies beside its sheet.
new-rule-next = totsugo test { $path } --filter { $name } runs its tests. Rewrite what stands between for and finding.
new-plan-next = Copy the figures of the document, then run totsugo check { $path }.
new-mapping-next = See that the columns are understood, mend the rest, then run totsugo check { $name }.
output-is-there = { $path } is there already and is not written over. Name another file with -o.
man-name = Name
man-synopsis = Synopsis
man-description = Description
man-version = Version
man-manual = Manual of totsugo
man-written = { $count } pages of the manual written to { $path }.
doctor-program = totsugo { $version } (language: { $lang })
doctor-folder = folder: { $path }
doctor-settings = Settings
doctor-settings-file = { $path } is read.
doctor-no-settings = There is no { $path } in the current folder; nothing is set.
doctor-settings-elsewhere = { $path } is not read as settings.
doctor-settings-elsewhere-help = Only totsugo.yaml of the current folder is read. Rename the file, or run totsugo in its folder.
doctor-entries = { $is-one-count ->
    [yes] 1 entry
   *[no] { $count } entries
 }
doctor-surroundings = Environment
doctor-unset = not set
doctor-rules = Rules
doctor-built-in = built-in: { $count }
doctor-rules-file = { $path }: { $count }
doctor-no-rules = There are no rule files of your own.
doctor-rules-wrong = { $is-one-count ->
    [yes] { $path }: 1 error; the rule that has it is not used.
   *[no] { $path }: { $count } errors; the rules that have them are not used.
 }
doctor-rules-wrong-help = totsugo test { $path } shows where they are.
doctor-files = Files that are read
doctor-file = { $path }: { $what }
doctor-no-files = none
doctor-plan = plan
doctor-plan-named = plan (any file that is named is read as one)
doctor-rules-read = rules
doctor-mapping = mapping
doctor-data = exported facts (JSON or YAML)
doctor-outline = exported sheet (needs no mapping)
doctor-sheet = { $has-sheets ->
    [yes] spreadsheet (read with { $mapping }; sheets: { $sheets })
   *[no] spreadsheet (read with { $mapping })
 }
doctor-broken-mapping = a mapping cannot be read, so nothing says how to read it
doctor-unread = cannot be read
doctor-left-out = What is not read
doctor-more = { $count } more: { $what }
left-out-hidden = hidden (its name begins with a dot)
left-out-target = named target, where programs are built
left-out-lock = a file of Excel that is there while a workbook is open (~$)
left-out-ending = no kind of file that is read
left-out-name = its name is no Unicode
left-out-link = a link to a folder, which is not followed
left-out-annotated = a copy with findings in it (--annotate)
doctor-misspelt = { $path } is not read because of how its name ends.
doctor-misspelt-help = Let its name end in { $ending }, or save it in that format.
doctor-bad-name = { $path } is not read because its name is no Unicode.
doctor-bad-name-help = Rename the file.
doctor-named = Files that were named
doctor-named-seen = { $path } is checked too where no place is named.
doctor-named-unseen = { $path } is not checked unless it is named: { $what }
doctor-named-unseen-help = Name it, as in totsugo check { $path }, or rename or move it.
doctor-outside = it lies outside the places that are checked ({ $paths })
doctor-well = Nothing is amiss.
doctor-wrong = What may not be checked as you think
watch-gone = fixed: { $name } { $place }
watch-gone-file = gone with its file: { $name } { $place }
watch-same = The same as before.
watch-count = { $new } new, { $gone } gone.
watch-waiting = Waiting for changes (Ctrl-C ends).
watch-alone = --watch does not go with --format, --output, --why, --annotate or --explain-skips.
cli-about-init = Make the files to begin with (settings, a plan, a rule)
cli-usage-init = totsugo init [FOLDER] [OPTIONS]
cli-arg-folder = The folder (default: the current one); no file is written over
cli-about-new = Make a rule, a plan or a mapping to begin with
cli-usage-new = totsugo new rule <NAME> [CODE] | plan <NAME> | mapping <SHEET>
cli-arg-kind = What to make: rule, plan or mapping
cli-arg-new-name = The name of the rule or plan; for a mapping, the sheet
cli-arg-slug = The code of the rule, as in target-doubled
cli-arg-check-watch = Check again whenever a file changes and show what is new or gone (Ctrl-C ends)
cli-about-doctor = Tell what is read, how, and why something is not
cli-usage-doctor = totsugo doctor [PATH]... [OPTIONS]
cli-about-completions = Print the completions for a shell
cli-usage-completions = totsugo completions <SHELL>
cli-arg-shell = The shell: bash, zsh, fish, powershell or elvish
cli-about-man = Print the manual pages of the commands
cli-usage-man = totsugo man [COMMAND] | totsugo man -o <FOLDER>
cli-arg-command = The command (default: the whole program)
cli-arg-man-output = A folder for all pages, one file a command
annotate-sheet = totsugo
annotate-title = Findings (press a place to go to its cell)
annotate-head-severity = Severity
annotate-head-place = Place
annotate-head-rule = Rule
annotate-head-finding = Finding
annotate-head-help = What to do
annotate-written = Wrote { $path } with { $count } findings.
annotate-no-workbook = Nothing that was checked is a spreadsheet, so there is no copy to write findings into.
annotate-not-xlsx = { $path } is no .xlsx or .xlsm file, so findings cannot be written into a copy. Save it as .xlsx in Excel.
annotate-damaged = { $path } does not follow its format, so findings cannot be written into a copy. Open it in Excel and save it again.
annotate-encoding = Parts of { $path } are not UTF-8, so findings cannot be written into a copy. Open it in Excel and save it again.
annotate-no-sheet = { $path } has not the sheet of a finding, so findings cannot be written into a copy.
annotate-no-cell = { $path } has not the cell of a finding, so findings cannot be written into a copy.
annotate-too-large = { $path } would grow too large. Ask for fewer findings with --select or --min-severity.
cli-arg-annotate = write a copy with the findings as comments (a folder for several spreadsheets)

# fmt
cli-about-fmt = Lay out plan files and rule files
cli-usage-fmt = totsugo fmt [PATH]... [OPTIONS]   (PATH - is the standard input, printed to the output)
cli-arg-fmt-check = write nothing; name the files that are not laid out (exit code 1 if there are any)
cli-arg-fmt-diff = write nothing; show what would change as a diff (exit code 1 if anything would)
cli-arg-keywords = write keywords in Japanese (ja) or English (en); otherwise they stay as they are
cli-arg-stdin-path = the name of the file on the standard input; ending in .rules it is a rule file
fmt-would = Files not laid out: { $changed } (in order: { $same })
fmt-done = Files laid out: { $changed } (in order before: { $same })
fmt-some-refused = Files that cannot be laid out: { $refused } (mend what is shown above and try again)
fmt-input-alone = The standard input (-) cannot be named together with other places.
fmt-input-large = The standard input is over { $most } MiB. Save it as a file and name that.
fmt-input-not-utf8 = The standard input is not UTF-8 text.
fmt-meaning = This file cannot be laid out without a change of what it says
fmt-meaning-help = It was left as it is. Please report it with the file, so that the line can be found.
title-fmt-meaning = Layout would change the meaning
explain-fmt-meaning = After laying out a file totsugo fmt reads it once more and sees whether it still says the same. If not, the
    file is not touched and this is reported. It is a defect of the formatter, not of the plan or rule.

# Formats of findings
formats-title = totsugo
formats-head-document = Document
formats-head-printed = Printed
formats-head-related = Other places
formats-line = line { $line }
formats-quoted = “{ $text }”
formats-details = Other places and what to do
formats-fine = no findings
formats-base = the folder in which totsugo ran
formats-left-out = There are { $all } findings; this format takes { $kept }, so { $left } of the less grave ones were left out. totsugo check --format json has them all.
formats-details-left-out = To stay short, the other places and what to do were left out for { $count } of the findings. totsugo check has them all.
formats-github = GitHub shows at most { $shown } findings of each severity on the change. This log has the others.
cli-arg-outputs = write the findings to a file too (such as sarif=findings.sarif), repeatable
outputs-form = --output takes FORMAT=FILE (such as --output sarif=findings.sarif), not "{ $given }".
outputs-form-fix = Where copies of fixed workbooks go is said with -o.
outputs-form-known = Formats: { $known }
outputs-twice = --output names the file { $path } twice. Give each format a file of its own.
outputs-written = The findings were written to { $path } ({ $format }).

## Fixes
cli-arg-fix = put the fixes that need no look into the files (of spreadsheets into the copy of -o)
cli-arg-unsafe-fixes = take the fixes that a person has to look at, too (with --fix or --diff)
cli-arg-diff = only show what --fix would do, and write nothing
cli-arg-fix-output = the copy of a workbook that --fix has fixed (a folder for several)
cli-error-together = "{ $arg }" and "{ $other }" cannot be used together.
fix-cell = { $place }: { $from } → { $to }
fix-done = { $path }: { $is-one-count ->
    [yes] 1 fix made.
   *[no] { $count } fixes made.
 }
fix-copied = { $path } is a copy of { $from } with { $is-one-count ->
    [yes] 1 fix.
   *[no] { $count } fixes.
 }
fix-nothing = Nothing was fixed.
fix-left = { $place }: "{ $from }" → "{ $to }" ({ $rule }) was not made. { $reason }
fix-quotes = The text cannot stand in the quotes or the form that are there.
fix-no-place = The place is not found in the file.
fix-no-use = The finding would be there as before.
fix-new-error = It would bring another error, or leave something that cannot be judged.
fix-not-tried = There were too many to try. Run it again.
fix-format = The number format of the cell cannot show the text. Change it in Excel.
fix-formula = The cell holds a formula. Change the formula, or the cells that it uses.
fix-not-xlsx = It is no .xlsx or .xlsm file, so there is no copy. Save it as .xlsx in Excel.
fix-encoding = The encoding of the file has not this character.
fix-changed = The file has changed since it was read. Run it again.
fix-unreadable = The file cannot be read again.
fix-damaged = It does not follow its format, so there is no copy. Open it in Excel and save it again.
fix-unstable = Every fix brought another finding, so it was given up. The rest is for people.
fix-doubtful-left = { $is-one-count ->
    [yes] 1 fix has
   *[no] { $count } fixes have
 } to be looked at first: see --diff --unsafe-fixes, then use --fix --unsafe-fixes.
fix-workbook-left = { $is-one-count ->
    [yes] 1 fix is
   *[no] { $count } fixes are
 } in spreadsheets, which are not written over. Add -o COPY.xlsx (or a folder) for a fixed copy.
fix-same-name = Two copies would be called { $path }. Name the files one by one.
fix-none-written = Nothing was written.
fix-some-written = Before that, { $paths } were written.
output-read-only = { $path } may only be read, so it is not written.
output-changed = { $path } was written by somebody else after it was read. Run it again.
output-no-file = { $path } is no ordinary file, so it is not written. Name another.
output-outside = { $path } lies outside of the current folder, where nothing is written because settings say so. Name it on the command line ({ $option }).
output-elsewhere = { $path } is a link to { $to }, which lies outside of what was checked, so it is not written. Name that file itself.

## Editors
cli-about-lsp = The language server for editors (speaks on the standard input and output)
cli-usage-lsp = totsugo lsp   (editors start it)
lsp-more-findings = and { $count } more findings
lsp-help = What to do: { $help }
lsp-garbage = A message could not be read.
lsp-unknown-change = A change of a file that is not open, or of an old version of it, was left out.
lsp-hint-same = { $printed } is what comes out.
lsp-hint-other = { $computed } comes out, but { $printed } is printed.
lsp-fix = Change "{ $from }" to "{ $to }"
lsp-fix-unsafe = Change "{ $from }" to "{ $to }" (look at the source first)
lsp-fix-all = Make all { $count } fixes that need no look
lsp-accept = Accept this finding ({ $name }) with a reason
lsp-accept-word = allow
lsp-same = Say that "{ $one }" and "{ $other }" are the same

## Editors: what words say, and renaming
lsp-hover-exact = { $printed }: exactly { $value }
lsp-hover-denotes = { $printed }: { $value }. Values that would be printed so: { $interval }
lsp-hover-unreadable = The value cannot be read. Rules that need it do not judge.
lsp-hover-words = The value is no figure.
lsp-hover-others = Printed elsewhere:
lsp-hover-differs = differs
lsp-hover-not-compared = cannot be compared
lsp-hover-original = The original:
lsp-hover-relisted = Listed again at:
lsp-hover-same = The same thing:
lsp-hover-leads = Leads to:
lsp-hover-nowhere = This leads nowhere
lsp-hover-candidates = Perhaps one of these was meant:
lsp-hover-mark = A mark of re-listing. The original is not named.
lsp-hover-parameter = A parameter of the rule “{ $rule }”.
lsp-hover-type = Type: { $type }
lsp-word-top = The keyword that begins a document.
lsp-word-entity = A keyword. It may stand in: { $places }
lsp-word-series = Values of { $owner } by fiscal year ({ $type }), as in “R6: …, R7: …”.
lsp-word-rows = The rows of the table in { $owner }.
lsp-word-defined = A table that a definition in a rule file makes. It is never written in a plan.
lsp-word-of = of { $relation }: { $role }
lsp-word-holds = May hold: { $type }
lsp-word-holds-list = May hold: { $type }, any number of them with commas between
lsp-role-head = Beside the keyword
lsp-role-attribute = Attributes
lsp-role-list = Lists
lsp-role-mark = Marks
lsp-role-cell = Columns
lsp-role-derived = A reference that follows from another column
lsp-role-given = Values
lsp-role-series = Values by year
lsp-role-rows = Table
lsp-role-below = May hold
lsp-type-text = a text
lsp-type-code = a code (Ⅰ-2, 資料2-1)
lsp-type-number = a number (8, No8, ⑧, (8))
lsp-type-year = a fiscal year (R6, 令和6年度, FY2024)
lsp-type-date = a day (R6.4.1, 2024-04-01)
lsp-type-period = a period
lsp-type-bool = yes or no
lsp-type-choice = one of { $words }
lsp-type-exact = a figure{ $has-unit ->
    [yes] { " " }in { $unit }
   *[no] {""}
}, exactly as printed
lsp-type-figure = a figure{ $has-unit ->
    [yes] { " " }in { $unit }
   *[no] {""}
}, rounded as the document says
lsp-type-reference = a reference to { $relation }
lsp-given-ordinal = The number of the row among those of its keyword in the document, from the top.
lsp-given-group = A number that all rows of one thing share (listed again, declared the same, the same name in another edition).
lsp-given-series = A number that all editions of a document share.
lsp-rename-empty = Enter a new name.
lsp-rename-lines = A name cannot hold line breaks or control characters.
lsp-rename-taken = “{ $name }” is taken. Choose another name.
lsp-rename-number = “{ $name }” is no number. Write digits, as in 8 or No8.
lsp-rename-word = “{ $name }” cannot be a code. Write one word without blanks, commas, colons, quotes or brackets.
lsp-rename-name = “{ $name }” cannot be a name in this rule. Use letters, digits, “・” and “_”, begin with a letter, and take no word that means something else there.
lsp-rename-rule = “{ $name }” cannot be the name of a rule. Use letters, digits, “・”, “_” and “-”.
lsp-rename-slug = “{ $name }” cannot be the code of a rule. Begin with a Latin letter and use letters, digits and “-”.
lsp-rename-quotes = “{ $name }” cannot be written in the quotes, or in the way, that is used there.
lsp-rename-sheet = { $name } is a spreadsheet, which cannot be changed from here.
lsp-rename-built-in = { $name } is a built-in rule file, which cannot be changed.
lsp-rename-no-head = The name is written nowhere. Begin the file with a “文書 CODE” statement to be able to change it.
lsp-rename-not = There is no name to change here.
lsp-clause-rule = Begins a rule: its name, its code, then a brace.
lsp-clause-define = Makes a relation of others, one row for each binding of its ranges.
lsp-clause-scheme = Declares when which status is awarded: printed words and their conditions.
lsp-clause-reach-of = In a scheme: the actual value reaches a bound.
lsp-clause-reached = In a scheme: the actual value reaches a bound.
lsp-clause-unit = Declares other ways to print a unit, or which multiple of another it is.
lsp-clause-extend = Adds attributes and places to a word that is declared elsewhere.
lsp-clause-table = Declares a word of plan files.
lsp-clause-severity = How grave a finding is: error, warning or info, maybe by a condition.
lsp-clause-for = The rows that a rule looks at: each variable takes each row of its relation.
lsp-clause-when = What must hold for rows to be checked at all; other rows are passed over.
lsp-clause-check = What should hold. Where it does not, there is a finding.
lsp-clause-finding = The place at fault and the sentence that says what is wrong.
lsp-clause-see = Other places to look at, each with what is to be seen there.
lsp-clause-help = What to do about it.
lsp-clause-fix = What would mend it: the place and its new value.
lsp-clause-explain = The explanation: what is checked, why, and how to mend it.
lsp-clause-test = A small plan that must pass or fail the rule.
lsp-clause-tags = Tags by which rules are chosen together.
lsp-clause-parameter = A value that the settings may change.
lsp-clause-safe = The fix is right whenever the rule is; --fix applies it.
lsp-clause-pass = A plan without findings.
lsp-clause-fail = A plan with findings; the printed texts at fault may be named.
lsp-clause-error = A finding that has to be mended.
lsp-clause-warning = A finding that should be looked at.
lsp-clause-info = A finding that only informs.
lsp-clause-en = The same sentence in English.
lsp-clause-each = One for each row of a range.
lsp-clause-place = Where the word may stand.
lsp-clause-head = What stands beside the keyword.
lsp-clause-attribute = A statement in the block: a word and its value.
lsp-clause-list = A statement in the block with several values.
lsp-clause-mark = A mark such as 再掲.
lsp-clause-series = Values by fiscal year.
lsp-clause-rows = The rows of a table.
lsp-clause-column = A column of a table.
lsp-clause-derived = A reference that follows from the code in another column.
lsp-clause-identity = The column by which rows of several editions are the same thing.
lsp-clause-keyword = Another keyword for the same relation, with a fixed kind.
lsp-clause-and = Both hold.
lsp-clause-or = One of the two holds.
lsp-clause-not = It does not hold.
lsp-clause-is = Asks what a value is: missing, present, a number and so on.
lsp-clause-contains = A text contains another.
lsp-clause-matches = A text matches a regular expression.
lsp-clause-union = What is in either of two sets.
lsp-clause-intersect = What is in both sets.
lsp-clause-except = What is in the first set and not in the second.
lsp-clause-within = One set lies within another.
lsp-clause-element = A variable takes each row of a range; or: a value is in a set.
lsp-clause-if = Chooses a value by a condition.
lsp-clause-then = The value where the condition holds.
lsp-clause-else = The value where the condition does not hold.
lsp-clause-true = The truth value true.
lsp-clause-false = The truth value false.
lsp-clause-missing = Nothing is printed, or a dash.
lsp-clause-present = Something is printed.
lsp-clause-dangling = The reference leads nowhere.
lsp-clause-unreadable = The value cannot be read.
lsp-clause-number = It is a figure.
lsp-clause-qualitative = It is a word instead of a figure.
lsp-clause-sum = The sum of values over rows.
lsp-clause-max = The greatest value.
lsp-clause-min = The least value.
lsp-clause-avg = The mean of the values.
lsp-clause-median = The value in the middle.
lsp-clause-collect = The set of the values, each once.
lsp-clause-agree = All figures can be printings of one and the same.
lsp-clause-count = How many rows there are.
lsp-clause-distinct = How many different values there are.
lsp-clause-exists = There is a row for which it holds.
lsp-clause-all = It holds for all rows.
lsp-function-normalize = The form in which texts are compared, whatever their width and blanks.
lsp-function-round = Rounds to a number of decimal places.
lsp-function-round-down = Rounds down to a number of decimal places.
lsp-function-round-up = Rounds up to a number of decimal places.
lsp-function-even-width = The text with letters and digits in half width and kana in full width.
lsp-function-candidates = The rows that a reference to nothing may have meant, as a text.
lsp-function-printed = What is printed.
lsp-function-core = A name without marks of re-listing and a trailing bracket.
lsp-function-cyclic = Whether the row lies on a cycle of references.
lsp-function-agree = Whether two printings can be one figure; where they cannot, nothing is computed with them.
lsp-function-previous = The figure of the year before in the same series.
lsp-function-next = The figure of the year after in the same series.
lsp-function-step = The figure less the one before it.
lsp-function-growth = The change by the figure before.
lsp-function-interpolate = What a straight line between the figures before and after gives for this year.
lsp-function-follow = The rows reached by following a reference again and again.
lsp-function-listed = The values of a set as one text.
lsp-function-size = How many values a set has.
lsp-function-extract = What the first group of a regular expression meets.
lsp-function-without = The text without what a regular expression meets.
lsp-function-fiscal-year = The fiscal year of a day.
lsp-function-begin = The fiscal year in which a period begins.
lsp-function-end = The fiscal year in which a period ends.
lsp-function-figure = The figure that a text is.
lsp-function-or-else = A figure, or another where none is printed.
lsp-function-judge = The status that a scheme awards, from its name, the direction, target, actual and baseline.
lsp-function-judge-order = The number of the awarded status in its scheme, from 1.
lsp-function-magnitude = A figure without its unit.
lsp-function-likeness = How alike two names are, from 0 to 1.
lsp-function-share = A part of the whole that it makes up with the rest.
lsp-function-unit = The printed unit.
lsp-function-scale = The printed scale, such as 1,000,000 for 百万.

## Completion in editors
lsp-choice-set = set of rules (settings)
lsp-choice-tag = tag
lsp-choice-form = fault of form
lsp-choice-allow = accepts the findings below or on this line
lsp-choice-series = figures by year
lsp-choice-confidence = the reading is unsure
lsp-choice-document = what follows, up to the next document
lsp-choice-marked = a row shown again
lsp-choice-header = header of the table
lsp-choice-total = row of totals
lsp-choice-unreadable = cannot be read (not judged)
lsp-choice-before = the figure before a change
lsp-choice-next-number = the next number
lsp-choice-below = rows below
lsp-choice-above = row above
lsp-choice-relation = relation
lsp-choice-rows = rows of tables
lsp-choice-defined = defined relation
lsp-choice-required = required
lsp-short-mark = mark and what it points at
lsp-short-list = list of texts
lsp-short-text = text
lsp-short-code = code
lsp-short-number = number
lsp-short-year = fiscal year
lsp-short-date = date
lsp-short-period = period
lsp-short-bool = yes / no
lsp-short-figure = figure
lsp-short-reference = reference to
lsp-declare-rule = declares a check
lsp-declare-define = makes a relation for rules
lsp-declare-scheme = declares how a status is awarded
lsp-declare-table = declares a table of the vocabulary
lsp-declare-extend = adds to a built-in table
lsp-declare-unit = declares synonyms or multiples of a unit
lsp-clause-test-pass = a small plan without findings
lsp-clause-test-fail = a small plan with findings
lsp-aggregate-exists = whether a row meets the conditions
lsp-aggregate-all = whether all rows meet it
lsp-aggregate-count = how many rows meet the conditions
lsp-aggregate-sum = the sum
lsp-aggregate-max = the largest
lsp-aggregate-min = the smallest
lsp-aggregate-avg = the average
lsp-aggregate-median = the median
lsp-aggregate-distinct = how many different values
lsp-aggregate-set = the set of values
lsp-aggregate-agree = whether printings of one figure agree

## The picture of references
picture-title = References
picture-shown = { $shown } of { $rows } rows and { $drawn } of { $references } references are drawn.
picture-summed = { $count } without references are only counted, as “besides”.
picture-cut = { $count } more that are linked have no room here. Ask for what is around one of them with --focus and the code of a document, a name or FILE:LINE, or name fewer files.
picture-broken = ✕ { $count ->
    [one] One reference is broken
   *[other] { $count } references are broken
  }
picture-whole = No reference is broken.
picture-more = { $count } more
picture-nowhere = { $column } { $text } leads nowhere
picture-besides = besides: { $what }
picture-same = The same thing
picture-finding = Finding: { $title }
picture-ends = refers to { $to }, referred to by { $from }
picture-sign-program = program and the like
picture-sign-indicator = indicator
picture-sign-relisted = listed once more
picture-sign-reference = reference
picture-sign-same = the same indicator in several documents
picture-sign-broken = broken reference
picture-sign-circle = references go round in a circle
picture-to = Refers to
picture-from = Referred to by
picture-none = Not linked with anything.
picture-tools = Zoom
picture-zoom-in = Larger (+)
picture-zoom-out = Smaller (-)
picture-zoom-whole = All of it (0)
picture-zoom-real = Full size 1:1 (1)
picture-hint = Press a row to follow its references. Ctrl+wheel zooms, dragging or the arrow keys move, Esc goes back.
picture-written = The picture is in { $path } ({ $shown } rows, { $broken } broken references).
graph-written = The graph is in { $path }.
focus-only-svg = --focus goes with --format svg.
focus-unknown = There is no document, name or place “{ $text }”.
focus-unknown-help = { $has-near ->
    [no] Give the code of a document (資料2-4), a name, or a place (資料2-4.plan:12).
   *[yes] Did you mean “{ $near }”?
  }
cli-arg-focus = draw only this document (its code), name or place (FILE:LINE) and what is linked with it (svg)

## serve
cli-about-serve = Show the report as a page on this machine, checked again when a file changes or is dropped on it
cli-usage-serve = totsugo serve [PATH]... [OPTIONS]
cli-arg-port = The port (17205 unless given; 0 is any free one)
cli-arg-host = The address to listen on (unless given, only this machine can open the page)
cli-arg-open = Open the page in the browser
serve-at = The report is at { $url } (Ctrl-C ends).
serve-private = Only this machine can open it. No data is sent anywhere.
serve-public = Warning: { $address } can be reached from other machines. Whoever connects to it can read the plans and the findings, and can drop files. Nothing is encrypted. Leave --host out unless you need it.
serve-ended = Ended.
serve-port-help = A port is a number from 0 to 65535.
serve-port-taken = Port { $port } is in use by another program, maybe another totsugo serve.
serve-port-denied = Port { $port } may not be used: { $reason }
serve-port-taken-help = Choose another, as in --port { $other }, or let --port 0 find a free one.
serve-host-unknown = { $host } is no address of this machine: { $reason }
serve-host-help = Without --host the page can be opened from this machine only.
serve-failed = The page cannot be served: { $reason }
serve-no-browser = No browser could be opened. Open { $url } yourself.
serve-title = Report of totsugo
serve-wrong-host = There is no answer under this name. Open the address that was shown at the start.
serve-wrong-origin = Requests of other pages are not answered. Type the address that was shown at the start into the browser.
serve-not-found = There is nothing here.
serve-too-many = Too many pages are open. Close those you do not need.
serve-no-name = The file has no name.
serve-wrong-kind = { $name }: files of this kind are not read. Those that are: .xlsx .xlsm .xls .ods .csv .tsv, and .plan .rules .mapping.yaml and the like.
serve-too-large = { $name }: too large. A file may have { $most } MB.
serve-large = too large. A file may have 64 MB.
serve-slow = The file came too slowly, so it was given up.
serve-broken-off = Only a part of the file has come. Drop it again.
serve-full = There is no room. At most { $most } files of 128 MB together can be held. Remove those you do not need.
serve-taken = Taken.
serve-panel = Drop a file to check it
serve-drop = Drop a spreadsheet or plan on this page, or choose one.
serve-drop-note = It is checked together with the files of the folder. It stays in the memory of this machine; it is neither saved nor sent anywhere. { $most } MB each, { $count } files.
serve-checking = Checking…
serve-renewed = The page was renewed
serve-lost = totsugo does not answer. If it has ended, run totsugo serve again.
serve-send-failed = It could not be sent. See whether totsugo serve is running and whether another program holds the file.
serve-let-go = Let go to check it.
serve-waiting = The first check is under way. The page is renewed when it is done.
serve-broken = totsugo broke down during the check. That is a mistake in totsugo. Take away the file that you dropped or changed last to go on.
serve-settings = There was no check, since the settings are wrong. Mend them and the page is renewed.
serve-empty = There are no plans or spreadsheets here yet. Drop a file on the field above to check it at once.
serve-remove = Remove
serve-instead = Checked in place of { $path } of the folder.
serve-mapped = Read with { $path }.
serve-guessed = How its columns are read was guessed from the headings. See whether that is right before you trust the findings.
serve-guess-shown = How it was read (mend it and save it as .mapping.yaml to have it read so from now on)
serve-not-read = It could not be read.
serve-held = Read: { $counts }.
serve-findings = Findings: errors { $errors }, warnings { $warnings }, infos { $infos }
serve-no-findings = No findings.
serve-none-read = Nothing was read that could be checked.
serve-more = There are { $count } more; the report below has all of them.

## The page of the report
cli-about-report = Put the findings and figures together on one page (HTML)
cli-usage-report = totsugo report [PATH]... [-o FILE]
cli-arg-report-output = the file to write (report.html if not given)
report-written = Wrote the report to { $path }. Open it in a browser.
page-title = Report on the plans
page-brand = totsugo
page-skip = To the text
page-contents = Contents
page-summary = Summary
page-findings = Findings
page-rates = Rates and sums
page-charts = Indicators over the years
page-references = References
page-rules = What the rules say
page-foot = Made by totsugo { $version }. This file needs no other; it sends nothing and loads nothing.
page-verdict-clean = Nothing disagrees. Documents held against each other: { $documents }.
page-verdict-info = There are no errors; there is something to note. Documents held against each other: { $documents }.
page-verdict-warnings = There are no errors. Warnings to look at before anything is published: { $warnings }. Documents held against each other: { $documents }.
page-verdict-errors = Errors to be mended before anything is published: { $errors }. Documents held against each other: { $documents }.
page-documents = By document
page-document = Document
page-document-title = Title
page-document-year = Year
page-fields = By field
page-field = Field
page-no-field = (in no field)
page-show-count = Show { $count } of { $name }: { $severity }
page-rows-more = { $shown } of { $count } are shown.
page-nothing = There are no findings.
page-bounded = There are { $count } findings. The gravest { $shown } are on this page; totsugo check shows all. The tables of counts count all.
page-no-match = No finding is like that.
page-filter = Choose among the findings
page-severity = Severity
page-rule = Rule
page-all = All
page-search = Search
page-shown-all = All {"{"}count{"}"} shown
page-shown-some = {"{"}shown{"}"} of {"{"}count{"}"} shown
page-reset = Show all
page-keys = Keys: j next finding, k the one before, / search.
page-keys-on = on
page-link = Link to this finding ({ $name })
page-copy = Copy link
page-copied = Copied
page-here = Here
page-there = Held against
page-whole = Show the whole text
page-fix = Fix
page-fix-unsafe = Fix (to be confirmed)
page-why = What this rule says
page-why-there = It is explained at the end.
page-rates-lead = Below a printed figure stands what the other figures give.
page-computed = worked out: { $text }
page-computed-same = as worked out
page-flag = finding
page-charts-lead = Of { $count } indicators, the baselines, targets and actuals as the documents print them, by fiscal year. Documents that print the same indicator share a chart.
page-charts-search = Search by name
page-charts-wrong = Only those with findings
page-charts-more = Draw more
page-charts-waiting = { $count } charts of this field are not drawn yet; they are when you come near.
page-references-lead = Which programs and indicators point at which, in which document. A reference that leads nowhere carries ✕. Press one to follow it.
page-actual = actual (solid)
page-target = target (dashed, hollow)
page-baseline = baseline (dotted point)
page-other = other figures, such as those in a text (×)
page-ring = a value with a finding
page-shapes = documents differ in the shape of their points
page-cut = a scale that does not begin at nought
page-figures = Figures
page-no-year = no year
page-more-findings = { $count } more
# Editions
cli-about-diff = tell what changed between two editions of a plan: programs, indicators, targets
cli-usage-diff = totsugo diff OLD NEW [OPTION]… (0: the same, 1: differences, 2: no comparison)
cli-arg-diff-old = file or folder of the old edition
cli-arg-diff-new = file or folder of the new edition
cli-arg-diff-format = format of the output: pretty (default), json, markdown, html
cli-arg-diff-kind = show only this (repeatable): program, indicator, target, actual, owner…, added, dropped, renumbered, renamed, moved, relisted, units, unsure
cli-arg-diff-brief = show only the counts by document
editions-title = Editions compared: { $old } → { $new }
editions-documents = Documents
editions-added = added
editions-dropped = dropped
editions-changed = changed
editions-unsure = unsure
editions-look = [look]
editions-arrow = { $from } → { $to }
editions-labelled = { $label }: { $text }
editions-tagged = { $text } ({ $tags })
editions-comma = , { "" }
editions-tag-number = renumbered
editions-tag-name = renamed
editions-tag-moved = moved
editions-top = top of the document
editions-nothing = nothing
editions-by-previous = named as the edition before
editions-by-title = titles { $percent }% alike
editions-by-being-only = no other document
editions-alike = names { $percent }% alike
editions-same-number = same number
editions-same-place = same place
editions-shared = { $count } inside the same
editions-same-names = { $old } of this name in the old edition and { $new } in the new one: nothing tells which is which
editions-too-alike = { $old } in the old edition and { $new } in the new one are alike (names { $percent }% or more): nothing tells which is which
editions-old = old: { $label }  { $place }
editions-new = new: { $label }  { $place }
editions-more = and { $count } more
editions-with = with it: { $list }
editions-mark-added = added ({ $to })
editions-mark-dropped = dropped ({ $from })
editions-mark-redirected = points elsewhere { $from } → { $to }
editions-mark-left-behind = still { $to }, but in the new edition that is another one
editions-mark-followed = { $from } → { $to } (the same one, which has another number or name)
editions-years-added = { $years } added
editions-years-dropped = { $years } dropped
editions-newly = now { $to }
editions-gone = { $from } is no longer printed
editions-printing = { $change } (only printed in another way)
editions-no-unit = no unit
editions-unit = { $change } (unit { $from } → { $to }, same digits)
editions-unit-and-number = { $change } (unit { $from } → { $to }, no difference can be told)
editions-scale = { $change } (counted in { $to } instead of { $from }, same value)
editions-slip = { $text }. The digits are the same; only the scale { $from } → { $to } is not
editions-raised = { $change } ({ $by }) raised
editions-lowered = { $change } ({ $by }) lowered
editions-more-of = { $change } ({ $by })
editions-less-of = { $change } ({ $by })
editions-stronger = harder
editions-weaker = easier
editions-count-added = { $word } added: { $count }
editions-count-dropped = { $word } dropped: { $count }
editions-count-renumbered = { $word } renumbered: { $count }
editions-count-renamed = { $word } renamed: { $count }
editions-count-moved = { $word } moved: { $count }
editions-count-unsure = { $word } not decided: { $count }
editions-count-alike = { $word } matched by likeness: { $count }
editions-count-remarked = { $word } changed: { $count }
editions-count-raised = { $word } raised: { $count }
editions-count-lowered = { $word } lowered: { $count }
editions-count-more = { $word } up: { $count }
editions-count-less = { $word } down: { $count }
editions-count-newly = { $word } newly printed: { $count }
editions-count-gone = { $word } no longer printed: { $count }
editions-count-unit = { $word } in another unit: { $count }
editions-count-other = { $word } changed: { $count }
editions-none = No differences.
editions-summary = In all: { $counts }.
editions-torn = Something could not be read, so this comparison is not the whole.
editions-unknown-kind = There is no kind "{ $name }".
editions-unknown-kind-help = { $near ->
    [none] {""}
   *[other] Did you mean "{ $near }"? {""}
  }Name a word such as program, indicator or target, or one of: added, dropped, renumbered, renamed, moved, relisted, units, unsure.
editions-written = Written to { $path }.
