"""The page *Who can decide?* as one page-ready value: the search, the question, the answer."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import QueryDict
from django.urls import reverse

from remit.authority.forms import QuestionForm
from remit.authority.queries import asking
from remit.authority.queries.answers import Answer, answer
from remit.authority.queries.places import others_for, places_for
from remit.authority.rules.finding_matters import find_matters
from remit.authority.rules.taxonomy import Matter, Taxonomy
from remit.kernel.actor import Actor
from remit.kernel.errors import NotFound, RemitError
from remit.shell.presenters import Link

MOST_FOUND = 8


@dataclass(frozen=True, slots=True)
class Choice:
    """A matter to choose, with everyday words for it."""

    title: str
    words: str
    url: str


@dataclass(frozen=True, slots=True)
class AskingPage:
    """What the page shows. `form` stands once a matter is chosen, `answer` once it is asked."""

    text: str
    unit: str
    found: tuple[Choice, ...]
    matter: Matter | None = None
    under: str = ""
    form: QuestionForm | None = None
    answer: Answer | None = None
    refusal: str = ""
    again: str = ""  # the address of the search
    asked: str = ""  # the question as an address, for whoever it is sent to
    decide: Link | None = None


def question_form(data: QueryDict, *, seen_by: Actor, at: datetime) -> tuple[QuestionForm, Matter] | None:
    """The form of the matter in an address, filled from it; None where no matter is chosen.

    Raises: NotFound, for someone who may ask from nowhere.
    """
    unit = _unit(data.get("unit", ""))
    places = places_for(seen_by, at=at, unit_id=unit)
    if not places:
        raise NotFound("question")
    taxonomy = asking.taxonomy_in_force(places[0].unit_id, at=at)
    matter = taxonomy.matters.get(data.get("matter", ""))
    if matter is None:
        return None
    filled = data.copy()
    filled["unit"] = filled.get("unit") or str(places[0].unit_id)
    form = QuestionForm(
        filled,
        matter=matter,
        quantities=asking.quantities_of(matter, taxonomy),
        places=places,
        others=others_for(seen_by, at=at),
        facts=[(fact.code, fact.question) for fact in asking.facts_of(matter, taxonomy)],
        purposes=matter.purposes,
    )
    return form, matter


def asking_page(data: QueryDict, *, seen_by: Actor, at: datetime) -> AskingPage:
    """Everything the page shows for an address. Raises: NotFound."""
    unit = _unit(data.get("unit", ""))
    places = places_for(seen_by, at=at, unit_id=unit)
    if not places:
        raise NotFound("question")
    taxonomy = asking.taxonomy_in_force(places[0].unit_id, at=at)
    here, text = data.get("unit", ""), data.get("q", "").strip()
    found = question_form(data, seen_by=seen_by, at=at)
    if found is None:
        return AskingPage(text, here, tuple(_choices(text, taxonomy, unit=here)))
    form, matter = found
    page: dict[str, Any] = {
        "matter": matter,
        "under": _under(matter, taxonomy),
        "form": form,
        "again": f"{reverse('authority:who')}?{urlencode({'unit': here})}",
    }
    if "ask" not in data or not form.is_valid():
        return AskingPage(text, here, (), **page)
    question = form.question(asker=seen_by.person, at=at)
    try:
        given = answer(question, at=at, seen_by=seen_by)
    except RemitError as refusal:
        return AskingPage(text, here, (), refusal=refusal.words(), **page)
    address = urlencode([(name, value) for name, values in data.lists() for value in values if value and name != "q"])
    whole = f"{reverse('authority:who')}?{address}"
    return AskingPage(text, here, (), answer=given, asked=whole, decide=_decide(given, address), **page)


def _decide(given: Answer, address: str) -> Link:
    words = "Decide now" if given.may_take else "Take it on" if given.you_can else "Send it on"
    return Link(words, f"/decisions/new/?{address}")


def _choices(text: str, taxonomy: Taxonomy, *, unit: str) -> list[Choice]:
    return [
        Choice(
            matter.title,
            ", ".join(matter.words[:4]),
            f"{reverse('authority:who')}?{urlencode({'matter': matter.path, 'unit': unit})}",
        )
        for matter in find_matters(text, taxonomy)[:MOST_FOUND]
    ]


def _under(matter: Matter, taxonomy: Taxonomy) -> str:
    above = taxonomy.matters.get(matter.path.rpartition("/")[0])
    return above.title if above else ""


def _unit(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
