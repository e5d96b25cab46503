"""Without network, after a crash or a killed server, nothing is lost and nothing counts twice."""

import re
from typing import Any

from playwright.sync_api import expect

from tests.browser.keeping.pages import (
    TRAIN,
    SignIn,
    choose,
    chosen,
    drafts,
    says,
    score_all,
    sent,
)
from tests.browser.steps import open_next, saved
from tests.installation import Installation


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
        expect(page.locator(".messages")).to_contain_text(re.compile(r"Submitted\. Overall .* Next: a response to"))
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
