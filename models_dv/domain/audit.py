"""The one function that writes audit rows."""

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
