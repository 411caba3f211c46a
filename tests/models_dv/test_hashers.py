"""Passwords are kept with Argon2id at the chosen cost, and older hashes are renewed."""

from django.contrib.auth.hashers import check_password, identify_hasher, make_password
from django.test import override_settings

from models_dv.hashers import PortalArgon2Hasher

SHIPPED = ["models_dv.hashers.PortalArgon2Hasher", "django.contrib.auth.hashers.PBKDF2PasswordHasher"]


@override_settings(PASSWORD_HASHERS=SHIPPED)
def test_a_new_password_costs_19_mib_two_passes_one_lane():
    encoded = make_password("mật khẩu dài")
    assert encoded.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert isinstance(identify_hasher(encoded), PortalArgon2Hasher)
    assert check_password("mật khẩu dài", encoded)
    assert not check_password("mật khẩu ngắn", encoded)


@override_settings(PASSWORD_HASHERS=SHIPPED)
def test_an_older_hash_is_renewed_at_the_next_sign_in():
    renewed = []
    old = make_password("mật khẩu dài", hasher="pbkdf2_sha256")
    assert check_password("mật khẩu dài", old, setter=renewed.append)
    assert renewed == ["mật khẩu dài"]
