"""Which units a user's roles reach: the predicates that querysets and permissions share.

Stands below the models on purpose: everything here works on ids and ``Q`` objects, so that the
same rule answers “which rows” in a queryset and “may he” in ``permissions.py``.
"""

from datetime import date

from django.apps import apps
from django.contrib.auth import get_user_model
from django.db.models import Exists, F, OuterRef, Q

from models_dv import clock
from models_dv.enums import Role, SuccessionKind

#: Sorts after every digit in every collation, so ``prefix + UPPER`` closes a path range.
PATH_UPPER = "a"
#: Digits that one unit takes in a path.
SEGMENT = 8
#: Kinds by which a whole unit goes on in another one.
WHOLE_KINDS = (SuccessionKind.MERGE, SuccessionKind.RENAME, SuccessionKind.RETYPE)
#: How many changes in a row hand things on.
CHANGES_INHERITED = 3


#: What a role says of its unit, once for each path of the unit.
_HELD = ("unit_id", "role", "covers_below", "unit__paths__path")


def _succeeds(unit: str) -> Exists:
    """Whether something went on in the unit whose id stands in the field: most have nothing to look up."""
    changes = apps.get_model("models_dv", "UnitSuccession").objects.order_by()
    return Exists(changes.filter(successor=OuterRef(unit)))


def user_with_roles(user_id):
    """The user with what he holds, read in one query; None when there is none with this id."""
    users = get_user_model()._default_manager.filter(pk=user_id).order_by()
    names = [*(f"held_{name}" for name in _HELD), "held_succeeds"]
    held = {f"held_{name}": F(f"unit_roles__{name}") for name in _HELD}
    rows = list(users.annotate(**held, held_succeeds=_succeeds("unit_roles__unit_id")))
    if not rows:
        return None
    held = [tuple(getattr(row, name) for name in names) for row in rows]
    rows[0]._held = [row for row in held if row[0] is not None]
    return rows[0]


def _held(user) -> list[tuple[int, str, bool, str | None, bool]]:
    """What the user holds, kept on the user for one request."""
    if not user.is_authenticated or not user.is_active:
        return []
    held = getattr(user, "_held", None)
    if held is None:
        rows = user.unit_roles.order_by().annotate(succeeds=_succeeds("unit_id"))
        held = user._held = list(rows.values_list(*_HELD, "succeeds"))
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


# --- what whole units went on in ----------------------------------------------------------------------


def whole_edges(until: date | None = None):
    """Changes up to a day (today) by which all of a unit that ended went on in one other: that one is its heir."""
    changes = apps.get_model("models_dv", "UnitSuccession").objects.order_by()
    same = changes.filter(predecessor=OuterRef("predecessor"), on__gte=OuterRef("on"))
    edges = changes.filter(kind__in=WHOLE_KINDS, predecessor__ended_on__isnull=False)
    edges = edges.filter(~Exists(same.exclude(successor=OuterRef("successor"))))
    return edges.filter(on__lte=until or clock.today())


def edges_into(units, until: date | None = None):
    """The edges of ``whole_edges`` that lead, in at most CHANGES_INHERITED steps, to ``units`` (ids, or a query)."""
    edges, reached, wanted = whole_edges(until), units, Q()
    for _step in range(CHANGES_INHERITED):
        wanted |= Q(successor__in=reached)
        reached = edges.filter(successor__in=reached).values("predecessor")
    return edges.filter(wanted)


def inherited_units(units, until: date | None = None):
    """Ids, as a query, of the whole units that went on in ``units`` (ids, or a query)."""
    return edges_into(units, until).values("predecessor")


def heirs_of(units):
    """Ids, as a query, of the units in which all of ``units`` (ids) went on by today."""
    edges, reached, wanted = whole_edges(), units, Q()
    for _step in range(CHANGES_INHERITED):
        wanted |= Q(predecessor__in=reached)
        reached = edges.filter(predecessor__in=reached).values("successor")
    return edges.filter(wanted).values("successor")


def lines_of(units, until: date | None = None):
    """Ids, as a query, of ``units`` (ids, or a query) and of the whole units that went on in them."""
    rows = apps.get_model("models_dv", "Unit").objects.order_by()
    return rows.filter(Q(pk__in=units) | Q(pk__in=inherited_units(units, until))).values("pk")


def _inherited(user) -> dict[int, dict[int, set[str]]]:
    """{unit he holds a role in: {whole unit that went on in it: its paths}}, kept for one request.

    One query; none for somebody in whose units nothing went on.
    """
    found = getattr(user, "_inherited", None)
    if found is None:
        heirs, into, paths = {row[0] for row in _held(user) if row[4]}, {}, {}
        columns = ("successor_id", "predecessor_id", "predecessor__paths__path")
        for heir, unit, path in edges_into(heirs).values_list(*columns) if heirs else ():
            into.setdefault(heir, set()).add(unit)
            paths.setdefault(unit, set()).update([path] if path else [])
        own = unit_ids_with(user)
        found = user._inherited = {unit: {one: paths[one] for one in _line(unit, into)} for unit in own}
    return found


def _line(unit: int, into: dict[int, set[int]]) -> set[int]:
    """Everything that went on in the unit, directly or through others."""
    found, last = set(), {unit}
    while last:
        last = {one for heir in last for one in into.get(heir, ())} - found - {unit}
        found |= last
    return found


def unit_ids_kept(user, *roles) -> set[int]:
    """Ids of ``unit_ids_with``, and of the whole units that went on in one of them.

    For what stays with the unit that wrote it: models, conferences, difficulties, tasks.
    """
    return with_inherited(user, unit_ids_with(user, *roles))


def with_inherited(user, own: set[int]) -> set[int]:
    """Some of the user's units, and the whole units that went on in them."""
    return own.union(*(_inherited(user)[unit] for unit in own)) if own else own


# --- below a unit --------------------------------------------------------------------------------------


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
    return sorted({path for _unit, role, below, path, _ in _held(user) if path and below and role in reads})


def paths_kept(user) -> list[str]:
    """``covered_paths``, and those of the whole units that went on in one that the user covers."""
    covering = covering_unit_ids(user, Role.REVIEWER, Role.VIEWER)
    paths = (path for unit in covering for of_one in _inherited(user)[unit].values() for path in of_one)
    return sorted({*covered_paths(user), *paths}) if covering else []


def units_readable(user, field: str = "unit_id") -> Q:
    """Rows whose unit (the id in ``field``) is the user's own or, for a covering reader, stands below it.

    A unit is his own, too, when all of it went on in one that is.
    """
    scope = Q(**{f"{field}__in": unit_ids_kept(user)})
    paths = paths_kept(user)
    if paths:
        below = Q()
        for path in paths:
            below |= path_range(path)
        model = apps.get_model("models_dv", "UnitPath")
        scope |= Q(**{f"{field}__in": model.objects.filter(below).values("unit_id")})
    return scope
