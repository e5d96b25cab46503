// The annotator's page: starts its parts, moves on to the next response without loading the page anew, fetches the next
// pictures ahead, and counts the time. The page works without all of it.

import { ask, forgetSent, keepDrafts, notice } from "./drafts.js";
import { start as startJudging } from "./judge.js";
import { start as startReading } from "./reading.js";

const IDLE = 60_000; // milliseconds without input
const AT_A_STRETCH = 50 * 60; // active seconds until a break is offered
const PAUSE = 5 * 60_000; // milliseconds that count as a break

let ended = new AbortController();
let place = location.pathname;

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
  if (submitted) forgetSent(submitted.dataset.submitted);
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

/** Puts a page's main part in the place of the one that is there; `at` is its address, where that is another one. */
function show(html, at) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const next = page.getElementById("main");
  if (!next) return location.assign(at ?? location.href);
  const main = document.getElementById("main");
  ended.abort();
  document.title = page.title;
  for (const id of ["status", "messages"]) document.getElementById(id).replaceChildren(...page.getElementById(id).childNodes);
  main.className = next.className;
  main.replaceChildren(...next.childNodes);
  if (at && at !== location.pathname) history.pushState(null, "", at);
  place = location.pathname;
  start();
  if (!main.contains(document.activeElement)) main.focus({ preventScroll: true });
  window.scrollTo({ top: 0, behavior: "instant" });
}

window.addEventListener("popstate", async () => {
  if (location.pathname === place) return; // to another part of the same page
  const answer = await ask(location.href, { headers: { "HX-Request": "true" } });
  if (answer?.ok || answer?.status === 409) show(await answer.text());
  else location.reload();
});

/** The pictures of the next response, while this one is read: once its own are there and nothing else is to be done. */
async function fetchAhead(main, address, signal) {
  if (!address || navigator.connection?.saveData) return;
  await Promise.all([...main.querySelectorAll("img:not([loading=lazy])")].map(arrived));
  await new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));
  if (signal.aborted) return;
  const answer = await ask(address);
  if (!answer?.ok || signal.aborted) return;
  const pictures = new DOMParser().parseFromString(await answer.text(), "text/html");
  let ahead = document.getElementById("ahead");
  if (!ahead) {
    ahead = Object.assign(document.createElement("div"), { id: "ahead", hidden: true, inert: true, ariaHidden: "true" });
    document.body.append(ahead);
  }
  ahead.replaceChildren(...pictures.body.childNodes);
}

function arrived(image) {
  if (image.complete) return null;
  return new Promise((done) => ["load", "error"].forEach((kind) => image.addEventListener(kind, done, { once: true })));
}

// Time: what is looked at, with its images there, and with something done in the last minute, in one tab at a time.

const INPUT = ["pointermove", "pointerdown", "keydown", "wheel", "touchmove", "scroll"];
const tabs = "BroadcastChannel" in window ? new BroadcastChannel("sixpoint-time") : null;
let lastInput = performance.now(); // in this tab
let lastTold = 0;
let elsewhere = false; // the person is in another tab
let stretch = keptStretch(); // active seconds since the last break, and when something was done last: in whichever tab

function active() {
  lastInput = performance.now();
  elsewhere = false;
  goOn({ seconds: 0, at: Date.now() });
  if (lastInput - lastTold < 1000) return;
  lastTold = lastInput;
  tabs?.postMessage({ ...stretch, here: true });
}

/** The stretch goes on with what was done at a time, or begins anew after a break. */
function goOn({ seconds, at }) {
  if (at - stretch.at > PAUSE) stretch = { seconds, at };
  else if (stretch.at - at <= PAUSE) stretch = { seconds: Math.max(seconds, stretch.seconds), at: Math.max(at, stretch.at) };
}

function keptStretch() {
  try {
    return JSON.parse(sessionStorage.getItem("sixpoint/stretch")) ?? { seconds: 0, at: 0 };
  } catch {
    return { seconds: 0, at: 0 };
  }
}

for (const kind of INPUT) document.addEventListener(kind, active, { passive: true, capture: true });
tabs?.addEventListener("message", ({ data }) => {
  if (data.opened) return tabs.postMessage(stretch);
  goOn(data);
  elsewhere ||= Boolean(data.here);
});
tabs?.postMessage({ opened: true });
window.addEventListener("pagehide", () => {
  try {
    sessionStorage.setItem("sixpoint/stretch", JSON.stringify(stretch));
  } catch {} // then a reload begins a new one
});

function countActiveSeconds(main, seconds, signal) {
  const counting = setInterval(() => {
    if (document.hidden || elsewhere || performance.now() - lastInput > IDLE || [...main.querySelectorAll("img")].some(isAwaited)) return;
    seconds.value = Number(seconds.value) + 1;
    stretch.seconds += 1;
    if (stretch.seconds % AT_A_STRETCH === 0) notice("break");
  }, 1000);
  signal.addEventListener("abort", () => clearInterval(counting));
}

/** An image that has not come yet, in sight or about to be. */
function isAwaited(image) {
  if (image.complete || !image.checkVisibility()) return false;
  const { top, bottom } = image.getBoundingClientRect();
  return top < window.innerHeight && bottom > 0;
}

start();
