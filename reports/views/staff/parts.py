"""Parts of a report and how far each has come, for one report or for many in the same number of queries."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BooleanField, Count, ExpressionWrapper, Max, Q
from django.urls import reverse

from models_dv.vietnamese.numbers import roman
from reports.domain.checks import FIGURES_PART
from reports.domain.known_outlines import known_outline
from reports.enums import TYPED_OPS, Action, FigureSource, State, ValueState
from reports.models import Figure, Indicator, OutlineSection, SectionText
from reports.views.staff.words import Badge

FIGURES_TITLE = "Phụ lục: số liệu"
FIGURES_GROUP = "Số liệu"
CHECK_AND_SUBMIT = "Kiểm tra và trình duyệt"


@dataclass(frozen=True)
class Part:
    """One part of the outline as the editor counts them: a leaf, or the table of figures.

    ``group`` and ``group_title`` are the top heading it stands under (itself, where it has none).
    """

    code: str
    title: str
    number: str
    group: str
    group_title: str
    section_id: int | None = None


@dataclass(frozen=True)
class Marks:
    """What is known of a part without reading it; ``changed_at`` is its last save."""

    written: bool = False
    done: bool = False
    changed_at: datetime | None = None


@dataclass(frozen=True)
class PartState:
    """A part with what has been done in it; ``returned``: a return names it and nobody has mended it yet."""

    part: Part
    written: bool = False
    done: bool = False
    returned: bool = False

    @property
    def badge(self) -> Badge:
        """“Phần này đã xong”, “Đang soạn” …"""
        if self.returned:
            return Badge("Được trả lại để bổ sung", "warn", "refresh")
        if self.done:
            return Badge("Phần này đã xong", "ok", "check")
        return Badge("Đang soạn", "", "pencil") if self.written else Badge("Chưa soạn")


@dataclass
class Filling:
    """How far one report has come, part by part."""

    states: list[PartState] = field(default_factory=list)

    @property
    def done(self) -> int:
        """Parts that are done."""
        return sum(state.done for state in self.states)

    @property
    def total(self) -> int:
        """Parts in all."""
        return len(self.states)

    @property
    def is_begun(self) -> bool:
        """Whether anything has been written."""
        return any(state.written for state in self.states)

    def next_part(self, unlocked: list[str] | None) -> Part | None:
        """Where the author goes on: the first returned part, else the first open one that is not done."""
        returned = [state.part for state in self.states if state.returned]
        waiting = [
            state.part
            for state in self.states
            if not state.done and (unlocked is None or state.part.code in unlocked)
        ]
        return next(iter(returned + waiting), None)


def parts_of(report) -> list[Part]:
    """The parts of one report in the order of its outline, the table of figures last."""
    outline = known_outline(report.round.outline_version)
    return _parts(list(outline.sections.values()), report.round.period.kind)


def fillings(reports) -> dict[int, Filling]:
    """How far the latest edition of each report has come, by report id; four queries for any number."""
    reports = [report for report in reports if report.latest_id]
    if not reports:
        return {}
    sections, texts = _sections(reports), _texts(reports)
    typed, figures = _typed_counts(reports), _figures(reports)
    result = {}
    for report in reports:
        version_id, edition = report.round.outline_version_id, report.latest
        count, changed_at = figures.get(edition.pk, (0, None))
        table = Marks(count > 0, 0 < typed[version_id, report.level] <= count, changed_at)
        result[report.pk] = Filling(
            [
                _state(edition, part, texts.get((edition.pk, part.section_id), Marks()))
                if part.section_id
                else _state(edition, part, table)
                for part in _parts(sections[version_id], report.round.period.kind)
            ]
        )
    return result


def _state(edition, part: Part, marks: Marks) -> PartState:
    named = edition.state == State.RETURNED and part.code in (edition.unlocked_parts or ())
    mended = marks.changed_at is not None and marks.changed_at > edition.state_at
    returned = named and not mended
    return PartState(part, marks.written, marks.done and not returned, returned)


def word_to_write(filling: Filling, unlocked: list[str] | None) -> str:
    """What the button says that leads the author on; "" when only the check is left."""
    if filling.next_part(unlocked) is None:
        return ""
    if any(state.returned for state in filling.states):
        return "Mở phần được trả lại"
    return "Soạn tiếp" if filling.is_begun else Action.BEGIN.label


def place_to_write(report, filling: Filling) -> str:
    """Address of the exact place where the author goes on: a part, or the check before handing in."""
    part = filling.next_part(report.latest.unlocked_parts)
    if part is None:
        return reverse("staff:check", args=[report.pk])
    return reverse("staff:part", args=[report.pk, part.code])


def _sections(reports) -> dict[int, list[OutlineSection]]:
    version_ids = {report.round.outline_version_id for report in reports}
    sections = defaultdict(list)
    for section in OutlineSection.objects.filter(version_id__in=version_ids).order_by("version_id", "order"):
        sections[section.version_id].append(section)
    return sections


def _parts(sections: list[OutlineSection], period_kind: str) -> list[Part]:
    present = [section for section in sections if section.stands_in(period_kind)]
    tops = [section for section in present if section.parent_id is None]
    numbers = {top.pk: roman(place) for place, top in enumerate(tops, start=1)}
    by_id = {section.pk: section for section in present}
    counts: dict[int, int] = defaultdict(int)
    parts = []
    for section in present:
        if not section.is_leaf:
            continue
        top = by_id.get(section.parent_id, section)
        number = numbers[top.pk]
        if top is not section:
            counts[top.pk] += 1
            number = f"{number}.{counts[top.pk]}"
        parts.append(Part(section.code, section.title, number, numbers[top.pk], top.title, section.pk))
    return [*parts, Part(FIGURES_PART, FIGURES_TITLE, "", FIGURES_GROUP, FIGURES_TITLE)]


def _texts(reports) -> dict[tuple[int, int], Marks]:
    """(edition, section) → its marks, without reading the texts."""
    editions = [report.latest_id for report in reports]
    rows = SectionText.objects.filter(edition_id__in=editions).annotate(
        written=ExpressionWrapper(~Q(text=""), output_field=BooleanField())
    )
    return {
        (edition_id, section_id): Marks(written, done, changed_at)
        for edition_id, section_id, written, done, changed_at in rows.values_list(
            "edition_id", "section_id", "written", "done", "updated_at"
        )
    }


def _typed_counts(reports) -> dict[tuple[int, str], int]:
    """(outline version, level) → how many figures a unit of the level enters."""
    wanted = {(report.round.outline_version_id, report.level) for report in reports}
    indicators = list(
        Indicator.objects.filter(
            version_id__in={version_id for version_id, _level in wanted},
            op__in=[str(op) for op in TYPED_OPS],
        ).only("version_id", "levels")
    )
    return {
        (version_id, level): sum(
            indicator.version_id == version_id and indicator.for_level(level) for indicator in indicators
        )
        for version_id, level in wanted
    }


def _figures(reports) -> dict[int, tuple[int, datetime]]:
    """Edition → (how many own figures have been entered, the last save of one)."""
    own = Figure.objects.filter(
        edition_id__in=[report.latest_id for report in reports], source=FigureSource.OWN
    )
    counted = own.values("edition_id").annotate(
        filled=Count("pk", filter=~Q(value_state=ValueState.EMPTY)), changed_at=Max("updated_at")
    )
    return {row["edition_id"]: (row["filled"], row["changed_at"]) for row in counted.order_by()}
