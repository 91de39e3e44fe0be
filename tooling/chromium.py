"""The browser of the journeys: the one on PATH, else Debian's, installed when that is possible."""

from __future__ import annotations

import os
import shutil
import subprocess

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
INSTALL_LIMIT_SECONDS = 300


def chromium() -> str | None:
    """The path of a Chromium, if the machine has one."""
    return next((found for name in NAMES if (found := shutil.which(name))), None)


def no_chromium() -> str:
    """Why the journeys have no browser; empty when they have one. Installs Debian's when it can."""
    if chromium():
        return ""
    apt = shutil.which("apt-get")
    if apt and hasattr(os, "geteuid") and os.geteuid() == 0:
        print("Installing Chromium for the journeys ...", flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        try:
            for step in (["update", "-qq"], ["install", "-qq", "--no-install-recommends", "chromium"]):
                subprocess.run(
                    [apt, *step], env=environment, check=True, capture_output=True, timeout=INSTALL_LIMIT_SECONDS
                )
        except (OSError, subprocess.SubprocessError) as refusal:
            return f"Chromium could not be installed ({refusal}). Install it, or leave the journeys out: --no-browser"
        if chromium():
            return ""
    return "The journeys need Chromium, and there is none on PATH. Install it, or leave them out: ./test --no-browser"
