"""What an adjudicator may not learn is not on the page; the page can be read and used by everybody."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.deciding.pages import ENDED, SignIn, cases, open_case, reveal
from tests.browser.steps import saved
from tests.browser.test_accessibility import ALL_ELSE, COLOURS, LANGUAGES, found
from tests.installation import Installation

SKIPPED = re.compile(r"PBL-\d+|/adjudications/\d+/|case-\d+-|page-[\w-]+|csrf\w*=\S+|value=\"[\w-]{20,}\"|Answer \d|Question \d")


def bare(page: Page) -> str:
    """The page without what differs for every response, nor the criteria that are asked."""
    html = page.evaluate("""() => {
      const copy = document.getElementById("main").cloneNode(true);
      for (const one of copy.querySelectorAll(".criterion, #level, .blocks, #keys, [name=csrfmiddlewaretoken]")) one.remove();
      delete copy.querySelector("form.judge").dataset.keys; // those that the criteria have
      copy.querySelector("#next").textContent = "";
      return copy.innerHTML;
    }""")
    return " ".join(re.sub(r"--level: [\d.]+px|min-height: [\d.]+px", "", SKIPPED.sub("", html)).split())


def test_an_undisputed_response_looks_no_different_and_nothing_is_revealed_before_the_blind_scores(
    sign_in: SignIn, made: Installation
) -> None:
    page = sign_in("ada")
    pages = []
    for _case in range(2):
        open_case(page, "mixed")
        pages.append(bare(page))
        text = page.content()
        for words in ("ana", "chen", "Note 1", "Feedback 2", "Complex", "Not what was asked", "disputed", "Annotator A"):
            assert not re.search(rf"\b{words}\b", text), words
        page.keyboard.press("x")
        page.get_by_label("Skip").check(force=True)
        page.locator("[name=way_words]").fill("Next, please.")
        before = page.url
        page.get_by_role("button", name="Go on").click()
        page.wait_for_url(re.compile(f"^(?!{re.escape(before)}$)"))
    assert pages[0] == pages[1]
    disputed = made.run(
        "import json; from annotation.models import Decision; "
        "print(json.dumps(sorted(set(Decision.objects.filter(adjudication__task__project__slug='mixed')"
        ".values_list('disputed', flat=True)))))"
    )
    assert disputed == [False, True]


def test_after_the_blind_scores_all_that_was_said_is_there_under_neutral_names(sign_in: SignIn) -> None:
    page = sign_in("fay")
    open_case(page, "plain")
    reveal(page, "31")
    rows = page.locator(".said-scores-table tbody tr")
    cells = [" ".join(text.split()) for text in rows.first.locator("td").all_inner_texts()]
    assert sorted(cells[:3]) == ["2 unsure", "4 sure", "5 fairly sure"]
    assert cells[3] == "3"
    expect(rows.nth(1)).to_contain_text("applies")
    expect(page.locator(".said-scores-table tr.asked")).to_have_count(2)
    expect(page.locator(".said-scores-table")).to_contain_text("not asked")
    said = page.locator(".remarks").inner_text()
    for words in ("Note 1.", "Note 2.", "Note 3.", "Feedback 1.", "Complex reasoning", "Not what was asked."):
        assert words in said, words
    letter = "ABC"[next(place for place, cell in enumerate(cells) if cell.startswith("2"))]
    marks = page.locator("[aria-labelledby=response] li")
    expect(marks.nth(1).locator(".block-marks.error")).to_have_text(f"{letter}: Complex reasoning")
    expect(marks.nth(2).locator(".block-marks")).to_have_text(f"{letter}: Not what was asked.")
    text = page.content()
    assert [name for name in ("ana", "chen") if re.search(rf"\b{name}\b", text)] == []
    page.keyboard.press("g")  # the marks stay when the form changes
    saved(page)
    expect(page.locator(".block-marks")).to_have_count(2)


def violations(page: Page, locale: str) -> list[str]:
    """Those of the colours of dark too, in one language."""
    wrong = found(page, ALL_ELSE) + found(page, COLOURS)
    if locale == "en":
        page.emulate_media(color_scheme="dark")
        wrong += found(page, COLOURS)
        page.emulate_media(color_scheme="light")
    return wrong


@pytest.mark.parametrize("locale", LANGUAGES)
def test_axe_finds_nothing_in_any_state_of_a_case(sign_in: SignIn, locale: str) -> None:
    page = sign_in("fay", locale=locale, reduced_motion="reduce")
    open_case(page, "plain")
    states: dict[str, list[str]] = {}
    if page.locator("form.deciding").count() == 0:
        states["blind"] = violations(page, locale)
        reveal(page, "31")
    states["revealed"] = violations(page, locale)
    page.keyboard.press("s")
    expect(page.locator("#faults")).to_be_visible()
    page.keyboard.press("x")
    states["faults and more"] = violations(page, locale)
    page.goto("/projects/plain/adjudication/")
    states["queue"] = violations(page, locale)
    assert {state: wrong for state, wrong in states.items() if wrong} == {}


@pytest.mark.parametrize("locale", LANGUAGES)
def test_axe_finds_nothing_when_a_case_is_decided_sent_back_or_waits(sign_in: SignIn, made: Installation, locale: str) -> None:
    ended = made.run(ENDED)
    page = sign_in("ada", locale=locale, reduced_motion="reduce")
    states: dict[str, list[str]] = {}
    for state, case in ended.items():
        page.goto(f"/adjudications/{case}/")
        assert page.locator("html").get_attribute("lang") == LANGUAGES[locale], state
        for details in page.locator("details.reopen").all():
            details.locator("summary").click()
        states[state] = violations(page, locale)
    page.goto("/projects/ended/adjudication/")
    states["queue"] = violations(page, locale)
    assert [*states] == ["decided", "unusable", "sent back", "waiting for one more", "handed over", "reopened", "queue"]
    assert {state: wrong for state, wrong in states.items() if wrong} == {}


@pytest.mark.parametrize(("width", "height"), [(390, 844), (720, 450), (1440, 900)])
def test_the_page_is_no_wider_than_its_window_and_the_buttons_stand_on_one_row(sign_in: SignIn, width: int, height: int) -> None:
    page = sign_in("fay", viewport={"width": width, "height": height})
    open_case(page, "plain")
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    rows = page.evaluate("""() => {
      const buttons = [...document.querySelectorAll(".judge > .acts > :is(button, details)")];
      const shown = buttons.filter((one) => one.checkVisibility());
      return new Set(shown.map((one) => Math.round(one.getBoundingClientRect().top))).size;
    }""")
    assert rows == 1


def test_without_javascript_a_case_is_scored_decided_and_left(sign_in: SignIn, made: Installation) -> None:
    page = sign_in("ada")
    cookies = page.context.cookies()
    plain = page.context.browser.new_context(base_url=made.url, java_script_enabled=False)  # type: ignore[union-attr]
    plain.add_cookies(cookies)  # type: ignore[arg-type]
    bare_page = plain.new_page()
    bare_page.goto("/projects/scriptless/adjudication/")
    bare_page.locator("main .do").click()
    bare_page.wait_for_url("**/adjudications/*/")
    if bare_page.locator("form.deciding").count() == 0:
        bare_page.locator(".acts .do").click()
        expect(bare_page.locator("#faults li")).to_have_text(["Text quality: Choose a level."])
        bare_page.locator(".criterion input[value='4']").first.check(force=True)
        bare_page.locator(".acts .do").click()
    expect(bare_page.locator("form.deciding")).to_have_count(1)
    bare_page.locator(".acts .do").click()
    expect(bare_page.locator("#faults li")).to_have_text(["Text quality: Choose why they differed.", "Reason: Give a reason."])
    bare_page.locator(".causes input[value=slip]").check(force=True)
    bare_page.get_by_role("button", name="Save draft").click()
    expect(bare_page.locator(".causes input[value=slip]")).to_be_checked()
    bare_page.locator("#shared_reason").fill("Without a script.")
    bare_page.locator(".acts .do").click()
    expect(bare_page.locator(".messages")).to_contain_text("Decided.")
    assert ["slip", "Without a script."] in [case[2].get("text_quality", ["", "", ""])[1:] for case in cases(made, "scriptless")]
    plain.close()


def test_no_page_is_wider_than_a_phone(sign_in: SignIn) -> None:
    page = sign_in("lea", viewport={"width": 390, "height": 844})
    wide = []
    for address in ("", "agreement/", "agreement/?by=system", "responses/", "releases/"):
        page.goto(f"/projects/demo/{address}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(address)
    assert wide == []
