"""How published figures of a unit went over the years, on over what it came from where whole units add up (§1)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F

from models_dv.domain.lineage import Lineage, Origin
from models_dv.enums import PeriodKind
from models_dv.vietnamese.numbers import format_number, format_qualified, percent_change
from reports.domain.public_figures import PERCENT
from reports.domain.series import NOT_COMPARABLE
from reports.enums import PublicationState, Qualifier
from reports.models import PublishedFigure

TRENDS_SHOWN = 3
YEARS_SHOWN = 10
LEAST_POINTS = 2
_KINDS = {
    PeriodKind.ANNUAL: "năm",
    PeriodKind.HALF_YEAR: "6 tháng đầu năm",
    PeriodKind.NINE_MONTHS: "9 tháng",
}
_TENTH = Decimal("0.1")


@dataclass(frozen=True)
class TrendPoint:
    """One year. ``value`` None: not comparable, ``note`` says why; else ``note`` says what it was added up from."""

    year: int
    window_to: date
    value: Decimal | None
    words: str
    note: str = ""
    is_joined: bool = False


@dataclass(frozen=True)
class Trend:
    """One figure over the years, oldest first; ``breaks`` are the days on which the unit came out of others."""

    name: str
    unit_name: str
    kind: str
    points: tuple[TrendPoint, ...]
    breaks: tuple[date, ...] = ()

    @property
    def title(self) -> str:
        """“Mô hình “Dân vận khéo”, năm 2020–2023”."""
        first, last = self.points[0].year, self.points[-1].year
        return f"{self.name}, {_KINDS[PeriodKind(self.kind)]} {first}–{last}"

    @property
    def known(self) -> list[TrendPoint]:
        """The years that can be compared."""
        return [point for point in self.points if point.value is not None]

    @property
    def has_line(self) -> bool:
        """Whether there is anything to draw."""
        return len(self.known) >= LEAST_POINTS

    @property
    def claim(self) -> str:
        """What the figures say, computed: “Tăng 105 (6,4%) từ 2020 đến 2023.”"""
        if not self.has_line:
            return ""
        first, last = self.known[0], self.known[-1]
        difference = last.value - first.value
        if not difference:
            return f"Bằng nhau giữa {first.year} và {last.year}."
        word = "Tăng" if difference > 0 else "Giảm"
        if self.unit_name == PERCENT:
            share = " điểm %"
        else:
            change = percent_change(last.value, first.value)
            share = f" ({format_number(abs(change).quantize(_TENTH))}%)" if change is not None else ""
        return f"{word} {format_number(abs(difference))}{share} từ {first.year} đến {last.year}."


@dataclass(frozen=True)
class _Row:
    unit_id: int
    kind: str
    year: int
    number: int
    window_to: date
    code: str
    name: str
    unit_name: str
    value: Decimal
    qualifier: str
    is_key: bool


_FIELDS = (
    "version__publication__unit_id",
    "version__publication__period__kind",
    "version__publication__period__year",
    "version__publication__period__number",
    "version__publication__period__window_to",
    "code",
    "name",
    "unit_name",
    "value",
    "qualifier",
    "is_key",
)


def trends(unit_id: int, lineage: Lineage, until: date) -> list[Trend]:
    """The few figures of the unit that say most over the years up to ``until``; one query.

    Only what is published. Main figures first, then those of most years.
    """
    origin_ids = {edge.predecessor_id for edge in lineage.edges if edge.on <= until} | {unit_id}
    rows = [_Row(*row) for row in _published(origin_ids).values_list(*_FIELDS)]
    by_code: dict[tuple[str, str], list[_Row]] = defaultdict(list)
    for row in rows:
        if (row.kind in _KINDS and row.number == 1) and row.window_to <= until:
            by_code[row.code, row.kind].append(row)
    found: dict[str, Trend] = {}
    for (code, _kind), of_code in by_code.items():
        trend = _trend(unit_id, lineage, until, of_code)
        if trend and (code not in found or len(trend.known) > len(found[code].known)):
            found[code] = trend
    weight = {code: any(row.is_key for row in rows if row.code == code) for code in found}
    order = sorted(found, key=lambda code: (not weight[code], -len(found[code].known)))
    return [found[code] for code in order[:TRENDS_SHOWN]]


def _published(unit_ids: Iterable[int]):
    return PublishedFigure.objects.filter(
        version__publication__unit_id__in=unit_ids,
        version=F("version__publication__current"),
        version__state=PublicationState.PUBLISHED,
        value__isnull=False,
    ).order_by("-version__publication__period__window_to", "order")


def _trend(unit_id: int, lineage: Lineage, until: date, rows: list[_Row]) -> Trend | None:
    """None where there are not two years to put side by side."""
    by_year: dict[int, dict[int, _Row]] = defaultdict(dict)
    for row in rows:
        by_year[row.year].setdefault(row.unit_id, row)
    points, breaks = [], set()
    for year in sorted(by_year)[-YEARS_SHOWN:]:
        then = by_year[year]
        window_to = next(iter(then.values())).window_to
        origin = lineage.origin(after=window_to, until=until)
        if origin.unit_ids == (unit_id,) and unit_id not in then:
            continue
        points.append(_point(unit_id, next(iter(then.values())), then, origin))
        if origin.broken or origin.unit_ids != (unit_id,):
            breaks |= {edge.on for edge in lineage.edges if window_to < edge.on <= until}
    newest = rows[0]
    if len(points) < LEAST_POINTS or all(point.value is None for point in points):
        return None
    return Trend(newest.name, newest.unit_name.strip(), newest.kind, tuple(points), tuple(sorted(breaks)))


def _point(unit_id: int, any_row: _Row, then: dict[int, _Row], origin: Origin) -> TrendPoint:
    def gap(why: str) -> TrendPoint:
        return TrendPoint(any_row.year, any_row.window_to, None, NOT_COMPARABLE, why)

    if origin.broken:
        return gap(origin.broken)
    lacking = [origin.names.get(other, "") for other in origin.unit_ids if other not in then]
    if lacking:
        names = ", ".join(lacking)
        return gap(f"{names} chưa công bố số liệu này")
    parts = [then[other] for other in origin.unit_ids]
    if len(parts) > 1 and parts[0].unit_name.strip() == PERCENT:
        return gap("Tỷ lệ của nhiều đơn vị không cộng được")
    value = sum(part.value for part in parts)
    is_joined = origin.unit_ids != (unit_id,)
    qualifier = parts[0].qualifier
    if len(parts) > 1:
        qualifier = Qualifier.ESTIMATED if any(part.qualifier for part in parts) else ""
    note = ""
    if is_joined:
        values = " + ".join(format_qualified(part.value, part.qualifier) for part in parts)
        note = f"{values}: {', '.join(origin.names[other] for other in origin.unit_ids)}"
    words = format_qualified(value, qualifier)
    return TrendPoint(any_row.year, any_row.window_to, value, words, note, is_joined)
