"""What has happened in An Bình: four rounds, laid out from one “today”, every step taken by ``perform``."""

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.utils import timezone

from models_dv import clock
from models_dv.enums import PeriodKind, UnitLevel
from models_dv.vietnamese.numbers import format_number
from reports.documents.issuing import issue
from reports.domain import consolidation, filling, publishing
from reports.domain.outlines import load_default_outline
from reports.domain.publishing import FigureChoice, SectionChoice
from reports.domain.rounds import extend, open_round
from reports.domain.transitions import ReturnDetails, perform
from reports.enums import Action, PublicationAction
from reports.management.archive import period_for
from reports.management.demo.cast import Cast
from reports.management.demo.figures import commune_values, entries
from reports.models import Indicator, OutlineSection, Report, ReportEdition, ReportingRound, RoundDueDate

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


def tell(cast: Cast, today: date) -> None:
    """Lay out everything, oldest first."""
    version = load_default_outline()
    story = Story(
        cast,
        today,
        indicators=dict(Indicator.objects.filter(version=version).values_list("code", "pk")),
        sections={s.code: s for s in OutlineSection.objects.filter(version=version, is_leaf=True)},
    )
    _half_year_2025(story)
    _year_2025(story)
    _half_year_2026(story)
    _year_2026(story)


# --- the four rounds -----------------------------------------------------------------------------------


def _half_year_2025(story: Story) -> None:
    """All but Thượng Giang accepted; the province's report issued and published."""
    round_ = _open(story, PeriodKind.HALF_YEAR, 2025, date(2025, 5, 20), date(2025, 6, 20), date(2025, 6, 30))
    for number, key in enumerate(story.cast.communes, start=1):
        if key != "thuonggiang":
            _accepted(story, round_, key, date(2025, 6, 16), 10 + number)
    _province_issued(story, round_, date(2025, 6, 27), 12)
    _publish(story, round_, PROVINCE, date(2025, 7, 4))


def _year_2025(story: Story) -> None:
    """All accepted; the province's report corrected after issue, its publication corrected too."""
    round_ = _open(story, PeriodKind.ANNUAL, 2025, date(2025, 11, 17), date(2025, 12, 18), date(2025, 12, 25))
    for number, key in enumerate(story.cast.communes, start=1):
        _accepted(story, round_, key, date(2025, 12, 15), 20 + number)
    _province_issued(story, round_, date(2025, 12, 22), 31)
    _publish(story, round_, PROVINCE, date(2025, 12, 26))
    _publish(story, round_, "trungtam", date(2025, 12, 27))
    with clock.fixed(at(date(2025, 12, 29))):
        leader = story.cast.leader(PROVINCE)
        _do(story, round_, PROVINCE, Action.CORRECT, leader, "Rà soát lại số cuộc đối thoại của cấp tỉnh")
        _enter(story, round_, PROVINCE, {"C8": Decimal(9)})
    _to_issued(story, round_, PROVINCE, date(2025, 12, 30), 33)
    _publish(story, round_, PROVINCE, date(2025, 12, 31), correction="Cập nhật số cuộc tiếp xúc, đối thoại")
    report = _report(story, round_, "trungtam")
    with clock.fixed(at(date(2026, 1, 5))):
        publishing.step(
            report.publication.current,
            PublicationAction.WITHDRAW,
            actor=story.cast.leader("trungtam"),
            key=story.key(),
            note="Chờ thống nhất lại số liệu nhà ở",
        )


def _half_year_2026(story: Story) -> None:
    """Every state beside every other, in the days before today."""
    today = story.today
    round_ = _open(story, PeriodKind.HALF_YEAR, 2026, today - days(40), today - days(2), today + days(5))
    start = today - days(9)
    _drafted(story, round_, "phulam", start, leave_out_texts=("S2.5", "S2.7", "S3.2", "S5", "S6"))
    with clock.fixed(at(today - days(3), 15)):
        extend(
            _report(story, round_, "phulam"),
            due_at=at(today + days(3), 17),
            reason="Đơn vị đề nghị chờ số liệu của Công an xã",
            actor=story.cast.author(PROVINCE),
        )
    _sent_back(story, round_, start)
    _accepted(story, round_, "binhminh", start, 41)
    _written(story, round_, "dongson", start)
    _to_issued(story, round_, "dongson", start + days(1), None)
    _drafted(
        story, round_, "yenkhe", start, leave_out_texts=("S2.3", "S2.4", "S3.1", "S3.2", "S3.3", "S4", "S5")
    )
    _accepted(story, round_, "trungtam", start, None)
    _publish(story, round_, "trungtam", start + days(5))
    _written(story, round_, "hoalac", start)
    with clock.fixed(at(today - days(3), 10)):
        _do(story, round_, "hoalac", Action.SUBMIT, story.cast.author("hoalac"))
    _written(story, round_, "dongtien", start)
    _to_approved(story, round_, "dongtien", today - days(3))
    _corrected(story, round_, start)
    _drafted(story, round_, PROVINCE, today - days(4), leave_out_texts=("S2.8", "S4"))


def _sent_back(story: Story, round_, start: date) -> None:
    """Tân Hoà: issued, sent back by the province with two parts to mend."""
    _written(story, round_, "tanhoa", start)
    _to_issued(story, round_, "tanhoa", start + days(2), 18)
    with clock.fixed(at(start + days(4), 14)):
        details = ReturnDetails(
            parts={
                "S2.8": "Bổ sung địa chỉ cụ thể và kết quả của ít nhất một mô hình tiêu biểu",
                "SL": "Xem lại số lượt người dự đối thoại (C9)",
            },
            due_at=at(story.today + days(2), 17),
        )
        note = "Phần “Dân vận khéo” chưa có địa chỉ mô hình; số liệu đối thoại chưa khớp"
        _do(story, round_, "tanhoa", Action.SEND_BACK, story.cast.author(PROVINCE), note, details)


def _corrected(story: Story, round_, start: date) -> None:
    """Nam Cường: accepted, then replaced by a second edition, accepted too."""
    _accepted(story, round_, "namcuong", start, 51)
    with clock.fixed(at(start + days(4))):
        _do(story, round_, "namcuong", Action.CORRECT, story.cast.leader("namcuong"), "Sót 2 cuộc đối thoại")
        values = story.values[("namcuong", round_.pk)]
        _enter(story, round_, "namcuong", {"C8": values["C8"] + 2})
    _to_issued(story, round_, "namcuong", start + days(5), 52)
    _accept(story, round_, "namcuong", start + days(6))


def _year_2026(story: Story) -> None:
    """Just opened: one commune writes, one was returned inside the commune, the others have not begun."""
    today = story.today
    round_ = _open(story, PeriodKind.ANNUAL, 2026, today - days(5), today + days(20), today + days(30))
    _drafted(story, round_, "trungtam", today - days(2), leave_out_texts=("S3.4", "S4", "S5", "S6"))
    _written(story, round_, "binhminh", today - days(2))
    with clock.fixed(at(today - days(1), 8)):
        _do(story, round_, "binhminh", Action.SUBMIT, story.cast.author("binhminh"))
    with clock.fixed(at(today - days(1), 16)):
        details = ReturnDetails(parts={"S4": "Nêu rõ chỉ tiêu năm tới"})
        note = "Phương hướng còn chung chung"
        _do(story, round_, "binhminh", Action.RETURN, story.cast.leader("binhminh"), note, details)


def open_round_of_ha_tinh(cast: Cast, today: date) -> None:
    """A round for the demo accounts of a real unit; nothing is filled in."""
    unit = cast.users["chuyenvien.hatinh"].unit_roles.first().unit
    period = period_for(PeriodKind.ANNUAL, 2026)
    round_ = ReportingRound.objects.create(
        root_unit=unit,
        period=period,
        outline_version=load_default_outline(),
        window_from=period.window_from,
        window_to=period.window_to,
    )
    RoundDueDate.objects.create(round=round_, level=UnitLevel.PROVINCE, due_at=at(today + days(30), 17))
    with clock.fixed(at(today - days(5))):
        open_round(round_, actor=cast.users["quantri"])


# --- single acts ---------------------------------------------------------------------------------------


def _open(story: Story, kind, year: int, opened: date, communes: date, province: date) -> ReportingRound:
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


def _report(story: Story, round_, key: str) -> Report:
    return Report.objects.select_related("round__period", "unit", "unit_version").get(
        round=round_, unit=story.cast.unit(key)
    )


def _edition(story: Story, round_, key: str) -> ReportEdition:
    report = _report(story, round_, key)
    return ReportEdition.objects.select_related(
        "report__round__period", "report__unit", "report__unit_version", "report__parent__unit_version"
    ).get(pk=report.latest_id)


def _do(story: Story, round_, key: str, action, actor, note: str = "", details=None) -> None:
    edition = _edition(story, round_, key)
    perform(edition, action, actor=actor, key=story.key(), note=note, details=details)


def _written(story: Story, round_, key: str, day: date, leave_out_texts=()) -> None:
    """The author writes the whole report, figures first."""
    values = _values(story, round_, key)
    with clock.fixed(at(day, 9)):
        _enter(story, round_, key, values)
    words = {code: format_number(value) for code, value in values.items()}
    if key == "yenkhe":
        words |= {"D1": "(chưa có số liệu)", "D2": "(chưa có số liệu)"}
    edition = _edition(story, round_, key)
    period = edition.report.round.period
    words |= {
        "xa": edition.report.unit_version.short_name.lower().replace("xã ", "xã ", 1),
        "don_vi": edition.report.unit_version.short_name,
        "ky": period.label,
    }
    words["xa"] = f"{words['don_vi'][0].lower()}{words['don_vi'][1:]}"
    if key == PROVINCE:
        totals = consolidation.totals(edition)
        words |= {f"T_{code}": format_number(total.total) for code, total in totals.items()}
    texts = story.cast.data["province_texts" if key == PROVINCE else "texts"]
    for minute, (code, text) in enumerate(texts.items()):
        section = story.sections[code]
        if code in leave_out_texts or not section.stands_in(period.kind):
            continue
        with clock.fixed(at(day, 10, minute)):
            filling.save_section(
                _edition(story, round_, key),
                section,
                text=text.format(**words),
                done=True,
                base_revision=0,
                actor=story.cast.author(key),
            )


def _drafted(story: Story, round_, key: str, day: date, leave_out_texts) -> None:
    _written(story, round_, key, day, leave_out_texts)


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


def _enter(story: Story, round_, key: str, values: dict[str, Decimal]) -> None:
    edition = _edition(story, round_, key)
    leave_out = () if len(values) > 1 else ("B6",)
    cells = entries(story.indicators, values, key, leave_out=leave_out)
    revisions = dict(edition.figures.values_list("indicator_id", "revision"))
    cells = {
        pk: filling.FigureEntry(**{**cell.__dict__, "base_revision": revisions.get(pk, 0)})
        for pk, cell in cells.items()
    }
    filling.save_figures(edition, cells, actor=story.cast.author(key))


def _to_approved(story: Story, round_, key: str, day: date) -> None:
    with clock.fixed(at(day, 14)):
        _do(story, round_, key, Action.SUBMIT, story.cast.author(key))
    with clock.fixed(at(day, 16)):
        _do(story, round_, key, Action.APPROVE, story.cast.leader(key))


def _to_issued(story: Story, round_, key: str, day: date, number: int | None) -> None:
    _to_approved(story, round_, key, day)
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


def _accept(story: Story, round_, key: str, day: date) -> None:
    with clock.fixed(at(day, 8)):
        _do(story, round_, key, Action.ACCEPT, story.cast.author(PROVINCE))


def _accepted(story: Story, round_, key: str, day: date, number: int | None) -> None:
    is_ward = story.cast.unit(key).portal_numbers
    _written(story, round_, key, day)
    _to_issued(story, round_, key, day + days(1), None if is_ward else number)
    _accept(story, round_, key, day + days(2))


def _province_issued(story: Story, round_, day: date, number: int) -> None:
    _written(story, round_, PROVINCE, day - days(1))
    _to_issued(story, round_, PROVINCE, day, number)


def _publish(story: Story, round_, key: str, day: date, correction: str = "") -> None:
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
        found = publishing.candidates(version.edition)
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
