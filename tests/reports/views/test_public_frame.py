"""What holds for every public address: open, GET only, cacheable, few queries, small, nothing internal."""

import io

import pikepdf
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pdfminer.high_level import extract_text

from models_dv.enums import Role, UnitLevel
from models_dv.models import User
from reports.domain import publishing
from reports.enums import Action
from reports.models import Figure, Publication, PublicationEvent, SectionText
from reports.urls.public import urlpatterns
from tests.access.addresses import let_go
from tests.factories import conferences, kheo
from tests.factories.publications import cite, figure, make_unit, publish, withdraw, write
from tests.factories.world import make_user, make_world

pytestmark = pytest.mark.django_db

ADDRESSES = {
    "home": "/",
    "reports": "/bao-cao/?q=cong+tac&don_vi=ha+tinh",
    "feed": "/bao-cao/feed.xml",
    "report": "/bao-cao/ha-tinh-2023/",
    "report_version": "/bao-cao/ha-tinh-2023/lan-1/",
    "report_pdf": "/bao-cao/ha-tinh-2023/ban-tom-tat.pdf",
    "report_csv": "/bao-cao/ha-tinh-2023/so-lieu.csv",
    "models": "/mo-hinh/?q=tu+quan&don_vi=ha+tinh",
    "model": "/mo-hinh/to-tu-quan-bao-ve-moi-truong-ha-tinh/",
    "model_photo": "/mo-hinh/to-tu-quan-bao-ve-moi-truong-ha-tinh/anh/1-720.webp",
    "conferences": "/hoi-nghi/",
    "conference": "/hoi-nghi/so-ket-2026-ha-tinh/",
    "conference_ics": "/hoi-nghi/so-ket-2026-ha-tinh/lich.ics",
    "conference_paper": "/hoi-nghi/so-ket-2026-ha-tinh/tai-lieu/9001/",
    "conference_photo": "/hoi-nghi/so-ket-2026-ha-tinh/anh/9002-small.webp",
    "units": "/don-vi/?q=ha+tinh",
    "unit": "/don-vi/ha-tinh/",
    "search": "/tim-kiem/?q=ha+tinh",
    "open_data": "/so-lieu-mo/",
    "figures_csv": "/so-lieu-mo/so-lieu-cong-bo.csv",
    "reports_json": "/so-lieu-mo/bao-cao.json",
    "text_size": "/co-chu/?co=vua&ve=/",
    "robots": "/robots.txt",
    "favicon": "/favicon.ico",
}
SETS_A_COOKIE = {"text_size"}
LISTS = [
    "home",
    "reports",
    "units",
    "search",
    "unit",
    "models",
    "model",
    "open_data",
    "figures_csv",
    "reports_json",
    "feed",
]
MORE_LISTS = {"list": "/bao-cao/", "provinces": "/don-vi/", "below": "/don-vi/?thuoc=ha-tinh"}
#: Pages that join more than a list; 6 for every other.
MOST_QUERIES = {ADDRESSES["unit"]: 10, ADDRESSES["search"]: 8}


def names():
    return sorted(pattern.name for pattern in urlpatterns)


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


@pytest.fixture
def published():
    unit = make_unit("ha-tinh", "Hà Tĩnh")
    cite(unit, figures=[figure(is_key=True), figure(code="K1")], lead="Nhiều mô hình. " * 30)
    writer = make_user("nguoi-cong-bo", "Người công bố", unit, Role.AUTHOR, Role.PUBLISHER)
    model = kheo.make_model(unit, writer)
    kheo.publish(model, writer, photos=[kheo.add_photo(model, writer)])
    put_up_a_conference(unit, writer)
    return unit


def put_up_a_conference(unit, writer):
    """A public conference whose paper and photo have numbers that stand in the addresses above."""
    conference = conferences.make_conference(unit)
    paper, photo = conferences.add_paper(conference), conferences.add_photo(conference)
    type(paper).objects.filter(pk=paper.pk).update(id=9001)
    type(photo).objects.filter(pk=photo.pk).update(id=9002)
    publication = conferences.put_up(None, conference, actor=writer)
    type(publication).objects.filter(pk=publication.pk).update(slug="so-ket-2026-ha-tinh")


def test_every_public_address_is_declared_here():
    assert sorted(ADDRESSES) == names()


@pytest.mark.parametrize("name", sorted(ADDRESSES))
def test_open_to_everyone_and_to_reading_only(client, published, name):
    address = ADDRESSES[name]
    answer = client.get(address)
    let_go(answer)
    assert answer.status_code in (200, 302)
    for method in ("post", "put", "patch", "delete"):
        assert getattr(client, method)(address).status_code == 405


@pytest.mark.parametrize("name", sorted(set(ADDRESSES) - SETS_A_COOKIE))
def test_no_cookie_and_the_same_for_everyone(client, published, name):
    response = client.get(ADDRESSES[name])
    let_go(response)
    assert not response.cookies and "Cookie" not in response.get("Vary", "")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"


@pytest.mark.parametrize(
    "name", sorted(set(ADDRESSES) - SETS_A_COOKIE - {"figures_csv", "favicon", "report_version"})
)
def test_asked_again_it_answers_not_modified(client, published, name):
    first = client.get(ADDRESSES[name])
    let_go(first)
    again = client.get(ADDRESSES[name], headers={"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_larger_text_is_another_page(client, published):
    first = client.get("/")["ETag"]
    client.cookies["text_size"] = "lon"
    assert client.get("/", headers={"If-None-Match": first}).status_code == 200


def queries(client, address):
    with CaptureQueriesContext(connection) as captured:
        assert body_of(client.get(address))
    return len(captured)


@pytest.mark.parametrize("address", [*(ADDRESSES[name] for name in LISTS), *MORE_LISTS.values()])
def test_lists_ask_as_often_for_three_rows_as_for_one(client, published, address):
    below = make_unit("xa-1", "Hà Tĩnh Một", level=UnitLevel.COMMUNE, parent=published)
    cite(below, 2020)
    make_unit("ha-tinh-cu", "Hà Tĩnh Cũ")
    one = queries(client, address)
    for number in (2, 3):
        cite(published, 2020 - number, figures=[figure(is_key=True)])
        child = make_unit(f"xa-{number}", f"Hà Tĩnh {number}", level=UnitLevel.COMMUNE, parent=published)
        cite(child, 2010 + number)
        make_unit(f"tinh-{number}", f"Hà Tĩnh thứ {number}")
    assert queries(client, address) == one
    assert one <= MOST_QUERIES.get(address, 6)


@pytest.mark.parametrize(
    "name",
    ["home", "reports", "report", "units", "unit", "search", "open_data", "models", "model", "conference"],
)
def test_pages_are_small(client, published, name):
    for year in range(1995, 2023):
        cite(published, year, lead="Hội nghị tổng kết công tác dân vận, triển khai nhiệm vụ. " * 5)
    assert len(client.get(ADDRESSES[name]).content) <= 30_000


# --- nothing internal --------------------------------------------------------------------------------

CANARY = "CHIMBAODONG"


@pytest.fixture
def world_full_of_canaries():
    """A report whose every internal field holds the canary, published; a correction being written; one taken down."""
    world = make_world()
    province = world.province
    User.objects.update(full_name=CANARY)
    world.write(province, text=f"{CANARY} phần nội bộ", code="S1", A1=5, K4=("gan", 250), K3a=300, K3b=10)
    world.write(province, text=f"{CANARY} phần được chọn, lời gốc", code="S2.1")
    world.enter(province, A2=("no_data", f"{CANARY} lý do"), B3=77_177)
    world.do(Action.SUBMIT, world.province_author, province, note=CANARY)
    world.do(Action.APPROVE, world.province_approver, province, note=CANARY)
    world.issue(province, number=3)
    version = publish(world)
    PublicationEvent.objects.update(note=CANARY)
    Figure.objects.update(note=CANARY)
    SectionText.objects.update(text=CANARY)
    draft = publishing.start_correction(version.publication, actor=world.publisher)
    write(world, draft, title=CANARY, lead=CANARY, correction_note=CANARY)
    cite(make_unit("ha-tinh", "Hà Tĩnh"), source={"note": CANARY})
    gone = make_unit("bac-kan", "Bắc Kạn")
    taken_down = cite(gone, 2022, title=CANARY, lead=CANARY, sections={CANARY: CANARY}).current
    world.publisher.unit_roles.create(unit=gone, role="publisher")
    fresh = User.objects.get(pk=world.publisher.pk)
    publishing.step(taken_down, "withdraw", actor=fresh, key="down", note=CANARY)
    return world


def public_addresses():
    addresses = [address for name, address in ADDRESSES.items() if name not in SETS_A_COOKIE]
    addresses += [f"/tim-kiem/?q={CANARY[:4]}", "/tim-kiem/?q=phan+noi+bo", "/bao-cao/", "/don-vi/"]
    for publication in Publication.objects.all():
        root = publication.get_absolute_url()
        addresses += [root, f"{root}lan-1/", f"{root}lan-2/", f"{root}ban-tom-tat.pdf", f"{root}so-lieu.csv"]
        addresses.append(publication.unit.get_absolute_url())
    return addresses


def readable(response) -> str:
    """Everything a reader can get out of an answer; of a PDF its text and its properties."""
    body = body_of(response)
    if response["Content-Type"] != "application/pdf":
        return body.decode()
    with pikepdf.open(io.BytesIO(body)) as pdf:
        properties = str(dict(pdf.docinfo)) + (
            pdf.Root.Metadata.read_bytes().decode() if "/Metadata" in pdf.Root else ""
        )
    return extract_text(io.BytesIO(body)) + properties


def test_no_public_byte_holds_what_is_internal(client, world_full_of_canaries):
    statuses = []
    for address in public_addresses():
        response = client.get(address)
        statuses.append(response.status_code)
        words = readable(response)
        assert CANARY not in words, address
        assert "77.177" not in words and "77177" not in words, address
    assert {200, 302, 404, 410} == set(statuses) and statuses.count(200) > 20


def test_internal_words_cannot_be_searched_for(client, world_full_of_canaries):
    page = client.get("/tim-kiem/", {"q": CANARY}).content.decode()
    assert f"Không có kết quả cho “{CANARY}”" in page


def test_a_withdrawn_version_is_in_no_list(client):
    world = make_world()
    world.issued(world.province, A1=5, K4=250, K3a=300, K3b=10)
    withdraw(world, publish(world, title="Tên đã gỡ"))
    for name in LISTS:
        assert "Tên đã gỡ" not in readable(
            client.get(ADDRESSES[name] if name != "unit" else "/don-vi/an-binh/")
        )
