"""What is said about a report: pinned to a part, a paragraph or a figure, answered, mended, opened again.

Within the unit, or between the unit and the body above; a comment belongs to the report and outlives its edition.
Source: domain.md §3.
"""

import hashlib
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import timedelta

from django.db import transaction
from django.db.models import Q
from django.urls import reverse

from models_dv import clock
from models_dv.domain.notify import holders
from models_dv.enums import Role
from models_dv.errors import MissingInput, NotAllowed
from models_dv.models import UnitPath, UnitRole, User
from models_dv.permissions import holds
from models_dv.scopes import covering_unit_ids, unit_ids_with
from models_dv.vietnamese.fold import normalize
from models_dv.vietnamese.numbers import format_number
from reports import permissions
from reports.domain import notices
from reports.domain.known_outlines import known_outline
from reports.domain.sharing import open_share
from reports.domain.word_diff import lines_of
from reports.enums import FIGURES_PART, SENT_STATES, Audience, RoundState, ShareScope
from reports.errors import StepNotPossible
from reports.models import Comment, ReportEdition, SectionText

LONGEST = 4000
QUOTE_LENGTH = 300
#: The same words at the same place within this time are one press of the button too many.
TWICE = timedelta(minutes=2)
#: Who of a body above may read what the units below have sent.
_COVERING = (Role.REVIEWER, Role.VIEWER)
#: Who of the unit speaks about its reports; a viewer only reads.
_SPEAKERS = (Role.AUTHOR, Role.APPROVER, Role.CLERK)


@dataclass(frozen=True)
class Voice:
    """As whom somebody takes part in what is said about an edition.

    ``unit_id``: the body for which he speaks, None where he only reads. ``inside``: he hears what the unit says
    among its own. ``parts`` and ``indicators``: he takes part in these alone; None: in all. ``may_share``: what
    he says may go to the body above.
    """

    unit_id: int | None
    inside: bool
    parts: frozenset[str] | None = None
    indicators: frozenset[str] | None = None
    may_share: bool = False

    def hears(self, part_code: str, indicator_code: str = "") -> bool:
        """Whether this place is his."""
        if self.parts is not None and part_code not in self.parts:
            return False
        return part_code != FIGURES_PART or self.indicators is None or indicator_code in self.indicators

    def speaks_of(self, part_code: str) -> bool:
        """Whether he may comment on something in this part."""
        return self.unit_id is not None and (self.parts is None or part_code in self.parts)

    @property
    def audiences(self) -> list[Audience]:
        """Whom he may choose to hear him."""
        if not self.inside:
            return [Audience.SHARED]
        return [Audience.UNIT, Audience.SHARED] if self.may_share else [Audience.UNIT]


@dataclass
class Thread:
    """A comment with its answers, oldest first."""

    first: Comment
    replies: list[Comment] = field(default_factory=list)

    @property
    def is_open(self) -> bool:
        """Whether it waits."""
        return self.first.resolved_at is None


@dataclass(frozen=True)
class Pin:
    """Where a comment stands; neither paragraph nor indicator: the whole part."""

    part_code: str
    indicator_code: str = ""
    paragraph: int | None = None
    quote: str = ""


# --- who ----------------------------------------------------------------------------------------------


def voice_of(user, edition: ReportEdition) -> Voice | None:
    """As whom the user takes part; None where he may not even read. At most one query, for a draft seen from above.

    ``edition.reach`` is set for a contributor.
    """
    report, reach = edition.report, edition.reach
    if report.unit_id in unit_ids_with(user):
        unit_id = report.unit_id if holds(user, report.unit_id, *_SPEAKERS) else None
        return Voice(unit_id, inside=True, may_share=report.parent_id is not None and _is_sent(edition))
    if reach is not None:
        parts = reach.parts | ({FIGURES_PART} if reach.groups else set())
        outline = known_outline(report.round.outline_version)
        given = frozenset(i.code for i in outline.indicators if i.group.code in reach.groups)
        return Voice(min(unit_ids_with(user, Role.AUTHOR)), True, frozenset(parts), given)
    speaks_for = _above(user, report)
    if permissions.may_read_text(user, edition):
        return Voice(speaks_for, inside=False)
    share = permissions.share_for(user, edition)
    if share is None:
        return None
    parts = None if share.scope == ShareScope.ALL else frozenset({FIGURES_PART})
    return Voice(speaks_for, inside=False, parts=parts)


def with_sharing(voice: Voice, edition: ReportEdition, part_code: str) -> Voice:
    """The same for a place where the audience is chosen: a part shared for advice has one too; one query."""
    if not voice.inside or voice.parts is not None or voice.may_share:
        return voice
    return replace(voice, may_share=_is_shared(edition, part_code))


def _is_sent(edition: ReportEdition) -> bool:
    return edition.state in SENT_STATES


def _above(user, report) -> int | None:
    """The body above for which the user receives: the next one, else one further up."""
    if report.parent_id and holds(user, report.parent.unit_id, Role.REVIEWER):
        return report.parent.unit_id
    receives, reads = (covering_unit_ids(user, *roles) for roles in ([Role.REVIEWER], _COVERING))
    if len(reads) > 1 and receives:  # through another of them he may only read this report
        paths = UnitPath.objects.filter(unit_id__in=receives).values_list("unit_id", "path")
        receives = {unit_id for unit_id, path in paths if report.path.startswith(path)}
    return min(receives, default=None)


# --- reading ------------------------------------------------------------------------------------------


def threads_of(voice: Voice, report_id: int) -> list[Thread]:
    """Everything said about the report that he hears, oldest first; one query."""
    rows = Comment.objects.filter(report_id=report_id).select_related("author", "resolved_by")
    if not voice.inside:
        rows = rows.filter(audience=Audience.SHARED)
    if voice.parts is not None:
        rows = rows.filter(part_code__in=voice.parts)
    threads: dict[int, Thread] = {}
    for row in rows.order_by("at", "pk"):
        if row.parent_id is None and voice.hears(row.part_code, row.indicator_code):
            threads[row.pk] = Thread(row)
        elif row.parent_id in threads:
            threads[row.parent_id].replies.append(row)
    return list(threads.values())


def open_by_part(threads: list[Thread]) -> Counter[str]:
    """How many comments wait in each part."""
    return Counter(thread.first.part_code for thread in threads if thread.is_open)


def place_of(comment: Comment) -> str:
    """Address of the exact place in the editor: the figure's cell, the paragraph, else the comments of the part.

    A paragraph's (“p2-17”) says whose comment it is: its words find it again after others were put before it.
    """
    anchor = f"gop-y-{comment.pk}"
    if comment.indicator_code:
        anchor = f"ct-{comment.indicator_code}"
    elif comment.paragraph:
        anchor = f"p{comment.paragraph}-{comment.pk}"
    return f"{reverse('staff:part', args=[comment.report_id, comment.part_code])}#{anchor}"


# --- where --------------------------------------------------------------------------------------------


def mark_of(line: str) -> str:
    """What a form carries of a paragraph, to know it again when the text was changed meanwhile."""
    return hashlib.sha256(line.encode()).hexdigest()[:8]


def pin_at(edition: ReportEdition, part_code: str, at: str) -> Pin:
    """The place that a form names: "" the whole part, “p3-1a2b3c4d” a paragraph, “K4” a figure.

    Raises MissingInput when there is no such part, or the paragraph is not there any more.
    """
    report = edition.report
    outline = known_outline(report.round.outline_version)
    if part_code == FIGURES_PART:
        codes = {code.casefold(): code for code in outline.by_code} | {"": ""}
        if at.strip().casefold() not in codes:
            raise MissingInput(
                f"Không có chỉ tiêu mã “{at.strip()}”. Ghi mã ở cột đầu của bảng, ví dụ K4.", "at"
            )
        return Pin(part_code, indicator_code=codes[at.strip().casefold()])
    section = outline.sections.get(part_code)
    if section is None or not section.is_leaf or not section.stands_in(report.round.period.kind):
        raise MissingInput("Phần này không có trong đề cương. Tải lại trang rồi chọn lại.", "part")
    if not at:
        return Pin(part_code)
    number, _dash, mark = at.removeprefix("p").partition("-")
    text = SectionText.objects.filter(edition=edition, section=section).values_list("text", flat=True).first()
    lines = lines_of(text or "")
    same = [place for place, line in enumerate(lines, start=1) if mark_of(line) == mark]
    if not number.isdecimal() or not same:
        raise MissingInput("Đoạn vừa chọn đã được sửa. Chọn lại đoạn.", "at")
    paragraph = min(same, key=lambda place: abs(place - int(number)))
    return Pin(part_code, paragraph=paragraph, quote=lines[paragraph - 1][:QUOTE_LENGTH])


# --- speaking -----------------------------------------------------------------------------------------


@transaction.atomic
def add(edition: ReportEdition, pin: Pin, text: str, *, audience: str = "", actor) -> Comment:
    """Thêm góp ý; who works on the report is told.

    ``audience`` "" is the nearest he may choose. Raises NotAllowed, StepNotPossible, MissingInput.
    """
    voice, text = _speaker(edition, pin.part_code, actor), _words(text)
    if not voice.hears(pin.part_code, pin.indicator_code):
        raise NotAllowed("Chỉ tiêu này không được giao cho tài khoản này.")
    if audience == Audience.SHARED:
        voice = with_sharing(voice, edition, pin.part_code)
    audience = audience or voice.audiences[0]
    if audience not in voice.audiences:
        raise MissingInput("Cấp trên chưa xem được nội dung này. Chọn “Trong đơn vị”.", "audience")
    return _say(
        edition,
        {
            "part_code": pin.part_code,
            "indicator_code": pin.indicator_code,
            "paragraph": pin.paragraph,
            "quote": pin.quote,
            "audience": audience,
            "text": text,
            "unit_id": voice.unit_id,
        },
        actor,
    )


@transaction.atomic
def reply(comment: Comment, edition: ReportEdition, text: str, *, actor) -> Comment:
    """Trả lời, to whom the comment was said. Raises as ``add``."""
    voice = _speaker(edition, comment.part_code, actor)
    values = {
        "part_code": comment.part_code,
        "audience": comment.audience,
        "text": _words(text),
        "unit_id": voice.unit_id,
        "parent": comment,
    }
    return _say(edition, values, actor)


def resolve(comment: Comment, edition: ReportEdition, *, actor) -> bool:
    """Đã sửa xong; False when somebody has said so before. Raises NotAllowed."""
    _require_closer(comment, edition, actor)
    waiting = Comment.objects.filter(pk=comment.pk, resolved_at__isnull=True)
    return waiting.update(resolved_at=clock.now(), resolved_by=actor) == 1


def reopen(comment: Comment, edition: ReportEdition, *, actor) -> bool:
    """Mở lại; False when it is open. Raises NotAllowed."""
    _require_closer(comment, edition, actor)
    done = Comment.objects.filter(pk=comment.pk, resolved_at__isnull=False)
    return done.update(resolved_at=None, resolved_by=None) == 1


def _require_closer(comment: Comment, edition: ReportEdition, actor) -> None:
    """Who may comment there may say that it is mended; between the two bodies each may."""
    _speaker(edition, comment.part_code, actor)


def _speaker(edition: ReportEdition, part_code: str, actor) -> Voice:
    voice = voice_of(actor, edition)
    if voice is None or not voice.speaks_of(part_code):
        raise NotAllowed("Tài khoản này không góp ý vào phần này của báo cáo.")
    if edition.report.round.state == RoundState.CLOSED:
        raise StepNotPossible("Đợt báo cáo đã khoá sổ, chỉ xem. Nhờ đơn vị cấp trên mở lại đợt.")
    return voice


def _words(text: str) -> str:
    text = normalize(text).strip()
    if not text:
        raise MissingInput("Chưa nhập góp ý", "text")
    if len(text) > LONGEST:
        raise MissingInput(f"Ghi gọn trong {format_number(LONGEST)} chữ cái", "text")
    return text


def _say(edition: ReportEdition, values: dict, actor) -> Comment:
    """Write it once, and tell."""
    same = Comment.objects.filter(
        report_id=edition.report_id, author=actor, at__gt=clock.now() - TWICE, **values
    )
    if found := same.first():
        return found
    comment = Comment.objects.create(report_id=edition.report_id, edition=edition, author=actor, **values)
    _tell(comment, edition)
    return comment


# --- telling ------------------------------------------------------------------------------------------


def _tell(comment: Comment, edition: ReportEdition) -> None:
    """The authors of the unit and who spoke in the thread; those above where they may read the text."""
    report, first = edition.report, comment.parent or comment
    outline = known_outline(report.round.outline_version)
    place = (
        "bảng số liệu"
        if first.part_code == FIGURES_PART
        else f"phần “{outline.sections[first.part_code].title}”"
    )
    if first.indicator_code:
        place = f"chỉ tiêu {first.indicator_code}"
    what = f"trả lời góp ý về {place}" if comment.parent_id else f"góp ý về {place}"
    told = {"report": report, "what": what, "words": comment.text, "actor": comment.author}
    spoke = Q(pk=first.author_id) | Q(pk__in=first.replies.values("author_id"))
    inside = User.objects.filter(spoke | Q(pk__in=holders(report.unit_id, Role.AUTHOR).values("pk")))
    notices.commented(people=inside, unit=report.unit_id, url=place_of(first), **told)
    if comment.audience == Audience.SHARED and report.parent_id and _is_read_above(edition, first.part_code):
        _tell_above(first, told)
    _tell_contributor(first, comment, edition, told)


def _tell_above(first: Comment, told: dict) -> None:
    """Who receives for the body above and so reads the report; of the figures there is no page to look over."""
    report = told["report"]
    above, url = report.parent.unit_id, reverse("staff:review", args=[report.pk])
    if first.part_code == FIGURES_PART:
        url = f"{reverse('staff:comments', args=[report.pk])}?phan={FIGURES_PART}"
    rows = UnitRole.objects.filter(unit_id=above, role=Role.REVIEWER, covers_below=True)
    people = User.objects.filter(pk__in=rows.values("user_id"))
    notices.commented(people=people, unit=above, url=f"{url}#gop-y-{first.pk}", **told)


def _tell_contributor(first: Comment, comment: Comment, edition: ReportEdition, told: dict) -> None:
    """Who contributes a part from another body and spoke first hears the answer, while it is given to him."""
    report = edition.report
    own = {report.unit_id, report.parent.unit_id if report.parent_id else None}
    if comment.parent_id is None or first.unit_id in own or first.audience != Audience.UNIT:
        return
    reach = permissions.reach_of(first.author, report.pk)
    if reach is None or not reach.holds(first.part_code):
        return
    people = User.objects.filter(pk=first.author_id)
    notices.commented(people=people, unit=first.unit_id, url=place_of(first), **told)


def _is_read_above(edition: ReportEdition, part_code: str) -> bool:
    return _is_sent(edition) or _is_shared(edition, part_code)


def _is_shared(edition: ReportEdition, part_code: str) -> bool:
    """Whether this part of the draft is shown to the body above for advice."""
    share = open_share(edition.report)
    return share is not None and (share.scope == ShareScope.ALL or part_code == FIGURES_PART)
