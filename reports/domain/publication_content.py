"""What a version of a publication holds: what may be chosen, and how the choice is stored (decision 6).

Values are copied from the totals frozen with the edition, never typed.
"""

from dataclasses import dataclass

from django.utils.text import Truncator

from models_dv.vietnamese.fold import normalize
from reports.domain import figure_codes
from reports.domain.consolidation import Total, frozen_totals
from reports.domain.series import OtherPeriod, same_period
from reports.enums import IndicatorOp, Visibility
from reports.models import Indicator, OutlineSection, PublishedFigure, PublishedSection, SectionText

#: How many figures may open a page.
KEY_FIGURES = 4
_SAME_PERIOD_NOTE_LENGTH = PublishedFigure._meta.get_field("same_period_note").max_length


@dataclass(frozen=True)
class SectionChoice:
    """A part chosen for the public, in words of its own."""

    code: str
    title: str
    text: str


@dataclass(frozen=True)
class FigureChoice:
    """An indicator chosen for the public; ``is_key`` puts it among the main figures."""

    code: str
    is_key: bool = False
    note: str = ""


@dataclass(frozen=True)
class Candidates:
    """What of an edition may be chosen: (section, text) pairs and (indicator, total) pairs."""

    sections: list[tuple[OutlineSection, str]]
    figures: list[tuple[Indicator, Total]]


def candidates(edition) -> Candidates:
    """Parts and figures of an issued edition that the outline lets become public and that hold something."""
    version_id = edition.report.round.outline_version_id
    texts = dict(SectionText.objects.filter(edition=edition).values_list("section_id", "text"))
    sections = OutlineSection.objects.filter(
        version_id=version_id, is_leaf=True, visibility=Visibility.PUBLIC_CANDIDATE
    ).order_by("order")
    numbers = frozen_totals(edition)
    texts = figure_codes.resolved(edition, texts)
    indicators = (
        Indicator.objects.filter(version_id=version_id, visibility=Visibility.PUBLIC_CANDIDATE)
        .exclude(op=IndicatorOp.TEXT)
        .select_related("group")
        .order_by("order")
    )
    return Candidates(
        sections=[(s, texts[s.pk]) for s in sections if texts.get(s.pk, "").strip()],
        figures=[
            (i, numbers[i.code])
            for i in indicators
            if i.code in numbers and numbers[i.code].total is not None
        ],
    )


def write_sections(version, sections: list[SectionChoice]) -> None:
    """Store the words of the parts chosen, in their order."""
    PublishedSection.objects.bulk_create(
        PublishedSection(
            version=version, order=order, code=choice.code, title=choice.title, text=normalize(choice.text)
        )
        for order, choice in enumerate(sections, start=1)
    )


def write_figures(version, figures: list[FigureChoice]) -> None:
    """Copy the chosen figures from the edition, with the same period's values beside them."""
    allowed = {indicator.code: (indicator, total) for indicator, total in candidates(version.edition).figures}
    last_year = same_period(version.edition.report)
    rows = []
    for choice in figures:
        if choice.code not in allowed:
            continue
        figure = figure_of(*allowed[choice.code], last_year)
        figure.version, figure.is_key, figure.note = version, choice.is_key, choice.note
        rows.append(figure)
    PublishedFigure.objects.bulk_create(rows)


def figure_of(indicator: Indicator, total: Total, last_year: OtherPeriod) -> PublishedFigure:
    """A total as it would be published, with the same period's value beside it; not stored."""
    known = last_year.known(indicator.code, on_total=True)
    note = known.provenance if known else last_year.why_not(indicator.code, on_total=True)
    return PublishedFigure(
        order=indicator.order,
        code=indicator.code,
        name=indicator.name,
        unit_name=indicator.unit_name,
        value=total.total,
        qualifier=total.qualifier,
        same_period_value=known.value if known else None,
        same_period_note=Truncator(note).chars(_SAME_PERIOD_NOTE_LENGTH),
    )


def fill_search(version) -> None:
    """Store what a keyword finds: names, titles, texts and figures of the version, folded."""
    publication = version.publication
    names = [publication.unit_version.name, publication.unit_version.short_name, publication.period.label]
    names.append(publication.unit_version.issuer_full_name)
    if publication.unit_version.parent is not None:  # “Long An” finds what a district of it reported
        names.append(publication.unit_version.parent.version_on(publication.period.window_to).name)
    names += version.sections.values_list("title", flat=True)
    names += version.sections.values_list("text", flat=True)
    names += version.figures.values_list("name", flat=True)
    version.fill_search_text(*names)
    version.save(update_fields=["search_text"])
