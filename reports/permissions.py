"""Who may take which step of a report; the scopes answer “which”, this answers “may he”."""

from models_dv.enums import Role
from models_dv.errors import NotAllowed
from models_dv.permissions import holds
from models_dv.scopes import covered_paths, unit_ids_with
from reports.enums import SENT_STATES
from reports.workflow import ABOVE, Move, moves_from


def may(user, move: Move, report) -> bool:
    """Whether the user holds the role that the move asks for, where it asks for it.

    A superuser has no step of his own: only roles count.
    """
    if "parent" in move.needs and report.parent_id is None:
        return False
    if "root" in move.needs and report.parent_id is not None:
        return False
    if move.where == ABOVE:
        return report.parent_id is not None and holds(user, report.parent.unit_id, move.role)
    return holds(user, report.unit_id, move.role)


def require(user, move: Move, report) -> None:
    """Raise NotAllowed unless ``may``."""
    if not may(user, move, report):
        raise NotAllowed(
            f"Tài khoản này không có quyền “{move.action.label}” với báo cáo của {report.unit_version.name}."
        )


def available_moves(user, edition) -> list[Move]:
    """The moves that the user may make now on this edition (only the latest one moves)."""
    report = edition.report
    if report.latest_id != edition.pk:
        return []
    return [move for move in moves_from(edition.state) if may(user, move, report)]


def may_extend(user, report) -> bool:
    """Whether the user receives the report for the body above, which alone gives more time."""
    return report.parent_id is not None and holds(user, report.parent.unit_id, Role.REVIEWER)


def is_author(user, report) -> bool:
    """Whether the user writes the unit's reports, whatever the state of this one."""
    return holds(user, report.unit_id, Role.AUTHOR)


def require_author(user, report) -> None:
    """Raise NotAllowed unless ``is_author``."""
    if not is_author(user, report):
        raise NotAllowed("Tài khoản này không có quyền soạn báo cáo của đơn vị này.")


def may_write(user, edition) -> bool:
    """Whether the user is an author of the unit and the edition is open for writing."""
    return edition.is_writable and is_author(user, edition.report)


def may_read_text(user, edition) -> bool:
    """The unit's own people always; those above only what has been sent (architecture, decision 8)."""
    if edition.report.unit_id in unit_ids_with(user):
        return True
    covered = any(edition.report.path.startswith(path) for path in covered_paths(user))
    return covered and edition.state in SENT_STATES


def may_publish(user, unit_id: int) -> bool:
    """Whether the user writes and confirms publications of the unit."""
    return holds(user, unit_id, Role.PUBLISHER)


def require_publisher(user, unit_id: int, unit_name: str) -> None:
    """Raise NotAllowed unless ``may_publish``."""
    if not may_publish(user, unit_id):
        raise NotAllowed(f"Tài khoản này không có quyền công bố của {unit_name}.")
