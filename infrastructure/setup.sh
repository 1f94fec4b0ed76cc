#!/bin/sh
# Makes a virtual environment with exactly the locked packages: setup.sh <folder> <oldest Python> <lock>
# PYTHON names the interpreter, UV_VERSION the installer's version.
set -eu
folder=$1 oldest=$2 newest=3.13 lock=$3
fitting="Python $oldest"
[ "$oldest" = "$newest" ] || fitting="$fitting to $newest"

brings="Where the system has none, \`uv python install $newest\` brings python$newest."

said() { echo "$*" >&2; }
fits() {
    "$1" -c "import sys${2:-}
oldest, newest = (tuple(map(int, each.split('.'))) for each in ('$oldest', '$newest'))
sys.exit(not oldest <= sys.version_info[:2] <= newest)" 2>/dev/null
}

# The package is built with Python 3.13, which a Debian before trixie does not have: uv brings one of its own.
if [ "$oldest" = 3.13 ] && ! "$PYTHON" -c 'import ensurepip, venv' 2>/dev/null; then
    uv=$(command -v .venv/bin/uv || command -v uv || true)
    if [ -n "$uv" ]; then
        said "$PYTHON is missing, or has no venv package: uv fetches Python $oldest …"
        export UV_PYTHON_INSTALL_DIR="$PWD/.local/pythons"
        "$uv" python install --no-bin "$oldest" || {
            said "uv could not fetch it: install $fitting with its venv package (on Debian from 13 on: $PYTHON-venv)."
            exit 1
        }
        PYTHON=$("$uv" python find --no-project --system --managed-python "$oldest")
    fi
fi
command -v "$PYTHON" >/dev/null 2>&1 || {
    said "$PYTHON is missing: install $fitting. $brings"
    exit 1
}
fits "$PYTHON" || {
    said "$PYTHON is $("$PYTHON" --version 2>&1): $fitting is needed. $brings"
    exit 1
}
"$PYTHON" -c 'import ensurepip, venv' 2>/dev/null || {
    said "$PYTHON cannot make virtual environments: install its venv package (on Debian: $PYTHON-venv)."
    exit 1
}
# One whose making was interrupted, or whose Python is gone, is another by now or is too old, is made anew.
fits "$folder/bin/python" ", pip" || {
    said "Making the virtual environment $folder …"
    "$PYTHON" -m venv --clear "$folder"
}
[ "$("$folder/bin/uv" --version 2>/dev/null | cut -d' ' -f2)" = "$UV_VERSION" ] || {
    said "Installing uv $UV_VERSION …"
    "$folder/bin/python" -m pip install --quiet --disable-pip-version-check "uv==$UV_VERSION"
}
said "Installing the locked packages …"
"$folder/bin/uv" pip sync --quiet --python "$folder/bin/python" --require-hashes --compile-bytecode "$lock"
touch "$folder/ready"
