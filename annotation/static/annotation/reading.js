// The reading side of the page: blocks, the ladder of reference answers, what may be harmful, and the way to the viewer.
// The page can be read without all of it.

const BLOCKS = "li[data-part=query], li[data-part=response]";

/**
 * Makes what is to be read in `main` answer, until `signal` is aborted, and returns the commands that keys and buttons call.
 * The scoring side is heard by `sixpoint:focus` {criterion, title, level} and `sixpoint:scored`; it hears of each look at the
 * references by `sixpoint:look` {levels: [low, high], criterion, at}: the overall levels of the two, and the criterion that they bracket or null,
 * and of what cannot be done by `sixpoint:refused` (detail: the words).
 */
export function start(main, { signal }) {
  const words = main.querySelector("#reading-says");
  if (!words) return {};
  const say = (text) => (words.textContent = text);
  // The scoring side shows it where one looks for it; without one it is said here.
  const refuse = (detail) => main.dispatchEvent(new CustomEvent("sixpoint:refused", { detail, cancelable: true })) && say(detail);
  const page = { main, signal, words: words.dataset, say, refuse };
  watchImages(page);
  return { ...walkBlocks(page), ...showRaw(page), ...liftVeils(page), ...climbLadder(page), ...openViewer(page) };
}

/** Puts values into a phrase: "block {block}". */
function fill(phrase, values) {
  return phrase.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
}

/** What the part that holds the element is called on the page: "Response", "Overall level 3". */
function partOf(element) {
  return element.closest("section").querySelector("h2, h3").textContent.trim();
}

/** Does what changes the layout, and leaves the block that is being read where it was on the screen, or below what now covers it. */
function inPlace(main, change) {
  const read = [...main.querySelectorAll(BLOCKS)].find((block) => block.getBoundingClientRect().bottom > 110);
  const before = read?.getBoundingClientRect().top;
  change();
  if (!read || !window.scrollY) return;
  window.scrollBy({ top: read.getBoundingClientRect().top - before, behavior: "instant" });
  const shelf = main.querySelector(".ladder[open]")?.getBoundingClientRect();
  const { top, left, right } = read.getBoundingClientRect();
  const covered = shelf && shelf.left < right && shelf.right > left && shelf.top <= top && shelf.bottom > top;
  if (covered) window.scrollBy({ top: top - shelf.bottom - 8, behavior: "instant" });
}

/** In the place of an image that does not load: words, its number and a way to try again. */
function watchImages({ main, signal }) {
  const notices = new Map();

  function miss(image) {
    const picture = image.closest(".picture");
    const { block } = picture.closest("li").dataset;
    const known = notices.get(image);
    if (known) {
      const line = known.querySelector("span");
      line.textContent = fill(line.dataset.again, { block });
      known.removeAttribute("aria-busy");
      return;
    }
    const notice = main.querySelector("#missing").content.firstElementChild.cloneNode(true);
    const line = notice.querySelector("span");
    line.textContent = fill(line.dataset.words, { block });
    // As large as the image would be, so that nothing jumps when it comes.
    notice.style.setProperty("width", `${image.getAttribute("width")}px`);
    notice.style.setProperty("aspect-ratio", `${image.getAttribute("width")} / ${image.getAttribute("height")}`);
    notice.querySelector("button").addEventListener("click", () => again(image));
    notices.set(image, notice);
    picture.hidden = true;
    picture.after(notice);
  }

  function again(image) {
    notices.get(image).setAttribute("aria-busy", "true");
    image.loading = "eager"; // a hidden lazy one would wait for ever
    image.src = image.getAttribute("src");
  }

  function arrived(image) {
    const notice = notices.get(image);
    if (!notice) return;
    const picture = image.closest(".picture");
    const focused = notice.contains(document.activeElement);
    picture.hidden = false;
    notice.remove();
    notices.delete(image);
    if (focused) picture.focus();
  }

  const about = (act) => (event) => event.target.matches?.(".picture img") && act(event.target);
  main.addEventListener("error", about(miss), { capture: true, signal });
  main.addEventListener("load", about(arrived), { capture: true, signal });
  window.addEventListener("online", () => [...notices.keys()].forEach(again), { signal });
  for (const image of main.querySelectorAll(".picture img")) if (image.complete && !image.naturalWidth) miss(image);
}

/** One block of query and response is the current one, for a mark or a note: by key or by click. */
function walkBlocks({ main, signal, words, say }) {
  const blocks = [...main.querySelectorAll(BLOCKS)];
  const current = () => blocks.findIndex((block) => block.ariaCurrent === "true");

  function choose(index) {
    for (const [at, block] of blocks.entries()) {
      if (at === index) block.setAttribute("aria-current", "true");
      else block.removeAttribute("aria-current");
    }
  }

  function move(step) {
    if (!blocks.length) return;
    const from = current();
    const inView = Math.max(blocks.findIndex((block) => block.getBoundingClientRect().bottom > 110), 0);
    const to = from < 0 ? inView : Math.min(Math.max(from + step, 0), blocks.length - 1);
    choose(to);
    const block = blocks[to];
    block.scrollIntoView({ block: block.offsetHeight > window.innerHeight / 2 ? "start" : "nearest" });
    say(fill(words.block, { part: partOf(block), block: block.dataset.block }));
  }

  main.addEventListener("click", (event) => {
    const block = event.target.closest(BLOCKS);
    if (block) choose(blocks.indexOf(block));
  }, { signal });
  return { next_block: () => move(1), previous_block: () => move(-1) };
}

/** What was written, in place of how it is drawn. */
function showRaw({ main, words, say }) {
  let raw = false;
  return {
    raw() {
      raw = !raw;
      inPlace(main, () => {
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

/** What may be harmful is neither seen, heard nor reached by Tab until it is asked for. */
function liftVeils({ main, signal, words, say }) {
  const buttons = [...main.querySelectorAll(".unveil")];

  function set(button, shown) {
    button.setAttribute("aria-expanded", String(shown));
    for (const veil of button.closest("section").querySelectorAll("[data-veil]")) {
      veil.inert = !shown;
      if (shown) veil.removeAttribute("aria-hidden");
      else veil.setAttribute("aria-hidden", "true");
    }
    say(shown ? words.shown : words.blurred);
  }

  const shut = (button) => button.getAttribute("aria-expanded") === "false";
  main.addEventListener("click", (event) => {
    const button = event.target.closest(".unveil");
    if (button) set(button, shut(button));
  }, { signal });
  return {
    blur() {
      const shown = buttons.some(shut);
      for (const button of buttons) set(button, shown);
    },
  };
}

/** The reference answers by level, closed at first; a level is never shown without a neighbour. */
function climbLadder(page) {
  const { main, signal, words, say, refuse } = page;
  let focused = null;
  let ladder = null;
  let place = main.querySelector("#references");

  if (place?.matches("details")) ladder = wire(page, place, () => focused);
  main.addEventListener("sixpoint:focus", ({ detail }) => {
    focused = detail;
    ladder?.follow();
  }, { signal });
  main.addEventListener("sixpoint:scored", () => {
    if (!place || ladder) return;
    const opened = place.querySelector("template").content.firstElementChild;
    place.replaceWith(opened);
    place = opened;
    ladder = wire(page, opened, () => focused);
    say(words.unlocked);
  }, { signal });
  return { references: () => (ladder ? ladder.toggle() : refuse(place ? words.locked : words.referenceless)) };
}

function wire({ main, signal, words, say }, details, focused) {
  const rungs = [...details.querySelectorAll(".rung")];
  const line = details.querySelector(".bracket");
  const levels = details.querySelectorAll("[data-level]:is(button)");
  const [byCriterion, byOverall] = ["criterion", "overall"].map((by) => details.querySelector(`[data-by=${by}]`));
  const titles = new Map(rungs.map((rung) => [rung, rung.querySelector("h3").textContent]));
  let chosen = middle(rungs);
  let overall = false; // whether somebody asked for the overall level, though a criterion could be had
  let seen = "";

  const placedBy = (focus) => (focus ? rungs.filter((rung) => levelOf(rung, focus.criterion) !== null) : []);

  /** The pair to be shown, and the criterion that it brackets, if any. */
  function wanted() {
    const focus = focused();
    const placed = overall ? [] : placedBy(focus);
    if (placed.length < 2) return { shown: pair(rungs, chosen), criterion: null };
    placed.sort((a, b) => levelOf(a, focus.criterion) - levelOf(b, focus.criterion));
    const below = placed.findLastIndex((rung) => levelOf(rung, focus.criterion) <= focus.level);
    return { shown: pair(placed, (focus.level ?? null) === null ? middle(placed) : Math.max(below, 0)), criterion: focus };
  }

  function show() {
    const { shown, criterion } = wanted();
    for (const rung of rungs) {
      rung.hidden = !shown.includes(rung);
      const level = criterion && levelOf(rung, criterion.criterion);
      rung.querySelector("h3").textContent = criterion ? fill(line.dataset.rung, { criterion: criterion.title, level }) : titles.get(rung);
      for (const item of rung.querySelectorAll(".profile li")) item.classList.toggle("asked", item.dataset.criterion === criterion?.criterion);
    }
    // In the order that is compared: by the criterion, or by the overall level.
    details.querySelector(".strip").append(...shown, ...rungs.filter((rung) => !shown.includes(rung)));
    for (const button of levels) button.setAttribute("aria-pressed", String(shown.some((rung) => rung.dataset.level === button.dataset.level)));
    if (byCriterion) {
      if (focused()) byCriterion.textContent = focused().title;
      byCriterion.parentElement.hidden = placedBy(focused()).length < 2; // one is no choice
      byCriterion.setAttribute("aria-pressed", String(criterion !== null));
      byOverall.setAttribute("aria-pressed", String(criterion === null));
    }
    const [text, plain] = said(shown, criterion);
    line.textContent = text;
    line.classList.toggle("visually-hidden", plain); // the headings and the buttons say the same
    look(shown, criterion);
  }

  /** What is shown, in words, and whether there is nothing more to it than two overall levels. */
  function said(shown, criterion) {
    if (shown.length < 2) return [line.dataset.only, false];
    const [low, high] = shown.map((rung) => (criterion ? levelOf(rung, criterion.criterion) : rung.dataset.level));
    if (criterion) return [fill(line.dataset.criterion, { criterion: criterion.title, low, high }), false];
    const pair = fill(line.dataset.overall, { low, high });
    if (!byCriterion || !focused() || overall) return [pair, true];
    return [`${fill(line.dataset.unplaced, { criterion: focused().title })}. ${pair}`, false];
  }

  /** Tells of what has become visible, once. */
  function look(shown, criterion) {
    if (!details.open) {
      seen = "";
      return;
    }
    const detail = { levels: shown.map((rung) => Number(rung.dataset.level)).sort((a, b) => a - b), criterion: criterion?.criterion ?? null };
    if (JSON.stringify(detail) === seen) return;
    seen = JSON.stringify(detail);
    say(line.textContent);
    main.dispatchEvent(new CustomEvent("sixpoint:look", { bubbles: true, detail: { ...detail, at: new Date().toISOString() } }));
  }

  function toggle() {
    inPlace(main, () => {
      details.open = !details.open;
      show();
    });
    const { top, bottom } = details.getBoundingClientRect();
    if (!details.open) say(words.closed);
    else if (bottom < 100 || top > window.innerHeight / 2) details.scrollIntoView({ block: "start" });
  }

  details.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (event.target.closest("summary")) {
      event.preventDefault();
      toggle();
    } else if (button?.dataset.level) {
      overall = true;
      chosen = rungs.findIndex((rung) => rung.dataset.level === button.dataset.level);
      show();
    } else if (button?.dataset.by) {
      overall = button.dataset.by === "overall";
      show();
    }
  }, { signal });
  details.addEventListener("toggle", show, { signal }); // opened by the browser itself, say by a search in the page
  show();
  return { toggle, follow: show };
}

/** The one at the place and the one after it; at the end, the one before it. */
function pair(rungs, at) {
  const low = Math.max(Math.min(at, rungs.length - 2), 0);
  return rungs.slice(low, low + 2);
}

function middle(rungs) {
  return Math.floor((rungs.length - 1) / 2);
}

/** The rung's level for a criterion by its profile, or null. */
function levelOf(rung, criterion) {
  const item = rung.querySelector(`.profile [data-criterion="${CSS.escape(criterion)}"]`);
  return item ? Number(item.dataset.value) : null;
}

/** Images in full size and side by side. The viewer itself is fetched once somebody comes near a picture. */
function openViewer({ main, signal, words, refuse }) {
  const fetched = () => import("./viewer.js");
  for (const kind of ["pointerover", "focusin"]) {
    main.addEventListener(kind, ({ target }) => {
      if (target.closest(".picture, [data-command=compare]")) fetched().catch(() => {});
    }, { signal, passive: true });
  }

  /** The images that can be seen now. */
  function pictures() {
    return [...main.querySelectorAll(".picture")].filter((picture) => !picture.closest("[inert]") && picture.checkVisibility());
  }

  function described(picture, _at, all) {
    const image = picture.querySelector("img");
    const block = picture.closest("li");
    const section = picture.closest("section");
    const same = all.filter((other) => other.closest("section") === section);
    return {
      full: picture.href,
      copy: image.currentSrc || image.src,
      width: Number(picture.dataset.width),
      height: Number(picture.dataset.height),
      part: block.dataset.part,
      caption: fill(words.image, { part: partOf(picture), block: block.dataset.block, number: same.indexOf(picture) + 1, count: same.length }),
    };
  }

  async function open(picture, beside) {
    const all = pictures();
    if (!all.length) return refuse(words.imageless);
    const items = all.map(described);
    const first = items.findIndex((item) => item.part === "response");
    try {
      const viewer = await fetched();
      if (!signal.aborted) viewer.open(main.querySelector("#viewer"), items, Math.max(picture ? all.indexOf(picture) : first, 0), beside);
    } catch {
      refuse(words.viewerless);
    }
  }

  main.addEventListener("click", (event) => {
    const picture = event.target.closest(".picture");
    if (!picture || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    open(picture, false);
  }, { signal });
  return {
    view: () => open(document.activeElement.closest(".picture") ?? main.querySelector("[aria-current=true] .picture"), false),
    compare: () => open(null, true),
  };
}

// Pages that show a response without scoring it have no keys, only buttons.
const alone = document.querySelector(".read[data-alone]");
if (alone) {
  const commands = start(alone, { signal: new AbortController().signal });
  alone.addEventListener("click", (event) => commands[event.target.closest("[data-command]")?.dataset.command]?.());
}
