"""What is refused in a file of rules, with its line and what would be right."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest

from remit.authority.errors import SchemeRefused
from remit.authority.rules.findings import Finding
from remit.authority.rules.reading import adopted_by, read_scheme, read_taxonomy
from remit.authority.rules.scheme import Condition, ConditionKind, Holder, May
from remit.authority.rules.taxonomy import Reach
from remit.authority.tests.shipped import BODIES, SCHEMES, scheme, taxonomy, vocabulary

HEAD = """\
[scheme]
code = "small"
party = "fenmoor-hospitals"
edition = "3"
title = "A small scheme"
source = "Made up"
taxonomy = "health-2026"
valid_from = 2026-04-01
residual = { role = "chief-executive", at = "organisation" }

"""
GRANT = """\
[[grant]]
matter = "estate/open-beds"
clause = "4.2"
holder = { role = "matron", at = "directorate" }
"""
TAXONOMY = """\
[taxonomy]
code = "tiny"
edition = "1"
title = "Tiny"
source = "Made up"

[[quantity]]
code = "beds"
words = ["bed", "beds"]

[[quantity]]
code = "exposure_gbp"
words = ["pound", "pounds"]

[[matter]]
path = "estate"
title = "Buildings"
"""


def read(text: str):
    return read_scheme(text, file="small.toml", taxonomy=taxonomy(), vocabulary=vocabulary())


def found_in(text: str) -> tuple[Finding, ...]:
    with pytest.raises(SchemeRefused) as refused:
        read(text)
    return refused.value.findings


@pytest.mark.parametrize("name", SCHEMES)
def test_what_is_shipped_is_sound(name):
    assert scheme(name).grants
    assert scheme(name).clauses


def test_no_grant_lacks_a_matter_of_use():
    """Every matter that is not a heading can be decided by someone in the acute trust's scheme."""
    acute = scheme("acute-trust-2026")
    decided = {grant.matter for grant in acute.grants} | {one.matter for one in acute.reservations}
    headings = {path.rpartition("/")[0] for path in taxonomy().matters}

    assert set(taxonomy().matters) - decided - headings == set()


def test_a_sound_scheme_is_read_whole():
    read_in = read(
        HEAD
        + GRANT
        + """\
limits = { beds = 6 }
when = [{ fact = "risk-assessed" }, { opel = 4 }]
consult = [{ role = "infection-control-lead", at = "organisation" }]
report_to = { body = "board" }
answer_within = "3 working days"
"""
    )

    grant = read_in.grants[0]
    assert grant.ref == "4.2#1"
    assert grant.holder == Holder(role="matron", at_kind="directorate")
    assert grant.may is May.DECIDE
    assert grant.limits == {"beds": Decimal(6)}
    assert grant.when == (Condition(ConditionKind.FACT, "risk-assessed"), Condition(ConditionKind.OPEL, "4"))
    assert grant.report_to == (Holder(body="board"),)
    assert (grant.answer_within, grant.answer_in_working_time) == (timedelta(days=3), True)
    assert grant.line == 11
    assert read_in.residual == Holder(role="chief-executive", at_kind="organisation")


def test_a_date_is_midnight_where_the_organisation_is():
    assert read(HEAD).starts_at == datetime(2026, 3, 31, 23, 0, tzinfo=UTC)
    abroad = read_scheme(HEAD, file="small.toml", taxonomy=taxonomy(), zone=ZoneInfo("Asia/Kolkata"))
    assert abroad.starts_at == datetime(2026, 3, 31, 18, 30, tzinfo=UTC)


def test_one_grant_at_several_kinds_of_unit_is_several_grants():
    several = GRANT.replace('at = "directorate"', 'at = ["ward", "team"]') + 'ref = "beds"\n'

    assert [(g.ref, g.holder.at_kind) for g in read(HEAD + several).grants] == [
        ("beds.ward", "ward"),
        ("beds.team", "team"),
    ]


@pytest.mark.parametrize(
    ("added", "line", "wrong", "right"),
    [
        ("limit = { beds = 6 }\n", 15, "“limit” is not a key of a grant.", "Did you mean “limits”?"),
        ("delegable = 1\n", 15, "“delegable” is a number.", "Write delegable = true"),
        ("limits = { days = 6 }\n", 15, "“estate/open-beds” does not count “days”.", "It counts beds"),
        ("limits = { beds = -1 }\n", 15, "“beds” in “limits” is negative.", "Write 0 or more"),
        ('limits = { beds = "six" }\n', 15, "“beds” in “limits” is words in quotes.", "largest of each quantity"),
        ("limits = { beds = inf }\n", 15, "too large", "no limit"),
        ("limits = { beds = true }\n", 15, "true or false", "largest of each quantity"),
        ('may = "decides"\n', 15, "“decides” is not a choice for “may”.", "Did you mean “decide”?"),
        ('method = "vote"\n', 15, "“vote” is not a choice", "consent"),
        ('answer_within = "soon"\n', 15, "“soon” is not a length of time.", "20 minutes"),
        ('answer_within = "0 days"\n', 15, "not a length of time.", "3 working days"),
        ('valid_from = "2026-04-01"\n', 15, "“valid_from” is words in quotes.", "without quotes"),
        ("valid_from = 2026-13-01\n", 15, "not valid TOML", "Write a date without quotes, like 2026-04-01."),
        ("valid_from = 0001-01-01\n", 15, "The year of “valid_from” is 1.", "between 1900 and 2200"),
        ("valid_from = 2026-05-01\nvalid_to = 2026-04-30\n", 16, "“valid_to” is not after", "later than valid_from"),
        ("when = [{ opel = 5 }]\n", 15, "There is no OPEL 5.", "from 1 to 4"),
        ('when = [{ fact = "risk-assesed" }]\n', 15, "does not ask “risk-assesed”.", "Did you mean “risk-assessed”?"),
        ("when = [{ weather = 1 }]\n", 15, "names one of opel, fact and incident", "opel = 4"),
        ('consult = [{ role = "matrn", at = "ward" }]\n', 15, "“matrn” is not a known role.", "Did you mean “matron”?"),
        ('consult = [{ role = "matron", at = "wards" }]\n', 15, "not a known kind of unit.", "Did you mean “ward”?"),
        ('inform = [{ body = "bord" }]\n', 15, "“bord” is not a known body.", "Did you mean “board”?"),
        (
            'inform = [{ group = "executive-directr", at = "organisation" }]\n',
            15,
            "not a known group of roles.",
            "Did you mean “executive-director”?",
        ),
        ('inform = [{ role = "matron", body = "board" }]\n', 15, "names more than one.", "{ body = "),
        ("inform = [{}]\n", 15, "names nobody.", "{ role = "),
        ('inform = [{ role = "matron" }]\n', 15, "“matron” is held at no unit.", 'at = "ward"'),
        ('inform = ["board"]\n', 15, "not in braces", "{ body = "),
        (
            'inform = [{ role = "matron", at = "fenmoor hospitals/ward-7" }]\n',
            15,
            "is not a unit.",
            "fenmoor-hospitals/",
        ),
        ('confirm_within = "24 hours"\n', 15, "nothing says who", "confirm_by"),
        ("order = -1\n", 15, "“order” is negative.", "small whole number"),
        ('clause = "4.3"\n', 15, "not valid TOML", "each key once"),
        ("limits = £6\n", 15, "not valid TOML", "digits only"),
        ('ref = "a"\n\n' + GRANT + 'ref = "a"\n', 21, "The ref “a” is used above already.", "its own"),
        ("\n[[grants]]\n", 16, "“grants” does not belong in this file.", "Did you mean “grant”?"),
    ],
)
def test_what_is_wrong_in_a_grant(added, line, wrong, right):
    (finding,) = found_in(HEAD + GRANT + added)

    assert (finding.file, finding.line) == ("small.toml", line)
    assert wrong in finding.wrong
    assert right in finding.right


@pytest.mark.parametrize(
    ("old", "new", "line", "wrong", "right"),
    [
        ("estate/open-beds", "estate/open-bed", 12, "“estate/open-bed” is not in health-2026.", "“estate/open-beds”?"),
        ('clause = "4.2"\n', "", 11, "“clause” is missing from a grant.", 'Write clause = "4.2".'),
        ('clause = "4.2"', 'clause = " "', 13, "“clause” is empty.", 'Write clause = "4.2".'),
        ('holder = { role = "matron", at = "directorate" }\n', "", 11, "“holder” is missing", "{ body = "),
        ('{ role = "matron", at = "directorate" }', '"matron"', 14, "“holder” is words in quotes.", "{ role = "),
        ('residual = { role = "chief-executive", at = "organisation" }\n', "", 1, "“residual” is missing", "Say who"),
        ('taxonomy = "health-2026"', 'taxonomy = "health-2025"', 7, "the matters of “health-2025”", "health-2026"),
        ('party = "fenmoor-hospitals"', 'party = "Fenmoor Hospitals"', 3, "not the code of a party", "“*”"),
        ('edition = "3"', "edition = 3", 4, "“edition” is a number.", "Write edition = "),
        ('"chief-executive", at', '"chief-exec", at', 9, "“chief-exec” is not a known role.", "“chief-executive”?"),
        ("[scheme]", "[schema]", 1, "“schema” does not belong", "Did you mean “scheme”?"),
        ("[scheme]", "[scheme]\npooled = true", 10, "A pooled scheme has no residual holder.", "Take it out"),
    ],
)
def test_what_is_wrong_elsewhere(old, new, line, wrong, right):
    findings = found_in((HEAD + GRANT).replace(old, new))

    assert any(one.line == line and wrong in one.wrong and right in one.right for one in findings), findings


def test_every_finding_is_told_at_once_and_in_order():
    findings = found_in(HEAD + GRANT + "limits = { beds = -1, days = 2 }\nmya = 1\n")

    assert [one.line for one in findings] == [15, 15, 16]
    with pytest.raises(SchemeRefused) as refused:
        read(HEAD + GRANT + "mya = 1\n")
    assert refused.value.words() == (
        "Nothing was loaded: 1 thing to put right.\n"
        "small.toml, line 15: “mya” is not a key of a grant. Did you mean “may”?"
    )
    assert refused.value.details()["findings"][0]["line"] == 15


def test_lines_are_found_past_comments_strings_and_tables_over_several_lines():
    text = (
        HEAD
        + '[clauses]\n"4.2" = """\n[[grant]] is only words here\n# and so is this\n"""\n\n# [[grant]]\n'
        + GRANT
        + "[grant.limits]\nbeds = 6\n\n"
        + GRANT
        + 'consult = [\n  # nobody\n  { role = "matron", at = "ward" },\n]\nmya = "decide" # x\n'
    )

    assert [one.line for one in found_in(text)] == [text[: text.index("mya")].count("\n") + 1]


@pytest.mark.parametrize(
    "text", ["x = [" * 5000, "x = " + "9" * 5000, "[scheme\n", "\x00", "a = 1e99999999999999999999"]
)
def test_what_is_not_toml_at_all(text):
    (finding,) = found_in(text)[:1]

    assert finding.line >= 1


def test_a_template_becomes_one_partys_own():
    text = (HEAD + GRANT).replace('"fenmoor-hospitals"', '"*"').replace('"directorate"', '"*/ward-7"')
    template = read(text)
    adopted = adopted_by(template, "fenmoor-hospitals")

    assert template.is_template
    assert not adopted.is_template
    assert adopted.party == "fenmoor-hospitals"
    assert adopted.grants[0].holder.at_unit == "fenmoor-hospitals/ward-7"
    assert adopted.grants[0].limits == template.grants[0].limits


@pytest.mark.parametrize(
    ("added", "line", "wrong", "right"),
    [
        ('words = ["a", 1]\n', 18, "not words", "list of words"),
        ('quantities = ["bed"]\n', 18, "does not explain “bed”.", "Did you mean “beds”?"),
        ("quantities = [1]\n", 18, "not a code", "quantities = "),
        ('facts = ["safe"]\n', 18, "does not explain “safe”.", "Add a [[fact]]"),
        ("reaches_dependents = true\n", 18, "not a key of a matter", "“reaches_dependants”?"),
        ('\n[[matter]]\npath = "estate"\ntitle = "Again"\n', 20, "in this file already", "Keep one"),
        ('\n[[matter]]\npath = "spend/big"\ntitle = "Big"\n', 19, "lies under “spend”", "Add a [[matter]]"),
        ('\n[[matter]]\npath = "Spend!"\ntitle = "Big"\n', 20, "not a path", "slashes"),
        ('\n[[fact]]\ncode = "safe"\nquestion = "It is safe."\n', 21, "asked as a question", "question mark"),
        ('\n[[quantity]]\ncode = "days"\nwords = ["day"]\n', 21, "one and for many", "words = "),
        ('\n[[quantity]]\ncode = "d"\nwords = ["d", "ds"]\nreaches = ["yearly"]\n', 22, "not a reach", "rolling-year"),
    ],
)
def test_what_is_wrong_in_a_taxonomy(added, line, wrong, right):
    with pytest.raises(SchemeRefused) as refused:
        read_taxonomy(TAXONOMY + added, file="tiny.toml")

    (finding,) = refused.value.findings
    assert finding.line == line
    assert wrong in finding.wrong
    assert right in finding.right


def test_money_counts_whole_life_and_a_rolling_year_unless_a_matter_says_otherwise():
    text = TAXONOMY + 'quantities = [{ code = "exposure_gbp", reaches = ["event"] }, "beds"]\n'
    money, beds = read_taxonomy(text, file="tiny.toml").matters["estate"].quantities

    assert money.reaches == {Reach.EVENT}
    assert beds.reaches == {Reach.EVENT}
    assert money.vat == "including VAT"
    assert taxonomy().matters["supplies/order"].quantities[0].reaches == {Reach.WHOLE_LIFE, Reach.ROLLING_YEAR}


def test_the_vocabulary_of_the_schemes_is_the_networks():
    assert "matron" in (vocabulary().roles or set())
    assert "board" in BODIES
