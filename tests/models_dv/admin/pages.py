"""Reading and sending the admin's pages as a browser does: the form as it stands, with what was typed."""

from lxml import html

HOME = "/quan-tri/"


def form_of(response, id_ends: str = "_form") -> dict:
    """{name: value or values} of the page's main form as it stands; unsaved file fields are left out."""
    page = html.fromstring(response.content.decode())
    (form,) = [form for form in page.forms if (form.get("id") or "").endswith(id_ends)]
    values: dict = {}
    for name, value in form.form_values():
        values.setdefault(name, []).append(value)
    return {name: found[0] if len(found) == 1 else found for name, found in values.items()}


def change(client, path: str, typed: dict | None = None, *, without=(), button="_continue"):
    """Open ``path``, type into its form, send it; returns the answer (after a redirect, the redirect)."""
    opened = client.get(path)
    assert opened.status_code == 200
    values = {**form_of(opened), **(typed or {}), button: "1"}
    return client.post(path, {name: value for name, value in values.items() if name not in without})


def errors_of(response) -> list[str]:
    """Every error sentence on the page, in order."""
    page = html.fromstring(response.content.decode())
    found = page.xpath('//ul[contains(@class, "errorlist")]/li')
    return [item.text_content().strip() for item in found]


def messages_of(response) -> list[str]:
    """Every message on the page, in order."""
    page = html.fromstring(response.content.decode())
    return [item.text_content().strip() for item in page.xpath('//ul[@class="messagelist"]/li')]


def rows_of(response) -> list[list[str]]:
    """Texts of the cells of a list."""
    page = html.fromstring(response.content.decode())
    rows = page.xpath('//table[@id="result_list"]/tbody/tr')
    return [[cell.text_content().strip() for cell in row.xpath("./th|./td")] for row in rows]


def text_of(response) -> str:
    """The words of the page's content, white space as single spaces."""
    page = html.fromstring(response.content.decode())
    (content,) = page.xpath('//*[@id="content"]')
    return " ".join(" ".join(content.itertext()).split())
