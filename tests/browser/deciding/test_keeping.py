"""Between blind scores and decision nothing is lost and nothing is done twice: by the code that keeps an annotator's work."""

from typing import Any

from playwright.sync_api import expect

from tests.browser.deciding.pages import (
    BLIND,
    SignIn,
    cases,
    drafts,
    moved_on,
    open_case,
    ready,
    reveal,
)
from tests.browser.keeping.pages import says
from tests.browser.steps import press, saved
from tests.installation import Installation


def test_a_reload_finds_the_work_of_its_phase(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    first = open_case(page, "network")
    press(page, "2")
    saved(page)
    assert drafts(made, "network", "ada") == [{"phase": "blind", "scores": {"text_quality": 2}}]
    page.reload()
    expect(page.locator(".criterion").first.locator("input[value='2']")).to_be_checked()
    ready(page)
    press(page, "1")
    page.keyboard.press("s")
    expect(page.locator("form.deciding")).to_have_count(1)
    ready(page)
    press(page, "5gk")
    page.keyboard.type("Level 5, by the second block.")
    page.get_by_label("Feedback in your own words").fill("Say it shorter.")
    saved(page)
    page.reload()
    expect(page.locator(".criterion").first.locator(".scale input[value='5']")).to_be_checked()
    expect(page.locator(".causes :checked")).to_have_count(2)
    expect(page.locator("#shared_reason")).to_have_value("Level 5, by the second block.")
    expect(page.get_by_label("Feedback in your own words")).to_have_value("Say it shorter.")
    ready(page)
    page.keyboard.press("u")
    expect(page.locator("#judge-says")).to_have_text("Nothing to undo")
    page.keyboard.press("Control+Enter")
    moved_on(page, first)
    assert drafts(made, "network", "ada") == []
    assert cases(made, "network")[0][1:] == [
        "decided",
        {
            "text_quality": [5, "rubric_gap", "Level 5, by the second block."],
            "emotional_impact": [True, "slip", "Level 5, by the second block."],
        },
        "Say it shorter.",
    ]


def test_an_own_reason_and_own_words_are_in_their_fields_after_a_reload(sign_in: SignIn, made: Installation) -> None:
    """The criterion's own reason comes before the one for all; the adoption is undone after the reload."""
    page = sign_in("ada")
    open_case(page, "fields")
    reveal(page, "30")
    own = page.locator("textarea[name=reason-text_quality]")
    page.locator(".criterion .note summary").first.click()
    own.fill("For text alone.")
    page.locator("#shared_reason").fill("For both.")
    page.get_by_label("Feedback in your own words").fill("Say it shorter.")
    page.locator("#adopt").select_option("A")
    saved(page)
    page.reload()
    expect(own).to_have_value("For text alone.")
    expect(page.locator("#shared_reason")).to_have_value("For both.")
    expect(page.locator("#adopt")).to_have_value("A")
    expect(page.get_by_label("Feedback in your own words")).to_have_value("Say it shorter.")
    page.locator("#adopt").select_option("")
    saved(page)
    ready(page)
    press(page, "gg")
    page.keyboard.press("Control+Enter")
    expect(page.locator("form.deciding")).to_have_count(0)
    [[_round, _outcome, decided, feedback]] = cases(made, "fields")
    assert ({key: item[2] for key, item in decided.items()}, feedback) == (
        {"text_quality": "For text alone.", "emotional_impact": "For both."},
        "Say it shorter.",
    )


def test_without_network_it_goes_on_and_each_part_is_sent_once(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    first = open_case(page, "network")
    before = len(made.run(BLIND, SLUG="network"))
    page.context.set_offline(True)
    press(page, "30")
    page.keyboard.press("s")
    says(page, "Offline: will be sent when you are back online")
    page.context.set_offline(False)
    expect(page.locator("form.deciding")).to_have_count(1)
    ready(page)
    page.context.set_offline(True)
    press(page, "gg")
    page.keyboard.type("Written on a train.")
    says(page, "Offline, saved on this device")
    page.keyboard.press("Control+Enter")
    says(page, "Offline: will be sent when you are back online")
    page.context.set_offline(False)
    moved_on(page, first)
    assert len(made.run(BLIND, SLUG="network")) == before + 2
    assert page.evaluate("Object.keys(localStorage)") == []


def test_a_decision_whose_answer_was_lost_counts_once_and_opens_the_next_case(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    first = open_case(page, "network")

    def lose(route: Any) -> None:
        route.fetch()
        route.abort()

    page.route("**/unseen/", lose)
    press(page, "30")
    page.keyboard.press("s")
    says(page, "Offline: will be sent when you are back online")
    page.unroute("**/unseen/")
    expect(page.locator("form.deciding")).to_have_count(1)
    ready(page)
    page.route("**/decide/", lose)
    press(page, "gg")
    page.keyboard.type("Once.")
    page.keyboard.press("Control+Enter")
    says(page, "Offline: will be sent when you are back online")
    page.unroute("**/decide/")
    moved_on(page, first)
    decided = [case[2] for case in cases(made, "network") if case[2]["text_quality"][2] == "Once."]
    assert len(decided) == 1


def test_a_killed_server_between_blind_scores_and_decision_loses_nothing(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    first = open_case(page, "network")
    reveal(page, "40")
    press(page, "gl")
    page.keyboard.type("Before")
    saved(page)
    made.kill()
    page.keyboard.type(" and after the crash.")
    says(page, "Offline, saved on this device")
    page.keyboard.press("Control+Enter")
    says(page, "Offline: will be sent when you are back online")
    made.serve()
    page.wait_for_url(lambda url: url != first, timeout=40_000)
    reasons = [case[2]["text_quality"] for case in cases(made, "network")]
    assert [4, "rubric_gap", "Before and after the crash."] in reasons


def test_a_session_that_ended_is_said_and_saving_goes_on_after_signing_in_again(
    sign_in: SignIn, demo: tuple[Installation, str]
) -> None:
    page = sign_in("ada")
    open_case(page, "network")
    reveal(page, "40")
    page.context.clear_cookies(name="sixpoint_session")
    press(page, "g")
    says(page, "Saved on this device only")
    expect(page.locator("#notices")).to_contain_text("You are signed out")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="Sign in again").click()
    door = opened.value
    door.get_by_label("Username").fill("ada")
    door.get_by_label("Password").fill(demo[1])
    door.get_by_role("button", name="Sign in").click()
    door.wait_for_url("**/")
    saved(page)
    page.reload()
    expect(page.locator(".causes :checked")).to_have_count(1)


def test_the_later_of_two_tabs_is_told_and_nothing_is_overwritten(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    address = open_case(page, "tabs")
    reveal(page, "3")
    later = page.context.new_page()
    later.goto(address)
    expect(later.locator("#notices")).to_contain_text("open in another tab")
    press(page, "g")
    saved(page)
    later.locator(".causes input[value=slip]").first.dispatch_event("click")
    expect(later.locator("#notices")).to_contain_text("changed on another page")
    expect(later.locator("#notices tbody tr")).to_have_text(["Why they differedSlipGap in the rubric"])
    assert drafts(made, "tabs", "ada")[0]["decisions"]["text_quality"]["cause"] == "rubric_gap"
    later.get_by_role("button", name="Use the other version").click()
    saved(later)
    expect(later.locator(".causes input[value=rubric_gap]").first).to_be_checked()


def test_what_was_entered_blind_in_another_tab_never_fills_the_decision(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("fay")
    address = open_case(page, "tabs")
    later = page.context.new_page()
    later.goto(address)
    ready(later)
    page.bring_to_front()
    reveal(page, "3")
    expect(later.locator("#notices")).to_contain_text("You have scored this response blind already.")
    press(later, "6")
    later.wait_for_timeout(800)
    assert drafts(made, "tabs", "fay") == []
    page.reload()
    expect(page.locator(".criterion").first.locator(".scale input[value='3']")).to_be_checked()
    later.get_by_role("link", name="Show its current state").click()
    expect(later.locator("form.deciding .scale input[value='3']").first).to_be_checked()


def test_undo_takes_back_a_cause_a_reason_and_a_score(sign_in: SignIn) -> None:
    page = sign_in("ada")
    open_case(page, "tabs")
    if page.locator("form.deciding").count() == 0:
        reveal(page, "3")
    before = page.evaluate("new URLSearchParams(new FormData(document.querySelector('form.judge'))).toString()")
    press(page, "5")
    press(page, "l")
    page.keyboard.type("Both are right.")
    page.keyboard.press("Escape")
    press(page, "uuu")
    assert page.evaluate("new URLSearchParams(new FormData(document.querySelector('form.judge'))).toString()") == before
