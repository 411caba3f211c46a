"""Carrying out a plan, in one transaction, if everything still is as the dry run saw it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from django.db import transaction

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.domain.reorganisation.checking import problems
from models_dv.domain.reorganisation.drafts import frame_of, plan_of
from models_dv.domain.reorganisation.effects import Effects, dry_run, units_of
from models_dv.domain.reorganisation.naming import header_below, rename_below
from models_dv.domain.reorganisation.plan import NAMES, Change, Plan
from models_dv.domain.reorganisation.row_log import RowLog
from models_dv.domain.units import rebuild_paths
from models_dv.enums import ReorganisationState
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.models import Reorganisation, Unit, UnitRole, UnitSuccession, UnitVersion
from models_dv.vietnamese.dates import format_date

#: Of the shortest field that takes the name.
LONGEST_CHILD_NAME = 120
CHANGED = "Dữ liệu đã thay đổi sau khi xem trước. Xem trước lại rồi áp dụng."


@transaction.atomic
def apply(
    reorganisation: Reorganisation,
    *,
    revision: int,
    seen: str,
    role_ids: set[int],
    actor,
    busy_units: frozenset[int] = frozenset(),
    child_names: Mapping[int, str] | None = None,
) -> Reorganisation:
    """Carry out the plan; ``seen`` is the fingerprint of the dry run, ``role_ids`` the roles to move.

    Whose unit is among ``busy_units`` (it still has to send something), or stands until a day to come, keeps his
    role there and gets the same one in the successor. ``child_names``: new names of units below an ended one,
    {unit: name}.

    A second call with the revision that was carried out changes nothing and answers as the first. Raises
    ExpectedError where something has changed since the dry run, NotAllowed for who is no administrator.
    """
    _require_administrator(actor)
    taken = Reorganisation.objects.filter(
        pk=reorganisation.pk, revision=revision, state=ReorganisationState.DRAFT
    ).update(
        state=ReorganisationState.APPLIED,
        applied_at=clock.now(),
        applied_by=actor,
        revision=revision + 1,
    )
    reorganisation.refresh_from_db()
    if not taken:
        is_repeat = (
            reorganisation.state == ReorganisationState.APPLIED and reorganisation.revision == revision + 1
        )
        if is_repeat:
            return reorganisation
        raise ExpectedError(CHANGED)
    plan, frame = plan_of(reorganisation), frame_of(reorganisation)
    _lock(plan)
    if problems(plan, frame) or (effects := dry_run(plan, frame)).fingerprint() != seen:
        raise ExpectedError(CHANGED)
    writer = _Writer(effects, reorganisation, actor, _checked(child_names or {}))
    writer.write(role_ids, busy_units)
    reorganisation.undo = writer.log.entries
    reorganisation.save(update_fields=["undo"])
    return reorganisation


def _require_administrator(actor) -> None:
    if not (actor.is_active and actor.is_staff):
        raise NotAllowed("Chỉ quản trị viên sắp xếp được đơn vị.")


def _checked(names: Mapping[int, str]) -> dict[int, str]:
    """The names without blanks around them; ExpectedError for one that is too long."""
    found = {unit: " ".join(name.split()) for unit, name in names.items() if name.strip()}
    for name in found.values():
        if len(name) > LONGEST_CHILD_NAME:
            raise ExpectedError(f"“{name[:40]}…” dài quá {LONGEST_CHILD_NAME} ký tự. Rút gọn tên.")
    return found


def _lock(plan: Plan) -> None:
    """Nobody else writes these units until the transaction ends (on SQLite nobody writes at all)."""
    ids = plan.kept() | plan.extents().keys()
    list(Unit.objects.select_for_update().filter(pk__in=ids).order_by("pk").values_list("pk"))


@dataclass
class _Writer:
    """Writes the rows; ``results`` are the units that come of the changes, by number."""

    effects: Effects
    reorganisation: Reorganisation
    actor: object
    child_names: dict[int, str] = field(default_factory=dict)
    log: RowLog = field(default_factory=RowLog)
    results: list[Unit] = field(default_factory=list)

    def write(self, role_ids: set[int], busy_units: frozenset[int]) -> None:
        """Everything, in the order in which the rows need each other."""
        self._units()
        self._versions()
        self._edges()
        self._ends()
        self._children()
        moved = self._roles(role_ids, busy_units)
        self._appointments()
        self._delegations()
        touched = {unit.pk for unit in (*units_of(self.effects), *self.results)}
        rebuild_paths(touched)
        self._record_whole(moved)

    # --- units ---------------------------------------------------------------------------------------

    def _units(self) -> None:
        """The results: new units, and those that go on."""
        basis = self.effects
        new = {
            number: Unit(
                code=change.result.code,
                territory_code=change.result.territory_code,
                illustrative=basis.main_of(change).unit.illustrative,
            )
            for number, change in enumerate(basis.plan.changes)
            if change.result.is_new
        }
        self.log.create(list(new.values()))
        self.results = [
            new[number] if number in new else basis.before[change.result.unit].unit
            for number, change in enumerate(basis.plan.changes)
        ]

    def _versions(self) -> None:
        changes = self.effects.plan.changes
        rows = [self._version(number, change) for number, change in enumerate(changes)]
        self.log.create(rows)
        for change, unit, row in zip(changes, self.results, rows, strict=True):
            before = self.effects.before.get(change.result.unit)
            self._record(
                "Lập đơn vị" if before is None else "Thay đổi đơn vị",
                unit,
                {"tên đơn vị": before.name, "loại": before.get_type_display()} if before else {},
                {"tên đơn vị": row.name, "loại": row.get_type_display(), "từ ngày": self._day},
            )

    def _version(self, number: int, change: Change) -> UnitVersion:
        result, row = change.result, _copy(self.effects.main_of(change))
        for name in (*NAMES, "type", "level"):
            setattr(row, name, getattr(result, name))
        row.unit = self.results[number]
        row.parent_id = self._parent(result.parent)
        return self._begin(row)

    def _begin(self, row: UnitVersion) -> UnitVersion:
        row.valid_from = self.reorganisation.effective_on
        row.legal_basis = self.reorganisation.legal_basis
        row.set_keys()
        return row

    def _parent(self, unit_id: int | None) -> int | None:
        """The body above; for one that ends its successor."""
        if unit_id in self.effects.plan.ended():
            numbers = [edge.number for edge in self.effects.edges if edge.predecessor == unit_id]
            return self.results[numbers[0]].pk
        return unit_id

    def _edges(self) -> None:
        self.log.create(
            [
                UnitSuccession(
                    predecessor_id=edge.predecessor,
                    successor=self.results[edge.number],
                    kind=edge.kind,
                    on=self.reorganisation.effective_on,
                    legal_basis=self.reorganisation.legal_basis,
                )
                for edge in self.effects.edges
            ]
        )

    def _ends(self) -> None:
        end = {"ended_on": self.reorganisation.effective_on, "end_basis": self.reorganisation.legal_basis}
        self.log.change([(row.unit, end) for row in self.effects.ended])
        for row in self.effects.ended:
            self._record("Kết thúc đơn vị", row.unit, {}, {"ngày kết thúc": self._day})

    def _children(self) -> None:
        above = self.effects.before
        rows = []
        for child in self.effects.children:
            row, old = _copy(child.version), above.get(child.version.parent_id)
            result = self.effects.plan.changes[child.number].result
            row.header_superior = header_below(child.version, old, result)
            row.parent = self.results[child.number]
            name = self.child_names.get(child.version.unit_id, row.name)
            if name != row.name and old is not None:
                rename_below(row, name, old, result)
            rows.append(self._begin(row))
        self.log.create(rows)
        for child, row in zip(self.effects.children, rows, strict=True):
            before = above.get(child.version.parent_id)
            named = row.name != child.version.name
            self._record(
                "Chuyển đơn vị cấp trên",
                child.version.unit,
                {"đơn vị cấp trên": before.name if before else ""}
                | ({"tên đơn vị": child.version.name} if named else {}),
                {
                    "đơn vị cấp trên": self.effects.plan.changes[child.number].result.name,
                    "từ ngày": self._day,
                }
                | ({"tên đơn vị": row.name} if named else {}),
            )
            row.unit = child.version.unit

    # --- people -------------------------------------------------------------------------------------

    def _roles(self, role_ids: set[int], busy_units: frozenset[int]) -> int:
        """Move the roles chosen, or give them in the successor too; returns how many."""
        chosen = [
            touched
            for touched in self.effects.roles
            if touched.row.pk in role_ids and touched.number is not None and not touched.held
        ]
        stands = self.reorganisation.effective_on > clock.today()
        added = [touched for touched in chosen if stands or touched.row.unit_id in busy_units]
        moved = [touched for touched in chosen if touched not in added]
        names = {touched.row.pk: self.effects.before[touched.row.unit_id].name for touched in moved}
        self.log.change([(touched.row, {"unit_id": self.results[touched.number].pk}) for touched in moved])
        self.log.create(
            [
                UnitRole(
                    user_id=touched.row.user_id,
                    unit=self.results[touched.number],
                    role=touched.row.role,
                    covers_below=touched.row.covers_below,
                )
                for touched in added
            ]
        )
        for touched in chosen:
            role = f"vai trò {touched.row.get_role_display()}"
            new = self.effects.plan.changes[touched.number].result.name
            old = names.get(touched.row.pk)
            self._record(
                "Chuyển vai trò" if old else "Thêm vai trò",
                touched.row.user,
                {role: old} if old else {},
                {role: new},
            )
        return len(chosen)

    def _appointments(self) -> None:
        reason = f"{self.reorganisation.title} ({self.reorganisation.legal_basis})"[:200]
        end = {"to_on": self.reorganisation.effective_on, "end_reason": reason}
        rows = [touched.row for touched in self.effects.appointments if not touched.held]
        self.log.change([(row, end) for row in rows])
        for row in rows:
            self._record("Thôi giữ chức vụ", row.official, {}, {row.post: f"thôi từ {self._day}"})

    def _delegations(self) -> None:
        """From the day on nobody signs for a unit that is no more."""
        rows = [touched.row for touched in self.effects.delegations]
        self.log.change([(row, {"revoked_on": self.reorganisation.effective_on}) for row in rows])
        for row in rows:
            self._record("Thôi uỷ quyền ký", row, {}, {"thôi uỷ quyền từ ngày": self._day})

    # --- what is written down --------------------------------------------------------------------------

    @property
    def _day(self) -> str:
        return format_date(self.reorganisation.effective_on)

    def _record(self, action: str, obj, before: dict, after: dict) -> None:
        record(
            actor=self.actor,
            action=action,
            obj=obj,
            before=before,
            after=after,
            note=f"Sắp xếp đơn vị: {self.reorganisation.title}",
        )

    def _record_whole(self, moved: int) -> None:
        effects = self.effects
        record(
            actor=self.actor,
            action="Áp dụng sắp xếp đơn vị",
            obj=self.reorganisation,
            before={"tình trạng": ReorganisationState.DRAFT.label},
            after={
                "tình trạng": ReorganisationState.APPLIED.label,
                "đơn vị kết thúc": [row.name for row in effects.ended],
                "đơn vị lập mới": [change.result.name for change in effects.created],
                "đơn vị giữ lại, có tên hoặc phạm vi mới": [
                    change.result.name for change, _before in effects.going_on
                ],
                "đơn vị chuyển cấp trên": len(effects.children),
                "vai trò đã chuyển": moved,
                "uỷ quyền ký đã thôi": len(effects.delegations),
            },
        )


def _copy(version: UnitVersion) -> UnitVersion:
    """The version as a new row."""
    values = {field.attname: getattr(version, field.attname) for field in version._meta.concrete_fields}
    return UnitVersion(**(values | {"id": None}))
