"""Checks of an edition: hard errors that block handing in, soft warnings that ask one sentence.

The outline's rules are data (``OutlineRule``); what stands here besides is the comparison with the same
period (±30 % and at least 5; ten times) and what is still missing.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from decimal import Decimal

from models_dv.vietnamese.numbers import format_number
from reports.domain import figure_codes
from reports.domain.consolidation import EMPTY, totals
from reports.domain.expressions import Operand, describe, evaluate_rule, parse, references_in
from reports.domain.series import NOTHING, OtherPeriod, previous_period, same_period
from reports.domain.task_results import TASKS_PART, left_out, results_for, sentence
from reports.enums import FIGURES_PART, FigureSource, IndicatorOp, RuleLevel, RuleScope, ValueState
from reports.models import Figure, Indicator, OutlineRule, OutlineSection, SectionText

CHANGE_SHARE = Decimal("0.3")
CHANGE_LEAST = Decimal(5)
MAGNITUDE = 10
NOTHING_WRITTEN = "Báo cáo chưa có nội dung. Nhập phần lời và số liệu trước khi trình duyệt"


@dataclass(frozen=True)
class Finding:
    """One thing to mend or to explain. ``part`` and ``code`` lead to the exact place; ``is_gap``: nothing is there,
    in ``count`` places."""

    level: str
    message: str
    part: str
    code: str = ""
    note: str = ""
    is_gap: bool = False
    count: int = 1

    @property
    def is_hard(self) -> bool:
        """Whether it blocks handing in."""
        return self.level == RuleLevel.HARD


@dataclass(frozen=True)
class HandedIn:
    """What stands in the way of handing in (``errors``), and the content in which it was looked for.

    ``texts`` by part code; ``figures`` own and adjustments, whose indicators ``codes`` names by id.
    """

    errors: list[Finding]
    texts: dict[str, str]
    figures: list[Figure]
    codes: dict[int, str]


def hand_in(edition, *, has_below: bool = True) -> HandedIn:
    """Read the content of a live edition and what blocks handing it in; warnings are not looked for.

    Four queries; other periods and the units below are read only where a blocking rule asks for them.
    """
    report = edition.report
    version_id = report.round.outline_version_id
    indicators = list(Indicator.objects.filter(version_id=version_id).order_by("order"))
    rules = list(
        OutlineRule.objects.filter(indicator__version_id=version_id, level=RuleLevel.HARD).order_by("pk")
    )
    entered = list(Figure.objects.filter(edition=edition))
    texts = dict(SectionText.objects.filter(edition=edition).values_list("section__code", "text"))
    figures = {figure.indicator_id: figure for figure in entered if figure.source == FigureSource.OWN}
    asks_total = has_below and (
        any(rule.scope == RuleScope.TOTAL for rule in rules) or figure_codes.has_codes(texts.values())
    )
    numbers = totals(edition, indicators=indicators, figures=entered, has_below=asks_total)
    last_year, before = _periods_asked(rules, report)
    errors = [
        finding
        for finding in check_rules(indicators, rules, numbers, last_year, before, figures)
        if finding.is_hard
    ]
    errors += check_codes(texts, indicators, numbers)
    if not any(text.strip() for text in texts.values()) and not _filled(figures):
        errors.append(_nothing_written(_sections_of(report)))
    return HandedIn(errors, texts, entered, {indicator.pk: indicator.code for indicator in indicators})


def _periods_asked(rules: Iterable[OutlineRule], report) -> tuple[OtherPeriod, OtherPeriod]:
    """Cùng kỳ and kỳ trước, each read only where a rule names it."""
    scopes = {reference.scope for rule in rules for reference in references_in(parse(rule.expression).tree)}
    read: tuple[tuple[str, Callable], ...] = (("cung_ky", same_period), ("ky_truoc", previous_period))
    last_year, before = (reader(report) if scope in scopes else NOTHING for scope, reader in read)
    return last_year, before


def check_edition(edition, *, has_below: bool = True) -> list[Finding]:
    """Every finding of a live edition, errors first, in the order of the outline."""
    report = edition.report
    indicators = list(Indicator.objects.filter(version_id=report.round.outline_version_id).order_by("order"))
    entered = list(Figure.objects.filter(edition=edition))
    figures = {figure.indicator_id: figure for figure in entered if figure.source == FigureSource.OWN}
    numbers = totals(edition, indicators=indicators, figures=entered, has_below=has_below)
    findings = check_figures(report, indicators, numbers, same_period(report), figures)
    texts = dict(SectionText.objects.filter(edition=edition).values_list("section__code", "text"))
    findings += check_codes(texts, indicators, numbers)
    findings += check_missing(report, indicators, figures, texts)
    findings.sort(key=lambda finding: not finding.is_hard)
    return findings


def check_figures(report, indicators, numbers, last_year, figures) -> list[Finding]:
    """What the outline's rules and the comparison with the same period find; two queries and kỳ trước."""
    rules = list(
        OutlineRule.objects.filter(indicator__version_id=report.round.outline_version_id).order_by("pk")
    )
    before = previous_period(report)
    findings = check_rules(indicators, rules, numbers, last_year, before, figures)
    return findings + check_changes(indicators, numbers, last_year, figures)


def check_rules(indicators, rules, numbers, last_year, before, figures) -> list[Finding]:
    """Findings of the outline's own rules."""
    by_id = {indicator.pk: indicator for indicator in indicators}
    names = {indicator.code: indicator.name for indicator in indicators}
    no_data = {by_id[pk].code for pk, figure in figures.items() if figure.value_state == ValueState.NO_DATA}
    findings = []
    for rule in rules:
        lookup = _lookup(numbers, last_year, before, no_data, on_total=rule.scope == RuleScope.TOTAL)
        expression = parse(rule.expression)
        outcome = evaluate_rule(expression, lookup)
        if not outcome.failed:
            continue
        indicator = by_id[rule.indicator_id]
        figure = figures.get(indicator.pk)
        message = describe(expression, names, lookup)
        findings.append(
            Finding(
                level=RuleLevel.SOFT if outcome.softened else rule.level,
                message=f"{message}. {rule.say}" if rule.say else message,
                part=FIGURES_PART,
                code=indicator.code,
                note=figure.note if figure else "",
            )
        )
    return findings


def _lookup(numbers, last_year, before, no_data, *, on_total: bool):
    """What a rule may ask for, from the own column or from the total."""

    def lookup(scope: str, code: str) -> Operand:
        if scope:
            other = last_year if scope == "cung_ky" else before
            known = other.known(code, on_total=on_total)
            return Operand(known.value, bool(known.qualifier)) if known else Operand(None)
        number = numbers.get(code, EMPTY)
        if on_total:
            return Operand(number.total, bool(number.qualifier))
        return Operand(number.own, bool(number.own_qualifier), code in no_data)

    return lookup


def check_changes(indicators, numbers, last_year, figures) -> list[Finding]:
    """Warnings about great changes against the same period."""
    findings = []
    for indicator in indicators:
        known, value = last_year.known(indicator.code, on_total=False), numbers[indicator.code].own
        if indicator.op in (IndicatorOp.RATIO, IndicatorOp.TEXT) or known is None or value is None:
            continue
        message = change_warning(value, known.value)
        if message:
            figure = figures.get(indicator.pk)
            findings.append(
                Finding(
                    level=RuleLevel.SOFT,
                    message=f"“{indicator.name}”: {message[0].lower()}{message[1:]}",
                    part=FIGURES_PART,
                    code=indicator.code,
                    note=figure.note if figure else "",
                )
            )
    return findings


def change_warning(value: Decimal, before: Decimal) -> str:
    """The sentence about a change against the same period, or ""."""
    if before <= 0 or abs(value - before) < CHANGE_LEAST:
        return ""
    if value >= before * MAGNITUDE:
        return f"Gấp {_times(value, before)} lần cùng kỳ ({format_number(before)}). Kiểm tra xem có thừa chữ số không"
    share = (value - before) / before
    if abs(share) <= CHANGE_SHARE:
        return ""
    word = "Tăng" if share > 0 else "Giảm"
    percent = format_number((abs(share) * 100).quantize(Decimal(1)))
    return f"{word} {percent}% so với cùng kỳ. Nếu đúng, ghi lý do vào ghi chú"


def magnitude_warning(value: Decimal, before: Decimal) -> str:
    """The sentence about a number that would stand in place of ``before``, ten times it or a tenth, or ""."""
    if value <= 0 or before <= 0 or abs(value - before) < CHANGE_LEAST:
        return ""
    if value >= before * MAGNITUDE:
        return f"Gấp {_times(value, before)} lần số đang có. Kiểm tra xem có thừa chữ số không"
    if value * MAGNITUDE <= before:
        return f"Số đang có gấp {_times(before, value)} lần số này. Kiểm tra xem có thiếu chữ số không"
    return ""


def _times(more: Decimal, less: Decimal) -> str:
    return format_number((more / less).quantize(Decimal(1)))


def check_codes(texts: dict[str, str], indicators, numbers) -> list[Finding]:
    """Codes of figures in the texts (by part code) that have no value: they would be printed as they are."""
    return [
        Finding(RuleLevel.HARD, problem.message, problem.part)
        for problem in figure_codes.problems(texts, indicators, numbers)
    ]


def check_missing(report, indicators, figures, texts: dict[str, str], sections=None) -> list[Finding]:
    """An empty report is an error; single empty parts and cells are a warning each way.

    ``sections``: the parts in words of the report, where the caller has them.
    """
    if sections is None:
        sections = _sections_of(report)
    written = {code for code, text in texts.items() if text.strip()}
    typed = [i for i in indicators if i.is_typed and i.for_level(report.level)]
    filled = _filled(figures)
    if not written and not filled:
        return [_nothing_written(sections)]
    findings = [
        Finding(RuleLevel.SOFT, f"Phần “{section.title}” chưa có nội dung", section.code, is_gap=True)
        for section in sections
        if section.code not in written
    ]
    blank = [i for i in typed if i.pk not in filled]
    if blank:
        findings.append(
            Finding(
                RuleLevel.SOFT,
                f"Còn {len(blank)} chỉ tiêu chưa nhập. Nếu không có, chọn “Không phát sinh” hoặc “Chưa có số liệu”",
                FIGURES_PART,
                blank[0].code,
                is_gap=True,
                count=len(blank),
            )
        )
    return findings


def _sections_of(report) -> list[OutlineSection]:
    """The parts in words of the report, in their order."""
    sections = OutlineSection.objects.filter(version_id=report.round.outline_version_id, is_leaf=True)
    return [section for section in sections.order_by("order") if section.stands_in(report.round.period.kind)]


def _filled(figures: dict[int, Figure]) -> set[int]:
    return {pk for pk, figure in figures.items() if figure.value_state != ValueState.EMPTY}


def _nothing_written(sections: list[OutlineSection]) -> Finding:
    return Finding(RuleLevel.HARD, NOTHING_WRITTEN, sections[0].code if sections else FIGURES_PART)


def check_tasks(edition) -> list[Finding]:
    """Tasks of the window of which the part about them says nothing: a reminder on the check page.

    Not among ``check_edition``: it never stands in the way of handing in.
    """
    report = edition.report
    section = OutlineSection.objects.filter(
        version_id=report.round.outline_version_id, code=TASKS_PART, is_leaf=True
    ).first()
    if section is None or not section.stands_in(report.round.period.kind):
        return []
    text = SectionText.objects.filter(edition=edition, section=section).values_list("text", flat=True).first()
    return check_tasks_in(report, text or "")


def check_tasks_in(report, text: str) -> list[Finding]:
    """The same of a text of that part; one query."""
    missing = left_out(results_for(report), text)
    return [Finding(RuleLevel.SOFT, sentence(missing), TASKS_PART)] if missing else []
