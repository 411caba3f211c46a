"""One comment on a report, and one of its submissions."""

from reports.domain import comments
from reports.enums import Action
from reports.models import EditionEvent
from tests.access.scenes import report_scene
from tests.access.table import SENT, Address, Rule
from tests.factories.world import World

ON_COMMENT = {
    "staff:comment_reply": Rule("comment", 302, anonymous=401),
    "staff:comment_resolve": Rule("comment", 302),
    "staff:comment_reopen": Rule("comment", 302),
}


def known() -> set[tuple[str, frozenset[str]]]:
    """Names and arguments of every address in this file."""
    return {(name, frozenset({"pk", "row"})) for name in (*ON_COMMENT, "staff:history_changes")}


def scene(owner: str, moment: str) -> tuple[World, object, list[Address]]:
    """(world, report, addresses): a comment within the unit, or of the body above once the report is sent."""
    world, report = report_scene(owner, moment)
    unit = world.communes[0] if owner == "commune" else world.province
    speaks = world.reviewer if owner == "commune" and moment in SENT else world.author_of(unit)
    edition = world.edition(unit)
    said = comments.add(edition, comments.Pin("S2.1"), "Ghi rõ địa chỉ", actor=speaks)
    addresses = [Address(name, None, rule, {"row": said.pk}) for name, rule in ON_COMMENT.items()]
    sent = EditionEvent.objects.filter(edition=edition, action=Action.SUBMIT).first()
    if sent is not None:
        addresses.append(Address("staff:history_changes", Rule("inside"), None, {"row": sent.pk}))
    return world, report, addresses
