"""What the person was told: the list, following one to its place, marking as read, and how mail goes out."""

from django.conf import settings
from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.views.decorators.http import require_POST, require_safe

from models_dv.domain import notify
from models_dv.enums import MailHabit, MailState, NotificationKind
from models_dv.forms.notifications import MailHabitForm
from models_dv.models import Notification
from models_dv.views.illustrative import illustrative_of
from models_dv.views.lists import PAGE_PARAMETER, page_of
from reports import permissions
from reports.domain.comments import voice_of
from reports.enums import Action
from reports.models import Report
from reports.views.staff.access import is_own
from reports.views.staff.history import history_of
from reports.views.staff.words import clock_words, lower_first

#: Steps after which what was told still holds.
_NOT_MOVED = {str(Action.BEGIN.label), str(Action.REPLACE.label)}
NO_MAIL = (
    "Cổng chưa đặt máy chủ thư nên thông báo chỉ hiện ở đây. Chọn trước được, có máy chủ thì thư mới gửi."
)
NO_ADDRESS = "Tài khoản chưa có địa chỉ thư. Nhờ người quản trị cổng ghi địa chỉ để nhận thư."
REFUSED = "Máy chủ thư từ chối địa chỉ {address}. Nhờ người quản trị cổng sửa địa chỉ."


@require_safe
def notifications(request):
    """Everything the person was told, unread first; and how mail goes out to him."""
    return _page(request)


def _page(request, form=None, status=200):
    visible = Notification.objects.visible_to(request.user)
    shown = page_of(request, visible.unread_first().select_related("unit"))
    newest = max((row.pk for row in shown.page if not row.is_read), default=0)
    context = {
        "nav": "notifications",
        "shown": shown,
        "newest": newest if shown.page.number == 1 else 0,
        "form": form or MailHabitForm(initial={"gui_thu": request.user.mail_habit}),
        "mail_notice": _mail_notice(request.user),
        **illustrative_of(bool(row.unit and row.unit.illustrative) for row in shown.page),
    }
    return render(request, "staff/notifications.html", context, status=status)


def _mail_notice(user) -> str:
    """Why no mail reaches the person, if so."""
    if not settings.MAIL_IS_SET:
        return NO_MAIL
    if not user.email:
        return NO_ADDRESS
    last = Notification.objects.filter(recipient=user, mail__in=[MailState.SENT, MailState.FAILED]).first()
    return REFUSED.format(address=user.email) if last and last.mail == MailState.FAILED else ""


@require_safe
def notification_open(request, pk):
    """Lead to the exact place; where the object has moved on since, to its page, saying who did what and when."""
    notification = _own(request, pk)
    notify.mark_read(notification)
    moved, url = _moved_on(request.user, notification)
    if moved:
        messages.info(request, moved)
    own_path = url_has_allowed_host_and_scheme(url, allowed_hosts=None) and url.startswith("/")
    return redirect(url if own_path else "staff:notifications")


def _moved_on(user, notification: Notification) -> tuple[str, str]:
    """(“Nguyễn Văn A đã tiếp nhận lúc 14:32 ngày 05/07/2026.”, the report); ("", the place) when it has not.

    A comment waits whatever becomes of the report: it leads to its place while the person hears it.
    """
    if notification.object_type != Report._meta.label:
        return "", notification.url
    report = Report.objects.visible_to(user).for_list().filter(pk=notification.object_id).first()
    if report is None:
        return "", notification.url
    for step in history_of(report, own=is_own(user, report)):
        if step.at <= notification.created_at:
            break
        if step.what not in _NOT_MOVED:
            at, day = clock_words(step.at)
            stays = notification.kind == NotificationKind.COMMENTED and _hears(user, report)
            url = notification.url if stays else report.get_absolute_url()
            return f"{step.who} đã {lower_first(step.what)} lúc {at} ngày {day}.", url
    return "", notification.url


def _hears(user, report: Report) -> bool:
    edition = report.latest
    edition.report, edition.reach = report, permissions.reach_of(user, report.pk)
    return voice_of(user, edition) is not None


@require_POST
def notification_read(request, pk):
    """Mark one as read without following it."""
    notify.mark_read(_own(request, pk))
    return _back(request)


@require_POST
def notifications_read(request):
    """Mark all as read, up to the newest that the person had before him."""
    newest = request.POST.get("newest", "")
    if newest.isdecimal() and len(newest) < 19:
        notify.mark_all_read(request.user, up_to=int(newest))
    return _back(request)


@require_POST
def mail_habit(request):
    """Choose how mail goes out."""
    form = MailHabitForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=422)
    notify.choose_mail(request.user, MailHabit(form.cleaned_data["gui_thu"]))
    messages.success(request, "Đã lưu cách gửi thư.")
    return redirect("staff:notifications")


def _own(request, pk: int) -> Notification:
    return get_object_or_404(Notification.objects.visible_to(request.user), pk=pk)


def _back(request):
    """The list, on the page on which the button was."""
    page = request.POST.get(PAGE_PARAMETER, "")
    answer = redirect("staff:notifications")
    if page.isdecimal() and page != "1":
        answer["Location"] += "?" + urlencode({PAGE_PARAMETER: page})
    return answer
