"""Run one bench by its name. A bench is a module here with `main(json: bool) -> int`."""

from __future__ import annotations

import argparse
import sys
from importlib import import_module
from pathlib import Path


def names() -> list[str]:
    """The modules here that are benches; read, not imported, because some load much."""
    here = Path(__file__).parent
    return sorted(
        file.stem for file in here.glob("*.py") if "\ndef main(" in file.read_text() and file.stem != "__main__"
    )


def main() -> int:
    parser = argparse.ArgumentParser(prog="./bench", description="Measure Remit beside its peers.")
    parser.add_argument("name", nargs="?", help="what to measure; without it, the names are listed")
    parser.add_argument("--json", action="store_true", help="figures for a machine")
    options = parser.parse_args()
    known = names()
    if options.name is None:
        print(*known, sep="\n")
        return 0
    if options.name not in known:
        print(f"There is no bench “{options.name}”. There are: {', '.join(known)}.", file=sys.stderr)
        return 2
    return int(import_module(f"benchmarks.{options.name}").main(json=options.json))


if __name__ == "__main__":
    sys.exit(main())
