"""The NHS stylesheet in Remit's colours."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from assets.colours import SECONDARY_BUTTON, TOKENS, WARNING_BUTTON, WHITE_IN, as_tokens

TOKENS_CSS = Path(__file__).resolve().parents[2] / "remit" / "shell" / "static" / "shell" / "tokens.css"


@pytest.mark.parametrize(
    ("css", "ours"),
    [
        (".a{color:#005eb8}", ".a{color:var(--link)}"),
        (".a{color:#fff;background-color:#fff}", ".a{color:var(--on-solid);background-color:var(--card)}"),
        (".a{color:#212b32}.a:focus{color:#212b32}", ".a{color:var(--ink)}.a:focus{color:var(--focus-ink)}"),
        ("@media print{.a{color:#D5281B}}", "@media print{.a{color:var(--stop-ink)}}"),
        (".a--warning{color:#6b140e}", ".a--warning{color:#6b140e}"),
        (".nhsuk-button--warning{color:#6b140e}", ".nhsuk-button--warning{color:var(--stop-deep)}"),
        (".nhsuk-button--secondary{color:#005eb8}", ".nhsuk-button--secondary{color:var(--do-ink)}"),
        (".a{color:#123456}", ".a{color:#123456}"),
        (".a{background:url(data:x#fff)}", ".a{background:url(data:x#fff)}"),
        (":root{--nhsuk-blue-colour:#005eb8}", ":root{--nhsuk-blue-colour:#005eb8}"),
    ],
)
def test_a_colour_becomes_the_token_of_its_place(css, ours):
    assert as_tokens(css) == ours


def test_every_token_is_one_that_remit_has():
    known = set(re.findall(r"^\s*(--[a-z0-9-]+):", TOKENS_CSS.read_text(encoding="utf-8"), re.MULTILINE))

    for colours in (TOKENS, SECONDARY_BUTTON, WARNING_BUTTON, WHITE_IN):
        assert set(colours.values()) <= known
