"""Staff pages that read files into a report, and hand out the files kept with it."""

from django.urls import path

from reports.views.staff import attachments, import_excel, import_word, imports

ONE = "bao-cao/<int:pk>/"

urlpatterns = [
    path(f"{ONE}nhap-word/", imports.import_word, name="import_word"),
    path(f"{ONE}nhap-word/<int:row>/", import_word.import_word_preview, name="import_word_preview"),
    path(f"{ONE}nhap-excel/", imports.import_excel_figures, name="import_excel_figures"),
    path(f"{ONE}nhap-excel/mau.xlsx", imports.template_file, name="figures_template"),
    path(f"{ONE}nhap-excel/<int:row>/", import_excel.import_excel_preview, name="import_excel_preview"),
    path(f"{ONE}tep-nhap/<int:row>/hoan-tac/", imports.report_import_undo, name="report_import_undo"),
    path(f"{ONE}tep-nhap/<int:row>/bo/", imports.report_import_discard, name="report_import_discard"),
    path(f"{ONE}tep/", attachments.attachment_add, name="attachment_add"),
    path(f"{ONE}tep/<int:row>/", attachments.attachment, name="attachment"),
    path(f"{ONE}tep/<int:row>/go/", attachments.attachment_remove, name="attachment_remove"),
]
