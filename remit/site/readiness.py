"""Whether Remit can start here: the port, the folder of its data, who may reach it.

Standard library only: `./run` asks before anything is installed.
"""

from __future__ import annotations

import errno
import ipaddress
import os
import socket
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

NOT_READY = 78  # what the web process ends with when starting it again would not help. Source: sysexits(3), EX_CONFIG
OFF = {"", "0", "false", "no", "off"}


class NotReady(Exception):
    """Remit cannot start; the words say what happened and what to do."""


@dataclass(frozen=True)
class Place:
    """Where one Remit runs: its address, its data, and whether its people are made up."""

    host: str
    port: int
    data: Path
    demonstration: bool

    @property
    def address(self) -> str:
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{host}:{self.port}"

    def listen(self) -> socket.socket:
        """Take the port. Connections wait here while the web process is started again.

        Raises: NotReady.
        """
        family = socket.AF_INET6 if ":" in self.host else socket.AF_INET
        listener = socket.socket(family, socket.SOCK_STREAM)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((self.host, self.port))
            listener.listen(1024)
        except OSError as refusal:
            listener.close()
            raise NotReady(self._why_not(refusal)) from refusal
        return listener

    def check_data(self) -> None:
        """Make the folder of the data, and see that it and a database in it can be written to.

        Raises: NotReady.
        """
        try:
            self.data.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.data):
                pass
            for file in self.data.glob("remit.sqlite3*"):
                with file.open("r+b"):
                    pass
        except OSError as refusal:
            raise NotReady(
                f"Remit cannot write to {self.data}: {(refusal.strerror or str(refusal)).lower()}. "
                "It keeps its database and its keys there. Make that folder writable, "
                "or name another: REMIT_DATA=/path/to/folder ./run"
            ) from refusal

    def _why_not(self, refusal: OSError) -> str:
        another = f"PORT={self.port + 1 if self.port < 65535 else 8000} ./run"
        match refusal.errno:
            case errno.EADDRINUSE:
                return (
                    f"Port {self.port} is in use: another program, or another Remit, answers there. "
                    f"Stop it, or choose another port: {another}"
                )
            case errno.EACCES:
                return f"Port {self.port} needs more rights than you have here. Choose one above 1023: PORT=8000 ./run"
            case _:
                return (
                    f"Remit cannot listen on {self.host}, port {self.port}: {refusal.strerror}. Try another: {another}"
                )


def read_place(environment: Mapping[str, str], *, root: Path) -> Place:
    """Read PORT, REMIT_HOST, REMIT_DATA and REMIT_DEMONSTRATION, which `./run` turns on unless told otherwise.

    Raises: NotReady.
    """
    port = environment.get("PORT") or "8000"
    if not port.isascii() or not port.isdigit() or not 0 < int(port) < 65536:
        raise NotReady(f"PORT is “{port}”, and a port is a number from 1 to 65535. Try PORT=8000 ./run")
    place = Place(
        host=environment.get("REMIT_HOST") or "127.0.0.1",
        port=int(port),
        data=Path(os.path.abspath(environment.get("REMIT_DATA") or root / "var")),  # noqa: PTH100 (links stay as named)
        demonstration=environment.get("REMIT_DEMONSTRATION", "1").strip().lower() not in OFF,
    )
    if place.demonstration and not _is_loopback(place.host):
        raise NotReady(
            f"In demonstration mode anyone may sign in as anyone, so Remit serves it on this machine only, not on "
            f"{place.host}. Leave REMIT_HOST out, or turn the mode off: REMIT_DEMONSTRATION=0 ./run"
        )
    return place


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
