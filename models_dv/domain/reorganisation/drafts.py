"""Drafts of reorganisations: made from a text or by hand, settled step by step, each save against its revision."""

from collections.abc import Callable

from django.db import transaction

from models_dv.domain.audit import record
from models_dv.domain.reorganisation.plan import Plan
from models_dv.domain.reorganisation.proposing import Frame, complete, propose
from models_dv.enums import ReorganisationState
from models_dv.errors import ExpectedError
from models_dv.models import Reorganisation

NOT_A_DRAFT = "Phương án này đã áp dụng hoặc đã hoàn tác nên không sửa được. Lập bản mới từ phương án này."


class StalePlan(ExpectedError):
    """Somebody saved the plan since the page was opened."""

    def __init__(self):
        super().__init__("Phương án vừa được người khác sửa. Xem lại rồi lưu lại.")


def frame_of(reorganisation: Reorganisation) -> Frame:
    """Where and when it holds."""
    return Frame(reorganisation.scope, reorganisation.effective_on, reorganisation.under_scope)


def plan_of(reorganisation: Reorganisation) -> Plan:
    """Its plan."""
    return Plan.from_json(reorganisation.plan)


@transaction.atomic
def start(reorganisation: Reorganisation, *, actor) -> Reorganisation:
    """Store a new draft with what its text proposes."""
    reorganisation.created_by = actor
    reorganisation.plan = propose(reorganisation.source_text, frame_of(reorganisation)).to_json()
    reorganisation.save()
    record(
        actor=actor,
        action="Lập phương án sắp xếp",
        obj=reorganisation,
        after={"số việc đọc được": len(plan_of(reorganisation).changes)},
    )
    return reorganisation


@transaction.atomic
def change_frame(reorganisation: Reorganisation, *, revision: int, read_again: bool, actor) -> None:
    """Store another title, basis, day, scope or text; ``read_again`` makes the plan anew from the text.

    Raises StalePlan where somebody saved it since, ExpectedError where it is no draft.
    """
    frame = frame_of(reorganisation)
    if read_again:
        plan = propose(reorganisation.source_text, frame)
    else:
        plan = plan_of(Reorganisation.objects.get(pk=reorganisation.pk))
        complete(plan, frame)
    columns = ("title", "legal_basis", "effective_on", "scope_id", "under_scope", "source_text")
    values = {name: getattr(reorganisation, name) for name in columns}
    _store(reorganisation, revision, plan=plan.to_json(), **values)
    record(actor=actor, action="Sửa phương án sắp xếp", obj=reorganisation, after={"đọc lại": read_again})


@transaction.atomic
def change_plan(
    reorganisation: Reorganisation, edit: Callable[[Plan], None], *, revision: int, actor
) -> Plan:
    """Let ``edit`` change the plan, fill in what follows and store it.

    Raises StalePlan where somebody saved it since, ExpectedError where it is no draft.
    """
    plan = plan_of(reorganisation)
    edit(plan)
    complete(plan, frame_of(reorganisation))
    _store(reorganisation, revision, plan=plan.to_json())
    return plan


@transaction.atomic
def draft_again(reorganisation: Reorganisation, *, actor) -> Reorganisation:
    """A new draft with the plan of one that was undone."""
    if reorganisation.state != ReorganisationState.UNDONE:
        raise ExpectedError("Chỉ lập bản mới từ phương án đã hoàn tác.")
    copy = Reorganisation(
        title=reorganisation.title,
        legal_basis=reorganisation.legal_basis,
        effective_on=reorganisation.effective_on,
        scope=reorganisation.scope,
        under_scope=reorganisation.under_scope,
        source_text=reorganisation.source_text,
        plan=reorganisation.plan,
        created_by=actor,
    )
    copy.save()
    record(actor=actor, action="Lập phương án sắp xếp", obj=copy, after={"từ phương án": reorganisation.pk})
    return copy


def _store(reorganisation: Reorganisation, revision: int, **values) -> None:
    stored = Reorganisation.objects.filter(
        pk=reorganisation.pk, revision=revision, state=ReorganisationState.DRAFT
    ).update(revision=revision + 1, **values)
    if not stored:
        if Reorganisation.objects.filter(pk=reorganisation.pk, state=ReorganisationState.DRAFT).exists():
            raise StalePlan
        raise ExpectedError(NOT_A_DRAFT)
    reorganisation.refresh_from_db()
