"""Models of “Dân vận khéo” for tests, made through the domain."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from models_dv.domain import kheo_files, kheo_publishing
from models_dv.domain.dan_van_kheo import register
from models_dv.domain.kheo_facts import FactEntry, write_fact
from models_dv.domain.kheo_publishing import Choice, offer_of
from models_dv.enums import FactKind, KheoField, KheoKind, Role, Subject, UnitLevel
from models_dv.models import DanVanKheo, KheoFact, KheoPhoto, KheoPublication, UnitRole

VALUES = {
    "name": "Tổ tự quản bảo vệ môi trường",
    "kind": KheoKind.MODEL,
    "subject": Subject.COLLECTIVE,
    "field": KheoField.CULTURE,
    "level": UnitLevel.COMMUNE,
    "year": 2026,
    "address": "Thôn Đồng Xuân, xã Phú Lâm",
    "situation": "Rác thải sinh hoạt chưa được thu gom.",
    "method": "Vận động từng hộ phân loại rác.",
    "results": "Đường thôn sạch.",
    "experience": "Đảng viên làm trước.",
}


def make_model(unit, actor, *, on=date(2026, 2, 5), facts=(), figures=(), **values) -> DanVanKheo:
    """A registered model; ``facts``: (kind, day) or FactEntry, written without asking for rights."""
    model = register(unit=unit, values={**VALUES, **values}, results=figures, registered_on=on, actor=actor)
    for fact in facts:
        entry = fact if isinstance(fact, FactEntry) else FactEntry(fact[0], fact[1], note="Hết nguồn lực")
        write_fact(model, entry, actor=actor)
    return model


def facts_of(model) -> list[str]:
    """Kinds of the model's facts, by day."""
    return [FactKind(fact.kind) for fact in KheoFact.objects.filter(model=model)]


def picture(colour=(20, 120, 60), size=(900, 600)) -> SimpleUploadedFile:
    """A JPEG as somebody brings it."""
    data = BytesIO()
    Image.new("RGB", size, colour).save(data, "JPEG")
    return SimpleUploadedFile("anh.jpg", data.getvalue(), content_type="image/jpeg")


def add_photo(model, actor, **words) -> KheoPhoto:
    """A photo that may be published."""
    words = {"caption": "Ra quân dọn đường thôn", "alt": "Sáu người quét đường", "consent": True, **words}
    return kheo_files.add_photo(model, picture(), words, actor=actor)


def make_publisher(unit, user):
    """Let the user publish for the unit."""
    UnitRole.objects.create(user=user, unit=unit, role=Role.PUBLISHER)
    user.__dict__.pop("_held", None)
    return user


def publish(model, actor, *, parts=("problem", "method", "results"), photos=(), lead="") -> KheoPublication:
    """Put the parts before the public; the actor must be a publisher of the unit."""
    model = DanVanKheo.objects.get(pk=model.pk)
    choice = Choice(parts=parts, photos=[photo.pk for photo in photos], lead=lead)
    return kheo_publishing.publish(model, choice, seen=offer_of(model).mark, actor=actor)
