"""What a reorganisation of units means for rounds and reports; nothing of theirs is written (decision 4)."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from reports.enums import WAITING_STATES, RoundState, State
from reports.models import Report, ReportingRound

MOST_SHOWN = 100


@dataclass(frozen=True)
class ReportEffects:
    """Reports of open rounds of the units that end, and the rounds that will see another tree.

    ``reports``: the first of them; ``count``: of all; ``by_state``: [(words, how many)]; ``waiting``: units
    that have not sent yet, so somebody must keep a role there. ``orphaned``: rounds not yet opened whose own
    unit ends; ``planned``: other rounds not yet opened that will be laid out after the day.
    """

    reports: list[Report]
    count: int
    by_state: list[tuple[str, int]]
    waiting: frozenset[int]
    orphaned: list[ReportingRound]
    planned: list[ReportingRound]


def report_effects(unit_ids: Iterable[int], on: date) -> ReportEffects:
    """What the end of these units on the day means here."""
    ids = set(unit_ids)
    rows = Report.objects.filter(unit__in=ids, round__state=RoundState.OPEN)
    states = list(rows.order_by().values_list("unit_id", "latest__state"))
    counts = Counter(state for _unit, state in states)
    waiting = {str(state) for state in WAITING_STATES}
    rounds = ReportingRound.objects.filter(state=RoundState.PLANNED).select_related("period", "root_unit")
    rounds = rounds.prefetch_related("root_unit__versions").order_by("window_to", "pk")
    late = list(rounds.filter(Q(root_unit__in=ids) | Q(window_to__gte=on)))
    return ReportEffects(
        reports=list(rows.for_list().order_by("due_at", "path")[:MOST_SHOWN]),
        count=len(states),
        by_state=[(State(state).label, counts[state]) for state in State.values if counts[state]],
        waiting=frozenset(unit for unit, state in states if state in waiting),
        orphaned=[row for row in late if row.root_unit_id in ids and row.window_to >= on],
        planned=[row for row in late if row.root_unit_id not in ids],
    )
