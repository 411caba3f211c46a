"""Evidence and photos of a model: kept outside the web root, never taken away while the public reads them."""

from django.db import transaction
from django.db.models import Max

from models_dv import permissions
from models_dv.domain.audit import record
from models_dv.domain.changes import difference, exchanged, filled, locked_as_seen, snapshot
from models_dv.domain.uploads import remove_stored, store_file, store_photo, with_their_row
from models_dv.errors import ExpectedError
from models_dv.models import DanVanKheo, KheoEvidence, KheoPhoto, KheoPublication

FOLDER = "mo-hinh"
MOST_PHOTOS = 12
STILL_PUBLIC = (
    "Ảnh “{name}” đang ở trang công khai. Công bố lại mô hình mà không chọn ảnh này, hoặc gỡ mô hình khỏi "
    "trang công khai, rồi làm lại."
)


def add_evidence(model: DanVanKheo, uploaded, *, title: str, actor) -> KheoEvidence:
    """Keep a file that shows what was done. Raises what ``uploads.store_file`` raises."""
    _require_keeper(actor, model)
    stored = store_file(uploaded, folder=FOLDER)
    with with_their_row(stored.name):
        evidence = KheoEvidence.objects.create(model=model, title=title, uploaded_by=actor, **stored.fields())
        record(actor=actor, action="Thêm minh chứng", obj=model, after=filled(snapshot(evidence)))
    return evidence


@transaction.atomic
def remove_evidence(evidence: KheoEvidence, *, actor) -> None:
    """Take a file away."""
    _require_keeper(actor, evidence.model)
    before = {
        **snapshot(evidence, without=("model",)),
        "tệp": evidence.original_name,
        "sha256": evidence.sha256,
    }
    record(actor=actor, action="Gỡ minh chứng", obj=evidence.model, before=before)
    evidence.delete()
    remove_stored([evidence.file])


def add_photo(model: DanVanKheo, uploaded, values: dict, *, actor) -> KheoPhoto:
    """Keep a photo in two sizes without metadata; ``values``: caption, alt, credit, consent, consent_note."""
    _require_keeper(actor, model)
    if model.photos.count() >= MOST_PHOTOS:
        raise ExpectedError(f"Mô hình đã có {MOST_PHOTOS} ảnh. Gỡ bớt ảnh cũ rồi tải ảnh mới")
    stored = store_photo(uploaded, folder=FOLDER)
    with with_their_row(stored.small, stored.large):
        last = model.photos.aggregate(last=Max("order"))["last"] or 0
        photo = KheoPhoto(model=model, uploaded_by=actor, order=last + 1, **stored.fields(), **values)
        photo.save()
        record(actor=actor, action="Thêm ảnh mô hình", obj=model, after=filled(snapshot(photo)))
    return photo


@transaction.atomic
def change_photo(photo: KheoPhoto, values: dict, *, seen: str, actor) -> KheoPhoto:
    """Mend what is said of a photo that still is as ``seen``. The public goes on reading what was published.

    Raises ExpectedError where the consent is taken back of a photo that the public sees.
    """
    _require_keeper(actor, photo.model)
    stored = locked_as_seen(photo, seen, "Ảnh này")
    if not values.get("consent", True) and is_public(stored):
        raise ExpectedError(STILL_PUBLIC.format(name=stored))
    before = snapshot(stored)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.save()
    old, new = difference(before, snapshot(stored))
    if new:
        record(actor=actor, action=f"Sửa ảnh mô hình: {stored}", obj=stored.model, before=old, after=new)
    return stored


@transaction.atomic
def remove_photo(photo: KheoPhoto, *, actor) -> None:
    """Take a photo away; ExpectedError while the public sees it."""
    _require_keeper(actor, photo.model)
    if is_public(photo):
        raise ExpectedError(STILL_PUBLIC.format(name=photo))
    record(actor=actor, action="Gỡ ảnh mô hình", obj=photo.model, before=filled(snapshot(photo)))
    photo.delete()
    remove_stored([photo.small, photo.large])


@transaction.atomic
def move_photo(photo: KheoPhoto, *, up: bool, actor) -> None:
    """Change places with the photo before or after; at the end nothing happens."""
    _require_keeper(actor, photo.model)
    rows = list(photo.model.photos.select_for_update())
    if exchanged(rows, photo, up=up):
        KheoPhoto.objects.bulk_update(rows, ["order"])
        record(
            actor=actor,
            action="Xếp lại ảnh mô hình",
            obj=photo.model,
            after={"thứ tự": [str(row) for row in rows]},
        )


def is_public(photo: KheoPhoto) -> bool:
    """Whether the published content of the model shows this photo."""
    rows = KheoPublication.objects.select_for_update().published()
    publication = rows.filter(model=photo.model_id).first()
    return publication is not None and photo.pk in publication.content.get("photo_ids", ())


def _require_keeper(user, model: DanVanKheo) -> None:
    permissions.require(permissions.may_keep(user, model.unit_id), "thêm, sửa, gỡ tệp và ảnh của mô hình này")
