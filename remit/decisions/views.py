"""The pages of decisions: the register, one decision with each step that may be taken, and a new one."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from remit.authority.queries import answer
from remit.authority.question_page import question_form
from remit.decisions import actions, queries
from remit.decisions.forms import NewForm, WordsForm, review_day
from remit.decisions.queries.lines import STATE_WORDS
from remit.decisions.rules.states import PUT, Move, State
from remit.decisions.steps import STEPS, form_of, given
from remit.kernel import clock
from remit.shell.guarded import GuardedForm
from remit.shell.presenters import pager_of
from remit.shell.requests import RemitRequest


@login_required
@require_safe
def register(request: RemitRequest) -> HttpResponse:
    """Every decision that one may see, newest first."""
    chosen = request.GET
    filters = queries.Filters(
        text=chosen.get("q", "").strip()[:80],
        status=chosen.get("status", "") if chosen.get("status", "") in set(State) else "",
        matter=chosen.get("matter", "")[:120],
        unit=_id(chosen.get("unit", "")),
    )
    page = queries.register(filters, seen_by=request.actor, page=_number(chosen.get("page", "")), at=clock.now())
    context = {
        "page": page,
        "states": [(state.value, STATE_WORDS[state][0]) for state in State],
        "pager": pager_of(request, number=page.page, of=page.pages),
    }
    return render(request, "decisions/register.jinja", context)


@login_required
@require_safe
def show(request: RemitRequest, decision_id: UUID) -> HttpResponse:
    """One decision."""
    return _page(request, decision_id)


@login_required
@require_POST
def step(request: RemitRequest, decision_id: UUID, name: str) -> HttpResponse:
    """Take one step."""
    if name not in STEPS:
        raise Http404
    now = clock.now()
    page = queries.decision_page(decision_id, seen_by=request.actor, at=now)
    form = form_of(name, page, seen_by=request.actor, at=now, data=request.POST)
    if not form.is_valid():
        return _page(request, decision_id, came_back=(name, form))
    STEPS[name].action(decision_id, by=request.actor, at=now, **given(form))
    if name == "review" and form.cleaned_data["outcome"] == "adapt":
        messages.success(request, _("Reviewed. Propose what takes its place from “Propose another in its place”."))
    return redirect("decisions:show", decision_id)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: RemitRequest, decision_id: UUID) -> HttpResponse:
    """Change the words of a proposal."""
    now = clock.now()
    page = queries.decision_page(decision_id, seen_by=request.actor, at=now)
    words = queries.words_of(decision_id, seen_by=request.actor, at=now)
    form = WordsForm(request.POST or None, initial=words)
    if request.method == "POST" and form.is_valid():
        actions.amend(decision_id, by=request.actor, at=now, **form.words())
        return redirect("decisions:show", decision_id)
    context = {"page": page, "form": form}
    return render(request, "decisions/amend.jinja", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: RemitRequest) -> HttpResponse:
    """Propose something, or decide it at once; the question stands in the address."""
    now = clock.now()
    found = question_form(request.GET, seen_by=request.actor, at=now)
    if found is None or not found[0].is_valid():
        return redirect("authority:who")
    asked = found[0]
    question = asked.question(asker=request.actor.person, at=now)
    replaces = _id(request.GET.get("replaces", ""))
    given_answer = answer(question, at=now, seen_by=request.actor)
    chosen = request.POST.get("do", "")
    form = NewForm(
        request.POST or None,
        needs_measure=chosen != "draft",
        consults=given_answer.may_take and any(note.startswith("Consult") for note in given_answer.notes),
        may_take=given_answer.may_take,
        initial={"review_on": review_day(now)},
    )
    if request.method == "POST" and form.is_valid():
        proposal = form.proposal(supersedes=replaces)
        if chosen == "decide":
            decision = actions.decide_now(
                question,
                proposal,
                urgent_because=form.cleaned_data.get("urgent_because", ""),
                in_effect=form.cleaned_data.get("in_effect", False),
                by=request.actor,
                at=now,
            )
        else:
            decision = actions.open_decision(question, proposal, by=request.actor, at=now, as_draft=chosen == "draft")
        messages.success(request, _said(decision.state, decision.holder))
        return redirect("decisions:show", decision.pk)
    replaced = queries.card(replaces, seen_by=request.actor, at=now) if replaces else None
    context = {
        "form": form,
        "asked": asked.told(),
        "answer": given_answer,
        "replaced": replaced,
        "address": request.get_full_path(),
    }
    return render(request, "decisions/new.jinja", context, status=422 if form.is_bound else 200)


def _page(
    request: RemitRequest, decision_id: UUID, *, came_back: tuple[str, GuardedForm] | None = None
) -> HttpResponse:
    now = clock.now()
    page = queries.decision_page(decision_id, seen_by=request.actor, at=now)

    def offered(move: Move) -> dict[str, Any]:
        form = came_back[1] if came_back and came_back[0] == move.name else None
        made = form or form_of(move.name, page, seen_by=request.actor, at=now)
        return {"move": move, "step": STEPS[move.name], "form": made, "open": form is not None}

    moves = [move for move in page.moves if move.name in STEPS]
    context = {
        "page": page,
        "first": offered(page.first_move) if page.first_move else None,
        "others": [offered(move) for move in moves if move is not page.first_move],
        "came_back": came_back and came_back[1],
        "answers": {
            line.id: form_of("say_what_was_made_of_it", page, seen_by=request.actor, at=now)
            for line in page.advice
            if line.may_answer
        },
    }
    return render(request, "decisions/decision.jinja", context, status=422 if came_back else 200)


def _said(state: State, holder: str) -> str:
    """What just happened, for the page that follows."""
    if state is State.DRAFT:
        return _("Kept as a draft. Nobody has been asked yet.")
    if state in PUT:
        return _("Put forward. It is for %(holder)s to decide.") % {"holder": holder}
    return _("Decided, and on the record.")


def _id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _number(text: str) -> int:
    return int(text) if text.isdecimal() and len(text) < 7 else 1
