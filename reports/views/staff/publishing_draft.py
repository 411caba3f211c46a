"""The draft of a publication: words of its own, parts and figures chosen one by one, nothing by default."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from models_dv import clock
from models_dv.errors import ExpectedError, NotAllowed
from reports.domain import publishing
from reports.domain.publication_changes import Content, changes, content_of, figure_words
from reports.domain.publication_checks import checklist, is_correction
from reports.domain.publication_offer import offer
from reports.enums import PublicationAction, PublicationState
from reports.errors import StaleEdition
from reports.forms.publishing import VersionForm
from reports.views.staff.access import new_key
from reports.views.staff.base import saved_words
from reports.views.staff.publishing_access import get_version, refusals_as_page
from reports.views.staff.publishing_steps import QUESTIONS, done_message, step_tokens
from reports.views.staff.words import publication_badge

ASK, PREVIEW = "ask", "preview"
SAVED_ONLY = "Đã lưu, chưa gửi duyệt. Sửa chỗ nêu dưới đây rồi gửi lại."
OTHER_SAVED = (
    "Người khác vừa lưu dự thảo này, nên nội dung vừa nhập chưa được lưu. So sánh hai bản dưới đây; "
    "lưu lần nữa thì nội dung vừa nhập thay cho bản đã lưu."
)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page
def edit(request, pk):
    """Write and choose; POST saves, and with ``act`` goes on to the preview or asks for confirmation."""
    version = get_version(request.user, pk)
    if request.method == "POST":
        form = make_form(version, request.POST)
        return save(request, version, form) if form.is_valid() else show(request, version, form)
    if version.state != PublicationState.DRAFT:
        messages.info(request, not_a_draft(version))
        return redirect("staff:publication_preview", pk)
    return show(request, version, make_form(version, initial={"key": new_key()}))


def make_form(version, data=None, **options) -> VersionForm:
    """The form over what the version may choose from."""
    return VersionForm(
        data, version=version, offer=offer(version), correction=is_correction(version), **options
    )


def not_a_draft(version) -> str:
    """Why the words cannot be changed now."""
    return f"Bản công bố đang ở tình trạng “{version.get_state_display()}” nên chỉ xem, không sửa."


def save(request, version, form):
    """One save; what somebody else saved meanwhile is shown beside what was typed."""
    try:
        publishing.save_version(
            version,
            title=form.cleaned_data["title"],
            lead=form.cleaned_data["lead"],
            correction_note=form.cleaned_data.get("correction_note", ""),
            sections=form.section_choices,
            figures=form.figure_choices,
            base_revision=form.cleaned_data["base_revision"],
            actor=request.user,
        )
    except StaleEdition:
        return saved_meanwhile(request, get_version(request.user, version.pk), form)
    return go_on(request, version, form)


def saved_meanwhile(request, stored, form):
    """The same words sent twice count as saved; other words stay on the page, with the difference."""
    differences = changes(content_of(stored), typed_content(stored, form), with_note=True)
    if not differences:
        return go_on(request, stored, form)
    if stored.state == PublicationState.DRAFT:
        form.add_error(None, OTHER_SAVED)
    else:
        form.add_error(None, f"{not_a_draft(stored)} Nội dung vừa nhập vẫn còn dưới đây.")
    set_revision(form, stored)
    return show(request, stored, form, differences=differences, error_title="Chưa lưu được")


def set_revision(form, version) -> None:
    """Once the person sees what is stored, the next save counts."""
    form.data = form.data.copy()
    form.data["base_revision"] = str(version.revision)


def typed_content(version, form) -> Content:
    """What was typed, to be set beside what is stored."""
    return Content(
        title=form.cleaned_data["title"],
        lead=form.cleaned_data["lead"],
        note=form.cleaned_data.get("correction_note", ""),
        sections={choice.code: (choice.title, choice.text) for choice in form.section_choices},
        figures=figure_words(form.chosen_figures, version.publication.period.year),
    )


def go_on(request, version, form):
    """After a save: here again, the preview, or the request to confirm."""
    act = request.POST.get("act")
    if act == ASK:
        return ask(request, version, form)
    messages.success(request, saved_words(clock.now()))
    return redirect("staff:publication_preview" if act == PREVIEW else "staff:publication_edit", version.pk)


def ask(request, version, form):
    """Gửi duyệt công bố: what is missing is said at its place; the words are saved already."""
    try:
        event = publishing.step(
            version, PublicationAction.ASK, actor=request.user, key=form.cleaned_data["key"]
        )
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.warning(request, SAVED_ONLY)
        name = getattr(error, "field", "")
        form.add_error(name if name in form.fields else None, error.message)
        set_revision(form, version)
        return show(request, version, form, error_title="Cần sửa trước khi gửi duyệt")
    messages.success(request, done_message(event, version.publication))
    return redirect("staff:publication_preview", version.pk)


def show(request, version, form, *, differences=(), error_title="Cần sửa trước khi lưu"):
    """The page; after a failed save with everything typed and what differs from what is stored."""
    publication = version.publication
    context = {
        "nav": "publications",
        "version": version,
        "publication": publication,
        "state": publication_badge(version.state),
        "form": form,
        "error_title": error_title,
        "lines": checklist(version),
        "differences": differences,
        "parts_count": version.sections.count(),
        "figures_count": version.figures.count(),
        "returned": version.events.filter(action=PublicationAction.RETURN).select_related("actor").last(),
        "correction": is_correction(version),
        "illustrative": publication.unit.illustrative,
        "same_period": f"Cùng kỳ {publication.period.year - 1}",
        "discard_question": QUESTIONS[PublicationAction.DISCARD],
        "discard_hidden": step_tokens(version),
    }
    return render(request, "staff/publishing/edit.html", context)
