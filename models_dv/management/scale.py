"""Generated data in the size of the nation, to measure with: every unit is made up and labelled so.

The same numbers give the same data: everything follows from the position in the list, nothing from chance.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from django.db import transaction

from models_dv import clock
from models_dv.domain.units import rebuild_paths
from models_dv.enums import (
    ConferenceKind,
    FactKind,
    KheoField,
    KheoKind,
    Organ,
    PostRank,
    SigningForm,
    Subject,
    TaskState,
    UnitLevel,
    UnitType,
)
from models_dv.models import (
    Appointment,
    Conference,
    ConferencePublication,
    DanVanKheo,
    KheoFact,
    KheoPublication,
    Official,
    Task,
    Unit,
    UnitVersion,
)

BATCH = 2_000
SINCE = date(2020, 1, 1)
BASIS = "Dữ liệu minh hoạ do máy sinh ra"
PROVINCES = 34
PREFIX = "mh"

_WHAT = ("Tổ tự quản", "Câu lạc bộ", "Đội xung kích", "Nhóm nòng cốt", "Hợp tác xã", "Chi hội", "Khu dân cư")
_DOES = (
    "bảo vệ môi trường",
    "giữ gìn an ninh trật tự",
    "hiến đất mở đường",
    "giúp nhau giảm nghèo",
    "thắp sáng đường quê",
    "tiếp nhận thủ tục hành chính tại nhà",
    "khuyến học, khuyến tài",
    "phòng, chống ma tuý",
    "hoà giải từ cơ sở",
    "trồng cây ăn quả theo chuỗi",
    "chăm sóc người cao tuổi",
)
_PLACE = (
    "Đồng Xuân",
    "Phú Hoà",
    "Ánh Dương",
    "Bãi Giữa",
    "Núi Voi",
    "Ngọc Trì",
    "Cầu Đá",
    "Yên Khê",
    "Gò Sao",
)
_FAMILY = ("Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ")
_MIDDLE = ("Văn", "Thị", "Đức", "Minh", "Thu")
_GIVEN = ("Mẫu", "Thí Dụ", "Ví Dụ", "Minh Hoạ", "Hình Mẫu", "Giả Định", "Ước Lệ")


@dataclass(frozen=True)
class Sizes:
    """How many rows of each noun."""

    units: int = 14_000
    models: int = 100_000
    conferences: int = 5_000
    tasks: int = 20_000


def make(sizes: Sizes, say: Callable[[str], None] = lambda _line: None) -> None:
    """Generate everything; refuses (ValueError) where generated units are there already."""
    if Unit.objects.filter(code__startswith=f"{PREFIX}-").exists():
        raise ValueError("generated units are there already")
    with transaction.atomic():
        communes = make_units(sizes.units)
        say(f"{sizes.units} đơn vị")
        make_models(communes, sizes.models)
        say(f"{sizes.models} mô hình, điển hình")
        make_conferences(communes, sizes.conferences)
        say(f"{sizes.conferences} hội nghị")
        make_tasks(communes, sizes.tasks)
        say(f"{sizes.tasks} nhiệm vụ")
        make_officials(communes)
        say(f"{len(communes)} cán bộ")


def make_units(count: int) -> list[int]:
    """Provinces with communes below them, ``count`` units in all; returns the ids of the communes."""
    tops = min(PROVINCES, max(1, count // 2))
    provinces = [_unit(f"{PREFIX}-{number:02d}") for number in range(1, tops + 1)]
    _save(Unit, provinces)
    provinces = list(Unit.objects.filter(code__in=[unit.code for unit in provinces]).order_by("code"))
    communes = [_unit(f"{PREFIX}-{n % tops + 1:02d}-{n // tops + 1:04d}") for n in range(count - tops)]
    _save(Unit, communes)
    ids = dict(Unit.objects.filter(code__startswith=f"{PREFIX}-").values_list("code", "pk"))
    _save(UnitVersion, (_province(unit, number) for number, unit in enumerate(provinces, start=1)))
    below = [(ids[unit.code], provinces[n % tops].pk, n) for n, unit in enumerate(communes)]
    _save(UnitVersion, (_commune(*row) for row in below))
    rebuild_paths()
    return [pk for pk, _parent, _number in below]


def make_models(communes: list[int], count: int) -> None:
    """Models with a registration and, for most, a launch; every tenth is published."""
    last = DanVanKheo.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    _save(DanVanKheo, (_model(number, communes) for number in range(count)))
    made = DanVanKheo.objects.filter(pk__gt=last).order_by("pk")
    _save(KheoFact, (fact for row in made.values_list("pk", "year").iterator() for fact in _facts(*row)))
    chosen = (model for model in made.iterator() if model.pk % 10 == 0)
    _save(KheoPublication, (_published(model) for model in chosen))


def make_conferences(communes: list[int], count: int) -> None:
    """Conferences of sơ kết and tổng kết over six years; every tenth is published."""
    last = Conference.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    _save(Conference, (_conference(number, communes) for number in range(count)))
    chosen = (row for row in Conference.objects.filter(pk__gt=last).order_by("pk") if row.pk % 10 == 0)
    _save(ConferencePublication, (_put_up(conference) for conference in chosen))


def make_tasks(communes: list[int], count: int) -> None:
    """Tasks that a unit gave itself: open, overdue and done."""
    _save(Task, (_task(number, communes) for number in range(count)))


def make_officials(communes: list[int]) -> None:
    """A secretary for every commune."""
    last = Official.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    _save(Official, (Official(name=_person(n), illustrative=True) for n in range(len(communes))))
    made = Official.objects.filter(pk__gt=last).order_by("pk").values_list("pk", flat=True)
    posts = zip(made.iterator(), communes, strict=True)
    _save(Appointment, (_secretary(official, unit) for official, unit in posts))


def _save(model, rows: Iterable) -> None:
    """Write in batches; rows that have keys of their own compute them first."""
    rows = iter(rows)
    while batch := list(islice(rows, BATCH)):
        for row in batch:
            if hasattr(row, "set_keys"):
                row.set_keys()
        model.objects.bulk_create(batch)


def _unit(code: str) -> Unit:
    return Unit(code=code, illustrative=True)


def _province(unit: Unit, number: int) -> UnitVersion:
    place = f"Minh Hoạ {number:02d}"
    return UnitVersion(
        unit=unit,
        valid_from=SINCE,
        name=f"Tỉnh uỷ {place}",
        short_name=f"Tỉnh {place}",
        place_name=place,
        type=UnitType.PROVINCE,
        level=UnitLevel.PROVINCE,
        issuer_name="Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        header_superior=f"Tỉnh uỷ {place}",
        header_issuer="Ban Tuyên giáo và Dân vận",
        symbol="BTGDVTU",
        signing_form=SigningForm.HEAD,
        signing_authority="Trưởng ban",
        head_post="Trưởng ban",
        deputy_post="Phó Trưởng ban",
        legal_basis=BASIS,
    )


def _commune(unit_id: int, parent_id: int, number: int) -> UnitVersion:
    place = f"{_PLACE[number % len(_PLACE)]} {number // len(_PLACE) + 1}"
    return UnitVersion(
        unit_id=unit_id,
        parent_id=parent_id,
        valid_from=SINCE,
        name=f"Đảng uỷ xã {place}",
        short_name=f"Xã {place}",
        place_name=place,
        type=UnitType.COMMUNE,
        level=UnitLevel.COMMUNE,
        issuer_name=f"Đảng uỷ xã {place}",
        header_issuer=f"Đảng uỷ xã {place}",
        symbol="ĐU",
        signing_form=SigningForm.COMMITTEE,
        signing_authority="Ban Thường vụ",
        head_post="Bí thư",
        deputy_post="Phó Bí thư",
        legal_basis=BASIS,
    )


def _model(number: int, communes: list[int]) -> DanVanKheo:
    what, does = _WHAT[number % len(_WHAT)], _DOES[number // 7 % len(_DOES)]
    return DanVanKheo(
        unit_id=communes[number * 13 % len(communes)],
        name=f"{what} {does} số {number + 1}",
        kind=KheoKind.EXAMPLE if number % 9 == 0 else KheoKind.MODEL,
        subject=Subject.INDIVIDUAL if number % 9 == 0 else Subject.COLLECTIVE,
        field=KheoField.values[number % 4],
        level=UnitLevel.COMMUNE,
        year=2021 + number % 6,
        address=f"Thôn {number % 12 + 1}, {_PLACE[number // 3 % len(_PLACE)]}",
        situation="Nội dung minh hoạ do máy sinh ra.",
    )


def _facts(model_id: int, year: int) -> Iterator[KheoFact]:
    day = date(year, 1, 1) + timedelta(days=model_id % 300)
    yield KheoFact(model_id=model_id, kind=FactKind.REGISTERED, on=day)
    if model_id % 5:
        yield KheoFact(model_id=model_id, kind=FactKind.LAUNCHED, on=day + timedelta(days=30))
    if model_id % 7 == 0:
        yield KheoFact(model_id=model_id, kind=FactKind.TYPICAL, on=day + timedelta(days=60))


def _published(model: DanVanKheo) -> KheoPublication:
    return KheoPublication(
        model=model,
        slug=f"{PREFIX}-{model.pk}",
        unit_id=model.unit_id,
        unit_name="Đơn vị minh hoạ",
        name=model.name,
        kind=model.kind,
        field=model.field,
        year=model.year,
        is_typical=model.pk % 7 == 0,
        lead="Nội dung minh hoạ do máy sinh ra.",
        illustrative=True,
        published_at=clock.now(),
        search_text=model.search_text,
    )


def _conference(number: int, communes: list[int]) -> Conference:
    year, half = 2021 + number % 6, number % 2
    return Conference(
        unit_id=communes[number * 7 % len(communes)],
        kind=ConferenceKind.SO_KET if half else ConferenceKind.TONG_KET,
        title=f"{'Sơ kết 6 tháng đầu năm' if half else 'Tổng kết'} công tác dân vận {year}, đơn vị {number + 1}",
        year=year,
        held_on=date(year, 7 if half else 12, 1 + number % 20),
        place=f"Hội trường {number % 40 + 1}",
    )


def _put_up(conference: Conference) -> ConferencePublication:
    return ConferencePublication(
        conference=conference,
        slug=f"{PREFIX}-{conference.pk}",
        unit_id=conference.unit_id,
        unit_name="Đơn vị minh hoạ",
        kind=conference.kind,
        title=conference.title,
        year=conference.year,
        held_on=conference.held_on,
        illustrative=True,
        published_at=clock.now(),
        search_text=conference.search_text,
    )


def _person(number: int) -> str:
    family = _FAMILY[number % len(_FAMILY)]
    return f"{family} {_MIDDLE[number // 10 % len(_MIDDLE)]} {_GIVEN[number // 7 % len(_GIVEN)]}"


def _secretary(official_id: int, unit_id: int) -> Appointment:
    return Appointment(
        official_id=official_id,
        unit_id=unit_id,
        organ=Organ.COMMITTEE,
        post="Bí thư Đảng uỷ",
        rank=PostRank.SECRETARY,
        from_on=date(2025, 7, 1),
    )


def _task(number: int, communes: list[int]) -> Task:
    unit_id = communes[number * 11 % len(communes)]
    given = date(2026, 1, 1) + timedelta(days=number % 200)
    done = number % 3 == 0
    return Task(
        title=f"Rà soát, {_DOES[number % len(_DOES)]} đợt {number + 1}",
        giving_unit_id=unit_id,
        lead_unit_id=unit_id,
        given_on=given,
        due_on=given + timedelta(days=60 + number % 90),
        state=TaskState.DONE if done else TaskState.OPEN,
        ended_on=given + timedelta(days=50) if done else None,
    )
