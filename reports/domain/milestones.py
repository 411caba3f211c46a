"""The content of an edition at the moments that have a name; autosaves leave none.

It is kept when the edition is sent for approval. From then on nobody can write until it is returned, so what is
approved and issued is that same content, and needs no second copy.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal

from reports.domain import consolidation
from reports.domain.figure_codes import has_codes, resolve, words_of
from reports.enums import Action, FigureSource, ValueState
from reports.models import EditionEvent, Figure, Indicator, Milestone, SectionText, Writing

#: Follows the code of an indicator where the adjustment of its total is meant.
ADJUSTMENT_MARK = ":dc"


@dataclass(frozen=True)
class Cell:
    """One figure as it stood: ``value`` in the indicator's unit."""

    state: str = ValueState.EMPTY
    value: Decimal | None = None
    qualifier: str = ""
    text: str = ""
    note: str = ""

    @classmethod
    def of(cls, figure: Figure) -> "Cell":
        """As a stored figure says."""
        return cls(figure.value_state, figure.value, figure.qualifier, figure.text, figure.note)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was entered."""
        return self.state == ValueState.EMPTY and not self.note

    def as_json(self) -> list:
        """[state, value or null, qualifier, text, note]."""
        value = None if self.value is None else format(self.value.normalize(), "f")
        return [self.state, value, self.qualifier, self.text, self.note]

    @classmethod
    def from_json(cls, row: list) -> "Cell":
        """What ``as_json`` wrote."""
        state, value, *words = row
        return cls(state, None if value is None else Decimal(value), *words)


@dataclass(frozen=True)
class Content:
    """Texts by part code and figures by indicator code; what is empty is left out."""

    texts: dict[str, str] = field(default_factory=dict)
    figures: dict[str, Cell] = field(default_factory=dict)


def content(texts: Mapping[str, str], figures: Iterable[Figure], codes: Mapping[int, str]) -> Content:
    """Put together what has been read; ``codes`` names indicators by id."""
    cells = {_cell_code(codes[figure.indicator_id], figure.source): Cell.of(figure) for figure in figures}
    return Content(
        {code: text for code, text in texts.items() if text.strip()},
        {code: cell for code, cell in cells.items() if not cell.is_empty},
    )


def content_of(edition_id: int) -> Content:
    """The content of an edition as it stands; two queries."""
    texts = SectionText.objects.filter(edition_id=edition_id).values_list("section__code", "text")
    figures = list(Figure.objects.filter(edition_id=edition_id).select_related("indicator"))
    return content(dict(texts), figures, {figure.indicator_id: figure.indicator.code for figure in figures})


def content_at(milestone: Milestone) -> Content:
    """The content at a milestone."""
    cells = {code: Cell.from_json(row) for code, row in milestone.figures.items()}
    return Content(dict(milestone.texts), cells)


def as_read(
    found: Content,
    edition,
    indicators: Iterable[Indicator],
    *,
    below_sums: consolidation.BelowSums | None = None,
) -> Content:
    """The same with figures in place of their codes in the texts; no query where no unit below has a figure in it.

    What units below have is taken as it is now (``below_sums``, where the caller has them): it is not kept with a
    milestone.
    """
    if not has_codes(found.texts.values()):
        return found
    indicators = list(indicators)
    ids = {indicator.code: indicator.pk for indicator in indicators}
    figures = [_figure(code, cell, ids) for code, cell in found.figures.items()]
    totals = consolidation.totals(
        edition,
        indicators=indicators,
        figures=figures,
        has_below=edition.report.has_below,
        below_sums=below_sums,
    )
    words = words_of(indicators, totals)
    return replace(found, texts={code: resolve(text, words) for code, text in found.texts.items()})


def _figure(code: str, cell: Cell, ids: Mapping[str, int]) -> Figure:
    """A cell as the row it was."""
    source = FigureSource.ADJUSTMENT if code.endswith(ADJUSTMENT_MARK) else FigureSource.OWN
    return Figure(
        indicator_id=ids[code.removesuffix(ADJUSTMENT_MARK)],
        source=source,
        value_state=cell.state,
        value=cell.value,
        qualifier=cell.qualifier,
        text=cell.text,
        note=cell.note,
    )


def keep(event: EditionEvent, found: Content) -> Milestone:
    """Keep the content with the step that names it."""
    return Milestone.objects.create(
        event=event,
        texts=found.texts,
        figures={code: cell.as_json() for code, cell in found.figures.items()},
    )


def before(event: EditionEvent) -> EditionEvent | None:
    """The submission before another: of the same edition, else the last one of the edition it replaces."""
    submissions = EditionEvent.objects.filter(action=Action.SUBMIT, milestone__isnull=False)
    submissions = submissions.select_related("milestone", "actor").order_by("-at", "-pk")
    earlier = submissions.filter(edition_id=event.edition_id, at__lte=event.at).exclude(pk=event.pk).first()
    if earlier is None and event.edition.replaces_id:
        earlier = submissions.filter(edition_id=event.edition.replaces_id).first()
    return earlier


def writings_of(report_id: int):
    """Who wrote where in every edition of a report, with the people, in the order of places."""
    rows = Writing.objects.filter(edition__report_id=report_id).exclude(place="")
    return rows.select_related("user").order_by("edition_id", "phase", "place", "user__full_name")


def _cell_code(code: str, source: str) -> str:
    return code if source == FigureSource.OWN else f"{code}{ADJUSTMENT_MARK}"
