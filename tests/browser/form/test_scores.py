"""Scores by keyboard: what is pressed arrives in the draft."""

from playwright.sync_api import expect

from tests.browser.form.pages import ENTRIES, TAKE_FORM, TELL_OVERALL, SignIn, chosen, draft, here
from tests.browser.steps import open_next, press, saved
from tests.installation import Installation


def test_a_whole_response_of_six_criteria_takes_seven_keys(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ana")
    first = open_next(page, "judging")
    assert page.locator(".criterion").count() == 6
    press(page, "456345")
    expect(page.get_by_role("button", name="Submit")).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url(lambda url: url != first and "/assignments/" in url)
    expect(page.locator(".scale :checked")).to_have_count(0)
    page.goto("/projects/judging/")
    expect(page.locator(".big b")).to_have_text("1")


def test_the_last_of_all_is_the_first_that_was_left_open(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ana")
    open_next(page, "bare")
    page.keyboard.press("ArrowDown")
    press(page, "45634")
    assert (here(page), chosen(page)) == ("text_quality", ["4", "5", "6", "3", "4"])


def test_undo_takes_back_one_change_after_the_other(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("bo")
    open_next(page, "judging")
    press(page, "45hq")
    expect(page.locator(".errors :checked")).to_have_count(1)
    press(page, "u")
    expect(page.locator(".errors :checked")).to_have_count(0)
    expect(page.get_by_label("Harmful or negative emotion")).to_be_checked()
    press(page, "uu")
    assert (chosen(page), here(page)) == (["4"], "image_quality")
    expect(page.get_by_label("Harmful or negative emotion")).not_to_be_checked()
    expect(page.locator("#judge-says")).to_have_text("Undone: Image quality: 5, Good")
    press(page, "f")
    page.keyboard.type("Too long.")
    page.keyboard.press("Escape")
    press(page, "u")
    expect(page.locator("#feedback")).to_have_value("")
    press(page, "uu")
    assert chosen(page) == []
    expect(page.locator("#judge-says")).to_have_text("Nothing to undo")
    saved(page)
    assert draft(made, "bo") == {"scores": {}, "penalties": [], "feedback": ""}


def test_not_applicable_is_taken_where_the_rubric_allows_it_and_nowhere_else(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("chen")
    open_next(page, "judging")
    press(page, "n9")
    assert (chosen(page), here(page)) == ([], "text_quality")
    expect(page.locator("#judge-says")).to_have_text("Text quality has no level 9")
    press(page, "4n")
    assert (chosen(page), here(page)) == (["4", "na"], "text_image_coherence")
    expect(page.locator("#judge-says")).to_have_text("Image quality: not applicable")


def test_what_a_key_refuses_is_seen_until_the_next_change_and_what_it_does_is_heard_only(
    sign_in: SignIn, made: Installation
) -> None:
    page = sign_in("emil")
    open_next(page, "strict")
    says = page.locator("#judge-says")
    refused = []
    for key in "u9r":
        press(page, key)
        expect(says).not_to_have_class("visually-hidden")
        refused.append(says.inner_text())
    assert refused == ["Nothing to undo", "Text quality has no level 9", "This query has no reference answers"]
    press(page, "4")
    expect(says).to_have_text("Text quality: 4, Readable")
    expect(says).to_have_class("visually-hidden")
    press(page, "9")
    expect(says).not_to_have_class("visually-hidden")
    page.locator("[name=penalty]").first.click()
    expect(says).to_have_class("visually-hidden")
    expect(says).to_have_text("")


def test_arrows_go_from_level_to_level_and_stop_at_the_ends(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("fay")
    open_next(page, "judging")
    seen = []
    for key in ["Right", "Left", "Right", *["Right"] * 5, "Down", "Left", "Right", "Right", "Left"]:
        page.keyboard.press(f"Arrow{key}")
        seen.append(chosen(page))
    first = [["1"], ["1"], ["2"], ["3"], ["4"], ["5"], ["6"], ["6"], ["6"]]
    assert seen == [*first, ["6", "6"], ["6", "na"], ["6", "na"], ["6", "6"]]
    expect(page.locator(".criterion").nth(1).get_by_role("radio", name="6")).to_be_focused()


def test_digits_score_the_marked_criterion_while_the_focus_is_elsewhere(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("chen")
    open_next(page, "bare")
    page.locator("#response").click()
    expect(page.locator(".criterion[data-here]")).to_have_count(1)
    press(page, "3")
    assert chosen(page) == ["3"]
    assert page.locator("[name=feedback]").count() == 0


def test_the_form_says_again_what_it_was_filled_with_and_shows_the_servers_faults(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("dara")
    open_next(page, "strict")
    page.evaluate(TAKE_FORM)
    assert page.evaluate("(entries) => { judge.fill(entries); return judge.entries(); }", ENTRIES) == ENTRIES
    page.evaluate(
        "(faults) => judge.faults(faults)", {"feedback": "too long", "scores.creativity": "missing", "speed": "unknown"}
    )
    expect(page.locator("#faults li")).to_have_text(
        ["Creativity and engagement: missing", "Feedback: too long", "speed: unknown"]
    )
    expect(page.locator("#criterion-creativity")).to_be_focused()
    page.evaluate("() => { judge.fill(judge.entries()); judge.commands.undo(); }")
    [[name, seconds], *others] = page.evaluate("() => judge.entries()")
    assert (name, int(seconds) >= 7) == ("active_seconds", True)  # its clock goes on
    assert others == [ENTRIES[1]]
    page.evaluate("() => judge.faults({})")
    expect(page.locator("#faults")).to_be_hidden()
    assert page.evaluate("() => { judge.fill([]); return judge.entries(); }") == []


def test_the_overall_is_shown_when_it_is_told_and_not_before(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ana")
    open_next(page, "strict")
    expect(page.locator("#overall-says")).to_be_hidden()
    page.evaluate(TELL_OVERALL, {"text": "3.2", "reason": "mean 4.2, less 1 for harm"})
    expect(page.locator("#overall-says")).to_have_text("Overall 3.2 (mean 4.2, less 1 for harm)")
    page.evaluate(TELL_OVERALL, None)
    expect(page.locator("#overall-says")).to_be_hidden()


def test_a_person_has_other_keys_or_none(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("bo")
    page.goto("/keys/")
    page.get_by_label("undo the last change").fill("j")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text('"j" is also the key of: second penalty')).to_be_visible()
    page.get_by_label("second penalty").fill("ü")
    page.get_by_role("button", name="Save").click()
    expect(page.locator(".messages")).to_contain_text("Your keys are saved.")
    open_next(page, "bare")
    press(page, "45")
    press(page, "u")
    assert chosen(page) == ["4", "5"]
    press(page, "j")
    assert chosen(page) == ["4"]
    expect(page.locator("[data-command=undo]")).to_contain_text("j")
    saved(page)
    page.goto("/keys/")
    page.get_by_label("Turn single-key shortcuts off").check()
    page.get_by_role("button", name="Save").click()
    page.goto("/projects/bare/")
    page.locator("main .do").click()
    expect(page.locator(".criterion").nth(1)).to_be_focused()
    press(page, "3h")
    expect(page.get_by_label("Harmful or negative emotion")).not_to_be_checked()
    page.locator("#response").click()
    press(page, "6")
    assert chosen(page) == ["4", "3"]
    page.goto("/keys/")
    page.get_by_role("button", name="Restore defaults").click()  # the other tests meet this person too
    expect(page.get_by_label("undo the last change")).to_have_value("u")
    expect(page.get_by_label("Turn single-key shortcuts off")).not_to_be_checked()
