#!/bin/sh
# Makes a virtual environment with exactly the locked packages: setup.sh <folder> <oldest Python> <lock>
# PYTHON names the interpreter, UV_VERSION the installer's version.
set -eu
folder=$1 oldest=$2 lock=$3
fitting="Python $oldest"
[ "$oldest" = 3.13 ] || fitting="$fitting to 3.13"

said() { echo "$*" >&2; }

command -v "$PYTHON" >/dev/null 2>&1 || {
    said "$PYTHON is missing: install $fitting. Where the system has none, \`uv python install 3.13\` brings python3.13."
    exit 1
}
"$PYTHON" -c "import sys; sys.exit(sys.version_info < tuple(map(int, '$oldest'.split('.'))))" || {
    said "$PYTHON is $("$PYTHON" --version): $fitting is needed."
    exit 1
}
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || {
    said "$PYTHON cannot make virtual environments: install its venv package (on Debian: python3-venv)."
    exit 1
}
[ -x "$folder/bin/python" ] || { said "Making the virtual environment $folder …"; "$PYTHON" -m venv "$folder"; }
[ "$("$folder/bin/uv" --version 2>/dev/null | cut -d' ' -f2)" = "$UV_VERSION" ] || {
    said "Installing uv $UV_VERSION …"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
}
said "Installing the locked packages …"
"$folder/bin/uv" pip sync --quiet --python "$folder/bin/python" --require-hashes --compile-bytecode "$lock"
touch "$folder/ready"
