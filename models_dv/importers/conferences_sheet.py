"""Conferences as a sheet of Excel: the list of a unit's conferences; people and papers are added afterwards."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from datetime import date
from types import SimpleNamespace

from models_dv import clock
from models_dv.domain.audit import record_all
from models_dv.domain.bulk import insert
from models_dv.domain.sheets import Column, Created, Problem, Row, SheetKind, register
from models_dv.domain.unit_beginnings import require_begun
from models_dv.enums import ConferenceForm, ConferenceKind, ConferenceState
from models_dv.errors import MissingInput
from models_dv.importers.cells import Choice, Day, Whole, Words, Year, labels
from models_dv.models import Conference, Unit, User
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.fold import fold

FIRST_YEAR = 1945
WITH_POINTS = (ConferenceForm.ONLINE, ConferenceForm.MIXED)
#: Empty is nothing here, and no text.
NUMBERS = ("held_on", "online_points")

COLUMNS = (
    Column(
        "title",
        "Tên hội nghị",
        Words(300),
        required=True,
        width=56,
        example="Sơ kết công tác dân vận 6 tháng đầu năm 2026",
    ),
    Column("kind", "Loại", Choice(labels(ConferenceKind)), required=True, width=24, example="Sơ kết"),
    Column(
        "year",
        "Năm",
        Year(FIRST_YEAR),
        required=True,
        width=10,
        example=2026,
        note="Năm của hội nghị hoặc của kỳ được tổng kết.",
    ),
    Column(
        "held_on", "Ngày tổ chức", Day(), width=14, example="06/7/2026", note="Để trống khi không rõ ngày."
    ),
    Column(
        "form",
        "Hình thức",
        Choice(labels(ConferenceForm)),
        width=26,
        example="Trực tiếp",
        note="Để trống khi không rõ.",
    ),
    Column(
        "online_points",
        "Số điểm cầu",
        Whole(most=20_000),
        width=12,
        note="Chỉ ghi khi họp trực tuyến.",
    ),
    Column("place", "Địa điểm", Words(200), width=30),
    Column(
        "organiser",
        "Cơ quan tổ chức",
        Words(200),
        width=30,
        note="Chỉ ghi khi khác cơ quan ban hành của đơn vị.",
    ),
    Column(
        "agenda", "Chương trình", Words(10_000, lines=True), width=40, note="Mỗi nội dung một dòng trong ô."
    ),
    Column("summary", "Nội dung chính", Words(10_000, lines=True), width=50),
)


def identity(values: dict, _unit: Unit) -> Hashable:
    """The same title on the same day, or in the same year where the day is unknown."""
    return fold(values["title"]), values["held_on"] or values["year"]


def known(identities: Collection[Hashable], unit: Unit) -> dict[Hashable, str]:
    """Conferences of the unit."""
    found = {}
    rows = Conference.objects.filter(unit=unit).values_list("pk", "title", "held_on", "year")
    for pk, title, held_on, year in rows:
        key = fold(title), held_on or year
        if key in identities:
            found[key] = f"Đã có hội nghị này: mã {pk}"
    return found


def check(values: dict) -> Iterable[Problem]:
    """The day belongs to the year or to January after it; points are of online conferences."""
    held_on, year = values["held_on"], values["year"]
    if held_on and held_on.year not in (year, year + 1):
        yield Problem(
            "Ngày tổ chức",
            format_date(held_on),
            f"Ngày tổ chức không thuộc năm {year}",
            "Sửa ngày hoặc sửa năm",
        )
    points = values["online_points"]
    if points is not None and values["form"] not in WITH_POINTS:
        yield Problem(
            "Số điểm cầu",
            str(points),
            "Số điểm cầu chỉ ghi khi hình thức là trực tuyến hoặc kết hợp",
            "Sửa hình thức hoặc để trống số điểm cầu",
        )
    elif points == 0:
        yield Problem("Số điểm cầu", "0", "Số điểm cầu từ 1 trở lên", "Để trống nếu không rõ")
    if values["kind"] == ConferenceKind.ACTIVITY and values["form"]:
        yield Problem("Hình thức", "", "Điểm lại hoạt động thì không có hình thức họp", "Để trống hình thức")


def fitted(unit: Unit, _actor: User) -> dict:
    """With the beginning of the unit: what was before it belongs to those that it came out of."""

    def check_of_unit(values: dict) -> Iterable[Problem]:
        yield from check(values)
        try:
            require_begun(unit, values["held_on"] or date(values["year"], 12, 31), "held_on")
        except MissingInput as refusal:
            held_on = values["held_on"]
            header, told = ("Ngày tổ chức", format_date(held_on)) if held_on else ("Năm", str(values["year"]))
            yield Problem(header, told, refusal.message)

    return {"check": check_of_unit}


def save(rows: Sequence[Row], *, unit: Unit, actor: User, note: Callable[[Row], str]) -> Created:
    """Conferences with their audit rows."""
    today = clock.today()
    common = {"unit_id": unit.pk, "created_by_id": actor.pk, "created_at": clock.now()}
    ids = insert(Conference, [common | _columns(row.values, today) for row in rows])
    written = ((pk, row.values["title"], note(row)) for pk, row in zip(ids, rows, strict=True))
    record_all(actor=actor, action="Thêm hội nghị (nhập Excel)", model=Conference, written=written)
    return {Conference: ids}


def _columns(values: dict, today: date) -> dict:
    """What stands in the columns; a day to come makes it a planned conference."""
    own = {name: "" if value is None and name not in NUMBERS else value for name, value in values.items()}
    is_planned = bool(own["held_on"] and own["held_on"] > today)
    own["state"] = ConferenceState.PLANNED.value if is_planned else ConferenceState.HELD.value
    holder = SimpleNamespace(**own)
    Conference.set_keys(holder)
    return vars(holder)


KIND = register(
    SheetKind(
        name="hoi-nghi",
        title="Hội nghị",
        noun="hội nghị",
        columns=COLUMNS,
        identity=identity,
        known=known,
        fitted=fitted,
        save=save,
        list_url="staff:conferences",
        nav="conferences",
        instructions=("Người dự, tài liệu, kết luận và ảnh ghi ở trang của từng hội nghị sau khi nhập.",),
    )
)
