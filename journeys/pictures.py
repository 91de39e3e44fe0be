"""Pictures of pages, small enough to stand beside the documentation: at most 256 colours, squeezed hard.

    REMIT_PICTURES=docs/pictures .venv/bin/pytest journeys/test_stories.py -k finger

Otherwise none are taken: squeezing one takes ten seconds.
"""

from __future__ import annotations

import os
import struct
import zlib
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from playwright.sync_api import Page

FOLDER = os.environ.get("REMIT_PICTURES", "")
MOST_COLOURS = 256
SIGNATURE = b"\x89PNG\r\n\x1a\n"


def take(page: Page, name: str, *, down_to: str = "") -> None:
    """Keep a picture of the whole page, or of what lies above the end of one part of it.

    Args:
        down_to: a CSS selector of that part.
    """
    if not FOLDER:
        return
    width, height = page.evaluate("[document.documentElement.scrollWidth, document.documentElement.scrollHeight]")
    if down_to and (box := page.locator(down_to).first.bounding_box()):
        height = min(height, page.evaluate("scrollY") + box["y"] + box["height"] + 16)
    clip = {"x": 0, "y": 0, "width": width, "height": height}
    picture = page.screenshot(full_page=True, clip=clip, animations="disabled", caret="hide")
    Path(FOLDER).mkdir(parents=True, exist_ok=True)
    Path(FOLDER, f"{name}.png").write_bytes(squeezed(picture))


def squeezed(png: bytes) -> bytes:
    """The same picture with a palette: its commonest colours, each other one by the nearest of them."""
    pixels = _pixels(png)
    packed = (pixels.astype(np.uint32) << np.array([16, 8, 0], dtype=np.uint32)).sum(axis=2)
    colours, place, count = np.unique(packed, return_inverse=True, return_counts=True)
    kept = colours[np.argsort(-count, kind="stable")[:MOST_COLOURS]]
    palette, every = _apart(kept), _apart(colours)
    nearest = np.array([((palette - one) ** 2).sum(axis=1).argmin() for one in every], dtype=np.uint8)
    rows = nearest[place].reshape(packed.shape)
    height, width = rows.shape
    lines = np.concatenate([np.zeros((height, 1), dtype=np.uint8), rows], axis=1)
    return (
        SIGNATURE
        + _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 3, 0, 0, 0))
        + _chunk(b"PLTE", palette.astype(np.uint8).tobytes())
        + _chunk(b"IDAT", zlib.compress(lines.tobytes(), 9))
        + _chunk(b"IEND", b"")
    )


def _apart(colours: NDArray[np.uint32]) -> NDArray[np.int64]:
    return np.stack([(colours >> shift) & 255 for shift in (16, 8, 0)], axis=1).astype(np.int64)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _pixels(png: bytes) -> NDArray[np.uint8]:
    """What a browser's PNG shows: uint8, (height, width, 3). Eight bits a channel, not interlaced."""
    at, data, width, height, channels = len(SIGNATURE), b"", 0, 0, 3
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        body = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            width, height, _, colour = struct.unpack(">IIBB", body[:10])
            channels = 4 if colour == 6 else 3
        data += body if kind == b"IDAT" else b""
        at += size + 12
    raw = np.frombuffer(zlib.decompress(data), dtype=np.uint8).reshape(height, 1 + width * channels)
    shown = np.zeros((height + 1, width, channels), dtype=np.uint8)
    for row in range(height):
        _unfilter(int(raw[row, 0]), raw[row, 1:].reshape(width, channels), shown[row], shown[row + 1])
    return shown[1:, :, :3]


def _unfilter(kind: int, line: NDArray[np.uint8], above: NDArray[np.uint8], into: NDArray[np.uint8]) -> None:
    """Undo the filter of one line. Source: the PNG specification, section 9."""
    match kind:
        case 0:
            into[:] = line
        case 1:
            into[:] = np.cumsum(line, axis=0, dtype=np.uint8)
        case 2:
            into[:] = line + above
        case _:
            left = upper_left = np.zeros(line.shape[1], dtype=np.int64)
            for x, (one, up) in enumerate(zip(line.astype(np.int64), above.astype(np.int64), strict=True)):
                left = (one + ((left + up) // 2 if kind == 3 else _paeth(left, up, upper_left))) % 256
                into[x], upper_left = left, up


def _paeth(left: NDArray[np.int64], up: NDArray[np.int64], upper_left: NDArray[np.int64]) -> NDArray[np.int64]:
    guess = left + up - upper_left
    to_left, to_up, to_both = abs(guess - left), abs(guess - up), abs(guess - upper_left)
    return np.where((to_left <= to_up) & (to_left <= to_both), left, np.where(to_up <= to_both, up, upper_left))
