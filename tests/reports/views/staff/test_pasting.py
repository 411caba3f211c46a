"""The address that says which cells a pasted block fills; nothing is saved by asking it."""

import json

import pytest
from django.test import Client
from django.urls import reverse

from reports.enums import Action
from reports.models import Figure, PartAssignment

pytestmark = pytest.mark.django_db


def paste(world, text, *, user=None, at="A1", body=None):
    client = Client()
    client.force_login(user or world.author)
    url = reverse("staff:paste_figures", args=[world.report().pk])
    return client.post(url, body or json.dumps({"text": text, "at": at}), content_type="application/json")


def test_each_value_goes_where_its_row_says(world):
    answer = paste(world, "C4\tgần 52\nC5\tkhông phát sinh\nA5\t90\n")
    assert (answer.status_code, answer.json()) == (
        200,
        {
            "cells": {
                "C4": {"value": "gần 52", "state": "", "note": ""},
                "C5": {"value": "", "state": "none", "note": ""},
            },
            "left": ["Dòng 3 “A5”: A5 do hệ thống tự tính."],
        },
    )
    assert not Figure.objects.exists()


def test_a_long_list_of_what_was_not_taken_is_cut(world):
    codes = ("A1", "A2", "A3", "A4", "C1", "C2", "C3", "C4", "C5")
    left = paste(world, "\n".join(f"{code}\t1.5" for code in codes)).json()["left"]
    assert (len(left), left[-1]) == (9, "1 dòng khác cũng không dán được.")


def test_a_contributor_fills_what_he_was_given(world):
    unit = world.communes[1]
    PartAssignment.objects.create(
        report=world.report(), unit=unit, parts=[], groups=["A"], made_by=world.author
    )
    data = paste(world, "A1\t5\nC4\t52\n", user=world.author_of(unit)).json()
    assert (list(data["cells"]), data["left"]) == (["A1"], ["Dòng 2 “C4”: C4 không nhập ở bảng này."])


def test_what_cannot_be_written_or_read_is_told_in_json(world):
    assert paste(world, "", body='{"text": 1}').status_code == 400
    assert paste(world, "", body="[]").status_code == 400
    world.write(A1=4)
    world.do(Action.SUBMIT, world.author)
    answer = paste(world, "C4\t52\n")
    assert (answer.status_code, answer.json()["why"]) == (409, "refused")
