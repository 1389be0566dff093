#!/bin/sh
# backup.sh FOLDER: the database, then the files, then the signed days of the record, with the settings of the environment.
# In this order every file that a row of the dump names is copied: bytes are written before their row and swept days after it.
set -eu
umask 077
cd "$(dirname "$0")/.."
folder=$1
database=$(printf '%s' "${DATABASE_URL:?}" | sed 's/+psycopg:/:/')
stamp=$(date -u +%Y%m%dT%H%M%SZ)
mkdir -p "$folder/files"

pg_dump --format=custom --no-owner --no-privileges --file="$folder/$stamp.dump.part" "$database"
.venv/bin/flask --app wsgi files copy-out "$folder/files"
.venv/bin/flask --app wsgi records roots > "$folder/$stamp.roots.jsonl"
(cd "$folder" && mv "$stamp.dump.part" "$stamp.dump" && sha256sum "$stamp.dump" "$stamp.roots.jsonl" > "$stamp.sha256")
echo "$folder/$stamp.dump"
