"""Writing what is missing, in one transaction that is undone when the result does not hold."""

from collections import Counter
from dataclasses import dataclass, field

from django.db import transaction

from models_dv.domain.audit import record
from models_dv.domain.units import rebuild_paths
from models_dv.importers.catalogue.checks import problems_of
from models_dv.importers.catalogue.existing import Addition, Existing, lacking
from models_dv.importers.catalogue.plan import CHANGE_ON, Key, Plan, make_plan
from models_dv.importers.catalogue.tables import Catalogue, gaps
from models_dv.models import Unit, UnitSuccession, UnitVersion

BATCH = 1_000


class CatalogueRefused(Exception):
    """Nothing was written; ``problems`` says why, in Vietnamese."""

    def __init__(self, problems: list[str]):
        super().__init__("; ".join(problems))
        self.problems = problems


@dataclass
class Outcome:
    """What an import did: counts of what it wrote, codes of units it took over, what it left as it was."""

    units: int = 0
    versions: int = 0
    edges: int = 0
    units_by_level: Counter = field(default_factory=Counter)
    adopted: int = 0
    completed: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)

    @property
    def is_change(self) -> bool:
        """Anything was written."""
        return bool(self.units or self.versions or self.edges)


class _Subject:
    """What the audit row of an import is about: the units as a whole."""

    _meta = Unit._meta
    pk = "danh-muc"

    def __str__(self):
        return "Danh mục đơn vị toàn quốc"


@transaction.atomic
def import_catalogue(catalogue: Catalogue, *, dry_run: bool = False) -> Outcome:
    """Bring the units in line with the catalogue; a second call changes nothing.

    Units with the same territory code, level and time are taken over as they are. Raises CatalogueRefused, with
    nothing written, when the tables are not closed, a code is taken, or the result does not hold together. With
    ``dry_run`` all of it is done and undone again.
    """
    if open_ends := gaps(catalogue):
        raise CatalogueRefused(open_ends)
    plan, existing = make_plan(catalogue), Existing()
    if problems := existing.problems + _taken_codes(plan, existing):
        raise CatalogueRefused(problems)
    outcome = Outcome()
    ids = _units(plan, existing, outcome)
    _versions(plan, existing, ids, outcome)
    _edges(plan, existing, ids, outcome)
    if problems := problems_of(ids):
        raise CatalogueRefused(problems)
    if dry_run:
        transaction.set_rollback(True)
    elif outcome.is_change:
        rebuild_paths()
        after = {"đơn vị": outcome.units, "phiên bản": outcome.versions, "kế thừa": outcome.edges}
        record(actor=None, action="Nhập danh mục đơn vị", obj=_Subject(), after=after)
    return outcome


def _taken_codes(plan: Plan, existing: Existing) -> list[str]:
    new = {unit.code: unit.key.territory_code for unit in plan.units if unit.key not in existing.by_key}
    taken = [code for code in Unit.objects.values_list("code", flat=True) if code in new]
    return [
        f"Mã đơn vị {code} đã dùng cho đơn vị khác. Nếu là cùng địa bàn, ghi mã địa bàn {new[code]} cho đơn vị đó; "
        "nếu không, đổi mã đơn vị đó rồi chạy lại."
        for code in sorted(taken)
    ]


def _units(plan: Plan, existing: Existing, outcome: Outcome) -> dict[Key, int]:
    """Make the units that are missing; returns the id of every unit of the plan."""
    ids = {unit.key: existing.by_key[unit.key].unit.pk for unit in plan.units if unit.key in existing.by_key}
    outcome.adopted = len(ids)
    missing = [unit for unit in plan.units if unit.key not in ids]
    made = Unit.objects.bulk_create(
        [
            Unit(
                code=unit.code,
                territory_code=unit.key.territory_code,
                ended_on=CHANGE_ON if unit.key.is_former else None,
                end_basis=unit.end_basis,
            )
            for unit in missing
        ],
        batch_size=BATCH,
    )
    ids |= {planned.key: unit.pk for planned, unit in zip(missing, made, strict=True)}
    outcome.units = len(missing)
    outcome.units_by_level = Counter((unit.key.level, unit.key.is_former) for unit in missing)
    return ids


def _versions(plan: Plan, existing: Existing, ids: dict[Key, int], outcome: Outcome) -> None:
    rows = []
    for unit in plan.units:
        additions = [Addition(version) for version in unit.versions]
        if found := existing.by_key.get(unit.key):
            additions, left = lacking(unit, found, existing)
            outcome.left += left
            outcome.completed += [found.unit.code] if additions else []
        rows += [_version(ids[unit.key], addition, ids) for addition in additions]
    UnitVersion.objects.bulk_create(rows, batch_size=BATCH)
    outcome.versions = len(rows)


def _version(unit_id: int, addition: Addition, ids: dict[Key, int]) -> UnitVersion:
    planned, base = addition.version, addition.base
    fields = dict(planned.fields)
    if base:
        fields = {name: getattr(base, name) for name in fields} | addition.changed
        fields["legal_basis"] = planned.fields["legal_basis"]
    parent_id = ids[planned.parent] if planned.parent else None
    if base and not addition.is_elsewhere:
        parent_id = base.parent_id
    version = UnitVersion(unit_id=unit_id, valid_from=planned.valid_from, parent_id=parent_id, **fields)
    version.set_keys()
    return version


def _edges(plan: Plan, existing: Existing, ids: dict[Key, int], outcome: Outcome) -> None:
    """Add edges of new units, and of units taken over that have no successor at all."""
    pairs = set(UnitSuccession.objects.values_list("predecessor_id", "successor_id"))
    with_successor = {predecessor for predecessor, _successor in pairs}
    rows = []
    for edge in plan.edges:
        old, new = ids[edge.old], ids[edge.new]
        is_old_story = edge.old in existing.by_key and edge.new in existing.by_key and old in with_successor
        if (old, new) not in pairs and not is_old_story:
            rows.append(
                UnitSuccession(
                    predecessor_id=old,
                    successor_id=new,
                    kind=edge.kind,
                    on=CHANGE_ON,
                    legal_basis=edge.legal_basis,
                )
            )
    UnitSuccession.objects.bulk_create(rows, batch_size=BATCH)
    outcome.edges = len(rows)
