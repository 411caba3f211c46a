"""Files kept with a report on its page."""

import pytest
from django.test import Client
from django.urls import reverse

from reports.domain import attachments
from reports.enums import Action
from reports.models import ReportAttachment
from tests.access.addresses import let_go
from tests.models_dv.domain.uploaded import MACRO, PDF, brought, office

pytestmark = pytest.mark.django_db


@pytest.fixture
def author(client, world):
    client.force_login(world.author)
    return client


def page_of(client, world) -> str:
    return client.get(reverse("staff:report", args=[world.report().pk])).content.decode()


def add(client, world, data=PDF, name="phu luc.pdf", title=""):
    url = reverse("staff:attachment_add", args=[world.report().pk])
    return client.post(url, {"file": brought(data, name), "title": title})


def client_of(user) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_added_listed_handed_out_and_removed(author, world):
    answer = add(author, world, title="Phụ lục số liệu")
    row = ReportAttachment.objects.get()
    assert answer.url == f"{reverse('staff:report', args=[world.report().pk])}#attachments"
    page = page_of(author, world)
    assert "Phụ lục số liệu" in page and "Gỡ tệp “phu luc.pdf”?" in page
    file = author.get(row.get_absolute_url())
    assert file.getvalue() == PDF
    assert file["Content-Type"] == "application/pdf"
    remove = reverse("staff:attachment_remove", args=[world.report().pk, row.pk])
    assert "Đã gỡ tệp “Phụ lục số liệu”." in author.post(remove, follow=True).content.decode()
    assert not ReportAttachment.objects.exists()


def test_word_and_excel_are_saved_and_never_opened(author, world):
    add(author, world, office(), "a.docx")
    answer = author.get(ReportAttachment.objects.get().get_absolute_url())
    assert answer["Content-Disposition"] == 'attachment; filename="a.docx"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    let_go(answer)


def test_checked_by_content(author, world):
    answer = add(author, world, office(MACRO), "a.docx")
    assert answer.status_code == 422
    assert "Tệp có macro." in answer.content.decode()
    assert not ReportAttachment.objects.exists()


def test_above_sees_it_once_it_is_sent(author, world):
    world.write()
    add(author, world)
    url = ReportAttachment.objects.get().get_absolute_url()
    above = client_of(world.reviewer)
    assert above.get(url).status_code == 403
    assert "phu luc.pdf" not in page_of(above, world)
    world.do(Action.SUBMIT, world.author)
    world.do(Action.APPROVE, world.approver)
    world.issue()
    answer = above.get(url)
    assert answer.status_code == 200
    let_go(answer)
    page = page_of(above, world)
    assert "phu luc.pdf" in page and "Thêm tệp" not in page
    assert client_of(world.stranger).get(url).status_code == 404


def test_what_was_handed_in_stays(author, world):
    world.write()
    add(author, world)
    row = ReportAttachment.objects.get()
    world.do(Action.SUBMIT, world.author)
    remove = reverse("staff:attachment_remove", args=[world.report().pk, row.pk])
    assert "nên không thêm, gỡ tệp được" in author.post(remove, follow=True).content.decode()
    assert ReportAttachment.objects.exists()
    assert "Gỡ tệp" not in page_of(author, world)
    assert add(author, world).url == reverse("staff:report", args=[world.report().pk])
    assert ReportAttachment.objects.count() == 1


def test_a_file_of_another_report_is_not_found(author, world):
    other = world.report(world.communes[1])
    row = attachments.attach(
        world.edition(world.communes[1]), brought(PDF), actor=world.author_of(world.communes[1])
    )
    assert author.get(reverse("staff:attachment", args=[world.report().pk, row.pk])).status_code == 404
    assert author.get(reverse("staff:attachment", args=[other.pk, row.pk])).status_code == 404


def test_links_to_imports_only_while_it_is_written(author, world):
    world.write()
    page = page_of(author, world)
    assert "Nhập từ tệp Word" in page and "Nhập từ Excel" in page
    part = author.get(reverse("staff:part", args=[world.report().pk, "S2.1"])).content.decode()
    assert "Nhập từ tệp Word" in part
    figures = author.get(reverse("staff:part", args=[world.report().pk, "SL"])).content.decode()
    assert "Nhập từ Excel" in figures
    world.do(Action.SUBMIT, world.author)
    assert "Nhập từ tệp Word" not in page_of(author, world)
