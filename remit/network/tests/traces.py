"""What an action left behind: rows and entries, counted before and after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.apps import apps

from remit.ledger.queries import count_entries, find_faults


def counts() -> dict[str, int]:
    """Rows of every table of the network, and entries of the record."""
    models = apps.get_app_config("network").get_models()
    return {model.__name__: model._default_manager.count() for model in models} | {"entries": count_entries()}


@contextmanager
def refused(*errors: type[BaseException]) -> Iterator[None]:
    """What happens inside is refused with one of these, and leaves no row and no entry."""
    before = counts()
    with pytest.raises(errors):
        yield
    assert counts() == before
    assert not list(find_faults())


@contextmanager
def unchanged() -> Iterator[None]:
    """What happens inside leaves everything as it was."""
    before = counts()
    yield
    assert counts() == before


class PowerCut(BaseException):
    """The process ends between two steps."""


@contextmanager
def cut_at(monkeypatch: pytest.MonkeyPatch, step: str) -> Iterator[None]:
    """A step of an action, by its dotted name, never comes back; neither row nor entry is left."""

    def end(*args: object, **kwargs: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        patch.setattr(step, end)
        with refused(PowerCut):
            yield
