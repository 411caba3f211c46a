"""The functions that write audit rows."""

from collections.abc import Iterable

from django.db.models import Model

from models_dv import clock
from models_dv.domain.bulk import insert
from models_dv.models import AuditEntry


def record(*, actor, action: str, obj, before: dict | None = None, after: dict | None = None, note: str = ""):
    """Write one audit row in the caller's transaction.

    ``actor`` is a user, or None when the system acts by itself. ``before`` and ``after`` hold only
    JSON values and only what changed.
    """
    return AuditEntry.objects.create(
        actor=actor,
        action=action,
        object_type=obj._meta.label,
        object_id=str(obj.pk),
        object_label=str(obj)[:250],
        before=before or {},
        after=after or {},
        note=note,
    )


def record_all(*, actor, action: str, model: type[Model], written: Iterable[tuple[int, str, str]]) -> None:
    """Write one audit row for each (id, label, note) of a model, in the caller's transaction, in few statements."""
    at = clock.now()
    insert(
        AuditEntry,
        [
            {
                "at": at,
                "actor_id": actor and actor.pk,
                "action": action,
                "object_type": model._meta.label,
                "object_id": str(pk),
                "object_label": label[:250],
                "note": note,
            }
            for pk, label, note in written
        ],
    )
