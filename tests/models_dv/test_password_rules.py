"""Each password rule refuses in our words what it should."""

import pytest
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError

from models_dv.models import User

AUTHOR = User(username="tacgia.phulam", full_name="Trần Thị Hoài")


@pytest.mark.parametrize(
    ("password", "messages"),
    [
        ("k9-mũ-rơm", ["Mật khẩu quá ngắn. Nhập từ 10 ký tự"]),
        ("tacgia.phulam1", ["Mật khẩu quá giống tên đăng nhập hoặc họ tên. Chọn mật khẩu khác"]),
        ("Trần Thị Hoài", ["Mật khẩu quá giống tên đăng nhập hoặc họ tên. Chọn mật khẩu khác"]),
        ("qwertyuiop", ["Mật khẩu này nhiều người dùng, dễ đoán. Chọn mật khẩu khác"]),
        ("83920174659", ["Mật khẩu chỉ có chữ số. Thêm chữ cái"]),
    ],
)
def test_a_weak_password_is_refused(password, messages):
    with pytest.raises(ValidationError) as refused:
        validate_password(password, user=AUTHOR)
    assert refused.value.messages == messages


def test_a_good_password_passes():
    assert validate_password("mũ rơm treo cửa bếp", user=AUTHOR) is None


def test_the_rules_are_told_beforehand():
    assert password_validators_help_texts() == [
        "Từ 10 ký tự.",
        "Không giống tên đăng nhập, họ tên.",
        "Không phải mật khẩu phổ biến.",
        "Không chỉ gồm chữ số.",
    ]
