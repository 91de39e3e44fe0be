"""Put Remit's colours in the place of the NHS stylesheet's own.

The NHS stylesheet writes its colours out. Here each becomes one of the tokens of
`remit/shell/static/shell/tokens.css`, so that its components follow Remit's look and
the dark scheme. A colour that no token stands for stays as it is.
"""

from __future__ import annotations

import re

RULE = re.compile(r"(?P<selector>[^{};]*)\{(?P<body>[^{}]*)\}")
COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})\b")

TOKENS = {
    "#005eb8": "--link",
    "#004b93": "--link-hover",
    "#002f5c": "--link-hover",
    "#7c2855": "--link-hover",
    "#330072": "--link-visited",
    "#003087": "--link",
    "#212b32": "--ink",
    "#f0f4f5": "--paper",
    "#d8dde0": "--line",
    "#aeb7bd": "--line-strong",
    "#4c6272": "--quiet",
    "#768692": "--quiet",
    "#e0e4e6": "--hover",
    "#d5281b": "--stop-ink",
    "#951c13": "--stop-ink",
    "#007f3b": "--do",
    "#00662f": "--do-hover",
    "#00401e": "--do-deep",
    "#ffeb3b": "--focus",
    "#fff9c4": "--wait-ground",
    "#c7dcef": "--info-ground",
    "#d9e7f4": "--info-ground",
}
WARNING_BUTTON = {"#d5281b": "--stop", "#aa2016": "--stop-hover", "#6b140e": "--stop-deep"}
SECONDARY_BUTTON = {"#005eb8": "--do-ink", "#d9e7f4": "--do-ground", "#c7dcef": "--do-ground"}
WHITE_IN = {"color": "--on-solid", "fill": "--on-solid", "background-color": "--card", "background": "--card"}


def as_tokens(css: str) -> str:
    """Give every colour of the stylesheet its token."""
    return RULE.sub(lambda rule: f"{rule['selector']}{{{_body(rule['selector'], rule['body'])}}}", css)


def _body(selector: str, body: str) -> str:
    if "--nhsuk-" in body:  # its list of what the colours are called, which nothing reads
        return body
    return ";".join(_declaration(selector, declaration) for declaration in body.split(";"))


def _declaration(selector: str, declaration: str) -> str:
    name, separator, value = declaration.partition(":")
    if not separator or "url(" in value:
        return declaration

    def token(found: re.Match[str]) -> str:
        colour = found[0].lower()
        match colour:
            case "#fff" | "#ffffff":
                own = WHITE_IN.get(name.strip())
            case "#212b32" if ":focus" in selector:  # ink on the yellow of focus, in both schemes
                own = "--focus-ink"
            case _ if "button--warning" in selector:
                own = WARNING_BUTTON.get(colour, TOKENS.get(colour))
            case _ if "button--secondary" in selector:
                own = SECONDARY_BUTTON.get(colour, TOKENS.get(colour))
            case _:
                own = TOKENS.get(colour)
        return f"var({own})" if own else colour

    return f"{name}:{COLOUR.sub(token, value)}"
