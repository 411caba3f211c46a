"""What the page of a report says of the work done on it together, and the work that waits for a contributor."""

from dataclasses import dataclass

from django.urls import reverse

from models_dv.vietnamese.dates import format_date
from reports import permissions
from reports.domain import contributing, sharing
from reports.models import DraftShare, PartAssignment


@dataclass(frozen=True)
class Card:
    """For the unit's author: counts of what was given, the open request for advice and what he may do.

    For who receives for the body above: the request alone, with the way to the draft.
    """

    given: int = 0
    handed_in: int = 0
    share: DraftShare | None = None
    may_assign: bool = False
    may_share: bool = False
    draft_url: str = ""


def card_of(user, report, edition) -> Card | None:
    """None for whom there is nothing to say; two queries for an author, one above."""
    if permissions.is_author(user, report):
        given = list(contributing.assignments_of(report).values_list("handed_in_at", flat=True))
        card = Card(
            given=len(given),
            handed_in=sum(at is not None for at in given),
            share=sharing.open_share(report),
            may_assign=edition.is_writable or bool(given),
            may_share=not sharing.why_not(report),
        )
        return card if card.given or card.share or card.may_assign or card.may_share else None
    share = permissions.share_for(user, edition)
    if share is None:
        return None
    return Card(share=share, draft_url=reverse("staff:edition", args=[report.pk, edition.number]))


def given_words(assignment: PartAssignment) -> str:
    """“Được giao: phần “Tình hình Nhân dân”. Hạn gửi 05/07/2026.”"""
    due = f". Hạn gửi {format_date(assignment.due_on)}" if assignment.due_on else ""
    return f"Được giao: {contributing.in_words(assignment)}{due}"
