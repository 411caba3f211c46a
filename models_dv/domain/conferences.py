"""Conferences (domain.md §7): what is said of one, its awards, its place among the others of the unit."""

from django.db import transaction

from models_dv.domain.audit import record
from models_dv.domain.changes import difference, filled, locked_as_seen, snapshot
from models_dv.domain.conference_days import follow_day, require_day_that_fits, words_of
from models_dv.domain.unit_beginnings import require_begun
from models_dv.domain.units import require_standing
from models_dv.enums import ConferenceKind
from models_dv.errors import StaleObject
from models_dv.models import Conference, ConferenceAward
from models_dv.permissions import may_keep, require

#: What ``save_conference`` writes.
FIELDS = (
    "kind",
    "title",
    "period",
    "year",
    "state",
    "held_on",
    "starts_at",
    "form",
    "online_points",
    "place",
    "organiser",
    "agenda",
    "summary",
)
AWARD_FIELDS = ("kind", "issuer", "subject", "count", "recipients", "decision")
THIS_CONFERENCE = "Hội nghị này"


def require_keeper(conference: Conference, actor) -> None:
    """NotAllowed unless the actor enters and mends conferences of the unit (author, approver)."""
    require(may_keep(actor, conference.unit_id), "nhập, sửa hội nghị của đơn vị này")


@transaction.atomic
def save_conference(
    conference: Conference, values: dict, *, actor, revision: int | None = None
) -> Conference:
    """Write ``values`` (of FIELDS) into a new or a stored conference; one audit row.

    ``revision`` is the one that the person saw of a stored conference: StaleObject where somebody saved
    meanwhile. NotAllowed for who does not keep the unit's conferences, UnitEnded for a new one of a day on
    which the unit is no more, MissingInput for a mended day that what was told afterwards refutes. What hangs
    on the day moves with it; ``conference.renewed`` then names the people whose posts are others now.
    """
    require_keeper(conference, actor)
    is_new = conference.pk is None
    conference.renewed = []
    if not is_new:
        stored = Conference.objects.select_related("period").get(pk=conference.pk)
        before, held_on, day = snapshot(stored), stored.held_on, stored.day
    for name in FIELDS:
        if name in values:
            setattr(conference, name, values[name])
    if conference.kind == ConferenceKind.ACTIVITY:
        conference.form, conference.online_points, conference.starts_at = "", None, None
    if is_new:
        require_standing(conference.unit, conference.day)
        _require_begun(conference)
        conference.created_by = actor
        conference.save()
        record(actor=actor, action="Thêm hội nghị", obj=conference, after=filled(snapshot(conference)))
        return conference
    _take_revision(conference, revision)
    if conference.held_on != held_on:
        require_day_that_fits(conference)
    if conference.day != day:
        _require_begun(conference)
    conference.save()
    if (conference.held_on, conference.day) != (held_on, day):
        conference.renewed = follow_day(conference, day)
    old, new = difference(before, snapshot(conference))
    posts_before, posts_now = words_of(conference.renewed)
    if new:
        record(
            actor=actor,
            action="Sửa hội nghị",
            obj=conference,
            before=old | posts_before,
            after=new | posts_now,
        )
    return conference


def _require_begun(conference: Conference) -> None:
    """MissingInput where the unit came out of others only after the day."""
    require_begun(conference.unit, conference.day, "held_on" if conference.held_on else "period")


def _take_revision(conference: Conference, revision: int | None) -> None:
    """Compare and set: only one of two who saw the same revision writes."""
    seen = conference.revision if revision is None else revision
    if Conference.objects.filter(pk=conference.pk, revision=seen).update(revision=seen + 1) != 1:
        raise StaleObject(THIS_CONFERENCE)
    conference.revision = seen + 1


# --- awards ------------------------------------------------------------------------------------------


@transaction.atomic
def save_award(award: ConferenceAward, values: dict, *, actor, seen: str = "") -> ConferenceAward:
    """Write ``values`` (of AWARD_FIELDS) into a new award, or into a stored one that still is as ``seen``."""
    require_keeper(award.conference, actor)
    is_new = award.pk is None
    stored = award if is_new else locked_as_seen(award, seen)
    before = {} if is_new else snapshot(stored)
    for name in AWARD_FIELDS:
        setattr(stored, name, values[name])
    stored.save()
    old, new = difference(before, snapshot(stored)) if before else ({}, filled(snapshot(stored)))
    if new:
        action = "Thêm khen thưởng tại hội nghị" if is_new else "Sửa khen thưởng tại hội nghị"
        record(actor=actor, action=action, obj=award.conference, before=old, after=new)
    return stored


@transaction.atomic
def remove_award(award: ConferenceAward, *, actor) -> None:
    """Take an award out of the conference; the audit row keeps what it was."""
    require_keeper(award.conference, actor)
    record(
        actor=actor,
        action="Gỡ khen thưởng tại hội nghị",
        obj=award.conference,
        before=filled(snapshot(award)),
    )
    award.delete()
