"""Form fields for files: checked by content as soon as the form is, refused in words."""

from django import forms
from django.core.exceptions import ValidationError

from models_dv.domain.file_refusals import MAX_BYTES
from models_dv.domain.uploads import check_file
from models_dv.enums import DOCUMENT_KINDS, PHOTO_KINDS, FileKind
from models_dv.errors import ExpectedError

SUFFIXES = {FileKind.JPEG: (".jpg", ".jpeg")}


class UploadInput(forms.FileInput):
    """A file input that says which kinds it takes; ``upload.js`` reads the largest size from it."""

    def __init__(self, kinds=DOCUMENT_KINDS, attrs=None):
        suffixes = [suffix for kind in FileKind if kind in kinds for suffix in _suffixes(kind)]
        super().__init__({"accept": ",".join(suffixes), "data-max-bytes": str(MAX_BYTES), **(attrs or {})})


class DocumentField(forms.FileField):
    """A file of ``kinds``. Its cleaned value is Django's uploaded file, to be given to ``domain.uploads``."""

    kinds = DOCUMENT_KINDS
    default_error_messages = {
        "required": "Chưa chọn tệp",
        "invalid": "Trang chưa gửi được tệp. Tải lại trang rồi chọn lại tệp",
        "missing": "Chưa chọn tệp",
    }
    default_help = "Word (.docx), Excel (.xlsx), PDF hoặc ảnh; lớn nhất 10 MB"

    def __init__(self, *, kinds=None, **kwargs):
        self.kinds = frozenset(kinds or self.kinds)
        kwargs.setdefault("widget", UploadInput(self.kinds))
        kwargs.setdefault("help_text", self.default_help if kinds is None else "Lớn nhất 10 MB")
        # check_file knows why there is nothing in it.
        super().__init__(**{"allow_empty_file": True, **kwargs})

    def to_python(self, data):
        """The uploaded file, once its content is known to be what may be brought."""
        uploaded = super().to_python(data)
        if uploaded is not None:
            try:
                check_file(uploaded, kinds=self.kinds)
            except ExpectedError as refused:
                raise ValidationError(refused.message, code="refused") from refused
        return uploaded


class PhotoField(DocumentField):
    """A photo: JPEG, PNG or WebP."""

    kinds = PHOTO_KINDS
    default_error_messages = {"required": "Chưa chọn ảnh", "missing": "Chưa chọn ảnh"}
    default_help = "Ảnh JPEG, PNG hoặc WebP; lớn nhất 10 MB. Vị trí chụp ghi trong ảnh được xoá khi tải lên"


def _suffixes(kind: FileKind) -> tuple[str, ...]:
    return SUFFIXES.get(kind, (f".{kind.value}",))
