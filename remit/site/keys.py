"""Secret keys of this system, made once and kept in files that only their owner reads."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def key_in(path: Path) -> str:
    """Read the key at `path`, making it on first use.

    Two processes that start at once agree: the first to create the file wins.
    Raises: OSError where the folder cannot be written; the supervisor says so in words.
    """
    try:
        return path.read_text().strip()
    except FileNotFoundError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secrets.token_urlsafe(48))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass  # another process made it first
    finally:
        draft.unlink()
    return path.read_text().strip()
