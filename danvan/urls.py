"""Root addresses. Public and staff pages come from the apps."""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.urls import include, path
from django_tasks_db.models import DBTaskResult

from danvan import health
from models_dv.views import accounts

# One sign-in page for all: the admin's own would not count wrong passwords.
admin.site.login = login_not_required(secure_admin_login(admin.site.login))
# Addresses stand in the account; the sign-in library's own list is not used.
admin.site.unregister(EmailAddress)
# Long work is shown to who asked for it; the queue's own table says nothing to people.
admin.site.unregister(DBTaskResult)

handler403 = "models_dv.views.errors.forbidden"
handler404 = "models_dv.views.errors.not_found"
handler500 = "models_dv.views.errors.server_error"

urlpatterns = [
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("dang-nhap/", accounts.SignIn.as_view(), name="account_login"),
    path("dang-xuat/", accounts.SignOut.as_view(), name="account_logout"),
    path("doi-mat-khau/", accounts.PasswordChange.as_view(), name="password_change"),
    path("quan-tri/", admin.site.urls),
    path("lam-viec/", include("reports.urls.staff")),
    path("", include("reports.urls.public")),
]
