"""Forms of signing in and of one's own password."""

from allauth.account.forms import LoginForm
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import password_validation


class SignInForm(LoginForm):
    """Fields ``login`` and ``password``; the words are ours."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        login, password = self.fields["login"], self.fields["password"]
        login.label = "Tên đăng nhập"
        login.error_messages["required"] = "Chưa nhập tên đăng nhập"
        password.label = "Mật khẩu"
        password.help_text = ""
        password.error_messages["required"] = "Chưa nhập mật khẩu"
        for field in (login, password):
            field.widget.attrs.pop("placeholder", None)
        login.widget.attrs.update(autocapitalize="none", spellcheck="false", autofocus=True)


class PasswordChangeForm(auth_forms.PasswordChangeForm):
    """The old password and the new one twice. ``user`` is who changes it."""

    error_messages = {
        "password_incorrect": "Mật khẩu hiện tại chưa đúng. Nhập lại",
        "password_mismatch": "Hai lần nhập mật khẩu mới khác nhau. Nhập lại",
    }
    field_order = ["old_password", "new_password1", "new_password2"]

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        words = {
            "old_password": ("Mật khẩu hiện tại", "Chưa nhập mật khẩu hiện tại", ""),
            "new_password1": (
                "Mật khẩu mới",
                "Chưa nhập mật khẩu mới",
                " ".join(password_validation.password_validators_help_texts()),
            ),
            "new_password2": ("Nhập lại mật khẩu mới", "Chưa nhập lại mật khẩu mới", ""),
        }
        for name, (label, required, help_text) in words.items():
            field = self.fields[name]
            field.label = label
            field.help_text = help_text
            field.error_messages["required"] = required
