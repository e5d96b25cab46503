// Moves on to another response without loading the page anew.
//
// Where that is a request and a swap, htmx does it: buttons have hx-post, and the server names what is swapped (`shown` in the
// page's views). Two ways are our own, since htmx would lose something:
// - A submission waits for the network, is sent again and may meet another page's draft: keeping/submitting.js sends it, and
//   `show` has htmx swap the answer.
// - Back: htmx would restore one element without the line at the top, would not take the page of a response that is no longer
//   the person's (409), and would put the sign-in page into this one where a session has ended.

import { showNotice } from "../keeping/notices.js";
import { ask, isLater, outcomeOfRequest, pageHeaders, TIMEOUT } from "../keeping/server.js";

const { htmx } = window; // missing where it could not be loaded
const isPage = (html) => html.includes('<main id="main"');
const SETTINGS = {
  historyEnabled: false, // Back is our own
  attributesToSettle: [], // the next response takes no class or style of this one, which the content security policy forbids
  timeout: TIMEOUT,
};
let path = location.pathname;

/** Puts a page's main part in the place of the one that is there; `address` is its own, where that is another one. */
export function show(html, address) {
  if (!htmx || !isPage(html)) return location.assign(address ?? location.href);
  htmx.swap("#main", html, { swapStyle: "outerHTML", swapDelay: 0, settleDelay: 0 }, { select: "#main", eventInfo: { address } });
}

/** `arrived` is called each time another main part stands there. */
export function navigate(arrived) {
  if (htmx) Object.assign(htmx.config, SETTINGS);
  window.addEventListener("popstate", goBack);
  document.addEventListener("htmx:configRequest", configure);
  document.addEventListener("htmx:beforeOnLoad", (event) => {
    const outcome = outcomeOfRequest(event.detail);
    if (!isLater(outcome) && isPage(event.detail.xhr.response)) return;
    event.preventDefault();
    fail(event.detail.elt, outcome);
  });
  // A page that says what is wrong is shown, too. Its target is the one that the server names: the event is told to the button.
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if (detail.target.id === "main") Object.assign(detail, { shouldSwap: true, isError: false });
  });
  for (const kind of ["htmx:sendError", "htmx:timeout"])
    document.addEventListener(kind, ({ detail }) => fail(detail.elt, "away"));
  document.addEventListener("htmx:afterSettle", ({ target, detail }) => {
    if (target.id === "main") arrive(target, detail.address ?? detail.xhr?.getResponseHeader("HX-Push-Url"), arrived);
  });
}

function configure({ detail }) {
  Object.assign(detail.headers, pageHeaders());
  delete detail.parameters.csrfmiddlewaretoken; // the header has the one that holds now
}

/** Nothing was done, and a notice says so. A page without notices has nothing to lose: there the browser sends the form itself. */
function fail(element, outcome) {
  if (!document.getElementById("notices")) element.closest("form").submit();
  else if (isLater(outcome)) showNotice(outcome === "away" ? "offline" : outcome);
  else location.reload();
}

function arrive(main, address, arrived) {
  if (address && address !== location.pathname) history.pushState(null, "", address);
  path = location.pathname;
  arrived();
  if (!main.contains(document.activeElement)) main.focus({ preventScroll: true });
  window.scrollTo({ top: 0, behavior: "instant" });
}

async function goBack() {
  if (location.pathname === path) return; // to another part of the same page
  const answer = await ask(location.href);
  if (answer?.ok || answer?.status === 409) show(await answer.text());
  else location.reload();
}
