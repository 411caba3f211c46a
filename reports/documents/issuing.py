"""Issuing: render the paper from exactly the content that is issued, freeze the file, take the step."""

import hashlib

from django.core.files.base import ContentFile
from django.core.files.storage import storages

from reports.documents.builders import Issue, Numbers, live_numbers, report_content
from reports.documents.pdf import render_report_pdf
from reports.domain import numbering, transitions
from reports.enums import Action, State
from reports.errors import NumberTaken, StaleEdition
from reports.models import EditionEvent, ReportEdition

TRIES = 3


def issue(
    edition: ReportEdition,
    *,
    number: int | None,
    issued_on,
    signer_name: str,
    signer_post: str,
    signer_is_deputy: bool,
    actor,
    key: str,
) -> EditionEvent:
    """Phát hành, gửi. The file is written before the step, named by its own hash, so that a step that
    fails leaves nothing that anyone refers to.

    ``number`` is the clerk's; None where the portal keeps the series. Raises as ``transitions.perform``.
    """
    unit = edition.report.unit
    for attempt in range(1, TRIES + 1):
        own_series = unit.portal_numbers
        shown = numbering.next_number(unit, issued_on) if own_series else (number or 0)
        details = _details(
            edition,
            Issue(max(shown, 1), issued_on, signer_name, signer_post, signer_is_deputy),
            number=shown,
            render=edition.state == State.APPROVED,
        )
        try:
            return transitions.perform(edition, Action.ISSUE, actor=actor, key=key, details=details)
        except NumberTaken:
            if not own_series or attempt == TRIES:
                raise
    raise StaleEdition("Số văn bản vừa thay đổi liên tục. Bấm Phát hành, gửi lần nữa.")


def _details(edition, entered: Issue, *, number: int, render: bool) -> transitions.IssueDetails:
    numbers = live_numbers(edition) if render else Numbers([], [], {}, has_below=False)
    name = digest = ""
    if render:
        data = render_report_pdf(report_content(edition, issue=entered, numbers=numbers))
        digest = hashlib.sha256(data).hexdigest()
        name = _keep(data, digest, entered.issued_on.year)
    return transitions.IssueDetails(
        number=number,
        issued_on=entered.issued_on,
        signer_name=entered.signer_name,
        signer_post=entered.signer_post,
        signer_is_deputy=entered.signer_is_deputy,
        pdf_name=name,
        pdf_sha256=digest,
        indicators=numbers.indicators,
        totals=numbers.totals,
        has_below=numbers.has_below,
    )


def _keep(data: bytes, digest: str, year: int) -> str:
    """Write the file under its hash, once; returns its name in the private storage."""
    storage = storages["private"]
    name = f"van-ban/{year}/{digest}.pdf"
    if storage.exists(name):
        if storage.size(name) == len(data):
            return name
        storage.delete(name)
    return storage.save(name, ContentFile(data))
