"""The dated facts of a model as columns of the registry's sheet, and who may state them (domain.md §5)."""

import datetime
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from models_dv import clock
from models_dv.domain.kheo_facts import BODY_KINDS, FactRefused, check_fact, check_order
from models_dv.domain.sheets import CellError, Column, Problem
from models_dv.enums import AwardKind, FactKind, UnitLevel
from models_dv.importers.cells import Choice, Day, Words, labels, words_of
from models_dv.models import KheoFact

FIRST_YEAR = 1990
OTHERS_DECIDE = "Mốc này do người duyệt của đơn vị, hoặc nơi tiếp nhận báo cáo ở cấp trên ghi"
OTHERS_MEND = "Để trống cột này, hoặc nhờ người duyệt tải tệp lên"
OTHER_LEVEL = "Đơn vị chỉ ghi quyết định của cấp mình; quyết định của cấp trên do đơn vị cấp trên ghi"


@dataclass(frozen=True)
class Days:
    """Days of the past, or years where no more is known, apart by semicolons: [[ISO day, only the year], …]."""

    several: bool = True
    choices: tuple[str, ...] = ()
    _day: Day = field(default=Day(past=True), init=False, compare=False)

    def read(self, raw) -> list[list]:
        """A date or a year of Excel, or words such as “05/02/2026; 2027”."""
        if isinstance(raw, datetime.date):
            return [[self._day.read(raw), False]]
        parts = [part.strip() for part in words_of(raw).split(";")]
        found = [self._one(part) for part in parts if part]
        if not found or (len(found) > 1 and not self.several):
            raise CellError("Cột này chỉ ghi một ngày", "Giữ lại một ngày")
        return found

    def _one(self, text: str) -> list:
        year = text.lower().removeprefix("năm").strip()
        if len(year) == 4 and year.isascii() and year.isdigit():
            if not FIRST_YEAR <= int(year) <= clock.today().year:
                raise CellError(f"Năm phải từ {FIRST_YEAR} đến {clock.today().year}", "Kiểm tra lại năm")
            return [f"{year}-12-31", True]
        return [self._day.read(text), False]

    def load(self, stored: list[list]) -> list[tuple[datetime.date, bool]]:
        """Dates again."""
        return [(datetime.date.fromisoformat(day), only) for day, only in stored]


ONE, SEVERAL = Days(several=False), Days()
DAY_OR_YEAR = "Ngày, hoặc năm nếu chỉ biết năm."
MANY = f"{DAY_OR_YEAR} Nhiều lần cách nhau bằng dấu chấm phẩy."

COLUMNS = (
    Column("approved_on", "Được duyệt vào danh mục", ONE, note=DAY_OR_YEAR, width=14),
    Column("effective_on", "Đạt hiệu quả", SEVERAL, note=MANY, width=14),
    Column("recognised_level", "Cấp công nhận", Choice(labels(UnitLevel)), width=14),
    Column("recognised_decision", "Quyết định công nhận", Words(60), note="Số, ký hiệu.", width=20),
    Column("recognised_on", "Ngày công nhận", ONE, note=DAY_OR_YEAR, width=14),
    Column("typical_on", "Tiêu biểu", SEVERAL, note=MANY, width=14),
    Column("award_kind", "Hình thức khen", Choice(labels(AwardKind)), width=16),
    Column("award_level", "Cấp khen thưởng", Choice(labels(UnitLevel)), width=14),
    Column("award_decision", "Quyết định khen thưởng", Words(60), note="Số, ký hiệu.", width=20),
    Column("awarded_on", "Ngày khen thưởng", ONE, note=DAY_OR_YEAR, width=14),
    Column("replicated_on", "Được nhân rộng", SEVERAL, note=MANY, width=14),
    Column("stopped_on", "Dừng hoạt động", ONE, note=DAY_OR_YEAR, width=14),
    Column("stopped_note", "Lý do dừng", Words(300), width=26),
)
KEYS = tuple(column.key for column in COLUMNS)
HEADERS = {column.key: column.header for column in COLUMNS}
#: Kind → (column of its days, {field of the fact: column}).
_KINDS = {
    FactKind.APPROVED: ("approved_on", {}),
    FactKind.EFFECTIVE: ("effective_on", {}),
    FactKind.RECOGNISED: (
        "recognised_on",
        {"level": "recognised_level", "decision": "recognised_decision"},
    ),
    FactKind.TYPICAL: ("typical_on", {}),
    FactKind.AWARDED: (
        "awarded_on",
        {"award_kind": "award_kind", "level": "award_level", "decision": "award_decision"},
    ),
    FactKind.REPLICATED: ("replicated_on", {}),
    FactKind.STOPPED: ("stopped_on", {"note": "stopped_note"}),
}
#: Unit → levels for which who brings the file says what was decided; a unit that is not there: none.
Levels = dict[int, frozenset[str]]


def facts_of(values: dict) -> Iterator[dict]:
    """The facts of a row besides its registration and launch, by the columns of KheoFact."""
    for kind, (days, more) in _KINDS.items():
        for on, year_only in values[days] or ():
            told = {name: values[key] or "" for name, key in more.items()}
            yield {"kind": kind.value, "on": on, "year_only": year_only, **told}


def check(values: dict, first: Callable[[dict], Iterable[dict]]) -> Iterable[Problem]:
    """The same rules as where a person enters the facts one by one; ``first`` gives registration and launch."""
    if all(values[key] is None for key in KEYS):
        return
    for days, more in _KINDS.values():
        told = next((key for key in more.values() if values[key]), None)
        if told and not values[days]:
            header = HEADERS[days]
            yield Problem(header, "", f"Chưa ghi {header[0].lower()}{header[1:]}", "Ghi ngày, hoặc năm")
            return
    facts = [KheoFact(**fact) for fact in (*first(values), *facts_of(values))]
    for number, fact in enumerate(facts):
        try:
            check_fact(fact)
            check_order(facts[: number + 1])
        except FactRefused as refusal:
            days, more = _KINDS.get(fact.kind, ("launched_on", {}))
            header = HEADERS.get(more.get(refusal.field, days), "Ngày ra mắt")
            yield Problem(header, "", refusal.message)
            return


def check_rights(values: dict, levels: frozenset[str] | None) -> Iterable[Problem]:
    """Who brings the file must be able to state what a body decides; ``levels``: of the row's unit."""
    for kind in BODY_KINDS:
        days, more = _KINDS[kind]
        if not values[days]:
            continue
        level = values[more["level"]] if "level" in more else None
        if levels is None:
            yield Problem(HEADERS[days], "", OTHERS_DECIDE, OTHERS_MEND)
        elif level and level not in levels:
            yield Problem(HEADERS[more["level"]], UnitLevel(level).label, OTHER_LEVEL)
