"""Publications of one's units: the list, and beginning a new one or a correction.

The draft is written in ``publishing_draft``, looked at and moved on in ``publishing_steps``.
"""

from dataclasses import dataclass
from datetime import datetime

from django.contrib import messages
from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from models_dv.errors import ExpectedError, NotAllowed
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import page_of
from reports.domain import publishing
from reports.enums import PublicationState
from reports.forms.publishing import StateFilter
from reports.models import Publication, PublicationVersion, Report
from reports.scopes import publication_unit_ids
from reports.views.staff.access import visible_report
from reports.views.staff.publishing_access import get_version, refusals_as_page
from reports.views.staff.words import Badge, publication_badge


@dataclass(frozen=True)
class PublicationRow:
    """A publication with its newest version; ``is_live``: the public reads an earlier one meanwhile."""

    publication: Publication
    version: PublicationVersion
    badge: Badge
    is_live: bool
    is_mine: bool

    @property
    def is_draft(self) -> bool:
        """Whether it is being written."""
        return self.version.state == PublicationState.DRAFT

    @property
    def is_waiting(self) -> bool:
        """Whether a second person is to confirm it."""
        return self.version.state == PublicationState.IN_REVIEW

    @property
    def is_public(self) -> bool:
        """Whether the public reads this very version."""
        return self.version.state == PublicationState.PUBLISHED

    @property
    def may_restart(self) -> bool:
        """Whether a new version may be begun from the report: what there was is withdrawn or discarded."""
        ended = (PublicationState.WITHDRAWN, PublicationState.DISCARDED)
        return self.version.state in ended and self.publication.report_id is not None

    @property
    def moment(self) -> tuple[str, datetime | None]:
        """What happened last to the newest version, and when."""
        if self.version.state == PublicationState.WITHDRAWN:
            return "Gỡ", self.version.ended_at
        return "Công bố", self.version.published_at or self.publication.first_published_at


@require_safe
def publications(request):
    """Publications of the units in which the person publishes, and the reports that have none yet."""
    form = StateFilter(request.GET)
    shown = page_of(request, listed(request.user, form.state))
    rows = publication_rows(shown.page.object_list, request.user)
    waiting = list(publishable_reports(request.user))
    context = {
        "nav": "publications",
        "form": form,
        "page": shown.page,
        "pages": shown.numbers,
        "note": shown.note,
        "rows": rows,
        "waiting": waiting,
        "may_publish": bool(publication_unit_ids(request.user)),
        **illustrative_of(
            [
                *(row.publication.unit.illustrative for row in rows),
                *(report.unit.illustrative for report in waiting),
            ]
        ),
    }
    return render(request, "staff/publishing/list.html", context)


def listed(user, state: str = ""):
    """The publications with ``newest_id``: the last version, a discarded one only where there is no other."""
    versions = PublicationVersion.objects.filter(publication=OuterRef("pk")).order_by("-number")
    kept = versions.exclude(state=PublicationState.DISCARDED)
    rows = Publication.objects.workable_by(user).for_list().defer("current__search_text")
    rows = rows.annotate(
        newest_id=Coalesce(Subquery(kept.values("pk")[:1]), Subquery(versions.values("pk")[:1])),
        newest_state=Coalesce(Subquery(kept.values("state")[:1]), Subquery(versions.values("state")[:1])),
    )
    return rows.filter(newest_state=state) if state else rows


def publication_rows(publications, user) -> list[PublicationRow]:
    """Rows of publications from ``listed``; one query."""
    publications = list(publications)
    versions = PublicationVersion.objects.defer("search_text").select_related("written_by")
    newest = versions.in_bulk([publication.newest_id for publication in publications])
    return [
        PublicationRow(
            publication,
            version := newest[publication.newest_id],
            publication_badge(version.state),
            publication.current is not None
            and publication.current_id != version.pk
            and publication.current.state == PublicationState.PUBLISHED,
            version.written_by_id == user.pk,
        )
        for publication in publications
    ]


def publishable_reports(user):
    """Reports in force of the person's units of which nothing was ever chosen for the public."""
    return (
        Report.objects.filter(
            publishing.publishable(),
            unit_id__in=publication_unit_ids(user),
            publication__isnull=True,
        )
        .for_list()
        .order_by("-round__window_to", "path")
    )


@require_POST
@refusals_as_page
def start(request, pk):
    """Công bố: the draft of a report's publication, new or already being written."""
    report = visible_report(request.user, pk)
    try:
        version = publishing.start(report, actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
        return redirect("staff:publications")
    return redirect("staff:publication_edit", version.pk)


@require_POST
@refusals_as_page
def correct(request, pk):
    """Đính chính: a new version with the same words; the published one stays until it is confirmed."""
    version = get_version(request.user, pk)
    try:
        new = publishing.start_correction(version.publication, actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
        return redirect("staff:publication_preview", pk)
    return redirect("staff:publication_edit", new.pk)
