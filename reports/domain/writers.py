"""Who wrote where in a report: kept for “nobody approves what he alone wrote” and for the history."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from reports.models import ReportEdition, Writing


@dataclass(frozen=True)
class Written:
    """A place that somebody has just written, and who had written it last before (None: nobody)."""

    place: str
    before_id: int | None = None
    before_at: datetime | None = None


def remember(edition: ReportEdition, places: list[Written], *, actor, at: datetime) -> None:
    """Note who wrote; at most one statement, none where he goes on in what he wrote himself.

    The moment of who wrote a place last is the place's own ``updated_at``; it comes into his row when
    somebody else goes on there.
    """
    rows = []
    for written in places:
        is_of_phase = written.before_at is not None and written.before_at >= edition.state_at
        if is_of_phase and written.before_id == actor.pk:
            continue
        rows.append(_row(edition, written.place, actor.pk, at))
        if is_of_phase:
            rows.append(_row(edition, written.place, written.before_id, written.before_at))
    if rows:
        Writing.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["edition", "place", "user", "phase"],
            update_fields=["last_at"],
        )


def _row(edition, place: str, user_id: int, at: datetime) -> Writing:
    return Writing(edition=edition, place=place, user_id=user_id, phase=edition.phase, last_at=at)


def by_others(user) -> Q:
    """Rows of ``Writing`` that somebody else made."""
    return ~Q(user_id=user.pk)


def writings(edition: ReportEdition):
    """Everything written in the edition, and in the earlier ones whose content it took over."""
    return Writing.objects.filter(edition__report_id=edition.report_id, edition__number__lte=edition.number)


def wrote_alone(edition: ReportEdition, user) -> bool:
    """Whether nobody else wrote what the edition holds."""
    return not writings(edition).filter(by_others(user)).exists()


def others_wrote(user) -> Exists:
    """For a queryset of reports: whether somebody else wrote what the report holds."""
    return Exists(Writing.objects.filter(by_others(user), edition__report=OuterRef("pk")))
