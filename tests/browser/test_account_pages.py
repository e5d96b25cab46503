"""axe-core finds nothing on the pages of accounts that no address alone leads to: links that can still be used, and the second
factor, from its set-up to the code that it asks for; on a phone and a desktop, in light and dark."""

import time
from collections.abc import Callable

import pytest
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from playwright.sync_api import Page

from tests.browser.test_accessibility import ALL_ELSE, COLOURS, LANGUAGES, SCHEMES, found
from tests.installation import Installation

PEOPLE = """
import json, os
from annotation.flow.accounts.invitations import invite
from annotation.flow.accounts.password_links import make_link_by_command
from annotation.flow.setup.projects import add_member
from annotation.models import Project, User
ana, project, name = User.objects.get(username="ana"), Project.objects.get(slug="demo"), os.environ["NAME"]
User.objects.filter(pk=User.objects.create(username=name).pk).update(password=ana.password)
print(json.dumps([invite(project=project, role="annotator", uses=2)[1], make_link_by_command(username=name)[1]]))
"""
WIDTHS = (390, 1440)
FACTOR = "/accounts/second-factor/"
SignIn = Callable[..., Page]


class Looked:
    """What axe found, by the place at which it looked."""

    def __init__(self, locale: str) -> None:
        self.locale = locale
        self.wrong: dict[str, list[str]] = {}

    def at(self, page: Page, place: str) -> None:
        assert page.locator("html").get_attribute("lang") == LANGUAGES[self.locale], place
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            self.wrong[f"{place} {width}"] = found(page, ALL_ELSE)
            for scheme in SCHEMES.get(self.locale, ()):
                page.emulate_media(color_scheme=scheme)
                self.wrong[f"{place} {width} {scheme}"] = found(page, COLOURS)


def sent(page: Page, **fields: str) -> None:
    """Fill the form of the page and send it; what it asks for is not asked here, so that the server refuses it."""
    page.locator("main form").first.evaluate("(form) => { form.noValidate = true; }")
    for name, text in fields.items():
        page.locator(f"main [name={name}]").fill(text)
    with page.expect_navigation():
        page.locator("main .do").click()


@pytest.fixture
def expected_notes() -> list[str]:
    return ["the server responded with a status of 400"]


@pytest.mark.parametrize("locale", LANGUAGES)
def test_axe_finds_nothing_on_the_pages_of_accounts(demo: tuple[Installation, str], sign_in: SignIn, locale: str) -> None:
    made, password = demo
    name = f"axe-{LANGUAGES[locale]}"
    invitation, new_password = made.run(PEOPLE, NAME=name)
    options = {"locale": locale, "reduced_motion": "reduce"}
    look, visitor = Looked(locale), sign_in(None, **options)
    for place, address, fields in (
        ("invitation", f"/accounts/invitations/{invitation}/", {"username": "ana", "password": "1", "repeated": ""}),
        ("new password", f"/accounts/password/new/{new_password}/", {"password": "1", "repeated": "2"}),
    ):
        visitor.goto(address)
        look.at(visitor, place)
        sent(visitor, **fields)
        look.at(visitor, f"{place}, refused")
    page = sign_in(name, **options)
    page.goto(f"/accounts/invitations/{invitation}/")
    look.at(page, "invitation, signed in")
    page.goto(FACTOR)
    look.at(page, "without a second factor")
    page.goto(f"{FACTOR}set-up/")
    look.at(page, "password again")
    sent(page, password="wrong")
    look.at(page, "password again, refused")
    sent(page, password=password)
    look.at(page, "set-up")
    sent(page, code="1")
    look.at(page, "set-up, refused")
    secret = page.locator("#key").input_value()
    sent(page, code=format_hotp_value(hotp_value(secret, int(time.time()) // 30)))
    look.at(page, "recovery codes, after the set-up")
    for part in ("", "recovery-codes/", "recovery-codes/new/", "confirm/", "remove/"):
        page.goto(FACTOR + part)
        look.at(page, part or "with a second factor")
    visitor.goto("/accounts/login/")
    sent(visitor, login=name, password=password)
    look.at(visitor, "code")
    sent(visitor, code="1")
    look.at(visitor, "code, refused")
    assert (page.url, visitor.url) == (f"{made.url}{FACTOR}remove/", f"{made.url}{FACTOR}code/")
    assert {place: what for place, what in look.wrong.items() if what} == {}
