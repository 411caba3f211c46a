"""What is said about a report in ready words, with what the returns ask: one list, wherever it is shown."""

from dataclasses import dataclass

from reports.domain.comments import Thread, Voice, mark_of, place_of, threads_of, voice_of
from reports.domain.known_outlines import known_outline
from reports.domain.word_diff import lines_of
from reports.enums import FIGURES_PART, Audience
from reports.forms.comments import CommentForm, Spot
from reports.models import Comment, ReportEdition
from reports.views.staff.parts import parts_of
from reports.views.staff.words import clock_words

QUOTE_SHOWN = 70


@dataclass(frozen=True)
class Answer:
    """One answer."""

    author: str
    when: str
    text: str


@dataclass(frozen=True)
class CommentRow:
    """One comment, or what a return asks (``pk`` None): as ``staff/review/comments.html`` shows it.

    ``target`` is what it is pinned to, ``quote`` the words of it; ``place_url`` leads there; ``settled_words``
    say who mended it and when; ``general`` is the reason of the whole return, where ``text`` is what it asks of one
    part; ``changes_url``: where one sees what was mended after it.
    """

    author: str
    when: str
    text: str
    pk: int | None = None
    general: str = ""
    target: str = ""
    quote: str = ""
    place_url: str = ""
    audience: str = ""
    settled: bool = False
    settled_words: str = ""
    replies: tuple[Answer, ...] = ()
    may_answer: bool = False
    files: tuple = ()
    changes_url: str = ""


def rows_of(threads: list[Thread], voice: Voice, edition: ReportEdition) -> list[CommentRow]:
    """Threads as rows, those that wait first, the newest first among each."""
    ordered = sorted(threads, key=lambda thread: thread.first.at, reverse=True)
    ordered.sort(key=lambda thread: not thread.is_open)
    return [_row(thread, voice, edition) for thread in ordered]


def _row(thread: Thread, voice: Voice, edition: ReportEdition) -> CommentRow:
    first = thread.first
    return CommentRow(
        author=_author(first, edition.report),
        when=moment_words(first.at),
        text=first.text,
        pk=first.pk,
        target=target_words(first, edition.report),
        quote=first.quote,
        place_url=place_of(first),
        audience=first.get_audience_display() if voice.inside and first.audience == Audience.SHARED else "",
        settled=not thread.is_open,
        settled_words=f"{first.resolved_by}, {moment_words(first.resolved_at)}" if not thread.is_open else "",
        replies=tuple(
            Answer(_author(reply, edition.report), moment_words(reply.at), reply.text)
            for reply in thread.replies
        ),
        may_answer=voice.speaks_of(first.part_code),
    )


def _author(comment: Comment, report) -> str:
    """Who spoke; of the body above with its name."""
    parent = report.parent
    if parent is not None and comment.unit_id == parent.unit_id != report.unit_id:
        return f"{comment.author}, {parent.unit_version.issuer_full_name}"
    return str(comment.author)


def target_words(comment: Comment, report) -> str:
    """“Đoạn 3: “Đến nay có 41 mô hình…””, “K4. Mô hình …”; "" for the whole part."""
    if comment.paragraph:
        return f"Đoạn {comment.paragraph}: “{shortened(comment.quote)}”"
    if comment.indicator_code:
        indicator = known_outline(report.round.outline_version).by_code.get(comment.indicator_code)
        return str(indicator) if indicator else comment.indicator_code
    return ""


def shortened(words: str) -> str:
    """The beginning of a paragraph."""
    return words if len(words) <= QUOTE_SHOWN else f"{words[:QUOTE_SHOWN].rsplit(' ', 1)[0]}…"


def moment_words(at) -> str:
    """“14:32 05/07/2026”."""
    clock, day = clock_words(at)
    return f"{clock} {day}"


@dataclass(frozen=True)
class WaitingComment:
    """A comment that waits, for a list of what is left to do: where, who, what, and the exact place."""

    place: str
    url: str
    author: str
    text: str


def waiting_comments(user, edition: ReportEdition) -> list[WaitingComment]:
    """The comments that wait, in the order of the parts; one query."""
    voice = voice_of(user, edition)
    if voice is None:
        return []
    headings = {
        part.code: f"{part.number}. {part.title}".removeprefix(". ") for part in parts_of(edition.report)
    }
    firsts = [thread.first for thread in threads_of(voice, edition.report_id) if thread.is_open]
    firsts = sorted(
        (first for first in firsts if first.part_code in headings),
        key=lambda c: list(headings).index(c.part_code),
    )
    return [
        WaitingComment(
            place=", ".join(filter(None, (headings[first.part_code], target_words(first, edition.report)))),
            url=place_of(first),
            author=_author(first, edition.report),
            text=first.text,
        )
        for first in firsts
    ]


# --- the form -----------------------------------------------------------------------------------------


def spots_of(text: str) -> list[Spot]:
    """The paragraphs of a text, to which a comment may be pinned."""
    return [
        Spot(f"p{place}-{mark_of(line)}", f"Đoạn {place}: {shortened(line)}")
        for place, line in enumerate(lines_of(text), start=1)
    ]


def new_form(part_code: str, text: str, voice: Voice, data=None) -> CommentForm | None:
    """The form for a comment on this part, with ids of its own; None for who does not comment there."""
    if not voice.speaks_of(part_code):
        return None
    return CommentForm(
        data,
        spots=None if part_code == FIGURES_PART else spots_of(text),
        audiences=voice.audiences,
        initial={"phan": part_code},
        auto_id=f"gop-y-{part_code}-%s",
    )
