"""Dated facts of a model: who may say which, and in what order they make sense (domain.md §5)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.db import transaction

from models_dv import clock, permissions
from models_dv.domain.audit import record
from models_dv.domain.changes import filled, snapshot
from models_dv.enums import FactKind, Role, UnitLevel
from models_dv.errors import ExpectedError
from models_dv.models import DanVanKheo, KheoFact

#: Said by the unit of itself.
UNIT_KINDS = (
    FactKind.REGISTERED,
    FactKind.LAUNCHED,
    FactKind.EFFECTIVE,
    FactKind.REPLICATED,
    FactKind.STOPPED,
)
#: Decided by a body: the one above, or the unit's own for its own level.
BODY_KINDS = (FactKind.APPROVED, FactKind.RECOGNISED, FactKind.TYPICAL, FactKind.AWARDED)
ONCE = (FactKind.REGISTERED, FactKind.APPROVED, FactKind.LAUNCHED, FactKind.STOPPED)
#: (fact, what usually stands before it): practice varies, so it is only pointed out.
USUALLY_AFTER = (
    (FactKind.LAUNCHED, FactKind.APPROVED),
    (FactKind.EFFECTIVE, FactKind.LAUNCHED),
    (FactKind.RECOGNISED, FactKind.EFFECTIVE),
    (FactKind.TYPICAL, FactKind.RECOGNISED),
)
NEEDS_DECISION = (FactKind.RECOGNISED, FactKind.AWARDED)


class FactRefused(ExpectedError):
    """A fact that cannot be; ``field`` is the name of what to mend."""

    def __init__(self, message: str, field: str = "on"):
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class FactEntry:
    """A fact as a person enters it. With ``year_only`` the day is 31 December of the year."""

    kind: str
    on: date
    year_only: bool = False
    level: str = ""
    award_kind: str = ""
    issuer: str = ""
    decision: str = ""
    note: str = ""

    def cleaned(self) -> "FactEntry":
        """Without what does not belong to its kind."""
        return replace(
            self,
            on=date(self.on.year, 12, 31) if self.year_only else self.on,
            level=self.level if self.kind in BODY_KINDS else "",
            award_kind=self.award_kind if self.kind == FactKind.AWARDED else "",
        )

    def row(self, model: DanVanKheo, actor=None) -> KheoFact:
        """The row, not yet saved."""
        return KheoFact(model=model, recorded_by=actor, **self.__dict__)


def kinds_for(user, model: DanVanKheo) -> list[FactKind]:
    """The facts that the user may say of the model, in the order of a model's life."""
    keeps = permissions.may_keep(user, model.unit_id)
    decides = permissions.acts_for(user, model.unit_id, Role.APPROVER) or _receives(user, model)
    return [kind for kind in FactKind if (keeps and kind in UNIT_KINDS) or (decides and kind in BODY_KINDS)]


@transaction.atomic
def add_fact(model: DanVanKheo, entry: FactEntry, *, actor) -> tuple[KheoFact, list[str]]:
    """Write a fact; returns it with what should be looked at again (it is written all the same).

    Raises NotAllowed for who may not say it, FactRefused where it cannot be.
    """
    entry = entry.cleaned()
    label = FactKind(entry.kind).label
    permissions.require(entry.kind in kinds_for(actor, model), f"ghi mốc “{label}” của mô hình này")
    entry = _at_its_level(model, entry, actor)
    fact, known = write_fact(model, entry, actor=actor)
    record(actor=actor, action=f"Ghi mốc “{label}”", obj=model, after=words_of(fact))
    before = set(cautions(known))
    return fact, [sentence for sentence in cautions([*known, fact]) if sentence not in before]


def write_fact(model: DanVanKheo, entry: FactEntry, *, actor) -> tuple[KheoFact, list[KheoFact]]:
    """Write a fact in the caller's transaction, rights and audit being the caller's; (fact, those before)."""
    DanVanKheo.objects.select_for_update().filter(pk=model.pk).values_list("pk").first()
    known = list(model.facts.all())
    fact = entry.row(model, actor)
    check_fact(fact)
    check_order([*known, fact])
    fact.save()
    return fact, known


@transaction.atomic
def remove_fact(fact: KheoFact, *, reason: str, actor) -> None:
    """Take a fact away that was entered wrongly; the audit row keeps it with the reason.

    Raises NotAllowed, FactRefused where others rest on it.
    """
    model = fact.model
    label = fact.get_kind_display()
    permissions.require(may_remove(actor, fact), f"xoá mốc “{label}” của mô hình này")
    if not reason.strip():
        raise FactRefused("Ghi lý do xoá", "reason")
    DanVanKheo.objects.select_for_update().filter(pk=model.pk).values_list("pk").first()
    rest = [other for other in model.facts.all() if other.pk != fact.pk]
    check_order(rest)
    before = words_of(fact)
    fact.delete()
    record(actor=actor, action=f"Xoá mốc “{label}”", obj=model, before=before, note=reason.strip())


def may_remove(user, fact: KheoFact) -> bool:
    """Whether the user may take the fact away: who may say it, of his own level or as the body above."""
    model = fact.model
    if fact.kind not in kinds_for(user, model):
        return False
    return fact.kind in UNIT_KINDS or fact.level == "" or fact.level in levels_for(user, model, fact.on)


# --- the order of facts --------------------------------------------------------------------------------


def check_fact(fact: KheoFact) -> None:
    """What must hold of one fact by itself; raises FactRefused."""
    today = clock.today()
    if fact.earliest > today:
        raise FactRefused(f"{_named(fact)} chưa đến. Ghi ngày đã diễn ra, không ghi ngày dự kiến")
    if fact.kind == FactKind.RECOGNISED and not fact.level:
        raise FactRefused("Ghi cấp công nhận", "level")
    if fact.kind == FactKind.AWARDED and not fact.award_kind:
        raise FactRefused("Chọn hình thức khen", "award_kind")
    if fact.kind == FactKind.STOPPED and not fact.note.strip():
        raise FactRefused("Ghi lý do dừng", "note")


def check_order(facts: Sequence[KheoFact]) -> None:
    """What must hold of all facts of a model together; raises FactRefused."""
    by_kind = _by_kind(facts)
    for kind in ONCE:
        if len(by_kind.get(kind, ())) > 1:
            first = by_kind[kind][0]
            raise FactRefused(f"Đã ghi {_lower(first)}. Sửa thì xoá mốc đó trước rồi ghi lại", "kind")
    _refuse_twice(facts)
    for stopped in by_kind.get(FactKind.STOPPED, ()):
        launched = next(iter(by_kind.get(FactKind.LAUNCHED, ())), None)
        if launched is None:
            raise FactRefused(
                "Chưa ghi “Ra mắt” nên chưa ghi được “Dừng hoạt động”. Ghi ngày ra mắt trước", "kind"
            )
        if stopped.on < launched.earliest:
            raise FactRefused(
                f"{_named(stopped)} trước {_lower(launched)}. Kiểm tra lại ngày; mô hình làm lại sau khi dừng "
                "thì đăng ký mô hình mới"
            )


def _refuse_twice(facts: Iterable[KheoFact]) -> None:
    seen = set()
    for fact in facts:
        key = (fact.kind, fact.on, fact.level, fact.award_kind)
        if key in seen:
            raise FactRefused(f"Mốc này đã được ghi: {_lower(fact)}", "kind")
        seen.add(key)


def cautions(facts: Iterable[KheoFact]) -> list[str]:
    """What should be looked at again, in words: practice varies, so nothing here stands in the way."""
    by_kind = _by_kind(facts)
    found = []
    for later, earlier in USUALLY_AFTER:
        first = by_kind.get(later, [None])[0]
        if first is None:
            continue
        before = by_kind.get(earlier, [])
        if not before:
            found.append(f"Đã ghi {_lower(first)} mà chưa ghi “{earlier.label}”")
        elif before[0].earliest > first.on:
            found.append(f"{_named(first)} trước {_lower(before[0])}")
    registered = by_kind.get(FactKind.REGISTERED, [None])[0]
    stopped = by_kind.get(FactKind.STOPPED, [None])[0]
    for fact in (fact for rows in by_kind.values() for fact in rows):
        if registered and fact.on < registered.earliest:
            found.append(f"{_named(fact)} trước {_lower(registered)}")
        if stopped and fact.earliest > stopped.on and fact.kind in (FactKind.EFFECTIVE, FactKind.TYPICAL):
            found.append(f"{_named(fact)} sau {_lower(stopped)}")
        if fact.kind in NEEDS_DECISION and not fact.decision:
            found.append(f"{_named(fact)} chưa có số quyết định")
    return found


def _by_kind(facts: Iterable[KheoFact]) -> dict[str, list[KheoFact]]:
    """{kind: its facts, the earliest first}."""
    found: dict[str, list[KheoFact]] = {}
    for fact in sorted(facts, key=lambda fact: (fact.on, fact.pk or 0)):
        found.setdefault(fact.kind, []).append(fact)
    return found


def _named(fact: KheoFact) -> str:
    """“Ra mắt” (05/02/2026)."""
    return f"“{FactKind(fact.kind).label}” ({fact.when})"


def _lower(fact: KheoFact) -> str:
    """“Ra mắt” ngày 05/02/2026; “Ra mắt” năm 2026."""
    when = fact.when if fact.year_only else f"ngày {fact.when}"
    return f"“{FactKind(fact.kind).label}” {when}"


# --- rights --------------------------------------------------------------------------------------------


def _receives(user, model: DanVanKheo) -> bool:
    """Whether the user receives for a body above the model's unit (asked once for each model)."""
    known = getattr(model, "_received_by", {})
    if user.pk not in known:
        known[user.pk] = permissions.receives_for(user, model.unit_id)
        model._received_by = known
    return known[user.pk]


def levels_for(user, model: DanVanKheo, on: date) -> list[str]:
    """For which levels the user may say what was decided: all of them, or his unit's own.

    Above a unit's own level speaks the body above it; a unit with none above says it itself.
    """
    version = model.unit.version_on(on)
    if version is None or version.parent_id is None or _receives(user, model):
        return list(UnitLevel.values)
    return [version.level]


def _at_its_level(model: DanVanKheo, entry: FactEntry, actor) -> FactEntry:
    """A unit's own approver decides for the unit's level only; then it need not be named."""
    if entry.kind not in BODY_KINDS:
        return entry
    levels = levels_for(actor, model, entry.on)
    if entry.level and entry.level not in levels:
        raise FactRefused(
            "Đơn vị chỉ ghi quyết định của cấp mình; quyết định của cấp trên do đơn vị cấp trên ghi", "level"
        )
    return replace(entry, level=levels[0]) if not entry.level and len(levels) == 1 else entry


def words_of(fact: KheoFact) -> dict:
    """What an audit row says of a fact."""
    return filled(snapshot(fact, without=("model", "recorded_by", "year_only")) | {"ngày": fact.when})
