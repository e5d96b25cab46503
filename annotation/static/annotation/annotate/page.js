// The annotator's page and the adjudicator's: starts its parts, for the response that is there and for each that comes after it.
// The page works without scripts. Submitted responses and decided cases have some of its parts.

import { dropSentCopies } from "../keeping/copies.js";
import { keepDrafts } from "../keeping/keeper.js";
import { start as startReading } from "../reading/reading.js";
import { fetchAhead } from "./ahead.js";
import { start as startJudging } from "./judge.js";
import { navigate, show } from "./navigation.js";
import { offerReasons } from "./reasons.js";
import { countActiveSeconds } from "./time.js";

let ended = new AbortController();

/** For the page, and again each time it moves on to another response. */
function start() {
  ended.abort();
  ended = new AbortController();
  const main = document.getElementById("main");
  const { signal } = ended;
  const commands = {};
  main.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[data-command]");
      commands[button?.dataset.command]?.(button);
    },
    { signal },
  );
  const submitted = main.querySelector("[data-submitted]");
  if (submitted) dropSentCopies(submitted.dataset.submitted);
  if (main.querySelector(".read")) Object.assign(commands, startReading(main, { signal }));
  const form = main.querySelector("form.judge");
  if (!form) return;
  offerReasons(form, signal);
  const judge = startJudging(main, { signal, commands });
  Object.assign(commands, judge.commands);
  if (!form.dataset.draft) return;
  keepDrafts(form, judge, { signal, show });
  if (form.elements.active_seconds) countActiveSeconds(main, form.elements.active_seconds, signal);
  fetchAhead(main, form.dataset.ahead, signal);
}

navigate(start);
start();
