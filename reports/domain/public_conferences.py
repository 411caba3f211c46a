"""What a reader of the public pages gets to see of conferences: the frozen content, never anything else.

Beside it stand the reports that the conference reviewed, as far as they are published themselves.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby

from django.db.models import Exists, F, OuterRef
from django.utils import timezone

from models_dv import clock
from models_dv.domain.search import Piece, Query, excerpt, mark
from models_dv.enums import (
    AwardKind,
    ConferenceForm,
    ConferenceKind,
    ConferenceState,
    Duty,
    FileKind,
    PaperKind,
    PaperStage,
    Subject,
)
from models_dv.exporters.ics import STATUS, Event
from models_dv.models import ConferencePublication
from models_dv.models.files import SMALL_BOX, fitted
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.numbers import format_number
from reports.domain.narrative import Block, parse_narrative
from reports.domain.public_units import place_today
from reports.enums import PublicationState
from reports.models import ConferenceLink, Publication

#: Over people whose duty the source does not tell.
NAMED = "Được nêu tên"
UNTOLD = "nguồn không ghi"


@dataclass(frozen=True)
class ConferenceCard:
    """A public conference in a list, the words looked for marked."""

    publication: ConferencePublication
    title: tuple[Piece, ...]
    lead: tuple[Piece, ...]

    @property
    def kicker(self) -> str:
        """“Hội nghị sơ kết · 05/07/2023”, or the year where the day is not known."""
        return f"{kind_words(self.publication.kind)} · {day_words(self.publication)}"


@dataclass(frozen=True)
class PublicPerson:
    """Somebody with the posts of that day; ``others`` are his further duties, in words."""

    name: str
    posts: tuple[str, ...]
    others: tuple[str, ...]


@dataclass(frozen=True)
class PeopleGroup:
    """Those with the same first duty, by rank."""

    duty: str
    people: tuple[PublicPerson, ...]


@dataclass(frozen=True)
class PublicPaper:
    """A paper to download."""

    pk: int
    title: str
    kind: str
    meta: str


@dataclass(frozen=True)
class PublicPhoto:
    """A photo, as ``components/photo.html`` takes it."""

    pk: int
    width: int
    height: int
    small_width: int
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True)
class PublicConference:
    """One public conference as its page shows it.

    ``reviewed`` are published reports that it reviewed, ``cited`` press material that tells of it; ``today``
    says what the unit is now where that differs. ``is_preview``: not for the public yet.
    """

    publication: ConferencePublication
    content: dict
    facts: tuple[tuple[str, str], ...]
    agenda: tuple[str, ...]
    summary: tuple[Block, ...]
    people: tuple[PeopleGroup, ...]
    difficulties: tuple[dict, ...]
    conclusions: tuple[tuple[str, tuple[dict, ...]], ...]
    notice: str
    awards: tuple[str, ...]
    papers: tuple[PublicPaper, ...]
    photos: tuple[PublicPhoto, ...]
    reviewed: tuple[Publication, ...]
    cited: tuple[Publication, ...]
    today: str
    is_preview: bool = False

    @property
    def kicker(self) -> str:
        """“Hội nghị sơ kết · 6 tháng đầu năm 2023”."""
        period = self.content["period"]
        return kind_words(self.publication.kind) + (f" · {period}" if period else "")

    @property
    def is_meeting(self) -> bool:
        """Whether there was a conference; a review of activity tells of none."""
        return self.publication.kind != ConferenceKind.ACTIVITY

    @property
    def people_title(self) -> str:
        """Over the people."""
        return "Người dự" if self.is_meeting else "Người được nêu"

    @property
    def conclusions_title(self) -> str:
        """Over the conclusions: only a signed notice makes them “Kết luận”."""
        return "Kết luận" if self.notice else "Nhiệm vụ, ý kiến nêu ra"

    @property
    def first_published_on(self) -> date:
        """The day it was put up first."""
        return _day(self.content.get("first_published_on", "")) or clock.today()


def kind_words(kind: str) -> str:
    """“Hội nghị sơ kết”; a review of activity is none."""
    if kind == ConferenceKind.ACTIVITY:
        return "Điểm lại hoạt động"
    return f"Hội nghị {ConferenceKind(kind).label.lower()}"


def day_words(publication: ConferencePublication) -> str:
    """“05/07/2023”, “năm 2020”."""
    return format_date(publication.held_on) if publication.held_on else f"năm {publication.year}"


# --- lists -------------------------------------------------------------------------------------------


def listed():
    """Public conferences, newest first, without what only their pages show; ``is_cited``: told by the press."""
    told = ConferenceLink.objects.filter(
        conference=OuterRef("conference"), publication__citation__isnull=False
    )
    return (
        ConferencePublication.objects.published()
        .defer("content", "search_text")
        .annotate(is_cited=Exists(told))
        .order_by("-year", F("held_on").desc(nulls_last=True), "-pk")
    )


def matching(publications, query: Query):
    """Those that hold every word of the query."""
    return publications.filter(search_text__words=query.words) if query else publications


def cards(publications: Iterable[ConferencePublication], query: Query | None = None) -> list[ConferenceCard]:
    """Cards, the words of the query marked."""
    query = query or Query()
    return [
        ConferenceCard(publication, mark(publication.title, query), excerpt(publication.lead, query))
        for publication in publications
    ]


# --- one conference ----------------------------------------------------------------------------------


def find(slug: str) -> ConferencePublication | None:
    """What stands at an address, withdrawn or not; None where nothing was ever published."""
    rows = ConferencePublication.objects.select_related("unit").prefetch_related("unit__versions")
    return rows.defer("search_text").filter(slug=slug).first()


def withdrawn_on(publication: ConferencePublication) -> date:
    """The day it was taken down."""
    return timezone.localdate(publication.withdrawn_at)


def read(publication: ConferencePublication, *, is_preview: bool = False) -> PublicConference:
    """The page of a public conference, or of one that would be."""
    content = publication.content
    version = publication.unit.version_on(publication.held_on or date(publication.year, 12, 31))
    version.unit = publication.unit
    publications = reviewed(publication.conference_id)
    is_cited = any(row.citation for row in publications)
    return PublicConference(
        publication=publication,
        content=content,
        facts=tuple(_facts(publication, is_cited)),
        agenda=tuple(content["agenda"]),
        summary=tuple(parse_narrative(content["summary"])),
        people=tuple(_people(content["people"])),
        difficulties=tuple(_difficulty(row) for row in content["difficulties"]),
        conclusions=tuple(
            (heading, tuple(_conclusion(row) for row in rows))
            for heading, rows in groupby(content["conclusions"], key=lambda row: row["heading"])
        ),
        notice=_notice(content["notice"]),
        awards=tuple(_award(row) for row in content["awards"]),
        papers=tuple(_paper(row) for row in content["papers"]),
        photos=tuple(_photo(row) for row in content["photos"]),
        reviewed=tuple(row for row in publications if not row.citation),
        cited=tuple(row for row in publications if row.citation),
        today=place_today(version, clock.today()),
        is_preview=is_preview,
    )


def reviewed(conference_id: int) -> list[Publication]:
    """Published reports that the conference reviewed, and press material that tells of it."""
    links = ConferenceLink.objects.filter(conference=conference_id).order_by("pk")
    ids = [
        pk
        for row in links.values_list("publication_id", "report__publication")
        for pk in row
        if pk is not None
    ]
    rows = Publication.objects.filter(current__state=PublicationState.PUBLISHED).select_related(
        "current", "citation", "period", "unit_version"
    )
    found = rows.defer("current__search_text").in_bulk(ids) if ids else {}
    return [found[pk] for pk in dict.fromkeys(ids) if pk in found]


def event_of(publication: ConferencePublication, url: str) -> Event | None:
    """The conference for a calendar; None while its day is not known."""
    if publication.held_on is None:
        return None
    content = publication.content
    return Event(
        uid=content["uid"],
        title=publication.title,
        day=publication.held_on,
        starts_at=time.fromisoformat(content["starts_at"]) if content["starts_at"] else None,
        place=content["place"],
        description=content["organiser"],
        url=url,
        sequence=publication.version,
        status=STATUS[ConferenceState(content["state"])],
        stamp=publication.published_at,
    )


def _facts(publication: ConferencePublication, is_cited: bool) -> Iterable[tuple[str, str]]:
    """Lines of “Thông tin chung”. Of press material it is said what the source leaves out."""
    content, unknown = publication.content, UNTOLD if is_cited else ""
    is_meeting = publication.kind != ConferenceKind.ACTIVITY
    lines = []
    if content["state"] != ConferenceState.HELD:
        lines.append(("Tình trạng", ConferenceState(content["state"]).label))
    if is_meeting:
        lines += [
            ("Thời gian", _when(publication) or unknown),
            ("Địa điểm", content["place"] or unknown),
            ("Hình thức", _form(content) or unknown),
        ]
    lines.append(("Kỳ", content["period"]))
    lines.append(("Cơ quan tổ chức" if is_meeting else "Đơn vị", content["organiser"]))
    return [(name, value) for name, value in lines if value]


def _when(publication: ConferencePublication) -> str:
    if publication.held_on is None:
        return ""
    starts_at = publication.content["starts_at"]
    return (
        f"{starts_at} ngày {format_date(publication.held_on)}"
        if starts_at
        else format_date(publication.held_on)
    )


def _form(content: dict) -> str:
    if not content["form"]:
        return ""
    points = content["online_points"]
    words = ConferenceForm(content["form"]).label
    return f"{words}, {format_number(points)} điểm cầu" if points else words


def _people(rows: list[dict]) -> Iterable[PeopleGroup]:
    """Groups by the first duty, in the order of Duty; inside by rank, as the content has them.

    Whose duty the source does not tell stands last.
    """
    groups = [(duty.label, [row for row in rows if row["duties"][:1] == [duty]]) for duty in Duty]
    for title, people in (*groups, (NAMED, [row for row in rows if not row["duties"]])):
        if people:
            yield PeopleGroup(
                title,
                tuple(
                    PublicPerson(
                        row["name"],
                        tuple(row["posts"]),
                        tuple(Duty(code).label.lower() for code in row["duties"][1:] if code != Duty.ATTEND),
                    )
                    for row in people
                ),
            )


def _difficulty(row: dict) -> dict:
    return row | {"settled_on": _day(row["settled_on"])}


def _conclusion(row: dict) -> dict:
    """Content that was published before it said when tasks were done says nothing of that."""
    tasks = [
        task | {"due_on": _day(task["due_on"]), "done_on": _day(task.get("done_on", ""))}
        for task in row["tasks"]
    ]
    return row | {"tasks": tasks}


def _notice(row: dict | None) -> str:
    """“Thông báo kết luận số 25-TB/BTGDVTU ngày 20/07/2026”; empty where a source tells conclusions."""
    if not row:
        return ""
    number = f" số {row['number']}" if row["number"] else ""
    return f"Thông báo kết luận{number} ngày {format_date(date.fromisoformat(row['signed_on']))}"


def _award(row: dict) -> dict:
    subject = Subject(row["subject"]).label.lower()
    count = f"{format_number(row['count'])} {subject}" if row["count"] else subject
    return row | {"words": f"{AwardKind(row['kind']).label} của {row['issuer']}: {count}"}


def _paper(row: dict) -> PublicPaper:
    details = [PaperKind(row["kind"]).label, PaperStage(row["stage"]).label, row["number"]]
    details += [format_date(date.fromisoformat(row["dated"]))] if row["dated"] else []
    details.append(f"{format_number(max(1, round(row['size'] / 1024)))} KB")
    kind = FileKind.of_content_type(row["type"])
    return PublicPaper(row["id"], row["title"], kind.value, " · ".join(filter(None, details)))


def _photo(row: dict) -> PublicPhoto:
    size = (row["width"], row["height"])
    names = ("width", "height", "alt", "caption", "credit")
    return PublicPhoto(
        pk=row["id"], small_width=fitted(size, SMALL_BOX)[0], **{name: row[name] for name in names}
    )


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def item(publication: ConferencePublication, part: str, pk: int) -> dict | None:
    """A paper or photo of the public content by its number."""
    return next((row for row in publication.content[part] if row["id"] == pk), None)
