"""The web process: answers on a socket that the supervisor holds.

The supervisor keeps the socket, so when this process dies nobody is refused: they wait
until the next one takes over.
"""

from __future__ import annotations

import argparse
import socket
import sys

import uvicorn
from django.conf import settings

from remit.site.asgi import application  # sets Django up
from remit.site.prepare import prepare
from remit.site.readiness import NOT_READY, NotReady
from remit.site.sign_in_demonstration import OpenDemonstration, refuse_open_demonstration

STOP_WITHIN_SECONDS = 5


def main() -> int:
    parser = argparse.ArgumentParser(prog="remit.site.server", description="Serve Remit on an open socket.")
    parser.add_argument("--socket", type=int, required=True, help="the number of the open, listening socket")
    options = parser.parse_args()

    try:
        prepare(demonstration=settings.DEMONSTRATION)
    except NotReady as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return NOT_READY
    listener = socket.socket(fileno=options.socket)
    try:
        refuse_open_demonstration(listener.getsockname()[0])
    except OpenDemonstration as refusal:
        print(f"\n{refusal}", file=sys.stderr)
        return NOT_READY
    config = uvicorn.Config(
        application,
        lifespan="off",
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=STOP_WITHIN_SECONDS,
    )
    server = uvicorn.Server(config)
    server.run(sockets=[listener])
    return 0


if __name__ == "__main__":
    sys.exit(main())
