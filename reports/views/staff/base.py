"""What the pages on which a report is written share: fetching it, the bar on top, and nothing typed lost."""

from functools import wraps

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.contrib.auth.views import redirect_to_login
from django.db.models import Exists, OuterRef
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from models_dv import clock
from models_dv.views.typed import FORM_OLD, SESSION_OVER, TOKEN_FIELD, comes_from_here
from reports import permissions
from reports.domain.last_change import later_step
from reports.enums import RoundState
from reports.models import EditionEvent, Report, ReportEdition
from reports.views.staff.access import latest_edition, require_text
from reports.views.staff.words import clock_words, due_words, state_badge

#: The field that a person sees again as he typed it; the others go along hidden.
TEXT_FIELD = "noi_dung"
#: Beginnings of fields whose values are listed, so that they can be read and copied: figures and notes.
LISTED_FIELDS = {"ct_": "Số liệu", "gc_": "Ghi chú", "dc_": "Điều chỉnh"}


def edition_to_open(user, pk: int) -> ReportEdition:
    """The edition that the editor shows: always the latest one of the report.

    Http404 for whom the report does not exist, NotAllowed for who may not read its text.
    ``report.has_below`` tells whether units below report in the same round.
    """
    edition = latest_edition(get_object_or_404(_with_below(Report.objects.visible_to(user)), pk=pk))
    require_text(user, edition)
    return edition


def edition_to_write(user, pk: int, part_code: str, *, for_page: bool = True) -> ReportEdition:
    """The same for one part: also for who contributes that part, with ``edition.reach`` what he was given.

    Of the columns of units below he sees nothing. No query more for the unit's own people. ``for_page``: with
    all that a page shows; a save needs less.
    """
    load = _with_below if for_page else _for_saving
    report = load(Report.objects.visible_to(user)).filter(pk=pk).first()
    if report is not None and permissions.may_read_text(user, latest_edition(report)):
        return report.latest
    reach = permissions.reach_of(user, pk)
    if reach is None or not reach.holds(part_code):
        if report is None:
            raise Http404
        require_text(user, report.latest)
    edition = latest_edition(report or get_object_or_404(load(Report.objects), pk=pk))
    edition.reach, edition.report.has_below = reach, False
    return edition


def _with_below(reports):
    """With what the editor shows; ``has_below``: units below report in the same round."""
    reports = reports.for_list().select_related("round__outline_version")
    return reports.annotate(has_below=_has_below()).with_coverage()


def _for_saving(reports):
    """With what a save asks for."""
    reports = reports.select_related("round__period", "round__outline_version", "latest")
    return reports.annotate(has_below=_has_below()).with_coverage()


def _has_below():
    return Exists(Report.objects.filter(parent=OuterRef("pk")))


def why_locked(user, edition: ReportEdition, part_code: str = "") -> str:
    """Why the user cannot write now (in this part), in words; "" when he can."""
    if edition.report.round.state == RoundState.CLOSED:
        return "Đã khoá sổ, chỉ xem."
    if not edition.is_writable:
        return f"Báo cáo đang ở tình trạng “{edition.get_state_display()}”, chỉ xem."
    if edition.reach is not None:
        if not edition.reach.writes(part_code):
            return "Phần này đã báo xong, chỉ xem. Cần sửa thì mở lại ở trang “Phần được giao”."
    elif not permissions.is_author(user, edition.report):
        return "Tài khoản này không soạn báo cáo của đơn vị, chỉ xem."
    if part_code and not edition.is_unlocked(part_code):
        return "Phần này không nằm trong các phần được trả lại nên đang khoá, chỉ xem."
    return ""


def report_bar(edition: ReportEdition, **more) -> dict:
    """Values of ``components/report_bar.html``; ``more``: save_state, save_text, print_url, check_url."""
    report = edition.report
    badge = state_badge(edition.state, report)
    due = ""
    if report.is_due(edition):
        due = f"hạn gửi{' lại' if edition.number > 1 else ''} {due_words(report.due_at)}"
    return {
        "title": report.title,
        "unit": report.unit_version.name,
        "state_text": badge.text,
        "state_kind": badge.kind,
        "state_icon": badge.icon,
        "due": due,
        **more,
    }


def save_state(moment) -> dict:
    """What the bar says of the last save (None: there was none yet)."""
    if moment is None:
        return {"save_state": "dirty", "save_text": "Chưa lưu lần nào"}
    return {"save_state": "saved", "save_text": saved_words(moment)}


def saved_words(moment) -> str:
    """“Đã lưu lúc 14:32”, with the day when it was not today."""
    time, day = clock_words(moment)
    _now, today = clock_words(clock.now())
    return f"Đã lưu lúc {time}" if day == today else f"Đã lưu lúc {time} ngày {day}"


def say_done(request, event: EditionEvent, words: str) -> None:
    """What was done; of an act that is answered a second time also what became of it meanwhile."""
    later = later_step(event) if event.is_repeated else ""
    if later:
        messages.warning(request, f"{words.rstrip('.')}. Sau đó {later} Lần bấm này không làm thêm gì.")
    else:
        messages.success(request, words)


# --- nothing typed is lost ---------------------------------------------------------------------------


def keeps_what_was_typed(view):
    """For a page with a form: who sends it after his session ended gets back what he typed, not a sign-in page.

    The page asks for sign-in as every other; only its answer to a POST differs. The same page answers when
    the form's safety token is old, as it is after signing in elsewhere (``answer_old_form``, called by the
    project's CSRF failure view).
    """

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.user.is_authenticated:
            return view(request, *args, **kwargs)
        if request.method == "POST":
            return typed_page(request, SESSION_OVER, status=401)
        return redirect_to_login(request.get_full_path())

    guarded.answer_old_form = answer_old_form
    return login_not_required(guarded)


def answer_old_form(request):
    """What was typed, with a fresh token, where the form came from a page of ours."""
    return typed_page(request, FORM_OLD, status=403, can_send=comes_from_here(request))


def typed_page(request, message: str, *, status: int, can_send: bool = True):
    """A page that holds everything typed and sends it again to the same address."""
    fields = [
        (name, value) for name, values in request.POST.lists() if name != TOKEN_FIELD for value in values
    ]
    context = {
        "message": message,
        "text": request.POST.get(TEXT_FIELD),
        "hidden": [field for field in fields if field[0] != TEXT_FIELD],
        "listed": [
            (f"{LISTED_FIELDS[name[:3]]} {name[3:]}", value)
            for name, value in fields
            if name[:3] in LISTED_FIELDS and value.strip()
        ],
        "can_send": can_send,
        "is_signed_in": request.user.is_authenticated,
    }
    return render(request, "staff/editor/typed.html", context, status=status)
