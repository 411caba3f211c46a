"""Who signs for a unit on a day: its head, the deputies, and who was delegated while the head is away (§3)."""

from dataclasses import dataclass, field
from datetime import date

from django.db import transaction

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.domain.changes import filled, snapshot
from models_dv.enums import Organ, PostRank, SigningForm
from models_dv.errors import ExpectedError, MissingInput
from models_dv.models import Appointment, Official, SigningDelegation, Unit
from models_dv.permissions import may_keep, require
from models_dv.vietnamese.dates import format_date

#: Who signs, by the way in which a unit signs: the organ, the ranks of the head and of the deputies.
_SIGNING = {
    SigningForm.HEAD: (Organ.MOBILISATION, (PostRank.HEAD,), (PostRank.DEPUTY_HEAD,)),
    SigningForm.COMMITTEE: (
        Organ.COMMITTEE,
        (PostRank.SECRETARY,),
        (PostRank.STANDING_DEPUTY, PostRank.DEPUTY_SECRETARY),
    ),
}


@dataclass(frozen=True)
class Signer:
    """Somebody who signs that day; ``decision`` is the paper of a delegation, "" for the head and deputies."""

    name: str
    post: str
    is_deputy: bool
    decision: str = ""

    @property
    def label(self) -> str:
        """“Phó Trưởng ban (uỷ quyền theo 12-QĐ/BTGDVTU)”."""
        return f"{self.post} (uỷ quyền theo {self.decision})" if self.decision else self.post


def signers_on(unit: Unit, day: date) -> list[Signer]:
    """The head, then the deputies, then the delegates of the day: suggestions, nothing is forced. Three queries.

    A person stands once: who is delegated signs by that, with the post of the delegation.
    """
    version = unit.version_on(day)
    if version is None:
        return []
    organ, heads, deputies = _SIGNING[SigningForm(version.signing_form)]
    rows = Appointment.objects.in_force(day).filter(unit=unit, organ=organ, rank__in=[*heads, *deputies])
    found: dict[int, Signer] = {}
    for appointment in rows.by_rank().select_related("official"):
        is_deputy = appointment.rank in deputies
        signer = Signer(appointment.official.name, appointment.post, is_deputy)
        found.setdefault(appointment.official_id, signer)
    delegations = SigningDelegation.objects.in_force(day).filter(unit=unit).select_related("delegate")
    for row in delegations.order_by("from_on", "pk"):
        found.pop(row.delegate_id, None)
        found[row.delegate_id] = Signer(row.delegate.name, row.post, is_deputy=True, decision=row.decision)
    return list(found.values())


def _heads(unit: Unit, held: Appointment, day: date) -> bool:
    """Whether who holds the post signs for the unit as its head that day."""
    organ, heads, _deputies = _SIGNING[SigningForm(unit.version_on(day).signing_form)]
    return held.organ == organ and held.rank in heads


@dataclass
class Delegated:
    """A delegation that was entered, and what to look at: others of the same days."""

    delegation: SigningDelegation
    overlapping: list[SigningDelegation] = field(default_factory=list)

    @property
    def warning(self) -> str:
        """“Trong những ngày này còn uỷ quyền cho …”; "" without another."""
        if not self.overlapping:
            return ""
        names = "; ".join(
            f"{row.delegate} (từ {format_date(row.from_on)} đến {format_date(row.to_on)})"
            for row in self.overlapping
        )
        return f"Trong những ngày này đơn vị còn uỷ quyền ký cho {names}. Kiểm tra lại nếu không chủ ý."


@transaction.atomic
def delegate_signing(
    unit: Unit,
    delegate: Official,
    *,
    post: str,
    from_on: date,
    to_on: date,
    decision: str,
    actor,
    scope: str = "",
) -> Delegated:
    """Uỷ quyền ký for the days of the head's absence; several at once are allowed, and pointed out.

    MissingInput for the head himself; ExpectedError where the same paper gives him some of the days already.
    """
    require(may_keep(actor, unit.pk), "ghi uỷ quyền ký của đơn vị này")
    for value, name, message in (
        (post, "post", "Chưa nhập chức vụ khi ký"),
        (decision, "decision", "Chưa nhập văn bản uỷ quyền"),
    ):
        if not value.strip():
            raise MissingInput(message, name)
    if to_on < from_on:
        raise MissingInput("Ngày cuối phải từ ngày đầu trở đi.", "to_on")
    held = list(Appointment.objects.in_force(from_on).filter(unit=unit, official=delegate))
    if not held:
        raise MissingInput(
            f"{delegate} không giữ chức vụ nào trong đơn vị ngày {format_date(from_on)}. "
            "Chọn người khác, hoặc ghi chức vụ trước.",
            "delegate",
        )
    if any(_heads(unit, appointment, from_on) for appointment in held):
        raise MissingInput(
            f"{delegate} đứng đầu đơn vị nên ký không cần uỷ quyền. Chọn người khác.", "delegate"
        )
    others = SigningDelegation.objects.filter(unit=unit, from_on__lte=to_on, to_on__gte=from_on)
    others = others.filter(revoked_on__isnull=True).select_related("delegate")
    same = others.filter(delegate=delegate, decision=decision).first()
    if same:
        raise ExpectedError(
            f"Uỷ quyền này đã được ghi: {delegate}, từ {format_date(same.from_on)} đến "
            f"{format_date(same.to_on)}. Sửa ngày, hoặc ghi văn bản khác."
        )
    overlapping = list(others)
    delegation = SigningDelegation.objects.create(
        unit=unit, delegate=delegate, post=post, from_on=from_on, to_on=to_on, scope=scope, decision=decision
    )
    record(actor=actor, action="Uỷ quyền ký", obj=delegation, after=filled(snapshot(delegation)))
    return Delegated(delegation, overlapping)


@transaction.atomic
def revoke_delegation(delegation: SigningDelegation, *, revoked_on: date, actor) -> SigningDelegation:
    """Thôi uỷ quyền before its last day: from ``revoked_on`` on the delegate signs no more."""
    require(may_keep(actor, delegation.unit_id), "thôi uỷ quyền ký của đơn vị này")
    if not delegation.from_on <= revoked_on <= delegation.to_on:
        raise MissingInput(
            f"Ngày thôi uỷ quyền phải từ {format_date(delegation.from_on)} đến "
            f"{format_date(delegation.to_on)}.",
            "revoked_on",
        )
    open_row = SigningDelegation.objects.filter(pk=delegation.pk, revoked_on__isnull=True)
    if open_row.update(revoked_on=revoked_on) != 1:
        raise ExpectedError("Uỷ quyền này đã thôi trước đó.")
    delegation.revoked_on = revoked_on
    record(
        actor=actor,
        action="Thôi uỷ quyền ký",
        obj=delegation,
        after={"thôi uỷ quyền từ ngày": revoked_on.isoformat()},
    )
    return delegation


def can_revoke(delegation: SigningDelegation, on: date | None = None) -> bool:
    """Whether there is something left to revoke on the day (today)."""
    return delegation.revoked_on is None and (on or clock.today()) <= delegation.to_on
