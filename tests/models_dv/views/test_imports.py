"""The pages of an Excel import, from the template to taking back; and files that are not what they seem."""

import io
import zipfile

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from python_calamine import CalamineWorkbook

from models_dv.domain import jobs
from models_dv.enums import BatchState, JobState, Role
from models_dv.models import Conference, DanVanKheo, ImportBatch, Job, Official, Task, UnitRole
from tests.access.addresses import let_go
from tests.models_dv.importers.workbooks import GOOD, models, upload, with_part, xlsx

pytestmark = pytest.mark.django_db
START = "/lam-viec/nhap-excel/dan-van-kheo/"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def author(world) -> Client:
    client = Client()
    client.force_login(world.author)
    return client


def send(client, content: bytes, unit, *, name="danh-sach.xlsx", key="k", **headers):
    return client.post(START, {"unit": unit.pk, "key": key, "file": upload(content, name)}, **headers)


def page(client, batch) -> str:
    return client.get(batch.get_absolute_url()).content.decode()


# --- the way of a good file --------------------------------------------------------------------------


def test_from_the_template_to_the_registry_and_back(author, world):
    assert "Tải mẫu (Excel)" in author.get(START).content.decode()
    content = xlsx([*models(3), ("", *GOOD[1:])])
    answer = send(author, content, world.communes[0])
    batch = ImportBatch.objects.get()
    assert answer["Location"] == batch.get_absolute_url()
    shown = page(author, batch)
    assert "Nhập 3 dòng hợp lệ, bỏ qua 1 dòng lỗi?" in shown
    assert "Chưa nhập tên mô hình, điển hình" in shown
    assert "Tải các dòng lỗi (Excel)" in shown
    assert not DanVanKheo.objects.exists()
    answer = author.post(f"/lam-viec/nhap-excel/lan/{batch.pk}/nhap/")
    assert answer["Location"] == batch.get_absolute_url()
    assert "Đã nhập 3 mô hình" in page(author, batch)
    assert DanVanKheo.objects.count() == 3
    author.post(f"/lam-viec/nhap-excel/lan/{batch.pk}/huy-nhap/")
    shown = page(author, batch)
    assert "Đã hoàn tác, xoá 3 mô hình của lần nhập này." in shown
    assert "Hoàn tác lần nhập" not in shown
    assert not DanVanKheo.objects.exists()


def test_the_template_is_a_download(author):
    answer = author.get(f"{START}mau.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="mau-dan-van-kheo.xlsx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).sheet_names == [
        "Dữ liệu",
        "Hướng dẫn",
    ]


def test_only_wrong_rows_only_duplicates_and_pages(author, world):
    rows = [*models(60), *[("", *GOOD[1:])] * 2, ("Mô hình 1", *GOOD[1:])]
    send(author, xlsx(rows), world.communes[0])
    batch = ImportBatch.objects.get()
    wrong = page(author, batch)
    assert (wrong.count("Dòng 6"), wrong.count("Không có lỗi")) == (2, 0)
    shown = author.get(f"{batch.get_absolute_url()}?loc=tat-ca").content.decode()
    assert "Tất cả (63)" in shown
    assert "Dòng 51<" in shown
    assert "Dòng 52<" not in shown
    second = author.get(f"{batch.get_absolute_url()}?loc=tat-ca&trang=2").content.decode()
    assert "Dòng 52<" in second
    duplicates = author.get(f"{batch.get_absolute_url()}?loc=trung").content.decode()
    assert "Trùng với dòng 2 của tệp" in duplicates


def test_a_page_costs_the_same_with_three_rows_and_with_fifty(author, world):
    costs = []
    for count in (3, 50):
        send(author, xlsx(models(count)), world.communes[0], key=f"k{count}")
        batch = ImportBatch.objects.latest("pk")
        with CaptureQueriesContext(connection) as queries:
            page(author, batch)
        costs.append(len(queries))
    assert costs[0] == costs[1] <= 10


def test_a_file_that_could_not_be_read_says_why_and_what_to_do(author, world):
    send(author, xlsx([("x",)], ("Cột lạ",)), world.communes[0])
    shown = page(author, ImportBatch.objects.get())
    assert "Không tìm thấy dòng tiêu đề của mẫu" in shown
    assert "Tải tệp khác lên" in shown
    assert "Nhập từ Excel" in shown


def test_a_save_that_broke_says_that_nothing_is_saved_and_is_pressed_again(author, world):
    send(author, xlsx(models(2)), world.communes[0])
    batch = ImportBatch.objects.get()
    author.post(f"/lam-viec/nhap-excel/lan/{batch.pk}/nhap/")
    Job.objects.filter(kind="import_commit").update(state=JobState.INTERRUPTED, message="")
    ImportBatch.objects.update(state=BatchState.CHECKED, saved=0, created={})
    DanVanKheo.objects.all().delete()
    assert "Việc nhập bị ngắt giữa chừng" in page(author, batch)
    author.post(f"/lam-viec/nhap-excel/lan/{batch.pk}/nhap/")
    assert "Đã nhập 2 mô hình" in page(author, batch)


def test_while_a_worker_has_it_the_page_follows_the_job(author, world):
    send(author, xlsx(models(2)), world.communes[0])
    batch = ImportBatch.objects.get()
    Job.objects.update(
        state=JobState.RUNNING, done=1, worker=jobs.worker_name(), heartbeat_at="2100-01-01T00:00Z"
    )
    ImportBatch.objects.update(state=BatchState.UPLOADED)
    shown = page(author, batch)
    assert f'data-job="/lam-viec/viec-chay/{batch.job_id}/tinh-trang.json"' in shown
    assert "Đang đọc dòng 1/2" in shown
    assert "/nhap/" not in shown
    colleague = Client()
    colleague.force_login(world.approver)
    shown = page(colleague, batch)
    assert "data-job=" not in shown
    assert "Tải lại trang" in shown


def test_the_script_of_the_form_is_told_where_to_go(author, world):
    answer = send(author, xlsx(models(1)), world.communes[0], headers={"X-Upload": "1"})
    assert (answer.status_code, answer["X-Location"]) == (204, ImportBatch.objects.get().get_absolute_url())


def test_the_errors_are_a_download_and_no_page_where_there_are_none(author, world):
    send(author, xlsx([GOOD]), world.communes[0])
    batch = ImportBatch.objects.get()
    assert author.get(f"/lam-viec/nhap-excel/lan/{batch.pk}/loi.xlsx").status_code == 404
    send(author, xlsx([("", *GOOD[1:])]), world.communes[0], key="wrong", name="Tệp của xã.xlsx")
    batch = ImportBatch.objects.latest("pk")
    answer = author.get(f"/lam-viec/nhap-excel/lan/{batch.pk}/loi.xlsx")
    assert answer["Content-Disposition"] == 'attachment; filename="loi-tep-cua-xa.xlsx"'
    let_go(answer)


def test_a_person_of_several_units_chooses_one(author, world):
    assert '<input type="hidden" name="unit"' in author.get(START).content.decode()
    UnitRole.objects.create(user=world.author, unit=world.province, role=Role.AUTHOR)
    shown = author.get(START).content.decode()
    assert f'<option value="{world.province.pk}">Tỉnh uỷ An Bình</option>' in shown
    send(author, xlsx([GOOD]), world.province)
    assert ImportBatch.objects.get().unit == world.province


def test_a_unit_that_is_not_ones_own_cannot_be_chosen(author, world):
    answer = send(author, xlsx([GOOD]), world.communes[1])
    assert answer.status_code == 422
    assert "Chọn một đơn vị trong danh sách" in answer.content.decode()
    assert not ImportBatch.objects.exists()


def test_a_kind_that_is_not_there(author):
    assert author.get("/lam-viec/nhap-excel/khong-co/").status_code == 404
    assert author.get("/lam-viec/nhap-excel/khong-co/mau.xlsx").status_code == 404


# --- files that are not what they seem ---------------------------------------------------------------


def bomb() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        with zipfile.ZipFile(io.BytesIO(xlsx([GOOD]))) as good:
            for entry in good.infolist():
                archive.writestr(entry.filename, good.read(entry))
        archive.writestr("xl/worksheets/sheet9.xml", b" " * 60_000_000)
    return stream.getvalue()


HOSTILE = {
    "empty": (b"", "Tệp rỗng (0 byte)"),
    "csv renamed": (b"Ten,Loai\nTo,Mo hinh\n", "Tệp phải là"),
    "old excel": (OLE + "Workbook".encode("utf-16-le") + b"\0" * 600, "Tệp .xls đời cũ"),
    "password": (
        OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600,
        "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lại",
    ),
    "cut off": (xlsx([GOOD])[:3000], "Tệp bị hỏng hoặc tải lên chưa trọn"),
    "bomb": (bomb(), "Tệp có cấu trúc lạ"),
    "dtd": (
        with_part(xlsx([GOOD]), "sheet1.xml", b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        "Tệp có khai báo (DTD)",
    ),
    "macro": (
        with_part(
            xlsx([GOOD]),
            "[Content_Types].xml",
            b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml",
            b"application/vnd.ms-excel.sheet.macroEnabled.main+xml",
        ),
        "Tệp có macro",
    ),
    "too large": (
        b"PK\x03\x04" + b"0" * (10 * 1024 * 1024),
        "Tệp lớn hơn 10 MB. Giảm dung lượng rồi tải lại",
    ),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_is_refused_in_words_and_nothing_is_kept(author, world, name):
    content, words = HOSTILE[name]
    answer = send(author, content, world.communes[0])
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportBatch.objects.exists()
    assert not Job.objects.exists()


def test_one_far_cell_is_refused_when_the_file_is_read(author, world):
    content = with_part(xlsx(models(2)), "sheet1.xml", b'"B2"', b'"XFD1048576"')
    send(author, content, world.communes[0])
    assert "nhiều nhất 50.000 dòng" in page(author, ImportBatch.objects.get())


# --- exports -----------------------------------------------------------------------------------------


def test_the_list_as_it_is_filtered_is_taken_away(author, world):
    send(author, xlsx([*models(3), ("=1+1", *GOOD[1:5], 2025, "Thôn Đông")]), world.communes[0])
    author.post(f"/lam-viec/nhap-excel/lan/{ImportBatch.objects.get().pk}/nhap/")
    answer = author.post("/lam-viec/xuat-excel/dan-van-kheo/?nam=2025")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()
    assert [row[2] for row in rows] == ["Tên mô hình, điển hình", "=1+1"]
    assert rows[1][1] == "Đảng uỷ xã Phú Lâm"
    answer = author.post("/lam-viec/xuat-excel/dan-van-kheo/?nam=2025", {"format": "csv"})
    assert answer["Content-Disposition"].endswith('.csv"')
    assert answer["Content-Type"] == "text/csv; charset=utf-8"
    assert ",'=1+1," in answer.getvalue().decode()


def test_what_nobody_changed_is_taken_back_when_the_whole_cannot_be(author, world):
    send(author, xlsx(models(3)), world.communes[0])
    page = f"/lam-viec/nhap-excel/lan/{ImportBatch.objects.get().pk}/"
    author.post(f"{page}nhap/")
    DanVanKheo.objects.filter(name="Mô hình 2").update(revision=1)
    refused = author.post(f"{page}huy-nhap/", follow=True)
    assert refused.redirect_chain[-1][0] == f"{page}?con-lai=1"
    assert "Đã có người sửa 1 mô hình của lần nhập này sau khi nhập: “Mô hình 2”" in refused.content.decode()
    assert '<input type="hidden" name="con-lai" value="1">' in refused.content.decode()
    shown = author.post(f"{page}huy-nhap/", {"con-lai": "1"}, follow=True).content.decode()
    assert "Đã hoàn tác, xoá 2 mô hình của lần nhập này. Giữ lại 1 đã có người sửa." in shown
    assert "Đã hoàn tác phần chưa ai sửa; còn 1 mô hình của lần nhập này" in shown
    assert [model.name for model in DanVanKheo.objects.all()] == ["Mô hình 2"]


def test_what_another_unit_entered_is_not_in_it(author, world):
    send(author, xlsx(models(2)), world.communes[0])
    author.post(f"/lam-viec/nhap-excel/lan/{ImportBatch.objects.get().pk}/nhap/")
    stranger = Client()
    stranger.force_login(world.stranger)
    answer = stranger.post("/lam-viec/xuat-excel/dan-van-kheo/")
    rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()
    assert len(rows) == 1


def test_a_long_list_is_written_in_the_background(author, world):
    send(author, xlsx([(f"Mô hình {n}", *GOOD[1:]) for n in range(1001)]), world.communes[0])
    author.post(f"/lam-viec/nhap-excel/lan/{ImportBatch.objects.get().pk}/nhap/")
    answer = author.post("/lam-viec/xuat-excel/dan-van-kheo/")
    job = Job.objects.get(kind="export_list")
    assert answer["Location"] == job.get_absolute_url()
    assert (job.state, job.message) == (JobState.DONE, "Đã ghi 1.001 dòng")
    with job.result.open() as file:
        assert len(CalamineWorkbook.from_filelike(file).get_sheet_by_index(0).to_python()) == 1002


def test_an_export_that_is_not_there(author):
    assert author.post("/lam-viec/xuat-excel/khong-co/").status_code == 404
    assert author.get("/lam-viec/xuat-excel/dan-van-kheo/").status_code == 405


@pytest.mark.parametrize("name", ["dan-van-kheo", "nhiem-vu", "hoi-nghi", "can-bo", "don-vi", "vuong-mac"])
@pytest.mark.parametrize("kind", ["xlsx", "csv"])
def test_every_list_can_be_taken_away_empty(author, name, kind):
    answer = author.post(f"/lam-viec/xuat-excel/{name}/?q=khong+co", {"format": kind})
    assert answer["Content-Disposition"].startswith(f'attachment; filename="{name}-')
    assert answer.getvalue()


@pytest.mark.parametrize(
    ("name", "query"),
    [
        ("dan-van-kheo", "don_vi=an-binh&cap_duoi=on&q=a&duy_tri=dang-duy-tri&su_viec=awarded&cong_bo=co"),
        ("nhiem-vu", "chu_tri=an-binh&giao=phu+lam&q=a&han=sau-7-ngay&nguon=conclusion"),
        ("hoi-nghi", "don_vi=phu+lam&q=a&nam=2026"),
        ("can-bo", "don_vi=an-binh&co_quan=committee"),
        ("can-bo", "don_vi=phu+lam&q=a&chuc_vu=bi+thu&ca_cu=1&xep=ten"),
        ("don-vi", "q=phu&thuoc=an-binh"),
        ("vuong-mac", "don_vi=an-binh&q=a&tinh_trang=open"),
    ],
)
def test_every_list_can_be_taken_away_through_all_its_filters(world, name, query):
    client = Client()
    client.force_login(world.reviewer)
    answer = client.post(f"/lam-viec/xuat-excel/{name}/?{query}", {"format": "csv"})
    assert answer.getvalue().decode("utf-8-sig").startswith(("Mã,", "Mã đơn vị,"))


def test_the_other_lists_are_taken_away_as_they_are_shown(author, world):
    unit = world.communes[0]
    Task.objects.create(giving_unit=unit, lead_unit=unit, title="Rà soát quy chế", due_on="2030-01-01")
    person = Official.objects.create(name="Trần Thị Mẫu")
    person.appointments.create(unit=unit, organ="committee", post="Bí thư", rank=10, from_on="2025-07-01")
    held = Conference.objects.create(
        unit=unit, kind="so_ket", title="Sơ kết", year=2026, held_on="2026-07-06"
    )
    held.difficulties.create(unit=unit, text="Thiếu nước sạch", raised_on="2026-07-06")
    expected = {
        "nhiem-vu": ("Nhiệm vụ", "Rà soát quy chế"),
        "can-bo": ("Chức vụ", "Bí thư"),
        "hoi-nghi": ("Tên hội nghị", "Sơ kết"),
        "don-vi": ("Mã đơn vị", unit.code),
        "vuong-mac": ("Hội nghị", "Sơ kết"),
    }
    for name, (header, value) in expected.items():
        answer = author.post(f"/lam-viec/xuat-excel/{name}/")
        book = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue()))
        headers, row = book.get_sheet_by_index(0).to_python()
        assert dict(zip(headers, row, strict=True))[header] == value
        assert "Đảng uỷ xã Phú Lâm" in row


def test_officials_are_taken_away_in_the_order_of_the_list(author, world):
    unit = world.communes[0]
    for name, post, rank in (("Lê Văn An", "Uỷ viên", 50), ("Trần Thị Yến", "Bí thư", 10)):
        person = Official.objects.create(name=name)
        person.appointments.create(unit=unit, organ="committee", post=post, rank=rank, from_on="2025-07-01")
    for query, posts in (("", ["Uỷ viên", "Bí thư"]), ("?xep=bac", ["Bí thư", "Uỷ viên"])):
        answer = author.post(f"/lam-viec/xuat-excel/can-bo/{query}")
        rows = CalamineWorkbook.from_filelike(io.BytesIO(answer.getvalue())).get_sheet_by_index(0).to_python()
        assert [row[2] for row in rows[1:]] == posts
