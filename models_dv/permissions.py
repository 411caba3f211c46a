"""Yes/no answers about roles, from the same rows that the scopes read."""

from models_dv.scopes import unit_ids_with


def holds(user, unit_id: int, *roles) -> bool:
    """Whether the user himself holds one of ``roles`` in the unit (any role when none is named)."""
    return unit_id in unit_ids_with(user, *roles)
