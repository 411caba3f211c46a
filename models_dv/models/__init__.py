"""Models of the nouns, a noun a file."""

from models_dv.models.accounts import UnitRole, User
from models_dv.models.audit import AuditEntry
from models_dv.models.periods import CommitteeTerm, Period
from models_dv.models.units import Unit, UnitPath, UnitSuccession, UnitVersion

__all__ = [
    "AuditEntry",
    "CommitteeTerm",
    "Period",
    "Unit",
    "UnitPath",
    "UnitRole",
    "UnitSuccession",
    "UnitVersion",
    "User",
]
