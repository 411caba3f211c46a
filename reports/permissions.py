"""Who may take which step of a report; the scopes answer “which”, this answers “may he”."""

from collections.abc import Iterable
from dataclasses import dataclass

from models_dv.enums import Role
from models_dv.errors import NotAllowed
from models_dv.permissions import holds
from models_dv.scopes import covered_paths, unit_ids_with
from reports import scopes
from reports.enums import FIGURES_PART, SENT_STATES, ShareScope
from reports.models import DraftShare, Indicator, PartAssignment
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


# --- contributors ------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Reach:
    """What of one report somebody of another body opens: parts and groups of figures that were given to him.

    ``done_parts`` and ``done_groups`` are those of them that he has handed in: he reads them, no more.
    """

    parts: frozenset[str]
    groups: frozenset[str]
    done_parts: frozenset[str] = frozenset()
    done_groups: frozenset[str] = frozenset()

    def holds(self, part_code: str) -> bool:
        """Whether this part is open to him; the table of figures is, when a group of it was given to him."""
        return part_code in self.parts or (part_code == FIGURES_PART and bool(self.groups))

    def writes(self, part_code: str) -> bool:
        """Whether he still writes in this part."""
        if part_code == FIGURES_PART:
            return bool(self.open_groups)
        return part_code in self.parts - self.done_parts

    @property
    def open_groups(self) -> frozenset[str]:
        """Groups of figures that he still fills."""
        return self.groups - self.done_groups


def reach_of(user, report_id: int) -> Reach | None:
    """What the user contributes to the report of another body; None where nothing was given to him. One query.

    Named in several assignments, a part is handed in when it is in all of them.
    """
    if not unit_ids_with(user, Role.AUTHOR):
        return None
    rows = list(
        PartAssignment.objects.filter(scopes.assigned_to(user), report_id=report_id).values_list(
            "parts", "groups", "handed_in_at"
        )
    )
    if not rows:
        return None
    open_rows = [(parts, groups) for parts, groups, handed_in_at in rows if handed_in_at is None]
    parts = frozenset(code for row in rows for code in row[0])
    groups = frozenset(code for row in rows for code in row[1])
    open_parts = frozenset(code for row in open_rows for code in row[0])
    open_groups = frozenset(code for row in open_rows for code in row[1])
    return Reach(parts, groups, parts - open_parts, groups - open_groups)


def require_writer(user, report, part_code: str, indicator_ids: Iterable[int] = ()) -> None:
    """Raise NotAllowed unless the user writes the unit's reports, or was given this part of this one.

    ``indicator_ids``: the figures to be written, whose groups must all have been given to him. No query for
    the unit's authors, two for a contributor.
    """
    if is_author(user, report):
        return
    reach = reach_of(user, report.pk)
    if reach is None:
        require_author(user, report)
        return
    if not reach.writes(part_code):
        raise NotAllowed("Phần này không được giao cho tài khoản này, hoặc đã báo xong.")
    ids = list(indicator_ids)
    if ids:
        groups = set(Indicator.objects.filter(pk__in=ids).values_list("group__code", flat=True))
        if groups - reach.open_groups:
            raise NotAllowed("Có chỉ tiêu không được giao cho tài khoản này, hoặc đã báo xong.")


# --- who reads ---------------------------------------------------------------------------------------


def may_read_text(user, edition) -> bool:
    """The unit's own people always; those above only what has been sent (architecture, decision 8)."""
    if edition.report.unit_id in unit_ids_with(user):
        return True
    covered = any(edition.report.path.startswith(path) for path in covered_paths(user))
    return covered and edition.state in SENT_STATES


def share_for(user, edition) -> DraftShare | None:
    """The open request for advice through which the user reads this draft: he receives reports for the body above.

    None for an edition that was sent, which he reads anyway; one query for who may have one.
    """
    report = edition.report
    if report.parent_id is None or edition.pk != report.latest_id or edition.state in SENT_STATES:
        return None
    if not holds(user, report.parent.unit_id, Role.REVIEWER):
        return None
    return DraftShare.objects.filter(report_id=report.pk, ended_at__isnull=True).first()


def may_comment_shared(user, edition, part_code: str) -> bool:
    """Whether the user may comment on this part of a draft that the unit shares with the body above for advice."""
    share = share_for(user, edition)
    return share is not None and (share.scope == ShareScope.ALL or part_code == FIGURES_PART)


def may_publish(user, unit_id: int) -> bool:
    """Whether the user writes and confirms publications of the unit."""
    return holds(user, unit_id, Role.PUBLISHER)


def require_publisher(user, unit_id: int, unit_name: str) -> None:
    """Raise NotAllowed unless ``may_publish``."""
    if not may_publish(user, unit_id):
        raise NotAllowed(f"Tài khoản này không có quyền công bố của {unit_name}.")
