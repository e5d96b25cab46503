// The keys of the page: which command a key calls, and the list of them.

/** The digit of a key press on whichever keyboard, or null: on some, the row of digits has them with Shift only. */
export function digitOf(event) {
  if (/^[0-9]$/.test(event.key)) return event.key;
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

/** `keys` has a key per command; `commandOf(name)` is the command's function; the others move, score and lead back. */
export function listenToKeys({ form, keys, signal, score, move, back, commandOf }) {
  const names = new Map(Object.entries(keys).map(([name, key]) => [key, name]));
  const boundTo = (key) => commandOf(key === "?" ? "keys" : (names.get(key) ?? names.get(key.toLowerCase())));

  function commandFor(event) {
    const inCriterion = event.target.closest?.(".criterion");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      return inCriterion || event.target.closest?.("form.judge .acts") ? () => move(event.key === "ArrowDown" ? 1 : -1) : null;
    }
    const scale = event.target.closest?.(".scale");
    if (scale && (event.key === "ArrowLeft" || event.key === "ArrowRight"))
      return () => chooseBeside(scale, event.key === "ArrowRight");
    const bound = names.size ? boundTo(event.key) : null;
    if (bound) return bound;
    const digit = digitOf(event);
    return digit && (names.size || inCriterion) ? () => score(digit) : null;
  }

  function press(event) {
    if (event.isComposing || event.defaultPrevented || form.inert || document.querySelector("dialog[open]")) return;
    const writing = event.target.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");
    if (event.repeat && !writing && !event.key.startsWith("Arrow")) {
      event.preventDefault(); // a key that is held down counts once
      return;
    }
    if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
      event.preventDefault();
      commandOf("submit")();
      return;
    }
    if (event.key === "Escape" && form.contains(event.target)) back();
    if (writing || event.ctrlKey || event.metaKey || event.altKey) return;
    const command = commandFor(event);
    if (!command) return;
    event.preventDefault();
    command();
  }

  document.addEventListener("keydown", press, { signal });
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
