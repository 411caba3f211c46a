"""Which units a user's roles reach: the predicates that querysets and permissions share.

Stands below the models on purpose: everything here works on ids and ``Q`` objects, so that the
same rule answers “which rows” in a queryset and “may he” in ``permissions.py``.
"""

from datetime import date

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import F, Q

from models_dv.enums import Role

#: Sorts after every digit in every collation, so ``prefix + UPPER`` closes a path range.
PATH_UPPER = "a"
#: Digits that one unit takes in a path.
SEGMENT = 8


#: What a role says of its unit, once for each path of the unit.
_HELD = ("unit_id", "role", "covers_below", "unit__paths__path")


def user_with_roles(user_id):
    """The user with what he holds, read in one query; None when there is none with this id."""
    users = get_user_model()._default_manager.filter(pk=user_id).order_by()
    names = [f"held_{name}" for name in _HELD]
    rows = list(users.annotate(**{f"held_{name}": F(f"unit_roles__{name}") for name in _HELD}))
    if not rows:
        return None
    held = [tuple(getattr(row, name) for name in names) for row in rows]
    rows[0]._held = [row for row in held if row[0] is not None]
    return rows[0]


def _held(user) -> list[tuple[int, str, bool, str | None]]:
    """What the user holds, kept on the user for one request."""
    if not user.is_authenticated or not user.is_active:
        return []
    held = getattr(user, "_held", None)
    if held is None:
        held = user._held = list(user.unit_roles.order_by().values_list(*_HELD))
    return held


def role_rows(user, roles=None):
    """The user's UnitRole rows as (unit_id, role, covers_below)."""
    rows = dict.fromkeys(row[:3] for row in _held(user))
    return [row for row in rows if roles is None or row[1] in roles]


def unit_ids_with(user, *roles) -> set[int]:
    """Ids of the units where the user himself holds one of ``roles`` (all roles when none is named)."""
    return {unit_id for unit_id, _role, _below in role_rows(user, roles or None)}


def covering_unit_ids(user, *roles) -> set[int]:
    """Ids of the units whose subtree the user may read through one of ``roles``."""
    return {unit_id for unit_id, _role, below in role_rows(user, roles or None) if below}


def path_range(prefix: str, field: str = "path") -> Q:
    """Rows whose path is ``prefix`` or lies below it; a range, so the index on the path is used."""
    return Q(**{f"{field}__gte": prefix, f"{field}__lt": prefix + PATH_UPPER})


def paths_of(unit_ids, on: date) -> list[str]:
    """Tree paths on a day of the units named."""
    if not unit_ids:
        return []
    model = apps.get_model("models_dv", "UnitPath")
    rows = model.objects.filter(unit_id__in=unit_ids, valid_from__lte=on)
    return list(rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=on)).values_list("path", flat=True))


def covered_paths(user) -> list[str]:
    """Every path, of any day, of the units whose subtree the user may read."""
    reads = (Role.REVIEWER, Role.VIEWER)
    return sorted({path for _unit, role, below, path in _held(user) if path and below and role in reads})


def units_readable(user, field: str = "unit_id") -> Q:
    """Rows whose unit (the id in ``field``) is the user's own or, for a covering reader, stands below it."""
    scope = Q(**{f"{field}__in": unit_ids_with(user)})
    paths = covered_paths(user)
    if paths:
        below = Q()
        for path in paths:
            below |= path_range(path)
        model = apps.get_model("models_dv", "UnitPath")
        scope |= Q(**{f"{field}__in": model.objects.filter(below).values("unit_id")})
    return scope
