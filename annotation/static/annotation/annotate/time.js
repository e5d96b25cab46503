// Active time: what is looked at, with its images there, and with something done in the last minute, in one tab at a time.

import { showNotice } from "../keeping/notices.js";

const IDLE = 60_000; // milliseconds without input
const BREAK_AFTER = 50 * 60; // active seconds until a break is offered
const PAUSE = 5 * 60_000; // milliseconds that count as a break
const INPUT = ["pointermove", "pointerdown", "keydown", "wheel", "touchmove", "scroll"];
const STORED = "sixpoint/stretch";

const tabs = "BroadcastChannel" in window ? new BroadcastChannel("sixpoint-time") : null;
let lastInput = performance.now(); // in this tab
let lastMessage = 0;
let elsewhere = false; // the person is in another tab
let stretch = storedStretch(); // active seconds since the last break, and when something was done last: in whichever tab

function noteInput() {
  lastInput = performance.now();
  elsewhere = false;
  extend({ seconds: 0, at: Date.now() });
  if (lastInput - lastMessage < 1000) return;
  lastMessage = lastInput;
  tabs?.postMessage({ ...stretch, here: true });
}

/** The stretch goes on with what was done at a time, or begins anew after a break. */
function extend({ seconds, at }) {
  if (at - stretch.at > PAUSE) stretch = { seconds, at };
  else if (stretch.at - at <= PAUSE) stretch = { seconds: Math.max(seconds, stretch.seconds), at: Math.max(at, stretch.at) };
}

function storedStretch() {
  try {
    return JSON.parse(sessionStorage.getItem(STORED)) ?? { seconds: 0, at: 0 };
  } catch {
    return { seconds: 0, at: 0 };
  }
}

for (const kind of INPUT) document.addEventListener(kind, noteInput, { passive: true, capture: true });
tabs?.addEventListener("message", ({ data }) => {
  if (data.opened) return tabs.postMessage(stretch);
  extend(data);
  elsewhere ||= Boolean(data.here);
});
tabs?.postMessage({ opened: true });
window.addEventListener("pagehide", () => {
  try {
    sessionStorage.setItem(STORED, JSON.stringify(stretch));
  } catch {} // then a reload begins a new one
});

/** Counts in the form's field `seconds` until `signal` is aborted. */
export function countActiveSeconds(main, seconds, signal) {
  const counting = setInterval(() => {
    if (document.hidden || elsewhere || performance.now() - lastInput > IDLE || [...main.querySelectorAll("img")].some(isAwaited))
      return;
    seconds.value = Number(seconds.value) + 1;
    stretch.seconds += 1;
    if (stretch.seconds % BREAK_AFTER === 0) showNotice("break");
  }, 1000);
  signal.addEventListener("abort", () => clearInterval(counting));
}

/** An image that has not come yet, in sight or about to be. */
function isAwaited(image) {
  if (image.complete || !image.checkVisibility()) return false;
  const { top, bottom } = image.getBoundingClientRect();
  return top < window.innerHeight && bottom > 0;
}
