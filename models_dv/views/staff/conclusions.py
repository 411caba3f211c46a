"""Signing the conclusions of a conference, and opening signed ones again."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from models_dv.domain import conclusions as domain
from models_dv.errors import ExpectedError, StaleObject
from models_dv.forms.conference_rows import ReopenForm, SignForm
from models_dv.models import ConclusionNotice, Conference
from models_dv.permissions import require
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.conference_parts import PARTS
from models_dv.views.staff.conferences import NAV, visible_conference
from models_dv.views.staff.refusals import refusals_as_page

NOTHING_YET = "Chưa có kết luận nào để ký. Thêm ít nhất một kết luận."
SIGNED_ALREADY = "Kết luận đã ký, ban hành."
NOT_SIGNED = "Kết luận chưa ký, sửa được ngay ở trang này."


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def conclusions_sign(request, pk):
    """Ký, ban hành: number, date and signer; from then on the conclusions bind."""
    conference = visible_conference(request.user, pk)
    require(domain.may_sign(request.user, conference), "ghi nhận ký, ban hành kết luận của đơn vị này")
    notice, back = domain.notice_of(conference), PARTS["ket-luan"].url(conference)
    if notice is None or notice.is_signed:
        messages.error(request, SIGNED_ALREADY if notice else NOTHING_YET)
        return redirect(back)
    form = SignForm(posted(request), unit=conference.unit, initial=_signer(notice))
    if request.method == "POST" and form.is_valid():
        try:
            domain.sign(notice, actor=request.user, **form.cleaned_data)
        except ExpectedError as error:
            say(form, error)
            _look_again(form, notice, error)
        else:
            messages.success(request, "Kết luận đã ký, ban hành. Giao nhiệm vụ từ từng kết luận ở trang này.")
            return redirect(back)
    context = {
        "nav": NAV,
        "conference": conference,
        "part": PARTS["ket-luan"],
        "rows": list(conference.conclusions.all()),
        "form": form,
    }
    return render(request, "staff/conferences/sign.html", context, status=422 if form.errors else 200)


def _signer(notice: ConclusionNotice) -> dict:
    """What the form begins with: after opening again, what stood there."""
    names = ("number", "signed_on", "signer_name", "signer_post", "revision")
    return {name: getattr(notice, name) for name in names}


def _look_again(form, notice: ConclusionNotice, error: ExpectedError) -> None:
    """After somebody else's change the page shows what stands now, and a second press counts from there."""
    if isinstance(error, StaleObject):
        form.data = form.data.copy()
        form.data["revision"] = str(
            ConclusionNotice.objects.values_list("revision", flat=True).get(pk=notice.pk)
        )


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def conclusions_reopen(request, pk):
    """Mở lại để sửa: by the approver, with the reason that is kept."""
    conference: Conference = visible_conference(request.user, pk)
    require(domain.may_reopen(request.user, conference), "mở lại kết luận đã ký của đơn vị này")
    notice, back = domain.notice_of(conference), PARTS["ket-luan"].url(conference)
    if notice is None or not notice.is_signed:
        messages.error(request, NOT_SIGNED)
        return redirect(back)
    form = ReopenForm(posted(request), label="Lý do mở lại", initial={"revision": notice.revision})
    if request.method == "POST" and form.is_valid():
        try:
            domain.reopen(
                notice,
                reason=form.cleaned_data["note"],
                revision=form.cleaned_data["revision"],
                actor=request.user,
            )
        except ExpectedError as error:
            say(form, error)
            _look_again(form, notice, error)
        else:
            messages.success(request, "Đã mở lại kết luận. Sửa xong thì ký, ban hành lại.")
            return redirect(back)
    context = {
        "nav": NAV,
        "conference": conference,
        "part": PARTS["ket-luan"],
        "notice": notice,
        "form": form,
    }
    return render(request, "staff/conferences/reopen.html", context, status=422 if form.errors else 200)
