// The ladder of reference answers by level, closed at first; a level is never shown without a neighbour.

import { phrase } from "../phrase.js";
import { withoutJump } from "./blocks.js";
import { levelOf, middle, pairAt, placedFor } from "./rungs.js";

/** A ladder that is locked opens with the first score. Returns the command. */
export function showLadder({ main, signal, words, say, refuse }) {
  let focus = null; // of the scoring side: {criterion, title, level}
  let ladder = null;
  let place = main.querySelector("#references");
  const wire = (details) => wireLadder({ main, signal, words, say, details, focused: () => focus });

  if (place?.matches("details")) ladder = wire(place);
  main.addEventListener(
    "sixpoint:focus",
    ({ detail }) => {
      focus = detail;
      ladder?.refocus();
    },
    { signal },
  );
  main.addEventListener(
    "sixpoint:scored",
    () => {
      if (!place || ladder) return;
      const unlocked = place.querySelector("template").content.firstElementChild;
      place.replaceWith(unlocked);
      place = unlocked;
      ladder = wire(unlocked);
      say(words.unlocked);
    },
    { signal },
  );
  const ofLadder = (name, value) => () => (ladder ? ladder[name](value) : refuse(place ? words.locked : words.referenceless));
  return {
    references: ofLadder("toggle"),
    ladder_lower: ofLadder("step", -1),
    ladder_higher: ofLadder("step", 1),
    ladder_follow: ofLadder("follow"),
  };
}

/** Whether the person wants the ladder to go with the level that they score: kept in this browser. */
const FOLLOWS = () => `sixpoint-ladder-follows-${document.body.dataset.person}`;

function followsScores() {
  try {
    return localStorage.getItem(FOLLOWS()) === "yes";
  } catch {
    return false;
  }
}

function keepFollowing(follows) {
  try {
    localStorage.setItem(FOLLOWS(), follows ? "yes" : "no");
  } catch {} // then it holds for this page
}

/** `focused()` is the criterion that the scoring side has in focus, with its level, or null. */
function wireLadder({ main, signal, words, say, details, focused }) {
  const rungs = [...details.querySelectorAll(".rung")];
  const line = details.querySelector(".bracket");
  const buttons = [...details.querySelectorAll("[data-level]:is(button)")];
  const followButton = details.querySelector("[data-follow]");
  const [byCriterion, byOverall] = ["criterion", "overall"].map((by) => details.querySelector(`[data-by=${by}]`));
  const titles = new Map(rungs.map((rung) => [rung, rung.querySelector("h3").textContent]));
  let chosen = middle(rungs); // the lower of the two that are shown by overall level
  let overall = false; // whether somebody asked for the overall level, though a criterion could be had
  let following = followsScores();
  let shift = 0; // how far somebody has stepped from the pair that the focus asks for
  let lastLook = "";

  const levelInFocus = () => focused()?.level ?? null;

  /** The pair to be shown, and what it brackets: the focus, or null for overall levels. */
  function selected() {
    const focus = focused();
    const placed = overall || !focus ? [] : placedFor(rungs, focus.criterion);
    if (placed.length < 2) return { shown: pairAt(rungs, isFollowed() ? followed() + shift : chosen), focus: null };
    const below = placed.findLastIndex((rung) => levelOf(rung, focus.criterion) <= focus.level);
    const at = levelInFocus() === null ? middle(placed) : Math.max(below, 0);
    return { shown: pairAt(placed, at + shift), focus };
  }

  const isFollowed = () => following && levelInFocus() !== null;

  /** The rung at the level in focus, or else the one below it. */
  function followed() {
    return Math.max(
      rungs.findLastIndex(({ dataset }) => Number(dataset.level) <= levelInFocus()),
      0,
    );
  }

  /** The next pair, lower or higher, in the order that is shown. */
  function step(by) {
    if (!details.open) return toggle();
    const before = selected().shown;
    const [chosenBefore, shiftBefore] = [chosen, shift];
    if (selected().focus || isFollowed()) shift += by;
    else chosen = Math.min(Math.max(chosen + by, 0), Math.max(rungs.length - 2, 0));
    if (selected().shown.every((rung, index) => rung === before[index])) [chosen, shift] = [chosenBefore, shiftBefore];
    show();
  }

  function follow() {
    following = !following;
    shift = 0;
    overall ||= following;
    keepFollowing(following);
    show();
    say(following ? words.follows : words.stays);
  }

  function refocus() {
    shift = 0;
    show();
  }

  function show() {
    const { shown, focus } = selected();
    for (const rung of rungs) showRung(rung, shown.includes(rung), focus);
    // In the order that is compared: by the criterion, or by the overall level.
    details.querySelector(".strip").append(...shown, ...rungs.filter((rung) => !shown.includes(rung)));
    const levels = shown.map(({ dataset }) => dataset.level);
    for (const button of buttons) button.setAttribute("aria-pressed", String(levels.includes(button.dataset.level)));
    if (byCriterion) showChoice(focus);
    followButton.setAttribute("aria-pressed", String(following));
    const { text, plain } = describe(shown, focus);
    line.textContent = text;
    line.classList.toggle("visually-hidden", plain); // the headings and the buttons say the same
    reportLook(shown, focus);
  }

  function showRung(rung, visible, focus) {
    rung.hidden = !visible;
    const level = focus && levelOf(rung, focus.criterion);
    rung.querySelector("h3").textContent = focus
      ? phrase(line.dataset.rung, { criterion: focus.title, level })
      : titles.get(rung);
    for (const item of rung.querySelectorAll(".profile li"))
      item.classList.toggle("asked", item.dataset.criterion === focus?.criterion);
  }

  /** The buttons between criterion and overall level. */
  function showChoice(focus) {
    if (focused()) byCriterion.textContent = focused().title;
    byCriterion.parentElement.hidden = !focused() || placedFor(rungs, focused().criterion).length < 2; // one is no choice
    byCriterion.setAttribute("aria-pressed", String(focus !== null));
    byOverall.setAttribute("aria-pressed", String(focus === null));
  }

  /** What is shown, in words, and whether there is nothing more to it than two overall levels. */
  function describe(shown, focus) {
    if (shown.length < 2) return { text: line.dataset.only, plain: false };
    const [low, high] = shown.map((rung) => (focus ? levelOf(rung, focus.criterion) : rung.dataset.level));
    if (focus) return { text: phrase(line.dataset.criterion, { criterion: focus.title, low, high }), plain: false };
    const pair = phrase(line.dataset.overall, { low, high });
    if (!byCriterion || !focused() || overall) return { text: pair, plain: true };
    return { text: `${phrase(line.dataset.unplaced, { criterion: focused().title })}. ${pair}`, plain: false };
  }

  /** Reports what has become visible, once. */
  function reportLook(shown, focus) {
    if (!details.open) {
      lastLook = "";
      return;
    }
    const levels = shown.map((rung) => Number(rung.dataset.level)).sort((a, b) => a - b);
    const look = { levels, criterion: focus?.criterion ?? null };
    if (JSON.stringify(look) === lastLook) return;
    lastLook = JSON.stringify(look);
    say(line.textContent);
    main.dispatchEvent(new CustomEvent("sixpoint:look", { bubbles: true, detail: { ...look, at: new Date().toISOString() } }));
  }

  function toggle() {
    withoutJump(main, () => {
      details.open = !details.open;
      show();
    });
    const { top, bottom } = details.getBoundingClientRect();
    if (!details.open) say(words.closed);
    else if (bottom < 100 || top > window.innerHeight / 2) details.scrollIntoView({ block: "start" });
  }

  details.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("button");
      if (event.target.closest("summary")) {
        event.preventDefault();
        toggle();
      } else if (button?.dataset.level) {
        overall = true;
        [following, shift] = [false, 0];
        chosen = rungs.findIndex((rung) => rung.dataset.level === button.dataset.level);
        show();
      } else if (button === followButton && button) {
        follow();
      } else if (button?.dataset.by) {
        shift = 0;
        overall = button.dataset.by === "overall";
        show();
      }
    },
    { signal },
  );
  details.addEventListener("toggle", show, { signal }); // opened by the browser itself, say by a search in the page
  show();
  return { toggle, refocus, step, follow };
}
