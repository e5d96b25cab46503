from collections.abc import Callable

from playwright.sync_api import Page, expect

SignIn = Callable[..., Page]


def test_an_adjudicator_scores_unseen_sees_the_others_and_decides(sign_in: SignIn) -> None:
    page = sign_in("ada")
    page.goto("/projects/demo/adjudication/")
    decided = page.locator("#decided").locator("xpath=ancestor::section").locator("li").count()
    page.locator("main .do").click()  # the next, or the one that is open since another test looked at it
    page.wait_for_url("**/adjudications/*/")
    expect(page.get_by_text("Annotator A")).to_have_count(0)
    for criterion in page.locator(".criterion").all():
        criterion.locator("input").nth(1).check(force=True)
    page.get_by_role("button", name="Lock my scores and reveal theirs").click()
    expect(page.get_by_role("columnheader", name="Annotator C")).to_be_visible()
    for cause in page.get_by_label("Cause of the difference").all():
        cause.select_option("rubric_gap")
    for reason in page.get_by_label("Reason").all():
        reason.fill("The rubric does not say.")
    page.get_by_role("button", name="Decide").click()
    page.wait_for_url("**/adjudication/")
    expect(page.locator("#decided").locator("xpath=ancestor::section").locator("li")).to_have_count(decided + 1)


def test_no_page_is_wider_than_a_phone(sign_in: SignIn) -> None:
    page = sign_in("lea", viewport={"width": 390, "height": 844})
    wide = []
    for address in ("", "agreement/", "agreement/?by=system", "responses/", "releases/"):
        page.goto(f"/projects/demo/{address}")
        if page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"):
            wide.append(address)
    assert wide == []
