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
from models_dv.importers.batches import KEEPING, kind_of, ranges
from models_dv.models import AuditEntry, ImportBatch, User
from models_dv.vietnamese.numbers import format_number

#: Ranges of ids in one condition.
RANGES_AT_ONCE = 200
#: Rows that an error names.
NAMED = 5
#: How the audit rows of what came from a file end.
OF_FILE = "(nhập Excel)"
NOT_SAVED = "Lần nhập này chưa lưu gì hoặc đã hoàn tác rồi nên không còn gì để hoàn tác"

Ranges = Sequence[Sequence[int]]


class BuiltUpon(ExpectedError):
    """Something that the batch made has been changed or used since; ``names`` of the rows."""

    def __init__(self, what: str, names: Sequence[str] = ()):
        more = f" và {format_number(len(names) - NAMED)} mục nữa" if len(names) > NAMED else ""
        told = f": {', '.join(names[:NAMED])}{more}" if names else ""
        super().__init__(f"{what} sau khi nhập{told}. Vì vậy chưa hoàn tác; có thể hoàn tác các mục còn lại")


@transaction.atomic
def undo(batch: ImportBatch, *, actor: User, keep_changed: bool = False) -> int:
    """Delete what the batch made, in one transaction; how many rows of the noun that were.

    ``keep_changed``: all but what was changed or used since; the batch then stands for the rest. Raises
    NotAllowed; BuiltUpon when a row was changed, or something else refers to it; ExpectedError when there is
    nothing to take back.
    """
    permissions.require(permissions.may_keep(actor, batch.unit_id), KEEPING)
    taken = ImportBatch.objects.filter(pk=batch.pk, state=BatchState.COMMITTED).update(
        state=BatchState.UNDONE, undone_at=clock.now(), undone_by=actor
    )
    if not taken:
        raise ExpectedError(NOT_SAVED)
    made = _made(batch)
    _lock(made)
    touched = _touched(batch, made)
    if not (keep_changed and touched):
        names = _names(made[0][0], touched) if made else []
        _refuse_changed(batch, made, names)
        _refuse_built_upon(made, names)
        touched = set()
    left = _delete_but(touched, made)
    saved = _count(batch, made, left) if touched else 0
    if touched:
        ImportBatch.objects.filter(pk=batch.pk).update(state=BatchState.COMMITTED, saved=saved, created=left)
    record(
        actor=actor,
        action="Hoàn tác lần nhập Excel",
        obj=batch,
        before={"loại dữ liệu": kind_of(batch).title, "đơn vị": str(batch.unit), "số dòng": batch.saved},
        after={"số dòng giữ lại vì đã có người sửa": saved} if touched else {},
    )
    gone = batch.saved - saved
    batch.refresh_from_db()
    return gone


def _made(batch: ImportBatch) -> list[tuple[type[Model], Ranges]]:
    """The models with what was made of each, the noun first: PostgreSQL keeps no order in JSON."""
    made = [(apps.get_model(label), given) for label, given in batch.created.items()]
    ours = {model for model, _given in made}

    def belongs(model) -> bool:
        return any(field.related_model in ours - {model} for field in model._meta.concrete_fields)

    return sorted(made, key=lambda one: belongs(one[0]))


def _delete_but(touched: set[int], made: list[tuple[type[Model], Ranges]]) -> dict[str, list[list[int]]]:
    """Delete all but the touched rows of the noun and what belongs to them; what stays, as ``created``."""
    left = {}
    with wide_statements():
        for model, given in reversed(made):
            own = f"{_key_to(model, made[0][0])}__in"
            kept = [pk for rows in _rows(model, given) for pk in _ids(rows.filter(**{own: touched}))]
            left[model._meta.label] = ranges(kept)
            for rows in _rows(model, given):
                rows.exclude(**{own: touched}).delete()
    return dict(reversed(left.items()))


def _count(batch: ImportBatch, made: list[tuple[type[Model], Ranges]], left: dict) -> int:
    """How many rows of the file stay: of the model of which there is one for each row."""
    sizes = {model._meta.label: _size(given) for model, given in made}
    label = next((label for label, size in sizes.items() if size == batch.saved), made[0][0]._meta.label)
    return _size(left[label])


def _size(given: Ranges) -> int:
    return sum(last - first + 1 for first, last in given)


def _ids(rows) -> list[int]:
    return list(rows.order_by().values_list("pk", flat=True))


def _key_to(model: type[Model], main: type[Model]) -> str:
    """The column of a row that names the row of the noun to which it belongs."""
    if model is main:
        return "pk"
    return next(field.attname for field in model._meta.concrete_fields if field.related_model is main)


def _touched(batch: ImportBatch, made: list[tuple[type[Model], Ranges]]) -> set[int]:
    """Rows of the noun that somebody changed, of which something was told, or to which something refers."""
    if not made:
        return set()
    main, given = made[0]
    entries = AuditEntry.objects.filter(object_type=main._meta.label, at__gte=batch.committed_at)
    entries = entries.exclude(action__endswith=OF_FILE).order_by().values_list("object_id", flat=True)
    told = {int(pk) for pk in entries.distinct()}
    found = {pk for first, last in given for pk in told if first <= pk <= last}
    for rows in _rows(main, given):
        if _has_revision(main):
            found.update(_ids(rows.filter(revision__gt=0)))
    for model, own in made:
        key = _key_to(model, main)
        for relation, referring in _referring_rows(model, own, dict(made)):
            targets = referring.order_by().values_list(f"{relation.field.name}_id", flat=True)
            found.update(model._base_manager.filter(pk__in=targets).order_by().values_list(key, flat=True))
    return _with_theirs(main, found, given)


def _with_theirs(main: type[Model], found: set[int], given: Ranges) -> set[int]:
    """The rows, and those of the batch to which they refer themselves."""
    keys = [field.attname for field in main._meta.concrete_fields if field.related_model is main]
    last = found
    while keys and last:
        rows = main._base_manager.filter(pk__in=last).values_list(*keys)
        theirs = {pk for row in rows for pk in row if pk and any(low <= pk <= high for low, high in given)}
        last = theirs - found
        found = found | last
    return found


def _names(model: type[Model], touched: set[int]) -> list[str]:
    rows = model._base_manager.filter(pk__in=touched).order_by("pk")
    return [f"“{row}” (mã {row.pk})" for row in rows]


def _lock(made: list[tuple[type[Model], Ranges]]) -> None:
    """Whoever changes one of the rows waits, or is waited for."""
    for model, given in made[:1]:
        for rows in _rows(model, given):
            list(rows.select_for_update().order_by("pk").values_list("pk"))


def _refuse_changed(batch: ImportBatch, made: list[tuple[type[Model], Ranges]], names: Sequence[str]) -> None:
    kind = kind_of(batch)
    for model, given in made:
        expected = _size(given)
        there = changed = 0
        for rows in _rows(model, given):
            there += rows.count()
            changed += rows.filter(revision__gt=0).count() if _has_revision(model) else 0
        if there < expected or changed:
            count = changed or expected - there
            raise BuiltUpon(f"Đã có người sửa {format_number(count)} {kind.noun} của lần nhập này", names)


def _has_revision(model: type[Model]) -> bool:
    return any(field.name == "revision" for field in model._meta.concrete_fields)


def _refuse_built_upon(made: list[tuple[type[Model], Ranges]], names: Sequence[str]) -> None:
    for model, given in made:
        for relation, referring in _referring_rows(model, given, dict(made)):
            if referring.exists():
                other = relation.related_model._meta.verbose_name
                raise BuiltUpon(f"Đã có {other} gắn với {model._meta.verbose_name}", names)


def _referring_rows(model: type[Model], given: Ranges, ours: dict) -> Iterator[tuple]:
    """(relation, rows of others that refer to rows of the batch), a query for each."""
    for relation in _referring(model):
        other = relation.related_model
        for part in _parts(given):
            referring = other._base_manager.filter(_within(part, f"{relation.field.name}_id"))
            for own in _parts(ours.get(other, ())):
                referring = referring.exclude(_within(own, "pk"))
            yield relation, referring


def _referring(model: type[Model]) -> list:
    """Foreign keys that point at the model, but for those of its own many-to-many tables."""
    own = {field.remote_field.through for field in model._meta.many_to_many}
    keys = [
        found
        for found in model._meta.get_fields(include_hidden=True)
        if found.auto_created and not found.concrete and (found.one_to_many or found.one_to_one)
    ]
    return [key for key in keys if key.related_model not in own]


def _rows(model: type[Model], given: Ranges) -> Iterator:
    for part in _parts(given):
        yield model._base_manager.filter(_within(part, "pk"))


def _parts(given: Ranges) -> Iterator[Ranges]:
    for start in range(0, len(given), RANGES_AT_ONCE):
        yield given[start : start + RANGES_AT_ONCE]


def _within(given: Ranges, field: str) -> Q:
    condition = Q(pk__in=[])
    for first, last in given:
        condition |= Q(**{f"{field}__gte": first, f"{field}__lte": last})
    return condition
