"""Home, the list and the page of one report, as the public sees them."""

from datetime import date

import pytest

from models_dv.enums import PeriodKind, UnitLevel
from reports.domain import publishing
from reports.enums import PublicationAction
from tests.factories.publications import cite, figure, make_unit, merge, publish, step, withdraw, write
from tests.factories.world import make_world

pytestmark = pytest.mark.django_db
SLUG = "tinh-an-binh-6-thang-dau-nam-2026"
PAGE = f"/bao-cao/{SLUG}/"


@pytest.fixture
def unit():
    return make_unit("ha-tinh", "Hà Tĩnh")


@pytest.fixture(scope="module")
def scene(rows_of_module):
    world = make_world()
    world.issued(world.province, number=3, A1=5, K4=("gan", 250), K3a=300, K3b=10)
    return world


def text_of(response):
    return " ".join(response.content.decode().split())


def get(client, path, status=200):
    response = client.get(path)
    assert response.status_code == status
    return text_of(response)


# --- home ------------------------------------------------------------------------------------------


def test_home_without_publications_says_so(client):
    page = get(client, "/")
    assert "Chưa có báo cáo nào được công bố" in page and "Những con số chính" not in page


def test_home_opens_with_the_newest_report_and_lists_the_others(client, unit):
    cite(unit, 2022, title="Báo cáo năm trước")
    cite(unit, 2023, title="Báo cáo mới nhất", figures=[figure(value=1743, is_key=True)])
    page = get(client, "/")
    assert page.index("Báo cáo mới nhất") < page.index("1.743") < page.index("Báo cáo năm trước")
    assert page.count("<h1") == 1


def test_home_shows_at_most_six_more(client, unit):
    for year in range(2015, 2024):
        cite(unit, year)
    assert get(client, "/").count('<li class="result">') == 6


def test_home_finds_a_unit(client):
    assert '<form class="filters" action="/don-vi/">' in get(client, "/")


# --- the list --------------------------------------------------------------------------------------


def test_the_list_counts_and_names_what_it_shows(client, unit):
    parent = make_unit("nam-dinh", "Nam Định")
    district = make_unit("giao-thuy", "Giao Thủy", level=UnitLevel.DISTRICT, parent=parent)
    cite(district, 2020, title="Tổng kết năm 2020")
    page = get(client, "/bao-cao/")
    assert "1 báo cáo" in page and "Báo cáo tổng kết · năm 2020" in page
    assert "<b>Ban Dân vận Huyện uỷ Giao Thủy</b>, Tỉnh uỷ Nam Định" in page
    assert "Công bố" in page and "05/03/2026" in page
    assert "Tư liệu tổng hợp từ báo chí</span>" in page and "Dữ liệu minh hoạ" not in page


def test_illustrative_reports_are_marked(client, world):
    publish(world)
    page = get(client, "/bao-cao/")
    assert "Dữ liệu minh hoạ</span>" in page and "Tư liệu tổng hợp từ báo chí</span>" not in page


def test_hits_are_marked_in_title_and_lead(client, unit):
    cite(unit, title="Phong trào “Dân vận khéo”", lead="Nhân rộng phong trào.")
    page = get(client, "/bao-cao/?q=PHONG+TRAO")
    assert "<mark>Phong trào</mark> “Dân vận khéo”" in page and "Nhân rộng <mark>phong trào</mark>." in page


def test_what_was_typed_is_escaped(client, unit):
    cite(unit, title="<script>alert(1)</script>", lead="<b>đậm</b>")
    page = get(client, "/bao-cao/?q=<script>")
    assert "<script>alert" not in page and "<b>đậm" not in page


def test_nothing_published_and_nothing_found_are_two_things(client, unit):
    assert "Chưa có báo cáo nào được công bố<" in get(client, "/bao-cao/")
    cite(unit, 2023)
    cite(unit, 2022, kind=PeriodKind.HALF_YEAR)
    page = get(client, "/bao-cao/?q=zzz")
    assert "Không có kết quả cho “zzz”. Thử bỏ bớt bộ lọc" in page and "Bỏ bộ lọc" in page
    page = get(client, "/bao-cao/?ky=nam-2023&loai=so-ket")
    assert "Không có kết quả cho “năm 2023, Sơ kết”. Thử bỏ bớt bộ lọc" in page
    assert "Bỏ “Loại: Sơ kết” (còn 1 báo cáo)" in page


def test_wrong_values_are_left_out_with_a_word(client, unit):
    cite(unit)
    page = get(client, "/bao-cao/?ky=abc&trang=999")
    assert "Không hiểu giá trị của bộ lọc “Kỳ”" in page and "Không có trang này; đang xem trang 1." in page
    assert "1 báo cáo" in page and "aria-invalid" not in page


@pytest.mark.parametrize("number", ["", "0", "-3", "abc", "1.5", "9" * 5000, "%00", "²"])
def test_a_wrong_page_number_is_no_error(client, unit, number):
    cite(unit)
    assert "1 báo cáo" in get(client, f"/bao-cao/?trang={number}")


def test_twenty_reports_a_page_and_the_filters_stay(client, unit):
    for year in range(2000, 2021):
        cite(unit, year)
    page = get(client, "/bao-cao/?don_vi=ha-tinh&ky=abc&trang=2")
    assert page.count('<li class="result">') == 1 and "21 báo cáo" in page
    assert "?don_vi=ha-tinh&amp;trang=1" in page


@pytest.mark.parametrize(
    "q", ["%25", "_", "'", '"', "%00", "a" * 10_000, "đ", "d", "ự", "%F0%9F%98%80", "%FF", "\\"]
)
def test_any_words_can_be_looked_for(client, unit, q):
    cite(unit)
    get(client, f"/bao-cao/?q={q}")
    get(client, f"/tim-kiem/?q={q}")
    get(client, f"/don-vi/?q={q}")


# --- one report ------------------------------------------------------------------------------------


def test_a_summary_shows_figures_with_their_change(client, unit):
    figures = [
        figure(value=1736, same_period_value=1631, is_key=True),
        figure(code="K4", name="Mô hình tiêu biểu", value=250, qualifier="gan", is_key=True),
        figure(
            code="G2", name="Nhà kiên cố", value=2214, same_period_value=2300, unit_name="nhà", is_key=True
        ),
    ]
    cite(unit, figures=figures)
    page = get(client, "/bao-cao/ha-tinh-2023/")
    assert '<span class="up">Tăng 105 (6,4%)</span> so với cùng kỳ 2022' in page
    assert '<span class="down">Giảm 86 (3,7%)</span> so với cùng kỳ 2022' in page
    assert "gần 250" in page and "Cùng kỳ 2022: chưa thống kê" in page
    assert page.count("<h1") == 1 and 'id="so-lieu"' in page


def test_the_contents_lead_to_the_parts(client, unit):
    cite(unit, sections={"Kết quả": "- một\n- hai", "Nhiệm vụ": "Làm tiếp."})
    page = get(client, "/bao-cao/ha-tinh-2023/")
    assert '<a href="#phan-1">Kết quả</a>' in page and '<h2 id="phan-2">Nhiệm vụ</h2>' in page
    assert "<li>một</li> <li>hai</li>" in page


def test_a_citation_tells_its_source_and_has_no_number(client, unit):
    source = {
        "byline": "Thanh Ngân",
        "published_on": date(2021, 12, 2),
        "inferred": ["Kỳ năm 2021"],
        "note": "RIÊNG",
    }
    cite(unit, source=source)
    page = get(client, "/bao-cao/ha-tinh-2023/")
    for words in ("Baohatinh.vn", "Thanh Ngân", "02/12/2021", "Kỳ năm 2021", "suy luận, nguồn không ghi"):
        assert words in page
    assert "Số, ký hiệu" not in page and "RIÊNG" not in page


def test_a_citation_without_date_says_so(client, unit):
    cite(unit, source={"outlet": ""})
    page = get(client, "/bao-cao/ha-tinh-2023/")
    assert page.count("<dd>nguồn không ghi</dd>") == 3


def test_an_issued_report_tells_number_window_and_coverage(client, world):
    publish(world)
    page = get(client, PAGE)
    assert "Trang mẫu – dữ liệu minh hoạ" in page
    for fact in ("03-BC/BTGDVTU", "15/12/2025 – 14/06/2026", "0/3 đơn vị", "Ban Tuyên giáo và Dân vận"):
        assert f"<dd>{fact}" in page


def test_a_page_of_2021_keeps_its_names_and_says_what_they_are_now(client):
    long_an, tay_ninh = make_unit("long-an", "Long An"), make_unit("tay-ninh", "Tây Ninh")
    district = make_unit("thu-thua", "Thủ Thừa", level=UnitLevel.DISTRICT, parent=long_an)
    merge(long_an, into=tay_ninh)
    merge(district, into=tay_ninh)
    cite(district, 2021)
    page = get(client, "/bao-cao/thu-thua-2021/")
    assert "Huyện uỷ Thủ Thừa</b>, Tỉnh uỷ Long An (nay thuộc Tỉnh uỷ Tây Ninh từ 01/07/2025)" in page


def test_the_pdf_is_a_file_kept_by_its_content(client, unit):
    cite(unit, title="Không tệp nào của bài khác có tên này")
    assert "Tạo khi tải lần đầu" in get(client, "/bao-cao/ha-tinh-2023/")
    response = client.get("/bao-cao/ha-tinh-2023/ban-tom-tat.pdf")
    assert (response.status_code, response["Content-Type"]) == (200, "application/pdf")
    assert response.content.startswith(b"%PDF-") and response["Content-Disposition"].startswith("inline")
    again = client.get("/bao-cao/ha-tinh-2023/ban-tom-tat.pdf", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    assert "1 trang · " in get(client, "/bao-cao/ha-tinh-2023/")


def test_the_figures_come_as_csv(client, unit):
    cite(unit, figures=[figure(value=250, qualifier="gan", name="=x")])
    response = client.get("/bao-cao/ha-tinh-2023/so-lieu.csv")
    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response.content.decode("utf-8-sig").splitlines()[1] == "K0,'=x,mô hình,gần,250,,,"


def test_a_draft_has_no_address(client, world):
    version = publishing.start(world.report(world.province), actor=world.publisher)
    step(world, write(world, version), PublicationAction.ASK)
    for path in (PAGE, f"{PAGE}lan-1/", f"{PAGE}ban-tom-tat.pdf", f"{PAGE}so-lieu.csv"):
        get(client, path, status=404)


def test_a_correction_is_told_and_the_old_version_leads_to_it(client, world):
    publish(world)
    publish(world, lead="Lời dẫn đã sửa.")
    page = get(client, PAGE)
    assert "Lời dẫn đã sửa." in page and "Sửa số lớp bồi dưỡng." in page and "Cập nhật lần 2" in page
    old = get(client, f"{PAGE}lan-1/")
    assert "Lời dẫn của tỉnh An Bình." in old and "Lời dẫn đã sửa." not in old
    assert "Đã có bản đính chính ngày" in old and f'<a href="{PAGE}">Xem bản mới</a>' in old
    assert "noindex" in old and "ban-tom-tat.pdf" not in old


def test_the_version_in_force_stands_at_the_address_without_number(client, world):
    publish(world)
    response = client.get(f"{PAGE}lan-1/")
    assert (response.status_code, response["Location"]) == (302, PAGE)
    for number in ("2", "0", "9" * 30):
        get(client, f"{PAGE}lan-{number}/", status=404)


def test_a_withdrawal_leaves_only_a_notice(client, world):
    publish(world)
    withdraw(world, publish(world), reason="Lộ thông tin")
    for path in (PAGE, f"{PAGE}lan-1/", f"{PAGE}lan-2/", f"{PAGE}ban-tom-tat.pdf", f"{PAGE}so-lieu.csv"):
        page = get(client, path, status=410)
        assert "Nội dung này đã được gỡ ngày" in page
        assert "Lộ thông tin" not in page and "Lời dẫn" not in page and "Kết quả công tác" not in page
    assert SLUG not in get(client, "/bao-cao/") + get(client, "/") + get(client, "/bao-cao/feed.xml")
