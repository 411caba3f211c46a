"""Putting a conference before the public and taking it down; the public reads only what stands here.

Later edits of the conference show when it is published again. Who publishes sees the page first.
"""

import hashlib
import json

from django.db import transaction

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.domain.conference_content import Choice, content_of, counts, offer, texts_of
from models_dv.errors import MissingInput, StaleObject
from models_dv.models import Conference, ConferencePublication
from models_dv.permissions import may_publish, require
from models_dv.vietnamese.fold import slugify_vi
from models_dv.vietnamese.search_text import search_text

LONGEST_SLUG = 120


def seen_code(publication: ConferencePublication | None, content: dict, lead: str) -> str:
    """Names what a person saw in the preview; ``publish`` refuses when anything has changed since."""
    text = json.dumps([content, lead], sort_keys=True)
    version = publication.version if publication else 0
    return f"{version}-{hashlib.sha256(text.encode()).hexdigest()[:24]}"


@transaction.atomic
def publish(conference: Conference, choice: Choice, *, seen: str, actor) -> ConferencePublication:
    """Công bố what was chosen, as the person saw it in the preview (``seen_code``).

    NotAllowed for who does not publish for the unit; StaleObject where conference or page changed since.
    """
    require(may_publish(actor, conference.unit_id), "công bố hội nghị của đơn vị này")
    locked = (
        Conference.objects.select_for_update(of=("self",))
        .select_related("unit", "period")
        .get(pk=conference.pk)
    )
    content = content_of(offer(locked), choice)
    if seen != seen_code(publication_of(locked), content, choice.lead):
        raise StaleObject("Hội nghị hoặc trang công khai")
    return put_up(locked, content, lead=choice.lead, actor=actor)


def publication_of(conference: Conference) -> ConferencePublication | None:
    """The public page of the conference, withdrawn or not; None where it was never published."""
    return ConferencePublication.objects.filter(conference=conference).first()


@transaction.atomic
def put_up(
    conference: Conference, content: dict, *, lead: str = "", slug: str = "", actor=None
) -> ConferencePublication:
    """Write the public page, without asking for a right: for ``publish`` and for loaders."""
    publication = publication_of(conference) or ConferencePublication(
        conference=conference, version=0, slug=slug or free_slug(conference)
    )
    version = conference.unit.version_on(conference.day)
    now = clock.now()
    publication.version += 1
    publication.unit, publication.unit_name = conference.unit, version.name
    publication.kind, publication.title, publication.lead = conference.kind, conference.title, lead
    publication.year, publication.held_on = conference.year, conference.held_on
    publication.illustrative = conference.unit.illustrative
    first = publication.content.get("first_published_on") or clock.today().isoformat()
    publication.content = content | {"first_published_on": first}
    publication.published_at, publication.published_by = now, actor
    publication.withdrawn_at = None
    publication.search_text = search_text(
        publication.title, publication.unit_name, publication.lead, *texts_of(content)
    )
    publication.save()
    record(
        actor=actor,
        action="Công bố hội nghị",
        obj=publication,
        after={"lần": publication.version, "lời dẫn": lead, "nội dung": counts(content)},
    )
    return publication


def free_slug(conference: Conference) -> str:
    """“so-ket-6-thang-dau-nam-2026-an-binh”; numbered where it is taken."""
    when = (
        conference.period.label
        if conference.period
        else conference.held_on.isoformat()
        if conference.held_on
        else f"năm {conference.year}"
    )
    place = conference.unit.version_on(conference.day).place_name or conference.unit.code
    kind = conference.get_kind_display().partition(" (")[0]
    stem = slugify_vi(f"{kind} {when} {place}", LONGEST_SLUG - 6)
    taken = set(ConferencePublication.objects.filter(slug__startswith=stem).values_list("slug", flat=True))
    slug, number = stem, 2
    while slug in taken:
        slug, number = f"{stem}-{number}", number + 1
    return slug


@transaction.atomic
def withdraw(publication: ConferencePublication, *, version: int, note: str, actor) -> None:
    """Gỡ khỏi trang công khai: a notice stays at the address; the reason stands in the audit row."""
    require(may_publish(actor, publication.unit_id), "gỡ hội nghị của đơn vị này khỏi trang công khai")
    if not note:
        raise MissingInput("Ghi lý do gỡ", "note")
    rows = ConferencePublication.objects.published().filter(pk=publication.pk, version=version)
    now = clock.now()
    if rows.update(withdrawn_at=now) != 1:
        raise StaleObject("Trang công khai của hội nghị này")
    publication.withdrawn_at = now
    record(actor=actor, action="Gỡ hội nghị khỏi trang công khai", obj=publication, note=note)
