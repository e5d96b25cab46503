// The reading side of the page: blocks, the ladder of reference answers, what may be harmful, and the way to the viewer.
// The page can be read without all of it.

import { walkBlocks } from "./blocks.js";
import { watchImages } from "./images.js";
import { showLadder } from "./ladder.js";
import { openPictures } from "./pictures.js";
import { liftVeils, showRaw } from "./text.js";

/**
 * Makes what is to be read in `main` answer, until `signal` is aborted, and returns the commands that keys and buttons call.
 * It hears the scoring side by "sixpoint:focus" {criterion, title, level} and "sixpoint:scored". It dispatches on main
 * "sixpoint:look" {levels: [low, high], criterion, at} for each look at the references (the overall levels of the two, and the
 * criterion that they bracket, or null), and "sixpoint:refused" (detail: the words) for what cannot be done.
 */
export function start(main, { signal }) {
  const line = main.querySelector("#reading-says");
  if (!line) return {};
  const words = line.dataset;
  const say = (text) => (line.textContent = text);
  // The scoring side shows it where one looks for it; without one it is said here.
  const refuse = (detail) => main.dispatchEvent(new CustomEvent("sixpoint:refused", { detail, cancelable: true })) && say(detail);
  watchImages({ main, signal });
  return {
    ...walkBlocks({ main, signal, words, say }),
    ...showRaw({ main, words, say }),
    ...liftVeils({ main, signal, words, say }),
    ...showLadder({ main, signal, words, say, refuse }),
    ...openPictures({ main, signal, words, refuse }),
  };
}

// Pages that show a response without scoring it have no keys, only buttons.
const alone = document.querySelector(".read[data-alone]");
if (alone) {
  const commands = start(alone, { signal: new AbortController().signal });
  alone.addEventListener("click", (event) => commands[event.target.closest("[data-command]")?.dataset.command]?.());
}
