"""Addresses of working on a report together: parts given to others, advice from above, help beside the text."""

from tests.access.table import OPEN, Address, Rule

PART = {"code": "S2.1"}
DRAFT = ("draft", "in_review", "approved")
ADDRESSES = (
    Address("staff:assignments", Rule("write"), Rule("write", 422, OPEN, 302)),
    Address("staff:share", Rule("write", 200, DRAFT, 302), Rule("write", 422, DRAFT, 302)),
    Address("staff:share_end", None, Rule("write", 302)),
    Address("staff:presence", None, Rule("read"), PART),
    Address("staff:part_preview", None, Rule("write"), PART),
    Address("staff:part_doctor", None, Rule("write"), PART),
    Address("staff:part_numbers", Rule("read"), None, PART),
)
#: With the assignment's number.
WITH_ROW = {
    "staff:assignment_end": (None, Rule("write", 302)),
    "staff:assignment_reopen": (None, Rule("write", 302)),
}
#: For the contributor alone: tests/test_access_contributors.py.
OF_CONTRIBUTORS = {"staff:assigned": frozenset({"pk"}), "staff:assigned_done": frozenset({"pk", "row"})}


def known() -> set[tuple[str, frozenset[str]]]:
    """Names and arguments of every address in this file."""
    names = {(address.name, frozenset({"pk", *address.arguments})) for address in ADDRESSES}
    return names | {(name, frozenset({"pk", "row"})) for name in WITH_ROW} | set(OF_CONTRIBUTORS.items())


def addresses_of(assignment) -> list[Address]:
    """Those that are asked for about one assignment too."""
    rows = [Address(name, *rules, {"row": assignment.pk}) for name, rules in WITH_ROW.items()]
    return [*ADDRESSES, *rows]
