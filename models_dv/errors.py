"""The one base class of errors that a person can mend; views turn them into a message (never a 500)."""


class ExpectedError(Exception):
    """Something a person did cannot be done now; ``message`` says, in Vietnamese, what is wrong and what to do."""

    def __init__(self, message: str):
        super().__init__(message)
        self.message = message


class NotAllowed(ExpectedError):
    """The actor may see the object but not do this (answered with 403)."""
