"""Tasks as a sheet of Excel: what one unit gives to itself and to those below it (domain.md §7)."""

from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from functools import partial
from types import SimpleNamespace

from models_dv import clock
from models_dv.domain import task_notices
from models_dv.domain.audit import record_all
from models_dv.domain.bulk import insert
from models_dv.domain.sheets import Column, Created, Problem, Row, SheetKind, register
from models_dv.domain.unit_names import units_from
from models_dv.enums import TaskState
from models_dv.importers.cells import Day, Named, Several, Words
from models_dv.models import Task, Unit, UnitVersion, User
from models_dv.vietnamese.dates import format_date
from models_dv.vietnamese.fold import fold

#: Empty is nothing here, and no text.
DAYS = ("due_on",)
BELOW = "Chính đơn vị giao hoặc một đơn vị cấp dưới; ghi tên hoặc mã."


def columns(units: Named) -> tuple[Column, ...]:
    """The columns, with the units that may lead and join."""
    return (
        Column(
            "title", "Nhiệm vụ", Words(300), required=True, width=50, example="Khảo sát công trình nước sạch"
        ),
        Column("content", "Nội dung, yêu cầu", Words(4000, lines=True), width=50),
        Column(
            "lead_unit",
            "Đơn vị chủ trì",
            units,
            note=f"{BELOW} Để trống: chính đơn vị giao.",
            width=30,
        ),
        Column("lead_post", "Chức vụ chủ trì", Words(160), width=26, example="Phó Bí thư Thường trực"),
        Column(
            "joining_units",
            "Đơn vị phối hợp",
            Several(units),
            note=f"{BELOW} Nhiều đơn vị cách nhau bằng dấu chấm phẩy.",
            width=36,
        ),
        Column(
            "joining_others",
            "Cơ quan phối hợp khác",
            Words(300),
            width=30,
            note="Cơ quan chưa có trong hệ thống.",
        ),
        Column("given_on", "Ngày giao", Day(past=True), note="Để trống: hôm nay.", width=14),
        Column("due_on", "Hạn hoàn thành", Day(), width=14, aliases=("Hạn",)),
        Column("product", "Sản phẩm", Words(300), width=30, example="Báo cáo kết quả khảo sát"),
    )


def fitted(unit: Unit, _actor: User) -> dict:
    """The columns and the check for tasks that the unit gives. One query."""
    today = clock.today()
    versions = UnitVersion.objects.as_of(today).filter(unit__in=units_from([unit.pk], today).values("pk"))
    rows = versions.values_list("unit_id", "name", "short_name", "unit__code")
    named = Named(((pk, names) for pk, *names in rows), "đơn vị")
    return {"columns": columns(named), "check": partial(check, giver=unit.pk)}


def identity(values: dict, unit: Unit) -> Hashable:
    """The same task for the same unit with the same due date is given once."""
    return fold(values["title"]), values["lead_unit"] or unit.pk, values["due_on"]


def known(identities: Collection[Hashable], unit: Unit) -> dict[Hashable, str]:
    """Open tasks that the unit has given."""
    rows = Task.objects.filter(giving_unit=unit, state=TaskState.OPEN)
    found = {}
    for pk, title, lead, due, given in rows.values_list("pk", "title", "lead_unit_id", "due_on", "given_on"):
        if (key := (fold(title), lead, due)) in identities:
            found[key] = f"Đã giao ngày {format_date(given)}: mã {pk}"
    return found


def check(values: dict, *, giver: int) -> Iterable[Problem]:
    """Days in order; who leads (the giver, where none is named) does not join besides."""
    given, due = values["given_on"] or clock.today(), values["due_on"]
    if due and due < given:
        yield Problem(
            "Hạn hoàn thành",
            format_date(due),
            f"Hạn hoàn thành trước ngày giao {format_date(given)}",
            "Sửa hạn hoặc sửa ngày giao",
        )
    if (values["lead_unit"] or giver) in (values["joining_units"] or ()):
        yield Problem(
            "Đơn vị phối hợp",
            "",
            "Đơn vị chủ trì ghi lại ở đơn vị phối hợp",
            "Bỏ tên đó ở cột Đơn vị phối hợp",
        )


def save(rows: Sequence[Row], *, unit: Unit, actor: User, note: Callable[[Row], str]) -> Created:
    """Tasks with the units that join, and audit rows."""
    today = clock.today()
    common = {"giving_unit_id": unit.pk, "created_by_id": actor.pk, "created_at": clock.now()}
    ids = insert(Task, [common | _columns(row.values, unit, today) for row in rows])
    joining = [
        {"task_id": pk, "unit_id": joined}
        for pk, row in zip(ids, rows, strict=True)
        for joined in row.values["joining_units"] or ()
    ]
    insert(Task.joining_units.through, joining)
    written = ((pk, row.values["title"], note(row)) for pk, row in zip(ids, rows, strict=True))
    record_all(actor=actor, action="Giao nhiệm vụ (nhập Excel)", model=Task, written=written)
    task_notices.given_by_file(unit, _units_at_work(rows, unit), first=min(ids, default=0), actor=actor)
    return {Task: ids}


def _units_at_work(rows: Sequence[Row], unit: Unit) -> set[int]:
    """Every unit that leads or joins one of the tasks."""
    leading = {row.values["lead_unit"] or unit.pk for row in rows}
    return leading.union(*(row.values["joining_units"] or () for row in rows))


def _columns(values: dict, unit: Unit, today) -> dict:
    """What stands in the columns of the task: its own values, and the key that its ``save`` would compute."""
    own = {
        name: "" if value is None and name not in DAYS else value
        for name, value in values.items()
        if name not in ("lead_unit", "joining_units", "given_on")
    }
    holder = SimpleNamespace(**own)
    Task.set_keys(holder)
    return vars(holder) | {
        "lead_unit_id": values["lead_unit"] or unit.pk,
        # Saved a day after it was checked, what is due that day was given that day.
        "given_on": values["given_on"] or min(today, values["due_on"] or today),
    }


KIND = register(
    SheetKind(
        name="nhiem-vu",
        title="Nhiệm vụ",
        noun="nhiệm vụ",
        columns=columns(Named((), "đơn vị")),
        fitted=fitted,
        identity=identity,
        known=known,
        save=save,
        list_url="staff:tasks",
        nav="tasks",
        instructions=("Đơn vị giao là đơn vị chọn khi tải tệp lên.",),
    )
)
