"""Staff pages around a report: who must do what, and the steps."""

from django.urls import path

from reports.views.staff import (
    consolidation,
    giving_back,
    help,
    my_work,
    progress,
    reading,
    reports,
    steps,
    tasks_of_report,
)

urlpatterns = [
    path("", my_work.my_work, name="my_work"),
    path("bao-cao/", reports.reports, name="reports"),
    path("bao-cao/<int:pk>/", reports.report, name="report"),
    path("bao-cao/<int:pk>/ban/<int:number>/", reading.edition, name="edition"),
    path("bao-cao/<int:pk>/ban/<int:number>/van-ban.pdf", reading.edition_pdf, name="edition_pdf"),
    path("bao-cao/<int:pk>/rut-lai/", steps.Withdraw.as_view(), name="withdraw"),
    path("bao-cao/<int:pk>/duyet/", steps.Approve.as_view(), name="approve"),
    path("bao-cao/<int:pk>/tra-lai/", giving_back.Return.as_view(), name="return"),
    path("bao-cao/<int:pk>/phat-hanh/", steps.Issue.as_view(), name="issue"),
    path("bao-cao/<int:pk>/thu-hoi/", steps.Recall.as_view(), name="recall"),
    path("bao-cao/<int:pk>/tiep-nhan/", steps.Accept.as_view(), name="accept"),
    path("bao-cao/<int:pk>/dinh-chinh/", steps.Correct.as_view(), name="correct"),
    path("bao-cao/<int:pk>/gia-han/", steps.extend, name="extend"),
    path("bao-cao/<int:pk>/giao-nhiem-vu/", tasks_of_report.task_from_report, name="task_from_report"),
    path("tien-do/", progress.progress, name="progress"),
    path("tien-do/<int:pk>/", progress.progress, name="progress"),
    path("tong-hop/", consolidation.consolidations, name="consolidation"),
    path("tong-hop/<int:pk>/", consolidation.consolidation, name="consolidation"),
    path("tong-hop/<int:pk>/<str:code>/", consolidation.consolidation_part, name="consolidation_part"),
    path("tro-giup/", help.help_page, name="help"),
]
