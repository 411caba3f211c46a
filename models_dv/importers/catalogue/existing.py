"""Units that are there already: which of them is which unit of the catalogue, and what they lack.

Nothing that somebody has entered is changed. A version of the catalogue is added only where the unit has none
from that day, does not say the same from another day, and was until then called what the catalogue calls it;
what the catalogue does not change then goes on as it was entered.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date

from models_dv.enums import UnitLevel, UnitType
from models_dv.importers.catalogue.plan import CHANGE_ON, Key, PlannedUnit, PlannedVersion
from models_dv.models import Unit, UnitVersion
from models_dv.vietnamese.dates import format_date


@dataclass(frozen=True)
class FoundUnit:
    """A unit of the database with its versions in order of their days."""

    unit: Unit
    versions: tuple[UnitVersion, ...]

    @property
    def begins(self) -> date:
        """The day of its first version."""
        return self.versions[0].valid_from


@dataclass(frozen=True)
class Addition:
    """A version to add: after ``base`` only what changed is taken from the catalogue, the rest from ``base``."""

    version: PlannedVersion
    base: UnitVersion | None = None
    changed: dict = field(default_factory=dict)
    is_elsewhere: bool = True


class Existing:
    """The real units with a code of a territory, by key. Illustrative units and bodies are left out."""

    def __init__(self):
        self.by_key: dict[Key, FoundUnit] = {}
        self.problems: list[str] = []
        versions = defaultdict(list)
        for version in UnitVersion.objects.filter(unit__illustrative=False).exclude(unit__territory_code=""):
            versions[version.unit_id].append(version)
        candidates: dict[Key, list[FoundUnit]] = defaultdict(list)
        for unit in Unit.objects.filter(illustrative=False).exclude(territory_code=""):
            rows = tuple(sorted(versions[unit.pk], key=lambda version: version.valid_from))
            if rows and rows[-1].type != UnitType.BODY:
                candidates[_key(unit, rows[-1].level)].append(FoundUnit(unit, rows))
        for key, found in candidates.items():
            found.sort(key=lambda one: one.begins)
            if len(found) > 1 and found[0].begins == found[1].begins:
                self.problems.append(
                    f"Mã địa bàn {key.territory_code}: hai đơn vị {found[0].unit.code} và {found[1].unit.code} "
                    "cùng cấp, cùng thời gian. Sửa mã địa bàn của một đơn vị rồi chạy lại."
                )
            self.by_key[key] = found[0]
        self.candidates = candidates

    def is_held_by_another(self, key: Key, day: date) -> bool:
        """On the day another unit of the level than the one known by ``key`` has the territory's code."""
        both = [*self.candidates.get(key._replace(is_former=True), ()), *self.candidates.get(key, ())]
        return any(
            one.begins <= day and (one.unit.ended_on is None or day < one.unit.ended_on)
            for one in both
            if one is not self.by_key[key]
        )


def _key(unit: Unit, level: str) -> Key:
    is_former = unit.ended_on is not None and unit.ended_on <= CHANGE_ON
    return Key(UnitLevel(level), unit.territory_code, is_former)


def lacking(planned: PlannedUnit, found: FoundUnit, existing: Existing) -> tuple[list[Addition], list[str]]:
    """What to add to a unit that is there, and in words what is left as somebody entered it."""
    add, left = [], []
    previous = None
    for version in planned.versions:
        day, changed = version.valid_from, _changed(previous, version)
        before = [row for row in found.versions if row.valid_from < day]
        if found.unit.ended_on and day >= found.unit.ended_on:
            break
        if not before and _begins_too_late(planned.key, day, changed, found, existing):
            add.append(Addition(version))
        elif before and previous and not _is_there(day, changed, found):
            if before[-1].name == previous.fields["name"]:
                add.append(Addition(version, before[-1], changed, version.parent != previous.parent))
            else:
                left.append(
                    f"{found.unit.code}: giữ “{before[-1].name}”, không ghi “{version.fields['name']}” "
                    f"từ {format_date(day)}"
                )
        previous = version
    return add, left


def _changed(previous: PlannedVersion | None, version: PlannedVersion) -> dict:
    """What the version says anew; of a first one what makes it this one."""
    if previous is None:
        return {name: version.fields[name] for name in ("name", "type", "header_superior", "header_issuer")}
    new = {name: value for name, value in version.fields.items() if previous.fields[name] != value}
    new.pop("legal_basis", None)
    return new


def _begins_too_late(key: Key, day: date, changed: dict, found: FoundUnit, existing: Existing) -> bool:
    """The unit has to be there from an earlier day than it was entered for.

    A commune whose beginning somebody moved stays; a body with others below it has to be there as long as they are.
    """
    if found.begins <= day or existing.is_held_by_another(key, day):
        return False
    return key.level != UnitLevel.COMMUNE or not _is_there(day, changed, found)


def _is_there(day: date, changed: dict, found: FoundUnit) -> bool:
    """The unit has a version from that day, or one that says the same from another day."""
    return any(
        row.valid_from == day or all(getattr(row, name) == value for name, value in changed.items())
        for row in found.versions
    )
