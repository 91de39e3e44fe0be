"""The schemes that real trusts begin with have, in the template, everyone whom they name."""

from __future__ import annotations

import tomllib

import pytest

from remit.authority.rules.scheme import Holder
from remit.authority.tests.shipped import scheme
from remit.network.rules.england import Kind, inside_of
from remit.site.england import DATA, the_template

SORTS = [Kind.ACUTE, Kind.OTHER, Kind.AMBULANCE]


@pytest.mark.parametrize("sort", SORTS)
def test_every_holder_of_the_scheme_is_in_the_template(sort):
    template = the_template()
    inside = inside_of(template, code="RAA", name="Ashen NHS Trust", sort=sort)
    kinds = {unit.code: unit.kind for unit in inside.units}
    filled = {(post.role, kinds[post.unit]) for post in inside.posts}
    groups: dict[str, set[str]] = {}
    for role in tomllib.loads((DATA / "roles.toml").read_text(encoding="utf-8"))["role"]:
        for group in role.get("groups", ()):
            groups.setdefault(group, set()).add(role["code"])
    bodies = {body.code for body in inside.bodies}

    def stands(holder: Holder) -> bool:
        if holder.body:
            return holder.body in bodies
        roles = groups.get(holder.role_group, {holder.role})
        return any(role in roles and holder.at_kind in {"", kind} for role, kind in filled)

    # `at = ["ward", "team"]` makes a grant for each kind, under one clause: one of them is enough.
    by_clause: dict[tuple[str, str, str], list[bool]] = {}
    for grant in scheme(template.schemes[sort]).grants:
        who = grant.holder.role or grant.holder.role_group or grant.holder.body
        by_clause.setdefault((grant.clause, grant.matter, who), []).append(stands(grant.holder))
    assert [place for place, found in by_clause.items() if not any(found)] == []
