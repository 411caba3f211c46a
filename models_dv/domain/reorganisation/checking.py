"""What stands in the way of carrying a plan out: everything still open, and everything that contradicts itself."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from models_dv.domain.reorganisation.listing import Extent
from models_dv.domain.reorganisation.plan import Change, Plan
from models_dv.domain.reorganisation.proposing import Frame
from models_dv.enums import UnitLevel
from models_dv.models import Unit, UnitVersion
from models_dv.vietnamese.dates import format_date

#: From the top down.
_TIERS = [str(level) for level in UnitLevel]


@dataclass(frozen=True)
class Problem:
    """One thing to mend; ``change`` is the number of the change it stands in (None: the whole plan)."""

    text: str
    change: int | None = None


def problems(plan: Plan, frame: Frame) -> list[Problem]:
    """Everything to mend before the plan can be carried out; empty when it can be."""
    found = [] if plan.changes else [Problem("Phương án chưa có việc nào. Thêm việc.")]
    for number, change in enumerate(plan.changes):
        found += [Problem(text, number) for text in _open(change)]
    if found:
        return found
    units = _Units(plan, frame)
    found += _twice(plan, units)
    for number, change in enumerate(plan.changes):
        found += [Problem(text, number) for text in units.of_change(change)]
    found += _codes(plan)
    return found + _heirs(plan, frame, units)


def _open(change: Change) -> list[str]:
    """What the change itself leaves open."""
    result = change.result
    found = [source.problem for source in change.sources if source.problem and not source.is_settled]
    found += [
        f"Chọn đơn vị và phần lấy cho “{source.words}”."
        for source in change.sources
        if not source.is_settled and not source.problem
    ]
    if result.problem:
        found.append(result.problem)
    elif not result.is_new and result.unit is None:
        found.append(f"Chọn đơn vị nhận cho “{result.words}”.")
    if not change.sources:
        found.append("Chưa có đơn vị nào. Thêm đơn vị.")
    elif result.is_new and not change.others:
        found.append("Chưa có đơn vị cũ. Thêm đơn vị.")
    if change.doubt:
        found.append(change.doubt)
    if found:
        return found
    if not (result.name and result.short_name and result.type and result.level):
        found.append("Chưa có tên hoặc loại của đơn vị sau sắp xếp.")
    if result.is_new and not result.code:
        found.append("Chưa có mã đơn vị mới.")
    if result.parent is None and not result.is_root:
        found.append(
            f"“{result.name}” thuộc đơn vị nào? Các đơn vị cũ thuộc nhiều nơi. Chọn đơn vị cấp trên."
        )
    return found


class _Units:
    """The units of a plan as they stand on the eve."""

    def __init__(self, plan: Plan, frame: Frame):
        self.plan, self.frame = plan, frame
        named = {source.unit for change in plan.changes for source in change.sources} | plan.kept()
        parents = {change.result.parent for change in plan.changes} - {None}
        self.units = {
            unit.pk: unit for unit in Unit.objects.filter(pk__in=named | parents).prefetch_related("versions")
        }
        later = UnitVersion.objects.filter(unit__in=named, valid_from__gte=frame.on).order_by("-valid_from")
        self.later = dict(later.values_list("unit_id", "valid_from"))

    def name(self, unit_id: int) -> str:
        """What the unit is called on the eve."""
        unit = self.units.get(unit_id)
        version = unit and unit.version_on(self.frame.eve)
        return version.name if version else f"Đơn vị {unit_id}"

    def of_change(self, change: Change) -> list[str]:
        """Units that are not there, or already have a later history."""
        result = change.result
        named = dict.fromkeys([*(source.unit for source in change.sources), result.unit])
        found = [text for unit_id in named if unit_id for text in self._of_unit(unit_id)]
        if result.parent is not None and result.parent not in self.plan.ended():
            found += self._not_there(result.parent)
        found += self._other_tier(change)
        if result.parent is not None and result.parent == result.unit:
            found.append(f"“{result.name}” không thể thuộc chính mình. Chọn đơn vị cấp trên khác.")
        return found

    def _of_unit(self, unit_id: int) -> list[str]:
        found = self._not_there(unit_id)
        if not found and unit_id in self.later:
            day = format_date(self.later[unit_id])
            found.append(
                f"“{self.name(unit_id)}” đã có thay đổi ghi từ ngày {day}. "
                "Chọn ngày sắp xếp sau ngày đó, hoặc sửa trang của đơn vị trước."
            )
        return found

    def _other_tier(self, change: Change) -> list[str]:
        """Units that would be dissolved into one of a higher tier: what is meant is another body above."""
        if change.result.unit is None:
            return []
        tier = _TIERS.index(change.result.level)
        found = []
        for source in change.others:
            version = (
                self.units[source.unit].version_on(self.frame.eve) if source.unit in self.units else None
            )
            if version and source.extent != Extent.PART and _TIERS.index(version.level) > tier:
                found.append(
                    f"“{version.name}” ({version.get_level_display().lower()}) không nhập hết vào "
                    f"“{change.result.name}” ({UnitLevel(change.result.level).label.lower()}) được. Nếu chỉ đổi đơn vị "
                    "cấp trên: bỏ việc này, thêm phiên bản có cấp trên mới ở trang của đơn vị."
                )
        return found

    def _not_there(self, unit_id: int) -> list[str]:
        unit, eve = self.units.get(unit_id), self.frame.eve
        if unit is None:
            return ["Có đơn vị đã bị xoá. Chọn đơn vị khác."]
        begun = any(version.valid_from <= eve for version in unit.versions.all())
        if not begun:
            return [f"“{self.name(unit_id)}” chưa có vào ngày {format_date(eve)}. Chọn đơn vị khác."]
        if unit.ended_on:
            return [
                f"“{self.name(unit_id)}” đã ghi kết thúc ngày {format_date(unit.ended_on)}. Chọn đơn vị khác."
            ]
        return []


def _twice(plan: Plan, units: _Units) -> list[Problem]:
    """A unit that goes whole somewhere goes nowhere else; one unit goes on in one change only."""
    found = []
    kept = Counter(change.result.unit for change in plan.changes if change.result.unit)
    for unit_id, extents in plan.extents().items():
        if len(extents) > 1 and Extent.WHOLE in extents:
            found.append(
                Problem(
                    f"“{units.name(unit_id)}” được lấy toàn bộ nhưng còn có trong việc khác. Sửa một việc."
                )
            )
        elif unit_id in kept and any(extent != Extent.PART for extent in extents):
            found.append(
                Problem(
                    f"“{units.name(unit_id)}” vừa được giữ lại vừa nhập hết vào đơn vị khác. Sửa một việc."
                )
            )
        elif extents.count(Extent.REST) > 1:
            found.append(
                Problem(f"Phần còn lại của “{units.name(unit_id)}” có trong hai việc. Sửa một việc.")
            )
    found += [
        Problem(f"“{units.name(unit_id)}” được giữ lại trong {count} việc. Gộp thành một việc.")
        for unit_id, count in kept.items()
        if count > 1
    ]
    for change in plan.changes:
        twice = Counter(source.unit for source in change.sources)
        found += [
            Problem(f"“{units.name(unit_id)}” có hai lần trong việc “{change.result.words}”. Bỏ một lần.")
            for unit_id, count in twice.items()
            if count > 1
        ]
    return found


def _codes(plan: Plan) -> list[Problem]:
    """New codes are free, and each is given once."""
    codes = Counter(change.result.code for change in plan.changes if change.result.is_new)
    taken = set(Unit.objects.filter(code__in=codes).values_list("code", flat=True))
    return [
        Problem(f"Mã đơn vị {code} đã có. Đặt mã khác.", number)
        for number, change in enumerate(plan.changes)
        if change.result.is_new and ((code := change.result.code) in taken or codes[code] > 1)
    ]


def hanging(plan: Plan, frame: Frame) -> dict[int, list[UnitVersion]]:
    """{unit that ends: versions of the units right below it on the eve}, without those that end too."""
    ended = plan.ended()
    rows = UnitVersion.objects.as_of(frame.eve).filter(parent__in=ended).select_related("unit")
    below: dict[int, list[UnitVersion]] = defaultdict(list)
    for row in rows.order_by("name_sort", "pk"):
        is_there = row.unit.ended_on is None or row.unit.ended_on > frame.on
        if is_there and row.unit_id not in ended and row.unit_id not in plan.kept():
            below[row.parent_id].append(row)
    return dict(below)


def successor_numbers(plan: Plan, unit_id: int) -> list[int]:
    """Numbers of the changes that a unit goes into."""
    return [
        number
        for number, change in enumerate(plan.changes)
        if any(source.unit == unit_id for source in change.others)
    ]


def heir_number(plan: Plan, child: int, parent: int) -> int | None:
    """The change under whose result a unit below an ended one goes: the only one, or the one chosen."""
    numbers = successor_numbers(plan, parent)
    chosen = plan.heirs.get(child)
    return numbers[0] if len(numbers) == 1 else chosen if chosen in numbers else None


def _heirs(plan: Plan, frame: Frame, units: _Units) -> list[Problem]:
    """Units below a divided one need a new body above, and no later version of their own."""
    found = []
    below = hanging(plan, frame)
    children = [row.unit_id for rows in below.values() for row in rows]
    later = set(
        UnitVersion.objects.filter(unit__in=children, valid_from__gte=frame.on).values_list("unit", flat=True)
    )
    for parent, rows in below.items():
        open_rows = [row for row in rows if heir_number(plan, row.unit_id, parent) is None]
        if open_rows:
            found.append(
                Problem(
                    f"“{units.name(parent)}” được chia: chọn đơn vị cấp trên mới cho {len(open_rows)} đơn vị cấp dưới."
                )
            )
        found += [
            Problem(
                f"“{row.name}” (dưới “{units.name(parent)}”) đã có thay đổi ghi từ ngày sắp xếp. "
                "Sửa trang của đơn vị đó trước."
            )
            for row in rows
            if row.unit_id in later
        ]
    to_come = UnitVersion.objects.filter(parent__in=plan.ended(), valid_from__gte=frame.on)
    found += [
        Problem(
            f"“{row.name}” sẽ thuộc “{units.name(row.parent_id)}” từ {format_date(row.valid_from)}, khi đơn vị "
            "này không còn. Sửa trang của đơn vị đó trước."
        )
        for row in to_come.exclude(unit__in=children).order_by("name_sort", "pk")
    ]
    for number, change in enumerate(plan.changes):
        parent = change.result.parent
        if parent in plan.ended() and len(successor_numbers(plan, parent)) != 1:
            text = f"Đơn vị cấp trên của “{change.result.name}” được chia. Chọn đơn vị cấp trên khác."
            found.append(Problem(text, number))
    return found
