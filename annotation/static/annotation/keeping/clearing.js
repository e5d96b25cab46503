// Sign out and clear this device: says before how much unsent work this browser keeps, and deletes it after.

import { phrase } from "../phrase.js";
import { responsesWithCopies } from "./copies.js";

const line = document.getElementById("unsent");
if (line) {
  const { dataset } = line;
  const responses = responsesWithCopies();
  const others = dataset.person ? responses.filter((response) => !response.startsWith(`${dataset.person}/`)).length : 0;
  const words = !responses.length ? dataset.none : others ? dataset.others : dataset.some;
  line.textContent = phrase(words, { count: responses.length, others });
}

// Browsers obey the answer's Clear-Site-Data over HTTPS only.
if (document.getElementById("cleared")) {
  try {
    localStorage.clear();
    sessionStorage.clear();
  } catch {} // the browser allows none, so that nothing was kept
}
