"""An expert pastes and drops images into a reference answer: each is uploaded at once, and what was typed stays."""

import base64
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.factories import png
from tests.installation import DEMO, RUBRICS, Installation

SignIn = Callable[..., Page]
GIVE = """([selector, event, files]) => {
  const data = new DataTransfer();
  for (const [name, type, content] of files) {
    const bytes = Uint8Array.from(atob(content), (letter) => letter.charCodeAt(0));
    data.items.add(new File([bytes], name, { type }));
  }
  const more = event === "paste" ? { clipboardData: data } : { dataTransfer: data };
  const Kind = event === "paste" ? ClipboardEvent : DragEvent;
  document.querySelector(selector).dispatchEvent(new Kind(event, { bubbles: true, cancelable: true, ...more }));
}"""


@pytest.fixture(scope="module")
def study(demo: tuple[Installation, str]) -> str:
    made, _password = demo
    made.manage("load_rubric", *RUBRICS)
    made.manage("create_project", "answers", "--rubric", "mmie-sa", "--rubric", "mmie-pbl", "--rubric", "mmie-msr")
    made.manage("add_member", "lea", "--project", "answers", "--role", "manager")
    made.manage("load_items", str(DEMO / "items.json"), "--project", "answers")
    return "answers"


@pytest.fixture
def editor(sign_in: SignIn, study: str) -> Page:
    page = sign_in("lea")
    page.goto(f"/projects/{study}/references/?state=missing")
    page.locator("#list, table").first.wait_for()
    page.get_by_role("link", name="Missing").first.click()
    page.wait_for_url("**/references/*/*/")
    return page


def image(colour: str = "red") -> list[str]:
    return [f"{colour}.png", "image/png", base64.b64encode(png(colour, (400, 300))).decode()]


def give(page: Page, selector: str, event: str, *files: list[str]) -> None:
    page.evaluate(GIVE, [selector, event, list(files)])


def said(page: Page, place: int = 0) -> str:
    return page.locator(f"[data-place='{place}'] [role=status]").inner_text()


def test_an_image_is_pasted_and_another_dropped_and_the_answer_is_saved(editor: Page) -> None:
    page = editor
    page.get_by_role("button", name="Add block").click()
    page.locator("#text-0").fill("The first step")
    give(page, "#text-0", "paste", image("red"))
    page.locator("#text-1").fill("The second step")  # while the first is under way
    expect(page.locator("[data-place='0'] [role=status]")).to_have_text("The image of block 1 is here. It is kept when you save.")
    give(page, "[data-place='1'] legend", "dragover", image("blue"))
    expect(page.locator("[data-place='1']")).to_have_class("choices answer-block over")
    give(page, "[data-place='1'] legend", "drop", image("blue"))
    expect(page.locator("[data-place='1'] [role=status]")).to_have_text("The image of block 2 is here. It is kept when you save.")
    expect(page.locator(".answer-block progress:visible")).to_have_count(0)
    assert [page.locator(f"#text-{place}").input_value() for place in (0, 1)] == ["The first step", "The second step"]
    expect(page.locator(".answer-block .picture img")).to_have_count(2)
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.get_by_text("Saved. Annotators see it when")).to_be_visible()
    shown = page.locator("section[aria-labelledby=revision-1] .blocks > li")
    expect(shown).to_have_count(2)
    assert [shown.nth(place).locator("img").count() for place in (0, 1)] == [1, 1]


def test_what_a_block_cannot_have_is_said_and_changes_nothing(editor: Page) -> None:
    page = editor
    broken = ["broken.png", "image/png", base64.b64encode(b"no image").decode()]
    for files, words in [
        ([["notes.pdf", "application/pdf", ""]], "Images are PNG, JPEG, WebP or GIF."),
        ([image("red"), image("blue")], "A block has one image: take one at a time."),
        ([broken], "expected a whole JPEG, PNG, WebP or GIF image"),
    ]:
        give(page, "#text-0", "drop", *files)
        expect(page.locator("[data-place='0'] [role=status]")).to_have_text(words)
        expect(page.locator(".answer-block .picture")).to_have_count(0)
    page.locator("#upload-0").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": png("red")})
    expect(page.locator(".answer-block .picture")).to_have_count(1)
    give(page, "#text-0", "paste", image("blue"))
    assert said(page) == "Block 1 has an image already: remove it first, or add a block."


def test_a_file_beside_the_blocks_is_not_opened_in_place_of_the_page(editor: Page) -> None:
    stopped = editor.evaluate(
        """() => {
          const dataTransfer = new DataTransfer();
          dataTransfer.items.add(new File(["x"], "x.png", { type: "image/png" }));
          const dropped = new DragEvent("drop", { bubbles: true, cancelable: true, dataTransfer });
          return !document.querySelector("h1").dispatchEvent(dropped);
        }"""
    )
    assert (stopped, said(editor)) == (True, "")


def test_an_image_that_does_not_reach_the_server_is_sent_with_the_form(editor: Page, expected_notes: list[str]) -> None:
    page = editor
    expected_notes.append("net::ERR_INTERNET_DISCONNECTED")
    page.locator("#text-0").fill("Offline")
    page.context.set_offline(True)
    give(page, "#text-0", "paste", image("green"))
    expect(page.locator("[data-place='0'] [role=status]")).to_have_text(
        "The image did not reach the server. It stays chosen and is sent when you save."
    )
    page.context.set_offline(False)
    page.get_by_role("button", name="Save", exact=True).last.click()
    shown = page.locator("section[aria-labelledby=revision-1] .blocks > li")
    expect(shown.locator("img")).to_have_count(1)


def test_without_script_an_image_is_uploaded_with_the_form(sign_in: SignIn, study: str) -> None:
    page = sign_in("lea", java_script_enabled=False)
    page.goto(f"/projects/{study}/references/?state=missing")
    page.get_by_role("link", name="Missing").last.click()
    expect(page.get_by_text("Or paste an image into the text")).to_be_hidden()
    page.locator("#upload-0").set_input_files({"name": "a.png", "mimeType": "image/png", "buffer": png("red")})
    page.get_by_role("button", name="Save", exact=True).last.click()
    expect(page.locator("section[aria-labelledby=revision-1] .blocks img")).to_have_count(1)
