"""Signing in and out, changing one's password."""

from allauth.account import views as allauth_views
from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.contrib.auth.decorators import login_not_required
from django.urls import reverse_lazy
from django.utils.decorators import method_decorator
from django.views.decorators.debug import sensitive_post_parameters

from models_dv.forms.accounts import PasswordChangeForm


class SignIn(allauth_views.LoginView):
    """The one sign-in page, for staff and administrators (template account/login.html)."""

    def form_invalid(self, form):
        """The form again; 429 with Retry-After when wrong passwords were too many."""
        response = super().form_invalid(form)
        for error in form.non_field_errors().as_data():
            if error.code == "throttled":
                response.status_code = 429
                response["Retry-After"] = str(error.params["seconds"])
        return response


@method_decorator(login_not_required, name="dispatch")
class SignOut(allauth_views.LogoutView):
    """POST signs out; GET asks first (template account/logout.html)."""


@method_decorator(sensitive_post_parameters(), name="dispatch")
class PasswordChange(auth_views.PasswordChangeView):
    """A signed-in person's own new password (template account/password_change.html)."""

    form_class = PasswordChangeForm
    template_name = "account/password_change.html"
    success_url = reverse_lazy("staff:my_work")

    def form_valid(self, form):
        """Keep the session, end the others, say so."""
        messages.success(self.request, "Đã đổi mật khẩu. Các phiên đăng nhập khác đã kết thúc.")
        return super().form_valid(form)
