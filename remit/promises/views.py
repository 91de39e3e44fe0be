"""The pages of promises: mine, and each one with what can be done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.kernel import clock
from remit.promises import actions, queries
from remit.promises.forms import MakeForm, PassOnForm, PlainForm, ReasonForm
from remit.promises.models import Promise
from remit.promises.rules.states import BY_NAME
from remit.shell.guarded import GuardedForm
from remit.shell.presenters import Fact
from remit.shell.requests import RemitRequest

_ACTIONS: dict[str, Callable[..., Promise]] = {
    "keep": actions.keep,
    "say_not_kept": actions.say_not_kept,
    "pass_on": actions.pass_on,
    "accept": actions.accept,
    "decline": actions.decline,
    "release": actions.release,
}


@login_required
@require_http_methods(["GET", "POST"])
def mine(request: RemitRequest) -> HttpResponse:
    """What I have promised and am owed; making a new promise."""
    now = clock.now()
    form = MakeForm(request.POST or None, people=queries.colleagues(seen_by=request.actor, at=now))
    if request.method == "POST" and form.is_valid():
        actions.make_promise(
            form.cleaned_data["words"], owed_to=form.owed, due_at=form.due_at, by=request.actor, at=now
        )
        return redirect("promises:mine")
    page = queries.promises_of(request.person_id, seen_by=request.actor, at=now)
    return render(request, "promises/mine.jinja", {"page": page, "form": form}, status=422 if form.is_bound else 200)


@login_required
@require_GET
def show(request: RemitRequest, promise_id: UUID) -> HttpResponse:
    """One promise, with a form for each step that the reader may take."""
    return _page(request, promise_id)


@login_required
@require_POST
def step(request: RemitRequest, promise_id: UUID, name: str) -> HttpResponse:
    """Take one step."""
    if name not in _ACTIONS:
        raise Http404
    form = _form(request, name, data=request.POST)
    if not form.is_valid():
        return _page(request, promise_id, came_back=(name, form))
    given: dict[str, Any] = {key: value for key, value in form.cleaned_data.items() if key != "take_out"}
    _ACTIONS[name](promise_id, by=request.actor, at=clock.now(), **given)
    return redirect("promises:mine")


def _page(request: RemitRequest, promise_id: UUID, *, came_back: tuple[str, GuardedForm] | None = None) -> HttpResponse:
    line = queries.promise_page(promise_id, seen_by=request.actor, at=clock.now())
    steps = [
        (move, came_back[1] if came_back and came_back[0] == move.name else _form(request, move.name))
        for move in line.moves
    ]
    context = {"line": line, "rows": _facts(line), "steps": steps, "came_back": came_back and came_back[1]}
    return render(request, "promises/promise.jinja", context, status=422 if came_back else 200)


def _form(request: RemitRequest, name: str, *, data: Any = None) -> GuardedForm:
    auto_id = f"{name}-%s"  # several forms stand on one page
    if name == "pass_on":
        people = queries.colleagues(seen_by=request.actor, at=clock.now())
        return PassOnForm(data, auto_id=auto_id, people=people)
    form = ReasonForm if BY_NAME[name].needs_reason else PlainForm
    return form(data, auto_id=auto_id)


def _facts(line: queries.PromiseLine) -> list[Fact]:
    rows = [
        Fact(_("Promised by"), f"{line.made_by}, {line.made_as}"),
        Fact(_("For"), line.owed_to),
        Fact(_("Due"), line.due),
        Fact(_("It came from"), line.arising_words, url=line.arising_address),
        Fact(_("Asked to take it over"), line.offered_to),
        Fact(line.status_words, line.ended),
        Fact(_("Why"), line.reason),
    ]
    return [row for row in rows if row.value]
