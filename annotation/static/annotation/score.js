// Keys, the descriptor of the level in focus, and drafts. The page works without all of it.

const form = document.querySelector("form.judge");
if (form) {
  const criteria = [...form.querySelectorAll(".criterion")];
  describeLevels(criteria);
  listenToKeys(form, criteria);
  if (form.dataset.draft) keepDrafts(form);
  answerOf(criteria.find((criterion) => !criterion.querySelector(":checked")) ?? criteria[0])?.focus({ preventScroll: true });
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

function listenToKeys(form, criteria) {
  const keys = document.getElementById("keys");
  const showKeys = document.getElementById("show-keys");
  if (keys && showKeys) {
    showKeys.hidden = false;
    showKeys.addEventListener("click", () => keys.showModal());
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

  document.addEventListener("keydown", (event) => {
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
  });
}

function toggle(details) {
  if (!details) return false;
  details.open = !details.open;
  return details.open;
}

/** Saves every change within a second and says so; tries again while the network is away. */
function keepDrafts(form) {
  const status = document.getElementById("saved");
  const seconds = form.elements.active_seconds;
  const say = (state) => {
    status.dataset.state = state;
    status.textContent = status.dataset[state];
  };
  let timer = null;
  let sending = Promise.resolve();

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => (sending = sending.then(save)), delay);
  };

  async function save() {
    say("saving");
    try {
      const response = await fetch(form.dataset.draft, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify(judgement(form)),
      });
      if (response.ok) say("saved");
      else if (response.status === 409 || response.status === 404) say("lost");
      else throw new Error(response.statusText);
    } catch {
      say("unsaved");
      later(5000);
    }
  }

  form.addEventListener("input", () => later(600));
  window.addEventListener("online", () => later(0));
  countActiveSeconds(() => (seconds.value = Number(seconds.value) + 1));
  form.addEventListener("submit", () => clearTimeout(timer));
  document.getElementById("save-draft").hidden = true;
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
    feedback: data.get("feedback"),
    active_seconds: Number(data.get("active_seconds")),
  };
  return data.get("overall") ? { ...body, overall: Number(data.get("overall")) } : body;
}

/** Calls back once a second while the page is looked at, its images are there, and something was done in the last minute. */
function countActiveSeconds(tick) {
  const idleAfter = 60_000;
  let last = performance.now();
  for (const kind of ["pointermove", "pointerdown", "keydown", "wheel", "touchmove", "scroll"]) {
    document.addEventListener(kind, () => (last = performance.now()), { passive: true, capture: true });
  }
  setInterval(() => {
    const loading = [...document.images].some((image) => image.loading !== "lazy" && !image.complete);
    if (!document.hidden && !loading && performance.now() - last < idleAfter) tick();
  }, 1000);
}
