// Blocks of query and response. One of them is the current one, for an error or a note: by key or by click.

import { phrase } from "../phrase.js";

const BLOCKS = "li[data-part=query], li[data-part=response]";
const BELOW_THE_BAR = 110; // pixels from the top of the window

export const blocksIn = (main) => [...main.querySelectorAll(BLOCKS)];
const isInView = (block) => block.getBoundingClientRect().bottom > BELOW_THE_BAR;

/** What the part that holds the element is called on the page: "Response", "Overall level 3". */
export function partOf(element) {
  return element.closest("section").querySelector("h2, h3").textContent.trim();
}

/** The block of query or response that is current: {part, block}, or null. */
export function currentBlock(main) {
  const { part, block } = main.querySelector("li[aria-current=true][data-part][data-block]")?.dataset ?? {};
  return part === "query" || part === "response" ? { part, block } : null;
}

/** Calls `changed` each time another block is current. */
export function watchCurrentBlock(main, signal, changed) {
  const watching = new MutationObserver(changed);
  watching.observe(main, { subtree: true, attributeFilter: ["aria-current"] });
  signal.addEventListener("abort", () => watching.disconnect());
}

/** Returns the commands. */
export function walkBlocks({ main, signal, words, say }) {
  const blocks = blocksIn(main);

  function choose(chosen) {
    for (const block of blocks) {
      if (block === chosen) block.setAttribute("aria-current", "true");
      else block.removeAttribute("aria-current");
    }
  }

  function move(step) {
    if (!blocks.length) return;
    const from = blocks.findIndex((block) => block.ariaCurrent === "true");
    const inView = Math.max(blocks.findIndex(isInView), 0);
    const block = blocks[from < 0 ? inView : Math.min(Math.max(from + step, 0), blocks.length - 1)];
    choose(block);
    block.scrollIntoView({ block: block.offsetHeight > window.innerHeight / 2 ? "start" : "nearest" });
    say(phrase(words.block, { part: partOf(block), block: block.dataset.block }));
  }

  main.addEventListener(
    "click",
    (event) => {
      const block = event.target.closest(BLOCKS);
      if (block) choose(block);
    },
    { signal },
  );
  function leave() {
    if (!currentBlock(main)) return;
    choose(null);
    say(words.whole);
  }

  return { next_block: () => move(1), previous_block: () => move(-1), leave_block: leave };
}

/** Does what changes the layout, and leaves the block that is being read where it was on the screen, or below what now covers it. */
export function withoutJump(main, change) {
  const block = blocksIn(main).find(isInView);
  const before = block?.getBoundingClientRect().top;
  change();
  if (!block || !window.scrollY) return;
  window.scrollBy({ top: block.getBoundingClientRect().top - before, behavior: "instant" });
  const shelf = main.querySelector(".ladder[open]")?.getBoundingClientRect();
  const { top, left, right } = block.getBoundingClientRect();
  const covered = shelf && shelf.left < right && shelf.right > left && shelf.top <= top && shelf.bottom > top;
  if (covered) window.scrollBy({ top: top - shelf.bottom - 8, behavior: "instant" });
}
