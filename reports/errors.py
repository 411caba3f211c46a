"""Expected errors of reports, each a sentence that says what to do."""

from models_dv.errors import ExpectedError, MissingInput


class StaleEdition(ExpectedError):
    """Somebody else moved or changed the report since the page was opened."""


class StepNotPossible(ExpectedError):
    """The report is not in a state in which this step can be done."""


class ChecksFailed(ExpectedError):
    """Hard errors stand in the way; ``findings`` lists them."""

    def __init__(self, message: str, findings):
        super().__init__(message)
        self.findings = findings


class NumberTaken(MissingInput):
    """The document number is already used in the term's series."""


class SaveConflict(ExpectedError):
    """Two people wrote the same part; ``mine`` and ``theirs`` hold both versions, nothing is lost."""

    def __init__(self, message: str, *, mine, theirs):
        super().__init__(message)
        self.mine = mine
        self.theirs = theirs
