"""Photos and documents as rows."""

import pytest
from django.core.exceptions import ValidationError

from models_dv.enums import FileKind
from models_dv.models.conferences import ConferencePaper, ConferencePhoto
from models_dv.models.files import fitted


def photo(**fields) -> ConferencePhoto:
    return ConferencePhoto(width=1200, height=900, **fields)


def test_the_kind_of_a_document_follows_from_its_content_type():
    kinds = {kind: ConferencePaper(content_type=kind.content_type).kind for kind in FileKind}
    assert kinds == {kind: kind for kind in FileKind}


def test_the_description_is_not_the_caption():
    photo(alt="Người dân đắp đường", caption="Ra quân tháng 6").clean()
    with pytest.raises(ValidationError) as wrong:
        photo(alt=" ra quân tháng 6", caption="Ra quân tháng 6").clean()
    assert wrong.value.message_dict == {
        "alt": ["Mô tả ảnh đang giống hệt chú thích. Ghi trong ảnh có ai, đang làm gì, ở đâu"]
    }


def test_what_is_missing_for_the_public_is_named():
    assert photo().missing_for_publication == ["chú thích", "mô tả ảnh", "người trong ảnh đồng ý cho công bố"]
    assert photo(caption="A", alt="B", consent=True).missing_for_publication == []


@pytest.mark.parametrize(
    ("size", "small"), [((1200, 900), 720), ((600, 400), 600), ((240, 2400), 144), ((1200, 2400), 720)]
)
def test_the_width_of_the_small_one(size, small):
    assert ConferencePhoto(width=size[0], height=size[1]).small_width == small


def test_nothing_becomes_larger_or_vanishes():
    assert [fitted(size, (720, 1440)) for size in [(10, 10), (7200, 10), (9999, 1)]] == [
        (10, 10),
        (720, 1),
        (720, 1),
    ]
