"""Working on one report together in the demo: a body without territory that fills a part of a commune's report."""

from datetime import date

from models_dv import clock
from models_dv.domain.units import rebuild_paths
from models_dv.enums import Role, SigningForm, UnitLevel, UnitType
from models_dv.models import Unit, UnitRole, UnitVersion, User
from reports.domain import contributing
from reports.domain.contributing import Task
from reports.management.demo.acts import at, days
from reports.management.demo.cast import BASIS, SINCE, Cast
from reports.models import Report

KEY = "phulam"
USERNAME = "mattran.phulam"
NAME = "Uỷ ban Mặt trận Tổ quốc xã Phú Lâm"
NOTE = "Lấy số của các thôn và tổ hoà giải; ghi rõ số vụ hoà giải thành."


def give_parts(cast: Cast, password: str, today: date) -> None:
    """The fatherland front of Phú Lâm fills the part and the figures about democracy at the grass roots."""
    unit = _body(cast.unit(KEY))
    rebuild_paths()
    user = User(username=USERNAME, full_name="Đoàn Thị Mẫu", post="Uỷ viên Thường trực")
    user.set_password(password)
    user.save()
    UnitRole.objects.create(user=user, unit=unit, role=Role.AUTHOR)
    cast.users[USERNAME] = user
    report = (
        Report.objects.filter(unit=cast.unit(KEY))
        .select_related("round__period", "unit", "unit_version", "latest")
        .get(round__period__year=2026, round__period__kind="half_year")
    )
    with clock.fixed(at(today - days(1), 9)):
        contributing.assign(
            report,
            Task(("S2.5",), ("E",), NOTE, today + days(1)),
            unit=unit,
            actor=cast.author(KEY),
        )


def _body(above: Unit) -> Unit:
    unit = Unit.objects.create(code=f"an-binh-{KEY}-mttq", illustrative=True)
    UnitVersion.objects.create(
        unit=unit,
        valid_from=SINCE,
        name=NAME,
        short_name="MTTQ xã Phú Lâm",
        place_name="Phú Lâm",
        type=UnitType.BODY,
        level=UnitLevel.COMMUNE,
        parent=above,
        issuer_name=NAME,
        header_superior="Mặt trận Tổ quốc Việt Nam tỉnh An Bình",
        header_issuer=NAME,
        symbol="MTTQ-BTT",
        signing_form=SigningForm.COMMITTEE,
        signing_authority="Ban Thường trực",
        head_post="Chủ tịch",
        deputy_post="Phó Chủ tịch",
        legal_basis=BASIS,
    )
    return unit
