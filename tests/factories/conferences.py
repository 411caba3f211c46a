"""Conferences of the small world: one with a row in every part, cheap to make."""

from datetime import date
from io import BytesIO

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from models_dv.domain import conclusions
from models_dv.domain.conference_content import Choice, content_of, offer
from models_dv.domain.conference_publishing import publication_of, publish, seen_code
from models_dv.enums import ConferenceKind, Duty, Organ, PaperKind, PostRank, Role
from models_dv.models import (
    Appointment,
    AuditEntry,
    Conference,
    ConferenceAward,
    ConferencePaper,
    ConferencePerson,
    ConferencePhoto,
    ConferencePublication,
    Difficulty,
    Official,
)
from models_dv.models.files import private_files
from tests.factories.world import make_user

DAY = date(2026, 7, 9)
TITLE = "Sơ kết công tác dân vận 6 tháng đầu năm 2026"


def make_conference(unit, *, title: str = TITLE, held_on: date | None = DAY, **fields) -> Conference:
    """A conference of the unit without anything in it."""
    values = {"kind": ConferenceKind.SO_KET, "year": held_on.year if held_on else 2026} | fields
    return Conference.objects.create(unit=unit, title=title, held_on=held_on, **values)


def make_official(unit, name: str, *posts: tuple[str, int], illustrative: bool = True, **days) -> Official:
    """An official with posts (words, rank) in the unit, since 2020 unless ``days`` say otherwise."""
    official = Official.objects.create(name=name, illustrative=illustrative)
    for post, rank in posts:
        Appointment.objects.create(
            official=official,
            unit=unit,
            organ=Organ.COMMITTEE,
            post=post,
            rank=rank,
            **({"from_on": date(2020, 1, 1)} | days),
        )
    return official


def add_person(conference, name: str = "Nguyễn Văn Mẫu", **fields) -> ConferencePerson:
    """Somebody at the conference."""
    values = {"posts": "Bí thư", "duties": [Duty.CHAIR.value], "rank": PostRank.SECRETARY} | fields
    return ConferencePerson.objects.create(conference=conference, name=name, **values)


def add_difficulty(conference, text: str = "Giá đất tái định cư", **fields) -> Difficulty:
    """A difficulty raised at the conference."""
    return Difficulty.objects.create(
        conference=conference, unit=conference.unit, text=text, raised_on=conference.held_on, **fields
    )


def add_paper(conference, title: str = "Báo cáo sơ kết", data: bytes = b"%PDF-1.4 mau") -> ConferencePaper:
    """A paper whose file is kept."""
    name = private_files().save("hoi-nghi/mau.pdf", BytesIO(data))
    return ConferencePaper.objects.create(
        conference=conference,
        paper_kind=PaperKind.REPORT,
        title=title,
        file=name,
        original_name="bao-cao.pdf",
        content_type="application/pdf",
        size=len(data),
        sha256="a" * 64,
    )


def add_photo(conference, *, consent: bool = True, **fields) -> ConferencePhoto:
    """A photo whose two files are kept."""
    small, large = (
        private_files().save(f"hoi-nghi/{name}.webp", BytesIO(b"RIFF " + name.encode()))
        for name in ("nho", "lon")
    )
    values = {"caption": "Quang cảnh", "alt": "Hội trường đông người", "consent_note": "thông báo"} | fields
    return ConferencePhoto.objects.create(
        conference=conference, small=small, large=large, width=1200, height=800, sha256="b" * 64,
        consent=consent, **values,
    )  # fmt: skip


def add_award(conference, **fields) -> ConferenceAward:
    """What was given."""
    values = {"kind": "giay_khen", "issuer": "Ban Dân vận Tỉnh uỷ", "subject": "collective"} | fields
    return ConferenceAward.objects.create(conference=conference, **values)


def sign(world, conference, *texts: str):
    """Conclusions written by the province's author and signed by its approver; the notice."""
    for text in texts or ("Tổ chức đối thoại mỗi quý.",):
        conclusions.add_conclusion(conference, text=text, actor=world.author_of(conference.unit))
    notice = conclusions.notice_of(conference)
    return conclusions.sign(
        notice,
        number="25-TB/BTGDVTU",
        signed_on=DAY,
        signer_name="Nguyễn Văn Mẫu",
        signer_post="Trưởng ban",
        revision=notice.revision,
        actor=world.approver_of(conference.unit),
    )


def full_conference(world, unit=None) -> Conference:
    """A conference with a row in every part, its conclusions signed."""
    conference = make_conference(
        unit or world.province,
        place="Hội trường Tỉnh uỷ",
        form="mixed",
        online_points=11,
        agenda="Khai mạc\nBế mạc",
        summary="- Kết quả tốt.",
    )
    add_person(conference)
    add_difficulty(conference)
    add_paper(conference)
    add_photo(conference)
    add_award(conference, count=3)
    sign(world, conference)
    return conference


def put_up(world, conference, choice: Choice | None = None, *, actor=None) -> ConferencePublication:
    """Publish everything that may be, or what is chosen, by the province's publisher."""
    conference = Conference.objects.select_related("unit", "period").get(pk=conference.pk)
    offered = offer(conference)
    choice = choice or offered.all_of()
    seen = seen_code(publication_of(conference), content_of(offered, choice), choice.lead)
    return publish(conference, choice, seen=seen, actor=actor or publisher_of(world, conference.unit))


def publisher_of(world, unit):
    """Who publishes for the unit."""
    if unit == world.province:
        return world.publisher
    return make_user(f"cong-bo-{unit.code}", "Công bố", unit, Role.PUBLISHER)


def audit(model=Conference) -> list[AuditEntry]:
    """Audit rows about objects of a model, in the order written."""
    return list(AuditEntry.objects.filter(object_type=model._meta.label).order_by("pk"))


def picture(size=(900, 600), name="anh.jpg") -> SimpleUploadedFile:
    """A photo as a browser sends it."""
    data = BytesIO()
    Image.new("RGB", size, (120, 160, 120)).save(data, "JPEG")
    return SimpleUploadedFile(name, data.getvalue(), content_type="image/jpeg")


def pdf(name="bao-cao.pdf") -> SimpleUploadedFile:
    """A small PDF as a browser sends it."""
    body = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n"
    )
    body += b"trailer<</Root 1 0 R>>\n%%EOF\n"
    return SimpleUploadedFile(name, body, content_type="application/pdf")
