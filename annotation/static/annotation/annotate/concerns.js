// Skip and flag: a reason by its digit, Enter sends.

import { postForm } from "../keeping/server.js";
import { digitOf, isComposing } from "./keys.js";

function showFault(details, text) {
  const line = details.querySelector(".fault");
  line.textContent = text;
  line.hidden = !text;
}

/** `back()` leads the focus to the criterion where it was. Returns the commands of what the form has. */
export function raiseConcerns({ form, words, say, back }) {
  const [flag, skip] = ["#flag", "#skip"].map((id) => form.querySelector(id));

  function toggle(details) {
    details.open = !details.open;
    if (details.open) (details.querySelector("input:checked") ?? details.querySelector("input")).focus();
    else back();
  }

  /** Whether the key did something. */
  function press(details, event) {
    const writing = event.target.name && event.target.type !== "radio";
    const choice = details.querySelectorAll("[type=radio]")[digitOf(event) - 1];
    if (event.key === "Escape") toggle(details);
    else if (event.key === "Enter" && event.target.matches("input")) details.querySelector("button").click();
    else if (choice && !writing) {
      choice.checked = true;
      (choice.value === "other" ? details.querySelector(".words input") : choice).focus();
    } else return false;
    return true;
  }

  async function sendFlag() {
    const { outcome, content } = await postForm(form.dataset.flag, new FormData(form));
    if (outcome !== "ok") return showFault(flag, Object.values(content?.fields ?? {}).join(" ") || words.unsent);
    showFault(flag, "");
    toggle(flag);
    form.querySelector("#flag-says").hidden = false;
    say(words.flagged);
  }

  const commands = {};
  for (const [name, details] of Object.entries({ flag, skip })) {
    if (!details) continue;
    // The one that the server opened was shut when it came: the page that it replaced still had one of that name open.
    details.open ||= details.querySelector(".fault:not([hidden])") !== null;
    commands[name] = () => toggle(details);
    let byArrow = false; // then one may want to go on to the reason after it
    details.addEventListener("change", ({ target }) => {
      if (target.value === "other" && target.type === "radio" && !byArrow) details.querySelector(".words input").focus();
    });
    details.addEventListener("pointerdown", () => {
      byArrow = false;
    });
    details.querySelector("[data-cancel]").addEventListener("click", () => toggle(details));
    // What is submitted goes on without it, and what is missing is shown where it stands.
    form.addEventListener("submit", () => {
      details.open = false;
    });
    details.addEventListener("keydown", (event) => {
      byArrow = event.key.startsWith("Arrow");
      if (isComposing(event) || event.ctrlKey || event.metaKey || event.altKey || !details.open) return;
      if (!press(details, event)) return;
      event.preventDefault();
      event.stopPropagation();
    });
  }
  flag?.querySelector("button").addEventListener("click", (event) => {
    event.preventDefault();
    sendFlag();
  });
  return commands;
}
