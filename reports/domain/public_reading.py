"""What a reader of the public pages gets to see: published versions, never anything else (architecture, decision 6)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Case, IntegerField, Value, When
from django.utils import timezone

from models_dv import clock
from models_dv.domain.search import Piece, Query, all_words, excerpt, has_hit, mark, phrase_first
from models_dv.enums import UnitLevel
from models_dv.models import Period
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.numbers import format_number
from reports.domain.narrative import Block, parse_narrative
from reports.domain.public_figures import ShownFigure, show
from reports.domain.public_units import place_today
from reports.domain.publication_content import KEY_FIGURES
from reports.enums import PublicationState
from reports.models import Publication, PublicationVersion, PublishedFigure, PublishedSection

READABLE = (PublicationState.PUBLISHED, PublicationState.SUPERSEDED)
_LEVELS = (UnitLevel.CENTRAL, UnitLevel.PROVINCE, UnitLevel.DISTRICT, UnitLevel.COMMUNE)


@dataclass(frozen=True)
class ReportCard:
    """A published report in a list. ``above`` is the body above of that day; ``lead`` is cut and marked."""

    publication: Publication
    body: str
    above: str
    title: tuple[Piece, ...]
    lead: tuple[Piece, ...]
    found_in: str = ""
    found: tuple[Piece, ...] = ()

    @property
    def kicker(self) -> str:
        """“Báo cáo tổng kết · năm 2023”."""
        return kicker(self.publication.period)


@dataclass(frozen=True)
class PublicSection:
    """One part: ``anchor`` is its id in the page, ``blocks`` its text read by ``narrative``, ``text`` as stored."""

    anchor: str
    title: str
    blocks: tuple[Block, ...]
    text: str


@dataclass(frozen=True)
class Withdrawn:
    """Nothing but the notice: ``newer`` is set where something was published again afterwards."""

    publication: Publication
    on: date
    newer: PublicationVersion | None


@dataclass(frozen=True)
class PublicReport:
    """One published version as its page, its PDF and its files show it.

    ``today`` says what the unit is now where that differs; ``versions`` are those that can be read, newest
    first; ``newer`` is the version that replaced this one; ``facts`` are the lines of “Về báo cáo này”.
    ``is_preview``: not for the public yet, so there are no files of it.
    """

    publication: Publication
    version: PublicationVersion
    body: str
    above: str
    today: str
    sections: tuple[PublicSection, ...]
    figures: tuple[ShownFigure, ...]
    versions: tuple[PublicationVersion, ...]
    newer: PublicationVersion | None
    facts: tuple[tuple[str, str], ...]
    is_preview: bool = False

    @property
    def kicker(self) -> str:
        """“Báo cáo sơ kết · 6 tháng đầu năm 2026”."""
        return kicker(self.publication.period)

    @property
    def key_figures(self) -> list[ShownFigure]:
        """The few figures that open the page."""
        return [figure for figure in self.figures if figure.is_key][:KEY_FIGURES]

    @property
    def same_period_name(self) -> str:
        """“Cùng kỳ 2025”: head of the column beside the figures."""
        return f"Cùng kỳ {self.publication.period.year - 1}"


def kicker(period: Period) -> str:
    """“Báo cáo sơ kết · 6 tháng đầu năm 2026”."""
    return f"{period.report_kind} · {period.label}"


def listed():
    """Published reports with what cards need, in two queries, newest period first."""
    return (
        Publication.objects.published()
        .for_list()
        .select_related("unit_version__parent")
        .prefetch_related("unit_version__parent__versions")
        .defer("current__search_text", "current__correction_note", "citation__note")
        .order_by("-period__window_to", "-current__published_at", "slug")
    )


def matching(publications, query: Query):
    """Those in whose published words every word of the query stands; the words side by side come first."""
    if not query:
        return publications
    return publications.filter(all_words("current__search_text", query)).order_by(
        phrase_first("current__search_text", query), "-period__window_to", "-current__published_at", "slug"
    )


def cards(
    publications: Iterable[Publication],
    query: Query | None = None,
    above: Callable[[Publication], str] | None = None,
) -> list[ReportCard]:
    """Cards of publications that came from ``listed``, the words of the query marked.

    ``above`` names the body above of a publication; without it the versions of that body are asked for.
    """
    query = query or Query()
    above = above or name_above
    return [
        ReportCard(
            publication=publication,
            body=publication.unit_version.issuer_full_name,
            above=above(publication),
            title=mark(publication.current.title, query),
            lead=excerpt(publication.current.lead, query),
        )
        for publication in publications
    ]


def cards_with_places(publications: Iterable[Publication], query: Query) -> list[ReportCard]:
    """As ``cards``; where neither title nor lead holds a word, the part that does is quoted (one query more)."""
    publications = list(publications)
    places: dict[int, PublishedSection] = {}
    for section in PublishedSection.objects.filter(version__in=[p.current_id for p in publications]):
        if section.version_id not in places and has_hit(section.text, query):
            places[section.version_id] = section
    found = []
    for card in cards(publications, query):
        section = places.get(card.publication.current_id)
        if section and not any(piece.hit for piece in (*card.title, *card.lead)):
            words = {"found_in": section.title, "found": excerpt(section.text, query)}
            card = ReportCard(**{**vars(card), **words})
        found.append(card)
    return found


def featured() -> Publication | None:
    """The report that opens the portal: the newest period's, of the highest body."""
    levels = Case(
        *(When(unit_version__level=level, then=Value(order)) for order, level in enumerate(_LEVELS)),
        default=Value(len(_LEVELS)),
        output_field=IntegerField(),
    )
    return listed().order_by("-period__window_to", levels, "-current__published_at", "slug").first()


def newest():
    """Published reports, the one put up or corrected last first."""
    return listed().order_by("-current__published_at", "-period__window_to", "slug")


def key_figures(publication: Publication) -> list[ShownFigure]:
    """The few figures that open a report."""
    figures = PublishedFigure.objects.filter(version=publication.current_id, is_key=True)[:KEY_FIGURES]
    return [show(figure, publication.period.year) for figure in figures]


def periods() -> list[Period]:
    """Periods of which something is published, newest first."""
    return list(Period.objects.filter(publications__current__state=PublicationState.PUBLISHED).distinct())


def name_above(publication: Publication) -> str:
    """Name of the body above on the day of the report; empty for a province."""
    parent = publication.unit_version.parent
    version = parent.version_on(publication.period.window_to) if parent else None
    return version.name if version and version.level != UnitLevel.CENTRAL else ""


def find(slug: str, number: int | None = None) -> PublicReport | Withdrawn | None:
    """The version that the public reads at an address (``number`` None: the one in force).

    Withdrawn for what was taken down, with everything before it; None where nothing was ever published.
    """
    publication = (
        Publication.objects.for_list()
        .select_related("unit_version__parent", "unit_version__unit")
        .defer("current__search_text")
        .filter(slug=slug, current__isnull=False)
        .first()
    )
    if publication is None:
        return None
    versions = {
        version.number: version
        for version in publication.versions.filter(state__in=[*READABLE, PublicationState.WITHDRAWN])
        .select_related("edition__report__round")
        .defer("search_text")
    }
    current = next((v for v in versions.values() if v.state == PublicationState.PUBLISHED), None)
    wanted = versions.get(number) if number is not None else (current or publication.current)
    if wanted is None:
        return None
    down = [
        v for v in versions.values() if v.state == PublicationState.WITHDRAWN and v.number >= wanted.number
    ]
    if down:
        return Withdrawn(publication, timezone.localdate(down[0].ended_at), current)
    if wanted.state not in READABLE:
        return None
    first_readable = max(
        (v.number for v in versions.values() if v.state == PublicationState.WITHDRAWN), default=0
    )
    readable = sorted((n for n in versions if n > first_readable), reverse=True)
    return _read(publication, wanted, [versions[n] for n in readable], current)


def preview(version: PublicationVersion) -> PublicReport:
    """Any version as its page would be, were it published now; for those who work on it, never for the public."""
    now, publication = clock.now(), version.publication
    version.published_at = version.published_at or now
    publication.first_published_at = publication.first_published_at or now
    return replace(_read(publication, version, [version], None), is_preview=True)


def _read(publication, version, versions, current) -> PublicReport:
    year = publication.period.year
    sections = tuple(
        PublicSection(f"phan-{number}", section.title, parse_narrative(section.text), section.text)
        for number, section in enumerate(version.sections.all(), start=1)
    )
    return PublicReport(
        publication=publication,
        version=version,
        body=publication.unit_version.issuer_full_name,
        above=name_above(publication),
        today=place_today(publication.unit_version, clock.today()),
        sections=sections,
        figures=tuple(show(figure, year) for figure in version.figures.all()),
        versions=tuple(versions),
        newer=current if current and current.pk != version.pk else None,
        facts=tuple(_facts(publication, version)),
    )


def _facts(publication, version) -> list[tuple[str, str]]:
    body = publication.unit_version.issuer_full_name
    if version.edition is None:
        return [("Kỳ", publication.period.label), ("Đơn vị được nêu", body)]
    edition = version.edition
    window = edition.report.round
    facts = [
        ("Số, ký hiệu", edition.full_number),
        ("Kỳ số liệu", f"{format_date(window.window_from)} – {format_date(window.window_to)}"),
    ]
    if source := source_words(version):
        facts.append(("Tổng hợp từ", source))
    return [*facts, ("Cơ quan công bố", body)]


def source_words(version: PublicationVersion) -> str:
    """“96/98 đơn vị”: whose figures are in the sums; empty for a body with none below and for a citation."""
    coverage = version.edition.coverage if version.edition else None
    if not coverage or not coverage["expected"]:
        return ""
    return f"{format_number(coverage['accepted'])}/{format_number(coverage['expected'])} đơn vị"


def related(publication: Publication, count: int = 3) -> list[Publication]:
    """More to read: the unit's other reports, then others of the period, then the newest."""
    closeness = Case(
        When(unit=publication.unit_id, then=Value(0)),
        When(period=publication.period_id, then=Value(1)),
        default=Value(2),
        output_field=IntegerField(),
    )
    others = listed().exclude(pk=publication.pk).prefetch_related(None)
    return list(others.order_by(closeness, "-period__window_to", "slug")[:count])
