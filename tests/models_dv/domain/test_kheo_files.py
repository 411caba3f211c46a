"""Evidence and photos of a model."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from models_dv.domain.changes import fingerprint
from models_dv.domain.kheo_files import (
    MOST_PHOTOS,
    add_evidence,
    change_photo,
    move_photo,
    remove_evidence,
    remove_photo,
)
from models_dv.domain.kheo_publishing import withdraw
from models_dv.errors import ExpectedError, NotAllowed, StaleObject
from models_dv.models import AuditEntry, KheoEvidence, KheoPhoto
from models_dv.models.files import private_files
from tests.factories.kheo import add_photo, make_model, make_publisher, picture, publish

pytestmark = pytest.mark.django_db


@pytest.fixture
def model(world):
    return make_model(world.communes[0], world.author)


def test_evidence_is_kept_and_taken_away(world, model, django_capture_on_commit_callbacks):
    evidence = add_evidence(model, picture(), title="Biên bản ra mắt", actor=world.author)
    assert (evidence.original_name, evidence.uploaded_by) == ("anh.jpg", world.author)
    assert private_files().exists(evidence.file)
    with django_capture_on_commit_callbacks(execute=True):
        remove_evidence(evidence, actor=world.author)
    assert not private_files().exists(evidence.file)
    assert AuditEntry.objects.get(action="Gỡ minh chứng").before["tệp"] == "anh.jpg"


def test_only_who_keeps_the_registry_brings_files(world, model):
    for who in (world.reviewer, world.reader, world.stranger):
        with pytest.raises(NotAllowed):
            add_evidence(model, picture(), title="Biên bản", actor=who)
        with pytest.raises(NotAllowed):
            add_photo(model, who)
    assert (KheoEvidence.objects.count(), KheoPhoto.objects.count()) == (0, 0)


def test_what_is_no_photo_is_refused(world, model):
    with pytest.raises(ExpectedError):
        add_evidence(model, SimpleUploadedFile("a.exe", b"MZ123"), title="Tệp", actor=world.author)


def test_photos_stand_in_their_order_and_change_places(world, model):
    first, second = add_photo(model, world.author, alt="Một"), add_photo(model, world.author, alt="Hai")
    assert (first.order, second.order) == (1, 2)
    move_photo(second, up=True, actor=world.author)
    assert [photo.alt for photo in model.photos.all()] == ["Hai", "Một"]


def test_there_is_an_end_to_photos(world, model):
    for _number in range(MOST_PHOTOS):
        add_photo(model, world.author)
    with pytest.raises(ExpectedError):
        add_photo(model, world.author)


def test_the_words_of_a_photo_change_unless_somebody_changed_them_since(world, model):
    photo = add_photo(model, world.author)
    seen = fingerprint(photo)
    change_photo(photo, {"caption": "Lời mới"}, seen=seen, actor=world.author)
    with pytest.raises(StaleObject):
        change_photo(photo, {"caption": "Lời khác"}, seen=seen, actor=world.author)
    photo.refresh_from_db()
    assert photo.caption == "Lời mới"


def test_a_published_photo_stays_until_it_is_no_longer_public(world, model):
    publisher = make_publisher(world.communes[0], world.author)
    photo = add_photo(model, publisher)
    row = publish(model, publisher, photos=[photo])
    with pytest.raises(ExpectedError):
        remove_photo(photo, actor=publisher)
    with pytest.raises(ExpectedError):
        change_photo(photo, {"consent": False}, seen=fingerprint(photo), actor=publisher)
    withdraw(row, reason="Người trong ảnh không đồng ý nữa", actor=publisher)
    change_photo(photo, {"consent": False}, seen=fingerprint(photo), actor=publisher)
    remove_photo(photo, actor=publisher)
    assert not KheoPhoto.objects.exists()
