// Copies of unsent work in this browser: one per person, response and page, so that neither people nor pages meet each other's.
// `response` names the person and the response, as the form's data-copy does.

import { showNotice } from "./notices.js";
import { entriesOfBody } from "./older_copies.js";

const OLD = 30 * 24 * 3600 * 1000; // milliseconds: copies that nobody came back for
const PREFIX = "sixpoint/";
const keyOf = (response, page) => `${PREFIX}${response}/${page}`;
let refused = false; // the browser has no room for copies, or allows none

export function writeCopy(response, copy) {
  try {
    localStorage.setItem(keyOf(response, copy.page), JSON.stringify(copy));
  } catch {
    if (!refused) showNotice("storage");
    refused = true;
  }
}

export function dropCopy(response, page) {
  try {
    localStorage.removeItem(keyOf(response, page));
  } catch {} // then there is none
}

/** The newest last. Those that are too old are dropped on the way. */
export function copiesOf(response) {
  const copies = [];
  try {
    for (const key of Object.keys(localStorage).filter((one) => one.startsWith(PREFIX))) {
      const copy = JSON.parse(localStorage.getItem(key));
      if (Date.now() - Date.parse(copy.changed_at) > OLD) localStorage.removeItem(key);
      else if (key.startsWith(keyOf(response, ""))) copies.push({ ...copy, entries: copy.entries ?? entriesOfBody(copy.body) });
    }
  } catch {} // forbidden, or not ours
  return copies.sort((a, b) => Date.parse(a.changed_at) - Date.parse(b.changed_at));
}

/** The responses of which there are copies, whoever's they are. */
export function responsesWithCopies() {
  try {
    const keys = Object.keys(localStorage).filter((one) => one.startsWith(PREFIX));
    return [...new Set(keys.map((key) => key.slice(PREFIX.length, key.lastIndexOf("/"))))];
  } catch {
    return []; // forbidden
  }
}

/** What was submitted needs no copy of what was on its way. */
export function dropSentCopies(response) {
  for (const copy of copiesOf(response)) if (copy.sending) dropCopy(response, copy.page);
}
