// In the place of an image that does not load: words, its block's number and a way to try again. It is tried again by itself, too:
// while the server makes the copies of a large image, it asks to come back.

import { phrase } from "../phrase.js";

const RETRIES = [2, 4, 8, 16]; // seconds

export function watchImages({ main, signal }) {
  const notices = new Map(); // by image
  const retries = new Map(); // how many, by image

  function noticeFor(image, block) {
    const notice = main.querySelector("#missing").content.firstElementChild.cloneNode(true);
    const line = notice.querySelector("span");
    line.textContent = phrase(line.dataset.words, { block });
    // As large as the image would be, so that nothing jumps when it comes.
    notice.style.setProperty("width", `${image.getAttribute("width")}px`);
    notice.style.setProperty("aspect-ratio", `${image.getAttribute("width")} / ${image.getAttribute("height")}`);
    notice.querySelector("button").addEventListener("click", () => tryAgain(image));
    return notice;
  }

  function showMissing(image) {
    const picture = image.closest(".picture");
    const { block } = picture.closest("li").dataset;
    retryLater(image);
    if (notices.has(image)) {
      const notice = notices.get(image);
      const line = notice.querySelector("span");
      line.textContent = phrase(line.dataset.again, { block });
      notice.removeAttribute("aria-busy");
      return;
    }
    notices.set(image, noticeFor(image, block));
    picture.hidden = true;
    picture.after(notices.get(image));
  }

  function retryLater(image) {
    const done = retries.get(image) ?? 0;
    if (done === RETRIES.length) return;
    retries.set(image, done + 1);
    setTimeout(() => !signal.aborted && notices.has(image) && tryAgain(image), 1000 * RETRIES[done]);
  }

  function tryAgain(image) {
    notices.get(image).setAttribute("aria-busy", "true");
    image.loading = "eager"; // a hidden lazy one would wait for ever
    image.src = image.getAttribute("src");
  }

  function showImage(image) {
    const notice = notices.get(image);
    if (!notice) return;
    const picture = image.closest(".picture");
    const focused = notice.contains(document.activeElement);
    picture.hidden = false;
    notice.remove();
    notices.delete(image);
    if (focused) picture.focus();
  }

  const ofPicture = (act) => (event) => event.target.matches?.(".picture img") && act(event.target);
  main.addEventListener("error", ofPicture(showMissing), { capture: true, signal });
  main.addEventListener("load", ofPicture(showImage), { capture: true, signal });
  window.addEventListener("online", () => [...notices.keys()].forEach(tryAgain), { signal });
  for (const image of main.querySelectorAll(".picture img")) if (image.complete && !image.naturalWidth) showMissing(image);
}
