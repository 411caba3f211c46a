"""Xin ý kiến cấp trên: the draft, or its figures, shown to the body above before it is signed."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from models_dv.errors import ExpectedError
from models_dv.views.staff.answers import posted, say
from reports import permissions
from reports.domain import sharing as domain
from reports.forms.together import ShareForm
from reports.views.staff.access import latest_edition, refusals_as_page, visible_report
from reports.views.staff.words import state_badge


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page
def share(request, pk):
    """What is asked now; or the form that asks."""
    report = visible_report(request.user, pk)
    edition = latest_edition(report)
    permissions.require_author(request.user, report)
    if refused := domain.why_not(report):
        messages.warning(request, refused)
        return redirect(report)
    form = ShareForm(posted(request))
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            domain.share(report, scope=values["scope"], note=values["note"], actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, f"Đã xin ý kiến {report.parent.unit_version.issuer_full_name}.")
            return redirect("staff:share", pk)
    context = {
        "nav": "reports",
        "report": report,
        "edition": edition,
        "state": state_badge(edition.state, report),
        "form": form,
        "share": domain.open_share(report),
        "above": report.parent.unit_version.issuer_full_name,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "staff/together/share.html", context, status=status)


@require_POST
@refusals_as_page
def share_end(request, pk):
    """Thôi xin ý kiến."""
    report = visible_report(request.user, pk)
    if domain.withdraw(report, actor=request.user):
        messages.success(request, "Đã thôi xin ý kiến. Cấp trên không xem dự thảo được nữa.")
    return redirect(report)
