"""With other tabs, other people and leases that ran out, nothing is overwritten."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.keeping.pages import (
    HOLDER,
    LAPSE,
    SignIn,
    choose,
    chosen,
    drafts,
    score_all,
    sent,
)
from tests.browser.steps import open_next, saved
from tests.installation import Installation


def test_what_the_server_does_not_have_is_offered_when_it_has_something_else(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("chen")
    address = open_next(page, "demo")
    choose(page, "1")
    saved(page)
    page.route("**/draft/", lambda route: route.abort())
    choose(page, "2")
    context = page.context
    page.close()
    other = sign_in("chen")  # another browser
    other.goto(address)
    choose(other, "6")
    saved(other)
    again = context.new_page()
    again.goto(address)
    expect(again.locator("#notices")).to_contain_text("This browser has changes to this response that the server does not have")
    expect(again.locator("#notices tbody td")).to_have_text(["2", "6"])
    [draft] = drafts(made, "chen")
    assert next(iter(draft["scores"].values())) == 6
    again.get_by_role("button", name="Use these changes").click()
    saved(again)
    chosen(again, "2")
    again.reload()
    chosen(again, "2")


@pytest.mark.parametrize(("choice", "level"), [("Keep this version", "2"), ("Use the other version", "5")])
def test_the_later_of_two_tabs_is_told_and_nothing_is_overwritten(
    sign_in: SignIn, made: Installation, choice: str, level: str
) -> None:
    who = "dara" if level == "2" else "emil"
    page = sign_in(who)
    address = open_next(page, "demo")
    later = page.context.new_page()
    later.goto(address)
    expect(later.locator("#notices")).to_contain_text("open in another tab")
    expect(page.locator("#notices .notice")).to_have_count(0)
    choose(page, "5")
    saved(page)
    choose(later, "2")
    expect(later.locator("#notices")).to_contain_text("changed on another page")
    title = str(page.locator(".criterion").first.get_attribute("data-title"))
    expect(later.locator("#notices tbody th")).to_have_text([title])
    expect(later.locator("#notices tbody td")).to_have_text(["2", "5"])
    assert next(iter(drafts(made, who)[0]["scores"].values())) == 5
    later.get_by_role("button", name=choice).click()
    saved(later)
    chosen(later, level)
    later.reload()
    chosen(later, level)


def test_seconds_that_a_page_sent_when_it_was_left_are_nobodys_change(sign_in: SignIn, made: Installation) -> None:
    """They may come after the page that was opened in its place, and before what is chosen there."""
    page = sign_in("bo")
    address = open_next(page, "demo")
    choose(page, "5")
    saved(page)
    key = str(page.locator(".criterion").first.get_attribute("data-key"))
    [token] = made.tokens("demo", {"bo": "annotator"})
    body = {"scores": {key: 5}, "active_seconds": 60}
    assert made.api("PUT", f"/api/v1{address.removeprefix(made.url)}draft/", token, body).status == 200
    choose(page, "2")
    saved(page)
    expect(page.locator("#notices .notice")).to_have_count(0)
    page.reload()
    chosen(page, "2")


def test_a_response_submitted_in_another_tab_is_said_and_not_sent_again(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("emil")
    address = open_next(page, "demo")
    later = page.context.new_page()
    later.goto(address)
    before = sent(made, "emil")
    score_all(page, "3")
    saved(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != address)
    expect(later.locator("#notices")).to_contain_text("You have submitted this response already.")
    expect(later.locator("#notices").get_by_role("button", name="Score the next response")).to_be_visible()
    later.keyboard.press("Control+Enter")
    assert sent(made, "emil") == [before[0] + 1, before[1] + 1]


def test_a_lease_that_ran_out_changes_nothing_while_nobody_took_the_slot(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("fay")
    address = open_next(page, "demo")
    made.run(LAPSE, WHO="fay", BY="")
    score_all(page, "3")
    saved(page)
    page.keyboard.press("Control+Enter")
    page.wait_for_url(lambda url: url != address)
    assert made.run(HOLDER, SLOT=re.findall(r"\d+", address)[-1]) == "fay"
    page.goto(address)
    expect(page.get_by_role("heading", name="Your scores", exact=True)).to_have_count(1)
    assert set(page.locator(".decisions dd > b").all_inner_texts()) == {"3"}


def test_a_slot_that_somebody_took_is_not_stolen_back_and_the_work_is_kept(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("fay")
    address = open_next(page, "demo")
    made.manage("add_member", "gil", "--project", "demo", "--role", "annotator", "--create")
    assert made.run(LAPSE, WHO="fay", BY="gil") is True
    score_all(page, "2")
    expect(page.locator("#notices")).to_contain_text("no longer yours")
    page.keyboard.press("Control+Enter")
    assert made.run(HOLDER, SLOT=re.findall(r"\d+", address)[-1]) == "gil"
    assert set(drafts(made, "fay")[0]["scores"].values()) == {2}
    page.get_by_role("link", name="Show its current state").click()
    expect(page.locator("main")).to_contain_text("Someone else is scoring this response now")
    expect(page.locator("main")).to_contain_text("kept in My work")


def test_the_work_of_one_person_is_never_shown_to_another(sign_in: SignIn, demo: tuple[Installation, str]) -> None:
    page = sign_in("ana")
    open_next(page, "demo")
    page.route("**/draft/", lambda route: route.abort())
    page.get_by_label("Feedback").fill("For Ana's eyes only.")
    page.goto("/")
    page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill("bo")
    page.get_by_label("Password").fill(demo[1])
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    open_next(page, "demo")
    page.wait_for_timeout(500)
    expect(page.get_by_label("Feedback")).to_have_value("")


LAPSED = """
import json, os
from django.utils import timezone
from annotation.models import Assignment, Lapse, User
slot, other = Assignment.objects.get(pk=os.environ["SLOT"]), User.objects.get(username=os.environ["WHO"])
Lapse.objects.create(assignment=slot, annotator=other, lapsed_at=timezone.now())
print(json.dumps("told"))
"""


def test_nothing_is_saved_under_the_name_of_somebody_who_has_signed_in_in_another_tab(
    sign_in: SignIn, made: Installation, demo: tuple[Installation, str]
) -> None:
    page = sign_in("fay")
    address = open_next(page, "demo")
    slot = address.rstrip("/").rpartition("/")[2]
    made.run(LAPSED, SLOT=slot, WHO="bo")  # bo had it before: his own page of it would keep his work
    tab = page.context.new_page()
    before = drafts(made, "bo"), sent(made, "bo")
    own = drafts(made, "fay")
    for who in ("bo", "fay"):
        tab.context.clear_cookies(name="sixpoint_session")
        tab.goto("/accounts/login/")
        tab.locator("[name=login]").fill(who)
        tab.locator("[name=password]").fill(demo[1])
        tab.locator("main .do").click()
        tab.wait_for_url("**/")
        if who == "bo":
            choose(page, "5")
            expect(page.locator("#notices")).to_contain_text("signed in as someone other than fay")
            page.keyboard.press("z")
            page.keyboard.press("2")
            page.keyboard.press("Enter")
            expect(page.locator("#flag .fault")).to_be_visible()
            assert (drafts(made, "bo"), sent(made, "bo"), drafts(made, "fay")) == (*before, own)
    saved(page)
    assert (drafts(made, "bo"), sent(made, "bo")) == before
    [draft] = [one for one in drafts(made, "fay") if one not in own]
    assert list(draft["scores"].values()) == [5]
