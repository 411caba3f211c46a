"""How the sign-in library is fitted to the portal."""

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError

from models_dv.domain import sign_in
from models_dv.views.paths import is_own_path


class AccountAdapter(DefaultAccountAdapter):
    """No sign-up, our words, our count of wrong passwords, redirects to own paths only."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": "Tên đăng nhập hoặc mật khẩu chưa đúng",
    }

    def is_open_for_signup(self, request):
        """Accounts are made by an administrator."""
        return False

    def is_safe_url(self, url):
        """Only a path of this portal, never another host."""
        return is_own_path(url)

    def add_message(self, *args, **kwargs):
        """The library's own messages (signed in, signed out) say what the page shows anyway."""

    def authenticate(self, request, **credentials):
        """The user with this name and password, or None. Raises ValidationError when blocked or inactive."""
        try:
            attempt = sign_in.begin(
                login=credentials.get("username", ""), address=self.get_client_ip(request)
            )
        except sign_in.TooManyAttempts as error:
            raise ValidationError(
                error.message, code="throttled", params={"seconds": error.seconds}
            ) from error
        user = super().authenticate(request, **credentials)
        if user is None:
            return None
        attempt.forget()
        if not user.is_active:
            raise ValidationError("Tài khoản này đã khoá. Liên hệ quản trị viên của cổng", code="inactive")
        return user
