"""What a draft of a publication may choose from, with what is chosen already (architecture, decision 6).

Nothing is chosen by default; what is internal is never offered, only named.
"""

from dataclasses import dataclass

from models_dv.vietnamese.fold import normalize
from reports.domain.narrative import Block, parse_narrative
from reports.domain.public_figures import ShownFigure, show
from reports.domain.publication_changes import published_before, section_key
from reports.domain.publication_content import candidates, figure_of
from reports.domain.series import same_period
from reports.enums import Visibility
from reports.models import Indicator, OutlineSection, PublicationVersion, PublishedFigure


@dataclass(frozen=True)
class SectionOffer:
    """A part: its words in the report (``source``), and the public words (those of the report, until written).

    ``code`` is the outline's, or its place in a citation (“p2”).
    """

    code: str
    heading: str
    source: str
    is_chosen: bool
    title: str
    text: str

    @property
    def blocks(self) -> tuple[Block, ...]:
        """The words in the report, to be read."""
        return parse_narrative(self.source)


@dataclass(frozen=True)
class FigureOffer:
    """An indicator with its value in the words of the public page."""

    code: str
    group: str
    figure: PublishedFigure
    shown: ShownFigure
    is_chosen: bool


@dataclass(frozen=True)
class Offer:
    """Everything that one version may show.

    ``figures_fixed``: the figures come from a citation and are not chosen here. ``internal_parts`` and
    ``internal_groups`` name what is never offered.
    """

    sections: tuple[SectionOffer, ...]
    figures: tuple[FigureOffer, ...]
    figures_fixed: bool = False
    internal_parts: tuple[str, ...] = ()
    internal_groups: tuple[str, ...] = ()


def offer(version: PublicationVersion) -> Offer:
    """What the version may show, in the order of the outline.

    Parts that were public before and are no longer in the report (or come from a citation) stand last, with
    the words they have.
    """
    chosen = {section_key(section): section for section in version.sections.all()}
    if version.edition is None:
        year = version.publication.period.year
        figures = tuple(FigureOffer(f.code, "", f, show(f, year), True) for f in version.figures.all())
        return Offer(tuple(_kept_sections(version, chosen)), figures, figures_fixed=True)
    found = candidates(version.edition)
    sections = [_section(section, text, chosen.pop(section.code, None)) for section, text in found.sections]
    here = {section.code for section in sections}
    sections += [section for section in _kept_sections(version, chosen) if section.code not in here]
    return Offer(
        sections=tuple(sections),
        figures=tuple(_figures(version, found.figures)),
        internal_parts=tuple(_internal_parts(version.edition)),
        internal_groups=tuple(_internal_groups(version.edition)),
    )


def _kept_sections(version, chosen) -> list[SectionOffer]:
    """Parts that stand in the version that the public reads now, or were kept from it."""
    public = published_before(version)
    known = {section_key(section): section for section in public.sections.all()} if public else {}
    return [
        SectionOffer(key, section.title, "", key in chosen, section.title, section.text)
        for key, section in (known | chosen).items()
    ]


def _section(section: OutlineSection, text: str, chosen) -> SectionOffer:
    return SectionOffer(
        code=section.code,
        heading=section.title,
        source=text,
        is_chosen=chosen is not None,
        title=chosen.title if chosen else section.title,
        text=chosen.text if chosen else normalize(text).strip(),
    )


def _figures(version, pairs) -> list[FigureOffer]:
    chosen = {figure.code: figure for figure in version.figures.all()}
    last_year, year = same_period(version.edition.report), version.publication.period.year
    offers = []
    for indicator, total in pairs:
        figure, stored = figure_of(indicator, total, last_year), chosen.get(indicator.code)
        if stored:
            figure.is_key, figure.note = stored.is_key, stored.note
        group = f"{indicator.group.code}. {indicator.group.name}"
        offers.append(FigureOffer(indicator.code, group, figure, show(figure, year), stored is not None))
    return offers


def _internal_parts(edition) -> list[str]:
    sections = OutlineSection.objects.filter(
        version_id=edition.report.round.outline_version_id, is_leaf=True, visibility=Visibility.INTERNAL
    ).order_by("order")
    return [section.title for section in sections if section.stands_in(edition.report.round.period.kind)]


def _internal_groups(edition) -> list[str]:
    """Names of the groups that hold internal indicators."""
    names = (
        Indicator.objects.filter(
            version_id=edition.report.round.outline_version_id, visibility=Visibility.INTERNAL
        )
        .order_by("group__order")
        .values_list("group__name", flat=True)
    )
    return list(dict.fromkeys(names))
