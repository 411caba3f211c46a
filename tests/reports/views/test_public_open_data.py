"""Open data, the feed and the files of a site."""

import csv
import io
import xml.etree.ElementTree as ET

import pytest

from tests.factories.publications import cite, figure, make_unit, publish, withdraw
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return make_unit("ha-tinh", "Hà Tĩnh")


def rows(client):
    response = client.get("/so-lieu-mo/so-lieu-cong-bo.csv")
    assert response.streaming and response["Content-Type"] == "text/csv; charset=utf-8"
    text = b"".join(response.streaming_content).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def items(client):
    response = client.get("/bao-cao/feed.xml")
    assert response["Content-Type"].startswith("application/rss+xml")
    return [{node.tag: node.text for node in item} for item in ET.fromstring(response.content).iter("item")]


def test_the_page_counts_what_there_is(client, unit):
    cite(unit, figures=[figure(), figure(code="K1")])
    page = client.get("/so-lieu-mo/").content.decode()
    assert "2 số liệu" in page and "1 báo cáo" in page and "gia_tri" in page


def test_an_empty_portal_has_empty_files(client):
    assert rows(client) == [] and items(client) == []
    assert client.get("/so-lieu-mo/bao-cao.json").json() == {"bao_cao": []}


def test_figures_and_reports_of_what_is_in_force(client, unit):
    cite(unit, figures=[figure(value=6.5, name="@SUM(1)")])
    (row,) = rows(client)
    assert (row["bao_cao"], row["chi_tieu"], row["gia_tri"]) == ("ha-tinh-2023", "'@SUM(1)", "6.5")
    (report,) = client.get("/so-lieu-mo/bao-cao.json").json()["bao_cao"]
    assert report["dia_chi"] == "http://testserver/bao-cao/ha-tinh-2023/"


def test_corrected_figures_replace_and_withdrawn_ones_go(client):
    world = make_world()
    world.issued(world.province, A1=5, K4=250, K3a=300, K3b=10)
    publish(world)
    version = publish(world)
    assert {row["lan"] for row in rows(client)} == {"2"} and len(rows(client)) == 2
    assert [item["title"] for item in items(client)] == [f"{version.title} – Tỉnh uỷ An Bình (đính chính)"]
    withdraw(world, version)
    assert rows(client) == [] and items(client) == []
    assert client.get("/so-lieu-mo/bao-cao.json").json() == {"bao_cao": []}


def test_the_feed_holds_the_last_twenty(client, unit):
    for year in range(2000, 2022):
        cite(unit, year, title=f"Năm {year} & <hết>")
    found = items(client)
    assert len(found) == 20 and found[0]["title"] == "Năm 2021 & <hết> – Tỉnh uỷ Hà Tĩnh"
    assert found[0]["link"] == "http://testserver/bao-cao/ha-tinh-2021/"
    assert found[0]["guid"] == "ha-tinh-2021/lan-1"


def test_control_characters_do_not_break_the_feed(client, unit):
    cite(unit, title="Kết\x0b quả", lead="Lời\x00 dẫn".replace("\x00", "\x1f"))
    assert items(client)[0]["title"] == "Kết quả – Tỉnh uỷ Hà Tĩnh"


def test_crawlers_leave_staff_pages_alone(client):
    page = client.get("/robots.txt").content.decode()
    assert "Disallow: /lam-viec/\n" in page and "Disallow: /tim-kiem/\n" in page


def test_the_icon_is_found_where_browsers_look(client):
    assert client.get("/favicon.ico")["Location"].endswith("favicon.svg")
