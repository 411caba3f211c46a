"""What everybody may read, on a phone and on a screen, without an account."""

import json
from xml.etree import ElementTree

import pytest
from playwright.sync_api import expect

from tests.journeys.visitor import PHONE, STAFF_WINDOW
from tests.reports.documents.reading import embedded_fonts, text_of

HA_TINH = "/bao-cao/ha-tinh-tong-ket-2023/"
PAGES = (
    "/",
    "/bao-cao/",
    HA_TINH,
    "/bao-cao/thu-thua-2021/",
    "/don-vi/",
    "/don-vi/an-binh/",
    "/tim-kiem/?q=dan+van+kheo",
    "/so-lieu-mo/",
    "/mo-hinh/",
    "/hoi-nghi/",
    "/dang-nhap/",
)
SIZES = {"phone": PHONE, "screen": STAFF_WINDOW}


@pytest.mark.parametrize("size", SIZES)
def test_every_public_page_fits_and_is_accessible(visitor, size):
    one = visitor(SIZES[size])
    for path in PAGES:
        assert one.open(path) == 200
        one.check()


def test_from_the_front_page_to_a_report(reader):
    reader.open("/")
    reader.sees("Báo cáo mới công bố", heading=True)
    reader.press("Danh mục")
    reader.press("Báo cáo đã công bố", within="nav.main-nav")
    reader.sees("Báo cáo đã công bố", heading=True)
    reader.is_at("/bao-cao/")


def test_the_list_is_filtered_without_accents(reader):
    reader.open("/bao-cao/")
    reader.fill("Đơn vị", "ha tinh")
    reader.press("Tìm", within="main")
    reader.sees("1 báo cáo")
    reader.press("Tổng kết công tác dân vận năm 2023, triển khai nhiệm vụ năm 2024")
    reader.is_at(HA_TINH)

    reader.open("/bao-cao/")
    reader.fill("Từ khoá", "mo hinh")
    reader.press("Tìm", within="main")
    reader.sees("mô hình", within="mark")
    with_words = reader.page.locator(".result").count()
    reader.page.get_by_label("Loại", exact=True).select_option(label="Sơ kết")
    reader.press("Tìm", within="main")
    reader.sees("Sơ kết", within=".chips")
    assert 0 < reader.page.locator(".result").count() < with_words
    reader.check()


def test_an_empty_list_says_what_to_do(reader):
    reader.open("/bao-cao/?q=khongcotunaonhuthe")
    reader.sees("Không có kết quả cho “khongcotunaonhuthe”. Thử bỏ bớt bộ lọc")
    reader.press("Bỏ bộ lọc", within=".empty-state")
    reader.is_at("/bao-cao/")


@pytest.mark.parametrize(
    "query",
    (
        "ky=9999",
        "loai=sai",
        "trang=abc",
        "trang=999999999999",
        "q=%00%FF",
        "don_vi=%25%27--",
        "ky=&ky=&loai[]=1",
    ),
)
def test_wrong_filters_are_answered_with_a_page(reader, query):
    assert reader.open(f"/bao-cao/?{query}") == 200
    reader.sees("Báo cáo đã công bố", heading=True)


def test_ha_tinh_2023_shows_its_figures_as_the_source_has_them(reader):
    reader.open(HA_TINH)
    strip = reader.page.locator(".figure-strip").inner_text()
    for figure in ("1.743", "gần 250", "305", "hơn 2.200"):
        assert figure in strip
    reader.sees("tiếp tục xây 9 nhà văn hoá cộng đồng")
    reader.sees("Nhà văn hoá cộng đồng tiếp tục xây dựng")
    reader.sees("Tư liệu tổng hợp từ báo chí")
    reader.sees("Baohatinh.vn")


def test_a_page_of_2021_says_where_the_district_was_then(reader):
    reader.open("/bao-cao/thu-thua-2021/")
    head = reader.page.locator(".summary-head").inner_text()
    assert "Tỉnh uỷ Long An (nay thuộc Tỉnh uỷ Tây Ninh từ 01/07/2025)" in head
    reader.sees("suy luận, nguồn không ghi")
    reader.press("Trang của đơn vị")
    reader.sees("Trước đây thuộc")
    reader.press("Tỉnh uỷ Long An", within=".list-head")
    reader.sees("Tây Ninh")


def test_the_illustrative_province_is_labelled_on_its_pages(reader):
    for path in ("/don-vi/an-binh/", "/don-vi/an-binh-phulam/"):
        reader.open(path)
        reader.sees("Dữ liệu minh hoạ")


def test_the_summary_file_can_be_read_and_searched(reader):
    reader.open(HA_TINH)
    link = reader.control("Tải bản tóm tắt")
    answer = reader.page.request.get(f"{reader.base}{link.get_attribute('href')}")
    assert (answer.status, answer.headers["content-type"]) == (200, "application/pdf")
    text = text_of(answer.body())
    assert "1.743 mô hình" in text
    assert "gần 250" in text
    fonts = embedded_fonts(answer.body())
    assert fonts
    assert all(fonts.values())


def test_a_unit_is_found_by_its_former_name(reader):
    reader.open("/don-vi/")
    reader.fill("Tên tỉnh, huyện, xã", "thu thua")
    reader.press("Tìm đơn vị")
    reader.press("Huyện uỷ Thủ Thừa")
    reader.sees("Công tác dân vận huyện Thủ Thừa năm 2021")


def test_searching_marks_the_words_found(reader):
    reader.open("/")
    reader.press("Danh mục")
    reader.press("Tìm kiếm", within="nav.main-nav")
    reader.fill("Từ cần tìm", "dan van kheo")
    reader.press("Tìm kiếm", within="main")
    reader.sees("Dân vận khéo", within="mark")
    reader.fill("Từ cần tìm", "khongcotunaonhuthe")
    reader.press("Tìm kiếm", within="main")
    reader.sees("Không có kết quả cho “khongcotunaonhuthe”")


def test_open_data_can_be_taken_away(reader):
    reader.open("/so-lieu-mo/")
    reader.sees("Sử dụng lại", heading=True)
    answers = {
        name: reader.page.request.get(f"{reader.base}{path}")
        for name, path in (
            ("csv", "/so-lieu-mo/so-lieu-cong-bo.csv"),
            ("json", "/so-lieu-mo/bao-cao.json"),
            ("feed", "/bao-cao/feed.xml"),
            ("one", f"{HA_TINH}so-lieu.csv"),
        )
    }
    assert {answer.status for answer in answers.values()} == {200}
    assert "1743" in answers["csv"].text()
    assert "1743" in answers["one"].text()
    names = [entry["dia_chi"] for entry in json.loads(answers["json"].text())["bao_cao"]]
    assert f"{reader.base}{HA_TINH}" in names
    assert ElementTree.fromstring(answers["feed"].text()).findall("channel/item")


def test_an_unknown_address_is_answered_in_vietnamese(reader):
    for path in ("/khong-co-trang-nay/", "/bao-cao/khong-co/", "/don-vi/khong-co/", f"{HA_TINH}lan-9/"):
        assert reader.open(path) == 404
        reader.sees("Không tìm thấy trang", heading=True)
    reader.check()


def test_a_reader_chooses_a_larger_text(reader):
    reader.open("/bao-cao/")
    before = reader.page.evaluate("getComputedStyle(document.body).fontSize")
    reader.page.get_by_role("link", name="Cỡ chữ rất lớn").click()
    expect(reader.page.locator("html")).to_have_attribute("data-text-size", "rat-lon")
    after = reader.page.evaluate("getComputedStyle(document.body).fontSize")
    assert float(after.removesuffix("px")) > float(before.removesuffix("px"))
    reader.is_at("/bao-cao/")
    reader.check()


def test_public_pages_work_without_a_script(visitor):
    one = visitor(PHONE, script=False)
    one.open("/")
    one.press("Danh mục")
    one.press("Đơn vị", within="nav.main-nav")
    one.fill("Tên tỉnh, huyện, xã", "ha tinh")
    one.press("Tìm đơn vị")
    one.sees("Tỉnh uỷ Hà Tĩnh")
