#!/bin/sh
# The whole suite: on SQLite always, on PostgreSQL where it is found. REQUIRE_ALL=1 makes everything that is not found a failure.
# What no database can change (rules, parsers, templates, journeys about what a browser shows) runs once, the rest on both. Arguments go
# to pytest. Both runs happen whatever the first one says; "no tests were chosen" (5) is a failure only if both say it.
set -u
cd "$(dirname "$0")/.."
all=""
[ "${REQUIRE_ALL:-}" = "1" ] && all="--require-all"
workers=${TEST_WORKERS:-2}

run() { .venv/bin/pytest -n "$workers" --dist loadgroup $all "$@"; }

run "$@"
sqlite=$?
postgres=5
if .venv/bin/python -c 'import sys; from tests.machines import find_postgres; sys.exit(find_postgres() is None)'; then
    run --database postgresql --after-sqlite "$@"
    postgres=$?
fi
[ "$sqlite" = 5 ] && [ "$postgres" = 5 ] && exit 5
[ "$sqlite" = 0 ] || [ "$sqlite" = 5 ] || exit "$sqlite"
[ "$postgres" = 0 ] || [ "$postgres" = 5 ] || exit "$postgres"
