"""Staff pages of units."""

from django.urls import path

from reports.views.staff import units

urlpatterns = [
    path("don-vi/", units.units, name="units"),
    path("don-vi/<str:code>/", units.unit, name="unit"),
]
