"""Who is in post and when they are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from remit.kernel.actor import Actor
from remit.kernel.errors import NotValid, WrongState
from remit.kernel.words import day, joined
from remit.ledger.actions import action, nothing_to_change, record
from remit.network.actions.versions import note
from remit.network.models import Absence, Appointment, Change, Duty, Party, Person, Post
from remit.network.rules.arriving import DutyRow
from remit.network.rulings import require_keeper


@action
def appoint(
    person_id: UUID,
    post_id: UUID,
    *,
    starts_at: datetime,
    by: Actor,
    at: datetime,
    kind: str = Appointment.Kind.SUBSTANTIVE,
    ends_at: datetime | None = None,
) -> Appointment:
    """Put a person in a post for a time.

    Raises: NotKeeper; NotValid, where another holds the post substantively then, or the post is closed.
    """
    post = Post.objects.select_related("unit", "role").get(pk=post_id)
    require_keeper(by, post.unit.organisation_id, at=at)
    if kind not in Appointment.Kind.values:
        raise NotValid(f"Someone is appointed {joined(Appointment.Kind.values, 'or')}.", kind="is none of these")
    if post.closed_at is not None or post.unit.closed_at is not None:
        raise NotValid("This post is closed. Appoint to one that is open.", post="is closed")
    if not Person.objects.filter(pk=person_id).exists():
        raise NotValid("There is no such person. Put them in first.", person="is not there")
    if ends_at is not None and ends_at <= starts_at:
        raise NotValid("An appointment ends after it begins.", ends_at="is before the start")
    if kind == Appointment.Kind.SUBSTANTIVE:
        holders = post.appointments.filter(kind=kind).exclude(ends_at__lte=starts_at)
        if ends_at is not None:
            holders = holders.filter(starts_at__lt=ends_at)
        if holders.exists():
            raise NotValid("Somebody holds this post then. End that appointment first, or appoint as acting or deputy.")
    appointment = Appointment.objects.create(
        person_id=person_id, post=post, kind=kind, starts_at=starts_at, ends_at=ends_at
    )
    note(Change.Kind.APPOINTMENT, [appointment.pk])
    _record_post("network.appointed", appointment, by=by, at=at, kind=kind)
    return appointment


@action
def end_appointment(appointment_id: UUID, *, ends_at: datetime, by: Actor, at: datetime) -> Appointment:
    """End an appointment on a day.

    Raises: NotKeeper; WrongState, where it has ended already; NotValid, for an end before its start.
    """
    appointment = Appointment.objects.select_related("post__unit", "post__role").get(pk=appointment_id)
    require_keeper(by, appointment.post.unit.organisation_id, at=at)
    if appointment.ends_at is not None and appointment.ends_at <= at:
        raise WrongState(found="ended", wanted="running")
    if ends_at < appointment.starts_at:
        raise NotValid("An appointment ends after it begins.", ends_at="is before the start")
    appointment.ends_at = ends_at
    appointment.save(update_fields=["ends_at"])
    note(Change.Kind.APPOINTMENT, [appointment.pk])
    _record_post("network.appointment-ended", appointment, by=by, at=at)
    return appointment


@action
def record_absence(person_id: UUID, *, starts_at: datetime, ends_at: datetime, by: Actor, at: datetime) -> Absence:
    """Record that a person is away from all their posts. People may record their own.

    Raises: NotKeeper; NotValid, for an end before the start, or where the person has no post to be away from.
    """
    if ends_at <= starts_at:
        raise NotValid("An absence ends after it begins.", ends_at="is before the start")
    parties = set(
        Appointment.objects.filter(person=person_id)
        .exclude(ends_at__lte=at)
        .values_list("post__unit__organisation", flat=True)
    )
    if not parties:
        raise NotValid("This person has no post to be away from.", person="has no post")
    if by.person != person_id:
        for party in parties:
            require_keeper(by, party, at=at)
    absence = Absence.objects.create(person_id=person_id, starts_at=starts_at, ends_at=ends_at)
    note(Change.Kind.ABSENCE, [absence.pk])
    record(
        "network.absence-recorded",
        subject=absence,
        by=by,
        at=at,
        parties=parties,
        facts={"ends_at": day(ends_at)},
        sealed={"person": absence.person.name if absence.person else ""},
    )
    return absence


@action
def load_duty(party_id: UUID, rows: Sequence[DutyRow], *, by: Actor, at: datetime) -> int:
    """Load a rota: the whole file or nothing. A row that stands already stays as it is.

    Returns: how many rows were added.
    Raises: NotKeeper; NotValid, naming the people and posts that are not known in this organisation.
    """
    require_keeper(by, party_id, at=at)
    party = Party.objects.get(pk=party_id)
    people = dict(
        Person.objects.filter(appointments__post__unit__organisation=party).values_list("code", "id").distinct()
    )
    posts = {
        f"{party.code}/{unit}/{code}": pk
        for unit, code, pk in Post.objects.filter(unit__organisation=party).values_list("unit__code", "code", "id")
    }
    strangers = sorted({row.person for row in rows} - people.keys())
    nowhere = sorted({row.post for row in rows if row.post} - posts.keys())
    if strangers or nowhere:
        raise NotValid(
            "Nothing was loaded. "
            + (f"Nobody in {party.name} has the code {', '.join(strangers[:10])}. " if strangers else "")
            + (f"There is no post {', '.join(nowhere[:10])}." if nowhere else "")
        )
    present: set[tuple[UUID, UUID | None, datetime, datetime | None]] = set(
        Duty.objects.filter(person__in=people.values()).values_list("person_id", "post_id", "starts_at", "ends_at")
    )
    new = []
    for row in rows:
        key = (people[row.person], posts[row.post] if row.post else None, row.starts_at, row.ends_at)
        if key not in present:
            present.add(key)
            new.append(Duty(person_id=key[0], post_id=key[1], kind=row.kind, starts_at=key[2], ends_at=key[3]))
    if not new:
        nothing_to_change()
        return 0
    Duty.objects.bulk_create(new, batch_size=500)
    note(Change.Kind.DUTY, sorted({duty.person_id for duty in new}))
    record("network.duty-loaded", subject=party, by=by, at=at, parties=[party_id], facts={"rows": len(new)})
    return len(new)


def _record_post(verb: str, appointment: Appointment, *, by: Actor, at: datetime, **facts: str) -> None:
    post = appointment.post
    words = f"{post.title or post.role.name}, {post.unit.name}"
    record(
        verb,
        subject=appointment,
        by=by,
        at=at,
        parties=[post.unit.organisation_id],
        facts={"post": words, **facts},
        sealed={"person": appointment.person.name},
    )
