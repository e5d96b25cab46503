// The pictures of the next response, fetched while this one is read.

import { ask } from "../keeping/server.js";

/** Once the page's own pictures are there and nothing else is to be done; `address` answers the next response's pictures. */
export async function fetchAhead(main, address, signal) {
  if (!address || navigator.connection?.saveData) return;
  await Promise.all([...main.querySelectorAll("img:not([loading=lazy])")].map(arrived));
  await new Promise((done) => (window.requestIdleCallback ?? setTimeout)(done));
  if (signal.aborted) return;
  const answer = await ask(address);
  if (!answer?.ok || signal.aborted) return;
  const pictures = new DOMParser().parseFromString(await answer.text(), "text/html");
  holder().replaceChildren(...pictures.body.childNodes);
}

/** The element that has them, out of sight. */
function holder() {
  const existing = document.getElementById("ahead");
  if (existing) return existing;
  const made = Object.assign(document.createElement("div"), { id: "ahead", hidden: true, inert: true, ariaHidden: "true" });
  document.body.append(made);
  return made;
}

function arrived(image) {
  if (image.complete) return null;
  return new Promise((done) => {
    for (const kind of ["load", "error"]) image.addEventListener(kind, done, { once: true });
  });
}
