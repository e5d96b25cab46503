"""Other ways than deciding: the case waits, goes to somebody else or ends, and comes back where it should."""

from playwright.sync_api import Page, expect

from tests.browser.deciding.pages import SignIn, cases, moved_on, open_case, ready, reveal
from tests.browser.steps import press
from tests.installation import Installation

# The lease runs out, and another adjudicator takes the case.
TAKE = """
import json
from datetime import timedelta
from django.utils import timezone
from annotation.flow import adjudicate
from annotation.models import CaseReview, Project, User
held = CaseReview.objects.held().filter(project__slug="taken")
held.update(lease_expires_at=timezone.now() - timedelta(minutes=1))
review = adjudicate.claim(project=Project.objects.get(slug="taken"), by=User.objects.get(username="ada"))
print(json.dumps(review is not None))
"""


def leave(page: Page, way: str, words: str = "") -> None:
    """Choose the way by its digit in the list that its key opens."""
    page.keyboard.press("x")
    titles = page.locator("#skip label:has([name=way])").all_inner_texts()
    number = next(place for place, title in enumerate(titles, start=1) if way in title)
    page.keyboard.press(str(number))
    if words:
        page.locator("[name=way_words]").fill(words)
    page.get_by_role("button", name="Go on").click()


def letter_of(page: Page, score: str) -> str:
    """The annotator who gave the asked criterion the score."""
    cells = page.locator("tr.asked").first.locator("td .score").all_inner_texts()
    return "ABCD"[cells.index(score)]


def decide(page: Page, keys: str, reason: str) -> None:
    press(page, keys)
    page.keyboard.type(reason)
    page.keyboard.press("Control+Enter")


def test_what_was_sent_back_returns_with_the_answer(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    address = open_case(page, "back")
    reveal(page, "3")
    page.keyboard.press("x")
    page.get_by_label("Send back to an annotator").check(force=True)
    page.locator("[name=way_annotator]").select_option(letter_of(page, "5"))
    page.get_by_role("button", name="Go on").click()
    expect(page.locator("#fault-way")).to_have_text("Write what the annotator should look at.")
    page.locator("[name=way_words]").fill("Please look at block 2 again.")
    page.get_by_role("button", name="Go on").click()
    expect(page.locator(".messages")).to_contain_text("Sent back: the case returns to you with the answer.")
    expect(page.locator("main")).to_contain_text("Nothing is awaiting adjudication.")
    page.goto(address)
    expect(page.locator("main")).to_contain_text("You sent it back to an annotator.")

    annotator = sign_in("bo")
    annotator.goto("/projects/back/mine/")
    annotator.locator("main a[href*='/assignments/']").first.click()
    annotator.wait_for_url("**/assignments/*/**")
    if "/revise/" not in annotator.url:
        annotator.locator("main .acts .soft").click()
        annotator.wait_for_url("**/revise/")
    expect(annotator.locator(".sent-back")).to_contain_text("Please look at block 2 again.")
    expect(annotator.locator(".criterion:focus-within")).to_have_count(1)
    annotator.locator(".criterion").first.locator("input[value='6']").dispatch_event("click")
    annotator.keyboard.press("Control+Enter")
    annotator.wait_for_url("**/assignments/*/")

    open_case(page, "back")
    assert page.url == address
    expect(page.locator("tr.asked td .score:not(.own)")).to_have_count(3)
    assert letter_of(page, "6")
    expect(page.locator("thead")).to_contain_text("revised")
    decide(page, "4k", "The answer settles it.")
    expect(page.locator("main")).to_contain_text("Nothing is awaiting adjudication.")
    assert cases(made, "back") == [[1, "decided", {"text_quality": [4, "slip", "The answer settles it."]}, ""]]


def test_one_more_annotator_is_asked_and_the_case_returns_with_what_they_said(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    address = open_case(page, "further")
    reveal(page, "3")
    leave(page, "Ask one more annotator")
    expect(page.locator(".messages")).to_contain_text("One more annotator is asked.")
    expect(page.locator("main")).to_contain_text("Nothing is awaiting adjudication.")

    annotator = sign_in("dara")
    annotator.goto("/projects/further/")
    annotator.locator("main .do").click()
    annotator.wait_for_url("**/assignments/*/")
    for criterion in annotator.locator(".criterion").all():
        criterion.locator("input[value='5']").first.dispatch_event("click")
    annotator.keyboard.press("Control+Enter")
    expect(annotator.locator(".messages")).to_contain_text("Submitted.")

    open_case(page, "further")
    assert page.url == address
    expect(page.locator("tr.asked").first.locator("td .score:not(.own)")).to_have_count(4)
    decide(page, "5l", "Both can be meant.")
    expect(page.locator("main")).to_contain_text("Nothing is awaiting adjudication.")
    assert cases(made, "further") == [[1, "decided", {"text_quality": [5, "ambiguity", "Both can be meant."]}, ""]]


def test_a_decision_is_reopened_with_a_reason_and_decided_again_with_its_history(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    open_case(page, "again")
    reveal(page, "3")
    decide(page, "g", "Too quick.")
    expect(page.locator("main")).to_contain_text("Nothing is awaiting adjudication.")
    page.goto("/projects/again/adjudication/")
    page.locator("main a[href*='/adjudications/']").first.click()
    expect(page.get_by_role("heading", name="Decided", exact=True)).to_be_visible()
    page.get_by_label("To the annotators of this response").fill("Level 4 would have been possible.")
    page.get_by_role("button", name="Comment").click()
    expect(page.locator(".comments blockquote")).to_contain_text("You")
    page.locator(".reopen > summary").click()
    page.get_by_label("Why should it be decided again?").fill("The second block was overlooked.")
    page.get_by_role("button", name="Reopen this case").click()
    expect(page.locator(".messages")).to_contain_text("Reopened")
    open_case(page, "again")
    expect(page.locator("form.deciding")).to_contain_text("you decide without scoring blind")
    expect(page.locator(".round")).to_contain_text("Decision of round 1")
    page.locator(".round > summary").click()
    expect(page.locator(".round")).to_contain_text("The second block was overlooked.")
    decide(page, "4k", "Both blocks count.")
    expect(page.locator("main")).to_contain_text("Nothing is awaiting adjudication.")
    assert cases(made, "again") == [
        [1, "decided", {"text_quality": [3, "rubric_gap", "Too quick."]}, ""],
        [2, "decided", {"text_quality": [4, "slip", "Both blocks count."]}, ""],
    ]


def test_skipping_handing_over_and_marking_unusable_open_the_next_case(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    first = open_case(page, "ways")
    leave(page, "Skip")
    expect(page.locator("#fault-way")).to_have_text("Say why you skip it.")
    page.locator("[name=way_words]").fill("I wrote this query.")
    page.locator("[name=way_words]").press("Enter")
    moved_on(page, first)
    expect(page.locator(".messages")).to_contain_text("Skipped: it goes to someone else. Next: a response to")
    ready(page)
    second = page.url
    page.keyboard.press("x")
    page.get_by_label("Hand over").check(force=True)
    page.locator("[name=way_to]").select_option("fay")
    page.get_by_role("button", name="Go on").click()
    moved_on(page, second)
    ready(page)
    third = page.url
    leave(page, "Mark unusable", "The images are missing.")
    moved_on(page, third)
    assert [case[1] for case in cases(made, "ways")].count("unusable") == 1
    page.goto(second)
    page.get_by_role("button", name="Take it back").click()
    ready(page)

    other = sign_in("fay")
    other.goto("/projects/ways/adjudication/")
    expect(other.locator("main .do")).to_be_visible()


def test_a_case_that_another_adjudicator_holds_is_told_and_nothing_is_lost(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("fay")
    address = open_case(page, "taken")
    assert made.run(TAKE) is True
    press(page, "3")
    expect(page.locator("#notices")).to_contain_text("This case is no longer yours")
    page.get_by_role("link", name="Show its current state").click()
    expect(page.locator("main")).to_contain_text("Your time ran out.")
    assert page.url == address
