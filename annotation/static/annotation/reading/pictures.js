// The way to the viewer: images in full size and side by side. The viewer is fetched once somebody comes near a picture.

import { phrase } from "../phrase.js";
import { partOf } from "./blocks.js";

const fetchViewer = () => import("../viewer/viewer.js");

/** An image as the viewer takes it; `all` are the pictures that can be seen now. */
function itemOf(picture, all, words) {
  const image = picture.querySelector("img");
  const block = picture.closest("li");
  const section = picture.closest("section");
  const ofSection = all.filter((other) => other.closest("section") === section);
  const place = {
    part: partOf(picture),
    block: block.dataset.block,
    number: ofSection.indexOf(picture) + 1,
    count: ofSection.length,
  };
  return {
    full: picture.href,
    copy: image.currentSrc || image.src,
    width: Number(picture.dataset.width),
    height: Number(picture.dataset.height),
    part: block.dataset.part,
    caption: phrase(words.image, place),
  };
}

/** Returns the commands. */
export function openPictures({ main, signal, words, refuse }) {
  for (const kind of ["pointerover", "focusin"]) {
    main.addEventListener(
      kind,
      ({ target }) => {
        if (target.closest(".picture, [data-command=compare]")) fetchViewer().catch(() => {});
      },
      { signal, passive: true },
    );
  }

  async function open(picture, beside) {
    const all = [...main.querySelectorAll(".picture")].filter((one) => !one.closest("[inert]") && one.checkVisibility());
    if (!all.length) return refuse(words.imageless);
    const items = all.map((one) => itemOf(one, all, words));
    const at = picture ? all.indexOf(picture) : items.findIndex((item) => item.part === "response");
    try {
      const viewer = await fetchViewer();
      if (!signal.aborted) viewer.open(main.querySelector("#viewer"), items, Math.max(at, 0), beside);
    } catch {
      refuse(words.viewerless);
    }
  }

  main.addEventListener(
    "click",
    (event) => {
      const picture = event.target.closest(".picture");
      if (!picture || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      open(picture, false);
    },
    { signal },
  );
  return {
    view: () => open(document.activeElement.closest(".picture") ?? main.querySelector("[aria-current=true] .picture"), false),
    compare: () => open(null, true),
  };
}
