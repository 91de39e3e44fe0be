from __future__ import annotations

import re

import pytest

from assets.build import FONT, NHSUK, SCRIPTS, SourceMissing, build

CSS = (
    "@font-face{font-family:Frutiger W01;src:url(https://assets.example/f.woff2)}"
    "body{font-family:Frutiger W01,arial}.a{background:url(/assets/images/nhsuk-icon-cross.svg)}"
    "/*# sourceMappingURL=x.css.map */"
)


@pytest.fixture
def packages(tmp_path):
    """A `node_modules` with a little of each file that is copied."""
    folder = tmp_path / "node_modules"
    written = {
        **dict.fromkeys(SCRIPTS.values(), "export{};//# sourceMappingURL=x.js.map"),
        NHSUK / "nhsuk-frontend.min.css": CSS,
        NHSUK / "assets/images/nhsuk-icon-cross.svg": "<svg/>",
        NHSUK / "assets/images/favicon.ico": "the lozenge",
        FONT / "wght.css": "@font-face{src:url(./files/a.woff2)}",
        FONT / "wght-italic.css": "@font-face{src:url(./files/b.woff2)}",
        FONT / "files/a.woff2": "a",
    }
    for name, text in written.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def test_nothing_that_is_built_asks_another_machine(packages, tmp_path):
    build(packages, tmp_path / "built")

    css = (tmp_path / "built/nhsuk.css").read_text()
    assert not re.search(r"https?://|Frutiger|sourceMapping", css)
    assert "url(/static/built/assets/images/nhsuk-icon-cross.svg)" in css
    assert "url(/static/built/fonts/a.woff2)" in css
    assert (tmp_path / "built/fonts/a.woff2").exists()


def test_the_nhs_logo_is_left_behind(packages, tmp_path):
    build(packages, tmp_path / "built")

    assert [file.name for file in (tmp_path / "built/assets/images").iterdir()] == ["nhsuk-icon-cross.svg"]


def test_the_components_are_started_from_a_module_file(packages, tmp_path):
    build(packages, tmp_path / "built")

    script = (tmp_path / "built/nhsuk.js").read_text()
    assert 'from "./nhsuk-frontend.js"' in script
    assert "initAll()" in script
    assert "sourceMapping" not in (tmp_path / "built/nhsuk-frontend.js").read_text()


@pytest.mark.parametrize("source", [*SCRIPTS.values(), FONT / "wght.css", FONT / "files/a.woff2"], ids=str)
def test_a_missing_source_is_named_and_leaves_what_was_built(packages, tmp_path, source):
    build(packages, tmp_path / "built")
    (packages / source).unlink()

    with pytest.raises(SourceMissing, match=source.parts[0]):
        build(packages, tmp_path / "built")

    assert (tmp_path / "built/nhsuk.css").exists()
