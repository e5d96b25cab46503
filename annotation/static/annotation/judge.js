// The form on the right: keys, the descriptor of the level in focus, and what the form says as the body that the API takes.

/** Returns the body of the form, and a way to fill it. Every change is told by "sixpoint:change" on the form. */
export function start(main, { signal }) {
  const form = main.querySelector("form.judge");
  const criteria = [...form.querySelectorAll(".criterion")];
  describeLevels(criteria);
  listenToKeys(form, criteria, signal);
  form.addEventListener("input", () => form.dispatchEvent(new CustomEvent("sixpoint:change", { bubbles: true })));
  answerOf(criteria.find((criterion) => !criterion.querySelector(":checked")) ?? criteria[0])?.focus({ preventScroll: true });
  return { body: () => judgement(form), fill: (body) => fill(form, body) };
}

/** Where the focus goes in a criterion: to the chosen answer, or else to the first. */
function answerOf(criterion) {
  return criterion?.querySelector(":checked") ?? criterion?.querySelector("input");
}

/** In one place: the descriptor of the level that is pointed at, or else chosen, of the criterion in focus. */
function describeLevels(criteria) {
  const line = document.getElementById("level");
  if (!line) return;
  line.hidden = false;
  const show = (criterion, value) => {
    const level = value && criterion.querySelector(`.levels [data-value="${value}"]`);
    const title = document.createElement("b");
    title.textContent = criterion.querySelector("legend").textContent;
    line.replaceChildren(title, " ", ...(level ? level.cloneNode(true).childNodes : []));
  };
  const chosen = (criterion) => criterion.querySelector(":checked")?.value;
  for (const criterion of criteria) {
    criterion.addEventListener("focusin", () => show(criterion, chosen(criterion)));
    criterion.addEventListener("change", () => show(criterion, chosen(criterion)));
    criterion.addEventListener("pointerover", (event) => show(criterion, event.target.closest("label")?.querySelector("input").value ?? chosen(criterion)));
  }
}

function listenToKeys(form, criteria, signal) {
  const keys = document.getElementById("keys");
  const showKeys = document.getElementById("show-keys");
  if (keys && showKeys) {
    showKeys.hidden = false;
    showKeys.addEventListener("click", () => keys.showModal(), { signal });
  }
  const commands = {
    "?": () => keys?.showModal(),
    ArrowDown: () => move(1),
    ArrowUp: () => move(-1),
    n: () => score("na"),
    h: () => form.querySelector("[name=penalty]")?.click(),
    f: () => form.querySelector("[name=feedback]")?.focus(),
    r: () => toggle(document.getElementById("references")),
    s: () => toggle(form.querySelector(".skip")) && form.querySelector("[name=reason]").focus(),
  };

  function current() {
    const focused = document.activeElement?.closest?.(".criterion");
    return focused ? criteria.indexOf(focused) : -1;
  }

  function focus(index) {
    const criterion = criteria[index];
    answerOf(criterion)?.focus();
    criterion?.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    focus(Math.min(Math.max(current() + step, 0), criteria.length - 1));
  }

  function score(value) {
    const index = Math.max(current(), 0);
    const input = criteria[index]?.querySelector(`input[value="${value}"]`);
    if (!input) return;
    input.click();
    if (index + 1 < criteria.length) focus(index + 1);
    else (form.querySelector("[name=penalty]") ?? form.querySelector(".do")).focus();
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if ((event.ctrlKey || event.metaKey) && event.key === "Enter") {
        event.preventDefault();
        form.requestSubmit(form.querySelector(".do"));
        return;
      }
      const writing = event.target.matches("textarea, select, input:not([type=radio], [type=checkbox])");
      if (writing && event.key === "Escape") focus(0);
      if (writing || event.ctrlKey || event.metaKey || event.altKey || keys?.open) return;
      const command = /^[0-9]$/.test(event.key) ? () => score(event.key) : commands[event.key];
      if (!command) return;
      event.preventDefault();
      command();
    },
    { signal },
  );
}

function toggle(details) {
  if (!details) return false;
  details.open = !details.open;
  return details.open;
}

function judgement(form) {
  const data = new FormData(form);
  const scores = {};
  for (const [name, value] of data) {
    if (name.startsWith("score-")) scores[name.slice("score-".length)] = value === "na" ? "na" : Number(value);
  }
  const body = {
    scores,
    penalties: data.getAll("penalty"),
    feedback: data.get("feedback") ?? "",
    active_seconds: Number(data.get("active_seconds")),
  };
  return data.get("overall") ? { ...body, overall: Number(data.get("overall")) } : body;
}

/** Makes the form say what `body` says. */
function fill(form, body) {
  for (const input of form.querySelectorAll("input[type=radio][name^='score-']")) {
    input.checked = String(body.scores?.[input.name.slice("score-".length)] ?? "") === input.value;
  }
  for (const input of form.querySelectorAll("[name=penalty]")) input.checked = body.penalties?.includes(input.value) ?? false;
  for (const name of ["feedback", "overall", "active_seconds"]) {
    if (form.elements[name]) form.elements[name].value = body[name] ?? (name === "active_seconds" ? 0 : "");
  }
}
