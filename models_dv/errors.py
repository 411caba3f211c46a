"""The one base class of errors that a person can mend; views turn them into a message (never a 500)."""


class ExpectedError(Exception):
    """Something a person did cannot be done now; ``message`` says, in Vietnamese, what is wrong and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class NotAllowed(ExpectedError):
    """The actor may see the object but not do this (answered with 403)."""


class StaleObject(ExpectedError):
    """Somebody saved the object since the form was opened; nothing of what was typed is thrown away."""

    def __init__(self, what: str = "Nội dung này"):
        super().__init__(
            f"{what} vừa được người khác sửa. Nội dung vừa nhập vẫn còn bên dưới: "
            "mở trang ở cửa sổ khác để so sánh rồi lưu lại."
        )


class MissingInput(ExpectedError):
    """Something asked for was left out; ``field`` names the field of the form."""

    def __init__(self, message: str, field: str = ""):
        super().__init__(message)
        self.field = field
