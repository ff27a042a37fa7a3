#!/usr/bin/env bash
# Runs every test project and adds up what they report. The last line is "N passed, N failed, N skipped"; the exit
# status is 0 only when nothing failed and every project ran something.
#
#   eng/test.sh                 everything but the soak suite; the end-to-end part also without ReadyToRun code
#   eng/test.sh --soak          the soak suite only: minutes of load on the real program
#   eng/test.sh Wire Settings   only these projects (tests/Addergate.NAME.Tests)
set -uo pipefail
cd "$(dirname "$0")/.."
export DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1

results=artifacts/test-results
mkdir -p "$results"
passed=0 failed=0 skipped=0 broken=0

finish() {
    echo "$passed passed, $((failed + broken)) failed, $skipped skipped"
    [ $((failed + broken)) -eq 0 ]
    exit
}

# run NAME EXECUTABLE [ARG…]: one test executable; its summary is added to the totals.
run() {
    local name=$1 log=$results/$1.log status
    shift
    echo "── $name" >&2
    # Through a file and not a pipe: a process that a failing test left behind would hold a pipe open.
    # A test that hangs is a failure to report, not a run that never ends.
    timeout --foreground --kill-after=30 1500 "$@" --no-progress --no-ansi >"$log" 2>&1
    status=$?
    grep -vE '^(xUnit\.net|$)' "$log" >&2
    local total ok bad skip
    total=$(sed -n 's/^  total: //p' "$log" | tail -1)
    bad=$(sed -n 's/^  failed: //p' "$log" | tail -1)
    ok=$(sed -n 's/^  succeeded: //p' "$log" | tail -1)
    skip=$(sed -n 's/^  skipped: //p' "$log" | tail -1)
    passed=$((passed + ${ok:-0})) failed=$((failed + ${bad:-0})) skipped=$((skipped + ${skip:-0}))
    if [ "${total:-0}" -eq 0 ]; then
        echo "$name ran no test (exit status $status)." >&2
        broken=$((broken + 1))
    elif [ "$status" -ne 0 ] && [ "${bad:-0}" -eq 0 ]; then
        echo "$name ended with status $status although no test failed." >&2
        broken=$((broken + 1))
    fi
}

# run_worker NAME PYTHON: the worker program alone in one Python, against a front end that is a Python script.
run_worker() {
    local log=$results/worker.$1.log status total bad skip
    echo "── worker in $("$2" -V 2>&1) ($2)${3:+, $3}" >&2
    [ -x artifacts/addergate/addergate ] || eng/build.sh
    timeout --foreground --kill-after=30 600 env ${3:-} "$2" -m unittest tests/worker/test_*.py >"$log" 2>&1
    status=$?
    grep -vE '^(\.*|-*|OK)$' "$log" >&2
    total=$(sed -n 's/^Ran \([0-9]*\) tests\? in .*/\1/p' "$log" | tail -1)
    bad=$(sed -n '$s/.*failures=\([0-9]*\).*/\1/p' "$log")
    bad=$((${bad:-0} + $(sed -n '$s/.*errors=\([0-9]*\).*/\1/p' "$log" | grep . || echo 0)))
    skip=$(sed -n '$s/.*skipped=\([0-9]*\).*/\1/p' "$log")
    passed=$((passed + ${total:-0} - bad - ${skip:-0})) failed=$((failed + bad)) skipped=$((skipped + ${skip:-0}))
    if [ "${total:-0}" -eq 0 ] || { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; }; then
        echo "The worker's tests in $2 ended with status $status." >&2
        broken=$((broken + 1))
    fi
}

eng/test-tools.sh

projects=()
soak=false
if [ "${1:-}" = --soak ]; then
    soak=true
    projects=(tests/Addergate.EndToEnd.Tests)
elif [ $# -gt 0 ]; then
    for name in "$@"; do projects+=("tests/Addergate.$name.Tests"); done
else
    projects=(tests/Addergate.*.Tests)
fi

for project in "${projects[@]}"; do
    name=$(basename "$project")
    if ! grep -q "$project/$name.csproj" Addergate.slnx; then
        echo "$project is not in Addergate.slnx." >&2
        broken=$((broken + 1))
        continue
    fi
    if ! dotnet build "$project" -c Release -v quiet >"$results/$name.build.log" 2>&1; then
        grep -E 'error|warning' "$results/$name.build.log" | sort -u | head -30 >&2
        echo "$name does not build." >&2
        broken=$((broken + 1))
        continue
    fi
    executable=$project/bin/Release/net10.0/$name
    if [ "$name" != Addergate.EndToEnd.Tests ]; then
        run "$name" "$executable"
        continue
    fi

    # Against the published layout, which must be of this source.
    [ -x artifacts/addergate/addergate ] || eng/build.sh
    # With what tests print: counts of what clients saw, memory of each role.
    if $soak; then
        run "$name.soak" "$executable" --show-live-output on --filter-trait "Suite=soak"
        continue
    fi
    run "$name" "$executable" --show-live-output on --filter-not-trait "Suite=soak"
    # ReadyToRun code can hide what trimming broke, so once more with everything compiled at run time. The tests that
    # measure or load are not about that and run once.
    ADDERGATE_TEST_READYTORUN=0 run "$name.jit" "$executable" --filter-not-trait "Runs=once"
done

if [ $# -eq 0 ]; then
    # What the guides say, in the real program.
    run docs /usr/bin/python3 tests/docs/run.py
    run docs.links /usr/bin/python3 tests/docs/links.py
    for python in /usr/bin/python3 "$HOME"/.pyenv/versions/*/bin/python3; do
        if [ -x "$python" ] && "$python" -c 'import ctypes, sys; sys.exit(sys.version_info < (3, 9))' 2>/dev/null; then
            run_worker "$("$python" -c 'import platform; print(platform.python_version())')" "$python"
        fi
    done
    run_worker jit /usr/bin/python3 DOTNET_ReadyToRun=0
    if /usr/bin/python3 tests/worker/leaks.py 50000 >&2; then
        passed=$((passed + 1))
    else
        failed=$((failed + 1))
    fi
fi
finish
