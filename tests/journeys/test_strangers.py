"""What is not one's own cannot be found, and nothing that the menu offers is refused."""

import pytest

from tests.journeys.visitor import Visitor

MODEL = "/mo-hinh/kheo-van-dong-hien-dat-mo-duong-lien-thon-phu-lam/"
COPY = "Cán bộ đăng ký nhân rộng mô hình này"
OWN = {
    "/lam-viec/hoi-nghi/": ("Đối thoại giữa Bí thư", ("", "sua/", "ket-luan/", "cong-bo/")),
    "/lam-viec/nhiem-vu/": ("Phân công cán bộ bám thôn", ("", "sua/", "tien-do/", "hoan-thanh/")),
}
ACCOUNTS = ("chuyenvien.phulam", "lanhdao.phulam", "vanthu.anbinh", "lanhdao.anbinh", "quantri")


def test_another_commune_does_not_find_the_papers_of_phu_lam(staff, reader):
    reader.open(MODEL)
    copy = reader.control(COPY).get_attribute("href")
    own, stranger = staff("chuyenvien.phulam"), staff("chuyenvien.tanhoa")
    model = copy.removesuffix("nhan-rong/")
    paths = [model + part for part in ("", "sua/", "su-viec/", "anh/", "minh-chung/", "cong-bo/")]
    for path, (words, parts) in OWN.items():
        own.open(path)
        found = own.page.locator("main").get_by_role("link", name=words).first.get_attribute("href")
        paths += [found + part for part in parts]
    for path in paths:
        assert own.page.request.get(own.base + path).status == 200, path
        assert stranger.page.request.get(stranger.base + path).status == 404, path
    assert stranger.open(f"{model}sua/") == 404
    stranger.sees("Không tìm thấy trang", heading=True)
    assert stranger.open(copy) == 200


@pytest.mark.parametrize("account", ACCOUNTS)
def test_nothing_that_the_menu_offers_is_refused(staff, account):
    one = staff(account)
    menu = offered(one, ".app-bar a")
    assert len(menu) > 12
    within = {path for page in sorted(menu) for path in buttons(one, page)}
    refused = [path for path in sorted(within - menu) if not answers(one, path)]
    assert not refused


def buttons(one: Visitor, page: str) -> set[str]:
    """The addresses of the buttons of a page that the menu offers."""
    assert one.open(page) == 200, page
    return offered(one, "main .actions a")


def offered(one: Visitor, selector: str) -> set[str]:
    """The addresses of these links, without fragments."""
    links = one.page.locator(selector).evaluate_all("(all) => all.map((link) => link.pathname + link.search)")
    return {path for path in links if path != "/"}


def answers(one: Visitor, path: str) -> bool:
    """Whether the address is answered."""
    return one.page.request.get(one.base + path).ok
