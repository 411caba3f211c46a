"""Telephone and identity numbers in a text that is to become public."""

import pytest

from models_dv.vietnamese.personal_data import IDENTITY, PHONE, find_personal_data


def pairs(text):
    return [(item.found, item.kind) for item in find_personal_data(text)]


@pytest.mark.parametrize(
    "number",
    [
        "0912345678",
        "0912 345 678",
        "0912.345.678",
        "091-234-5678",
        "0912\u00a0345\u00a0678",
        "+84912345678",
        "84912345678",
        "+84 912 345 678",
        "(+84) 912 345 678",
        "0084912345678",
        "024 3825 6789",
        "(024) 38256789",
        "(0238) 3842.123",
        "0169 123 4567",
    ],
)
def test_telephone_numbers_are_found(number):
    assert pairs(f"Liên hệ bà Mẫu, ĐT {number}, thôn 3.") == [(number, PHONE)]


@pytest.mark.parametrize(
    "number",
    ["001085012345", "042 185 012 345", "038.095.001.234", "0340 9900 1234", "034 099 001234", "183456789"],
)
def test_identity_numbers_are_found(number):
    assert pairs(f"CCCD {number}.") == [(number, IDENTITY)]


@pytest.mark.parametrize(
    "text",
    [
        "1.743 mô hình, gần 250 điển hình",
        "Kinh phí 84.912.345.678 đồng, 84912345678 đồng, 84912345000",
        "250000000 đồng; 123456789 đồng; 183456789đ",
        "từ 15/12/2025 đến 14/06/2026",
        "ngày 05.02.2026 12 giờ",
        "ngày 05-02-2026",
        "Nghị quyết số 18-NQ/TW; Quyết định 217-QĐ/TW năm 2013",
        "tổng đài 1900 1234",
        "năm 2021 2022 2023",
        "0,912345678",
        "",
    ],
)
def test_figures_dates_and_money_are_none(text):
    assert pairs(text) == []


def test_several_are_found_in_order_with_their_places():
    text = "Ông A 0912345678 12 lần, CCCD 001085012345"
    assert find_personal_data(text) == [(6, 16, "0912345678", PHONE), (30, 42, "001085012345", IDENTITY)]
