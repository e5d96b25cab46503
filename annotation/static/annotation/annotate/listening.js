// What the scoring side hears: looks at reference answers, what the reading side cannot do, and the overall where it may be shown.

import { phrase } from "../phrase.js";

const MOST_LOOKS = 400; // the server takes some more

/** `changed()` is called when the form has another look to send; `refuse(words)` shows what cannot be done. */
export function listenToReading({ main, form, signal, refuse, changed }) {
  const looks = form.elements.looks;
  const overall = form.querySelector("#overall-says");

  function addLook({ detail }) {
    const earlier = JSON.parse(looks.value || "[]");
    if (earlier.length >= MOST_LOOKS) return;
    looks.value = JSON.stringify([...earlier, detail]);
    changed();
  }

  function showOverall({ detail }) {
    overall.hidden = !detail;
    overall.textContent = detail ? phrase(overall.dataset.says, detail) : "";
  }

  function showRefusal(event) {
    event.preventDefault();
    refuse(event.detail);
  }

  main.addEventListener("sixpoint:refused", showRefusal, { signal });
  if (looks) main.addEventListener("sixpoint:look", addLook, { signal });
  if (overall) main.addEventListener("sixpoint:overall", showOverall, { signal });
}
