"""Files kept with a report: handed out to who may read the edition, brought and removed while it is written."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from models_dv.errors import ExpectedError, NotAllowed
from models_dv.views.files import answers_uploads, send_private
from models_dv.views.staff.answers import posted, say
from reports.domain import attachments
from reports.domain.attachments import shown_to
from reports.forms.imports import AttachmentForm
from reports.models import ReportAttachment
from reports.views.staff.access import is_own, refusals_as_page, require_text, visible_report
from reports.views.staff.base import why_locked
from reports.views.staff.imports import edition_to_fill, frame

#: Where the list stands on the report's page.
PLACE = "#attachments"


@require_safe
@refusals_as_page
def attachment(request, pk, row):
    """One file; a PDF opens in the browser."""
    return send_private(request, _attachment(request.user, pk, row), as_attachment=False)


@require_http_methods(["GET", "HEAD", "POST"])
@answers_uploads
@refusals_as_page
def attachment_add(request, pk):
    """Thêm tệp kèm theo; the form stands on the report's page too."""
    edition = edition_to_fill(request.user, pk)
    if locked := why_locked(request.user, edition):
        messages.warning(request, locked)
        return redirect("staff:report", pk)
    form = AttachmentForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            added = attachments.attach(edition, values["file"], title=values["title"], actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, f"Đã thêm tệp “{added}”.")
            return redirect(f"{edition.report.get_absolute_url()}{PLACE}")
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "staff/report_imports/attach.html", frame(edition) | {"form": form}, status=status)


@require_POST
@refusals_as_page
def attachment_remove(request, pk, row):
    """Gỡ tệp."""
    found = _attachment(request.user, pk, row)
    try:
        attachments.remove(found, actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, f"Đã gỡ tệp “{found}”.")
    return redirect(f"{found.edition.report.get_absolute_url()}{PLACE}")


def _attachment(user, pk: int, row: int) -> ReportAttachment:
    """A file of the report for who may read its edition; Http404, or NotAllowed for a draft seen from above."""
    report = visible_report(user, pk)
    found = get_object_or_404(
        ReportAttachment.objects.filter(shown_to(is_own(user, report))).select_related("edition"),
        pk=row,
        edition__report_id=report.pk,
    )
    found.edition.report = report
    require_text(user, found.edition)
    return found
