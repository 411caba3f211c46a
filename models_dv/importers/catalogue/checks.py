"""Whether the units of the catalogue hold together in the database, whoever wrote them."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import date
from itertools import pairwise
from typing import NamedTuple

from models_dv.enums import UnitLevel
from models_dv.importers.catalogue.plan import Key
from models_dv.models import Unit, UnitSuccession, UnitVersion
from models_dv.vietnamese.dates import format_date


class _Row(NamedTuple):
    code: str
    ended_on: date | None
    end_basis: str


def problems_of(ids: dict[Key, int]) -> list[str]:
    """What is wrong, one sentence each; empty when every unit has its place, its time and its end.

    ``ids`` has the id of every unit of the catalogue. Looked at: each is a unit of its own with a first version;
    below the top each version has a unit above that exists as long as it is in force; no two units of a level have
    one territory at one time; who has ended has a successor or a reason.
    """
    units = {
        pk: _Row(*rest)
        for pk, *rest in Unit.objects.values_list("pk", "code", "ended_on", "end_basis").iterator()
    }
    versions = defaultdict(list)
    for unit_id, start, parent_id in UnitVersion.objects.order_by("valid_from").values_list(
        "unit_id", "valid_from", "parent_id"
    ):
        versions[unit_id].append((start, parent_id))
    below = [pk for key, pk in ids.items() if key.level != UnitLevel.PROVINCE]
    return [
        *_not_one_each(ids, units, versions),
        *(line for pk in below for line in _orphaned(pk, units, versions)),
        *_overlapping(ids, units, versions),
        *_ended_without_reason(ids, units),
    ]


def _not_one_each(ids, units, versions) -> Iterator[str]:
    if len(set(ids.values())) != len(ids):
        yield "Có đơn vị được nhận cho hai địa bàn."
    for pk in ids.values():
        if not versions[pk]:
            yield f"{units[pk].code}: không có phiên bản nào."


def _orphaned(pk: int, units, versions) -> Iterator[str]:
    """Stretches of time in which the unit above is missing."""
    rows = versions[pk]
    ends = [start for start, _parent in rows[1:]] + [units[pk].ended_on]
    for (start, parent_id), end in zip(rows, ends, strict=True):
        if parent_id is None:
            yield f"{units[pk].code}: không có đơn vị cấp trên từ {format_date(start)}."
            continue
        above = units[parent_id]
        begins_late = not versions[parent_id] or versions[parent_id][0][0] > start
        ends_early = above.ended_on is not None and (end is None or above.ended_on < end)
        if begins_late or ends_early:
            yield f"{units[pk].code}: đơn vị cấp trên {above.code} không có suốt thời gian từ {format_date(start)}."


def _overlapping(ids, units, versions) -> Iterator[str]:
    spans = defaultdict(list)
    for key, pk in ids.items():
        if versions[pk]:
            spans[key.level, key.territory_code].append((versions[pk][0][0], units[pk]))
    for (_level, territory), rows in spans.items():
        rows.sort(key=lambda row: row[0])
        for (_start, first), (start, second) in pairwise(rows):
            if first.ended_on is None or first.ended_on > start:
                yield f"Mã địa bàn {territory}: {first.code} và {second.code} cùng tồn tại ngày {format_date(start)}."


def _ended_without_reason(ids, units) -> Iterator[str]:
    with_successor = set(UnitSuccession.objects.values_list("predecessor_id", flat=True))
    for pk in ids.values():
        if units[pk].ended_on and pk not in with_successor and not units[pk].end_basis:
            yield f"{units[pk].code}: đã kết thúc nhưng không có đơn vị kế thừa hay căn cứ kết thúc."
