"""What stands around every part of the editor: the list of parts, what was returned, the way onward."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.http import Http404
from django.urls import reverse

from reports.domain.checks import FIGURES_PART
from reports.domain.comments import Thread, Voice, open_by_part, threads_of, voice_of
from reports.enums import TYPED_OPS, FigureSource, ValueState
from reports.forms.comments import CommentForm
from reports.models import EditionEvent, Figure, Indicator, ReportEdition, SectionText
from reports.views.staff.base import report_bar, why_locked
from reports.views.staff.comment_rows import CommentRow, new_form, rows_of
from reports.views.staff.parts import Part, parts_of
from reports.views.staff.returns import is_settled, milestone_rows, return_rows, returns_in, steps_of

#: The form of the part, for buttons that stand outside it.
FORM_ID = "part-form"


@dataclass(frozen=True)
class Progress:
    """How far one part is: ``changed_at`` is the last save of it."""

    written: bool = False
    done: bool = False
    changed_at: datetime | None = None
    errors: int = 0


@dataclass(frozen=True)
class Line:
    """One line of the list of parts (``components/part_nav.html``)."""

    title: str
    url: str
    current: bool
    group: str
    status: str
    status_kind: str = ""
    status_icon: str = ""


@dataclass
class Frame:
    """The page around one part."""

    edition: ReportEdition
    parts: list[Part]
    part: Part
    locked: str
    steps: list[EditionEvent]
    progress: dict[str, Progress] = field(default_factory=dict)
    voice: Voice | None = None
    threads: list[Thread] = field(default_factory=list)

    @property
    def heading(self) -> str:
        """“II.3. Dân vận của lực lượng vũ trang”."""
        return heading(self.part)

    def url_beside(self, step: int) -> str:
        """Address of the part after (1) or before (-1) this one, "" at the ends; locked ones are passed over."""
        code = _beside(self.edition, self.parts, self.part.code, step)
        return part_url(self.edition, code) if code else ""

    @cached_property
    def returns(self) -> list[EditionEvent]:
        """What led to the edition as it stands, the newest first."""
        return returns_in(self.steps, self.edition)

    @cached_property
    def comments(self) -> list[CommentRow]:
        """What is said of this part, then what the returns ask of it, each the newest first."""
        code = self.part.code
        here = [thread for thread in self.threads if thread.first.part_code == code]
        said = rows_of(here, self.voice, self.edition) if self.voice else []
        return said + return_rows(self.edition, self.returns, code, self._changed_at(code))

    @property
    def open_comments(self) -> list[CommentRow]:
        """Those of the comments that wait, while the part can be mended."""
        return (
            [comment for comment in self.comments if not comment.settled] if self.edition.is_writable else []
        )

    def comment_form(self, text: str) -> CommentForm | None:
        """The form for a comment on this part, whose saved text is given."""
        return new_form(self.part.code, text, self.voice) if self.voice else None

    def _changed_at(self, code: str) -> datetime | None:
        return self.progress.get(code, Progress()).changed_at

    def is_done(self, code: str) -> bool:
        """Whether the part is marked as done, and was written in since it was returned."""
        return self.progress.get(code, Progress()).done and not self.waits(code)

    def waits(self, code: str) -> bool:
        """Whether the last return asks to mend this very part and nobody has touched it since."""
        if not self.returns or not self.edition.is_writable:
            return False
        return code in self.returns[0].parts and not is_settled(self.returns[0], self._changed_at(code))

    def context(self, *, save_state="", save_text="") -> dict:
        """What ``staff/editor/frame.html`` shows."""
        edition, done = self.edition, [self.is_done(part.code) for part in self.parts]
        waiting = sum(self._waiting(part.code) for part in self.parts)
        return {
            "nav": "reports",
            "report": edition.report,
            "edition": edition,
            "part": self.part,
            "heading": self.heading,
            "locked": self.locked,
            "reach": edition.reach,
            "bar": report_bar(edition, save_state=save_state, save_text=save_text, **self._ways_out()),
            "lines": [self._line(part, group) for part, group in _with_groups(self.parts)],
            "parts_done": sum(done),
            "parts_total": len(done),
            "parts_count": f"{sum(done)}/{len(done)}",
            "comments": self.comments,
            "comments_open": sum(not comment.settled for comment in self.comments),
            "open_comments": self.open_comments,
            "comments_waiting": waiting,
            "comment_form": self.comment_form(""),
            "came_from": "soan",
            "code": self.part.code,
            "milestones": milestone_rows(self.steps, self.edition),
            "prev_url": self.url_beside(-1),
            "next_url": self.url_beside(1),
            "save_form": "" if self.locked else FORM_ID,
        }

    def _ways_out(self) -> dict[str, str]:
        """The paper and the check; a contributor goes back to what he was given."""
        edition = self.edition
        if edition.reach is not None:
            return {"back_url": reverse("staff:assigned", args=[edition.report_id])}
        return {
            "print_url": reverse("staff:edition_pdf", args=[edition.report_id, edition.number]),
            "check_url": reverse("staff:check", args=[edition.report_id]) if edition.is_writable else "",
        }

    def _waiting(self, code: str) -> int:
        """How many comments wait in a part; where none does, what the last return asks of it counts as one."""
        return self.waiting_by_part[code] or int(self.waits(code))

    @cached_property
    def waiting_by_part(self) -> Counter[str]:
        """How many comments wait, by part."""
        return open_by_part(self.threads)

    def _line(self, part: Part, group: str) -> Line:
        status = self._status(part.code)
        return Line(heading(part), part_url(self.edition, part.code), part == self.part, group, *status)

    def _status(self, code: str) -> tuple[str, ...]:
        progress = self.progress.get(code, Progress())
        if progress.errors:
            return f"{progress.errors} lỗi", "error", "error"
        if self.edition.is_writable and not self.edition.is_unlocked(code):
            return "Đang khoá", "", "lock"
        if waiting := self._waiting(code):
            return f"{waiting} góp ý", "comment", "comment"
        if progress.done:
            return "Đã xong", "done", "check"
        return ("Đang soạn",) if progress.written else ("Chưa soạn",)


def open_frame(user, edition: ReportEdition, code: str, *, figures: Progress | None = None) -> Frame:
    """The frame of one part; Http404 when the report has no such part.

    ``figures`` is how far the table of figures is, where the caller knows it already.
    """
    parts = open_parts(edition)
    part = next((part for part in parts if part.code == code), None)
    if part is None:
        raise Http404
    progress = _texts(edition, parts) | {FIGURES_PART: figures or _figures(edition)}
    steps, voice = steps_of(user, edition, code), voice_of(user, edition)
    threads = threads_of(voice, edition.report_id) if voice else []
    return Frame(edition, parts, part, why_locked(user, edition, code), steps, progress, voice, threads)


def open_parts(edition: ReportEdition) -> list[Part]:
    """The parts of the report; for a contributor those that he was given."""
    parts = parts_of(edition.report)
    return parts if edition.reach is None else [part for part in parts if edition.reach.holds(part.code)]


def heading(part: Part) -> str:
    """Number and title of a part; the table of figures has no number."""
    return f"{part.number}. {part.title}" if part.number else part.title


def part_url(edition: ReportEdition, code: str) -> str:
    """Address of a part in the editor."""
    return reverse("staff:part", args=[edition.report_id, code])


def code_beside(edition: ReportEdition, code: str, step: int) -> str:
    """Code of the part after (1) or before (-1) another, "" at the ends; locked ones are passed over."""
    return _beside(edition, open_parts(edition), code, step)


def _beside(edition: ReportEdition, parts: list[Part], code: str, step: int) -> str:
    is_open = edition.is_unlocked(code)
    codes = [part.code for part in parts if edition.is_unlocked(part.code) or not is_open]
    place = codes.index(code) + step
    return codes[place] if 0 <= place < len(codes) else ""


def _with_groups(parts: list[Part]):
    """Each part with the heading above it, named where it begins."""
    before = ""
    for part in parts:
        stands_below = "." in part.number
        group = f"{part.group}. {part.group_title}" if stands_below and part.group != before else ""
        before = part.group
        yield part, group


def _texts(edition: ReportEdition, parts: list[Part]) -> dict[str, Progress]:
    codes = {part.section_id: part.code for part in parts}
    rows = SectionText.objects.filter(edition=edition).annotate(
        written=ExpressionWrapper(~Q(text=""), output_field=BooleanField())
    )
    return {
        codes[section_id]: Progress(written, done, changed_at)
        for section_id, written, done, changed_at in rows.values_list(
            "section_id", "written", "done", "updated_at"
        )
        if section_id in codes
    }


def _figures(edition: ReportEdition) -> Progress:
    """How far the table of figures is, in one query and without reading the figures."""
    own = Figure.objects.filter(edition=edition, indicator=OuterRef("pk"), source=FigureSource.OWN)
    given = {} if edition.reach is None else {"group__code__in": edition.reach.groups}
    rows = (
        Indicator.objects.filter(
            version_id=edition.report.round.outline_version_id, op__in=[str(op) for op in TYPED_OPS], **given
        )
        .only("levels")
        .annotate(
            filled=Exists(own.exclude(value_state=ValueState.EMPTY)),
            changed_at=Subquery(own.values("updated_at")[:1]),
        )
    )
    asked = [row for row in rows if row.for_level(edition.report.level)]
    filled = sum(row.filled for row in asked)
    changes = [row.changed_at for row in asked if row.changed_at]
    return Progress(written=filled > 0, done=0 < len(asked) == filled, changed_at=max(changes, default=None))
