"""Figures of “Dân vận khéo” beside the unit's own registry: proposed, compared, explained, never overwritten."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from models_dv.domain import kheo_counts
from models_dv.domain.kheo_counts import Window
from models_dv.vietnamese.fold import fold
from models_dv.vietnamese.numbers import format_number
from reports.domain.checks import FIGURES_PART, Finding
from reports.enums import RuleLevel, ValueState
from reports.models import Figure, Indicator, Report

#: Codes mean what they say only in a group that is about the movement.
GROUP = "dan van kheo"


@dataclass(frozen=True)
class Proposal:
    """What the registry says beside one cell; ``difference`` is None while the cell says no number."""

    code: str
    number: int
    difference: Decimal | None

    @property
    def is_same(self) -> bool:
        """Whether the cell says the same."""
        return self.difference == 0

    @property
    def words(self) -> str:
        """“Sổ đăng ký: 41 · lệch 2”."""
        apart = f" · lệch {format_number(abs(self.difference))}" if self.difference else ""
        return f"Sổ đăng ký: {format_number(self.number)}{apart}"


def window_of(report: Report) -> Window:
    """The data window of the report's round."""
    return Window(report.round.window_from, report.round.window_to)


def counted(indicators: Iterable[Indicator]) -> dict[str, Indicator]:
    """The indicators that the registry knows, by code; their groups must be loaded."""
    return {
        indicator.code: indicator
        for indicator in indicators
        if indicator.code in kheo_counts.CODES and indicator.is_typed and GROUP in fold(indicator.group.name)
    }


def numbers_of(report: Report, indicators: Iterable[Indicator]) -> dict[str, int]:
    """What the registry counts, by code, in one query; {} where the outline asks nothing of it, or none is kept."""
    return kheo_counts.counts(report.unit_id, window_of(report)) if counted(indicators) else {}


def proposals(
    report: Report,
    indicators: Iterable[Indicator],
    figures: Mapping[int, Figure],
    *,
    numbers: Mapping[str, int] | None = None,
) -> dict[str, Proposal]:
    """What the registry says beside the cells of the report's own column.

    ``figures`` by indicator id; ``numbers`` as ``numbers_of`` gives them, where the caller has them.
    """
    known = counted(indicators)
    if numbers is None:
        numbers = numbers_of(report, known.values())
    return {
        code: Proposal(code, numbers[code], _difference(figures.get(indicator.pk), numbers[code]))
        for code, indicator in known.items()
        if numbers
    }


def _difference(figure: Figure | None, number: int) -> Decimal | None:
    if figure is None or figure.value_state not in (ValueState.NUMBER, ValueState.NONE):
        return None
    return None if figure.value is None else figure.value - number


def findings(
    report: Report,
    indicators: Iterable[Indicator],
    figures: Mapping[int, Figure],
    *,
    numbers: Mapping[str, int] | None = None,
) -> list[Finding]:
    """A soft note for every cell that differs, to be explained in its note; ``numbers`` as in ``proposals``."""
    indicators = list(indicators)
    notes = {
        indicator.code: figures[indicator.pk].note for indicator in indicators if indicator.pk in figures
    }
    return [
        Finding(
            level=RuleLevel.SOFT,
            message=f"Sổ đăng ký “Dân vận khéo” có {format_number(proposal.number)}, báo cáo ghi "
            f"{format_number(proposal.number + proposal.difference)} (lệch "
            f"{format_number(abs(proposal.difference))}). Sửa số, bổ sung sổ đăng ký, hoặc ghi lý do",
            part=FIGURES_PART,
            code=proposal.code,
            note=notes.get(proposal.code, ""),
        )
        for proposal in proposals(report, indicators, figures, numbers=numbers).values()
        if proposal.difference
    ]
