"""The attacks in a real browser, with scripts on and no policy: nothing but the rendering stands between them and the page."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from rubrics.markup.markdown import sanitised, to_html
from tests.rubrics.markup.attacks import ATTRIBUTES, HTML, MATHML, TEXTS

STYLES = Path(__file__).resolve().parents[2] / "annotation" / "static" / "annotation" / "styles"
WATCH = """
window.ran = [];
for (const name of ["alert", "confirm", "prompt", "print", "open", "msgbox", "fetch"]) window[name] = () => window.ran.push(name);
"""
FAULTS = """([html, mathml, attributes]) => [...document.querySelectorAll("#attacks *")].flatMap((element) => {
  const names = element.namespaceURI.endsWith("MathML") ? mathml : element.namespaceURI.endsWith("xhtml") ? html : [];
  const held = [...element.attributes].map((attribute) => attribute.name);
  const wrong = held.filter((name) => !attributes.includes(name));
  const astray = held.includes("href") && !["http:", "https:", "mailto:"].includes(element.protocol);
  return names.includes(element.localName) && !wrong.length && !astray ? [] : [element.outerHTML];
})"""
AGAIN = "() => { const place = document.querySelector('#attacks'); place.innerHTML = place.innerHTML; }"
EVENTS = """() => {
  for (const element of document.querySelectorAll("#attacks *"))
    for (const kind of ["mouseover", "pointerenter", "focus", "toggle", "error", "load"])
      element.dispatchEvent(new Event(kind, { bubbles: true }));
}"""
SWAP = "(html) => { document.querySelector('#attacks').innerHTML = html; }"
Open = Callable[[str], tuple[Page, list[str]]]


@pytest.fixture
def open_page(browser: Browser) -> Iterator[Open]:
    """Opens a page with the HTML; the list grows with what is fetched, asked and gone to."""
    context = browser.new_context()

    def opened(html: str) -> tuple[Page, list[str]]:
        page, happened = context.new_page(), list[str]()
        page.add_init_script(WATCH)
        page.goto("about:blank")
        page.on("request", lambda request: happened.append(request.url))
        page.on("framenavigated", lambda frame: happened.append(frame.url))
        page.on("dialog", lambda dialog: (happened.append(dialog.message), dialog.dismiss()))
        page.set_content(f'<!doctype html><title>Attacks</title><main id="attacks">{html}</main>', wait_until="load")
        return page, happened

    yield opened
    context.close()


def faults(page: Page) -> list[str]:
    return page.evaluate(FAULTS, [sorted(HTML), sorted(MATHML), sorted(ATTRIBUTES)])


def touch_all(page: Page) -> None:
    for link in page.locator("#attacks a:visible").all():
        link.hover()
    page.evaluate(EVENTS)


@pytest.mark.parametrize("render", [to_html, sanitised])
def test_no_attack_runs_or_fetches_anything(open_page: Open, render: Callable[[str], str]) -> None:
    html = "<hr>".join(render(text) for text in TEXTS)
    page, happened = open_page(html)
    assert faults(page) == []
    assert page.locator("#attacks hr").count() >= len(TEXTS) - 1  # no attack swallowed those after it
    touch_all(page)
    first = page.locator("#attacks").inner_html()
    page.evaluate(SWAP, html)  # as htmx puts a fragment into a page
    assert faults(page) == []
    page.evaluate(AGAIN)  # what the browser writes down may be read otherwise than what it was given
    assert faults(page) == []
    assert page.locator("#attacks").inner_html() == first
    touch_all(page)
    page.wait_for_timeout(300)
    assert (page.evaluate("window.ran"), happened) == ([], [])


@pytest.mark.parametrize(
    ("html", "noticed"),
    [
        ("<img src onerror=alert(1)>", (["alert"] * 2, [])),
        ("<svg onload=alert(1)>", (["alert"] * 2, [])),
        ("<p onmouseover=alert(1)>x", (["alert"], [])),
        ("<math><mi onpointerenter=alert(1)>x</mi></math>", (["alert"], [])),
        ("<p style='background:url(http://127.0.0.1:9/x)'>x", ([], ["http://127.0.0.1:9/x"])),
        ("<link rel=stylesheet href=http://127.0.0.1:9/x.css>", ([], ["http://127.0.0.1:9/x.css"])),
        ("<iframe srcdoc='<script>parent.alert(1)</script>'></iframe>", (["alert"], ["about:srcdoc"])),
    ],
)
def test_an_attack_that_came_through_would_be_noticed(open_page: Open, html: str, noticed: tuple[list[str], list[str]]) -> None:
    page, happened = open_page(html)
    touch_all(page)
    for _attempt in range(50):
        if len(page.evaluate("window.ran")) + len(happened) >= sum(map(len, noticed)):
            break
        page.wait_for_timeout(100)
    assert (page.evaluate("window.ran"), happened) == noticed


@pytest.mark.parametrize(
    "formula", ["\\[" + "abcdef+" * 40 + "x\\]", "so $" + "abcdef+" * 40 + "x$ it is", "$$\\rlap{" + "far " * 99 + "}$$"]
)
def test_a_wide_formula_scrolls_within_the_text_on_a_phone(open_page: Open, formula: str) -> None:
    page, _ = open_page(f'<div class="prose" dir="auto">{to_html(formula)}</div>')
    for name in ("base.css", "text.css"):
        page.add_style_tag(path=STYLES / name)
    page.set_viewport_size({"width": 360, "height": 640})
    assert page.evaluate("document.documentElement.scrollWidth") == 360
    assert page.locator(".prose > p").evaluate("(p) => p.scrollWidth > p.clientWidth")
