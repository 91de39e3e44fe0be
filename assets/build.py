"""Copy what pages need out of `node_modules` into `remit/shell/static/built`, and mend it for an offline page.

The NHS stylesheet asks a far server for a typeface that Remit does not use, and looks
for its pictures under `/assets`; both are put right here. Pictures of the NHS logo are
left behind. Standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from assets.colours import as_tokens

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "remit" / "shell" / "static" / "built"
BUILT_URL = "/static/built"

NHSUK = Path("nhsuk-frontend/dist/nhsuk")
FONT = Path("@fontsource-variable/atkinson-hyperlegible-next")
SCRIPTS = {
    "htmx.js": Path("htmx.org/dist/htmx.min.js"),
    "sse.js": Path("htmx-ext-sse/dist/sse.min.js"),
    "nhsuk-frontend.js": NHSUK / "nhsuk-frontend.min.js",
}
NHS_LOGO = ("favicon", "nhsuk-icon-mask", "nhsuk-icon-180", "nhsuk-icon-192", "nhsuk-icon-512", "nhsuk-opengraph")

REMOTE_FACE = re.compile(r"@font-face\{[^}]*https://[^}]*\}")
SOURCE_MAP = re.compile(r"(/\*|//)# sourceMappingURL=\S*( \*/|\*/)?")


class SourceMissing(Exception):
    """A package does not hold a file that the build copies."""

    def __init__(self, source: Path) -> None:
        super().__init__(
            f"The front-end packages have no {source}. "
            "Delete node_modules and start again; should it stay, package-lock.json and assets/build.py disagree."
        )


def build(packages: Path = ROOT / "node_modules", into: Path = BUILT) -> None:
    """Make the static files anew: what is served is never half old and half new.

    Raises: SourceMissing.
    """
    fresh = into.with_name(f"{into.name}.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    for name, source in SCRIPTS.items():
        (fresh / name).write_text(SOURCE_MAP.sub("", _read(packages, source)), encoding="utf-8")
    shutil.copy(Path(__file__).with_name("nhsuk.js"), fresh / "nhsuk.js")
    (fresh / "nhsuk.css").write_text(stylesheet(packages), encoding="utf-8")
    _copy_all(packages, FONT / "files", fresh / "fonts")
    _copy_all(packages, NHSUK / "assets" / "images", fresh / "assets" / "images", but_not=NHS_LOGO)
    shutil.rmtree(into, ignore_errors=True)
    fresh.rename(into)


def stylesheet(packages: Path) -> str:
    """The NHS stylesheet in Remit's typeface and colours, with every address on this machine."""
    faces = "\n".join(_read(packages, FONT / name) for name in ("wght.css", "wght-italic.css"))
    faces = faces.replace("url(./files/", f"url({BUILT_URL}/fonts/")
    css = SOURCE_MAP.sub("", REMOTE_FACE.sub("", _read(packages, NHSUK / "nhsuk-frontend.min.css")))
    css = as_tokens(css).replace("Frutiger W01", '"Atkinson Hyperlegible Next Variable"')
    return f"{faces}\n{css.replace('url(/assets/', f'url({BUILT_URL}/assets/')}"


def _read(packages: Path, source: Path) -> str:
    if not (packages / source).is_file():
        raise SourceMissing(source)
    return (packages / source).read_text(encoding="utf-8")


def _copy_all(packages: Path, folder: Path, into: Path, *, but_not: tuple[str, ...] = ()) -> None:
    found = sorted((packages / folder).glob("*.*"))
    if not found:
        raise SourceMissing(folder)
    into.mkdir(parents=True)
    for file in found:
        if not file.name.startswith(but_not or ("\0",)):
            shutil.copy(file, into)


if __name__ == "__main__":
    try:
        build()
    except SourceMissing as missing:
        raise SystemExit(str(missing)) from None
