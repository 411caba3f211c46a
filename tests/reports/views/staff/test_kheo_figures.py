"""The registry's number beside the cells K0 – K9: shown, taken over when asked, explained when it differs."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from models_dv.enums import FactKind
from reports.enums import Action
from reports.models import Figure
from tests.factories.kheo import make_model
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def scene(rows_of_module):
    world = make_world()
    for number in range(2):
        launched = [(FactKind.LAUNCHED, date(2026, 3, 1))]
        make_model(world.communes[0], world.author, name=f"Mô hình {number}", facts=launched)
    return world


@pytest.fixture
def author(world):
    return as_user(world.author)


@pytest.fixture
def url(world):
    return f"/lam-viec/bao-cao/{world.report().pk}/phan/SL/"


def as_user(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def cell(page, code) -> str:
    """Words of the row of one indicator."""
    found = re.search(rf"<th[^>]*><label for=ct-{code}>.*?(?=<td>)", page.content.decode(), re.DOTALL)
    return re.sub(r"<[^>]+>", "", found[0]) if found else ""


def value(code) -> int | None:
    figure = Figure.objects.filter(indicator__code=code).first()
    return figure and int(figure.value)


def test_the_number_stands_beside_the_cell_and_changes_nothing(world, author, url):
    world.enter(K0=4, K1=2)
    page = author.get(url)
    assert "Sổ đăng ký: 2 · lệch 2 – xem danh sách Lấy số này" in cell(page, "K0")
    assert "Sổ đăng ký: 2" in cell(page, "K1")
    assert "Lấy số này" not in cell(page, "K1")
    assert "Lấy số này" in cell(page, "K4")
    assert "Sổ đăng ký" not in cell(page, "A1")
    assert (value("K0"), value("K1"), value("K4")) == (4, 2, None)


def test_what_was_typed_elsewhere_is_saved_with_the_number_taken_over(world, author, url):
    page = author.get(url).content.decode()
    base = re.search(r'name="goc" value="([^"]*)"', page)[1]
    answer = author.post(url, {"goc": base, "ct_A1": "12", "ct_K0": "99", "lay": "K0"})
    assert answer.url == f"{url}#ct-K0"
    assert (value("K0"), value("A1")) == (2, 12)


def test_a_number_that_nobody_asked_for_is_not_taken(author, url):
    author.post(url, {"ct_K0": "7"})
    author.post(url, {"ct_K1": "7", "lay": "A1"})
    author.post(url, {"lay": "khong-co"})
    assert (value("K0"), value("K1"), value("A1")) == (7, 7, None)


def test_a_cell_that_somebody_else_changed_meanwhile_is_not_overwritten(world, author, url):
    old = re.search(r'name="goc" value="([^"]*)"', author.get(url).content.decode())[1]
    world.enter(K0=5, actor=world.author)
    answer = author.post(url, {"goc": old, "ct_K0": "", "lay": "K0"})
    assert answer.status_code == 409
    assert value("K0") == 5


def test_the_models_behind_a_number(world, author, url):
    world.enter(K0=4)
    page = author.get(f"{url}K0/")
    text = page.content.decode()
    assert page.status_code == 200
    assert [row.name for row in page.context["shown"].page] == ["Mô hình 1", "Mô hình 0"]
    assert "ra mắt trong kỳ" in text
    assert "15/12/2025" in text and "14/06/2026" in text
    hidden = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', text))
    hidden.pop("csrfmiddlewaretoken", None)
    assert author.post(url, {**hidden, "lay": "K0"}).url == f"{url}#ct-K0"
    assert value("K0") == 2


@pytest.mark.parametrize("code", ["K3", "A1", "khong-co", "K99"])
def test_other_figures_have_no_models_behind_them(author, url, code):
    assert author.get(f"{url}{code}/").status_code == 404


def test_who_may_open_the_report_may_see_the_models_behind_it(world, url):
    answers = {
        who: as_user(getattr(world, who)).get(f"{url}K0/").status_code
        for who in ("author", "approver", "reader", "reviewer", "stranger")
    }
    assert answers == {"author": 200, "approver": 200, "reader": 200, "reviewer": 403, "stranger": 404}
    assert "Lấy số này" not in as_user(world.reader).get(f"{url}K0/").content.decode()
    assert as_user(world.author).post(f"{url}K0/").status_code == 405


def test_the_check_page_asks_why_and_keeps_the_answer(world, author, url):
    world.enter(K0=4)
    check = f"/lam-viec/bao-cao/{world.report().pk}/kiem-tra/"
    page = author.get(check)
    assert "Sổ đăng ký “Dân vận khéo” có 2, báo cáo ghi 4 (lệch 2)" in page.content.decode()
    (place,) = [place for place in page.context["warnings"] if place.code == "K0"]
    assert place.explain
    author.post(check, {"goc": page.context["base"], "gc_K0": "Hai mô hình mới chưa kịp vào sổ"})
    figure = Figure.objects.get(indicator__code="K0")
    assert (int(figure.value), figure.note) == (4, "Hai mô hình mới chưa kịp vào sổ")
    assert page.context["can_submit"]


def test_the_numbers_cost_the_table_little(world, author, url):
    world.enter(K0=4)
    with_registry = author.get(url).content
    world.communes[0].dan_van_kheo.all().delete()
    assert len(with_registry) - len(author.get(url).content) < 1_700


def test_a_difference_is_counted_alike_in_the_grid_on_the_check_and_by_who_approves(world, author, url):
    world.write(K0=4, K1=2, A7=5, A8=3)
    grid = author.get(url).context["warning_count"]
    check = author.get(reverse("staff:check", args=[world.report().pk]))
    codes = [place.code for place in check.context["warnings"]]
    assert codes == sorted(codes) and {"A8", "K0"} <= set(codes)
    assert len(codes) == grid == check.context["unexplained"]
    left = check.context["question"].split("?", 1)[1].split(". ")[0].strip()
    assert left.startswith(f"Còn {grid} chỗ cần giải thích, ") and left.endswith("chỉ tiêu chưa nhập")
    world.do(Action.SUBMIT, world.author)
    approver = as_user(world.approver)
    for name in ("staff:review", "staff:report"):
        page = approver.get(reverse(name, args=[world.report().pk]))
        (approve,) = [act for act in page.context["acts"].buttons if act.action == Action.APPROVE]
        assert approve.question.endswith(f"? {left}.")
        assert f"{left}." in page.content.decode()
