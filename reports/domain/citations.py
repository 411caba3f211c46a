"""Publications from a citation: material of the press or a paper archive (architecture, decision 6)."""

from django.db import transaction

from models_dv.domain.audit import record
from models_dv.vietnamese.fold import normalize
from reports.domain.publication_content import SectionChoice, fill_search, write_sections
from reports.enums import PublicationState
from reports.models import Citation, Publication, PublicationVersion, PublishedFigure


@transaction.atomic
def publish_citation(
    *,
    unit,
    unit_version,
    period,
    slug: str,
    citation: Citation,
    title: str,
    lead: str,
    sections: list[SectionChoice],
    figures: list[PublishedFigure],
    published_at,
) -> Publication:
    """Publish material gathered from the press or a paper archive (no edition, number or signature).

    ``figures`` are unsaved rows without version. Used by the loader of the real archive; the actor of the
    audit row is the system.
    """
    publication = Publication.objects.create(
        unit=unit,
        unit_version=unit_version,
        period=period,
        slug=slug,
        citation=citation,
        first_published_at=published_at,
    )
    version = PublicationVersion.objects.create(
        publication=publication,
        title=normalize(title),
        lead=normalize(lead),
        state=PublicationState.PUBLISHED,
        published_at=published_at,
    )
    write_sections(version, sections)
    for order, figure in enumerate(figures, start=1):
        figure.version, figure.order = version, order
    PublishedFigure.objects.bulk_create(figures)
    fill_search(version)
    publication.current = version
    publication.save(update_fields=["current"])
    record(actor=None, action="Nạp tư liệu báo chí", obj=version, after={"tình trạng": "Đã công bố"})
    return publication
