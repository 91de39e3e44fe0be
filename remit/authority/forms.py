"""The question as a form: only the quantities and facts that its matter has."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext_lazy as _

from remit.authority.queries.places import MOST_PLACES, Place
from remit.authority.rules.declaring import LEVELS
from remit.authority.rules.question import Question
from remit.authority.rules.taxonomy import Matter, Quantity, Reach
from remit.kernel.errors import NotValid
from remit.kernel.money import as_money, gbp
from remit.kernel.words import joined
from remit.shell.presenters import Fact

NEEDED = {
    "": (_("When the rules say"), None),
    "now": (_("Now"), timedelta(0)),
    "hour": (_("Within an hour"), timedelta(hours=1)),
    "day": (_("Within a day"), timedelta(days=1)),
    "week": (_("Within a week"), timedelta(days=7)),
}
MOST_YEARS = 99
MOST_COUNTED = 1_000_000  # beds, days or people: more is a slip of the keyboard


class AmountField(forms.Field):
    """An amount of money, or a count, as typed."""

    def __init__(self, quantity: Quantity, **options: Any) -> None:
        self.quantity = quantity
        super().__init__(required=False, **options)
        self.widget.attrs |= {
            "maxlength": 20,
            "inputmode": "decimal" if quantity.is_money else "numeric",
            "autocomplete": "off",
        }

    def to_python(self, value: Any) -> Any:
        text = str(value or "").strip()
        if not text:
            return None
        if self.quantity.is_money:
            try:
                return gbp(text)
            except NotValid as refusal:
                raise forms.ValidationError(refusal.words()) from None
        try:
            amount = Decimal(text)
        except InvalidOperation:
            amount = Decimal(-1)
        if not (amount.is_finite() and 0 <= amount <= MOST_COUNTED and amount == amount.to_integral_value()):
            raise forms.ValidationError(_("Write a whole number, like 4."))
        return amount


class QuestionForm(forms.Form):
    """May this be decided here? Built for one matter; every field may stand in an address."""

    def __init__(
        self,
        data: Mapping[str, Any] | None,
        *,
        matter: Matter,
        quantities: Sequence[Quantity],
        places: Sequence[Place],
        others: Sequence[Place] = (),
        facts: Sequence[tuple[str, str]] = (),
        purposes: Sequence[str] = (),
    ) -> None:
        super().__init__(data)
        self.matter, self.quantities = matter, quantities
        self.fields["unit"] = forms.ChoiceField(
            label=_("Where?"),
            choices=[(str(place.unit_id), place.words) for place in places],
            help_text=_("Not in the list? Find the unit under Network and ask from its page.")
            if len(places) >= MOST_PLACES
            else "",
        )
        for quantity in quantities:
            self.fields[quantity.code] = AmountField(
                quantity,
                label=_("How much, in pounds?") if quantity.is_money else _how_many(quantity),
                help_text=_("Including VAT. For a lease or contract, the amount a year.")
                if Reach.WHOLE_LIFE in quantity.reaches
                else "",
            )
            if Reach.WHOLE_LIFE in quantity.reaches:
                self.fields["years"] = forms.IntegerField(
                    label=_("For how many years?"),
                    help_text=_("Leave empty for something bought once."),
                    required=False,
                    min_value=1,
                    max_value=MOST_YEARS,
                )
        if any(quantity.is_money for quantity in quantities):
            if purposes:
                self.fields["purpose"] = forms.ChoiceField(
                    label=_("What is it for?"), choices=[("", _("Choose")), *((p, p) for p in purposes)], required=False
                )
            self.fields["supplier"] = forms.CharField(label=_("From whom?"), required=False, max_length=160)
        if facts:
            self.fields["fact"] = forms.MultipleChoiceField(
                label=_("What you can state"),
                help_text=_("You sign for what you tick."),
                choices=facts,
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        if others:
            self.fields["affects"] = forms.MultipleChoiceField(
                label=_("Does it change anything for another organisation?"),
                choices=[(str(place.unit_id), place.words) for place in others],
                required=False,
                widget=forms.CheckboxSelectMultiple,
            )
        self.fields["needed"] = forms.ChoiceField(
            label=_("When must it be answered?"),
            choices=[(code, words) for code, (words, _span) in NEEDED.items()],
            required=False,
        )

    def told(self) -> tuple[Fact, ...]:
        """What a valid form asks, row by row, as a page repeats it."""
        rows = [Fact(str(_("Matter")), self.matter.title)]
        for name, field in self.fields.items():
            given = self.cleaned_data.get(name)
            if given and name != "needed":
                rows.append(Fact(str(field.label), _as_told(field, given)))
        return tuple(rows)

    def question(self, *, asker: UUID | None, at: datetime, words: str = "") -> Question:
        """The question that a valid form asks."""
        given = self.cleaned_data
        within = NEEDED[given.get("needed") or ""][1]
        return Question(
            matter=self.matter.path,
            origin=UUID(given["unit"]),
            affected=tuple(UUID(unit) for unit in given.get("affects") or ()),
            quantities={q.code: given[q.code] for q in self.quantities if given.get(q.code) is not None},
            years=given.get("years") or 1,
            facts=frozenset(given.get("fact") or ()),
            needed_by=None if within is None else at + within,
            purpose=given.get("purpose") or "",
            supplier=given.get("supplier") or "",
            asker=asker,
            words=words,
        )


class LevelForm(forms.Form):
    """A level for one party."""

    party = forms.UUIDField()
    level = forms.TypedChoiceField(
        coerce=int, choices=[(level, str(level)) for level in LEVELS], error_messages={"required": _("Choose a level.")}
    )


def _how_many(quantity: Quantity) -> str:
    return str(_("How many %(things)s?")) % {"things": quantity.words[1]}


def _as_told(field: forms.Field, given: Any) -> str:
    if isinstance(field, AmountField):
        return as_money(given) if field.quantity.is_money else f"{given:,.0f}"
    if isinstance(field, forms.ChoiceField):
        words = {str(code): str(said) for code, said in cast(Iterable[tuple[Any, Any]], field.choices)}
        return joined(words[code] for code in ([given] if isinstance(given, str) else given))
    return str(given)
