"""Putting a model before the public: what is chosen stands beside the page that the public would read."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from models_dv.domain import kheo_gallery, kheo_publishing
from models_dv.domain.kheo_publishing import Content, chosen_before, offer_of
from models_dv.errors import ExpectedError, NotAllowed
from models_dv.forms.kheo_files import PublishForm
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.model_words import NAV
from models_dv.views.staff.models import publication_of, visible_model
from models_dv.views.staff.refusals import refusals_as_page

PUBLISH = "publish"


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def model_publish(request, pk):
    """Công bố: choose, look at the preview, publish; nothing is chosen by itself."""
    model = visible_model(request.user, pk)
    kheo_publishing.require_publisher(request.user, model)
    form = PublishForm(posted(request), offer=offer_of(model), choice=chosen_before(publication_of(model)))
    if request.method == "POST" and request.POST.get("act") == PUBLISH and form.is_valid():
        seen = form.cleaned_data["seen"]
        try:
            published = kheo_publishing.publish(model, form.choice, seen=seen, actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, f"Đã công bố lần {published.version}.")
            return redirect(model)
    return _page(request, model, form)


def _page(request, model, form: PublishForm):
    """The boxes with what is ticked, and the preview of the same: from here on it is what the person saw."""
    wrong = form.is_bound and not form.is_valid()
    draft = kheo_publishing.draft(model, form.offer, form.choice)
    form.look_again()
    photos = {photo.pk: photo for photo in form.offer.photos}
    content = Content.of(draft.content)
    context = {
        "nav": NAV,
        "model": model,
        "form": form,
        "draft": draft,
        "kicker": kheo_gallery.kicker(draft),
        "content": content,
        "photos": [_photo_line(model, photos[pk]) for pk in content.photo_ids],
        "publication": publication_of(model),
        "illustrative": model.unit.illustrative,
    }
    return render(request, "staff/models/publish.html", context, status=422 if wrong else 200)


def _photo_line(model, photo) -> dict:
    """A photo with its staff addresses, as the public fragments take it."""
    urls = {
        f"{size}_url": reverse("staff:model_photo", args=[model.pk, photo.pk, size])
        for size in ("small", "large")
    }
    return {"photo": photo} | urls


@require_POST
@refusals_as_page(NAV)
def model_withdraw(request, pk):
    """Gỡ khỏi trang công khai, with the reason."""
    model = visible_model(request.user, pk)
    publication = publication_of(model)
    if publication is None:
        raise Http404
    try:
        kheo_publishing.withdraw(publication, reason=request.POST.get("reason", ""), actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
        return redirect("staff:model_publish", pk)
    messages.success(request, "Đã gỡ khỏi trang công khai. Địa chỉ cũ hiện thông báo đã gỡ.")
    return redirect(model)
