"""What `./run` does: refuse at once what cannot work, set up, then hand over to the supervisor."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from remit.site.readiness import NotReady, Place, read_place
from tooling.setup import PYTHON, ROOT, SetUpFailed, set_up

USAGE = """./run serves Remit on this machine until Ctrl-C, and sets it up before if need be.

It takes no options; these variables of the environment say where:
  PORT=8000               the port
  REMIT_DATA=var          the folder of the database and the keys
  REMIT_DEMONSTRATION=1   made-up people to sign in as; 0 for a real system
All of them, and what to do when it does not start: docs/how-to/run.md"""


def main() -> int:
    if asked := sys.argv[1:]:
        print(USAGE)
        return 0 if asked in (["--help"], ["-h"]) else 2
    try:
        place = read_place(os.environ, root=ROOT)
        check(place)
        set_up()
    except (NotReady, SetUpFailed) as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped. What was set up so far is kept.", file=sys.stderr)
        return 130
    return hand_over()


def hand_over() -> NoReturn:
    """Become the supervisor, so that whoever stops ./run stops it."""
    sys.stdout.flush()
    os.execv(PYTHON, [str(PYTHON), "-m", "remit.site.supervise"])


def check(place: Place) -> None:
    """Find out in the first second what would otherwise fail after the set-up.

    Raises: NotReady.
    """
    place.check_data()
    place.listen().close()


if __name__ == "__main__":
    sys.exit(main())
