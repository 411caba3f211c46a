"""The day on which a unit came out of others: what was before it belongs to those (domain.md §1)."""

from datetime import date

from models_dv.errors import MissingInput
from models_dv.models import Unit, UnitSuccession
from models_dv.vietnamese.dates import format_date

NOT_YET = "“{unit}” thành lập ngày {since}. Ngày {on} còn là {names}. Chọn đơn vị đó, hoặc sửa ngày"


def require_begun(unit: Unit, on: date, field: str) -> None:
    """MissingInput at ``field`` for a day before the unit came out of others; it names those of that day.

    A unit that came out of no other is taken as it stands: only what is written of it begins with its first
    name. Two queries for each unit, once; none more for further days.
    """
    since, before = _origin(unit)
    if since is None or since <= on:
        return
    names = " hoặc ".join(dict.fromkeys(old.version_on(on).name for old in before))
    days = {"since": format_date(since), "on": format_date(on)}
    raise MissingInput(NOT_YET.format(unit=unit, names=names, **days), field)


def _origin(unit: Unit) -> tuple[date | None, list[Unit]]:
    """The unit's first day and the units that it came out of, kept on the unit; (None, []) without any."""
    found = getattr(unit, "_origin", None)
    if found is None:
        since = min((version.valid_from for version in unit.versions.all()), default=date.max)
        edges = UnitSuccession.objects.filter(successor=unit, on__lte=since).select_related("predecessor")
        before = [edge.predecessor for edge in edges.prefetch_related("predecessor__versions")]
        found = unit._origin = (since if before else None, before)
    return found
