"""Why a file that somebody brought is not taken: each a sentence that says what to do."""

from models_dv.enums import DOCUMENT_KINDS, FileKind
from models_dv.errors import ExpectedError

MAX_BYTES = 10 * 1024 * 1024

TYPE_ANY = "Tệp phải là Word (.docx), Excel (.xlsx), PDF hoặc ảnh"
DAMAGED = "Tệp bị hỏng hoặc tải lên chưa trọn. Mở tệp trên máy, lưu thành tệp mới rồi tải lại"


class FileRefused(ExpectedError):
    """A file that is not taken as it is."""

    message = DAMAGED

    def __init__(self, message: str = ""):
        super().__init__(message or self.message)


class EmptyFile(FileRefused):
    """0 bytes."""

    message = "Tệp rỗng (0 byte). Mở tệp trên máy, lưu lại rồi tải lên"


class FileTooLarge(FileRefused):
    """Above ``MAX_BYTES``."""

    message = "Tệp lớn hơn 10 MB. Giảm dung lượng rồi tải lại"


class WrongFileType(FileRefused):
    """Another kind than those asked for."""

    message = TYPE_ANY

    @classmethod
    def among(cls, kinds) -> "WrongFileType":
        """The refusal that names what may be brought."""
        if frozenset(kinds) == DOCUMENT_KINDS:
            return cls()
        names = [kind.label for kind in FileKind if kind in kinds]
        return cls("Tệp phải là " + " hoặc ".join(filter(None, [", ".join(names[:-1]), names[-1]])))


class OldOfficeFile(FileRefused):
    """Word or Excel of before 2007."""

    message = "Tệp .doc đời cũ. Mở bằng Word, lưu lại dạng .docx rồi tải lên"


class LockedFile(FileRefused):
    """Opens with a password only."""

    message = "Tệp có mật khẩu. Bỏ mật khẩu rồi tải lại"


class MacroFile(FileRefused):
    """Brings a programme of its own."""

    message = "Tệp có macro. Lưu lại dạng .docx hoặc .xlsx không có macro rồi tải lên"


class UnsafeFile(FileRefused):
    """Made so that reading it does harm: a bomb, two files in one, outside entities."""

    message = (
        "Tệp có cấu trúc lạ, mở ra không an toàn. Mở bằng Word hoặc Excel, lưu thành tệp mới rồi tải lại"
    )


class DamagedFile(FileRefused):
    """Cut off or broken."""


class PhotoTooLarge(FileRefused):
    """More pixels than are decoded."""


class AnimatedPhoto(FileRefused):
    """Several frames."""

    message = "Ảnh động chưa dùng được. Chọn một khung hình, lưu thành ảnh JPEG hoặc PNG rồi tải lên"


class StorageFailed(ExpectedError):
    """The file could not be written; nothing of it was kept."""

    def __init__(self, *, full: bool):
        super().__init__(
            "Máy chủ hết chỗ chứa, tệp chưa được lưu. Báo người quản trị, sau đó tải tệp lên lần nữa"
            if full
            else "Máy chủ chưa ghi được tệp, tệp chưa được lưu. Tải lại sau ít phút; nếu vẫn lỗi, báo người quản trị"
        )
