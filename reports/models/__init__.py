"""Models of what flows, a noun a file."""

from reports.models.attachments import ReportAttachment, ReportImport
from reports.models.editions import EditionEvent, ReportEdition, SectionText
from reports.models.figures import Figure, FrozenTotal
from reports.models.history import Milestone, SaveReceipt, Writing
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
from reports.models.working import Comment, DraftShare, PartAssignment, Presence, SeenPart

__all__ = [
    "Citation",
    "Comment",
    "ConferenceLink",
    "DocumentNumber",
    "DraftShare",
    "EditionEvent",
    "Figure",
    "FrozenTotal",
    "Indicator",
    "IndicatorGroup",
    "Milestone",
    "NumberSeries",
    "Outline",
    "OutlineRule",
    "OutlineSection",
    "OutlineVersion",
    "PartAssignment",
    "Presence",
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
    "SaveReceipt",
    "SectionText",
    "SeenPart",
    "TaskLink",
    "Writing",
]
