"""How long the server works on each page, by address, while it is measured."""

from __future__ import annotations

import re
import threading
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_finished, request_started

NOT_PAGES = ("/static/", "/favicon")
IDENTITY = re.compile(r"[0-9a-f]{8}-[0-9a-f-]{27}")


class Timings:
    """Milliseconds from the first byte of a request to the last of its answer, in the server's own thread."""

    def __init__(self) -> None:
        self.taken: dict[str, list[float]] = defaultdict(list)
        self._begun = threading.local()
        self._measuring = False
        request_started.connect(self._starts)
        request_finished.connect(self._ends)

    @contextmanager
    def measured(self) -> Iterator[None]:
        """Measure what is asked meanwhile."""
        self._measuring = True
        yield
        self._measuring = False

    def _starts(self, environ: dict[str, Any], **kwargs: Any) -> None:
        query = "?..." if environ.get("QUERY_STRING") else ""
        path = IDENTITY.sub("<id>", environ["PATH_INFO"])
        self._begun.page = f"{environ['REQUEST_METHOD']} {path}{query}"
        self._begun.at = time.perf_counter()

    def _ends(self, **kwargs: Any) -> None:
        page = getattr(self._begun, "page", "")
        if self._measuring and page and not page.split(" ")[1].startswith(NOT_PAGES):
            self.taken[page].append(1000 * (time.perf_counter() - self._begun.at))
        self._begun.page = ""

    def lines(self) -> list[str]:
        """A table: how often each page was opened, the middle time and the 95th of a hundred."""
        rows = [f"{'times':>5} {'p50 ms':>7} {'p95 ms':>7}  page"]
        for page, taken in sorted(self.taken.items()):
            ordered = sorted(taken)
            middle, late = ordered[len(ordered) // 2], ordered[min(len(ordered) - 1, int(0.95 * len(ordered)))]
            rows.append(f"{len(ordered):5} {middle:7.1f} {late:7.1f}  {page}")
        return rows
