"""Every page there is: by axe in light and dark, on a phone and a desk; no link leads nowhere; how long each takes."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest

from journeys.marchland import WARD_7
from journeys.questions import ask_to_spend, fill_in
from journeys.windows import DESK, PHONE

NAVIGATION = ["/", "/who/", "/decisions/", "/network/"]
BESIDES = [
    "/levels/",
    "/promises/",
    "/acting-in/",
    "/sign-in/as/",
    "/sign-in/out/",
    "/network/marchland/",
    "/network/fenmoor-hospitals/",
    "/network/fenmoor-hospitals/scheme/",
    "/network/fenmoor-hospitals/record/",
    WARD_7,
    "/network/fenmoor-hospitals/units/orthopaedics/",
]
SHAPE = re.compile(r"(?<=/)([0-9a-f]{8}-[0-9a-f-]{27}|(?<=units/)[^/]+)|=[^&]*")
TIMES = 20


@pytest.fixture
def decided(opened):
    """Something decided on Ward 7, with a promise to review it: its address."""
    window = opened()
    window.sign_in_as("bronagh")
    ask_to_spend(window, "4900")
    window.follow("Decide now")
    fill_in(
        window,
        title="Send two nurses on the tracheostomy course",
        what="Both trained by the end of January.",
        why="Nobody on nights has had it.",
        measure="Nights without anyone trained",
        now="6 in 7",
        expected="1 in 7",
    )
    window.press("Decide now")
    return window.path


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESK], ids=["phone", "desk"])
def test_every_page_passes_axe(opened, decided, viewport, scheme):
    window = opened(viewport=viewport, color_scheme=scheme)
    window.sign_in_as("hugh", to="/")

    for path in [*NAVIGATION, *BESIDES, decided]:
        window.open(path)


def test_the_navigation_is_on_every_page_and_says_where_one_is(phone, decided):
    phone.sign_in_as("hugh", to="/")
    main = phone.page.get_by_role("navigation", name="Main")
    assert [link.get_attribute("href") for link in main.get_by_role("link").all()] == NAVIGATION

    for path in NAVIGATION:
        phone.open(path)
        assert main.locator("[aria-current=page]").get_attribute("href") == path
    phone.open(decided)
    assert main.locator("[aria-current=true]").inner_text() == "Decisions"


@pytest.mark.parametrize("persona", ["bronagh", "hugh", "priya"])
def test_no_link_leads_nowhere(desk, decided, persona):
    # Links of one shape are tried once; what a page offers must open to whoever sees it
    desk.sign_in_as(persona, to="/")
    tried, waiting = set(), [*NAVIGATION]
    while waiting:
        path = waiting.pop(0)
        answer = desk.page.request.get(desk.home + path)
        assert answer.status == 200, f"{path} answers {answer.status}"
        assert urlsplit(answer.url).path == urlsplit(path).path, f"{path} leads to {answer.url}"
        for link in re.findall(r'href="(/[^"#]*)', answer.text()):
            link = link.replace("&amp;", "&")
            shape = SHAPE.sub("*", link)
            if shape not in tried and not link.startswith("/static/"):
                tried.add(shape)
                waiting.append(link)
    assert len(tried) > len(NAVIGATION)


def test_how_long_each_page_takes(phone, decided, timings):
    # Measured and printed, not asserted: the machine has other work
    phone.sign_in_as("hugh", to="/")
    pages = [*NAVIGATION, *BESIDES, decided, "/decisions/?q=course", "/who/?q=extra+beds"]
    pages.append("/who/?matter=estate/open-beds&ask=1&beds=4&fact=risk-assessed")
    for path in pages:
        phone.page.request.get(phone.home + path)
    with timings.measured():
        for path in pages * TIMES:
            assert phone.page.request.get(phone.home + path).ok, path
