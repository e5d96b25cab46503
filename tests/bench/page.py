"""The annotation page in Chromium, with the demo behind the production server: what it costs cold, and how fast it moves on."""

import os
import statistics
import tempfile
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, Request, sync_playwright

from tests.chromium import MISSING, find
from tests.installation import Installation, installation

COLD, MOVES = 9, 7
# When the first criterion has the focus its keys are bound; since the start of the navigation.
USABLE = """
document.addEventListener("focusin", (event) => {
  if (event.target.closest?.(".criterion")) window.usable ??= performance.now();
}, true);
"""
# The next response comes in a main part of its own, in the place of this one.
MOVE = """
() => new Promise((done) => {
  const before = document.getElementById("main");
  const start = performance.now();
  new MutationObserver(async (_changes, watch) => {
    const main = document.getElementById("main");
    if (main === before) return;
    watch.disconnect();
    const images = [...main.querySelectorAll("img:not([loading=lazy])")].filter((image) => image.currentSrc);
    await Promise.all(images.map((image) => image.decode()));
    requestAnimationFrame(() => requestAnimationFrame(() => done([performance.now() - start, images.length])));
  }).observe(document.body, { childList: true });
  document.querySelector("form.judge").requestSubmit(document.querySelector("form.judge .do"));
})
"""


def pages() -> None:
    program = find()
    assert program, MISSING
    with tempfile.TemporaryDirectory() as name, installation(Path(name)) as made, sync_playwright() as playwright:
        password = made.manage("load_demo")["people"][0]["password"]
        arguments = ["--no-sandbox"] if os.geteuid() == 0 else []
        chromium = playwright.chromium.launch(executable_path=program, args=arguments)
        cold(chromium, made, password)
        moves(chromium, made, password)
        chromium.close()


def opened(chromium: Browser, made: Installation, who: str, password: str) -> tuple[Page, str]:
    """A response of the person's, and its path."""
    page = chromium.new_context(base_url=made.url).new_page()
    page.goto("/accounts/login/")
    page.get_by_label("Username").fill(who)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/")
    page.goto("/projects/demo/")
    page.locator("main .do").click()
    page.wait_for_url("**/assignments/*/")
    return page, page.url


def cold(chromium: Browser, made: Installation, password: str) -> None:
    """Each time in a new context, which shares the session and has an empty cache."""
    page, address = opened(chromium, made, "ana", password)
    state = page.context.storage_state()
    found = [cold_load(chromium, state, address) for _time in range(COLD + 1)][1:]  # the server's first answer is not a page's
    requests, size, usable = (statistics.median(one[place] for one in found) for place in range(3))
    print(f"  page, cold: {requests:.0f} requests, {size / 1000:.1f} kB besides images; usable after {usable:.0f} ms")
    print(f"    asked for: {' '.join(found[-1][3])}")


def cold_load(chromium: Browser, state: Any, address: str) -> tuple[int, int, float, list[str]]:
    context = chromium.new_context(storage_state=state)
    page = context.new_page()
    page.add_init_script(USABLE)
    asked: list[Request] = []
    page.on("requestfinished", lambda request: asked.append(request))
    page.goto(address)
    page.wait_for_function("window.usable")
    page.wait_for_selector("#ahead", state="attached")
    page.wait_for_load_state("networkidle")
    usable = page.evaluate("window.usable")
    own = [one for one in asked if "/media/" not in one.url]
    size = sum(one.sizes()["responseBodySize"] + one.sizes()["responseHeadersSize"] for one in own)
    context.close()
    return len(own), size, usable, [one.url.rsplit("/", 1)[1] or one.url.rsplit("/", 2)[1] for one in own]


def moves(chromium: Browser, made: Installation, password: str) -> None:
    page, _address = opened(chromium, made, "ana", password)
    found = [move(page) for _time in range(MOVES)]
    images = [count for _took, count in found]
    took = [milliseconds for milliseconds, _count in found]
    print(
        f"  from submit to the next response painted: median {statistics.median(took):.0f} ms, most {max(took):.0f} ms"
        f" ({min(images)} to {max(images)} images)"
    )


def move(page: Page) -> tuple[float, int]:
    """Milliseconds, and how many images there were; everything had been fetched ahead."""
    page.wait_for_selector("#ahead", state="attached")
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(500)
    for criterion in page.locator(".criterion").all():
        criterion.locator("input[value='4']").dispatch_event("click")
    page.wait_for_selector("#saved[data-state=saved]")
    took, images = page.evaluate(MOVE)
    return float(took), int(images)
