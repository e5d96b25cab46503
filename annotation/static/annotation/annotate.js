// The annotator's page: starts its parts, and binds keys and buttons to their commands. The page works without all of it.

import { keepDrafts } from "./drafts.js";
import { start as startJudging } from "./judge.js";

let ended = new AbortController();

/** For the page, and again each time it moves on to another response. */
function start() {
  ended.abort();
  ended = new AbortController();
  const main = document.getElementById("main");
  const form = main.querySelector("form.judge");
  if (!form) return;
  const { signal } = ended;
  const judge = startJudging(main, { signal });
  main.addEventListener("click", ({ target }) => judge.commands[target.closest("[data-command]")?.dataset.command]?.(), { signal });
  if (form.dataset.draft) keepDrafts(form, judge, { signal });
}

start();
