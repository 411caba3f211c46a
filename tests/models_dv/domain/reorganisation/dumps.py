"""The rows of the tables that a reorganisation touches, every column, to compare byte by byte."""

from models_dv.models import (
    Appointment,
    SigningDelegation,
    Task,
    Unit,
    UnitPath,
    UnitRole,
    UnitSuccession,
    UnitVersion,
)

TABLES = (Unit, UnitVersion, UnitSuccession, UnitPath, UnitRole, Appointment, SigningDelegation, Task)


def dump() -> dict[str, list[tuple]]:
    """{table: its rows in the order of their ids}."""
    return {
        model._meta.db_table: list(
            model._base_manager.order_by("pk").values_list(
                *[field.attname for field in model._meta.concrete_fields]
            )
        )
        for model in TABLES
    }


def difference(before: dict, after: dict) -> dict[str, tuple[list, list]]:
    """{table: (rows that are gone or were otherwise, rows that are new or otherwise)}."""
    return {
        table: (
            [row for row in before[table] if row not in after[table]],
            [row for row in after[table] if row not in before[table]],
        )
        for table in before
        if before[table] != after[table]
    }
