"""Single acts of the demo: write, take a step, publish; each at its own moment, each through the domain."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import F
from django.utils import timezone

from models_dv import clock
from models_dv.enums import PeriodKind, UnitLevel
from models_dv.vietnamese.numbers import QUALIFIER_WORDS, format_number
from reports.documents.issuing import issue
from reports.domain import consolidation, filling, publishing
from reports.domain.outlines import load_default_outline
from reports.domain.publication_content import FigureChoice, SectionChoice, candidates
from reports.domain.rounds import open_round
from reports.domain.transitions import perform
from reports.enums import Action, PublicationAction
from reports.management.archive import period_for
from reports.management.demo.cast import Cast
from reports.management.demo.figures import commune_values, entries, qualifier_of
from reports.models import OutlineSection, Report, ReportEdition, ReportingRound, RoundDueDate

PROVINCE = "anbinh"
KEY_FIGURES = ("K3", "C8", "G2", "G5")
PUBLIC_FIGURES = (*KEY_FIGURES, "A1", "A7", "A8", "C9", "C10", "C11", "D3", "E8", "G3", "G4", "K4", "K6")


@dataclass
class Story:
    """The cast with the outline, and a counter that makes every act's key."""

    cast: Cast
    today: date
    indicators: dict[str, int] = field(default_factory=dict)
    sections: dict[str, OutlineSection] = field(default_factory=dict)
    values: dict[tuple[str, int], dict[str, Decimal]] = field(default_factory=dict)
    acts: int = 0

    def key(self) -> str:
        """The next idempotency key."""
        self.acts += 1
        return f"demo-{self.acts}"


def at(day: date, hour: int = 9, minute: int = 0) -> datetime:
    """A moment of a day in Vietnam."""
    return timezone.make_aware(datetime.combine(day, time(hour, minute)))


def days(count: int) -> timedelta:
    """So many days."""
    return timedelta(days=count)


def start_round(
    story: Story, kind, year: int, opened: date, communes: date, province: date
) -> ReportingRound:
    """A round of the province, opened on a day; ``communes`` and ``province`` are the due dates."""
    period = period_for(kind, year)
    round_ = ReportingRound.objects.create(
        root_unit=story.cast.province,
        period=period,
        outline_version=load_default_outline(),
        window_from=period.window_from,
        window_to=period.window_to,
    )
    RoundDueDate.objects.create(round=round_, level=UnitLevel.COMMUNE, due_at=at(communes, 17))
    RoundDueDate.objects.create(round=round_, level=UnitLevel.PROVINCE, due_at=at(province, 17))
    with clock.fixed(at(opened)):
        open_round(round_, actor=story.cast.users["quantri"])
    return round_


def report_of(story: Story, round_, key: str) -> Report:
    """The report of a unit in a round."""
    return Report.objects.select_related("round__period", "unit", "unit_version").get(
        round=round_, unit=story.cast.unit(key)
    )


def _edition(story: Story, round_, key: str) -> ReportEdition:
    return ReportEdition.objects.select_related(
        "report__round__period", "report__unit", "report__unit_version", "report__parent__unit_version"
    ).get(report__round=round_, report__unit=story.cast.unit(key), pk=F("report__latest"))


def take_step(story: Story, round_, key: str, action, actor, note: str = "", details=None) -> None:
    """One step of a unit's latest edition, now."""
    edition = _edition(story, round_, key)
    perform(edition, action, actor=actor, key=story.key(), note=note, details=details)


def written(story: Story, round_, key: str, day: date, leave_out_texts=(), leave_out_groups=()) -> None:
    """The author writes the report, figures first; parts and groups of figures named are left empty."""
    values = _values(story, round_, key)
    kept = {code: value for code, value in values.items() if not code.startswith(tuple(leave_out_groups))}
    with clock.fixed(at(day, 9)):
        enter(story, round_, key, kept)
    write_texts(story, round_, key, day, leave_out_texts)


def write_texts(story: Story, round_, key: str, day: date, leave_out_texts=()) -> None:
    """Every part in words, with the figures as they stand in the table; a part already there is rewritten."""
    edition = _edition(story, round_, key)
    period = edition.report.round.period
    words = _words(story, edition, key)
    revisions = dict(edition.texts.values_list("section_id", "revision"))
    texts = story.cast.data["province_texts" if key == PROVINCE else "texts"]
    for minute, (code, text) in enumerate(texts.items()):
        section = story.sections[code]
        if code in leave_out_texts or not section.stands_in(period.kind):
            continue
        with clock.fixed(at(day, 10, minute)):
            filling.save_section(
                edition,
                section,
                text=text.format(**words),
                done=True,
                base_revision=revisions.get(section.pk, 0),
                actor=story.cast.author(key),
            )


def _words(story: Story, edition, key: str) -> dict[str, str]:
    """What the texts may name: place, period, and every figure as a reader writes it."""
    name = edition.report.unit_version.short_name
    words = {"don_vi": name, "xa": f"{name[0].lower()}{name[1:]}", "ky": edition.report.round.period.label}
    values = story.values[(key, edition.report.round_id)]
    words |= {code: _in_words(value, qualifier_of(code, key)) for code, value in values.items()}
    if key == "yenkhe":
        words |= {"D1": "(chưa có số liệu)", "D2": "(chưa có số liệu)"}
    if key == PROVINCE:
        totals = consolidation.totals(edition)
        words |= {f"T_{code}": _in_words(total.total, total.qualifier) for code, total in totals.items()}
    return words


def _in_words(value: Decimal | None, qualifier: str) -> str:
    return f"{QUALIFIER_WORDS[qualifier]} {format_number(value)}".strip()


def _values(story: Story, round_, key: str) -> dict[str, Decimal]:
    """The unit's figures of the round; the province's own are small beside its communes'."""
    period = round_.period
    row = next((row for row in story.cast.data["province"]["communes"] if row["key"] == key), None)
    row = row or {"key": PROVINCE, "size": 0.5}
    before = [
        values
        for (unit, round_id), values in story.values.items()
        if unit == key and _ends_before(round_id, round_)
    ]
    opening = before[-1]["B1"] + before[-1]["B2"] - before[-1]["B3"] if before else Decimal(2)
    values = commune_values(story.cast.data, row, period.kind, period.year, opening)
    story.values[(key, round_.pk)] = values
    return values


def _ends_before(round_id: int, round_) -> bool:
    other = ReportingRound.objects.get(pk=round_id)
    return other.window_to == round_.window_from - days(1)


def enter(story: Story, round_, key: str, values: dict[str, Decimal]) -> None:
    """The author enters figures, now; a single one stands by itself, without the text beside the table."""
    edition = _edition(story, round_, key)
    leave_out = () if len(values) > 1 else ("B6",)
    cells = entries(story.indicators, values, key, leave_out=leave_out)
    revisions = dict(edition.figures.values_list("indicator_id", "revision"))
    cells = {
        pk: filling.FigureEntry(**{**cell.__dict__, "base_revision": revisions.get(pk, 0)})
        for pk, cell in cells.items()
    }
    filling.save_figures(edition, cells, actor=story.cast.author(key))


def to_approved(story: Story, round_, key: str, day: date) -> None:
    """Handed in at 14:00 and approved at 16:00."""
    with clock.fixed(at(day, 14)):
        take_step(story, round_, key, Action.SUBMIT, story.cast.author(key))
    with clock.fixed(at(day, 16)):
        take_step(story, round_, key, Action.APPROVE, story.cast.leader(key))


def to_issued(story: Story, round_, key: str, day: date, number: int | None) -> None:
    """Approved and issued on a day; ``number`` None where the portal keeps the series."""
    to_approved(story, round_, key, day)
    edition = _edition(story, round_, key)
    version = edition.report.unit_version
    with clock.fixed(at(day, 16, 30)):
        issue(
            edition,
            number=number,
            issued_on=day,
            signer_name=story.cast.leader(key).full_name,
            signer_post=version.deputy_post,
            signer_is_deputy=True,
            actor=story.cast.clerk(key),
            key=story.key(),
        )


def accept(story: Story, round_, key: str, day: date) -> None:
    """The province accepts."""
    with clock.fixed(at(day, 8)):
        take_step(story, round_, key, Action.ACCEPT, story.cast.author(PROVINCE))


def accepted(story: Story, round_, key: str, day: date, number: int | None) -> None:
    """Written, issued the day after, accepted the day after that."""
    is_ward = story.cast.unit(key).portal_numbers
    written(story, round_, key, day)
    to_issued(story, round_, key, day + days(1), None if is_ward else number)
    accept(story, round_, key, day + days(2))


def province_issued(story: Story, round_, day: date, number: int) -> None:
    """The province writes the day before and issues."""
    written(story, round_, PROVINCE, day - days(1))
    to_issued(story, round_, PROVINCE, day, number)


def publish(story: Story, round_, key: str, day: date, correction: str = "") -> None:
    """The specialist writes the summary, the leader confirms it."""
    report = Report.objects.select_related("round__period", "unit", "unit_version", "in_force").get(
        round=round_, unit=story.cast.unit(key)
    )
    writer, other = story.cast.author(key), story.cast.leader(key)
    with clock.fixed(at(day, 9)):
        if correction:
            version = publishing.start_correction(report.publication, actor=writer)
        else:
            version = publishing.start(report, actor=writer)
        found = candidates(version.edition)
        codes = {indicator.code for indicator, _total in found.figures}
        version = publishing.save_version(
            version,
            title=_title(report),
            lead=_lead(report, {i.code: t for i, t in found.figures}),
            sections=[
                SectionChoice(section.code, section.title, text)
                for section, text in found.sections
                if section.code not in ("S2.9", "S3.4")
            ],
            figures=[FigureChoice(c, c in KEY_FIGURES) for c in PUBLIC_FIGURES if c in codes],
            correction_note=correction,
            base_revision=version.revision,
            actor=writer,
        )
        publishing.step(version, PublicationAction.ASK, actor=writer, key=story.key())
        version.refresh_from_db()
    with clock.fixed(at(day, 15)):
        publishing.step(version, PublicationAction.PUBLISH, actor=other, key=story.key())


def _title(report: Report) -> str:
    period = report.round.period
    if period.kind == PeriodKind.ANNUAL:
        return f"Kết quả công tác dân vận năm {period.year}, nhiệm vụ năm {period.year + 1}"
    return f"Kết quả công tác dân vận 6 tháng đầu năm, nhiệm vụ 6 tháng cuối năm {period.year}"


def _lead(report: Report, totals) -> str:
    """Every figure in the lead is the report's own."""
    place = report.unit_version.short_name
    return (
        f"{place} đang duy trì {format_number(totals['K3'].total)} mô hình, điển hình “Dân vận khéo”; người đứng "
        f"đầu cấp uỷ, chính quyền tổ chức {format_number(totals['C8'].total)} cuộc tiếp xúc, đối thoại với Nhân "
        f"dân; giải quyết, trả lời {format_number(totals['C11'].total)} trên "
        f"{format_number(totals['C10'].total)} ý kiến tiếp nhận."
    )
