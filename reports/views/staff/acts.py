"""The acts that a person may take now on an edition, as buttons: links to a form, or a question to confirm."""

from dataclasses import dataclass, field

from django.urls import reverse

from reports import permissions
from reports.domain.transitions import ALONE
from reports.domain.writers import wrote_alone
from reports.enums import Action, RoundState
from reports.views.staff.access import new_key
from reports.views.staff.left_to_do import Left, read_left
from reports.views.staff.parts import CHECK_AND_SUBMIT, Filling, place_to_write, word_to_write

#: Steps that a form of their own leads to: address, kind of button.
_WITH_FORM = {
    Action.ISSUE: ("staff:issue", "primary"),
    Action.RETURN: ("staff:return", ""),
    Action.SEND_BACK: ("staff:return", ""),
    Action.RECALL: ("staff:recall", "danger"),
    Action.CORRECT: ("staff:correct", ""),
}
#: Steps that are only confirmed: address, kind of button, question.
_WITH_QUESTION = {
    Action.APPROVE: ("staff:approve", "primary", "Duyệt báo cáo {period} của {unit}?"),
    Action.ACCEPT: ("staff:accept", "primary", "Tiếp nhận báo cáo của {unit}?"),
    Action.WITHDRAW: ("staff:withdraw", "", "Rút lại báo cáo {period} để sửa? Sửa xong thì trình duyệt lại"),
}
_ORDER = (
    Action.SUBMIT,
    Action.APPROVE,
    Action.ISSUE,
    Action.ACCEPT,
    Action.RETURN,
    Action.SEND_BACK,
    Action.WITHDRAW,
    Action.CORRECT,
    Action.RECALL,
)
CLOSED = "Đã khoá sổ, chỉ xem"


@dataclass(frozen=True)
class Act:
    """One button. With ``question`` it opens a dialog that posts ``hidden`` to ``url``, else it is a link.

    ``fields`` are bound fields that the dialog asks for; ``action`` is the step, where it is one.
    """

    label: str
    url: str
    kind: str = ""
    question: str = ""
    hidden: tuple[dict, ...] = ()
    id: str = ""
    fields: tuple = ()
    action: str = ""


@dataclass
class Acts:
    """The buttons of a page, and why an expected one is missing."""

    buttons: list[Act] = field(default_factory=list)
    note: str = ""

    @property
    def questions(self) -> list[Act]:
        """Those that need a dialog on the page."""
        return [act for act in self.buttons if act.question]


def acts_for(
    user, edition, *, filling: Filling | None = None, alone: bool | None = None, left: Left | None = None
) -> Acts:
    """What the person may do now; ``filling`` adds the way back into writing.

    ``alone``: whether he alone wrote what the edition holds, and ``left``: what is left to do in it, where the caller
    knows it already.
    """
    acts = Acts()
    if edition.report.round.state == RoundState.CLOSED:
        acts.note = CLOSED
        return acts
    moves = {move.action for move in permissions.available_moves(user, edition)}
    may_alone = edition.report.unit.allows_self_approval
    if Action.APPROVE in moves and not may_alone and _is_alone(user, edition, alone):
        moves.discard(Action.APPROVE)
        acts.note = ALONE
    if filling is not None and permissions.may_write(user, edition):
        word = word_to_write(filling, edition.unlocked_parts)
        if word:
            acts.buttons.append(Act(word, place_to_write(edition.report, filling), "primary"))
    for action in _ORDER:
        if action in moves:
            known = (left or read_left(user, edition)).words if action == Action.APPROVE else ""
            acts.buttons.append(_act(action, edition, first=not acts.buttons, left=known))
    return acts


def _is_alone(user, edition, known: bool | None) -> bool:
    return wrote_alone(edition, user) if known is None else known


def _act(action: Action, edition, *, first: bool, left: str) -> Act:
    report = edition.report
    if action == Action.SUBMIT:
        return Act(CHECK_AND_SUBMIT, reverse("staff:check", args=[report.pk]), "primary" if first else "")
    if action in _WITH_FORM:
        name, kind = _WITH_FORM[action]
        return Act(action.label, reverse(name, args=[report.pk]), kind, action=action)
    name, kind, question = _WITH_QUESTION[action]
    hidden = {"key": new_key(), "revision": edition.revision, "edition": edition.number}
    return Act(
        action.label,
        reverse(name, args=[report.pk]),
        kind,
        f"{question.format(period=report.round.period.label, unit=report.unit_version.name)} {left}".strip(),
        tuple({"name": name, "value": str(value)} for name, value in hidden.items()),
        f"act-{action.value}",
        action=action,
    )
