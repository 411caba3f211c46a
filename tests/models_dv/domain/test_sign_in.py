"""Counting wrong passwords: who is stopped, who is not, and for how long."""

import pytest
from django.core.cache import cache

from models_dv.domain import sign_in

HERE, ELSEWHERE = "203.0.113.7", "203.0.113.8"

pytestmark = pytest.mark.usefixtures("empty_cache")


def wrong(times: int, *, login="tacgia.phulam", address=HERE) -> None:
    for _ in range(times):
        sign_in.begin(login=login, address=address)


def test_the_sixth_try_for_one_account_from_one_address_is_stopped():
    wrong(5)
    with pytest.raises(sign_in.TooManyAttempts) as stopped:
        wrong(1)
    assert stopped.value.message == "Đăng nhập sai nhiều lần. Thử lại sau 5 phút"
    assert 295 <= stopped.value.seconds <= 300


def test_the_owner_still_signs_in_from_another_address():
    wrong(5)
    sign_in.begin(login="tacgia.phulam", address=ELSEWHERE).forget()


def test_a_colleague_behind_the_same_address_still_signs_in():
    wrong(5)
    sign_in.begin(login="lanhdao.phulam", address=HERE).forget()


@pytest.mark.parametrize("typed", ["  TacGia.PhuLam ", "tacgıa.phulam"])
def test_how_the_name_is_typed_does_not_matter(typed):
    wrong(5)
    with pytest.raises(sign_in.TooManyAttempts):
        wrong(1, login=typed)


def test_a_right_password_gives_its_place_back():
    wrong(4)
    for _ in range(20):
        sign_in.begin(login="tacgia.phulam", address=HERE).forget()
    wrong(1)
    with pytest.raises(sign_in.TooManyAttempts):
        wrong(1)


def test_one_account_tried_from_many_addresses_is_stopped_at_50():
    for number in range(50):
        wrong(1, address=f"198.51.100.{number}")
    with pytest.raises(sign_in.TooManyAttempts):
        wrong(1, address=ELSEWHERE)


def test_one_address_trying_many_accounts_is_stopped_at_100_and_only_that_address():
    for number in range(100):
        wrong(1, login=f"nguoi.{number}")
    with pytest.raises(sign_in.TooManyAttempts):
        wrong(1, login="nguoi.moi")
    wrong(1, login="nguoi.moi", address=ELSEWHERE)


def test_a_stopped_try_counts_nowhere():
    for number in range(100):
        wrong(1, login=f"nguoi.{number}")
    for _ in range(10):
        with pytest.raises(sign_in.TooManyAttempts):
            wrong(1)
    wrong(5, address=ELSEWHERE)


def test_what_is_typed_as_a_name_is_not_kept_in_the_cache():
    attempt = sign_in.begin(login="mật khẩu gõ nhầm ô", address=HERE)
    assert len(attempt.places) == 3
    assert all(place.isascii() and place.startswith("sign-in:") for place in attempt.places)
    assert None not in [cache.get(place) for place in attempt.places]
