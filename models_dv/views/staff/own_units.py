"""The units in whose name a person enters something."""

from models_dv import clock
from models_dv.enums import Role
from models_dv.errors import NotAllowed
from models_dv.models import Unit
from models_dv.scopes import unit_ids_kept, unit_ids_with


def units_kept(user, verb: str, *, also_ended: bool = False) -> list[Unit]:
    """Those where he drafts or approves, by code, with their versions; NotAllowed without one.

    ``also_ended``: those of his units that are no more, after the others, and the whole units that went on in
    one of his. ``verb`` ends the sentence “Chỉ người soạn thảo hoặc duyệt của một đơn vị mới …”.
    """
    today, of_user = clock.today(), unit_ids_kept if also_ended else unit_ids_with
    rows = Unit.objects.filter(pk__in=of_user(user, Role.AUTHOR, Role.APPROVER))
    rows = rows if also_ended else rows.alive(today)
    units = list(rows.prefetch_related("versions").order_by("code"))
    if not units:
        raise NotAllowed(f"Chỉ người soạn thảo hoặc duyệt của một đơn vị mới {verb}.")
    return sorted(units, key=lambda unit: unit.ended_on is not None and unit.ended_on <= today)


def keeps_standing_unit(user) -> bool:
    """Whether something new may be entered for one of his units; no query for who enters nothing."""
    kept = unit_ids_with(user, Role.AUTHOR, Role.APPROVER)
    return bool(kept) and Unit.objects.filter(pk__in=kept).alive(clock.today()).exists()
