"""Render a macro or a page by itself, and look at it as a reader does."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import Any

from django.template import engines

VOID = {"meta", "link", "img", "input", "br", "hr", "circle"}


def shown(source: str, **context: Any) -> str:
    """What a template written here and now renders to."""
    env = engines["jinja2"].env  # type: ignore[attr-defined]
    return str(env.from_string(source).render(**context))


def component(call: str, **context: Any) -> str:
    """What one call of a macro of shell/components.jinja renders to."""
    return shown('{% import "shell/components.jinja" as c %}' + call, **context)


def words(html: str) -> str:
    """The words of a page as they are read aloud: no tags, single spaces, nothing hidden from readers."""
    spoken = re.sub(r"<(\w+)[^>]*aria-hidden=\"true\".*?</\1>", "", html, flags=re.DOTALL)
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", spoken)).replace(" ,", ",").replace(" .", ".").strip()


class _Balance(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.wrong: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Opened and closed in one."""

    def handle_endtag(self, tag: str) -> None:
        if self.open and self.open[-1] == tag:
            self.open.pop()
        else:
            self.wrong.append(tag)


def is_whole(html: str) -> bool:
    """Whether every element that opens is closed, in order."""
    balance = _Balance()
    balance.feed(html)
    return not balance.open and not balance.wrong
