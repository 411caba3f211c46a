"""The way of a report as data: from, action, to, who, needs (architecture, decision 2).

``domain/transitions.py`` is the only reader that writes; everything else asks ``moves_from``.
"""

from dataclasses import dataclass

from models_dv.enums import Role
from reports.enums import Action, PublicationAction, PublicationState, State

OWN = "own"  # the role is held in the report's own unit
ABOVE = "above"  # the role is held in the unit of the report above


@dataclass(frozen=True)
class Move:
    """One row of the table.

    ``needs`` names what the person must give or what must hold: reason, parts, due, checks, number,
    other_writer, parent (a body above exists) or root (none exists). ``opens`` is the state in which the
    next edition opens, where the move opens one.
    """

    source: State
    action: Action
    target: State
    role: Role
    where: str = OWN
    needs: frozenset[str] = frozenset()
    opens: State | None = None


def _move(source, action, target, role, where=OWN, needs=(), opens=None):
    return Move(source, action, target, role, where, frozenset(needs), opens)


MOVES: tuple[Move, ...] = (
    _move(State.NOT_STARTED, Action.BEGIN, State.DRAFTING, Role.AUTHOR),
    _move(State.DRAFTING, Action.SUBMIT, State.IN_REVIEW, Role.AUTHOR, needs=["checks"]),
    _move(State.RETURNED, Action.SUBMIT, State.IN_REVIEW, Role.AUTHOR, needs=["checks"]),
    _move(State.IN_REVIEW, Action.WITHDRAW, State.DRAFTING, Role.AUTHOR),
    _move(State.IN_REVIEW, Action.RETURN, State.RETURNED, Role.APPROVER, needs=["reason"]),
    _move(State.APPROVED, Action.RETURN, State.RETURNED, Role.APPROVER, needs=["reason"]),
    _move(State.IN_REVIEW, Action.APPROVE, State.APPROVED, Role.APPROVER, needs=["other_writer"]),
    _move(State.APPROVED, Action.ISSUE, State.ISSUED, Role.CLERK, needs=["number"]),
    _move(
        State.ISSUED,
        Action.RECALL,
        State.RECALLED,
        Role.APPROVER,
        needs=["parent", "reason"],
        opens=State.DRAFTING,
    ),
    _move(State.ISSUED, Action.ACCEPT, State.ACCEPTED, Role.REVIEWER, ABOVE, needs=["parent"]),
    _move(
        State.ISSUED,
        Action.SEND_BACK,
        State.SENT_BACK,
        Role.REVIEWER,
        ABOVE,
        needs=["parent", "reason", "parts", "due"],
        opens=State.RETURNED,
    ),
    _move(
        State.ACCEPTED,
        Action.CORRECT,
        State.ACCEPTED,
        Role.APPROVER,
        needs=["reason"],
        opens=State.DRAFTING,
    ),
    _move(
        State.ISSUED,
        Action.CORRECT,
        State.ISSUED,
        Role.APPROVER,
        needs=["reason", "root"],
        opens=State.DRAFTING,
    ),
)


def moves_from(state: str) -> list[Move]:
    """Every move that begins in ``state``."""
    return [move for move in MOVES if move.source == state]


def find_move(state: str, action: str) -> Move | None:
    """The move for (state, action); the table holds at most one."""
    return next((move for move in MOVES if move.source == state and move.action == action), None)


@dataclass(frozen=True)
class PublicationMove:
    """One row of the publication's table; ``second_person``: not by who last wrote it."""

    source: PublicationState
    action: PublicationAction
    target: PublicationState
    needs: frozenset[str] = frozenset()


PUBLICATION_MOVES: tuple[PublicationMove, ...] = (
    PublicationMove(PublicationState.DRAFT, PublicationAction.ASK, PublicationState.IN_REVIEW),
    PublicationMove(PublicationState.DRAFT, PublicationAction.DISCARD, PublicationState.DISCARDED),
    PublicationMove(
        PublicationState.IN_REVIEW, PublicationAction.RETURN, PublicationState.DRAFT, frozenset({"reason"})
    ),
    PublicationMove(
        PublicationState.IN_REVIEW,
        PublicationAction.PUBLISH,
        PublicationState.PUBLISHED,
        frozenset({"second_person"}),
    ),
    PublicationMove(
        PublicationState.PUBLISHED,
        PublicationAction.WITHDRAW,
        PublicationState.WITHDRAWN,
        frozenset({"reason"}),
    ),
)


def find_publication_move(state: str, action: str) -> PublicationMove | None:
    """The publication move for (state, action)."""
    return next((m for m in PUBLICATION_MOVES if m.source == state and m.action == action), None)
