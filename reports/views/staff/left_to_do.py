"""What is left to do in a report: counted in one place for who hands it in and for who approves it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from reports.domain import checks, comments
from reports.domain.consolidation import BelowSums
from reports.domain.known_outlines import KnownOutline, known_outline
from reports.domain.task_results import TASKS_PART
from reports.enums import FigureSource, ValueState
from reports.models import Figure, Indicator, ReportEdition, SectionText
from reports.views.staff.review_findings import Looked, look_at


@dataclass(frozen=True)
class Left:
    """How many of what. ``to_explain``: warnings about figures without a reason; ``parts``: to be looked at again;
    ``in_words``: places in the texts; ``returned``: parts that nobody mended; ``comments`` that wait; ``empty_parts``;
    ``empty_figures``."""

    to_explain: int = 0
    parts: int = 0
    in_words: int = 0
    returned: int = 0
    comments: int = 0
    empty_parts: int = 0
    empty_figures: int = 0

    @property
    def words(self) -> str:
        """“Còn 5 chỗ cần giải thích, 6 phần chưa có nội dung.”, or ""."""
        counts = (
            (self.to_explain, "chỗ cần giải thích"),
            (self.parts, "phần cần xem lại"),
            (self.in_words, "chỗ trong lời, ghi chú cần xem lại"),
            (self.returned, "phần được trả lại chưa sửa"),
            (self.comments, "góp ý chưa xử lý"),
            *self.missing,
        )
        left = ", ".join(f"{count} {words}" for count, words in counts if count)
        return f"Còn {left}." if left else ""

    @property
    def missing(self) -> list[tuple[int, str]]:
        """2 “phần chưa có nội dung”, 15 “chỉ tiêu chưa nhập”."""
        counts = [(self.empty_parts, "phần chưa có nội dung"), (self.empty_figures, "chỉ tiêu chưa nhập")]
        return [(count, words) for count, words in counts if count]


def is_explained(indicator: Indicator, figure: Figure | None) -> bool:
    """Whether a number that asks for a reason has one."""
    return bool(figure and figure.note and has_number(indicator, figure))


def has_number(indicator: Indicator, figure: Figure | None) -> bool:
    """Whether there is something to explain."""
    return not indicator.is_typed or (figure is not None and figure.value_state != ValueState.EMPTY)


def left_in(
    edition: ReportEdition,
    outline: KnownOutline,
    figures: Iterable[Figure],
    texts: Mapping[str, str],
    looked: Looked,
    *,
    waiting: int,
) -> Left:
    """What is left in an edition that was sent, from what its page has read; ``waiting`` comments. One query."""
    report = edition.report
    own = {figure.indicator_id: figure for figure in figures if figure.source == FigureSource.OWN}
    sections = [s for s in outline.sections.values() if s.is_leaf and s.stands_in(report.round.period.kind)]
    gaps = checks.check_missing(report, outline.indicators, own, dict(texts), sections)
    explained = [is_explained(outline.by_code[c], own.get(outline.by_code[c].pk)) for c in looked.warnings]
    has_tasks = any(section.code == TASKS_PART for section in sections)
    return Left(
        to_explain=explained.count(False),
        parts=len(checks.check_tasks_in(report, texts.get(TASKS_PART, ""))) if has_tasks else 0,
        in_words=sum(map(len, looked.words.values())),
        comments=waiting,
        empty_parts=sum(not gap.code for gap in gaps if gap.is_gap),
        empty_figures=sum(gap.count for gap in gaps if gap.is_gap and gap.code),
    )


def read_left(user, edition: ReportEdition) -> Left:
    """The same where nothing has been read yet."""
    report, outline = edition.report, known_outline(edition.report.round.outline_version)
    figures = list(Figure.objects.filter(edition=edition))
    texts = dict(SectionText.objects.filter(edition=edition).values_list("section__code", "text"))
    in_order = {code: texts[code] for code in outline.sections if texts.get(code)}
    looked = look_at(edition, outline, figures, in_order, BelowSums(report, list(outline.indicators)))
    voice = comments.voice_of(user, edition)
    threads = comments.threads_of(voice, report.pk) if voice else []
    return left_in(
        edition, outline, figures, in_order, looked, waiting=sum(thread.is_open for thread in threads)
    )
