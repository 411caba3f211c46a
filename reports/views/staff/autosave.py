"""Saving while somebody types: what the editor's script sends to; answered in JSON, never by a redirect."""

from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, JsonResponse
from django.middleware.csrf import get_token
from django.views.decorators.http import require_http_methods

from models_dv.errors import ExpectedError, NotAllowed
from models_dv.vietnamese.fold import standardised_words
from reports import permissions
from reports.domain import autosave as saving
from reports.domain.filling import COMPARE, who_changed
from reports.domain.known_outlines import known_outline
from reports.domain.live_checks import tell
from reports.domain.word_diff import compare
from reports.forms.autosave import AutosaveForm, UnreadableSave, read_body
from reports.forms.figures import Typed
from reports.forms.sections import fingerprint
from reports.models import Figure
from reports.views.staff.base import SESSION_OVER, edition_to_write, saved_words
from reports.views.staff.figure_rows import stored_words
from reports.views.staff.live_rows import live_table, readable_cells
from reports.views.staff.words import clock_words

SIGNED_OUT, OLD_TOKEN, OTHER_USER, REFUSED = "session", "token", "other_user", "refused"
OTHER_PERSON = (
    "Trình duyệt này đang đăng nhập bằng tài khoản khác nên chưa lưu. "
    "Nội dung vừa nhập vẫn còn trên màn hình."
)
NOT_HERE = (
    "Tài khoản này không còn mở được phần này nên chưa lưu. Nội dung vừa nhập vẫn còn trên màn hình; "
    "sao lại trước khi rời trang."
)
TOO_MUCH = "Nội dung gửi một lần quá lớn nên chưa lưu. Chuyển bớt sang phần khác rồi lưu."


def in_json(view):
    """Who is not signed in, whose page holds an old safety token, who asks too much, is told so in JSON."""

    @wraps(view)
    def answered(request, *args, **kwargs):
        if not request.user.is_authenticated:
            return said(SIGNED_OUT, SESSION_OVER, 401)
        try:
            return view(request, *args, **kwargs)
        except NotAllowed as error:
            return said(REFUSED, error.message, 403)
        except Http404:
            return said(REFUSED, NOT_HERE, 404)
        except RequestDataTooBig:
            return said(REFUSED, TOO_MUCH, 413)

    answered.answer_old_form = answer_old_token
    return login_not_required(answered)


def said(why: str, message: str, status: int) -> JsonResponse:
    """A refusal: ``why`` for the script, ``message`` for the person."""
    return JsonResponse({"why": why, "message": message}, status=status)


def answer_old_token(request) -> JsonResponse:
    """The token of the page is old, as it is after signing in elsewhere; GET gives the present one."""
    if not request.user.is_authenticated:
        return said(SIGNED_OUT, SESSION_OVER, 401)
    return said(OLD_TOKEN, "", 403)


@require_http_methods(["GET", "HEAD", "POST"])
@in_json
def autosave(request, pk):
    """POST saves the changed fields of one part; GET gives the safety token and whom it is for."""
    if request.method != "POST":
        edition_to_write(request.user, pk, request.GET.get("phan", ""))
        return JsonResponse({"token": get_token(request), "user": request.user.pk})
    try:
        sent = read_body(request.body)
    except UnreadableSave as error:
        edition = edition_to_write(request.user, pk, "")
        permissions.require_writer(request.user, edition.report, "")
        return said(REFUSED, str(error), 400)
    edition = edition_to_write(request.user, pk, sent.part, for_page=False)
    if sent.user != request.user.pk:
        return said(OTHER_USER, OTHER_PERSON, 403)
    outline = known_outline(edition.report.round.outline_version)
    form = AutosaveForm(sent, edition.report, outline)
    try:
        outcome = saving.autosave(edition, form.texts, form.figures, actor=request.user, key=sent.key)
    except NotAllowed:
        raise
    except ExpectedError as error:
        return said(REFUSED, error.message, 409)
    answer = _answer(form, outcome, outline, request.user)
    typed = "".join(row["text"] for code, row in sent.texts.items() if code in outcome.texts)
    answer["saved"] = ", ".join(filter(None, [answer["saved"], standardised_words(typed)]))
    if form.figures:
        cells = readable_cells(edition, outline, list(Figure.objects.filter(edition=edition)))
        told = tell(edition, outline, cells)
        answer["table"] = live_table(edition, outline, cells, told, sent.figures)
    return JsonResponse(answer, status=409 if outcome.has_conflicts else 200)


def _answer(form: AutosaveForm, outcome: saving.Outcome, outline, actor) -> dict:
    """Everything that was sent stands under ``texts``/``figures`` (saved), ``errors`` or ``conflicts``."""
    sections = {entry.section.code: entry for entry in form.texts}
    return {
        "saved": saved_words(outcome.at),
        "texts": {
            code: {"base": revision, "hash": fingerprint(sections[code].text, sections[code].done)}
            for code, revision in outcome.texts.items()
            if code in sections
        },
        "figures": {
            outline.by_id[pk].code: _stored_figure(form.figures[pk], revision)
            for pk, revision in outcome.figures.items()
            if pk in form.figures
        },
        "errors": {
            code: {"field": error.field, "message": error.message} for code, error in form.errors.items()
        },
        "conflicts": _conflicts(outcome, sections, outline, actor),
    }


def _stored_figure(entry, revision: int) -> dict:
    """The revision, the mark that the form's hidden field keeps, and the value as it is written here."""
    typed = Typed.of(entry)
    return {"base": revision, "mark": typed.mark, "value": typed.value, "state": typed.state}


def _conflicts(outcome: saving.Outcome, sent, outline, actor) -> dict:
    """What somebody else saved meanwhile, or the person in another tab, by code of the part or indicator.

    ``lines`` of a text: the paragraphs that differ, each in runs as ``word_diff`` gives them.
    """
    found = {}
    for code, text in outcome.their_texts.items():
        found[code] = _theirs(text, actor, "phần này") | {
            "text": text.text,
            "done": text.done,
            "lines": [line.runs for line in compare(text.text, sent[code].text) if line.is_changed],
            "hash": fingerprint(text.text, text.done),
        }
    for pk, figure in outcome.their_figures.items():
        indicator, typed = outline.by_id[pk], Typed.of(figure)
        found[indicator.code] = _theirs(figure, actor, "ô này") | {
            "shown": stored_words(indicator, figure),
            "value": typed.value,
            "state": typed.state,
            "note": typed.note,
            "mark": typed.mark,
        }
    return found


def _theirs(row, actor, place: str) -> dict:
    """Words for the script: ``whose`` as in “Giữ bản ở thẻ kia”, ``changed`` of this place, ``message``."""
    time, _day = clock_words(row.updated_at)
    changed, is_own = who_changed(row, actor, place), row.updated_by_id == actor.pk
    return {
        "whose": "ở thẻ kia" if is_own else f"của {row.updated_by}",
        "at": time,
        "base": row.revision,
        "changed": changed,
        "message": f"{changed}. {COMPARE}",
    }
