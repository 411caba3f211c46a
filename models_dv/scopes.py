"""Which units a user's roles reach: the predicates that querysets and permissions share.

Stands below the models on purpose: everything here works on ids and ``Q`` objects, so that the
same rule answers “which rows” in a queryset and “may he” in ``permissions.py``.
"""

from datetime import date

from django.apps import apps
from django.db.models import Q

from models_dv.enums import Role

#: Sorts after every digit in every collation, so ``prefix + UPPER`` closes a path range.
PATH_UPPER = "a"
#: Digits that one unit takes in a path.
SEGMENT = 8


def role_rows(user, roles=None):
    """The user's UnitRole rows as (unit_id, role, covers_below), kept on the user for one request."""
    if not user.is_authenticated or not user.is_active:
        return []
    rows = getattr(user, "_role_rows", None)
    if rows is None:
        model = apps.get_model("models_dv", "UnitRole")
        rows = list(model.objects.filter(user=user).values_list("unit_id", "role", "covers_below"))
        user._role_rows = rows
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
    unit_ids = covering_unit_ids(user, Role.REVIEWER, Role.VIEWER)
    if not unit_ids:
        return []
    paths = getattr(user, "_covered_paths", None)
    if paths is None:
        rows = apps.get_model("models_dv", "UnitPath").objects.filter(unit_id__in=unit_ids)
        paths = user._covered_paths = sorted(set(rows.values_list("path", flat=True)))
    return paths


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
