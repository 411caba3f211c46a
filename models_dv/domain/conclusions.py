"""Conclusions of a conference (domain.md §7): drafted, then signed with number, date and signer.

Once signed they bind: nothing of them is changed. Who approves for the unit may open them again, with a
reason that is kept; until they are signed anew they are a draft.
"""

from datetime import date

from django.db import transaction
from django.db.models import F

from models_dv import clock
from models_dv.domain.audit import record
from models_dv.domain.changes import difference, exchanged, locked_as_seen
from models_dv.domain.conferences import require_keeper
from models_dv.enums import NoticeState, Role
from models_dv.errors import ExpectedError, MissingInput, StaleObject
from models_dv.models import Conclusion, ConclusionNotice, Conference, Task
from models_dv.permissions import acts_for, require

BIND = (
    "Kết luận đã ký, ban hành nên không sửa được. Người duyệt của đơn vị bấm “Mở lại để sửa” "
    "và ghi lý do thì mới sửa được."
)
HAS_TASKS = "Kết luận này đã giao thành nhiệm vụ nên không gỡ được. Sửa lời của kết luận, hoặc huỷ nhiệm vụ."


def notice_of(conference: Conference) -> ConclusionNotice | None:
    """The notice of the conference; None while nobody has written conclusions for it here."""
    return ConclusionNotice.objects.filter(conference=conference).select_related("written_by").first()


def may_sign(user, conference: Conference) -> bool:
    """Whether the user enters number, date and signer: approver or clerk of the unit."""
    return acts_for(user, conference.unit_id, Role.APPROVER, Role.CLERK)


def may_reopen(user, conference: Conference) -> bool:
    """Whether the user opens signed conclusions again: approver of the unit."""
    return acts_for(user, conference.unit_id, Role.APPROVER)


def _draft(conference: Conference, actor) -> ConclusionNotice:
    """The notice, locked, being a draft (made at the first conclusion); its revision moves on."""
    require_keeper(conference, actor)
    notice, _made = ConclusionNotice.objects.select_for_update().get_or_create(
        conference=conference, defaults={"written_by": actor}
    )
    if notice.state == NoticeState.SIGNED:
        raise ExpectedError(BIND)
    ConclusionNotice.objects.filter(pk=notice.pk).update(revision=F("revision") + 1)
    return notice


def add_conclusion(conference: Conference, *, text: str, heading: str = "", actor) -> Conclusion:
    """One conclusion more, at the end of its group."""
    return add_conclusions(conference, texts=[text], heading=heading, actor=actor)[0]


@transaction.atomic
def add_conclusions(
    conference: Conference, *, texts: list[str], heading: str = "", actor
) -> list[Conclusion]:
    """Several conclusions in their order, at the end of their group; a new group comes last."""
    if not texts or not all(texts):
        raise MissingInput("Chưa nhập kết luận", "text")
    _draft(conference, actor)
    rows = list(conference.conclusions.select_for_update())
    place = max((at + 1 for at, row in enumerate(rows) if row.heading == heading), default=len(rows))
    added = [Conclusion(conference=conference, text=text, heading=heading) for text in texts]
    for order, row in enumerate([*rows[:place], *added, *rows[place:]], start=1):
        row.order = order
    Conclusion.objects.bulk_update(rows, ["order"])
    for row in added:
        row.save()
        record(
            actor=actor,
            action="Thêm kết luận hội nghị",
            obj=conference,
            after={"nhóm": heading, "kết luận": row.text},
        )
    return added


@transaction.atomic
def change_conclusion(conclusion: Conclusion, *, seen: str, text: str, heading: str, actor) -> Conclusion:
    """Mend a conclusion that still is as ``seen``, while it is a draft."""
    if not text:
        raise MissingInput("Chưa nhập kết luận", "text")
    _draft(conclusion.conference, actor)
    stored = locked_as_seen(conclusion, seen, "Kết luận này")
    before = {"nhóm": stored.heading, "kết luận": stored.text}
    stored.text, stored.heading = text, heading
    stored.save()
    old, new = difference(before, {"nhóm": heading, "kết luận": text})
    if new:
        record(actor=actor, action="Sửa kết luận hội nghị", obj=stored.conference, before=old, after=new)
    return stored


@transaction.atomic
def remove_conclusion(conclusion: Conclusion, *, actor) -> None:
    """Take a conclusion out of the draft; one that tasks came from stays."""
    _draft(conclusion.conference, actor)
    if Task.objects.filter(conclusion=conclusion).exists():
        raise ExpectedError(HAS_TASKS)
    before = {"nhóm": conclusion.heading, "kết luận": conclusion.text}
    record(actor=actor, action="Gỡ kết luận hội nghị", obj=conclusion.conference, before=before)
    conclusion.delete()


@transaction.atomic
def move_conclusion(conclusion: Conclusion, *, up: bool, actor) -> None:
    """Change places with the one before or after; at the end nothing happens."""
    _draft(conclusion.conference, actor)
    rows = list(conclusion.conference.conclusions.select_for_update())
    if not exchanged(rows, conclusion, up=up):
        return
    Conclusion.objects.bulk_update(rows, ["order"])
    record(
        actor=actor,
        action="Xếp lại kết luận hội nghị",
        obj=conclusion.conference,
        after={"thứ tự": [str(row) for row in rows]},
    )


# --- signing -----------------------------------------------------------------------------------------


@transaction.atomic
def sign(
    notice: ConclusionNotice,
    *,
    number: str,
    signed_on: date,
    signer_name: str,
    signer_post: str,
    revision: int,
    actor,
) -> ConclusionNotice:
    """Ký, ban hành: the conclusions as the actor saw them (``revision``) bind from now on."""
    conference = notice.conference
    require(may_sign(actor, conference), "ghi nhận ký, ban hành kết luận của đơn vị này")
    if signed_on > clock.today():
        raise MissingInput("Ngày ký còn ở phía trước. Ghi ngày đã ký", "signed_on")
    if conference.held_on and signed_on < conference.held_on:
        raise MissingInput("Ngày ký phải từ ngày tổ chức hội nghị trở đi", "signed_on")
    if not conference.conclusions.exists():
        raise ExpectedError("Chưa có kết luận nào để ký. Thêm ít nhất một kết luận.")
    values = {
        "number": number,
        "signed_on": signed_on,
        "signer_name": signer_name,
        "signer_post": signer_post,
    }
    _move(notice, NoticeState.DRAFT, NoticeState.SIGNED, revision, **values)
    record(
        actor=actor,
        action="Ký, ban hành kết luận hội nghị",
        obj=conference,
        before={"tình trạng": NoticeState.DRAFT.label},
        after={
            "tình trạng": NoticeState.SIGNED.label,
            "số, ký hiệu": number,
            "ngày ký": signed_on.isoformat(),
            "người ký": f"{signer_name}, {signer_post}" if signer_post else signer_name,
            "kết luận": [f"{row.order}. {row.text}" for row in conference.conclusions.all()],
        },
    )
    return notice


@transaction.atomic
def reopen(notice: ConclusionNotice, *, reason: str, revision: int, actor) -> ConclusionNotice:
    """Mở lại để sửa: signed conclusions are a draft again; who, when and why stands in the audit row."""
    conference = notice.conference
    require(may_reopen(actor, conference), "mở lại kết luận đã ký của đơn vị này")
    if not reason:
        raise MissingInput("Ghi lý do mở lại", "reason")
    _move(notice, NoticeState.SIGNED, NoticeState.DRAFT, revision)
    record(
        actor=actor,
        action="Mở lại kết luận hội nghị đã ký",
        obj=conference,
        before={
            "tình trạng": NoticeState.SIGNED.label,
            "số, ký hiệu": notice.number,
            "ngày ký": notice.signed_on.isoformat(),
            "người ký": notice.signer_name,
            "kết luận": [f"{row.order}. {row.text}" for row in conference.conclusions.all()],
        },
        after={"tình trạng": NoticeState.DRAFT.label},
        note=reason,
    )
    return notice


def _move(notice: ConclusionNotice, old: str, new: str, revision: int, **values) -> None:
    """Compare and set: state and revision are still those that the person saw."""
    rows = ConclusionNotice.objects.filter(pk=notice.pk, state=old, revision=revision)
    if rows.update(state=new, revision=revision + 1, **values) != 1:
        raise StaleObject("Kết luận của hội nghị này")
    notice.refresh_from_db()
