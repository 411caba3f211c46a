"""Taking a batch back: everything that it made goes, unless somebody has built on it since."""

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db import transaction
from django.db.models import Model, Q

from models_dv import clock, permissions
from models_dv.domain.audit import record
from models_dv.domain.bulk import wide_statements
from models_dv.enums import BatchState
from models_dv.errors import ExpectedError
from models_dv.importers.batches import KEEPING, kind_of
from models_dv.models import ImportBatch, User
from models_dv.vietnamese.numbers import format_number

#: Ranges of ids in one condition.
RANGES_AT_ONCE = 200
NOT_SAVED = "Lần nhập này chưa lưu gì hoặc đã hoàn tác rồi nên không còn gì để hoàn tác"

Ranges = Sequence[Sequence[int]]


class BuiltUpon(ExpectedError):
    """Something that the batch made has been changed or used since."""

    def __init__(self, what: str):
        super().__init__(
            f"{what} sau khi nhập, nên không hoàn tác được cả lần nhập. Sửa hoặc xoá từng mục ở trang của nó"
        )


@transaction.atomic
def undo(batch: ImportBatch, *, actor: User) -> int:
    """Delete what the batch made, in one transaction; how many rows of the noun there were.

    Raises NotAllowed; BuiltUpon when a row was changed, or something else refers to it; ExpectedError when
    there is nothing to take back.
    """
    permissions.require(permissions.may_keep(actor, batch.unit_id), KEEPING)
    taken = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.COMMITTED).update(
        state=BatchState.UNDONE, undone_at=clock.now(), undone_by=actor
    )
    if not taken:
        raise ExpectedError(NOT_SAVED)
    made = [(apps.get_model(label), ranges) for label, ranges in batch.created.items()]
    _lock(made)
    _refuse_changed(batch, made)
    _refuse_built_upon(made)
    with wide_statements():
        for model, ranges in reversed(made):
            for rows in _rows(model, ranges):
                rows.delete()
    record(
        actor=actor,
        action="Hoàn tác lần nhập Excel",
        obj=batch,
        before={"loại dữ liệu": kind_of(batch).title, "đơn vị": str(batch.unit), "số dòng": batch.saved},
    )
    batch.refresh_from_db()
    return batch.saved


def _lock(made: list[tuple[type[Model], Ranges]]) -> None:
    """Whoever changes one of the rows waits, or is waited for."""
    for model, ranges in made[:1]:
        for rows in _rows(model, ranges):
            list(rows.select_for_update().order_by("pk").values_list("pk"))


def _refuse_changed(batch: ImportBatch, made: list[tuple[type[Model], Ranges]]) -> None:
    kind = kind_of(batch)
    for model, ranges in made:
        expected = sum(last - first + 1 for first, last in ranges)
        there = changed = 0
        has_revision = any(field.name == "revision" for field in model._meta.concrete_fields)
        for rows in _rows(model, ranges):
            there += rows.count()
            changed += rows.filter(revision__gt=0).count() if has_revision else 0
        if there < expected or changed:
            count = changed or expected - there
            raise BuiltUpon(f"Đã có người sửa {format_number(count)} {kind.noun} của lần nhập này")


def _refuse_built_upon(made: list[tuple[type[Model], Ranges]]) -> None:
    ours = dict(made)
    for model, ranges in made:
        for relation in _referring(model):
            other = relation.related_model
            for part in _parts(ranges):
                referring = other._base_manager.filter(_within(part, f"{relation.field.name}_id"))
                if other in ours:
                    for own in _parts(ours[other]):
                        referring = referring.exclude(_within(own, "pk"))
                if referring.exists():
                    raise BuiltUpon(f"Đã có {other._meta.verbose_name} gắn với {model._meta.verbose_name}")


def _referring(model: type[Model]) -> list:
    """Foreign keys that point at the model, but for those of its own many-to-many tables."""
    own = {field.remote_field.through for field in model._meta.many_to_many}
    keys = [
        found
        for found in model._meta.get_fields(include_hidden=True)
        if found.auto_created and not found.concrete and (found.one_to_many or found.one_to_one)
    ]
    return [key for key in keys if key.related_model not in own]


def _rows(model: type[Model], ranges: Ranges) -> Iterator:
    for part in _parts(ranges):
        yield model._base_manager.filter(_within(part, "pk"))


def _parts(ranges: Ranges) -> Iterator[Ranges]:
    for start in range(0, len(ranges), RANGES_AT_ONCE):
        yield ranges[start : start + RANGES_AT_ONCE]


def _within(ranges: Ranges, field: str) -> Q:
    condition = Q(pk__in=[])
    for first, last in ranges:
        condition |= Q(**{f"{field}__gte": first, f"{field}__lte": last})
    return condition
