"""What `./run` does: refuse at once what cannot work, set up, then hand over to the supervisor."""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from remit.site.readiness import NotReady, Place, read_place
from tooling.setup import PYTHON, ROOT, SetUpFailed, set_up


def main() -> int:
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
