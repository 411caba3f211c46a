"""Models of what flows, a noun a file."""

from reports.models.attachments import ReportAttachment, ReportImport
from reports.models.editions import EditionEvent, EditionWriter, ReportEdition, SectionText
from reports.models.figures import Figure, FrozenTotal
from reports.models.links import ConferenceLink, TaskLink
from reports.models.numbering import DocumentNumber, NumberSeries
from reports.models.outlines import (
    Indicator,
    IndicatorGroup,
    Outline,
    OutlineRule,
    OutlineSection,
    OutlineVersion,
)
from reports.models.publications import (
    Citation,
    Publication,
    PublicationEvent,
    PublicationVersion,
    PublishedFigure,
    PublishedSection,
)
from reports.models.reports import Report
from reports.models.rounds import ReportingRound, RoundDueDate

__all__ = [
    "Citation",
    "ConferenceLink",
    "DocumentNumber",
    "EditionEvent",
    "EditionWriter",
    "Figure",
    "FrozenTotal",
    "Indicator",
    "IndicatorGroup",
    "NumberSeries",
    "Outline",
    "OutlineRule",
    "OutlineSection",
    "OutlineVersion",
    "Publication",
    "PublicationEvent",
    "PublicationVersion",
    "PublishedFigure",
    "PublishedSection",
    "Report",
    "ReportAttachment",
    "ReportEdition",
    "ReportImport",
    "ReportingRound",
    "RoundDueDate",
    "SectionText",
    "TaskLink",
]
