"""A Word file from upload to undo, as the author of a commune goes through it, without JavaScript."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from models_dv.enums import FileKind
from reports.domain import filling
from reports.enums import Action, ImportState
from reports.models import Figure, ReportAttachment, ReportImport, SectionText
from tests.models_dv.domain.uploaded import MACRO, OLE, archive, brought, office, types
from tests.reports.importers.documents import written
from tests.reports.importers.test_report_word import FILES, TCVN3

pytestmark = pytest.mark.django_db
TABLE = [
    ("Mã", "Chỉ tiêu", "Kết quả"),
    ("A1", "Văn bản cấp uỷ ban hành về công tác dân vận", "12"),
    ("K4", "Mô hình, điển hình tiêu biểu", "gần 25"),
    ("C2", "Lượt tiếp công dân", "nhiều"),
]
REPORT = (
    "ĐẢNG CỘNG SẢN VIỆT NAM",
    ("BÁO CÁO", "c"),
    ("kết quả công tác dân vận năm 2026, phương hướng, nhiệm vụ năm 2027", "c"),
    ("I. TÌNH HÌNH NHÂN DÂN", "b"),
    "Nhân dân phấn khởi, khơng để xảy ra việc phức tạp.",
    ("II. KẾT QUẢ CÔNG TÁC DÂN VẬN", "b"),
    ("1. Công tác lãnh đạo, chỉ đạo của cấp uỷ", "b"),
    "Ban hành 12 văn bản.",
    ("2. Công tác khác hẳn", "b"),
    "Có làm.",
    "Nơi nhận:",
    "- Lưu VP.",
)


@pytest.fixture
def author(client, world):
    client.force_login(world.author)
    return client


def upload(client, world, file=None, name="bao cao.docx"):
    data = written(*REPORT, tables=[TABLE]).read() if file is None else file
    url = reverse("staff:import_word", args=[world.report().pk])
    return client.post(url, {"file": brought(data, name)})


def looked_at(client, world, **options):
    """(address, page) of what waits after an upload."""
    answer = upload(client, world, **options)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url, client.get(answer.url)


def fields(page) -> dict[str, list[str]]:
    """What the browser would send back: hidden fields, what is chosen and ticked."""
    html = page.content.decode()
    form = html[html.index('<form id="import-choices"') :]
    form = form[: form.index("</form>")]
    found: dict[str, list[str]] = {}
    for tag in re.findall(r"<input[^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag)[1], re.search(r'value="([^"]*)"', tag)[1]
        if 'type="hidden"' in tag or "checked" in tag:
            found.setdefault(name, []).append(value)
    for name, options in re.findall(r'<select[^>]*name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected', options)
        found[name] = [chosen[1] if chosen else ""]
    return found


def save(client, url, page, **changed):
    return client.post(url, fields(page) | changed | {"viec": "luu"})


def texts(world) -> dict[str, str]:
    rows = SectionText.objects.filter(edition=world.edition()).exclude(text="").select_related("section")
    return {row.section.code: row.text for row in rows}


def test_from_upload_to_saved(author, world):
    url, page = looked_at(author, world)
    assert texts(world) == {}
    html = page.content.decode()
    assert "2. Công tác khác hẳn" in html and "Nơi nhận, chữ ký" in html
    assert "Tệp ghi năm 2026, báo cáo này là 6 tháng đầu năm 2026. Kiểm tra lại tệp." in html
    assert "Dòng 4, cột Kết quả: Chỉ nhập số, ví dụ 1.743 hoặc 6,5" in html
    answer = save(author, url, page)
    assert (answer.status_code, answer.url) == (302, url)
    assert texts(world) == {
        "S1": "Nhân dân phấn khởi, khơng để xảy ra việc phức tạp.",
        "S2.1": "Ban hành 12 văn bản.",
    }
    figures = {figure.indicator.code: (figure.value, figure.qualifier) for figure in Figure.objects.all()}
    assert figures == {"A1": (12, ""), "K4": (25, "gan")}
    result = author.get(url).content.decode()
    assert "Đã nhập 2 phần và 2 chỉ tiêu từ tệp “bao cao.docx”." in result
    assert ReportAttachment.objects.get().original_name == "bao cao.docx"


def test_undone(author, world):
    world.write(code="S1", text="Cũ.")
    url, page = looked_at(author, world)
    save(author, url, page, cach_S1="thay")
    assert texts(world)["S1"].startswith("Nhân dân phấn khởi")
    imported = ReportImport.objects.get()
    undo = reverse("staff:report_import_undo", args=[world.report().pk, imported.pk])
    page = author.post(undo, follow=True).content.decode()
    assert "Đã hoàn tác, trở lại nội dung cũ: Tình hình Nhân dân" in page
    assert texts(world) == {"S1": "Cũ."}
    assert "không còn gì để hoàn tác" in author.post(undo, follow=True).content.decode()


def test_a_part_that_holds_text_is_left_unless_the_person_says_otherwise(author, world):
    world.write(code="S1", text="Đang có.")
    url, page = looked_at(author, world)
    assert fields(page)["cach_S1"] == ["bo"]
    assert fields(page)["cach_S2.1"] == ["thay"]
    save(author, url, page)
    assert texts(world)["S1"] == "Đang có."
    url, page = looked_at(author, world)
    save(author, url, page, cach_S1="noi")
    assert texts(world)["S1"] == "Đang có.\n\nNhân dân phấn khởi, khơng để xảy ra việc phức tạp."


def test_the_page_says_what_is_left_and_the_result_what_became_of_each_part(author, world):
    world.write(code="S1", text="Đang có.")
    url, page = looked_at(author, world)
    assert "Nhập <b>1</b> phần, bỏ qua <b>1</b> phần" in page.content.decode()
    save(author, url, page)
    result = author.get(url).content.decode()
    assert ">III.1. Cấp uỷ lãnh đạo, chỉ đạo công tác dân vận</a>: đã nhập</li>" in result
    assert "Bỏ qua: II. Tình hình Nhân dân" in result
    for way, became in (("noi", "đã nối"), ("thay", "đã thay")):
        url, page = looked_at(author, world)
        save(author, url, page, cach_S1=way)
        result = author.get(url).content.decode()
        assert f">II. Tình hình Nhân dân</a>: {became}</li>" in result
        assert "Bỏ qua: III.1. Cấp uỷ lãnh đạo, chỉ đạo công tác dân vận" in result


def test_damaged_words_are_mended_only_where_chosen(author, world):
    url, page = looked_at(author, world)
    assert "khơng → không" in page.content.decode()
    save(author, url, page, sua="khơng→không")
    assert texts(world)["S1"] == "Nhân dân phấn khởi, không để xảy ra việc phức tạp."


def test_another_part_is_shown_before_it_is_saved(author, world):
    url, page = looked_at(author, world)
    asked = next(row for row in page.context["words"].asked if row.heading == "2. Công tác khác hẳn")
    chosen = {f"vao_{asked.place}": "S2.9"}
    page = save(author, url, page, **chosen)
    assert page.status_code == 200
    assert "Đã xếp lại theo lựa chọn mới, chưa nhập gì." in page.content.decode()
    assert texts(world) == {}
    assert save(author, url, page).status_code == 302
    assert texts(world)["S2.9"] == "Công tác khác hẳn\nCó làm."


def test_somebody_else_wrote_meanwhile(author, world):
    url, page = looked_at(author, world)
    world.write(code="S1", text="Người khác viết.", K4=20)
    answer = save(author, url, page)
    html = answer.content.decode()
    assert answer.status_code == 409
    assert "vừa sửa phần “Tình hình Nhân dân”, 1 ô số liệu sau khi trang này được mở" in html
    assert "Người khác viết." in html
    assert texts(world) == {"S1": "Người khác viết."}
    assert save(author, url, answer).status_code == 302
    assert texts(world)["S1"].startswith("Nhân dân phấn khởi")
    assert Figure.objects.get(indicator__code="K4").value == 25


def test_it_was_handed_in_meanwhile(author, world):
    world.write(code="S4")
    url, page = looked_at(author, world)
    sent = fields(page)
    world.do(Action.SUBMIT, world.author)
    answer = author.post(url, sent | {"viec": "luu"})
    assert answer.status_code == 409
    assert texts(world) == {"S4": "Nội dung phần này."}
    assert ReportImport.objects.get().state == ImportState.READ


def test_everything_skipped(author, world):
    url, page = looked_at(author, world)
    answer = save(author, url, page, **{"cach_S1": "bo", "cach_S2.1": "bo", "chon": []})
    assert answer.status_code == 409
    assert "Chưa chọn phần nào để nhập." in answer.content.decode()


def test_pressed_twice(author, world):
    url, page = looked_at(author, world)
    sent = fields(page) | {"viec": "luu"}
    assert author.post(url, sent).status_code == 302
    assert author.post(url, sent).status_code == 200
    assert ReportAttachment.objects.count() == 1


def test_thrown_away(author, world):
    looked_at(author, world)
    discard = reverse("staff:report_import_discard", args=[world.report().pk, ReportImport.objects.get().pk])
    assert "không nhập gì" in author.post(discard, follow=True).content.decode()
    assert not ReportImport.objects.exists()


def test_nobody_else_sees_what_waits(author, world):
    url, _page = looked_at(author, world)
    other = Client()
    other.force_login(world.approver)
    assert other.get(url).status_code == 403
    ReportImport.objects.update(uploaded_by=world.approver)
    assert author.get(url).status_code == 404


def test_a_session_that_ended_keeps_the_choices(author, world):
    url, page = looked_at(author, world)
    answer = Client().post(url, fields(page) | {"viec": "luu"})
    assert answer.status_code == 401
    assert 'name="cach_S1" value="thay"' in answer.content.decode()


def test_a_new_edition_has_nothing_waiting(author, world):
    world.write(code="S4")
    url, _page = looked_at(author, world)
    world.do(Action.SUBMIT, world.author)
    world.do(Action.APPROVE, world.approver)
    world.issue()
    world.do(Action.RECALL, world.approver, note="Sửa")
    assert world.edition().number == 2
    assert author.get(url).status_code == 404


DTD = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "b">]><w:document/>'


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (
            (FILES / "bao-cao-tinh.doc").read_bytes(),
            "Tệp .doc đời cũ. Mở bằng Word, lưu lại dạng .docx rồi tải lên",
        ),
        (OLE + "EncryptedPackage".encode("utf-16-le"), "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lại"),
        (office(MACRO), "Tệp có macro. Lưu lại dạng .docx hoặc .xlsx không có macro rồi tải lên"),
        ((FILES / "so-lieu-xa.xlsx").read_bytes(), "Tệp phải là Word (.docx)"),
        (b"%PDF-1.7\n%%EOF", "Tệp phải là Word (.docx)"),
        (b"", "Tệp rỗng (0 byte)"),
        (written(TCVN3).read(), "Tệp soạn bằng bảng mã cũ TCVN3 (.VnTime)"),
        (written().read(), "Tệp Word không có chữ nào"),
        (written("TUYỆT MẬT", "Lời").read(), "Tệp có dấu độ mật “TUYỆT MẬT”"),
        (office(body=DTD), "Tệp có khai báo (DTD) mà Word, Excel không ghi"),
        (office(body=b"<w:document><w:body>"), "Tệp bị hỏng hoặc tải lên chưa trọn"),
        (
            archive({"[Content_Types].xml": types("x"), "_rels/.rels": b"<R/>", "a": bytes(60_000_000)}),
            "Tệp có cấu trúc lạ, mở ra không an toàn",
        ),
    ],
)
def test_files_that_are_refused_say_why(author, world, file, words):
    answer = upload(author, world, file=file)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ReportImport.objects.exists()


def test_nothing_chosen_to_upload(author, world):
    answer = author.post(reverse("staff:import_word", args=[world.report().pk]), {})
    assert answer.status_code == 422
    assert "Chưa chọn tệp" in answer.content.decode()


def test_a_script_of_upload_is_told_where_to_go(author, world):
    url = reverse("staff:import_word", args=[world.report().pk])
    file = brought(written(*REPORT).read(), "a.docx")
    answer = author.post(url, {"file": file}, headers={"X-Upload": "1"})
    assert answer.status_code == 204
    assert answer["X-Location"] == ReportImport.objects.get().get_absolute_url()


def test_a_document_without_heading_is_explained(author, world):
    url, page = looked_at(author, world, file=written("Chỉ có lời.").read())
    assert "Tệp không có đề mục." in page.content.decode()
    page = save(author, url, page, vao_0="S0")
    assert save(author, url, page).status_code == 302
    assert texts(world) == {"S0": "Chỉ có lời."}


def test_text_from_a_file_is_escaped(author, world):
    _url, page = looked_at(author, world, file=written(("I. Tình hình Nhân dân", "b"), "<b>đậm</b>").read())
    assert "&lt;b&gt;đậm&lt;/b&gt;" in page.content.decode()


def test_the_page_costs_a_fixed_number_of_queries(author, world, django_assert_max_num_queries):
    url, _page = looked_at(author, world)
    with django_assert_max_num_queries(16):
        author.get(url)
    filling.save_section(
        world.edition(), world.section("S4"), text="a", done=False, base_revision=0, actor=world.author
    )
    with django_assert_max_num_queries(16):
        author.get(url)


def test_only_word_is_asked_for(author, world):
    page = author.get(reverse("staff:import_word", args=[world.report().pk]))
    assert page.context["form"].fields["file"].kinds == {FileKind.DOCX}
