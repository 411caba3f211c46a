"""Every kind of page of the nouns, on a staff screen and on a phone: accessible, nothing sideways, no complaint."""

from dataclasses import dataclass, field

import pytest

from tests.journeys.visitor import PHONE, STAFF_WINDOW, Visitor

REGISTRY, CONFERENCES, TASKS = "/lam-viec/mo-hinh/", "/lam-viec/hoi-nghi/", "/lam-viec/nhiem-vu/"
DIFFICULTIES, OFFICIALS, DELEGATIONS = "/lam-viec/vuong-mac/", "/lam-viec/can-bo/", "/lam-viec/uy-quyen-ky/"


@dataclass(frozen=True)
class Pages:
    """Addresses of a kind; an object found in the first list by the words of its link, the pages below its
    address, and what links lead to: {page below it, or an address: words of the link}."""

    who: str
    lists: tuple[str, ...]
    words: str = ""
    below: tuple[str, ...] = ("",)
    links: dict[str, str] = field(default_factory=dict)


KINDS = {
    "models": Pages(
        "chuyenvien.phulam",
        (f"{REGISTRY}?q=nguoi+gia", f"{REGISTRY}moi/"),
        "Một cửa thân thiện",
        ("", "sua/", "su-viec/", "anh/", "minh-chung/", "nhan-rong/", "cong-bo/"),
        {"anh/": "Sửa chú thích của"},
    ),
    "conferences": Pages(
        "chuyenvien.anbinh",
        (f"{CONFERENCES}?q=quy+i", f"{CONFERENCES}moi/"),
        "Giao ban công tác dân vận quý I năm 2026",
        (
            "",
            "sua/",
            "nguoi-du/",
            "nguoi-du/can-bo/",
            "tai-lieu/",
            "anh/",
            "vuong-mac/",
            "ket-luan/",
            "khen-thuong/",
            "bao-cao/",
            "cong-bo/",
        ),
        {"nguoi-du/": "Sửa", "ket-luan/": "Sửa"},
    ),
    "difficulties": Pages("chuyenvien.anbinh", (DIFFICULTIES,), "Dự án cấp nước vùng cao"),
    "tasks": Pages(
        "chuyenvien.anbinh",
        (f"{TASKS}?q=thu+hai", f"{TASKS}?xem=bang&q=doi+thoai", f"{TASKS}moi/"),
        "Tổ chức cuộc đối thoại thứ hai",
        ("", "sua/", "gia-han/", "hoan-thanh/", "huy/"),
    ),
    "officials": Pages(
        "chuyenvien.anbinh",
        (f"{OFFICIALS}?q=gia+dinh&xep=bac", f"{OFFICIALS}moi/", DELEGATIONS, f"{DELEGATIONS}moi/"),
        "Đặng Thị Giả Định",
        ("", "sua/", "chuc-vu/", "gop/"),
        {"": "Thôi giữ chức vụ", DELEGATIONS: "Thôi uỷ quyền"},
    ),
    "units and work": Pages(
        "chuyenvien.trungtam",
        (
            "/lam-viec/don-vi/",
            "/lam-viec/viec-chay/",
            "/lam-viec/thong-bao/",
            "/lam-viec/nhap-excel/nhiem-vu/",
            "/lam-viec/nhap-excel/can-bo/",
        ),
    ),
}
PUBLIC = (
    "/mo-hinh/?don_vi=nam+cuong",
    "/mo-hinh/?q=khongcotunaonhuthe",
    "/mo-hinh/kheo-van-dong-hien-dat-mo-duong-lien-thon-phu-lam/",
    "/hoi-nghi/?q=tap+huan",
    "/hoi-nghi/?q=khongcotunaonhuthe",
    "/hoi-nghi/tong-ket-nam-2025-an-binh/",
    "/hoi-nghi/thu-thua-2021/",
    "/don-vi/?q=an+binh",
    "/don-vi/?thuoc=an-binh",
    "/don-vi/an-binh-phulam/",
    "/don-vi/hung-yen-truoc-2025/?ngay=01/01/2024",
)


@pytest.mark.parametrize("kind", KINDS)
def test_staff_pages_fit_and_are_accessible(staff, kind):
    pages = KINDS[kind]
    one = staff(pages.who)
    for path in addresses(one, pages):
        check_both_sizes(one, path)


def test_public_pages_fit_and_are_accessible(visitor):
    one = visitor()
    for path in PUBLIC:
        check_both_sizes(one, path)


def check_both_sizes(one: Visitor, path: str) -> None:
    """On the screen, then the same page on a phone."""
    assert one.open(path) == 200, path
    one.check()
    one.page.set_viewport_size(PHONE)
    one.check()
    one.page.set_viewport_size(STAFF_WINDOW)


def addresses(one: Visitor, pages: Pages) -> list[str]:
    """Where the pages are."""
    if not pages.words:
        return list(pages.lists)
    found = href(one, pages.lists[0], pages.words)
    below = [found + part for part in pages.below]
    linked = ((part if part.startswith("/") else found + part, words) for part, words in pages.links.items())
    return [*pages.lists, *below, *(href(one, path, words) for path, words in linked)]


def href(one: Visitor, path: str, words: str) -> str:
    """The address of the first link of a page in which these words stand."""
    assert one.open(path) == 200, path
    return one.page.locator("main").get_by_role("link", name=words).first.get_attribute("href")
