"""What is said about a report: the list of it, adding, answering, mended, open again.

Every form works by itself and comes back to the place it was sent from (``tu``). Where ``comments.js`` sends it, the
answer is the list of the part alone, so that nothing typed beside it is lost.
"""

from datetime import datetime

from django.contrib import messages
from django.db.models import Max
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from models_dv.errors import ExpectedError, NotAllowed
from reports import permissions
from reports.domain import comments as domain
from reports.enums import FIGURES_PART, Audience
from reports.forms.comments import WordsForm
from reports.models import Comment, Figure, Report, ReportEdition, SectionText
from reports.views.staff.access import refusals_as_page, require_text
from reports.views.staff.base import edition_to_write, keeps_what_was_typed
from reports.views.staff.comment_rows import new_form, rows_of
from reports.views.staff.editor_frame import heading, open_parts, part_url
from reports.views.staff.returns import return_rows, returns_of

#: Where a form was sent from.
FROM, EDITOR, REVIEW = "tu", "soan", "xem-xet"
#: Says that the answer is to be the part's list alone.
ALONE = "X-Comments"
#: Names of the domain's fields in the forms.
_FIELDS = {"text": "noi_dung", "at": "cho", "audience": "ai_xem"}


@require_http_methods(["GET", "HEAD", "POST"])
@keeps_what_was_typed
@refusals_as_page
def comments(request, pk):
    """Everything said about the report; POST: Thêm góp ý."""
    code = (request.POST if request.method == "POST" else request.GET).get("phan", "")
    edition, voice = to_discuss(request.user, pk, code)
    if request.method != "POST":
        return _page(request, edition, voice, code)
    form = new_form(code, _text(edition, code), domain.with_sharing(voice, edition, code), request.POST)
    if form is None:
        raise NotAllowed("Tài khoản này không góp ý vào phần này của báo cáo.")
    if not form.is_valid():
        return _page(request, edition, voice, code, form=form, status=422)
    values = form.cleaned_data
    try:
        pin = domain.pin_at(edition, code, values["cho"])
        made = domain.add(
            edition, pin, values["noi_dung"], audience=values.get("ai_xem", ""), actor=request.user
        )
    except NotAllowed:
        raise
    except ExpectedError as error:
        field = _FIELDS.get(getattr(error, "field", ""))
        form.add_error(field if field in form.fields else None, error.message)
        return _page(request, edition, voice, code, form=form, status=422)
    return _done(request, edition, voice, made, "Đã thêm góp ý.")


@require_POST
@keeps_what_was_typed
@refusals_as_page
def comment_reply(request, pk, row):
    """Trả lời."""
    found, edition, voice = _comment(request.user, pk, row)
    form = WordsForm(request.POST)
    if form.is_valid():
        try:
            domain.reply(found, edition, form.cleaned_data["noi_dung"], actor=request.user)
        except NotAllowed:
            raise
        except ExpectedError as error:
            form.add_error(None, error.message)
        else:
            return _done(request, edition, voice, found, "Đã trả lời góp ý.")
    return _page(request, edition, voice, found.part_code, answer=(found.pk, form), status=422)


@require_POST
@refusals_as_page
def comment_resolve(request, pk, row):
    """Đã sửa xong."""
    found, edition, voice = _comment(request.user, pk, row)
    return _close(request, edition, voice, found, domain.resolve, "Đã đánh dấu góp ý là đã sửa xong.")


@require_POST
@refusals_as_page
def comment_reopen(request, pk, row):
    """Mở lại: it is not mended after all."""
    found, edition, voice = _comment(request.user, pk, row)
    return _close(request, edition, voice, found, domain.reopen, "Đã mở lại góp ý.")


def _close(request, edition, voice, found: Comment, act, said: str):
    try:
        changed = act(found, edition, actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        return _done(request, edition, voice, found, error.message, level=messages.ERROR)
    if not changed:
        found.refresh_from_db()
        by = found.resolved_by
        said = (
            f"{by} đã đánh dấu góp ý này là đã sửa xong trước đó."
            if by
            else "Góp ý này đã được mở lại trước đó."
        )
    return _done(request, edition, voice, found, said)


# --- finding ------------------------------------------------------------------------------------------


def to_discuss(user, pk: int, part_code: str) -> tuple[ReportEdition, domain.Voice]:
    """The latest edition for who may read it, or what of it, and as whom he takes part; Http404, NotAllowed."""
    report = Report.objects.visible_to(user).for_list().select_related("round__outline_version")
    found = report.filter(pk=pk).first()
    if found is not None and found.latest is not None:
        found.latest.report = found
        voice = domain.voice_of(user, found.latest)
        if voice is not None:
            return found.latest, voice
        if permissions.reach_of(user, pk) is None:
            require_text(user, found.latest)
    edition = edition_to_write(user, pk, part_code)
    voice = domain.voice_of(user, edition)
    if voice is None:
        raise Http404
    return edition, voice


def _comment(user, pk: int, row: int) -> tuple[Comment, ReportEdition, domain.Voice]:
    """The first comment of a thread that the user hears."""
    found = get_object_or_404(Comment.objects.select_related("author"), pk=row, report_id=pk, parent=None)
    edition, voice = to_discuss(user, pk, found.part_code)
    is_heard = voice.inside or found.audience == Audience.SHARED
    if not is_heard or not voice.hears(found.part_code, found.indicator_code):
        raise Http404
    return found, edition, voice


def _text(edition: ReportEdition, code: str) -> str:
    texts = SectionText.objects.filter(edition=edition, section__code=code)
    return texts.values_list("text", flat=True).first() or ""


def changes_of(edition: ReportEdition) -> dict[str, datetime]:
    """Part → its last save; two queries."""
    texts = SectionText.objects.filter(edition=edition).values_list("section__code", "updated_at")
    figures = Figure.objects.filter(edition=edition).aggregate(at=Max("updated_at"))
    return {**dict(texts), **({FIGURES_PART: figures["at"]} if figures["at"] else {})}


# --- answering ----------------------------------------------------------------------------------------


def _done(request, edition, voice, comment: Comment, said: str, *, level=messages.SUCCESS):
    """Back to where it was said, or the list of the part alone."""
    code = comment.part_code
    if request.headers.get(ALONE):
        return _list(request, edition, voice, code, said=said)
    messages.add_message(request, level, said)
    anchor = f"#gop-y-{comment.parent_id or comment.pk}"
    came_from = request.POST.get(FROM)
    if came_from == EDITOR:
        return HttpResponseRedirect(f"{part_url(edition, code)}{anchor}")
    if came_from == REVIEW and edition.reach is None:
        return HttpResponseRedirect(f"{reverse('staff:review', args=[edition.report_id])}{anchor}")
    return redirect(f"{reverse('staff:comments', args=[edition.report_id])}?phan={code}{anchor}")


def _list(request, edition, voice, code: str, *, said="", form=None, answer=None, status=200):
    """What ``comments.js`` puts in place of the part's list."""
    context = list_context(request.user, edition, voice, code, form=form) | {
        "said": said,
        "answered_pk": answer[0] if answer else None,
        "answer_form": answer[1] if answer else None,
        "came_from": (came_from := request.POST.get(FROM, request.GET.get(FROM, ""))),
        "leads": not came_from and _leads(edition, voice),
    }
    return render(request, "staff/review/comments.html", context, status=status)


def list_context(user, edition, voice, code: str, *, form=None) -> dict:
    """The list of one part: what ``staff/review/comments.html`` shows."""
    threads, changed = domain.threads_of(voice, edition.report_id), changes_of(edition)
    rows = rows_of([thread for thread in threads if thread.first.part_code == code], voice, edition)
    return {
        "report": edition.report,
        "code": code,
        "comments": [*rows, *return_rows(edition, returns_of(user, edition), code, changed.get(code))],
        "comment_form": form
        or new_form(code, _text(edition, code), domain.with_sharing(voice, edition, code)),
        "open_count": sum(not row.settled for row in rows),
    }


def _page(request, edition, voice, code: str, *, form=None, answer=None, status=200):
    """Everything said, part by part; the form for the part that is named."""
    if request.headers.get(ALONE):
        return _list(request, edition, voice, code, form=form, answer=answer, status=status)
    threads, returns = domain.threads_of(voice, edition.report_id), returns_of(request.user, edition)
    parts, changed = [], changes_of(edition)
    for part in open_parts(edition):
        rows = rows_of([thread for thread in threads if thread.first.part_code == part.code], voice, edition)
        rows += return_rows(edition, returns, part.code, changed.get(part.code), named_only=True)
        part_form = None
        if part.code == code:
            part_form = form or new_form(
                code, _text(edition, code), domain.with_sharing(voice, edition, code)
            )
        if rows or part_form:
            url = _place(request.user, edition, voice, part.code)
            parts.append(
                {"code": part.code, "heading": heading(part), "url": url, "rows": rows, "form": part_form}
            )
    context = {
        "nav": "reports",
        "report": edition.report,
        "edition": edition,
        "parts": parts,
        "trail": [{"title": edition.report.title, "url": _way_back(edition)}],
        "spoken_of": [part for part in open_parts(edition) if voice.speaks_of(part.code)],
        "code": code,
        "error_count": len(form.errors) if form is not None and form.is_bound else 0,
        "answered_pk": answer[0] if answer else None,
        "answer_form": answer[1] if answer else None,
        "open_count": sum(not row.settled for part in parts for row in part["rows"]),
        "said_count": sum(len(part["rows"]) for part in parts),
        "leads": _leads(edition, voice),
    }
    return render(request, "staff/review/all_comments.html", context, status=status)


def _leads(edition: ReportEdition, voice) -> bool:
    """Whether a comment leads to its place in the editor: for those who write the report."""
    return voice.inside or edition.reach is not None


def _place(user, edition: ReportEdition, voice, code: str) -> str:
    """Where the part stands: in the editor, for those above where it is looked over; "" for who reads neither."""
    if _leads(edition, voice):
        return part_url(edition, code)
    if permissions.may_read_text(user, edition):
        return f"{reverse('staff:review', args=[edition.report_id])}#phan-{code}"
    return ""


def _way_back(edition: ReportEdition) -> str:
    """The report; for a contributor what he was given of it."""
    if edition.reach is not None:
        return reverse("staff:assigned", args=[edition.report_id])
    return edition.report.get_absolute_url()
