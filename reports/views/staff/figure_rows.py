"""The rows of the table of figures to fill in: what is stored, what was typed, what the rules say of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models_dv.vietnamese.numbers import format_signed
from reports.documents.builders import own_words, value_words
from reports.domain import consolidation, kheo_proposals, series
from reports.domain.checks import FIGURES_PART, Finding
from reports.domain.filling import who_changed
from reports.domain.kheo_proposals import Proposal
from reports.domain.known_outlines import known_outline
from reports.domain.live_checks import tell
from reports.enums import ADDED_OPS, FigureSource, IndicatorOp, ValueState
from reports.forms.figures import NOTE, Base, FiguresForm, Typed
from reports.models import Figure, Indicator, ReportEdition
from reports.views.staff.editor_frame import part_url
from reports.views.staff.figure_lines import SameFigure, change_words, readable_figures, same_figure


@dataclass
class Sheet:
    """All figures of an edition that is being written, with what they are compared and checked with."""

    edition: ReportEdition
    indicators: list[Indicator]
    own: dict[int, Figure]
    adjusted: dict[int, Figure]
    numbers: dict[str, consolidation.Total]
    same: series.OtherPeriod
    findings: dict[str, list[Finding]]
    registry: dict[str, Proposal]
    #: Units below are missing in the totals, which are then not compared; "" where none is.
    partial_words: str = ""

    @property
    def has_below(self) -> bool:
        """Whether there are columns Cấp dưới and Tổng."""
        return self.edition.report.has_below

    @property
    def asked(self) -> list[Indicator]:
        """The cells that a unit of this level types."""
        level = self.edition.report.level
        return [i for i in self.given if i.is_typed and i.for_level(level)]

    @property
    def given(self) -> list[Indicator]:
        """All indicators; to a contributor those of his groups that he still fills."""
        return given_of(self.edition, self.indicators)

    @property
    def adjustable(self) -> list[Indicator]:
        """Indicators whose total can be adjusted."""
        return [i for i in self.indicators if i.op in ADDED_OPS]

    @property
    def filled(self) -> int:
        """How many of the asked cells say something."""
        own = self.own
        return sum(i.pk in own and own[i.pk].value_state != ValueState.EMPTY for i in self.asked)

    @property
    def changed_at(self):
        """The last save of a figure, None before the first."""
        return max((figure.updated_at for figure in self.own.values()), default=None)

    @property
    def codes(self) -> dict[int, str]:
        """Code of each indicator by its id."""
        return {i.pk: i.code for i in self.indicators}


@dataclass
class Row:
    """One indicator as ``staff/editor/figure_row.html`` shows it; every text is ready, "" where there is none."""

    code: str
    name: str
    unit_name: str
    is_sub: bool
    is_typed: bool
    is_text: bool
    typed: Typed
    computed: str
    prior: SameFigure
    below: str
    total: str
    change: str
    errors: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    bad_value: bool = False
    bad_note: bool = False
    #: The stored value that the person may keep instead of his own, after a conflict.
    keep: str = ""
    adjustment: str = ""
    save: str = ""
    #: What the registry of “Dân vận khéo” says of this figure.
    registry: Proposal | None = None

    @property
    def shown(self) -> str:
        """What stands in the field: the number, or the state in words."""
        typed = self.typed
        return typed.value or (ValueState(typed.state).label if typed.state else "")

    @property
    def has_note_row(self) -> bool:
        """Whether a second row stands below: messages, or a note to be seen."""
        typed = self.typed
        return bool(
            self.errors or self.warnings or self.adjustment or typed.note or typed.state == ValueState.NO_DATA
        )


@dataclass
class Group:
    """Rows under one heading."""

    title: str
    rows: list[Row] = field(default_factory=list)


def load_sheet(edition) -> Sheet:
    """Everything of one edition, in a fixed number of queries."""
    report = edition.report
    outline = known_outline(report.round.outline_version)
    own, adjusted = {}, {}
    figures = list(readable_figures(edition).select_related("updated_by"))
    for figure in figures:
        (own if figure.source == FigureSource.OWN else adjusted)[figure.indicator_id] = figure
    told = tell(edition, outline, figures, is_fresh=True)
    indicators = list(outline.indicators)
    registry = {}
    if not edition.reach:
        registry = kheo_proposals.proposals(report, indicators, own, numbers=told.registry)
    partial = consolidation.coverage_as_read(edition).partial_words if report.has_below else ""
    return Sheet(
        edition, indicators, own, adjusted, told.numbers, told.same, told.findings, registry, partial
    )


def given_of(edition, indicators: list[Indicator]) -> list[Indicator]:
    """The indicators that the person before the screen fills: all, of a contributor those of his open groups."""
    if edition.reach is None:
        return indicators
    return [indicator for indicator in indicators if indicator.group.code in edition.reach.open_groups]


def rows_of(
    sheet: Sheet,
    form: FiguresForm | None,
    theirs: Mapping[int, Figure],
    *,
    actor,
    nothing_saved: bool = False,
) -> list[Group]:
    """The rows group by group; what ``form``, sent by ``actor``, could not save stands in them as it was typed."""
    groups: dict[int, Group] = {}
    asked = {indicator.pk for indicator in sheet.asked}
    for indicator in sheet.given:
        is_asked = indicator.pk in asked
        if not is_asked and indicator.is_typed and not sheet.has_below:
            continue
        row = _row(sheet, indicator, is_asked)
        if form is not None:
            _lay_over(row, indicator, form, theirs.get(indicator.pk), nothing_saved, actor)
        groups.setdefault(indicator.group_id, Group(str(indicator.group))).rows.append(row)
    return list(groups.values())


def bases(sheet: Sheet, form: FiguresForm | None) -> dict[str, Base]:
    """What each cell of the page is now; a cell that could not be read stays on what the person saw."""
    codes = sheet.codes
    found = {codes[pk]: Base.of(figure) for pk, figure in sheet.own.items()}
    if form is not None:
        found |= {code: form.base.get(code, Base()) for code in form.errors}
    return found


def _row(sheet: Sheet, indicator: Indicator, is_asked: bool) -> Row:
    code, own = indicator.code, sheet.own.get(indicator.pk)
    number = sheet.numbers[code]
    known = sheet.same.known(code, on_total=sheet.has_below)
    value = number.total if sheet.has_below else number.own
    findings = sheet.findings.get(code, [])
    return Row(
        code=code,
        name=indicator.name,
        unit_name=indicator.unit_name,
        is_sub=code[-1].islower(),
        is_typed=is_asked,
        is_text=indicator.op == IndicatorOp.TEXT,
        typed=Typed.of(own),
        computed="" if is_asked else own_words(indicator, own, number),
        prior=same_figure(sheet.same, indicator, on_total=sheet.has_below),
        below=value_words(number.below, "", indicator) if sheet.has_below else "",
        total=value_words(number.total, number.qualifier, indicator) if sheet.has_below else "",
        change="" if sheet.partial_words else change_words(indicator, value, known),
        errors=[beside(indicator, finding.message) for finding in findings if finding.is_hard],
        warnings=[beside(indicator, finding.message) for finding in findings if not finding.is_hard],
        bad_value=any(finding.is_hard for finding in findings),
        adjustment=_adjustment_words(sheet.adjusted.get(indicator.pk)),
        save="saved" if own is not None and is_asked and own.value_state != ValueState.EMPTY else "",
        registry=sheet.registry.get(code) if is_asked else None,
    )


def beside(indicator: Indicator, message: str) -> str:
    """A finding as it reads beside the indicator's own name: “Tăng 83% so với cùng kỳ …”."""
    rest = message.removeprefix(f"“{indicator.name}”: ")
    return rest[:1].upper() + rest[1:]


def cell_url(edition: ReportEdition, code: str) -> str:
    """Address of the cell of one indicator."""
    return f"{part_url(edition, FIGURES_PART)}#ct-{code}"


def _lay_over(row: Row, indicator: Indicator, form: FiguresForm, theirs, nothing_saved: bool, actor) -> None:
    """Put back what was typed where it is not saved, and say why."""
    error = form.errors.get(row.code)
    if row.code not in form.typed or (error is None and theirs is None and not nothing_saved):
        return
    row.typed, row.save = form.typed[row.code], "failed"
    if error is not None:
        row.errors.insert(0, error.message)
        row.bad_note = error.field == NOTE
        row.bad_value = not row.bad_note
    if theirs is not None:
        row.keep = stored_words(indicator, theirs)
        row.errors.insert(
            0,
            f"{who_changed(theirs, actor, 'ô này')}: {row.keep}. "
            "Lưu lần nữa thì nội dung đang nhập thay cho số đó.",
        )
        row.bad_value = True


def stored_words(indicator: Indicator, figure: Figure) -> str:
    """What a stored cell says, in words."""
    if figure.value_state == ValueState.EMPTY:
        return ValueState.EMPTY.label
    return own_words(indicator, figure, consolidation.EMPTY)


def _adjustment_words(figure: Figure | None) -> str:
    if figure is None or figure.value is None:
        return ""
    return f"Điều chỉnh {format_signed(figure.value)}: {figure.note}"
