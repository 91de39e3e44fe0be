"""Every address of the site against every kind of actor. An address that is not in the table fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from remit.kernel import clock
from remit.site.api import api
from remit.site.tests.populated import FAR_PHONE, PHONE, PROMISED, RESTRICTED, TITLE, Populated, populate
from remit.testing.small_system import MORNING

# Each kind of actor, by the user name of one.
ACTORS = {
    "nobody": "",
    "technical": "technical",  # keeps the machine, sees no content
    "postless": "postless",  # a person without a post
    "stranger": "hester",  # of an organisation that shares no system with the others
    "neighbour": "faith",  # of another organisation in the system
    "colleague": "okon",  # of the same organisation, another unit
    "proposer": "bronagh",  # of the very unit; made up
    "secretary": "noor",  # governance secretary of the organisation
}
SIGN_IN, SEEN, SENT_ON, NOTHING, NOT_YOURS, NOT_SO = 302, 200, 302, 404, 403, 422
JSON_SIGN_IN = 401

Expect = Mapping[str, int]


def expect(everyone: int = SEEN, *, nobody: int = SIGN_IN, without: int | None = None, **some: int) -> Expect:
    """What each kind of actor meets. `without`: those with no post anywhere."""
    found = dict.fromkeys(ACTORS, everyone) | {"nobody": nobody}
    if without is not None:
        found |= {"technical": without, "postless": without}
    return found | some


STAFF = expect(without=NOTHING)
OWN = expect(without=NOTHING, stranger=NOTHING, neighbour=NOTHING)
ALL = expect(nobody=SEEN)


@dataclass(frozen=True)
class Row:
    """One address with what each actor meets. The route is as the resolver writes it."""

    route: str
    get: Expect | None = None
    post: Expect | None = None
    address: Callable[[Populated], str] | None = None
    data: Callable[[Populated], dict[str, Any]] = field(default=lambda _: {"sent": "1"})

    def at(self, there: Populated) -> str:
        return f"/{self.route}" if self.address is None else self.address(there)


def of_api(given: Expect) -> dict[str, int]:
    return dict(given) | {"nobody": JSON_SIGN_IN}


QUESTION = {"matter": "estate/open-beds", "unit": "fenmoor/ward-7", "quantities": {"beds": 4}}
CLOSED_DOOR = expect(NOTHING, nobody=NOTHING)
TABLE = [
    Row("", get=expect()),
    Row("sign-in/", get=expect(SENT_ON, nobody=SEEN), post=expect(SENT_ON, nobody=SEEN)),
    Row("sign-in/out/", get=expect()),
    Row("sign-in/ended/", get=ALL),
    Row("sign-in/password/", get=expect(SENT_ON), post=expect(SENT_ON)),  # these accounts have no password
    Row("sign-in/sure/", get=expect(NOT_YOURS), post=expect(NOT_YOURS)),
    Row("sign-in/as/", get=CLOSED_DOOR, post=CLOSED_DOOR),  # the made-up people are for demonstrations alone
    Row("sign-in/up/", get=CLOSED_DOOR, post=CLOSED_DOOR),
    Row("sign-in/password/first/", get=CLOSED_DOOR, post=CLOSED_DOOR),
    Row("sign-in/password/forgotten/", get=CLOSED_DOOR, post=CLOSED_DOOR),
    Row("sign-in/e-mail/", get=CLOSED_DOOR, post=CLOSED_DOOR),
    Row("acting-in/", get=expect(), post=expect(NOT_SO)),
    Row("status/", get=expect(NOTHING, technical=SEEN)),
    Row("who/", get=STAFF),
    Row(
        "levels/",
        get=STAFF,
        post=expect(NOT_YOURS),
        data=lambda there: {"party": str(there.small.party("icb")), "level": "4"},
    ),
    Row("network/", get=STAFF),
    Row("network/<str:code>/", get=STAFF, address=lambda _: "/network/fenmoor/"),
    Row("network/<str:code>/", get=STAFF, address=lambda _: "/network/elsewhere/"),
    Row("network/<str:code>/scheme/", get=STAFF, address=lambda _: "/network/fenmoor/scheme/"),
    Row(
        "network/<str:code>/record/",
        get=expect(NOT_YOURS, without=NOTHING, secretary=SEEN),
        address=lambda _: "/network/fenmoor/record/",
    ),
    Row(
        "network/<str:code>/record/",
        get=expect(NOT_YOURS, without=NOTHING),
        address=lambda _: "/network/elsewhere/record/",
    ),
    Row(
        "network/<str:party_code>/units/<str:code>/",
        get=STAFF,
        address=lambda _: "/network/fenmoor/units/ward-7/",
    ),
    Row(
        "network/<str:party_code>/units/<str:code>/",
        get=STAFF,
        address=lambda _: "/network/elsewhere/units/ward-1/",
    ),
    Row(
        "network/people/<uuid:person_id>/",
        get=STAFF,
        address=lambda there: f"/network/people/{there.person('bronagh')}/",
    ),
    Row(
        "network/people/<uuid:person_id>/",
        get=STAFF,
        address=lambda there: f"/network/people/{there.person('hester')}/",
    ),
    Row("promises/", get=expect(), post=expect(NOT_SO)),
    Row(
        "promises/<uuid:promise_id>/",
        get=OWN,
        address=lambda there: f"/promises/{there.promise}/",
    ),
    Row(
        "promises/<uuid:promise_id>/<str:name>/",
        post=dict(OWN) | {"colleague": NOT_SO, "proposer": NOT_SO, "secretary": NOT_SO},
        address=lambda there: f"/promises/{there.promise}/pass_on/",
    ),
    Row("decisions/", get=expect()),
    Row(
        "decisions/new/",
        get=expect(without=NOTHING, stranger=SEEN),
        post=expect(NOT_SO, without=NOTHING),
        address=lambda there: f"/decisions/new/?matter=estate/open-beds&ask=1&beds=4&unit={there.small.unit('ward-7')}",
    ),
    Row("decisions/<uuid:decision_id>/", get=OWN, address=lambda there: f"/decisions/{there.decision}/"),
    Row(
        "decisions/<uuid:decision_id>/",
        get=expect(NOTHING, proposer=SEEN),
        address=lambda there: f"/decisions/{there.restricted}/",
    ),
    Row(
        "decisions/<uuid:decision_id>/amend/",
        get=OWN,
        post=dict(OWN) | {"colleague": NOT_SO, "proposer": NOT_SO, "secretary": NOT_SO},
        address=lambda there: f"/decisions/{there.decision}/amend/",
    ),
    Row(
        "decisions/<uuid:decision_id>/<str:name>/",
        post=dict(OWN) | {"colleague": NOT_SO, "proposer": NOT_SO, "secretary": NOT_SO},
        address=lambda there: f"/decisions/{there.decision}/withdraw/",
    ),
    Row("api/", get=CLOSED_DOOR),
    Row("api/openapi.json", get=ALL),
    Row("api/authority/route", post=of_api(STAFF), data=lambda _: QUESTION),
    Row("api/decisions", get=of_api(expect()), post=of_api(expect(NOT_SO))),
    Row(
        "api/decisions/<uuidstr:decision_id>",
        get=of_api(OWN),
        address=lambda there: f"/api/decisions/{there.decision}",
    ),
    Row(
        "api/decisions/<uuidstr:decision_id>",
        get=of_api(expect(NOTHING, proposer=SEEN)),
        address=lambda there: f"/api/decisions/{there.restricted}",
    ),
    Row(
        "api/decisions/<uuidstr:decision_id>/take",
        post=of_api(expect(NOTHING, colleague=NOT_YOURS, secretary=NOT_YOURS)) | {"proposer": SEEN},
        address=lambda there: f"/api/decisions/{there.decision}/take",
        data=lambda _: {"agreed": True},
    ),
    Row(
        "api/decisions/<uuidstr:decision_id>/take",
        post=of_api(expect(NOTHING, proposer=SEEN)),
        address=lambda there: f"/api/decisions/{there.restricted}/take",
        data=lambda _: {"agreed": True},
    ),
]


def routes(resolver: URLResolver, prefix: str = "") -> Iterator[str]:
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from routes(entry, route)
        elif isinstance(entry, URLPattern):
            yield route


@pytest.fixture
def there(small):
    with clock.stopped_at(MORNING):
        yield populate(small)


def test_every_address_of_the_site_is_in_the_table():
    assert {row.route for row in TABLE} == set(routes(get_resolver()))


def test_every_endpoint_of_the_api_is_in_the_table_with_its_method():
    described = {
        (path.removeprefix("/").replace("{decision_id}", "<uuidstr:decision_id>"), method)
        for path, methods in api.get_openapi_schema()["paths"].items()
        for method in methods
    }
    listed = {(row.route, m) for row in TABLE for m in ("get", "post") if getattr(row, m) is not None}

    assert described <= listed


def post(client: Client, row: Row, there: Populated) -> int:
    kind: dict[str, Any] = {"content_type": "application/json"} if row.route.startswith("api/") else {}
    return client.post(row.at(there), row.data(there), **kind).status_code


@pytest.mark.parametrize("actor", ACTORS)
def test_who_meets_what(there, actor):
    client, wrong = there.client(ACTORS[actor]), []
    for row in TABLE:
        for method in ("get", "post"):
            wanted = getattr(row, method)
            if wanted is None:
                continue
            status = client.get(row.at(there)).status_code if method == "get" else post(client, row, there)
            if status != wanted[actor]:
                wrong.append(f"{method} {row.at(there)}: {status}, not {wanted[actor]}")
    assert not wrong, "\n".join(wrong)


READ_BY_ANY_METHOD = {"sign-in/out/", "sign-in/ended/", "api/", "api/openapi.json"}  # of the libraries; none writes


def test_what_only_reads_takes_nothing(there):
    client = there.client(ACTORS["proposer"])
    taking = {row.route for row in TABLE if row.post is not None} | READ_BY_ANY_METHOD
    for row in TABLE:
        if row.route not in taking:
            assert client.post(row.at(there)).status_code == 405, row.route


CONTENT = (TITLE, RESTRICTED, PROMISED, "Bronagh", "Efua", "Ward 8", PHONE, FAR_PHONE)
HIDDEN = {  # what must never stand on a page that someone is given
    "nobody": CONTENT,
    "technical": CONTENT,
    "postless": CONTENT,
    "stranger": (TITLE, RESTRICTED, PROMISED, PHONE),
    "neighbour": (TITLE, RESTRICTED, PROMISED, FAR_PHONE),
    "colleague": (RESTRICTED, FAR_PHONE),
    "proposer": (FAR_PHONE,),
    "secretary": (RESTRICTED, FAR_PHONE),
}


@pytest.mark.parametrize("actor", ACTORS)
def test_what_nobody_reads_between_the_lines(there, actor):
    client, wrong = there.client(ACTORS[actor]), []
    asked = f"/who/?matter=estate/open-beds&ask=1&beds=4&unit={there.small.unit('ward-7')}"
    far = f"/who/?matter=estate/open-beds&ask=1&beds=4&unit={there.small.unit('ward-1')}"
    searched = ("/decisions/?q=Order", f"/decisions/?unit={there.small.unit('ward-7')}", "/api/decisions?q=Suspend")
    for address in (asked, far, *searched, *(row.at(there) for row in TABLE if row.get is not None)):
        page = client.get(address).content.decode()
        wrong += [f"{address}: {words}" for words in HIDDEN[actor] if words in page]
    assert not wrong, "\n".join(wrong)
