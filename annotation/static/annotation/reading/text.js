// Texts as they were written, in place of how they are drawn; and what may be harmful, blurred until it is asked for.

import { withoutJump } from "./blocks.js";

/** Returns the command. */
export function showRaw({ main, words, say }) {
  let raw = false;
  return {
    raw() {
      raw = !raw;
      withoutJump(main, () => {
        for (const source of main.querySelectorAll(".blocks .source")) {
          source.hidden = !raw;
          source.previousElementSibling.hidden = raw;
        }
      });
      for (const button of main.querySelectorAll("[data-command=raw]")) button.setAttribute("aria-pressed", String(raw));
      say(raw ? words.raw : words.rendered);
    },
  };
}

/** What may be harmful is neither seen, heard nor reached by Tab until it is asked for. Returns the command. */
export function liftVeils({ main, signal, words, say }) {
  const buttons = [...main.querySelectorAll(".unveil")];
  const isShut = (button) => button.getAttribute("aria-expanded") === "false";

  function set(button, shown) {
    button.setAttribute("aria-expanded", String(shown));
    for (const veil of button.closest("section").querySelectorAll("[data-veil]")) {
      veil.inert = !shown;
      if (shown) veil.removeAttribute("aria-hidden");
      else veil.setAttribute("aria-hidden", "true");
    }
    say(shown ? words.shown : words.blurred);
  }

  main.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest(".unveil");
      if (button) set(button, isShut(button));
    },
    { signal },
  );
  return {
    blur() {
      const shown = buttons.some(isShut);
      for (const button of buttons) set(button, shown);
    },
  };
}
