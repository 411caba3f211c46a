"""What has happened in An Bình: four rounds, laid out from one “today”, every step taken by ``perform``."""

from datetime import date
from decimal import Decimal

from models_dv import clock
from models_dv.enums import PeriodKind, UnitLevel
from reports.domain import publishing
from reports.domain.outlines import load_default_outline
from reports.domain.rounds import close_round, extend, open_round
from reports.domain.transitions import ReturnDetails
from reports.enums import Action, PublicationAction
from reports.management.archive import period_for
from reports.management.demo.acts import (
    PROVINCE,
    Story,
    accept,
    accepted,
    at,
    days,
    enter,
    province_issued,
    publish,
    report_of,
    start_round,
    take_step,
    to_approved,
    to_issued,
    write_texts,
    written,
)
from reports.management.demo.cast import Cast
from reports.models import Indicator, OutlineSection, ReportingRound, RoundDueDate


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
    round_ = start_round(
        story, PeriodKind.HALF_YEAR, 2025, date(2025, 5, 20), date(2025, 6, 20), date(2025, 6, 30)
    )
    for number, key in enumerate(story.cast.communes, start=1):
        if key != "thuonggiang":
            accepted(story, round_, key, date(2025, 6, 16), 10 + number)
    province_issued(story, round_, date(2025, 6, 27), 12)
    publish(story, round_, PROVINCE, date(2025, 7, 4))
    with clock.fixed(at(date(2025, 10, 1))):
        close_round(round_, actor=story.cast.users["quantri"])


def _year_2025(story: Story) -> None:
    """All accepted; the province's report corrected after issue, its publication corrected too."""
    round_ = start_round(
        story, PeriodKind.ANNUAL, 2025, date(2025, 11, 17), date(2025, 12, 18), date(2025, 12, 25)
    )
    for number, key in enumerate(story.cast.communes, start=1):
        accepted(story, round_, key, date(2025, 12, 15), 20 + number)
    province_issued(story, round_, date(2025, 12, 22), 31)
    publish(story, round_, PROVINCE, date(2025, 12, 26))
    publish(story, round_, "trungtam", date(2025, 12, 27))
    with clock.fixed(at(date(2025, 12, 29))):
        leader = story.cast.leader(PROVINCE)
        take_step(
            story, round_, PROVINCE, Action.CORRECT, leader, "Rà soát lại số cuộc đối thoại của cấp tỉnh"
        )
        enter(story, round_, PROVINCE, {"C8": Decimal(9)})
    write_texts(story, round_, PROVINCE, date(2025, 12, 29))
    to_issued(story, round_, PROVINCE, date(2025, 12, 30), 33)
    publish(story, round_, PROVINCE, date(2025, 12, 31), correction="Cập nhật số cuộc tiếp xúc, đối thoại")
    report = report_of(story, round_, "trungtam")
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
    round_ = start_round(
        story, PeriodKind.HALF_YEAR, 2026, today - days(40), today - days(2), today + days(5)
    )
    start = today - days(9)
    written(
        story,
        round_,
        "phulam",
        start,
        leave_out_texts=("S2.5", "S2.7", "S2.8", "S3.2", "S5", "S6"),
        leave_out_groups=("E", "K", "L"),
    )
    with clock.fixed(at(today - days(3), 15)):
        extend(
            report_of(story, round_, "phulam"),
            due_at=at(today + days(3), 17),
            reason="Đơn vị đề nghị chờ số liệu của Công an xã",
            actor=story.cast.author(PROVINCE),
        )
    _sent_back(story, round_, start)
    accepted(story, round_, "binhminh", start, 41)
    written(story, round_, "dongson", start)
    to_issued(story, round_, "dongson", start + days(1), None)
    written(
        story, round_, "yenkhe", start, leave_out_texts=("S2.3", "S2.4", "S3.1", "S3.2", "S3.3", "S4", "S5")
    )
    accepted(story, round_, "trungtam", start, None)
    publish(story, round_, "trungtam", start + days(5))
    written(story, round_, "hoalac", start)
    with clock.fixed(at(today - days(3), 10)):
        take_step(story, round_, "hoalac", Action.SUBMIT, story.cast.author("hoalac"))
    written(story, round_, "dongtien", start)
    to_approved(story, round_, "dongtien", today - days(3))
    _corrected(story, round_, start)
    written(story, round_, PROVINCE, today - days(4), leave_out_texts=("S2.8", "S4"))


def _sent_back(story: Story, round_, start: date) -> None:
    """Tân Hoà: issued, sent back by the province with two parts to mend."""
    written(story, round_, "tanhoa", start)
    to_issued(story, round_, "tanhoa", start + days(2), 18)
    with clock.fixed(at(start + days(4), 14)):
        details = ReturnDetails(
            parts={
                "S2.8": "Bổ sung địa chỉ cụ thể và kết quả của ít nhất một mô hình tiêu biểu",
                "SL": "Xem lại số lượt người dự đối thoại (C9)",
            },
            due_at=at(story.today + days(2), 17),
        )
        note = "Phần “Dân vận khéo” chưa có địa chỉ mô hình; số liệu đối thoại chưa khớp"
        take_step(story, round_, "tanhoa", Action.SEND_BACK, story.cast.author(PROVINCE), note, details)


def _corrected(story: Story, round_, start: date) -> None:
    """Nam Cường: accepted, then replaced by a second edition, accepted too."""
    accepted(story, round_, "namcuong", start, 51)
    with clock.fixed(at(start + days(4))):
        take_step(
            story, round_, "namcuong", Action.CORRECT, story.cast.leader("namcuong"), "Sót 2 cuộc đối thoại"
        )
        values = story.values[("namcuong", round_.pk)]
        values["C8"] += 2
        enter(story, round_, "namcuong", {"C8": values["C8"]})
    write_texts(story, round_, "namcuong", start + days(4))
    to_issued(story, round_, "namcuong", start + days(5), 52)
    accept(story, round_, "namcuong", start + days(6))


def _year_2026(story: Story) -> None:
    """Just opened: one commune writes, one was returned inside the commune, the others have not begun."""
    today = story.today
    round_ = start_round(story, PeriodKind.ANNUAL, 2026, today - days(5), today + days(20), today + days(30))
    written(story, round_, "trungtam", today - days(2), leave_out_texts=("S3.4", "S4", "S5", "S6"))
    written(story, round_, "binhminh", today - days(2))
    with clock.fixed(at(today - days(1), 8)):
        take_step(story, round_, "binhminh", Action.SUBMIT, story.cast.author("binhminh"))
    with clock.fixed(at(today - days(1), 16)):
        details = ReturnDetails(parts={"S4": "Nêu rõ chỉ tiêu năm tới"})
        note = "Phương hướng còn chung chung"
        take_step(story, round_, "binhminh", Action.RETURN, story.cast.leader("binhminh"), note, details)


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
