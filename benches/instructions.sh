#!/usr/bin/env bash
# What a check costs in instructions, which no other load on the machine changes: the release program over the corpus of the
# ten checks, counted by callgrind. Fails when a count has grown by more than a tenth over benches/instructions.txt.
#
#   benches/instructions.sh             compare (needs valgrind; builds what is not built)
#   benches/instructions.sh --record    write the counts down as those to compare with
set -euo pipefail
cd "$(dirname "$0")/.."
command -v valgrind >/dev/null || { echo "valgrind is needed: apt-get install valgrind" >&2; exit 2; }
kept=benches/instructions.txt
cargo build --quiet --release --bin totsugo
# What writes the corpus is not counted, and need not be built twice.
cargo build --quiet --example ten
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

checks=()
for n in 1 2 3 4 5 6 7 8 9 10; do checks+=(--select "c$n"); done
# What the other programs do too; which figure is wrong they do not ask.
plain=(--no-localize)

# count NAME STATUS ARGUMENTS…: one line, the name and the instructions of a run that has to end with this status.
count() {
  local name=$1 wanted=$2 status=0
  shift 2
  valgrind --tool=callgrind --callgrind-out-file=/dev/null target/release/totsugo "$@" \
    >"$work/out" 2>"$work/err" || status=$?
  if [ "$status" -ne "$wanted" ]; then
    echo "$name ended with $status" >&2
    cat "$work/err" >&2
    exit 2
  fi
  echo "$name $(sed -n 's/^==[0-9]*== Collected : //p' "$work/err")"
}

# The same program on the same input: nothing from the caller's surroundings.
unset TOTSUGO_LANG TOTSUGO_TODAY COLUMNS
export LC_ALL=C NO_COLOR=1
mkdir "$work/empty"
echo '文書 P { 年度 R5 }' >"$work/empty/a.plan"
counts=$work/counts
count start 0 check "$work/empty" --format json >"$counts"
count specs 1 check specs --format json >>"$counts"
for rows in 1000 10000; do
  target/debug/examples/ten "$rows" --out "$work/csv-$rows" >/dev/null
  count "csv-$rows" 1 check "$work/csv-$rows" "${checks[@]}" "${plain[@]}" --format json >>"$counts"
  target/debug/examples/ten --verify "$work/csv-$rows" <"$work/out" >/dev/null
done
count csv-10000-named 1 check "$work/csv-10000" "${checks[@]}" --format json >>"$counts"
for form in xlsx plan; do
  target/debug/examples/ten 1000 --out "$work/$form-1000" "--$form" >/dev/null
  count "$form-1000" 1 check "$work/$form-1000" "${checks[@]}" "${plain[@]}" --format json >>"$counts"
done

if [ "${1:-}" = --record ]; then
  cp "$counts" "$kept"
  cat "$kept"
  exit
fi
# Another compiler makes other instructions; a tenth is more than that and less than a mistake.
awk -v kept="$kept" '
  BEGIN { while ((getline line < kept) > 0) { split(line, f, " "); before[f[1]] = f[2] } }
  !($1 in before) { printf "%-10s %13d, not recorded yet\n", $1, $2; missing = 1; next }
  { ratio = $2 / before[$1]; worse = ratio > 1.1
    printf "%-10s %13d, %+.1f %%%s\n", $1, $2, (ratio - 1) * 100, worse ? ": more than a tenth more than recorded" : ""
    failed += worse }
  END { if (failed || missing) { print "benches/instructions.sh --record writes down counts that are meant"; exit 1 } }
' "$counts"
