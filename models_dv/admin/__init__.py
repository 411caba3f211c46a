"""The admin pages of the nouns, a noun a file."""

from django.contrib import admin
from django.contrib.auth.models import Group

from models_dv.admin import (
    accounts,
    audit,
    conferences,
    dan_van_kheo,
    difficulties,
    jobs,
    officials,
    periods,
    tasks,
    terms,
    units,
)
from models_dv.admin.site import fit

__all__ = [
    "accounts",
    "audit",
    "conferences",
    "dan_van_kheo",
    "difficulties",
    "jobs",
    "officials",
    "periods",
    "tasks",
    "terms",
    "units",
]

fit(admin.site)
# Rights are roles in units; the framework's groups are not used.
admin.site.unregister(Group)
