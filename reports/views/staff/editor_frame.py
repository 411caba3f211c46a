"""What stands around every part of the editor: the list of parts, what was returned, the way onward."""

from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, Subquery
from django.http import Http404
from django.urls import reverse

from models_dv.vietnamese.dates import format_date
from reports.domain.checks import FIGURES_PART
from reports.enums import TYPED_OPS, Action, FigureSource, State, ValueState
from reports.models import EditionEvent, Figure, Indicator, ReportEdition, SectionText
from reports.views.staff.access import is_own
from reports.views.staff.base import report_bar, why_locked
from reports.views.staff.parts import Part, parts_of

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
class Comment:
    """What a return asks to mend, as ``components/comment.html`` shows it."""

    author: str
    when: str
    text: str
    settled: bool = False


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
    returns: list[EditionEvent]
    progress: dict[str, Progress] = field(default_factory=dict)

    @property
    def heading(self) -> str:
        """“II.3. Dân vận của lực lượng vũ trang”."""
        return heading(self.part)

    def url_beside(self, step: int) -> str:
        """Address of the part after (1) or before (-1) this one, "" at the ends."""
        code = _beside(self.parts, self.part.code, step)
        return part_url(self.edition, code) if code else ""

    @property
    def comments(self) -> list[Comment]:
        """What the returns ask of this part, the newest first; settled once the part was changed after it."""
        return [self._comment(event) for event in self.returns if concerns(event, self.part.code)]

    @property
    def open_comments(self) -> list[Comment]:
        """Those of the comments that wait, while the part can be mended."""
        return (
            [comment for comment in self.comments if not comment.settled] if self.edition.is_writable else []
        )

    def _comment(self, event: EditionEvent) -> Comment:
        above = self.edition.report.parent if event.action == Action.SEND_BACK else None
        return Comment(
            author=above.unit_version.issuer_full_name if above else str(event.actor),
            when=format_date(event.at),
            text=event.parts.get(self.part.code) or event.note,
            settled=self._settled(event, self.part.code),
        )

    def _settled(self, event: EditionEvent, code: str) -> bool:
        changed = self.progress.get(code, Progress()).changed_at
        return changed is not None and changed > event.at

    def waits(self, code: str) -> bool:
        """Whether the last return asks to mend this very part and nobody has touched it since."""
        if not self.returns or not self.edition.is_writable:
            return False
        return code in self.returns[0].parts and not self._settled(self.returns[0], code)

    def context(self, *, save_state="", save_text="") -> dict:
        """What ``staff/editor/frame.html`` shows."""
        edition, done = self.edition, [self.progress.get(part.code, Progress()).done for part in self.parts]
        waiting = sum(self.waits(part.code) for part in self.parts)
        check = reverse("staff:check", args=[edition.report_id]) if edition.is_writable else ""
        return {
            "nav": "reports",
            "report": edition.report,
            "edition": edition,
            "part": self.part,
            "heading": self.heading,
            "locked": self.locked,
            "bar": report_bar(
                edition,
                save_state=save_state,
                save_text=save_text,
                print_url=reverse("staff:edition_pdf", args=[edition.report_id, edition.number]),
                check_url=check,
            ),
            "lines": [self._line(part, group) for part, group in _with_groups(self.parts)],
            "parts_done": sum(done),
            "parts_total": len(done),
            "parts_count": f"{sum(done)}/{len(done)}",
            "comments": self.comments,
            "open_comments": self.open_comments,
            "comments_waiting": waiting,
            "prev_url": self.url_beside(-1),
            "next_url": self.url_beside(1),
            "save_form": "" if self.locked else FORM_ID,
        }

    def _line(self, part: Part, group: str) -> Line:
        status = self._status(part.code)
        return Line(heading(part), part_url(self.edition, part.code), part == self.part, group, *status)

    def _status(self, code: str) -> tuple[str, ...]:
        progress = self.progress.get(code, Progress())
        if progress.errors:
            return f"{progress.errors} lỗi", "error", "error"
        if self.edition.is_writable and not self.edition.is_unlocked(code):
            return "Đang khoá", "", "lock"
        if self.waits(code):
            return "1 góp ý", "comment", "comment"
        if progress.done:
            return "Đã xong", "done", "check"
        return ("Đang soạn",) if progress.written else ("Chưa soạn",)


def open_frame(user, edition: ReportEdition, code: str, *, figures: Progress | None = None) -> Frame:
    """The frame of one part; Http404 when the report has no such part.

    ``figures`` is how far the table of figures is, where the caller knows it already.
    """
    parts = parts_of(edition.report)
    part = next((part for part in parts if part.code == code), None)
    if part is None:
        raise Http404
    progress = _texts(edition, parts) | {FIGURES_PART: figures or _figures(edition)}
    return Frame(edition, parts, part, why_locked(user, edition, code), returns_of(user, edition), progress)


def heading(part: Part) -> str:
    """Number and title of a part; the table of figures has no number."""
    return f"{part.number}. {part.title}" if part.number else part.title


def part_url(edition: ReportEdition, code: str) -> str:
    """Address of a part in the editor."""
    return reverse("staff:part", args=[edition.report_id, code])


def code_beside(edition: ReportEdition, code: str, step: int) -> str:
    """Code of the part after (1) or before (-1) another, "" at the ends."""
    return _beside(parts_of(edition.report), code, step)


def _beside(parts: list[Part], code: str, step: int) -> str:
    codes = [part.code for part in parts]
    place = codes.index(code) + step
    return codes[place] if 0 <= place < len(codes) else ""


def concerns(event: EditionEvent, code: str) -> bool:
    """Whether a return asks something of this part: it names it, or it names none."""
    return not event.parts or code in event.parts


def returns_of(user, edition: ReportEdition) -> list[EditionEvent]:
    """Every return that led to this edition as it stands, the newest first.

    A return within the unit is an event of this edition and stays in the unit; one from above is an event of
    the edition that it replaces.
    """
    if edition.state == State.NOT_STARTED and edition.replaces_id is None:
        return []
    inside = is_own(user, edition.report)
    asked = Q(edition_id=edition.pk, action=Action.RETURN) if inside else Q(pk__in=[])
    if edition.replaces_id:
        asked |= Q(edition_id=edition.replaces_id, action=Action.SEND_BACK)
    return list(EditionEvent.objects.filter(asked).select_related("actor").order_by("-at", "-pk"))


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
    rows = (
        Indicator.objects.filter(
            version_id=edition.report.round.outline_version_id, op__in=[str(op) for op in TYPED_OPS]
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
