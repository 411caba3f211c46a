"""Which reports a user may see: predicates shared by querysets and permissions."""

from django.db.models import Q

from models_dv.enums import Role
from models_dv.scopes import covered_paths, path_range, unit_ids_with


def visible_reports(user) -> Q:
    """Reports of the user's own units and, for covering readers, of the units below."""
    scope = Q(unit_id__in=unit_ids_with(user))
    for path in covered_paths(user):
        scope |= path_range(path)
    return scope


def assigned_to(user) -> Q:
    """Assignments of parts that are meant for the user: of his units, and where one person is named, for him."""
    mine = Q(ended_at__isnull=True, unit_id__in=unit_ids_with(user, Role.AUTHOR))
    return mine & (Q(person__isnull=True) | Q(person=user.pk))


def publication_unit_ids(user) -> set[int]:
    """Units whose publications the user works on."""
    return unit_ids_with(user, Role.PUBLISHER)
