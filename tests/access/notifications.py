"""What the author of the first commune was told: his alone."""

from django.urls import reverse

from models_dv.enums import NotificationKind
from models_dv.models import Notification
from tests.access.table import Address, Rule
from tests.factories.world import World, make_world

#  The people: see tests/access/table.py.
#
# fmt: off
OWN = {                 # an ad  au ap cl rd  rv pu pa  ch st
    "own":              "> 0   + 0 0 0   0 0 0   0 0",
}
# fmt: on
ADDRESSES = (
    Address("staff:notification_open", Rule("own", 302), None),
    Address("staff:notification_read", None, Rule("own", 302)),
)
#: Buttons of one's own page.
BUTTONS = ("staff:notifications_read", "staff:mail_habit")
#: What they send.
VALUES = {"newest": "1", "gui_thu": "each"}


def known() -> set[tuple[str, frozenset[str]]]:
    """Names and arguments of every address in this file."""
    return {(a.name, frozenset({"pk"})) for a in ADDRESSES} | {(name, frozenset()) for name in BUTTONS}


def scene() -> tuple[World, Notification]:
    """(world, notification): the author was told of the round that was opened."""
    world = make_world()
    return world, Notification.objects.get(recipient=world.author, kind=NotificationKind.OPENED)


def button_urls() -> list[str]:
    """Their addresses."""
    return [reverse(name) for name in BUTTONS]
