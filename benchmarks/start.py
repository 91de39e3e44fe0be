"""How soon Remit answers: a start on a database that stands, and a web process that was killed.

There is no peer: the figures stand beside the limits that people were promised (5 s each).
"""

from __future__ import annotations

import json as to_json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

import psutil

ROUNDS = 5
LIMIT_SECONDS = 5


def main(json: bool) -> int:
    with tempfile.TemporaryDirectory(prefix="remit-start-") as folder:
        _run(Path(folder), "migrate")
        starts, returns = zip(*(_round(Path(folder)) for _ in range(ROUNDS)), strict=True)
    found = {
        "second_start_seconds": round(statistics.median(starts), 2),
        "back_seconds": round(statistics.median(returns), 2),
        "slowest_start_seconds": round(max(starts), 2),
        "slowest_back_seconds": round(max(returns), 2),
        "limit_seconds": LIMIT_SECONDS,
    }
    print(to_json.dumps(found) if json else "\n".join(f"{name}: {value}" for name, value in found.items()))
    return 0


def _round(folder: Path) -> tuple[float, float]:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    began = time.perf_counter()
    command = [sys.executable, "-m", "remit.site.supervise"]
    supervisor = subprocess.Popen(command, env=_environment(folder, port), stdout=subprocess.DEVNULL)
    try:
        _first_page(port)
        started = time.perf_counter() - began
        [web] = psutil.Process(supervisor.pid).children()
        web.kill()
        web.wait()
        killed = time.perf_counter()
        _first_page(port)
        return started, time.perf_counter() - killed
    finally:
        supervisor.send_signal(signal.SIGINT)
        supervisor.wait(60)


def _first_page(port: int) -> None:
    for _ in range(2_000):
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/", timeout=60):
                return
        except urllib.error.HTTPError:
            return  # an answer all the same
        except OSError:
            time.sleep(0.02)
    raise TimeoutError(f"nothing answers on port {port}")


def _run(folder: Path, command: str) -> None:
    subprocess.run(
        [sys.executable, "-m", "remit.site.command", command],
        env=_environment(folder, 8000),
        check=True,
        stdout=subprocess.DEVNULL,
    )


def _environment(folder: Path, port: int) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("REMIT_", "DATABASE_"))}
    return {**kept, "REMIT_DATA": str(folder), "PORT": str(port), "REMIT_DEMONSTRATION": "0"}
