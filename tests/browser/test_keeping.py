"""Nothing is lost, nothing is overwritten, nothing counts twice: without network, after a crash, in two tabs."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.browser.steps import open_next, saved
from tests.installation import Installation, installation

SignIn = Callable[..., Page]

SENT = """
import json, os
from annotation.models import Annotation, Revision
mine = Revision.objects.filter(annotation__annotator__username=os.environ["WHO"])
print(json.dumps([Annotation.objects.filter(annotator__username=os.environ["WHO"]).count(), mine.count()]))
"""
DRAFT = """
import json, os
from annotation.models import Draft
print(json.dumps(list(Draft.objects.filter(annotator__username=os.environ["WHO"]).values_list("content", flat=True))))
"""
LAPSE = """
import json, os
from datetime import timedelta
from django.db import transaction
from django.utils import timezone
from annotation.flow.score import claims
from annotation.models import Assignment, User
slot = Assignment.objects.held().select_related("project").get(annotator__username=os.environ["WHO"])
Assignment.objects.filter(pk=slot.pk).update(lease_expires_at=timezone.now() - timedelta(minutes=1))
taken = False
if os.environ["BY"]:
    with transaction.atomic():
        [found] = claims.first_of(Assignment.objects.filter(pk=slot.pk), skip_locked=False)
        taken = claims.take(found, slot.project, User.objects.get(username=os.environ["BY"]))
print(json.dumps(taken))
"""
TRAIN = """
import json
from annotation.flow.setup.projects import add_member, create_project
from tests.factories import load, record
project = create_project(slug="train", rubrics=["mmie-pbl"], title="Train", overlap=1)
load(project, [record(1)])
add_member(username="ana", project=project, role="annotator")
print(json.dumps("made"))
"""
HOLDER = """
import json, os
from annotation.models import Assignment
print(json.dumps(Assignment.objects.get(pk=os.environ["SLOT"]).annotator.username))
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: Any) -> Iterator[tuple[Installation, str]]:
    """A demo of its own, whose server may be killed."""
    with installation(tmp_path_factory.mktemp("keeping")) as made:
        yield made, made.manage("load_demo")["people"][0]["password"]


@pytest.fixture
def made(demo: tuple[Installation, str]) -> Installation:
    return demo[0]


@pytest.fixture
def expected_notes() -> list[str]:
    return ["Failed to load resource"]  # Chromium's own note on what has no network, or was refused


def says(page: Page, words: str) -> None:
    expect(page.locator("#saved")).to_have_text(words)


def scores(page: Page) -> dict[str, str]:
    inputs = page.locator("form.judge input[type=radio][name^='score-']:checked").all()
    return {str(one.get_attribute("name")): str(one.get_attribute("value")) for one in inputs}


def score_all(page: Page, level: str) -> None:
    for criterion in page.locator(".criterion").all():
        criterion.locator(f"input[value='{level}']").dispatch_event("click")


def choose(page: Page, level: str) -> None:
    page.locator(".criterion").first.locator(f"input[value='{level}']").dispatch_event("click")


def chosen(page: Page, level: str) -> None:
    expect(page.locator(".criterion").first.locator(f"input[value='{level}']")).to_be_checked()


def drafts(made: Installation, who: str) -> Any:
    return made.run(DRAFT, WHO=who)


def sent(made: Installation, who: str) -> Any:
    """How many annotations, and how many revisions of them."""
    return made.run(SENT, WHO=who)


def test_the_page_moves_on_without_a_full_load_and_the_next_pictures_are_there(sign_in: SignIn) -> None:
    page = sign_in("ana")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    first = open_next(page, "demo")
    page.evaluate("window.marked = true")
    for _step in range(2):
        page.wait_for_selector("#ahead", state="attached")
        page.wait_for_load_state("networkidle")
        score_all(page, "4")
        saved(page)
        asked.clear()
        before = page.url
        page.keyboard.press("Control+Enter")
        page.wait_for_url(lambda url, before=before: url != before)
        expect(page.locator(".messages")).to_contain_text(re.compile(r"Sent\. Overall .* Next: a response to"))
        expect(page.locator(".criterion:focus-within")).to_have_count(1)
        page.wait_for_load_state("networkidle")
        shown = page.evaluate(
            "[...document.querySelectorAll('main .read img:not([loading=lazy])')].map((image) => image.currentSrc)"
        )
        assert [url for url in asked if url in shown] == []
    assert page.evaluate("[window.marked, window.scrollY]") == [True, 0]
    page.go_back()
    page.go_back()
    expect(page.get_by_role("heading", name="Your scores", exact=True)).to_be_visible()
    assert (page.url, page.evaluate("window.marked")) == (first, True)


def test_ten_changes_without_network_are_all_there_when_it_is_back(sign_in: SignIn, made: Installation) -> None:
    made.run(TRAIN)
    page = sign_in("ana")
    open_next(page, "train")
    page.context.set_offline(True)
    for key in "345612hqm":  # six scores, a penalty, an error, and to a note
        page.keyboard.press(key)
    page.keyboard.type("Hm.")
    page.get_by_label("Feedback").fill("Written on a train.")
    says(page, "Offline, saved on this device")
    page.context.set_offline(False)
    saved(page)
    [draft] = drafts(made, "ana")
    criteria = [box.get_attribute("data-key") for box in page.locator(".criterion").all()]
    assert draft | {"active_seconds": 0} == {
        "scores": dict(zip(criteria, [3, 4, 5, 6, 1, 2], strict=True)),
        "penalties": ["emotional_impact"],
        "feedback": "Written on a train.",
        "active_seconds": 0,
        "notes": {criteria[-1]: "Hm."},
        "errors": [{"type": "cross-modality-coherence", "block": None}],
    }
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_killed_server_loses_nothing_and_doubles_nothing(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("bo")
    before = sent(made, "bo")
    first = open_next(page, "demo")
    score_all(page, "4")
    saved(page)
    made.kill()
    page.get_by_label("Feedback").fill("While it was down.")
    says(page, "Offline, saved on this device")
    page.keyboard.press("Control+Enter")
    says(page, "Offline: will be sent when you are back online")
    made.serve()
    page.wait_for_url(lambda url: url != first, timeout=40_000)
    assert sent(made, "bo") == [before[0] + 1, before[1] + 1]
    page.goto(first)
    expect(page.locator("main")).to_contain_text("While it was down.")


def test_a_page_that_crashed_within_the_second_finds_its_work_again(sign_in: SignIn) -> None:
    page = sign_in("chen")
    address = open_next(page, "demo")
    page.route("**/draft/", lambda route: route.abort())
    choose(page, "5")
    page.get_by_label("Feedback").fill("Not sent yet.")
    context = page.context
    page.close()
    again = context.new_page()
    again.goto(address)
    chosen(again, "5")
    expect(again.get_by_label("Feedback")).to_have_value("Not sent yet.")
    saved(again)
    expect(again.locator("#notices .notice")).to_have_count(0)


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


def test_a_session_that_ended_is_said_and_saving_goes_on_after_signing_in_again(
    sign_in: SignIn, demo: tuple[Installation, str]
) -> None:
    page = sign_in("ana")
    open_next(page, "demo")
    page.context.clear_cookies(name="sixpoint_session")
    choose(page, "6")
    says(page, "Saved on this device only")
    expect(page.locator("#notices")).to_contain_text("You are signed out")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again").click()
    door = opened.value
    door.get_by_label("Username").fill("ana")
    door.get_by_label("Password").fill(demo[1])
    door.get_by_role("button", name="Sign in").click()
    door.wait_for_url("**/")
    saved(page)
    expect(page.locator("#notices .notice")).to_have_count(0)
    page.reload()
    chosen(page, "6")


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


def test_what_was_submitted_without_network_is_sent_later_and_counts_once(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ana")
    before = sent(made, "ana")
    first = open_next(page, "demo")
    score_all(page, "4")
    saved(page)
    page.context.set_offline(True)
    page.keyboard.press("Control+Enter")
    says(page, "Offline: will be sent when you are back online")
    page.context.set_offline(False)
    page.wait_for_url(lambda url: url != first)
    assert sent(made, "ana") == [before[0] + 1, before[1] + 1]


def test_a_submission_whose_answer_was_lost_counts_once(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("bo")
    before = sent(made, "bo")
    first = open_next(page, "demo")
    score_all(page, "4")
    saved(page)

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/submit/", lose)
    page.keyboard.press("Control+Enter")
    says(page, "Offline: will be sent when you are back online")
    page.unroute("**/submit/")
    page.wait_for_url(lambda url: url != first)
    assert sent(made, "bo") == [before[0] + 1, before[1] + 1]


def test_a_browser_without_storage_says_so_once_and_saves_on_the_server(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("dara")
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('full', 'QuotaExceededError'); };")
    open_next(page, "demo")
    choose(page, "1")
    expect(page.locator("#notices")).to_contain_text("keeps no copy")
    page.get_by_role("button", name="OK").click()
    with page.expect_response(lambda answer: re.search(r"score-\w+=3", answer.request.post_data or "") is not None):
        choose(page, "3")
    expect(page.locator("#notices .notice")).to_have_count(0)
    assert next(iter(drafts(made, "dara")[0]["scores"].values())) == 3


def test_a_feedback_of_full_length_is_saved_whatever_its_characters(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("dara")
    open_next(page, "demo")
    page.get_by_label("Feedback").fill("🙂" * 20_000)
    saved(page)
    assert len(drafts(made, "dara")[0]["feedback"]) == 20_000
