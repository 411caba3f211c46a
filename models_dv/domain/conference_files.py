"""Papers and photos of a conference: kept outside the web root, never taken away while the public reads them."""

from django.db import transaction
from django.db.models import Max

from models_dv.domain.audit import record
from models_dv.domain.changes import difference, exchanged, filled, locked_as_seen, snapshot
from models_dv.domain.conferences import require_keeper
from models_dv.domain.uploads import remove_stored, store_file, store_photo, with_their_row
from models_dv.errors import ExpectedError
from models_dv.models import Conference, ConferencePaper, ConferencePhoto, ConferencePublication

FOLDER = "hoi-nghi"
PAPER_FIELDS = ("paper_kind", "stage", "title", "number", "dated")
PHOTO_FIELDS = ("caption", "alt", "credit", "consent", "consent_note")
STILL_PUBLIC = (
    "“{name}” đang ở trang công khai nên chưa gỡ được. Công bố lại hội nghị mà không chọn tệp này, rồi gỡ."
)


def add_paper(conference: Conference, uploaded, values: dict, *, actor) -> ConferencePaper:
    """Keep a paper; ``values`` of PAPER_FIELDS. Raises what ``uploads.store_file`` raises."""
    require_keeper(conference, actor)
    stored = store_file(uploaded, folder=FOLDER)
    paper = ConferencePaper(conference=conference, uploaded_by=actor, **stored.fields(), **values)
    with with_their_row(stored.name):
        paper.save()
        record(actor=actor, action="Thêm tài liệu hội nghị", obj=conference, after=filled(snapshot(paper)))
    return paper


def add_photo(conference: Conference, uploaded, values: dict, *, actor) -> ConferencePhoto:
    """Keep a photo in two sizes without metadata; ``values`` of PHOTO_FIELDS. Stands last."""
    require_keeper(conference, actor)
    stored = store_photo(uploaded, folder=FOLDER)
    photo = ConferencePhoto(conference=conference, uploaded_by=actor, **stored.fields(), **values)
    with with_their_row(stored.small, stored.large):
        photo.order = (conference.photos.aggregate(last=Max("order"))["last"] or 0) + 1
        photo.save()
        record(actor=actor, action="Thêm ảnh hội nghị", obj=conference, after=filled(snapshot(photo)))
    return photo


@transaction.atomic
def change_file(row, values: dict, *, seen: str, actor):
    """Mend what is said of a paper or photo that still is as ``seen``; the file itself stays."""
    require_keeper(row.conference, actor)
    stored = locked_as_seen(row, seen)
    before = snapshot(stored)
    for name, value in values.items():
        setattr(stored, name, value)
    stored.save()
    old, new = difference(before, snapshot(stored))
    if new:
        action = f"Sửa {row._meta.verbose_name}: {stored}"
        record(actor=actor, action=action, obj=stored.conference, before=old, after=new)
    return stored


@transaction.atomic
def remove_file(row, *, actor) -> None:
    """Take a paper or photo away with its files; ExpectedError while the public page shows it."""
    require_keeper(row.conference, actor)
    if is_public(row):
        raise ExpectedError(STILL_PUBLIC.format(name=row))
    names = [row.file] if isinstance(row, ConferencePaper) else [row.small, row.large]
    action = f"Gỡ {row._meta.verbose_name}"
    record(actor=actor, action=action, obj=row.conference, before=filled(snapshot(row)))
    row.delete()
    remove_stored(names)


def is_public(row) -> bool:
    """Whether the published content of the conference shows this paper or photo."""
    part = "papers" if isinstance(row, ConferencePaper) else "photos"
    publication = (
        ConferencePublication.objects.select_for_update()
        .published()
        .filter(conference=row.conference_id)
        .first()
    )
    return publication is not None and any(item["id"] == row.pk for item in publication.content.get(part, ()))


@transaction.atomic
def move_photo(photo: ConferencePhoto, *, up: bool, actor) -> None:
    """Change places with the photo before or after; at the end nothing happens."""
    require_keeper(photo.conference, actor)
    rows = list(photo.conference.photos.select_for_update())
    if not exchanged(rows, photo, up=up):
        return
    ConferencePhoto.objects.bulk_update(rows, ["order"])
    record(
        actor=actor,
        action="Xếp lại ảnh hội nghị",
        obj=photo.conference,
        after={"thứ tự": [str(row) for row in rows]},
    )
