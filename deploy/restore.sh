#!/bin/sh
# restore.sh FOLDER STAMP: a backup into the EMPTY database and the storage that the environment names; then everything is checked.
# It never writes over a database: the record in it would be cut off. With CARRY_FROM=postgresql://… (the database that the school
# leaves, if it can still be read) events that the backup lacks are entered again and sealed anew.
set -eu
cd "$(dirname "$0")/.."
folder=$1
stamp=$2
database=$(printf '%s' "${DATABASE_URL:?}" | sed 's/+psycopg:/:/')

(cd "$folder" && sha256sum --check --quiet "$stamp.sha256")
tables=$(psql --no-psqlrc --tuples-only --no-align \
    --command="SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'" "$database")
if [ "$tables" != 0 ]; then
    echo "The database holds $tables tables already. Make a new one: a restore never writes over a record." >&2
    exit 1
fi
pg_restore --exit-on-error --single-transaction --no-owner --no-privileges --dbname="$database" "$folder/$stamp.dump"
.venv/bin/flask --app wsgi db upgrade
.venv/bin/flask --app wsgi files prepare
.venv/bin/flask --app wsgi files copy-in "$folder/files"
.venv/bin/flask --app wsgi files check
if [ -n "${CARRY_FROM:-}" ]; then
    .venv/bin/flask --app wsgi records carry "$CARRY_FROM"
fi
.venv/bin/flask --app wsgi records verify
