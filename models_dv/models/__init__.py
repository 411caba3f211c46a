"""Models of the nouns, a noun a file."""

from models_dv.models.accounts import UnitRole, User
from models_dv.models.audit import AuditEntry
from models_dv.models.conferences import (
    Conclusion,
    ConclusionNotice,
    Conference,
    ConferenceAward,
    ConferencePaper,
    ConferencePerson,
    ConferencePhoto,
    ConferencePublication,
)
from models_dv.models.dan_van_kheo import (
    DanVanKheo,
    KheoEvidence,
    KheoFact,
    KheoPhoto,
    KheoPublication,
    KheoResult,
)
from models_dv.models.difficulties import Difficulty, DifficultyTopic
from models_dv.models.imports import ImportBatch
from models_dv.models.jobs import Job
from models_dv.models.notifications import Notification
from models_dv.models.officials import Appointment, Official, SigningDelegation
from models_dv.models.periods import CommitteeTerm, Period
from models_dv.models.reorganisations import Reorganisation
from models_dv.models.tasks import Task, TaskExtension, TaskFile, TaskProgress
from models_dv.models.units import Unit, UnitPath, UnitSuccession, UnitVersion

__all__ = [
    "Appointment",
    "AuditEntry",
    "CommitteeTerm",
    "Conclusion",
    "ConclusionNotice",
    "Conference",
    "ConferenceAward",
    "ConferencePaper",
    "ConferencePerson",
    "ConferencePhoto",
    "ConferencePublication",
    "DanVanKheo",
    "Difficulty",
    "DifficultyTopic",
    "ImportBatch",
    "Job",
    "KheoEvidence",
    "KheoFact",
    "KheoPhoto",
    "KheoPublication",
    "KheoResult",
    "Notification",
    "Official",
    "Period",
    "Reorganisation",
    "SigningDelegation",
    "Task",
    "TaskExtension",
    "TaskFile",
    "TaskProgress",
    "Unit",
    "UnitPath",
    "UnitRole",
    "UnitSuccession",
    "UnitVersion",
    "User",
]
