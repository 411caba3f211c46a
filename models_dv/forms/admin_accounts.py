"""Forms of accounts in the admin."""

from django import forms
from django.contrib.auth import forms as auth_forms
from django.contrib.auth import password_validation
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from models_dv.models import User

LABELS = {
    "username": "tên đăng nhập",
    "is_active": "đang hoạt động",
    "is_staff": "quản trị viên",
}
HELP = {
    "username": "Dùng để đăng nhập, ví dụ nguyen.van.a.",
    "is_active": "Bỏ dấu để khoá tài khoản. Người đã làm việc trong hệ thống chỉ khoá, không xoá.",
    "is_staff": "Vào được trang Quản trị: đơn vị, tài khoản, đợt báo cáo, đề cương.",
}
MISMATCH = "Hai lần nhập mật khẩu khác nhau. Nhập lại"


def _set_words(fields) -> None:
    """Our words in place of the framework's."""
    for name, label in LABELS.items():
        if name in fields:
            fields[name].label, fields[name].help_text = capfirst(label), HELP[name]
    if "password1" in fields:
        first, second = fields["password1"], fields["password2"]
        first.label, second.label = "Mật khẩu", "Nhập lại mật khẩu"
        first.help_text = " ".join(password_validation.password_validators_help_texts())
        second.help_text = ""
        first.required = second.required = True


class NewUserForm(auth_forms.UserCreationForm):
    """A new account with its first password."""

    error_messages = {"password_mismatch": MISMATCH}

    class Meta:
        model = User
        fields = ["username", "full_name", "post", "email", "is_staff"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _set_words(self.fields)


class UserForm(forms.ModelForm):
    """An account. ``editor`` is who changes it; nobody takes his own access away."""

    editor: User

    class Meta:
        model = User
        fields = ["username", "full_name", "post", "email", "is_active", "is_staff"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        _set_words(self.fields)

    def clean_username(self):
        """Names that differ only in capitals would be mixed up."""
        username = self.cleaned_data["username"]
        same = User.objects.filter(username__iexact=username).exclude(pk=self.instance.pk)
        if same.exists():
            raise ValidationError("Tên đăng nhập này đã có. Chọn tên khác.")
        return username

    def clean_is_active(self):
        """The editor stays active."""
        return self._kept("is_active", "Không tự khoá tài khoản đang dùng. Nhờ quản trị viên khác.")

    def clean_is_staff(self):
        """The editor stays an administrator."""
        return self._kept("is_staff", "Không tự bỏ quyền quản trị của mình. Nhờ quản trị viên khác.")

    def _kept(self, name: str, sentence: str) -> bool:
        if self.instance.pk == self.editor.pk and not self.cleaned_data[name]:
            raise ValidationError(sentence)
        return self.cleaned_data[name]


class NewPasswordForm(auth_forms.AdminPasswordChangeForm):
    """A new password for another person's account."""

    error_messages = {"password_mismatch": MISMATCH}

    def __init__(self, user, *args, **kwargs):
        super().__init__(user, *args, **kwargs)
        self.fields.pop("usable_password", None)
        _set_words(self.fields)
