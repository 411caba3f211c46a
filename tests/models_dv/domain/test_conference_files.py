"""Papers and photos: kept, described, moved, and not taken away while the public reads them."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from models_dv.domain.changes import fingerprint
from models_dv.domain.conference_files import add_paper, add_photo, change_file, move_photo, remove_file
from models_dv.domain.conference_publishing import withdraw
from models_dv.domain.file_refusals import FileRefused
from models_dv.errors import ExpectedError, NotAllowed, StaleObject
from models_dv.models import ConferencePaper, ConferencePhoto
from models_dv.models.files import private_files
from tests.factories import conferences as made

pytestmark = pytest.mark.django_db
PAPER = {"paper_kind": "report", "stage": "presented", "title": "Báo cáo", "number": "", "dated": None}
PHOTO = {"caption": "Quang cảnh", "alt": "Hội trường", "credit": "", "consent": False, "consent_note": ""}


@pytest.fixture
def conference(world):
    return made.make_conference(world.province)


def test_a_paper_is_kept_under_a_random_name(world, conference):
    paper = add_paper(conference, made.pdf("Báo cáo (dự thảo).pdf"), PAPER, actor=world.province_author)
    assert (paper.original_name, paper.content_type) == ("Báo cáo (dự thảo).pdf", "application/pdf")
    assert paper.file.startswith("hoi-nghi/") and "Báo" not in paper.file
    with private_files().open(paper.file) as kept:
        assert kept.read().startswith(b"%PDF")
    assert made.audit()[0].action == "Thêm tài liệu hội nghị"


def test_a_photo_is_kept_in_two_sizes_after_the_others(world, conference):
    made.add_photo(conference, order=4)
    photo = add_photo(conference, made.picture((1600, 900)), PHOTO, actor=world.province_author)
    assert (photo.width, photo.height, photo.order) == (1200, 675, 5)
    assert private_files().exists(photo.small) and private_files().exists(photo.large)


def test_nothing_is_kept_of_what_is_refused(world, conference):
    with pytest.raises(FileRefused):
        add_paper(conference, SimpleUploadedFile("a.pdf", b"MZ nothing"), PAPER, actor=world.province_author)
    assert not ConferencePaper.objects.exists()


@pytest.mark.parametrize("who", ["stranger", "province_clerk", "reviewer"])
def test_others_bring_nothing(world, conference, who):
    with pytest.raises(NotAllowed):
        add_photo(conference, made.picture(), PHOTO, actor=getattr(world, who))
    assert not ConferencePhoto.objects.exists()


def test_what_is_said_of_a_paper_is_mended(world, conference):
    paper = made.add_paper(conference)
    seen = fingerprint(paper)
    change_file(paper, PAPER | {"title": "Tên mới"}, seen=seen, actor=world.province_author)
    paper.refresh_from_db()
    assert (paper.title, paper.stage) == ("Tên mới", "presented")
    with pytest.raises(StaleObject):
        change_file(paper, PAPER, seen=seen, actor=world.province_author)


def test_a_removed_photo_takes_its_files_along(world, conference, django_capture_on_commit_callbacks):
    photo = made.add_photo(conference)
    with django_capture_on_commit_callbacks(execute=True):
        remove_file(photo, actor=world.province_author)
    assert not ConferencePhoto.objects.exists()
    assert not private_files().exists(photo.small) and not private_files().exists(photo.large)


def test_what_the_public_reads_is_not_taken_away(world, conference):
    paper, photo = made.add_paper(conference), made.add_photo(conference)
    publication = made.put_up(world, conference)
    for row in (paper, photo):
        with pytest.raises(ExpectedError, match="đang ở trang công khai"):
            remove_file(row, actor=world.province_author)
    withdraw(publication, version=1, note="Sai", actor=world.publisher)
    remove_file(paper, actor=world.province_author)
    assert not ConferencePaper.objects.exists()


def test_photos_change_places(world, conference):
    first, second = made.add_photo(conference, order=1), made.add_photo(conference, order=2)
    move_photo(second, up=True, actor=world.province_author)
    assert list(conference.photos.all()) == [second, first]
    move_photo(second, up=True, actor=world.province_author)
    assert list(conference.photos.all()) == [second, first]
