"""Fields for files: refused in words beside the field."""

import pytest
from django import forms

from models_dv.enums import FileKind
from models_dv.forms.uploads import DocumentField, PhotoField
from tests.models_dv.domain.uploaded import PDF, brought, office, picture


class PaperForm(forms.Form):
    paper = DocumentField(label="Tài liệu")
    photo = PhotoField(label="Ảnh", required=False)
    sheet = DocumentField(label="Bảng", kinds={FileKind.XLSX}, required=False)


def errors(**files) -> dict:
    return dict(PaperForm({}, files).errors)


def test_good_files_come_through_at_their_start():
    form = PaperForm({}, {"paper": brought(office()), "photo": brought(picture(), "a.jpg")})
    assert form.errors == {}
    assert form.cleaned_data["paper"].read() == office()
    assert form.cleaned_data["photo"].read() == picture()


def test_what_is_missing_is_said():
    assert errors() == {"paper": ["Chưa chọn tệp"]}


@pytest.mark.parametrize(
    ("files", "found"),
    [
        ({"paper": brought(b"")}, {"paper": ["Tệp rỗng (0 byte). Mở tệp trên máy, lưu lại rồi tải lên"]}),
        ({"paper": brought(b"text")}, {"paper": ["Tệp phải là Word (.docx), Excel (.xlsx), PDF hoặc ảnh"]}),
        (
            {"paper": brought(PDF), "photo": brought(PDF, "anh.jpg")},
            {"photo": ["Tệp phải là ảnh JPEG, ảnh PNG hoặc ảnh WebP"]},
        ),
        ({"paper": brought(PDF), "sheet": brought(PDF)}, {"sheet": ["Tệp phải là Excel (.xlsx)"]}),
    ],
)
def test_a_refusal_stands_beside_its_field(files, found):
    assert errors(**files) == found


def test_a_file_that_the_server_had_no_place_for_is_told():
    lost = brought(PDF)
    lost.not_kept = True
    assert errors(paper=lost) == {
        "paper": ["Máy chủ hết chỗ chứa, tệp chưa được lưu. Báo người quản trị, sau đó tải tệp lên lần nữa"]
    }


def test_a_field_left_alone_keeps_what_is_there():
    form = PaperForm({}, {}, initial={"paper": "tai-lieu/cu.pdf"})
    assert form.is_valid()
    assert form.cleaned_data["paper"] == "tai-lieu/cu.pdf"


def test_the_inputs_say_what_they_take():
    html = str(PaperForm()["photo"])
    assert 'accept=".jpg,.jpeg,.png,.webp"' in html
    assert 'data-max-bytes="10485760"' in html
    assert 'accept=".docx,.xlsx,.pdf,.jpg,.jpeg,.png,.webp"' in str(PaperForm()["paper"])
    assert 'aria-describedby="id_photo_helptext"' in html
