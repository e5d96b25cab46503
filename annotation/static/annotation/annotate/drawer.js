// On a small screen the form is a drawer that folds to one line: what is next, and Submit.

let folded = false; // stays so from one response to the next
const INSIDE = ["levels", "guidance", "feedback", "reason", "note", "block_note", "flag", "skip"]; // commands whose place the fold hides

/** Returns `open()`, `toggle()`, and `opening(commands)`: the same commands, which open the drawer where they need it. */
export function foldDrawer(form) {
  const button = form.querySelector("[data-command=fold]");

  function fold(shut) {
    if (!button) return;
    folded = shut;
    form.toggleAttribute("data-folded", shut);
    button.setAttribute("aria-expanded", String(!shut));
  }

  function opening(commands) {
    const opened = (command) => () => {
      fold(false);
      command();
    };
    const wrapped = INSIDE.filter((name) => commands[name]).map((name) => [name, opened(commands[name])]);
    return { ...commands, ...Object.fromEntries(wrapped) };
  }

  fold(folded);
  return { open: () => fold(false), toggle: () => fold(!folded), opening };
}
