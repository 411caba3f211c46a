"""Staff pages around Excel: bringing files of rows, taking lists away."""

from django.urls import path

from models_dv.views.staff import exports, imports

urlpatterns = [
    path("nhap-excel/lan/<int:pk>/", imports.batch, name="import_batch"),
    path("nhap-excel/lan/<int:pk>/nhap/", imports.commit, name="import_commit"),
    path("nhap-excel/lan/<int:pk>/huy-nhap/", imports.undo, name="import_undo"),
    path("nhap-excel/lan/<int:pk>/loi.xlsx", imports.errors, name="import_errors"),
    path("nhap-excel/<slug:kind>/", imports.start, name="import_start"),
    path("nhap-excel/<slug:kind>/mau.xlsx", imports.template_file, name="import_template"),
    path("xuat-excel/<slug:name>/", exports.export, name="export"),
]
