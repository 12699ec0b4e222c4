"""How somebody outside comes to their own page: by a link that lies in the post office."""

import re

from playwright.sync_api import expect


def newest_link(office, name: str, leads_to: str) -> str:
    """The link in the newest letter that lies in the post office for somebody."""
    office.get_by_role("link", name=re.compile(name)).first.click()
    letter = office.locator("#received article").first
    expect(letter).to_contain_text(leads_to, timeout=20_000)
    return re.search(rf"https?://\S+{leads_to}\S+", letter.inner_text())[0]


def come_in_by_link(phone, running, office, mail: str, name: str, called: str, look=lambda: None) -> None:
    """Somebody asks for their link, takes it out of the post office, and comes in by its button."""
    phone.goto(running.url + "/my")
    phone.get_by_label("Your mail address").fill(mail)
    phone.get_by_role("button", name="Send me the link").click()
    expect(phone.get_by_role("heading", name="Look into your mail")).to_be_visible()
    link = newest_link(office, name, "/my/link/")
    for _ in range(2):  # a mail scanner opens it before they do; that spends nothing
        assert phone.request.get(link).ok
    phone.goto(link)
    expect(phone.get_by_role("heading", name=f"Good to see you, {called}")).to_be_visible()
    look()
    phone.get_by_role("button", name="Open my page").click()
    expect(phone.get_by_role("heading", name=f"{called}, this page is yours.")).to_be_visible()
    assert phone.request.get(link).status == 404
