"""The world and the hands of the publishing tests: an issued province report, drafts of it, addresses."""

from django.test import Client
from django.urls import reverse

from reports.domain import filling, publishing
from reports.domain.publication_content import FigureChoice, SectionChoice
from reports.enums import PublicationAction
from reports.models import PublicationVersion
from tests.factories.world import make_world

SECRET = "Chuyện nội bộ không ai ngoài đơn vị được đọc"


def make_issued_world():
    """The world whose province has issued its report, with an internal part that no page may show."""
    world = make_world()
    edition = world.edition(world.province)
    filling.save_section(
        edition, world.section("S1"), text=SECRET, done=True, base_revision=0, actor=world.province_author
    )
    world.issued(world.province, number=3, A1=5, A3=7, C2=9, E6=12, K4=("gan", 250), B3=2)
    return world


def client_of(user):
    """A browser in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client


def draft(world) -> PublicationVersion:
    """A draft in which nothing is chosen."""
    return publishing.start(world.report(world.province), actor=world.publisher)


def filled(world, version=None, **words) -> PublicationVersion:
    """A draft with one part and two figures."""
    version = version or draft(world)
    values = {"title": "Kết quả nổi bật", "lead": "Lời dẫn.", "correction_note": ""} | words
    return publishing.save_version(
        version,
        sections=[SectionChoice("S2.1", "Cấp uỷ lãnh đạo", "Lời công khai.")],
        figures=[FigureChoice("K4", is_key=True), FigureChoice("A1")],
        base_revision=version.revision,
        actor=world.publisher,
        **values,
    )


def move(version, action, actor, note=""):
    """One step, as seen now."""
    version = PublicationVersion.objects.get(pk=version.pk)
    key = f"{action}-{version.pk}-{version.revision}"
    publishing.step(version, action, actor=actor, key=key, note=note)
    return PublicationVersion.objects.get(pk=version.pk)


def waiting(world, version=None) -> PublicationVersion:
    """A version that waits for a second person."""
    return move(version or filled(world), PublicationAction.ASK, world.publisher)


def published(world, version=None) -> PublicationVersion:
    """A version that the public reads."""
    return move(waiting(world, version), PublicationAction.PUBLISH, world.second_publisher)


def url(name, *args):
    """Address of a staff page."""
    return reverse(f"staff:{name}", args=args)


def step_url(version, action):
    """Address of a step."""
    return url("publication_step", version.pk, action)


def typed(version, **values) -> dict:
    """What a browser sends from the draft's page: title, lead and what is chosen."""
    words = {"title": "Tiêu đề mới", "lead": "Lời dẫn mới.", "base_revision": version.revision, "key": "k1"}
    return words | values


CHOSEN = {
    "s_S2.1": "on",
    "s_S2.1_title": "Lãnh đạo",
    "s_S2.1_text": "Lời viết lại.",
    "f_K4": "on",
    "k_K4": "on",
    "f_A1": "on",
    "n_A1": "Số ước",
}
