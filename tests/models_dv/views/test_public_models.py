"""“Dân vận khéo” for everybody: what was published, nothing of the registry."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from models_dv.domain.dan_van_kheo import ResultFigure, edit
from models_dv.domain.kheo_facts import FactEntry
from models_dv.domain.kheo_publishing import withdraw
from models_dv.enums import FactKind, KheoField, UnitLevel
from models_dv.models import DanVanKheo, KheoPublication
from tests.factories.kheo import add_photo, make_model, make_publisher, publish
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db
LIST = "/mo-hinh/"
CANARY = "chim-hoang-yen"
TEXTS = ("aims", "method", "results", "lasting", "experience", "resources")
LINES = ("served_note", "leads", "joins", "duration", "product")


@pytest.fixture(scope="module")
def scene(rows_of_module):
    world = make_world()
    for unit in world.communes:
        make_publisher(unit, world.approver_of(unit))
    return world


@pytest.fixture
def put_up(world):
    """Publish a model of the first commune, or of another."""

    def make(name="Tổ tự quản", *, unit=None, parts=("problem", "method", "origin"), photos=0, **values):
        unit = unit or world.communes[0]
        model = make_model(unit, world.author_of(unit), name=name, **values)
        brought = [add_photo(model, world.author_of(unit), alt=f"Ảnh {number}") for number in range(photos)]
        return publish(model, world.approver_of(unit), parts=parts, photos=brought)

    return make


def shown(answer) -> list[str]:
    return [card.publication.name for card in answer.context["cards"]]


# --- the gallery ---------------------------------------------------------------------------------------


def test_nothing_published_says_so(client, world):
    make_model(world.communes[0], world.author)
    page = client.get(LIST)
    assert (page.status_code, shown(page)) == (200, [])
    assert "Chưa có mô hình nào được công bố" in page.content.decode()


@pytest.fixture
def gallery(world, put_up):
    typical = FactEntry(FactKind.TYPICAL, date(2026, 4, 1), level=UnitLevel.COMMUNE)
    put_up("Rác", year=2025)
    put_up("Đường", field=KheoField.ECONOMY, facts=[typical])
    put_up("Loa", unit=world.communes[1], situation="Thông báo chậm đến bà con.")
    withdraw(put_up("Xung kích"), reason="Sai", actor=world.approver)


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", ["Loa", "Đường", "Rác"]),
        ("q=duong", ["Đường"]),
        ("q=ba+con", ["Loa"]),
        ("q=xung+kich", []),
        ("linh_vuc=economy", ["Đường"]),
        ("nam=2025", ["Rác"]),
        ("tieu_bieu=on", ["Đường"]),
        ("don_vi=phu+lam", ["Đường", "Rác"]),
        ("don_vi=an+binh", ["Loa", "Đường", "Rác"]),
        ("don_vi=an-binh", ["Loa", "Đường", "Rác"]),
        ("don_vi=binh+yen", []),
        ("linh_vuc=khong&nam=x", ["Loa", "Đường", "Rác"]),
    ],
)
def test_the_filters(client, gallery, query, expected):
    assert shown(client.get(f"{LIST}?{query}")) == expected


def test_chips_words_and_the_way_out(client, gallery):
    page = client.get(f"{LIST}?q=rac&linh_vuc=culture&nam=x")
    assert [(chip.label, chip.value) for chip in page.context["chips"]] == [
        ("Từ khoá", "rac"),
        ("Lĩnh vực", "Văn hoá – xã hội"),
    ]
    text = page.content.decode()
    assert "<mark>Rác</mark>" in text
    assert "Không hiểu giá trị của bộ lọc “Năm”" in text
    assert (
        "Không có kết quả cho “khongco”. Thử bỏ bớt bộ lọc"
        in client.get(f"{LIST}?q=khongco").content.decode()
    )


def copies(row, world, count: int) -> None:
    """So many more rows like this one."""
    taken = KheoPublication.objects.count()
    kept = [f.name for f in row._meta.concrete_fields if f.name not in ("id", "model", "slug")]
    values = {name: getattr(row, name) for name in kept}
    for number in range(taken, taken + count):
        model = make_model(world.communes[0], world.author)
        KheoPublication.objects.create(**values, model=model, slug=f"ban-{number}")


def test_twenty_a_page_and_as_many_queries_for_more_pages(client, put_up, world):
    row, counts = put_up(photos=1), []
    for more in (20, 24):
        copies(row, world, more)
        client.get(LIST)
        with CaptureQueriesContext(connection) as queries:
            page = client.get(LIST)
        counts.append(len(queries))
        assert len(shown(page)) == 20
    assert page.context["shown"].page.paginator.count == 45
    assert counts[0] == counts[1] <= 6
    assert len(shown(client.get(f"{LIST}?trang=3"))) == 5


# --- one model -----------------------------------------------------------------------------------------


def test_the_page_goes_from_the_problem_to_the_experience(client, put_up):
    row = put_up(
        figures=[ResultFigure("hiến đất", Decimal("1250.5"), "m²")],
        parts=("problem", "method", "results", "figures", "experience", "address"),
        photos=2,
    )
    text = client.get(row.get_absolute_url()).content.decode()
    places = [
        text.index(f">{title}</h2>") for title in ("Vấn đề", "Cách làm", "Kết quả", "Kinh nghiệm", "Hình ảnh")
    ]
    assert places == sorted(places)
    assert "1.250,5 <small>m²</small>" in text
    assert f'src="{row.get_absolute_url()}anh/1-720.webp"' in text
    assert f"{row.get_absolute_url()}anh/2-720.webp" in text
    assert text.count("<h1") == 1


def test_nothing_that_was_not_chosen_is_in_any_public_byte(client, world, put_up):
    facts = [
        FactEntry(FactKind.LAUNCHED, date(2026, 3, 1), note=CANARY),
        FactEntry(
            FactKind.RECOGNISED, date(2026, 4, 1), level=UnitLevel.COMMUNE, issuer=CANARY, decision=CANARY
        ),
    ]
    row = put_up(
        "Mô hình công khai",
        parts=("problem",),
        facts=facts,
        figures=[ResultFigure(CANARY, Decimal(1), CANARY)],
        address=f"Thôn {CANARY}",
        **dict.fromkeys((*TEXTS, *LINES), CANARY),
    )
    add_photo(row.model, world.author, caption=CANARY, alt=f"{CANARY} 2", credit=CANARY)
    make_model(world.communes[0], world.author, name=f"{CANARY} chưa công bố", origin=row.model)
    addresses = (
        row.get_absolute_url(),
        LIST,
        "/",
        f"/don-vi/{world.communes[0].code}/",
        "/tim-kiem/?q=mo+hinh",
    )
    for address in addresses:
        assert CANARY not in client.get(address).content.decode(), address
    assert shown(client.get(f"{LIST}?q={CANARY}")) == []


def test_staff_edits_show_after_publishing_again(client, world, put_up):
    row = put_up("Tên cũ")
    model = DanVanKheo.objects.get()
    edit(model, values={"name": "Tên mới"}, results=[], actor=world.author)
    assert "Tên mới" not in client.get(row.get_absolute_url()).content.decode()
    publish(model, world.approver)
    assert "Tên mới" in client.get(row.get_absolute_url()).content.decode()


def test_the_tree_of_copies_holds_what_is_public(client, world, put_up):
    a = put_up("Gốc")
    b = put_up("Bản hai", unit=world.communes[1], origin=a.model)
    c = put_up("Bản ba", unit=world.communes[2], origin=b.model)
    make_model(world.communes[2], world.author_of(world.communes[2]), name="Bản kín", origin=a.model)

    def names(node):
        return {node.item.name: [names(copy) for copy in node.copies]}

    for row in (a, b, c):
        page = client.get(row.get_absolute_url())
        assert names(page.context["found"].tree) == {"Gốc": [{"Bản hai": [{"Bản ba": []}]}]}
        assert "Bản kín" not in page.content.decode()
    withdraw(b, reason="Sai", actor=world.approver_of(world.communes[1]))
    assert client.get(a.get_absolute_url()).context["found"].tree is None
    assert "Bản hai" not in client.get(c.get_absolute_url()).content.decode()


def test_what_was_withdrawn_leaves_a_notice(client, world, put_up):
    row = put_up("Tên đã gỡ", photos=1)
    withdraw(row, reason="Sai", actor=world.approver)
    page = client.get(row.get_absolute_url())
    text = page.content.decode()
    assert page.status_code == 410
    assert "Nội dung này đã được gỡ ngày" in text
    assert "Tên đã gỡ" not in text
    assert client.get(f"{row.get_absolute_url()}anh/1-720.webp").status_code == 404


def test_what_was_never_published_is_not_there(client, world):
    make_model(world.communes[0], world.author)
    assert client.get("/mo-hinh/to-tu-quan-bao-ve-moi-truong-phu-lam/").status_code == 404
    assert client.post(LIST).status_code == 405


# --- photos --------------------------------------------------------------------------------------------


def test_photos_are_those_of_the_snapshot(client, world, put_up):
    row = put_up(photos=1)
    hidden = add_photo(row.model, world.author, alt="Không chọn")
    base = f"{row.get_absolute_url()}anh/"
    opened = client.get(f"{base}1-1200.webp")
    assert (opened.status_code, opened["Content-Type"]) == (200, "image/webp")
    assert opened["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert b"".join(opened.streaming_content)[:4] == b"RIFF"
    again = client.get(f"{base}1-1200.webp", headers={"If-None-Match": opened["ETag"]})
    assert again.status_code == 304
    for wrong in ("2-720.webp", "0-720.webp", "1-500.webp", f"{hidden.pk + 5}-720.webp"):
        assert client.get(f"{base}{wrong}").status_code == 404


def test_one_page_asks_as_much_whatever_its_family(client, world, put_up):
    a = put_up("Gốc", photos=1)
    put_up("Bản hai", unit=world.communes[1], origin=a.model)

    def asked() -> int:
        client.get(a.get_absolute_url())
        with CaptureQueriesContext(connection) as queries:
            assert client.get(a.get_absolute_url()).status_code == 200
        return len(queries)

    before = asked()
    for number in range(3):
        put_up(f"Bản {number}", unit=world.communes[2], origin=a.model)
    assert asked() == before <= 6


# --- elsewhere -----------------------------------------------------------------------------------------


def test_home_unit_and_search_show_published_models(client, world, put_up):
    put_up("Thắp sáng đường quê")
    make_model(world.communes[0], world.author, name="Chưa công bố")
    for address in ("/", f"/don-vi/{world.communes[0].code}/", "/tim-kiem/?q=thap+sang"):
        text = client.get(address).content.decode()
        assert "Chưa công bố" not in text
        assert "/mo-hinh/thap-sang-duong-que-phu-lam/" in text
    assert "thap-sang" not in client.get(f"/don-vi/{world.communes[1].code}/").content.decode()
