"""A case is decided by keyboard to the end, in few keys, and the next one opens."""

import re

from playwright.sync_api import Page, expect

from tests.browser.deciding.pages import BLIND, LABEL, SignIn, cases, moved_on, open_case, ready, reveal
from tests.browser.steps import press, saved
from tests.installation import Installation

MOST_KEYS = 4  # per criterion, beside the reason


class Keys:
    """Counts the keys that a person presses."""

    def __init__(self, page: Page) -> None:
        self.page, self.pressed = page, 0

    def press(self, *keys: str) -> None:
        for key in keys:
            self.page.keyboard.press(key)
            self.pressed += 1


def test_three_judgements_become_a_label_by_keyboard_alone_and_the_next_case_opens(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    page.goto("/projects/keys/adjudication/")
    page.locator("main .do").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/adjudications/*/")
    ready(page)
    decided = {}
    page.evaluate("window.marked = true")
    for number in range(1, 4):
        asked = [str(one.get_attribute("data-key")) for one in page.locator(".criterion").all()]
        query, address = page.locator("#query + small").inner_text().split(" ")[0], page.url
        keys = Keys(page)
        keys.press("3", *("0" if key == "emotional_impact" else "3" for key in asked[1:]))
        expect(page.locator(".acts .do")).to_be_focused()
        keys.press("s")
        expect(page.locator("form.deciding")).to_have_count(1)
        ready(page)
        keys.press("4", *"gjkl"[: len(asked)])
        expect(page.locator("#shared_reason")).to_be_focused()
        page.keyboard.type(f"Reason {number}.")
        keys.press("Control+Enter")
        moved_on(page, address)
        # of one criterion: digit, s, digit, cause, Ctrl+Enter, since both submissions are counted
        assert keys.pressed == (5 if len(asked) == 1 else 7)
        assert len(asked) == 1 or keys.pressed <= MOST_KEYS * len(asked)
        decided[query] = asked
        if number < 3:
            expect(page.locator(".messages")).to_contain_text(re.compile(r"^\s*Decided\. Next: a response to PBL-\d+"))
            ready(page)
    expect(page.locator("main")).to_contain_text("Nothing is awaiting adjudication.")
    assert page.evaluate("window.marked") is True, "the pages were not loaded anew"
    assert sorted(decided) == ["PBL-0001", "PBL-0002", "PBL-0003"]
    assert made.run(LABEL, SLUG="keys", NUMBER="1") == {
        "text_quality": [4.0, "adjudicated"],
        "emotional_impact": [False, "adjudicated"],
        "creativity": [4.0, "agreed"],
    }
    assert sorted(made.run(BLIND, SLUG="keys"), key=str) == [["emotional_impact", False]] + [["text_quality", 3]] * 3


def test_a_case_of_one_criterion_takes_four_keys(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    address = open_case(page, "looks")
    keys = Keys(page)
    keys.press("4", "s")
    expect(page.locator("form.deciding")).to_have_count(1)
    ready(page)
    keys.press("k")
    page.keyboard.type("They slipped.")
    keys.press("Control+Enter")
    moved_on(page, address)
    assert keys.pressed == MOST_KEYS
    assert cases(made, "looks") == [[1, "decided", {"text_quality": [4, "slip", "They slipped."]}, ""]]


def test_a_reason_of_its_own_reasons_used_before_and_an_adopted_feedback_arrive(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("fay")
    first = open_case(page, "reasons")
    reveal(page, "31")
    expect(page.locator(".against")).to_have_text(["yours 3 · range 3", "yours applies"])
    press(page, "g")
    expect(page.locator("[data-here]")).to_have_attribute("data-key", "emotional_impact")
    press(page, "hj")  # it does not apply after all
    page.keyboard.type("Level 3 says nothing of drawings.")
    page.keyboard.press("Escape")
    press(page, "m")
    page.keyboard.type("The picture is harmless.")
    page.get_by_label("Feedback for the release").select_option(label="Adopt B’s")
    saved(page)
    adopted = page.locator(".remarks li").filter(has_text="feedback").nth(1).inner_text().rpartition(": ")[2]
    page.keyboard.press("Control+Enter")
    moved_on(page, first)
    reveal(page, "31")
    expect(page.locator("[data-reason]")).to_have_text(["The picture is harmless.", "Level 3 says nothing of drawings."])
    press(page, "gj")
    page.get_by_role("button", name="Level 3 says nothing of drawings.").press("Enter")
    expect(page.locator("#shared_reason")).to_have_value("Level 3 says nothing of drawings.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("Nothing is awaiting adjudication.")
    assert [case[1:] for case in cases(made, "reasons")] == [
        [
            "decided",
            {
                "text_quality": [3, "rubric_gap", "Level 3 says nothing of drawings."],
                "emotional_impact": [False, "item_fault", "The picture is harmless."],
            },
            adopted,
        ],
        [
            "decided",
            {
                "text_quality": [3, "rubric_gap", "Level 3 says nothing of drawings."],
                "emotional_impact": [True, "item_fault", "Level 3 says nothing of drawings."],
            },
            "",
        ],
    ]


def test_what_is_missing_is_said_in_sentences_at_its_field_and_the_keys_are_listed(sign_in: SignIn) -> None:
    page = sign_in("ada")
    open_case(page, "missing")
    page.keyboard.press("s")
    expect(page.locator("#faults li")).to_have_text(
        ["Text quality: Choose a level.", "Harmful or negative emotion: Choose whether it applies."]
    )
    reveal(page, "31")
    press(page, "u")
    page.keyboard.press("?")
    expect(page.locator("dialog.keys")).to_contain_text("gap in the rubric")
    page.keyboard.press("Escape")
    page.keyboard.press("s")
    expect(page.locator("#faults li")).to_have_text(
        [
            "Text quality, Harmful or negative emotion: Choose why they differed.",
            "Reason: Give a reason.",
        ]
    )
    cause = page.locator(".criterion").first.locator(".cause")
    expect(cause).to_have_accessible_description("Choose why they differed.")
