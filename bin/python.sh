# Sets $python to a Python of 3.11 or newer, or ends with what to install. Read by ./run and ./test.
for python in "${PYTHON:-}" .venv/bin/python python3 python3.14 python3.13 python3.12 python3.11; do
    [ -n "$python" ] && "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && break
    python=
done
if [ -z "$python" ]; then
    echo "Alongside needs Python 3.11 or newer. Install it: apt install python3 python3-venv" >&2
    exit 1
fi
