"""Evidence and photos of a model, for those who may see it; brought and mended by its unit."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from models_dv.domain import kheo_files as domain
from models_dv.domain.dan_van_kheo import require_keeper
from models_dv.errors import ExpectedError, NotAllowed, StaleObject
from models_dv.forms.kheo_files import EvidenceForm, NewPhotoForm, PhotoWordsForm
from models_dv.models import KheoPhoto
from models_dv.views.files import answers_uploads, send_photo, send_private
from models_dv.views.staff.answers import posted, say
from models_dv.views.staff.model_words import NAV
from models_dv.views.staff.models import visible_model
from models_dv.views.staff.refusals import refusals_as_page


def _page(request, name: str, model, form, **context):
    context |= {"nav": NAV, "model": model, "form": form, "illustrative": model.unit.illustrative}
    return render(
        request, f"staff/models/{name}.html", context, status=422 if form.is_bound and form.errors else 200
    )


# --- evidence ------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@answers_uploads
@refusals_as_page(NAV)
def model_evidence(request, pk):
    """Minh chứng: what there is, and one more file."""
    model = visible_model(request.user, pk)
    require_keeper(request.user, model)
    form = EvidenceForm(posted(request), request.FILES or None)
    if request.method == "POST" and form.is_valid():
        values = form.cleaned_data
        try:
            domain.add_evidence(model, values["file"], title=values["title"], actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, f"Đã thêm minh chứng “{values['title']}”.")
            return redirect("staff:model_evidence", pk)
    return _page(request, "evidence", model, form, evidence=model.evidence.all())


@require_safe
def model_evidence_file(request, pk, row):
    """A file as a download; a PDF opens in the browser."""
    model = visible_model(request.user, pk)
    return send_private(request, get_object_or_404(model.evidence, pk=row), as_attachment=False)


@require_POST
@refusals_as_page(NAV)
def model_evidence_remove(request, pk, row):
    """Gỡ tệp."""
    model = visible_model(request.user, pk)
    evidence = get_object_or_404(model.evidence, pk=row)
    domain.remove_evidence(evidence, actor=request.user)
    messages.success(request, f"Đã gỡ “{evidence.title}”.")
    return redirect("staff:model_evidence", pk)


# --- photos --------------------------------------------------------------------------------------------


@require_http_methods(["GET", "HEAD", "POST"])
@answers_uploads
@refusals_as_page(NAV)
def model_photos(request, pk):
    """Ảnh: what there is, and one more."""
    model = visible_model(request.user, pk)
    require_keeper(request.user, model)
    form = NewPhotoForm(posted(request), request.FILES or None, instance=KheoPhoto(model=model))
    if request.method == "POST" and form.is_valid():
        try:
            domain.add_photo(model, form.cleaned_data["file"], form.values, actor=request.user)
        except ExpectedError as error:
            say(form, error)
        else:
            messages.success(request, "Đã thêm ảnh.")
            return redirect("staff:model_photos", pk)
    return _page(request, "photos", model, form, photos=list(model.photos.all()))


def _photo(request, pk: int, row: int) -> KheoPhoto:
    model = visible_model(request.user, pk)
    photo = get_object_or_404(model.photos, pk=row)
    photo.model = model
    return photo


@require_safe
def model_photo(request, pk, row, size):
    """One size of a photo."""
    return send_photo(request, _photo(request, pk, row), size)


@require_http_methods(["GET", "HEAD", "POST"])
@refusals_as_page(NAV)
def model_photo_edit(request, pk, row):
    """Sửa chú thích ảnh."""
    photo = _photo(request, pk, row)
    require_keeper(request.user, photo.model)
    form = PhotoWordsForm(posted(request), instance=photo)
    if request.method == "POST" and form.is_valid():
        try:
            domain.change_photo(photo, form.values, seen=form.cleaned_data["seen"], actor=request.user)
        except ExpectedError as error:
            say(form, error)
            if isinstance(error, StaleObject):
                form.see_again(KheoPhoto.objects.filter(pk=row).first())
        else:
            messages.success(
                request, "Đã lưu chú thích ảnh. Trang công khai giữ chú thích cũ đến khi công bố lại."
            )
            return redirect("staff:model_photos", pk)
    return _page(request, "photo", photo.model, form, photo=photo)


@require_POST
@refusals_as_page(NAV)
def model_photo_move(request, pk, row):
    """Lên, xuống."""
    domain.move_photo(_photo(request, pk, row), up=request.POST.get("huong") == "len", actor=request.user)
    return redirect("staff:model_photos", pk)


@require_POST
@refusals_as_page(NAV)
def model_photo_remove(request, pk, row):
    """Gỡ ảnh."""
    try:
        domain.remove_photo(_photo(request, pk, row), actor=request.user)
    except NotAllowed:
        raise
    except ExpectedError as error:
        messages.error(request, error.message)
    else:
        messages.success(request, "Đã gỡ ảnh.")
    return redirect("staff:model_photos", pk)
