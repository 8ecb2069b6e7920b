# The words of totsugo (English). The same ids as in ja.ftl.
# $has-x is yes if the argument x is not empty; $is-one-x is yes if it is 1.

severity-error = error
severity-warning = warning
severity-info = info
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
tests-line = { $tests } tests: { $passed } passed, { $failed } failed ({ $rules } rules).
skips-title = Not judged
skips-line = { $rule }: { $reason } ({ $count })
skips-none = Everything was judged.
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
explain-unknown-keyword = A line begins with a word of the vocabulary (document, field, item, program, indicator, summary, …). A line with an unknown word is left out, and its figures are not checked.
misplaced = { $has-where ->
    [yes] “{ $name }” cannot stand in “{ $where }”.
   *[no] “{ $name }” cannot stand here.
 }
misplaced-help = { $has-allowed ->
    [yes] “{ $name }” may stand in { $allowed }.
   *[no] Move “{ $name }” into the braces of what it belongs to.
 }
explain-misplaced = The statement stands in the wrong place. A program, for example, stands in a document, field or item, and a target in an indicator.
unknown-attribute = “{ $relation }” has no attribute “{ $name }”.
unknown-attribute-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] Use an attribute that “{ $relation }” has.
 }
explain-unknown-attribute = The braces hold an attribute that this kind of thing does not have. The line is not used in any check.
duplicate-declaration = “{ $name }” is declared twice.
duplicate-declaration-help = Find out which is right; delete the other one or correct its number or name.
explain-duplicate-declaration = The same number or name in one scope, the figure of one year, or one attribute is written twice. Which of them holds cannot be decided, so this is an error.
first-here = first declared here
file-ends-here = the file ends here
figure-grouping = The digits of “{ $text }” are not grouped by threes.
figure-grouping-help = { $has-meant ->
    [yes] Is “{ $meant }” meant?
   *[no] Group the digits by threes or leave the commas out.
 }
explain-figure-grouping = Commas group digits by threes from the right. A misplaced comma is a sign of a lost digit or a slip of the key.
figure-decimal-point = “{ $text }” has more than one decimal point and cannot be read as a figure.
figure-decimal-point-help = Leave one decimal point.
explain-figure-decimal-point = A figure has at most one decimal point. Often a comma was meant.
figure-too-long = { $has-digits ->
    [yes] “{ $text }” has { $digits } digits, too many for a figure.
   *[no] “{ $text }” has too many digits for a figure.
 }
figure-too-long-help = A figure may have 18 significant digits. Are these two figures run together?
explain-figure-too-long = Figures of up to 18 significant digits are handled. Longer ones are mostly separate figures run together.
figure-too-large = “{ $text }” is too large.
figure-too-large-help = Check the digits and the scale (万, 億, 兆).
explain-figure-too-large = Multiplied by its scale, the figure leaves the range of exact arithmetic.
bad-year = “{ $text }” is not a year.
bad-year-help = Write R4, 令和4年度, 2022年度 or FY2022.
explain-bad-year = A fiscal year may be written R4, 令和4年度, 2022年度 or FY2022.
year-not-in-era = There is no year “{ $text }”.
year-not-in-era-help = { $has-meant ->
    [yes] Is “{ $meant }” meant?
   *[no] Check the era and the year.
 }
explain-year-not-in-era = The era has no such year. Heisei (平成, H) ended in April of its year 31; the first year is 1, and there is no year 0.
year-out-of-range = “{ $text }” is outside the years that can be handled.
year-out-of-range-help = Check the digits and the era of the year.
explain-year-out-of-range = The year is too far in the past or future for a plan. Mostly a digit was mistyped.
bad-date = “{ $text }” is not a date.
bad-date-help = Write a day of the calendar as R3.4.1, 令和3年4月1日 or 2021-04-01.
explain-bad-date = This does not have the form of a date, or the calendar has no such day (30 February).
bad-number = “{ $text }” is not a number of an entry.
bad-number-help = Write No10, 10 or 資料2-4:No10.
explain-bad-number = Something that is not a number stands where a number is due.
bad-choice = “{ $text }” is not one of the choices.
bad-choice-help = { $has-allowed ->
    [yes] Choose one of { $allowed }.
   *[no] Choose one of the fixed values.
 }
explain-bad-choice = Only one of the fixed values may stand here.
unexpected-value = “{ $text }” is one too many.
unexpected-value-help = Leave only the values that this statement takes. Two values need a comma between them.
explain-unexpected-value = There are more values than the statement takes.
row-cells = This row has { $found } cells, the header { $expected } columns.
row-cells-help = Look for a missing or extra “|”. An empty cell is written “| |”.
explain-row-cells = If a row has not as many cells as the header, its figures fall into the wrong columns. The row is not used in any check.
unknown-column = There is no column “{ $name }”.
unknown-column-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] Use a column that this table takes.
 }
explain-unknown-column = The header of the table names a column that the vocabulary does not have. The column is not used in any check.
missing-header = The table has no header row.
missing-header-help = Name the columns in the first row: “| 項番 | 分野名 | …”.
explain-missing-header = A table begins with a row of its column names. Without it nobody can tell which figure is which.
bad-reference = “{ $text }” is not a reference.
bad-reference-help = Write No10, 資料2-4:No10 or 資料2-1:Ⅱ-2:"name".
explain-bad-reference = A reference is a number, document:number, or document:field:"name".
unit-mismatch = { $has-found ->
    [yes] “{ $text }” should be in { $expected }, but is in { $found }.
   *[no] “{ $text }” should be in { $expected }, but has no unit.
 }
unit-mismatch-help = Check the unit; use units of one kind.
explain-unit-mismatch = The figures of one place have units of one kind. People and yen cannot be compared.
unclosed-block = This “{"{"}” is never closed.
unclosed-block-help = Add the “{"}"}” that belongs to it.
explain-unclosed-block = What begins with “{"{"}” ends with “{"}"}”. If that is forgotten, everything after it falls inside.
stray-brace = This “{"}"}” closes nothing.
stray-brace-help = Delete the “{"}"}” or add the missing “{"{"}”.
explain-stray-brace = A “{"}"}” without a beginning.
unclosed-text = This text is never closed.
unclosed-text-help = Add the closing quotation mark.
explain-unclosed-text = A text that begins with a quotation mark ends with one on the same line.
unexpected = { $has-found ->
    [yes] “{ $found }” cannot stand here.
   *[no] Something here cannot stand here.
 }
unexpected-help = { $has-expected_en ->
    [yes] Expected: { $expected_en }
   *[no] Check how the statement is written.
 }
explain-unexpected = The statement does not have the right form and could not be read. All other statements are checked.
too-deep = This is nested too deeply.
too-deep-help = Nest less.
explain-too-deep = There is a limit to nesting. Mostly a “{"}"}” was forgotten.
missing-value = “{ $name }” has no value.
missing-value-help = Write the value; “-” says that there is none, 判読不能 that it cannot be read.
explain-missing-value = A place that needs a value is empty.
unclosed-row = This row does not end with “|”.
unclosed-row-help = Put a “|” at the end of the row.
explain-unclosed-row = A row of a table begins and ends with “|”.
rule-syntax = { $has-found ->
    [yes] The rule is not well written: “{ $found }” cannot stand here.
   *[no] The rule is not well written.
 }
rule-syntax-help = { $has-expected_en ->
    [yes] Expected: { $expected_en }
   *[no] Check how the rule is written.
 }
explain-rule-syntax = The rule does not follow the grammar of rule files and could not be read.
duplicate-clause = “{ $name }” stands twice in one rule.
duplicate-clause-help = Make one of them.
explain-duplicate-clause = A clause that may stand once in a rule stands there twice.
unknown-name = There is no “{ $name }”.
unknown-name-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] Use a name of the vocabulary, or one that this rule defines.
 }
explain-unknown-name = The rule uses a name that neither the vocabulary nor the rule has.
type-mismatch = { $left } and { $right } do not go together.
type-mismatch-help = Put values of one kind on both sides.
explain-type-mismatch = Values of different kinds, such as a figure and a text, are compared or calculated with.
unit-mismatch-in-rule = { $left } and { $right } have units of different kinds and cannot be compared or added.
unit-mismatch-in-rule-help = Use values with units of one kind.
explain-unit-mismatch-in-rule = A rule that compares units of different kinds, such as people and yen, means nothing.
never-true = { $has-text ->
    [yes] The value is never “{ $text }”, so this condition never holds.
   *[no] This condition never holds.
 }
never-true-help = { $has-allowed ->
    [yes] Possible values: { $allowed }
   *[no] Check the condition.
 }
explain-never-true = Because of a condition that never holds, this rule finds nothing.
duplicate-rule = There are two rules “{ $name }”.
duplicate-rule-help = Rename one of them.
explain-duplicate-rule = Each rule name and slug may occur once, the built-in rules included.
unknown-clause = There is no clause “{ $name }”
unknown-clause-help = Did you mean “{ $near }”?
explain-unknown-clause = The first word of a clause of a rule (for, when, check, …) is not one.
missing-clause = “{ $name }” is missing.
missing-clause-help = Add “{ $name }”.
explain-missing-clause = The rule lacks a part that it cannot do without.
unused-definition = “{ $name }” is never used.
unused-definition-help = Use it or delete it.
explain-unused-definition = A name that is defined but never used is a sign of a slip.
bad-function-arguments = “{ $name }” does not take these arguments.
bad-function-arguments-help = { $has-expected ->
    [yes] It takes: { $expected }
   *[no] Check the number and kind of the arguments.
 }
explain-bad-function-arguments = The function takes another number or other kinds of arguments.
rule-test-failed = { $has-name ->
    [yes] The test of rule “{ $name }” failed: expected { $expected }, found { $found }.
   *[no] The test failed: expected { $expected }, found { $found }.
 }
rule-test-failed-help = Find out whether the rule or the test is right.
explain-rule-test-failed = A test of the rule does not give what it says it should.
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
explain-missing-tests = Every rule needs at least one passing and one failing test.
missing-explanation = { $has-name ->
    [yes] Rule “{ $name }” has no explanation.
   *[no] The rule has no explanation.
 }
missing-explanation-help = Say in the explanation what is checked, why it is bad and how to put it right.
explain-missing-explanation = The explanation is the manual of the rule; explain shows it.
not-utf8 = This file is not UTF-8 (byte { $offset }).
not-utf8-help = Save the file as UTF-8.
explain-not-utf8 = Files are read as UTF-8. A file in another encoding, such as Shift_JIS, is not checked.
binary-file = This is not a text file (byte { $offset }).
binary-file-help = Name plan files (.plan) or rule files (.rules).
explain-binary-file = The file holds a byte (NUL) that no text file holds, and was not read.
empty-file = The file is empty.
empty-file-help = If you are not about to write it, delete it.
explain-empty-file = The file has no content; there is nothing to check.
no-plans = There are no plan files (.plan) in “{ $path }”.
no-plans-help = Name a plan file or a folder that holds some.
explain-no-plans = Not one plan file was found.
unreadable-file = The file cannot be read: { $reason }
unreadable-file-help = Check the path and the permission to read it.
explain-unreadable-file = A file or folder that was named could not be opened. The other files are checked.
bad-config = The settings cannot be read: { $reason }
bad-config-help = Settings are lang, min-severity, select, ignore and paths.
explain-bad-config = The settings file totsugo.yaml is not well written.
unknown-rule = There is no rule “{ $name }”.
unknown-rule-help = { $has-near ->
    [yes] Did you mean “{ $near }”?
   *[no] totsugo rules lists the rules.
 }
explain-unknown-rule = No rule has the given name or slug.
cli-about = Holds the figures of plans and progress reports against each other.
cli-about-check = Check plan files
cli-about-test = Run the tests of the rules
cli-about-explain = Explain a rule or a finding
cli-about-rules = List the rules
cli-about-query = Ask the plans with an expression
cli-about-graph = Write the references as data for a picture
cli-usage = Usage
cli-commands = Commands
cli-options = Options
cli-arguments = Arguments
cli-usage-main = totsugo <COMMAND> [OPTIONS]
cli-usage-check = totsugo check [PATH]... [OPTIONS]
cli-usage-test = totsugo test [PATH]... [OPTIONS]
cli-usage-explain = totsugo explain <RULE> [OPTIONS]
cli-usage-rules = totsugo rules [PATH]... [OPTIONS]
cli-usage-query = totsugo query 'EXPRESSION' [PATH]... [OPTIONS]
cli-usage-graph = totsugo graph [PATH]... [OPTIONS]
cli-arg-paths = Files or folders (default: the current folder)
cli-arg-rule = Slug or name of a rule or finding
cli-arg-expression = An expression, or “a, b | x in range, condition”, as in rules
cli-arg-query-format = Format: table (default), csv or json
cli-arg-bom = Begin the CSV with a byte order mark (for spreadsheets)
cli-arg-filter = Test only rules with this text in their code or name
cli-arg-coverage = Also show what parts of the rules no test reaches
cli-arg-min-coverage = Exit with 1 below this percentage (implies --coverage)
cli-arg-watch = Test again whenever a rule file changes (Ctrl-C ends)
cli-arg-lang = Language: ja (default) or en; also by TOTSUGO_LANG
cli-arg-format = Format: pretty (default) or json
cli-arg-graph-format = Format: dot (default), mermaid or json
cli-arg-min-severity = Leave out findings below: error, warning (default), info
cli-arg-select = Use only this rule (may be repeated)
cli-arg-ignore = Do not use this rule (may be repeated)
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
explain-unexpected-table = Which things hold rows (lines that begin with |) is set by the vocabulary.
