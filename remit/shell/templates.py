"""The Jinja environment: NHS macros, links, translation, and words for times and money."""

from __future__ import annotations

from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils import translation
from jinja2 import ChainableUndefined, ChoiceLoader, Environment, PackageLoader

from remit.kernel import clock, money, words
from remit.shell.presenters import Face


def environment(**options: Any) -> Environment:
    """Build the environment that Django's Jinja backend asks for."""
    options["undefined"] = ChainableUndefined  # the NHS macros lean on it
    own = options.pop("loader")
    nhs = PackageLoader("nhsuk_frontend_jinja", package_path="templates")
    env = Environment(
        **options,
        loader=ChoiceLoader([own, nhs]),
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.install_gettext_callables(translation.gettext, translation.ngettext, newstyle=True)  # type: ignore[attr-defined]
    env.globals |= {"static": static, "url": reverse, "Face": Face}
    env.filters |= {
        "day": words.day,
        "moment": lambda when: words.moment(when, now=clock.now()),
        "duration": words.duration,
        "money": money.as_money,
        "joined": words.joined,
        "counted": words.counted,
        "sentence": words.sentence,
        "capital": lambda text: text[:1].upper() + text[1:],
    }
    return env
