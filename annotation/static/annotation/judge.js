// The scoring side of the page: keys, the descriptor of the level in focus, what was said as the body that the API takes, and undo.

import { ask } from "./drafts.js";

const MOST_LOOKS = 400; // that are told; the server takes some more

// On a small screen the form is a drawer, and stays put away from one response to the next.
let folded = false;
const BEHIND_THE_FOLD = ["levels", "guidance", "feedback", "note", "block_note", "flag", "skip"];

/**
 * Makes the form in `main` answer until `signal` is aborted. A key calls a command of this side, or else one of `commands`.
 * Returns the form's body, a way to fill it with one, a way to show the server's faults {field: words}, and its own commands.
 * Every change is told by "sixpoint:change" on the form; main hears "sixpoint:focus" and, with the first score, "sixpoint:scored".
 */
export function start(main, { signal, commands = {} }) {
  const form = main.querySelector("form.judge");
  const words = form.querySelector("#judge-says");
  const page = {
    main,
    form,
    signal,
    words: words?.dataset ?? {},
    others: commands,
    say: (text) => words && speak(words, text, false),
    refuse: (text) => words && speak(words, text, true),
    keys: JSON.parse(form.dataset.keys ?? "{}"),
    criteria: [...form.querySelectorAll(".criterion")],
    tell: () => form.dispatchEvent(new CustomEvent("sixpoint:change", { bubbles: true })),
  };
  const sides = [describeLevels, walkCriteria, writeNotes, markErrors, raiseConcerns];
  for (const side of sides) Object.assign(page, side(page));
  const past = rememberChanges(page);
  const own = { ...page.commands, ...keyList(), undo: past.undo, submit: () => form.requestSubmit(form.querySelector(".do")) };
  const fold = foldDrawer(page);
  own.fold = () => fold(!folded);
  for (const name of BEHIND_THE_FOLD.filter((one) => own[one])) {
    const command = own[name];
    own[name] = () => {
      fold(false);
      command();
    };
  }
  for (const key of main.querySelectorAll("kbd[data-key]")) key.textContent = page.keys[key.dataset.key] ?? "";
  listenToKeys(page, (name) => own[name] ?? commands[name]);
  listenToOthers(page);
  past.begin();
  if (form.querySelector(".fault:not([hidden])")) fold(false);
  page.focus(page.criteria.find(isFaulty) ?? page.criteria.find(isOpen) ?? page.criteria[0]);
  const fault = form.querySelector(".fault:not([hidden])")?.parentElement.closest(".field, .errors, .concern");
  if (fault && !page.criteria.some(isFaulty)) fault.querySelector("textarea, input").focus();
  const faults = (fields = {}) => {
    if (Object.keys(fields).length) fold(false);
    showFaults(page, fields);
  };
  return { body: () => judgement(form), fill: past.fill, faults, commands: own };
}

const isOpen = (criterion) => !answerIn(criterion);
const isFaulty = (criterion) => criterion.querySelector(".fault:not([hidden])");
const answerIn = (criterion) => criterion.querySelector(".scale :checked");

/** To those who hear the page; what was refused, to those who see it too. */
function speak(line, text, seen) {
  line.textContent = text;
  line.classList.toggle("visually-hidden", !seen);
}

/** Puts values into a phrase: "block {block}". */
function phrase(text, values) {
  return (text ?? "").replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

/** Puts all but a line of the drawer away: what is next, and Submit. Where the form is no drawer, this does not show. */
function foldDrawer({ form }) {
  const button = form.querySelector("[data-command=fold]");
  const fold = (shut) => {
    if (!button) return;
    folded = shut;
    form.toggleAttribute("data-folded", shut);
    button.setAttribute("aria-expanded", String(!shut));
  };
  fold(folded);
  return fold;
}

/** In one place: the descriptor of the level that is pointed at, or else chosen, or else what the criterion is about. */
function describeLevels({ form, criteria, signal }) {
  const line = form.querySelector("#level");
  const levelOf = (criterion, value) => value && criterion.querySelector(`.levels [data-value="${value}"]`);

  function describe(criterion, value = answerIn(criterion)?.value, place = line) {
    const title = document.createElement("b");
    title.textContent = criterion.dataset.title;
    const level = levelOf(criterion, value);
    const about = level ? level.cloneNode(true).childNodes : [criterion.querySelector("[id^=about-]")?.textContent ?? ""];
    place.replaceChildren(title, " ", ...about);
  }

  /** High enough for the longest, so that nothing moves under the pointer. All are laid out at once, out of sight: one by one takes long. */
  function settle() {
    line.style.minHeight = "";
    const width = `${line.offsetWidth}px`;
    const trials = criteria.flatMap((criterion) =>
      ["", ...[...criterion.querySelectorAll(".levels [data-value]")].map((level) => level.dataset.value)].map((value) => {
        const trial = line.cloneNode(false);
        trial.removeAttribute("id");
        Object.assign(trial.style, { position: "absolute", visibility: "hidden", margin: "0", width });
        describe(criterion, value, trial);
        return trial;
      }),
    );
    line.after(...trials);
    const tallest = Math.max(...trials.map((trial) => trial.offsetHeight));
    for (const trial of trials) trial.remove();
    line.style.minHeight = `${tallest}px`;
    form.style.setProperty("--level", `${line.offsetHeight}px`);
  }

  function label() {
    for (const criterion of criteria) {
      const chosen = levelOf(criterion, answerIn(criterion)?.value);
      const place = criterion.querySelector(".chosen");
      if (place) place.textContent = chosen?.dataset.label ?? "";
    }
  }

  if (!line) return { describe: () => {}, label };
  line.hidden = false;
  settle();
  let width = form.clientWidth;
  const resized = new ResizeObserver(() => {
    if (width !== form.clientWidth) settle();
    width = form.clientWidth;
  });
  resized.observe(form);
  signal.addEventListener("abort", () => resized.disconnect());
  return { describe, label };
}

/** Which criterion the digits score, even while the focus is in what is read; and the ways between them. */
function walkCriteria({ main, form, criteria, words, say, refuse, describe }) {
  let here = null;
  let last = criteria[0];
  let told = "";
  const next = form.querySelector("#next");

  /** Of a criterion, not of the overall: only once, until it or its level is another. */
  function tellFocus() {
    const level = Number(answerIn(here)?.value) || null;
    if (here.dataset.name === "overall" || told === `${here.dataset.key} ${level}`) return;
    told = `${here.dataset.key} ${level}`;
    main.dispatchEvent(new CustomEvent("sixpoint:focus", { detail: { criterion: here.dataset.key, title: here.dataset.title, level } }));
  }

  function stand(criterion) {
    if (here !== criterion) here?.removeAttribute("data-here");
    here = criterion;
    if (next) next.textContent = here ? phrase(next.dataset.says, { title: here.dataset.title }) : "";
    if (!here) return;
    last = here;
    here.setAttribute("data-here", "");
    describe(here);
    tellFocus();
  }

  function focus(criterion) {
    if (!criterion) return;
    (answerIn(criterion) ?? criterion.querySelector(".scale input")).focus({ preventScroll: true });
    stand(criterion);
    criterion.scrollIntoView({ block: "nearest" });
  }

  function move(step) {
    const to = here ? criteria.indexOf(here) + step : criteria.indexOf(last);
    focus(criteria[Math.min(Math.max(to, 0), criteria.length - 1)]);
  }

  function goOn() {
    const next = criteria[criteria.indexOf(here) + 1] ?? criteria.find(isOpen);
    if (next) return focus(next);
    stand(null);
    form.querySelector(".do").focus();
  }

  function score(value) {
    if (!here) return;
    const title = here.dataset.title;
    const input = here.querySelector(`.scale input[value="${value}"]`);
    if (!input) return refuse(phrase(value === "na" ? words.noNa : words.noLevel, { title, answer: value }));
    input.click();
    const label = here.querySelector(".chosen")?.textContent;
    say(phrase(words.scored, { title, answer: value === "na" ? words.na : label ? `${value}, ${label}` : value }));
    goOn();
  }

  /** Unsure, fairly sure, sure, and where it need not be said, nothing again. */
  function confidence() {
    const choices = [...last.querySelectorAll(".sure input")];
    const next = choices[choices.findIndex((choice) => choice.checked) + 1] ?? choices[0];
    if (!next) return;
    next.click();
    say(phrase(words.scored, { title: last.dataset.title, answer: next.getAttribute("aria-label") }));
  }

  const penalties = [...form.querySelectorAll("[name=penalty]")];
  const give = (box) => {
    box.click();
    say(phrase(box.checked ? words.on : words.off, { title: box.dataset.title }));
  };
  form.addEventListener("focusin", ({ target }) => {
    if (target.closest(".acts")) stand(null);
    else if (target.closest(".criterion")) stand(target.closest(".criterion"));
  });
  form.addEventListener("pointerover", ({ target }) => {
    const value = target.closest(".scale label")?.querySelector("input").value;
    if (value) describe(target.closest(".criterion"), value);
    else if (here) describe(here);
  });
  form.addEventListener("pointerleave", () => here && describe(here));
  const toggle = (details) => details && (details.open = !details.open);
  form.addEventListener("toggle", ({ target }) => {
    if (target.matches(".levels") && target.open) target.closest(".criterion").scrollIntoView({ block: "nearest" });
  }, true); // it does not bubble
  return {
    focus,
    move,
    score,
    stay: () => here && stand(here),
    back: () => focus(last),
    current: () => last,
    commands: {
      na: () => score("na"),
      confidence,
      levels: () => toggle(last.querySelector(".levels")),
      guidance: () => toggle(form.querySelector(".guidance")),
      feedback: () => form.elements.feedback?.focus(),
      ...Object.fromEntries(penalties.map((box, index) => [`penalty_${index + 1}`, () => give(box)])),
    },
  };
}

/** The block of query or response that is current in what is read: {part, block}. */
function currentBlock(main) {
  const { part, block } = main.querySelector("li[aria-current=true][data-part][data-block]")?.dataset ?? {};
  return part === "query" || part === "response" ? { part, block } : null;
}

function writeNotes({ main, form, signal, words, refuse, current, others, commands }) {
  const notes = form.querySelector(".block-notes");
  const rows = notes ? [...notes.querySelectorAll(".block-note")] : [];
  const written = (row) => row.querySelector("textarea").value.trim();
  const isAt = (row, place) => place && row.dataset.part === place.part && row.dataset.block === place.block;

  function showBlockNotes() {
    if (!notes) return;
    const place = currentBlock(main);
    for (const row of rows) row.hidden = !written(row) && !isAt(row, place) && !row.contains(document.activeElement);
    notes.querySelector(".scripted").hidden = rows.some((row) => !row.hidden);
    notes.querySelector(".count").textContent = rows.filter(written).length || "";
  }

  function note() {
    const details = current().querySelector(".note");
    if (!details) return;
    details.open = true;
    details.querySelector("textarea").focus();
  }

  function blockNote() {
    if (!currentBlock(main)) others.next_block?.(); // the one in view
    const row = rows.find((one) => isAt(one, currentBlock(main)));
    if (!row) return refuse(words.blockless);
    notes.open = true;
    row.hidden = false;
    row.querySelector("textarea").focus();
  }

  showBlockNotes();
  const watching = new MutationObserver(showBlockNotes);
  watching.observe(main, { subtree: true, attributeFilter: ["aria-current"] });
  signal.addEventListener("abort", () => watching.disconnect());
  return { showBlockNotes, blockNotes: () => rows.filter(written), commands: { ...commands, note, block_note: blockNote } };
}

/** An error is put on the response, or on the block of it that is current, and taken off by the same key or click. */
function markErrors({ main, form, signal, words, say, blockNotes, commands }) {
  const boxes = [...form.querySelectorAll(".errors .chips:first-of-type input")];
  const onBlocks = form.querySelector(".on-blocks");
  const block = () => (currentBlock(main)?.part === "response" ? currentBlock(main).block : null);
  const told = (element) => element.dispatchEvent(new Event("input", { bubbles: true }));
  const chipOf = (value) => onBlocks.querySelector(`[value="${CSS.escape(value)}"]`)?.parentElement;

  function put(value, title) {
    onBlocks.closest("details").open = true;
    const chip = document.createElement("label");
    const box = Object.assign(document.createElement("input"), { type: "checkbox", name: "error", value, checked: true });
    chip.className = "chip";
    chip.append(box, title);
    onBlocks.append(chip);
  }

  function mark(box, where) {
    const value = `${box.value}@${where}`;
    const title = phrase(words.marked, { title: box.dataset.title, block: where });
    const chip = chipOf(value);
    if (chip) chip.remove();
    else put(value, title);
    told(onBlocks);
    say(phrase(chip ? words.off : words.on, { title }));
  }

  function byKey(box) {
    if (block()) return mark(box, block());
    box.closest("details").open = true;
    box.click();
    say(phrase(box.checked ? words.on : words.off, { title: box.dataset.title }));
  }

  for (const box of boxes) {
    box.addEventListener("click", (event) => {
      if (!box.checked || !block()) return;
      event.preventDefault();
      mark(box, block());
    });
  }
  onBlocks?.addEventListener("change", ({ target }) => {
    const type = boxes.find((box) => box.value === target.value.split("@")[0]);
    target.parentElement.remove();
    type?.focus();
    told(onBlocks);
  });

  /** Makes the marks on blocks those of a body. */
  function fillErrors(errors) {
    for (const box of boxes) {
      box.checked = errors.some((error) => error.type === box.value && error.block === null);
      if (box.checked) box.closest("details").open = true;
    }
    onBlocks?.replaceChildren();
    for (const error of errors.filter((one) => one.block !== null)) {
      const title = boxes.find((box) => box.value === error.type)?.dataset.title ?? error.type;
      put(`${error.type}@${error.block}`, phrase(words.marked, { title, block: error.block }));
    }
  }

  /** What was said of a block stands at the block too. */
  function showAtBlocks() {
    for (const old of main.querySelectorAll(".block-marks")) old.remove();
    const at = (part, number, className, text) => {
      const item = main.querySelector(`li[data-part="${part}"][data-block="${number}"]`);
      const line = Object.assign(document.createElement("p"), { className: `block-marks ${className}`, textContent: text });
      item?.append(line);
    };
    for (const box of onBlocks?.querySelectorAll("input") ?? []) {
      const [key, number] = box.value.split("@");
      at("response", number, "error", boxes.find((one) => one.value === key)?.dataset.title ?? key);
    }
    for (const row of blockNotes()) at(row.dataset.part, row.dataset.block, "remark", row.querySelector("textarea").value);
  }

  function showPlace() {
    const where = form.querySelector(".errors .where");
    if (where) where.textContent = block() ? phrase(words.block, { block: block() }) : words.response;
  }

  showPlace();
  showAtBlocks();
  const watching = new MutationObserver(showPlace);
  watching.observe(main, { subtree: true, attributeFilter: ["aria-current"] });
  signal.addEventListener("abort", () => watching.disconnect());
  return { fillErrors, showAtBlocks, commands: { ...commands, ...Object.fromEntries(boxes.map((box, index) => [`error_${index + 1}`, () => byKey(box)])) } };
}

/** Skip and flag: a reason by its digit, Enter sends. */
function raiseConcerns({ form, words, say, back, commands }) {
  const [flag, skip] = ["#flag", "#skip"].map((id) => form.querySelector(id));
  const fault = (details, text) => {
    const line = details.querySelector(".fault");
    line.textContent = text;
    line.hidden = !text;
  };

  function toggle(details) {
    details.open = !details.open;
    if (details.open) (details.querySelector(":checked") ?? details.querySelector("input")).focus();
    else back();
  }

  for (const details of [flag, skip].filter(Boolean)) {
    details.addEventListener("keydown", (event) => {
      if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
      const typing = event.target.name && event.target.type !== "radio";
      const choice = details.querySelectorAll("[type=radio]")[digitOf(event) - 1];
      if (!details.open) return;
      if (event.key === "Escape") toggle(details);
      else if (event.key === "Enter" && event.target.matches("input")) details.querySelector("button").click();
      else if (choice && !typing) {
        choice.checked = true;
        (choice.value === "other" ? details.querySelector(".words input") : choice).focus();
      } else return;
      event.preventDefault();
      event.stopPropagation();
    });
  }

  flag?.querySelector("button").addEventListener("click", async (event) => {
    event.preventDefault();
    const said = { kind: form.elements.flag_kind.value, note: form.elements.flag_note.value };
    const headers = { "Content-Type": "application/json" };
    const answer = await ask(form.dataset.flag, { method: "POST", headers, body: JSON.stringify(said) });
    if (!answer?.ok) {
      const told = await answer?.json().catch(() => null);
      return fault(flag, Object.values(told?.fields ?? {}).join(" ") || words.unsent);
    }
    fault(flag, "");
    toggle(flag);
    form.querySelector("#flag-says").hidden = false;
    say(words.flagged);
  });
  return { commands: { ...commands, ...(flag && { flag: () => toggle(flag) }), ...(skip && { skip: () => toggle(skip) }) } };
}

/** Every change of the form but time and looks can be taken back; a text that is typed in one go is one change. */
function rememberChanges(page) {
  const { main, form, criteria, words, say, refuse, tell } = page;
  const past = [];
  let now = "";
  let writing = { name: null, at: 0 };
  const snapshot = () => JSON.stringify({ ...judgement(form), active_seconds: undefined, looks: undefined });
  const isScored = () => criteria.some(answerIn);
  let scored = false;

  function show() {
    page.label();
    page.showBlockNotes();
    page.showAtBlocks();
    page.stay();
    if (!scored && isScored()) main.dispatchEvent(new CustomEvent("sixpoint:scored"));
    scored ||= isScored();
  }

  function changed({ target }) {
    if (snapshot() === now) return;
    const name = target.matches("textarea") ? target.name : null;
    if (!name || name !== writing.name || performance.now() - writing.at > 2000) past.push(now);
    writing = { name, at: performance.now() };
    now = snapshot();
    show();
    tell();
  }

  function put(body) {
    fillForm(page, body);
    now = snapshot();
    writing = { name: null, at: 0 };
    show();
  }

  function undo() {
    if (!past.length) return refuse(words.nothing);
    const after = JSON.parse(now);
    const { active_seconds, looks } = judgement(form);
    const before = JSON.parse(past.pop());
    put({ ...before, active_seconds, looks });
    const differs = (field, key) => before[field]?.[key] !== after[field]?.[key];
    const criterion = criteria.find(({ dataset: { key } }) => ["scores", "confidence", "notes"].some((field) => differs(field, key)));
    if (criterion) page.focus(criterion);
    say(criterion ? phrase(words.undone, { title: criterion.dataset.title }) : words.undoneOther);
    tell();
  }

  form.addEventListener("input", changed);
  return {
    undo,
    begin: () => {
      now = snapshot();
      show();
    },
    fill: (body) => {
      const before = now;
      put(body);
      if (now !== before) past.push(before);
    },
  };
}

function keyList() {
  const list = document.getElementById("keys");
  const keys = () => list && !list.open && list.showModal();
  const button = document.getElementById("show-keys");
  if (button) {
    button.hidden = !list;
    button.onclick = keys;
  }
  return { keys };
}

/** The digit of a key press on whichever keyboard, or null: on some, the row of digits has them with Shift only. */
function digitOf(event) {
  if (/^[0-9]$/.test(event.key)) return event.key;
  return (!event.shiftKey && event.code?.match(/^Digit([0-9])$/)?.[1]) || null;
}

/** To the answer beside the chosen one, and no further than the last; from none, to the lowest or the highest level. */
function shift(scale, up) {
  const answers = [...scale.querySelectorAll("input")];
  const levels = answers.filter(({ value }) => value !== "na");
  const at = answers.findIndex(({ checked }) => checked);
  const to = at < 0 ? levels.at(up ? 0 : -1) : answers[at + (up ? 1 : -1)];
  to?.focus();
  to?.click();
}

function listenToKeys({ form, keys, signal, score, move, back }, commandOf) {
  const names = new Map(Object.entries(keys).map(([name, key]) => [key, name]));
  const named = (event) => commandOf(event.key === "?" ? "keys" : names.get(event.key) ?? names.get(event.key.toLowerCase()));

  function commandFor(event) {
    const inScale = event.target.closest?.(".criterion");
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      return inScale || event.target.closest?.("form.judge .acts") ? () => move(event.key === "ArrowDown" ? 1 : -1) : null;
    }
    const scale = event.target.closest?.(".scale");
    if (scale && (event.key === "ArrowLeft" || event.key === "ArrowRight")) return () => shift(scale, event.key === "ArrowRight");
    const bound = names.size ? named(event) : null;
    if (bound) return bound;
    const digit = digitOf(event);
    return digit && (names.size || inScale) ? () => score(digit) : null;
  }

  document.addEventListener(
    "keydown",
    (event) => {
      if (event.isComposing || event.defaultPrevented || form.inert || document.querySelector("dialog[open]")) return;
      const writing = event.target.matches?.("textarea, select, input:not([type=radio], [type=checkbox])");
      if (event.repeat && !writing && !event.key.startsWith("Arrow")) {
        event.preventDefault(); // a key that is held says what it says once
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
    },
    { signal },
  );
}

/** What the other sides tell: which reference answers were looked at, what they refuse, and the overall where it may be shown. */
function listenToOthers({ main, form, signal, say, refuse, tell }) {
  const looks = form.elements.looks;
  const line = form.querySelector("#overall-says");
  const look = ({ detail }) => {
    const seen = JSON.parse(looks.value || "[]");
    if (seen.length >= MOST_LOOKS) return;
    looks.value = JSON.stringify([...seen, detail]);
    tell();
  };
  const overall = ({ detail }) => {
    line.hidden = !detail;
    line.textContent = detail ? phrase(line.dataset.says, detail) : "";
  };
  main.addEventListener("sixpoint:refused", (event) => {
    event.preventDefault();
    refuse(event.detail);
  }, { signal });
  form.addEventListener("sixpoint:change", () => form.querySelector("#judge-says:not(.visually-hidden)") && say(""), { signal });
  if (looks) main.addEventListener("sixpoint:look", look, { signal });
  if (line) main.addEventListener("sixpoint:overall", overall, { signal });
}

/** Without what is empty and may be left out, as forms.posted_judgement reads it. */
function judgement(form) {
  const data = new FormData(form);
  const said = (prefix) => [...data].filter(([name, value]) => name.startsWith(prefix) && value.trim()).map(([name, value]) => [name.slice(prefix.length), value]);
  const numbers = (pairs) => Object.fromEntries(pairs.map(([key, value]) => [key, /^\d+$/.test(value) ? Number(value) : value]));
  const marks = {
    overall: data.get("overall") ? Number(data.get("overall")) : null,
    notes: Object.fromEntries(said("note-")),
    block_notes: said("block-note-").map(([name, text]) => ({ part: name.split("-")[0], block: Number(name.split("-")[1]), text })),
    errors: data.getAll("error").map((value) => value.split("@")).map(([type, block]) => ({ type, block: block ? Number(block) : null })),
    confidence: numbers(said("confidence-")),
    looks: JSON.parse(data.get("looks") || "[]"),
  };
  const isSaid = ([, value]) => value !== null && (typeof value !== "object" || Object.keys(value).length);
  return {
    scores: numbers(said("score-")),
    penalties: data.getAll("penalty"),
    feedback: data.get("feedback") ?? "",
    active_seconds: Number(data.get("active_seconds")),
    ...Object.fromEntries(Object.entries(marks).filter(isSaid)),
  };
}

/** Makes the form say what `body` says. */
function fillForm({ form, fillErrors }, body) {
  const answers = { score: body.scores, confidence: body.confidence, overall: body.overall };
  for (const input of form.querySelectorAll("[type=radio]:is([name^=score-], [name^=confidence-], [name=overall])")) {
    const [kind, ...key] = input.name.split("-");
    const said = kind === "overall" ? body.overall : answers[kind]?.[key.join("-")];
    input.checked = String(said ?? "") === input.value;
  }
  for (const input of form.querySelectorAll("[name=penalty]")) input.checked = body.penalties?.includes(input.value) ?? false;
  for (const text of form.querySelectorAll("textarea[name^=note-]")) {
    text.value = body.notes?.[text.name.slice("note-".length)] ?? "";
    if (text.value) text.closest("details").open = true;
  }
  for (const row of form.querySelectorAll(".block-note")) {
    const note = body.block_notes?.find(({ part, block }) => part === row.dataset.part && String(block) === row.dataset.block);
    row.querySelector("textarea").value = note?.text ?? "";
  }
  fillErrors(body.errors ?? []);
  const texts = { feedback: body.feedback ?? "", active_seconds: body.active_seconds ?? 0, looks: JSON.stringify(body.looks ?? []) };
  const number = form.querySelector("[name=overall][type=number]");
  if (number) number.value = body.overall ?? "";
  for (const [name, value] of Object.entries(texts)) if (form.elements[name]) form.elements[name].value = value;
}

/** Each at its field and in the list above; the focus goes to the first. Without fields, none are left. */
function showFaults({ form, criteria, focus }, fields) {
  const list = form.querySelector("#faults");
  const lines = [];
  for (const old of form.querySelectorAll(".fault")) Object.assign(old, { textContent: "", hidden: true });
  for (const [field, fault] of Object.entries(fields)) {
    const [head, key] = field.split(".");
    const criterion = criteria.find(({ dataset }) => dataset.key === (key ?? head));
    const place = form.querySelector(`#fault-${CSS.escape(criterion ? criterion.dataset.key : head)}`);
    const name = criterion?.dataset.title ?? place?.closest("details, p.field")?.querySelector("summary, label")?.firstChild.textContent.trim() ?? field;
    if (place) Object.assign(place, { textContent: fault, hidden: false });
    lines.push(Object.assign(document.createElement("li"), { textContent: `${name}: ${fault}` }));
  }
  list.hidden = !lines.length;
  list.querySelector("ul").replaceChildren(...lines);
  if (!lines.length) return;
  const criterion = criteria.find(isFaulty);
  if (criterion) focus(criterion);
  else form.querySelector(".fault:not([hidden])")?.closest(".field, .errors")?.querySelector("textarea, input")?.focus();
}
