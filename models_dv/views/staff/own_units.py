"""The units in whose name a person enters something."""

from models_dv import clock
from models_dv.enums import Role
from models_dv.errors import NotAllowed
from models_dv.models import Unit
from models_dv.scopes import unit_ids_with


def units_kept(user, verb: str, *, also_ended: bool = False) -> list[Unit]:
    """Those where he drafts or approves, by code, with their versions; NotAllowed without one.

    ``verb`` ends the sentence “Chỉ người soạn thảo hoặc duyệt của một đơn vị mới …”.
    """
    rows = Unit.objects.filter(pk__in=unit_ids_with(user, Role.AUTHOR, Role.APPROVER))
    rows = rows if also_ended else rows.alive(clock.today())
    units = list(rows.prefetch_related("versions").order_by("code"))
    if not units:
        raise NotAllowed(f"Chỉ người soạn thảo hoặc duyệt của một đơn vị mới {verb}.")
    return units
