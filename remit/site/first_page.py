"""Ask for the first page, without waiting: when it comes, Remit is up and warm."""

from __future__ import annotations

import socket


class FirstPage:
    """One request for the home page, asked again when the web process dies under it."""

    def __init__(self, host: str, port: int) -> None:
        self.host, self.port = host, port
        self._asked: socket.socket | None = None

    def answered(self) -> bool:
        """Whether the first words of an answer have come."""
        try:
            if self._asked is None:
                self._asked = self._ask()
            came = self._asked.recv(16)
        except BlockingIOError:
            return False
        except OSError:
            came = b""
        self._forget()
        return came.startswith(b"HTTP/")

    def _ask(self) -> socket.socket:
        asking = socket.create_connection((self.host, self.port), timeout=1)
        asking.sendall(f"GET / HTTP/1.1\r\nHost: {self.host}:{self.port}\r\nConnection: close\r\n\r\n".encode())
        asking.setblocking(False)
        return asking

    def _forget(self) -> None:
        if self._asked is not None:
            self._asked.close()
            self._asked = None
