"""The people whom a visitor may be."""

from __future__ import annotations

from remit.network.rules.arriving import PersonRow
from remit.site.demonstration.files import toml
from remit.site.demonstration.rows import PersonaRow


def personas() -> tuple[PersonaRow, ...]:
    """Everyone in the file, in its order. One without posts has no person behind it."""
    return tuple(
        PersonaRow(
            code=line["code"],
            name=line["name"],
            person=line["code"] if line["posts"] else "",
            post=next(iter(line["posts"]), ""),
            about=line["try"],
            technical=line.get("technical", False),
        )
        for line in toml("personas")["persona"]
    )


def their_people() -> tuple[PersonRow, ...]:
    """The personas as people, with telephone numbers of their own that never ring."""
    return tuple(PersonRow(p.person, p.name, f"01632 9609{n:02}") for n, p in enumerate(personas()) if p.person)


def claims() -> dict[str, str]:
    """Which person fills a post, by the post's ref."""
    return {post: line["code"] for line in toml("personas")["persona"] for post in line["posts"]}


def set_turns() -> dict[str, str]:
    """The turn that a persona always works, by person: every night, every morning."""
    return {line["code"]: line["works"] for line in toml("personas")["persona"] if "works" in line}
