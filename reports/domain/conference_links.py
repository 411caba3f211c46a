"""What a conference reviewed: linking it to a report, a publication from a citation, or a round (decision 15)."""

from dataclasses import dataclass

from django.db import IntegrityError, transaction

from models_dv.domain.audit import record
from models_dv.domain.conferences import require_keeper
from models_dv.errors import ExpectedError, MissingInput
from models_dv.models import Conference
from reports.enums import State
from reports.models import ConferenceLink, Publication, Report, ReportingRound

REPORT, PUBLICATION, ROUND = "bao-cao", "tu-lieu", "dot"
TITLES = {REPORT: "Báo cáo của đơn vị", PUBLICATION: "Tư liệu báo chí đã công bố", ROUND: "Đợt báo cáo"}
#: How many of each kind a form offers, newest first.
OFFERED = 60
TWICE = "Hội nghị đã được liên kết với nội dung này."


@dataclass(frozen=True)
class Target:
    """Something a conference may be linked to: ``code`` stands in the form, ``words`` beside it."""

    kind: str
    pk: int
    words: str

    @property
    def code(self) -> str:
        """“bao-cao-12”."""
        return f"{self.kind}-{self.pk}"


def targets(conference: Conference) -> list[Target]:
    """What of the unit the conference may be linked to, newest first: reports, press material, rounds."""
    unit, linked = (
        conference.unit_id,
        set(conference.report_links.values_list("report_id", "publication_id", "round_id")),
    )
    reports = Report.objects.filter(unit=unit).for_list().order_by("-round__window_to")[:OFFERED]
    cited = Publication.objects.published().filter(unit=unit, citation__isnull=False)
    cited = cited.select_related("current", "period").order_by("-period__window_to")[:OFFERED]
    rounds = ReportingRound.objects.filter(reports__unit=unit).select_related("period").distinct()
    rounds = rounds.order_by("-window_to")[:OFFERED]
    found = [Target(REPORT, row.pk, f"{row.title} – {_state_of(row)}") for row in reports]
    found += [Target(PUBLICATION, row.pk, row.current.title) for row in cited]
    found += [Target(ROUND, row.pk, f"Đợt báo cáo {row.period.label}") for row in rounds]
    taken = {
        (kind, pk)
        for row in linked
        for kind, pk in zip((REPORT, PUBLICATION, ROUND), row, strict=True)
        if pk is not None
    }
    return [target for target in found if (target.kind, target.pk) not in taken]


@transaction.atomic
def link(conference: Conference, code: str, *, actor) -> ConferenceLink:
    """Liên kết: the conference reviewed what ``code`` names, one of ``targets``."""
    require_keeper(conference, actor)
    target = next((target for target in targets(conference) if target.code == code), None)
    if target is None:
        raise MissingInput("Chọn một nội dung trong danh sách", "target")
    field = {REPORT: "report_id", PUBLICATION: "publication_id", ROUND: "round_id"}[target.kind]
    try:
        with transaction.atomic():
            made = ConferenceLink.objects.create(conference=conference, **{field: target.pk})
    except IntegrityError as error:
        raise ExpectedError(TWICE) from error
    record(actor=actor, action="Liên kết hội nghị", obj=conference, after={TITLES[target.kind]: target.words})
    return made


@transaction.atomic
def unlink(made: ConferenceLink, *, actor) -> None:
    """Bỏ liên kết."""
    require_keeper(made.conference, actor)
    record(
        actor=actor, action="Bỏ liên kết hội nghị", obj=made.conference, before={"liên kết": words_of(made)}
    )
    made.delete()


def links_of(conference: Conference):
    """The links of a conference with what staff pages show of them."""
    return conference.report_links.select_related(
        "report__round__period", "report__unit_version", "publication__current", "round__period"
    ).order_by("pk")


def _state_of(report: Report) -> str:
    """The state of its latest edition; nobody receives what a body with none above it issues."""
    if report.parent_id is None and report.latest.state == State.ISSUED:
        return "Đã phát hành"
    return report.latest.get_state_display()


def words_of(made: ConferenceLink) -> str:
    """What is linked, in words."""
    if made.report is not None:
        return made.report.title
    if made.publication is not None:
        return made.publication.current.title if made.publication.current else made.publication.slug
    return f"Đợt báo cáo {made.round.period.label}"
