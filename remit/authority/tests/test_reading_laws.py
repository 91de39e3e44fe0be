"""Laws of reading: what is written reads back the same; whatever is damaged is refused, never broken on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from remit.authority.errors import SchemeRefused
from remit.authority.rules.findings import Finding
from remit.authority.rules.lines import lines_of
from remit.authority.rules.reading import read_scheme, read_taxonomy
from remit.authority.rules.reading_grants import METHODS
from remit.authority.rules.scheme import Condition, ConditionKind, Grant, Holder, May, Reservation, Scheme
from remit.authority.rules.writing import scheme_text
from remit.authority.tests.shipped import BODIES, DATA, SCHEMES, scheme, taxonomy, vocabulary

MATTERS = taxonomy().matters
ROLES = sorted(vocabulary().roles or ())
GROUPS = sorted(vocabulary().role_groups or ())
KINDS = sorted(vocabulary().unit_kinds or ())
ACUTE_TEXT = (DATA / "schemes/acute-trust-2026.toml").read_text()
SMALL_TEXT = ACUTE_TEXT[: ACUTE_TEXT.index("# 4.")]

words = (
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs"]), min_size=1, max_size=30)
    .map(str.strip)
    .filter(bool)
)
moments = st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
spans = st.one_of(
    st.none(),
    st.integers(1, 999).map(lambda n: timedelta(minutes=n)),
    st.integers(1, 99).map(lambda n: timedelta(hours=n)),
    st.integers(1, 400).map(lambda n: timedelta(days=n)),
)
places = st.one_of(
    st.sampled_from(KINDS).map(lambda kind: ("", kind)),
    st.sampled_from(["*/ward-7", "*/x"]).map(lambda unit: (unit, "")),
)
holders = st.one_of(
    st.sampled_from(sorted(BODIES)).map(lambda body: Holder(body=body)),
    st.builds(lambda role, at: Holder(role=role, at_unit=at[0], at_kind=at[1]), st.sampled_from(ROLES), places),
    st.builds(
        lambda group, at: Holder(role_group=group, at_unit=at[0], at_kind=at[1]), st.sampled_from(GROUPS), places
    ),
)
several = st.lists(holders, max_size=3).map(tuple)


@st.composite
def _dates(draw) -> tuple[datetime | None, datetime | None]:
    starts = draw(st.none() | moments)
    ends = draw(st.none() | moments.filter(lambda end: starts is None or end > starts))
    return starts, ends


@st.composite
def _about(draw) -> dict[str, object]:
    """What a grant and a reservation have in common, about one matter."""
    matter = draw(st.sampled_from(sorted(MATTERS)))
    facts = [Condition(ConditionKind.FACT, fact.code) for fact in MATTERS[matter].facts]
    other = [Condition(ConditionKind.OPEL, "3"), Condition(ConditionKind.INCIDENT, "any")]
    amounts = st.decimals(0, 1_000_000, places=2)
    starts_at, ends_at = draw(_dates())
    answer_within = draw(spans)
    return {
        "matter": matter,
        "clause": draw(words),
        "when": tuple(draw(st.lists(st.sampled_from([*facts, *other]), max_size=2))),
        "amounts": {q.code: draw(amounts) for q in MATTERS[matter].quantities if draw(st.booleans())},
        "consult": draw(several),
        "inform": draw(several),
        "starts_at": starts_at,
        "ends_at": ends_at,
        "answer_within": answer_within,
        "answer_in_working_time": answer_within is not None and draw(st.booleans()),
        "method": draw(st.sampled_from(METHODS)),
    }


@st.composite
def _grants(draw) -> Grant:
    about = draw(_about())
    confirm_by = draw(st.none() | holders)
    confirm_within = draw(spans) if confirm_by else None
    return Grant(
        ref="",
        holder=draw(holders),
        limits=about.pop("amounts"),
        may=draw(st.sampled_from(May)),
        co_signers=draw(several),
        report_to=draw(several),
        ratify_by=draw(st.none() | holders),
        confirm_by=confirm_by,
        confirm_within=confirm_within,
        confirm_in_working_time=confirm_within is not None and draw(st.booleans()),
        delegable=draw(st.booleans()),
        deputies=draw(st.booleans()),
        order=draw(st.none() | st.integers(0, 99)),
        **about,
    )


@st.composite
def _reservations(draw) -> Reservation:
    about = draw(_about())
    return Reservation(ref="", body=draw(st.sampled_from(sorted(BODIES))), above=about.pop("amounts"), **about)


@st.composite
def schemes(draw) -> Scheme:
    grants = draw(st.lists(_grants(), max_size=4))
    kept = draw(st.lists(_reservations(), max_size=3))
    pooled = draw(st.booleans())
    starts_at, ends_at = draw(_dates())
    clauses = [one.clause for one in (*grants, *kept)]
    return Scheme(
        code="made-up",
        party=draw(st.sampled_from(["*", "fenmoor-hospitals", "RX1"])),
        edition="3",
        title=draw(words),
        source=draw(words),
        taxonomy=taxonomy().name,
        residual=Holder() if pooled else draw(holders),
        grants=tuple(replace(one, ref=f"g{n}") for n, one in enumerate(grants)),
        reservations=tuple(replace(one, ref=f"r{n}") for n, one in enumerate(kept)),
        starts_at=starts_at,
        ends_at=ends_at,
        pooled=pooled,
        clauses={clause: draw(words) for clause in clauses} if draw(st.booleans()) else {},
    )


def without_lines(one: Scheme) -> Scheme:
    return replace(
        one,
        grants=tuple(replace(grant, line=0) for grant in one.grants),
        reservations=tuple(replace(kept, line=0) for kept in one.reservations),
    )


def refused_for(reads: Callable[[str], object], text: str) -> tuple[Finding, ...]:
    """Read a text: its findings, none when it is sound. Anything but a refusal is the test's failure."""
    try:
        reads(text)
    except SchemeRefused as refused:
        return refused.findings or (Finding("", 0, "", ""),)
    return ()


def read(text: str) -> Scheme:
    return read_scheme(text, file="made-up.toml", taxonomy=taxonomy(), vocabulary=vocabulary())


@given(schemes())
@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow])
def test_what_is_written_reads_back_the_same(written):
    assert without_lines(read(scheme_text(written))) == written


def test_every_shipped_scheme_reads_back_the_same():
    for name in SCHEMES:
        assert without_lines(read(scheme_text(scheme(name)))) == without_lines(scheme(name))


@given(st.data())
@settings(max_examples=120, deadline=None)
def test_a_damaged_scheme_is_refused_or_read_and_never_breaks(data):
    at = data.draw(st.integers(0, len(SMALL_TEXT)))
    length = data.draw(st.integers(0, 40))
    damage = data.draw(
        st.one_of(
            st.text(max_size=10),
            st.sampled_from(
                [
                    "[",
                    "]",
                    "{",
                    "}",
                    "=",
                    '"',
                    "'''",
                    '"""',
                    "#",
                    "\n",
                    "[[",
                    "nan",
                    "-inf",
                    "1e9999",
                    "0001-01-01",
                    "9999-12-31T23:59:59-12:00",
                    "12:00:00",
                    "true",
                    "[[grant]]",
                    "grant = 1",
                    "a.b.c = {}",
                    "-1",
                    "\\",
                ]
            ),
        )
    )
    findings = refused_for(read, SMALL_TEXT[:at] + damage + SMALL_TEXT[at + length :])

    assert all(one.line >= 1 and one.wrong and one.right for one in findings)


VALUES = [
    *(
        "1",
        "-1",
        "nan",
        "true",
        '"x"',
        '""',
        "[]",
        "[1]",
        "[[]]",
        "{}",
        "1e400",
        "2026-01-01",
        "12:00:00",
        "9999-12-31",
    ),
    *("{ role = 1 }", "[{ at = [] }]", '{ body = "board", at = "ward" }', '{ role = "matron", at = ["ward", 3] }'),
    *("[{ fact = 1 }]", '{ opel = "4" }', "{ exposure_gbp = {} }"),
]


@given(st.data())
@settings(max_examples=150, deadline=None)
def test_any_value_under_any_key_is_refused_or_read_and_never_breaks(data):
    lines = SMALL_TEXT.split("\n")
    places = [n for n, line in enumerate(lines) if " = " in line]
    at = data.draw(st.sampled_from(places))
    lines[at] = f"{lines[at].partition(' = ')[0]} = {data.draw(st.sampled_from(VALUES))}"

    assert all(one.right for one in refused_for(read, "\n".join(lines)))


@given(st.text(max_size=200))
@example('grant = [{ matter = "spend" }]')
@example("[clauses]\n1 = 2\n[scheme]\nresidual = 1")
@example("scheme = 1\ngrant = {}\nclauses = []")
def test_no_text_at_all_breaks_the_reader(text):
    assert refused_for(read, text)
    assert refused_for(lambda wrong: read_taxonomy(wrong, file="x.toml"), text)


@given(
    st.lists(
        st.sampled_from(["a = 1", 'b = """\n[[t]]\n"""', "# [[t]]", "c = [\n  1, # ]\n  '[',\n]", "", "d = {}"]),
        max_size=8,
    )
)
def test_tables_are_found_whatever_stands_between(between):
    keys = list(dict.fromkeys(line for line in between if line))
    text = "\n".join([*keys, "[[t]]", "x = 1", *keys, "[[t]]", "y = 2", ""])
    assume("[[t]]" in text)
    lines = lines_of(text).keys

    assert text.split("\n")[lines["t", 0, "x"] - 1] == "x = 1"
    assert text.split("\n")[lines["t", 1, "y"] - 1] == "y = 2"
