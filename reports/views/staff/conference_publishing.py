"""Putting a conference before the public: choosing, looking at the page as the public will, publishing, withdrawing."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.html import format_html
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from models_dv import clock
from models_dv.domain import conference_content as content
from models_dv.domain import conference_publishing as domain
from models_dv.errors import ExpectedError, StaleObject
from models_dv.forms.conference_publishing import PublishForm
from models_dv.forms.conference_rows import ReasonForm
from models_dv.models import Conference, ConferencePublication
from models_dv.permissions import may_publish, require
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.conferences import NAV, visible_conference
from models_dv.views.staff.refusals import refusals_as_page
from reports.domain import public_conferences
from reports.views.public_conferences import page_context

CHOOSE, PREVIEW, PUBLISH = "chon", "xem-thu", "cong-bo"
LOOK_AGAIN = "Hội nghị hoặc trang công khai vừa được sửa. Xem lại trang dưới đây rồi bấm Công bố lần nữa."


def publishable(request, pk) -> Conference:
    """The conference, for who publishes for its unit."""
    conference = visible_conference(request.user, pk)
    require(may_publish(request.user, conference.unit_id), "công bố hội nghị của đơn vị này")
    return conference


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def conference_publish(request, pk):
    """Choose; POST shows the page as the public will read it, and publishes it from there."""
    conference = publishable(request, pk)
    offered, publication = content.offer(conference), domain.publication_of(conference)
    chosen = content.Choice.of(publication)
    form = PublishForm(posted(request), offer=offered, choice=chosen)
    act = request.POST.get("act", CHOOSE)
    if request.method == "POST" and form.is_valid() and act != CHOOSE:
        if act == PUBLISH:
            return publish(request, conference, form)
        return preview(request, conference, form)
    is_wrong = request.method == "POST" and act != CHOOSE
    context = {
        "nav": NAV,
        "conference": conference,
        "form": form,
        "publication": publication,
        "is_wrong": is_wrong,
    }
    return render(request, "staff/conferences/publish.html", context, status=422 if is_wrong else 200)


def publish(request, conference: Conference, form: PublishForm):
    """Put it up if it still is as it was seen; else the page once more."""
    try:
        made = domain.publish(conference, form.choice, seen=form.cleaned_data["seen"], actor=request.user)
    except StaleObject:
        return preview(request, publishable(request, conference.pk), form, LOOK_AGAIN)
    url = made.get_absolute_url()
    messages.success(request, format_html('Đã công bố. <a href="{}">Xem trang công khai</a>', url))
    return redirect(conference)


def preview(request, conference: Conference, form: PublishForm, warning: str = ""):
    """The public page of what was chosen, under a strip with the way on and back."""
    shown = content.content_of(content.offer(conference), form.choice)
    publication = domain.publication_of(conference)
    lead = form.choice.lead
    page = public_conferences.read(as_published(conference, shown, lead, publication), is_preview=True)
    context = page_context(page) | {
        "conference": conference,
        "form": form,
        "hidden": hidden_fields(form, domain.seen_code(publication, shown, lead)),
        "counts": question(shown),
        "cautions": content.cautions(shown, lead),
        "warning": warning,
    }
    return render(request, "staff/conferences/preview.html", context, status=409 if warning else 200)


def as_published(conference: Conference, shown: dict, lead: str, publication) -> ConferencePublication:
    """An unsaved page over the content."""
    version = conference.unit.version_on(conference.day)
    return ConferencePublication(
        conference=conference,
        slug=publication.slug if publication else "xem-thu",
        version=(publication.version if publication else 0) + 1,
        unit=conference.unit,
        unit_name=version.name,
        kind=conference.kind,
        title=conference.title,
        lead=lead,
        year=conference.year,
        held_on=conference.held_on,
        content=shown | {"first_published_on": clock.today().isoformat()},
        illustrative=conference.unit.illustrative,
        published_at=clock.now(),
    )


def hidden_fields(form: PublishForm, seen: str) -> list[tuple[str, str]]:
    """Everything chosen, to be sent again from the preview."""
    fields = [("lead", form.cleaned_data["lead"]), ("seen", seen)]
    for part in ("texts", *content.ROW_PARTS):
        fields += [(part, value) for value in form.cleaned_data[part]]
    return fields


def question(shown: dict) -> str:
    """“Công bố 3 người, 2 kết luận, 1 ảnh … cho mọi người xem?”."""
    counted = content.counts(shown)
    names = {
        "people": "người dự",
        "difficulties": "khó khăn, vướng mắc",
        "conclusions": "kết luận",
        "tasks": "nhiệm vụ",
        "awards": "dòng khen thưởng",
        "papers": "tài liệu",
        "photos": "ảnh",
    }
    parts = [f"{counted[part]} {name}" for part, name in names.items() if counted[part]]
    if not parts:
        return "Công bố tên, thời gian, địa điểm của hội nghị cho mọi người xem?"
    return f"Công bố {', '.join(parts)} cho mọi người xem?"


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def conference_withdraw(request, pk):
    """Gỡ khỏi trang công khai, with the reason; the address then says that it was taken down."""
    conference = publishable(request, pk)
    publication = domain.publication_of(conference)
    if publication is None or publication.withdrawn_at:
        messages.error(request, "Hội nghị này không có trang công khai.")
        return redirect(conference)
    form = ReasonForm(
        posted(request),
        label="Lý do gỡ",
        hint="Lý do được lưu lại; người đọc chỉ thấy thông báo đã gỡ.",
    )
    if request.method == "POST" and form.is_valid():
        try:
            domain.withdraw(
                publication,
                version=publication.version,
                note=form.cleaned_data["note"],
                actor=request.user,
            )
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, "Đã gỡ khỏi trang công khai. Đường dẫn hiện thông báo đã gỡ.")
            return redirect(conference)
    context = {"nav": NAV, "conference": conference, "publication": publication, "form": form}
    return render(request, "staff/conferences/withdraw.html", context, status=422 if form.errors else 200)
