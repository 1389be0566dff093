#!/bin/sh
# The whole suite: on SQLite always, on PostgreSQL where it is found. REQUIRE_ALL=1 makes everything that is not found a failure.
set -eu
cd "$(dirname "$0")/.."
all=""
[ "${REQUIRE_ALL:-}" = "1" ] && all="--require-all"
workers=${TEST_WORKERS:-2}
.venv/bin/pytest -n "$workers" --dist loadgroup $all "$@"
if .venv/bin/python -c 'import sys; from tests.machines import find_postgres; sys.exit(find_postgres() is None)'; then
    .venv/bin/pytest -n "$workers" --dist loadgroup --database postgresql $all "$@"
fi
