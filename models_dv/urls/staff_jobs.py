"""Staff pages of long work in the background."""

from django.urls import path

from models_dv.views.staff import jobs

urlpatterns = [
    path("viec-chay/", jobs.jobs, name="jobs"),
    path("viec-chay/<int:pk>/", jobs.job, name="job"),
    path("viec-chay/<int:pk>/tinh-trang.json", jobs.job_state, name="job_state"),
    path("viec-chay/<int:pk>/huy/", jobs.job_cancel, name="job_cancel"),
    path("viec-chay/<int:pk>/thu-lai/", jobs.job_retry, name="job_retry"),
    path("viec-chay/<int:pk>/tep/", jobs.job_file, name="job_file"),
]
