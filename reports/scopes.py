"""Which reports a user may see: predicates shared by querysets and permissions."""

from django.apps import apps
from django.db.models import Q

from models_dv.enums import Role
from models_dv.scopes import covering_unit_ids, path_range, unit_ids_with
from reports.enums import SENT_STATES


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


def visible_reports(user) -> Q:
    """Reports of the user's own units and, for covering readers, of the units below."""
    scope = Q(unit_id__in=unit_ids_with(user))
    for path in covered_paths(user):
        scope |= path_range(path)
    return scope


def readable_editions(user) -> Q:
    """Editions whose text the user may read: the own unit's always, those below only once sent."""
    own = Q(report__unit_id__in=unit_ids_with(user))
    below = Q(pk__in=[])
    for path in covered_paths(user):
        below |= path_range(path, "report__path")
    return own | (below & Q(state__in=[str(state) for state in SENT_STATES]))


def publication_unit_ids(user) -> set[int]:
    """Units whose publications the user works on."""
    return unit_ids_with(user, Role.PUBLISHER)
