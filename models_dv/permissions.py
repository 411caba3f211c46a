"""Yes/no answers about roles, from the same rows that the scopes read."""

from models_dv.enums import Role
from models_dv.errors import NotAllowed
from models_dv.models import UnitPath
from models_dv.scopes import SEGMENT, covering_unit_ids, unit_ids_kept, unit_ids_with, with_inherited


def holds(user, unit_id: int, *roles) -> bool:
    """Whether the user himself holds one of ``roles`` in the unit (any role when none is named)."""
    return unit_id in unit_ids_with(user, *roles)


def acts_for(user, unit_id: int, *roles) -> bool:
    """Whether the user holds one of ``roles`` in the unit, or in the one that all of it went on in."""
    return holds(user, unit_id, *roles) or unit_id in unit_ids_kept(user, *roles)


def may_keep(user, unit_id: int) -> bool:
    """Whether the user enters and mends the unit's conferences, tasks, models and officials."""
    return acts_for(user, unit_id, Role.AUTHOR, Role.APPROVER)


def may_look_after(user, unit_id: int) -> bool:
    """Whether the user keeps the unit's things himself or receives for a body above it."""
    return may_keep(user, unit_id) or receives_for(user, unit_id)


def receives_for(user, unit_id: int) -> bool:
    """Whether the user receives for a body above the unit, now or in its time."""
    covered = with_inherited(user, covering_unit_ids(user, Role.REVIEWER))
    above = [f"{pk:0{SEGMENT}d}" for pk in covered if pk != unit_id]
    if not above:
        return False
    paths = UnitPath.objects.filter(unit_id=unit_id).values_list("path", flat=True)
    return any(path[at : at + SEGMENT] in above for path in paths for at in range(0, len(path), SEGMENT))


def may_publish(user, unit_id: int) -> bool:
    """Whether the user puts the unit's things before the public."""
    return acts_for(user, unit_id, Role.PUBLISHER)


def require(allowed: bool, doing: str) -> None:
    """Raise NotAllowed, naming what was to be done, unless ``allowed``."""
    if not allowed:
        raise NotAllowed(f"Tài khoản này không có quyền {doing}.")
