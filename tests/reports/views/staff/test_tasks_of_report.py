"""Giao nhiệm vụ từ báo cáo: the link on a report's page, the form, who may not."""

from datetime import timedelta

import pytest
from django.urls import reverse

from models_dv import clock
from models_dv.enums import Role
from models_dv.models import Task, UnitRole
from reports.domain.task_links import NOT_SENT
from reports.models import TaskLink

pytestmark = pytest.mark.django_db


@pytest.fixture
def receiver(client, world):
    """Who receives reports for the province and writes for it too."""
    UnitRole.objects.create(user=world.reviewer, unit=world.province, role=Role.AUTHOR)
    client.force_login(world.reviewer)
    return client


def from_url(world) -> str:
    return reverse("staff:task_from_report", args=[world.report().pk])


def test_the_page_of_a_sent_report_offers_it_to_the_body_above(receiver, world):
    world.issued()
    assert from_url(world) in receiver.get(world.report().get_absolute_url()).content.decode()
    page = receiver.get(from_url(world))
    assert page.context["form"]["lead_unit"].value() == "Đảng uỷ xã Phú Lâm"
    assert "Từ báo cáo 6 tháng đầu năm 2026 của Đảng uỷ xã Phú Lâm" in page.content.decode()

    today = clock.today()
    values = {
        "title": "Giải quyết kiến nghị",
        "lead_unit": "Đảng uỷ xã Phú Lâm",
        "given_on": today.strftime("%d/%m/%Y"),
        "due_on": (today + timedelta(days=30)).strftime("%d/%m/%Y"),
    }
    answer = receiver.post(from_url(world), values)
    task = Task.objects.get()
    assert answer.url == task.get_absolute_url()
    assert TaskLink.objects.get().task == task
    text = receiver.get(world.report().get_absolute_url()).content.decode()
    assert "Nhiệm vụ giao từ báo cáo này" in text and task.get_absolute_url() in text


def test_a_report_that_was_not_sent_is_refused_in_words(receiver, world):
    world.write()
    assert from_url(world) not in receiver.get(world.report().get_absolute_url()).content.decode()
    answer = receiver.get(from_url(world), follow=True)
    assert NOT_SENT in answer.content.decode()


@pytest.mark.parametrize(
    ("who", "status"), [("author", 403), ("reviewer", 403), ("province_author", 404), ("stranger", 404)]
)
def test_who_may_not(client, world, who, status):
    world.issued()
    client.force_login(getattr(world, who))
    assert client.get(from_url(world)).status_code == status
    assert client.post(from_url(world), {}).status_code == status
