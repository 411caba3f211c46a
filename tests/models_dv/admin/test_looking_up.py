"""Difficulties, public conferences, work in the background and files read in: looked up, changed nowhere here."""

import pytest

from models_dv.enums import BatchState
from models_dv.models import ConferencePublication, ImportBatch, Job
from tests.factories import conferences as made
from tests.models_dv.admin.pages import rows_of, text_of

pytestmark = pytest.mark.django_db


def test_a_difficulty_is_found_by_its_words_and_its_unit(admin_pages, world):
    conference = made.make_conference(world.province)
    difficulty = made.add_difficulty(conference, "Thiếu kinh phí cho tổ dân vận")
    address = "/quan-tri/models_dv/difficulty/"
    for typed, count in (("kinh phi", 1), ("an binh", 1), ("nha van hoa", 0)):
        assert len(rows_of(admin_pages.get(address, {"q": typed}))) == count
    page = text_of(admin_pages.get(f"{address}{difficulty.pk}/change/"))
    assert "Thiếu kinh phí cho tổ dân vận" in page and "Tỉnh uỷ An Bình" in page


def test_the_page_of_a_conference_shows_what_hangs_on_it(admin_pages, world):
    conference = made.full_conference(world, world.province)
    page = text_of(admin_pages.get(f"/quan-tri/models_dv/conference/{conference.pk}/change/"))
    for row in (conference.papers.first(), conference.photos.first(), conference.difficulties.first()):
        assert str(row) in page


def test_a_public_conference_leads_to_its_address(admin_pages, world):
    made.put_up(world, made.full_conference(world))
    publication = ConferencePublication.objects.get()
    address = "/quan-tri/models_dv/conferencepublication/"
    assert len(rows_of(admin_pages.get(address, {"q": publication.title}))) == 1
    page = admin_pages.get(f"{address}{publication.pk}/change/").content.decode()
    assert f'<a href="{publication.get_absolute_url()}">' in page


def test_work_and_files_say_what_became_of_them(admin_pages, world):
    job = Job.objects.create(kind="export", title="Xuất bảng mô hình", owner=world.author, error="Hết chỗ")
    batch = ImportBatch.objects.create(
        kind="dan-van-kheo",
        unit=world.communes[0],
        key="a",
        state=BatchState.COMMITTED,
        saved=3000,
        file="nhap/a.xlsx",
        original_name="Danh sách.xlsx",
        content_type="",
        size=1,
        sha256="0",
        uploaded_by=world.author,
        committed_by=world.author,
    )
    assert "Hết chỗ" in text_of(admin_pages.get(f"/quan-tri/models_dv/job/{job.pk}/change/"))
    listed = admin_pages.get("/quan-tri/models_dv/importbatch/", {"kind": "dan-van-kheo"})
    (row,) = rows_of(listed)
    assert row[:5] == ["Danh sách.xlsx", "Đảng uỷ xã Phú Lâm", str(world.author), "Đã nhập", "3.000"]
    assert "điển hình “Dân vận khéo”" in text_of(listed) and "dan-van-kheo" not in text_of(listed)
    page = text_of(admin_pages.get(f"/quan-tri/models_dv/importbatch/{batch.pk}/change/"))
    assert all(word in page for word in (str(world.author), "3.000", "điển hình “Dân vận khéo”"))
    assert not any(word in page for word in ("None", "dan-van-kheo"))
