# Sourced by run, test and bench: goes to the project's folder and sets $python to the first Python that will do.

case "${REMIT_DATA-}" in
"" | /*) ;;
*) export REMIT_DATA="$PWD/$REMIT_DATA" ;; # relative to where the caller stands
esac
cd "$(dirname "$0")" || exit 1

for python in "${PYTHON-}" python3 python3.14 python3.13 python3.12 python3.11 python; do
    [ -n "$python" ] || continue
    "$python" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && return 0
done
echo "Remit needs Python 3.11 or newer, and none was found on PATH." >&2
echo "Install one (Debian and Ubuntu: apt install python3 python3-venv) or name it: PYTHON=/path/to/python $0" >&2
exit 1
