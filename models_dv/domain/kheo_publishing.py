"""Putting a model before the public: what was chosen is frozen, nothing else is ever read there (decision 6)."""

import json
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, field
from hashlib import sha256

from django.db import transaction

from models_dv import clock, permissions
from models_dv.domain.audit import record
from models_dv.domain.kheo_facts import BODY_KINDS
from models_dv.enums import FactKind
from models_dv.errors import ExpectedError, MissingInput
from models_dv.models import DanVanKheo, KheoFact, KheoPhoto, KheoPublication
from models_dv.models.dan_van_kheo import STOPPED_DETAIL
from models_dv.vietnamese.fold import slugify_vi
from models_dv.vietnamese.numbers import format_number
from models_dv.vietnamese.personal_data import find_personal_data
from models_dv.vietnamese.search_text import search_text

LONGEST_LEAD = 500
LONGEST_SLUG = 120

#: Parts in words: code, heading of the public page, field of the model. The order is that of the page.
SECTIONS = (
    ("problem", "Vấn đề", "situation"),
    ("aims", "Mục tiêu", "aims"),
    ("method", "Cách làm", "method"),
    ("results", "Kết quả", "results"),
    ("lasting", "Khả năng duy trì, nhân rộng", "lasting"),
    ("experience", "Kinh nghiệm", "experience"),
)
RESULTS, FIGURES, RECOGNITIONS, ORIGIN = "results", "figures", "recognitions", "origin"


class OfferChanged(ExpectedError):
    """The model was changed since the person looked at what he publishes."""

    def __init__(self):
        super().__init__(
            "Nội dung mô hình vừa thay đổi so với phần xem thử. Xem lại phần xem thử dưới đây rồi công bố lần nữa."
        )


@dataclass(frozen=True)
class Part:
    """Something that can be chosen: ``lines`` is what the public would read of it, ``warnings`` why to look again."""

    code: str
    title: str
    lines: tuple[str, ...]
    warnings: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The lines below each other."""
        return "\n".join(self.lines)


@dataclass(frozen=True)
class Offer:
    """What a model offers to the public: words, details, photos; what is empty is not offered."""

    sections: tuple[Part, ...]
    details: tuple[Part, ...]
    photos: tuple[KheoPhoto, ...]
    figures: tuple[dict, ...]
    origin: DanVanKheo | None
    #: Of a model that has stopped: since when. Published with whatever is chosen.
    stopped: Part | None = None

    @property
    def parts(self) -> tuple[Part, ...]:
        """Everything but the photos."""
        return (*self.sections, *self.details)

    @property
    def publishable_photos(self) -> list[KheoPhoto]:
        """Those that lack nothing."""
        return [photo for photo in self.photos if not photo.missing_for_publication]

    @property
    def mark(self) -> str:
        """Changes whenever anything changes that could be chosen."""
        photos = [asdict(_frozen(photo)) for photo in self.publishable_photos]
        parts = [(part.code, part.lines) for part in self.parts]
        stopped = self.stopped.lines if self.stopped else ()
        words = json.dumps([parts, photos, self.figures, self.origin and self.origin.pk, stopped])
        return sha256(words.encode()).hexdigest()[:16]


@dataclass(frozen=True)
class Choice:
    """What the person chose: codes of parts, ids of photos in their order, the sentences that open the page."""

    parts: Collection[str] = ()
    photos: Sequence[int] = ()
    lead: str = ""


@dataclass(frozen=True)
class FrozenPhoto:
    """A photo as it was published: names in the private storage, sizes in px, words."""

    small: str
    large: str
    width: int
    height: int
    small_width: int
    sha256: str
    alt: str
    caption: str
    credit: str


@dataclass(frozen=True)
class Content:
    """What stands in ``KheoPublication.content``."""

    sections: tuple[dict, ...] = ()
    figures: tuple[dict, ...] = ()
    details: tuple[dict, ...] = ()
    photos: tuple[FrozenPhoto, ...] = ()
    parts: tuple[str, ...] = ()
    photo_ids: tuple[int, ...] = field(default=())

    @classmethod
    def of(cls, stored: dict) -> "Content":
        """Read from the column."""
        photos = tuple(FrozenPhoto(**photo) for photo in stored.get("photos", ()))
        rest = {name: tuple(stored.get(name, ())) for name in cls.__dataclass_fields__ if name != "photos"}
        return cls(photos=photos, **rest)


# --- what there is to choose from ------------------------------------------------------------------------


def offer_of(model: DanVanKheo) -> Offer:
    """What can be chosen of a model now: four queries."""
    figures = tuple(
        {"name": row.name, "value": format_number(row.value), "unit": row.unit_name}
        for row in model.result_figures.all()
    )
    details = [*_details(model)]
    if figures:
        lines = [" ".join(filter(None, (f["value"], f["unit"], f["name"]))) for f in figures]
        details.insert(0, _part(FIGURES, "Kết quả bằng số", lines))
    facts = list(model.facts.all())
    recognitions = [_recognition(fact) for fact in facts if fact.kind in BODY_KINDS[1:]]
    if recognitions:
        details.append(_part(RECOGNITIONS, "Ghi nhận", recognitions))
    if model.origin_id:
        details.append(_part(ORIGIN, "Nhân rộng từ", [str(model.origin)]))
    sections = (
        _part(code, title, [getattr(model, name)])
        for code, title, name in SECTIONS
        if getattr(model, name).strip()
    )
    return Offer(
        tuple(sections), tuple(details), tuple(model.photos.all()), figures, model.origin, _stopped(facts)
    )


def _stopped(facts: Sequence[KheoFact]) -> Part | None:
    """“Tình trạng: Dừng hoạt động, 01/11/2026”, without the unit's own words about why."""
    today = clock.today()
    ends = [fact for fact in facts if fact.kind == FactKind.STOPPED and fact.earliest <= today]
    return (
        _part(STOPPED_DETAIL, "Tình trạng", [f"{FactKind.STOPPED.label}, {ends[0].when}"]) if ends else None
    )


def _details(model: DanVanKheo):
    """Short lines beside the text."""
    served = [f"{format_number(model.people_served)} người"] if model.people_served is not None else []
    money = [f"{format_number(model.funds)} triệu đồng"] if model.funds is not None else []
    rows = (
        ("address", "Địa chỉ", [model.address]),
        ("served", "Người hưởng lợi", [*served, model.served_note]),
        ("leads", "Chủ trì, phối hợp", [model.leads, model.joins]),
        ("duration", "Thời gian thực hiện", [model.duration]),
        ("product", "Sản phẩm", [model.product]),
        ("funds", "Kinh phí, nguồn lực", [*money, model.resources]),
    )
    for code, title, lines in rows:
        kept = [line for line in lines if line.strip()]
        if kept:
            yield _part(code, title, kept)


def _part(code: str, title: str, lines: Sequence[str]) -> Part:
    found = find_personal_data("\n".join(lines))
    warnings = tuple(f"“{item.found}” có thể là {item.kind}. Kiểm tra trước khi công bố" for item in found)
    return Part(code, title, tuple(lines), warnings)


def _recognition(fact: KheoFact) -> str:
    """“Được công nhận, cấp xã, 12/05/2026 (Quyết định 15-QĐ/ĐU, Đảng uỷ xã Phú Lâm)”."""
    what = fact.get_award_kind_display() if fact.kind == FactKind.AWARDED else fact.get_kind_display()
    level = fact.get_level_display() if fact.level else ""
    words = ", ".join(filter(None, (what, level and level[0].lower() + level[1:], fact.when)))
    decision = f"Quyết định {fact.decision}" if fact.decision else ""
    source = ", ".join(filter(None, (decision, fact.issuer)))
    return f"{words} ({source})" if source else words


# --- publishing and taking down ----------------------------------------------------------------------------


def content_of(offer: Offer, choice: Choice) -> Content:
    """What the public would read of the choice; what is not offered or lacks something is left out."""
    chosen = [part for part in offer.parts if part.code in choice.parts]
    photos = {photo.pk: photo for photo in offer.publishable_photos}
    kept = [pk for pk in dict.fromkeys(choice.photos) if pk in photos]
    codes = tuple(part.code for part in chosen)
    details = [part for part in offer.details if part in chosen and part.code not in (FIGURES, ORIGIN)]
    if offer.stopped:
        details.insert(0, offer.stopped)
    return Content(
        sections=tuple(_sections(codes, {part.code: part.text for part in offer.sections})),
        figures=offer.figures if FIGURES in codes else (),
        details=tuple(
            {"code": part.code, "title": part.title, "lines": list(part.lines)} for part in details
        ),
        photos=tuple(_frozen(photos[pk]) for pk in kept),
        parts=codes,
        photo_ids=tuple(kept),
    )


def _sections(codes: Collection[str], texts: dict[str, str]):
    """The parts in words, in their order; results in numbers stand under “Kết quả” even where it has no words."""
    for code, title, _name in SECTIONS:
        if code in codes or (code == RESULTS and FIGURES in codes):
            yield {"code": code, "title": title, "text": texts.get(code, "") if code in codes else ""}


def chosen_before(publication: KheoPublication | None) -> Choice:
    """What the last version chose; nothing where there is none."""
    if publication is None:
        return Choice()
    content = Content.of(publication.content)
    return Choice(content.parts, content.photo_ids, publication.lead)


def draft(model: DanVanKheo, offer: Offer, choice: Choice) -> KheoPublication:
    """The publication as it would stand, not saved: for the preview and for saving."""
    today, version = clock.today(), model.unit.current
    content = content_of(offer, choice)
    row = KheoPublication.objects.filter(model=model).first() or KheoPublication(model_id=model.pk, version=0)
    row.origin = offer.origin if ORIGIN in content.parts else None
    row.unit, row.unit_name = model.unit, version.name if version else model.unit.code
    row.name, row.kind, row.field, row.year = model.name, model.kind, model.field, model.year
    row.is_typical = model.facts.filter(kind=FactKind.TYPICAL, on__lte=today).exists()
    row.lead, row.illustrative = choice.lead, model.unit.illustrative
    row.content = json.loads(json.dumps(asdict(content)))
    row.search_text = search_text(
        row.name, row.unit_name, row.lead, *(section["text"] for section in content.sections)
    )
    return row


@transaction.atomic
def publish(model: DanVanKheo, choice: Choice, *, seen: str, actor) -> KheoPublication:
    """Freeze the choice as what the public reads from now on, at the address that the model keeps.

    ``seen`` is the mark of the offer that the person looked at. Publishing the very same again changes
    nothing. Raises NotAllowed, OfferChanged, MissingInput where nothing is chosen.
    """
    require_publisher(actor, model)
    model = DanVanKheo.objects.select_for_update(of=("self",)).select_related("unit").get(pk=model.pk)
    offer = offer_of(model)
    if offer.mark != seen:
        raise OfferChanged
    before = KheoPublication.objects.filter(model=model).first()
    row = draft(model, offer, choice)
    if not any(section["text"] for section in row.content["sections"]):
        raise MissingInput("Chọn ít nhất một phần trong Vấn đề, Cách làm, Kết quả, Kinh nghiệm", "parts")
    if before and before.withdrawn_at is None and _shown(before) == _shown(row):
        return before
    row.slug = row.slug or _free_slug(row)
    row.version, row.published_at, row.published_by = row.version + 1, clock.now(), actor
    row.withdrawn_at = None
    row.save()
    record(
        actor=actor,
        action="Công bố mô hình",
        obj=model,
        after={
            "lần": row.version,
            "lời dẫn": row.lead,
            "nội dung": [part.title for part in offer.parts if part.code in row.content["parts"]],
            "ảnh": len(row.content["photo_ids"]),
        },
    )
    return row


@transaction.atomic
def withdraw(publication: KheoPublication, *, reason: str, actor) -> KheoPublication:
    """Gỡ khỏi trang công khai: the address stays with a notice. Raises NotAllowed, MissingInput without a reason."""
    require_publisher(actor, publication.model)
    if not reason.strip():
        raise MissingInput("Ghi lý do gỡ", "reason")
    row = KheoPublication.objects.select_for_update().get(pk=publication.pk)
    if row.withdrawn_at is None:
        row.withdrawn_at = clock.now()
        row.save(update_fields=["withdrawn_at"])
        record(
            actor=actor, action="Gỡ mô hình khỏi trang công khai", obj=publication.model, note=reason.strip()
        )
    return row


def require_publisher(user, model: DanVanKheo) -> None:
    """Raise NotAllowed unless the user publishes for the model's unit."""
    permissions.require(permissions.may_publish(user, model.unit_id), "công bố mô hình của đơn vị này")


def _shown(row: KheoPublication) -> tuple:
    """Everything that the public sees of a publication."""
    return (
        row.unit_name,
        row.name,
        row.kind,
        row.field,
        row.year,
        row.is_typical,
        row.lead,
        row.origin_id,
        row.content,
    )


def _free_slug(row: KheoPublication) -> str:
    """Name and place; with the model's own id where that is taken."""
    version = row.unit.current
    place = version.place_name or version.short_name if version else row.unit.code
    slug = slugify_vi(f"{row.name} {place}", LONGEST_SLUG) or "mo-hinh"
    return f"{slug}-{row.model_id}" if KheoPublication.objects.filter(slug=slug).exists() else slug


def _frozen(photo: KheoPhoto) -> FrozenPhoto:
    return FrozenPhoto(**{name: getattr(photo, name) for name in FrozenPhoto.__dataclass_fields__})
