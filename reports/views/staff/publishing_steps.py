"""The preview of a version of a publication, with the steps that can be taken, and the steps themselves."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from models_dv.errors import ExpectedError, NotAllowed
from reports.domain import public_reading, publishing
from reports.domain.publication_changes import changes, content_of, published_before
from reports.domain.publication_checks import OK, checklist
from reports.enums import PublicationAction, PublicationState
from reports.errors import MissingInput, StaleEdition
from reports.forms.publishing import WITH_REASON, step_form
from reports.forms.steps import STALE_FORM
from reports.models import Publication, PublicationEvent, PublicationVersion
from reports.views.public_reports import page_context
from reports.views.staff.access import new_key
from reports.views.staff.acts import Act
from reports.views.staff.publishing_access import get_version, refusals_as_page
from reports.views.staff.words import clock_words, publication_badge
from reports.workflow import find_publication_move

STEPS = (
    PublicationAction.ASK,
    PublicationAction.RETURN,
    PublicationAction.PUBLISH,
    PublicationAction.WITHDRAW,
    PublicationAction.DISCARD,
)
QUESTIONS = {
    PublicationAction.ASK: "Gửi người khác có quyền công bố của đơn vị xác nhận? "
    "Trong khi chờ duyệt, chỉ sửa được khi được trả lại",
    PublicationAction.RETURN: "Trả lại để người soạn sửa?",
    PublicationAction.WITHDRAW: "Gỡ khỏi trang công khai? Đường dẫn sẽ hiện thông báo đã gỡ",
    PublicationAction.DISCARD: "Huỷ dự thảo này? Lời đã viết và các lựa chọn không dùng lại được",
}
DANGER = (PublicationAction.WITHDRAW, PublicationAction.DISCARD)
OPEN_STATES = (PublicationState.DRAFT, PublicationState.IN_REVIEW)
PREVIEW_WORDS = {
    PublicationState.DRAFT: "Xem thử – chưa công bố",
    PublicationState.IN_REVIEW: "Xem thử – chưa công bố",
    PublicationState.PUBLISHED: "Đang công bố",
    PublicationState.SUPERSEDED: "Phiên bản cũ – đã thay bằng bản đính chính",
    PublicationState.WITHDRAWN: "Đã gỡ khỏi trang công khai",
    PublicationState.DISCARDED: "Dự thảo đã huỷ – chưa từng công bố",
}


@never_cache
@require_safe
@refusals_as_page
def preview(request, pk):
    """The public page of a version as the public would read it, and the steps that can be taken."""
    version = get_version(request.user, pk)
    counts = (version.sections.count(), version.figures.count())
    earlier = published_before(version)
    lines = checklist(version) if version.state in OPEN_STATES else []
    context = page_context(public_reading.preview(version)) | {
        "version": version,
        "strip": PREVIEW_WORDS[version.state],
        "state": publication_badge(version.state),
        "acts": acts_for(request.user, version, counts),
        "alone": publishing.ALONE if is_alone(request.user, version) else "",
        "asked": version.events.filter(action=PublicationAction.ASK).select_related("actor").last(),
        "last_step": last_reason(version),
        "earlier": earlier,
        "changes": changes(content_of(earlier), content_of(version)) if earlier else [],
        "open_version": open_version(version),
        "lines": lines,
        "to_look_at": sum(line.kind != OK for line in lines),
        "is_draft": version.state == PublicationState.DRAFT,
        "is_waiting": version.state == PublicationState.IN_REVIEW,
        "is_public": version.state == PublicationState.PUBLISHED,
    }
    return render(request, "staff/publishing/preview.html", context)


def last_reason(version) -> PublicationEvent | None:
    """The step that gave a reason, while it still says something: why it was returned or taken down."""
    action = {
        PublicationState.DRAFT: PublicationAction.RETURN,
        PublicationState.WITHDRAWN: PublicationAction.WITHDRAW,
    }.get(version.state)
    return version.events.filter(action=action).select_related("actor").last() if action else None


def is_alone(user, version) -> bool:
    """Whether the person waits for another to confirm what he wrote."""
    return version.state == PublicationState.IN_REVIEW and version.written_by_id == user.pk


def open_version(version) -> PublicationVersion | None:
    """The correction that is being written of a published version."""
    if version.state != PublicationState.PUBLISHED:
        return None
    others = version.publication.versions.filter(state__in=OPEN_STATES).exclude(pk=version.pk)
    return others.defer("search_text").first()


def acts_for(user, version, counts: tuple[int, int]) -> list[Act]:
    """The steps that the person may take on the version now, as buttons; counts: parts and figures."""
    acts = [step for step in STEPS if find_publication_move(version.state, step)]
    if is_alone(user, version):
        acts.remove(PublicationAction.PUBLISH)
    acts.sort(key=lambda step: (step != PublicationAction.PUBLISH, step in DANGER))
    return [_act(step, version, counts) for step in acts]


def _act(action, version, counts) -> Act:
    parts, figures = counts
    question = QUESTIONS.get(action) or f"Công bố {parts} phần, {figures} chỉ tiêu, 0 ảnh cho mọi người xem?"
    form = step_form(action, auto_id=f"{action.value}_%s")
    return Act(
        label=action.label,
        url=reverse("staff:publication_step", args=[version.pk, action.value]),
        kind="danger" if action in DANGER else "" if action == PublicationAction.RETURN else "primary",
        question=question,
        id=f"step-{action.value}",
        fields=(form["note"],) if action in WITH_REASON else (),
        hidden=step_tokens(version),
    )


def step_tokens(version) -> tuple[dict, ...]:
    """Hidden fields of a step: a fresh key, and the revision that the person saw."""
    values = {"key": new_key(), "revision": version.revision}
    return tuple({"name": name, "value": str(value)} for name, value in values.items())


@require_POST
@refusals_as_page
def step(request, pk, action):
    """One step of a version; a wrong form comes back with everything typed."""
    version = get_version(request.user, pk)
    if action not in STEPS:
        raise Http404
    form = step_form(action, request.POST)
    if not form.is_valid():
        return not_taken(request, version, action, form)
    version.revision = form.cleaned_data["revision"]
    try:
        event = publishing.step(
            version,
            action,
            actor=request.user,
            key=form.cleaned_data["key"],
            note=form.cleaned_data.get("note", ""),
        )
    except NotAllowed:
        raise
    except ExpectedError as error:
        name = getattr(error, "field", "")
        form.add_error(name if name in form.fields else None, error.message)
        return not_taken(request, version, action, form, error)
    messages.success(request, done_message(event, version.publication))
    return after(event)


def not_taken(request, version, action, form, error: ExpectedError | None = None):
    """A form with a reason comes back as it was; without one, the sentence stands on the next page."""
    if action not in WITH_REASON:
        messages.error(request, error.message if error else STALE_FORM)
        name = "publication_edit" if isinstance(error, MissingInput) else "publication_preview"
        return redirect(f"staff:{name}", version.pk)
    if isinstance(error, StaleEdition):
        version.refresh_from_db(fields=["revision", "state"])
        form.data = form.data.copy()
        form.data["revision"] = str(version.revision)
    context = {
        "nav": "publications",
        "version": version,
        "action": PublicationAction(action),
        "question": QUESTIONS[PublicationAction(action)],
        "kind": "danger" if action in DANGER else "primary",
        "form": form,
    }
    return render(request, "staff/publishing/step.html", context)


def done_message(event: PublicationEvent, publication: Publication) -> str:
    """What is said after a step, with a link to the public page where it changed."""
    clock, day = clock_words(event.at)
    if event.action == PublicationAction.ASK:
        return (
            f"Đã gửi duyệt công bố lúc {clock} ngày {day}. Người khác có quyền công bố của đơn vị xác nhận."
        )
    if event.action == PublicationAction.RETURN:
        return "Đã trả lại để bổ sung. Người soạn sửa xong thì gửi duyệt lại."
    if event.action == PublicationAction.DISCARD:
        return "Đã huỷ dự thảo. Trang công khai không thay đổi."
    words, link = {
        PublicationAction.PUBLISH: ("Đã công bố", "Xem trang công khai"),
        PublicationAction.WITHDRAW: ("Đã gỡ khỏi trang công khai", "Xem thông báo ở đường dẫn"),
    }[PublicationAction(event.action)]
    url = publication.get_absolute_url()
    return format_html('{} lúc {} ngày {}. <a href="{}">{}</a>', words, clock, day, url, link)


def after(event: PublicationEvent):
    """Back to the version; to the list once there is none."""
    if event.action == PublicationAction.DISCARD:
        return redirect("staff:publications")
    return redirect("staff:publication_preview", event.version_id)
