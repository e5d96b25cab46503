// The annotator's page: starts its parts, and puts the next response in the place of this one without loading the page anew.
// The page works without scripts. Submitted responses and the adjudicator's page have some of its parts.

import { dropSentCopies } from "../keeping/copies.js";
import { keepDrafts } from "../keeping/keeper.js";
import { ask } from "../keeping/server.js";
import { start as startReading } from "../reading/reading.js";
import { fetchAhead } from "./ahead.js";
import { start as startJudging } from "./judge.js";
import { countActiveSeconds } from "./time.js";

let ended = new AbortController();
let path = location.pathname;

/** For the page, and again each time it moves on to another response. */
function start() {
  ended.abort();
  ended = new AbortController();
  const main = document.getElementById("main");
  const { signal } = ended;
  const commands = {};
  main.addEventListener("click", (event) => {
    const button = event.target.closest("[data-command]");
    commands[button?.dataset.command]?.(button);
  }, { signal });
  const submitted = main.querySelector("[data-submitted]");
  if (submitted) dropSentCopies(submitted.dataset.submitted);
  if (main.querySelector(".read")) Object.assign(commands, startReading(main, { signal }));
  const form = main.querySelector("form.judge");
  if (!form) return;
  const judge = startJudging(main, { signal, commands });
  Object.assign(commands, judge.commands);
  if (!form.dataset.draft) return;
  keepDrafts(form, judge, { signal, show });
  countActiveSeconds(main, form.elements.active_seconds, signal);
  fetchAhead(main, form.dataset.ahead, signal);
}

/** Puts a page's main part in the place of the one that is there; `address` is its own, where that is another one. */
function show(html, address) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.getElementById("main");
  if (!next) return location.assign(address ?? location.href);
  const main = document.getElementById("main");
  ended.abort();
  document.title = page.title;
  for (const id of ["status", "messages"]) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  main.className = next.className;
  main.replaceChildren(...next.childNodes);
  if (address && address !== location.pathname) history.pushState(null, "", address);
  path = location.pathname;
  start();
  if (!main.contains(document.activeElement)) main.focus({ preventScroll: true });
  window.scrollTo({ top: 0, behavior: "instant" });
}

window.addEventListener("popstate", async () => {
  if (location.pathname === path) return; // to another part of the same page
  const answer = await ask(location.href);
  if (answer?.ok || answer?.status === 409) show(await answer.text());
  else location.reload();
});

start();
