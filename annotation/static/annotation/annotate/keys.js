// The keys of the page: which command a key calls, and the list of them.

export const isWriting = (target) => target.matches?.("textarea, select, input:not([type=radio], [type=checkbox])") ?? false;

/** Whether the key belongs to an input method, as the Enter does that ends a composition. Safari tells it by the code alone. */
export const isComposing = (event) => event.isComposing || (event.keyCode === 229 && isWriting(event.target));

/** The key, without the full width that it has under some input methods. */
const plainKey = ({ key }) => key.normalize("NFKC");

/** The digit of a key press on whichever keyboard, or null: on some, the row of digits has them with Shift only. */
export function digitOf(event) {
  if (/^[0-9]$/.test(plainKey(event))) return plainKey(event);
  return (!event.shiftKey && event.code?.match(/^Digit([0-9])$/)?.[1]) || null;
}

/** To the answer beside the chosen one, and no further than the last; from none, to the lowest or the highest level. */
function chooseBeside(scale, up) {
  const answers = [...scale.querySelectorAll("input")];
  const levels = answers.filter(({ value }) => value !== "na");
  const at = answers.findIndex(({ checked }) => checked);
  const answer = at < 0 ? levels.at(up ? 0 : -1) : answers[at + (up ? 1 : -1)];
  answer?.focus();
  answer?.click();
}

/** Whether Space scrolls there: it sets no level, and unsets nothing that was chosen. */
const isScrolled = (target) => target.matches?.(".criterion, .scale [type=radio], [type=radio]:checked") ?? false;

/** Where the browser itself sends nothing: a criterion without an answer, or nothing at all. On an answer it submits the form. */
const isUnanswered = (target) => target.matches?.(".criterion, body") ?? false;

/** What is read, by most of what is seen of it. */
function scrollReading(form, up) {
  const read = document.querySelector(".read")?.getBoundingClientRect();
  const { left, top } = form.getBoundingClientRect();
  const bar = Math.max(document.querySelector(".top").getBoundingClientRect().bottom, 0);
  const seen = (read && left < read.right ? top : window.innerHeight) - bar;
  window.scrollBy({ top: (up ? -0.85 : 0.85) * seen });
}

/** `keys` has a key per command; `commandOf(name)` is the command's function; the others move, score and lead back. */
export function listenToKeys({ form, keys, signal, score, move, back, commandOf }) {
  const names = new Map(Object.entries(keys).map(([name, key]) => [key, name]));
  const boundTo = (key) => commandOf(key === "?" ? "keys" : (names.get(key) ?? names.get(key.toLowerCase())));

  function commandFor(event) {
    const inCriterion = event.target.closest?.(".criterion");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      const inFoot = event.target.closest?.("form.judge .acts") && !event.target.closest(".concern fieldset"); // whose reasons it goes through
      return inCriterion || inFoot ? () => move(event.key === "ArrowDown" ? 1 : -1) : null;
    }
    const scale = event.target.matches?.(".criterion") ? event.target.querySelector(".scale") : event.target.closest?.(".scale");
    if (scale && (event.key === "ArrowLeft" || event.key === "ArrowRight"))
      return () => chooseBeside(scale, event.key === "ArrowRight");
    const bound = names.size ? boundTo(plainKey(event)) : null;
    if (bound) return bound;
    const digit = digitOf(event);
    return digit && (names.size || inCriterion) ? () => score(digit) : null;
  }

  /** Undo and redo as everywhere, outside of a text, where they are the browser's own. */
  function undoing(event) {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return null;
    const key = event.key.toLowerCase();
    if (key === "z") return commandOf(event.shiftKey ? "redo" : "undo");
    return key === "y" ? commandOf("redo") : null;
  }

  function leave(event, writing) {
    if (!writing) commandOf("leave_block")?.();
    if (form.contains(event.target)) back();
  }

  function press(event) {
    if (isComposing(event) || event.defaultPrevented || form.inert || document.querySelector("dialog[open]")) return;
    const writing = isWriting(event.target);
    if (event.key === " " && isScrolled(event.target)) {
      event.preventDefault();
      scrollReading(form, event.shiftKey);
      return;
    }
    if (event.repeat && !writing && !event.key.startsWith("Arrow")) {
      event.preventDefault(); // a key that is held down counts once
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      commandOf("submit")();
      return;
    }
    if (event.key === "Escape") leave(event, writing);
    if (writing) return;
    if (event.key === "Enter" && isUnanswered(event.target) && !event.altKey) {
      event.preventDefault();
      commandOf("submit")();
      return;
    }
    const command = undoing(event) ?? (event.ctrlKey || event.metaKey || event.altKey ? null : commandFor(event));
    if (!command) return;
    event.preventDefault();
    command();
  }

  document.addEventListener("keydown", press, { signal });
  // Firefox chooses when the key goes up.
  document.addEventListener("keyup", (event) => event.key === " " && isScrolled(event.target) && event.preventDefault(), {
    signal,
  });
}

/** Shows the list of keys, by its command and by its button. */
export function listKeys() {
  const list = document.getElementById("keys");
  const open = () => list && !list.open && list.showModal();
  const button = document.getElementById("show-keys");
  if (button) {
    button.hidden = !list;
    button.onclick = open;
  }
  return { keys: open };
}

/** Writes the person's own keys beside what they call. */
export function labelKeys(main, keys) {
  for (const key of main.querySelectorAll("kbd[data-key]")) key.textContent = keys[key.dataset.key] ?? "";
}
