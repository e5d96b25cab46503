// Images of a reference answer: pasted into a block's text, dropped on a block or chosen, each is uploaded at once and shown.
// They go into the block's file field, so that one which does not reach the server is sent when the form is saved.

import { phrase } from "../phrase.js";

const form = document.querySelector("#answer");
const running = new Map(); // requests by the number of the block

const places = () => [...form.querySelectorAll("[data-place]")];
const fieldOf = (block) => block.querySelector("[type=file]");
const isFiles = (event) => event.dataTransfer?.types.includes("Files");

function say(block, words, isFault = false) {
  const line = block.querySelector("[role=status]");
  line.className = isFault ? "fault" : "quiet";
  line.textContent = phrase(words, { block: Number(block.dataset.place) + 1 });
}

/** Puts the files that were pasted or dropped into the block's field, if it can have them. */
function take(block, files) {
  const field = fieldOf(block);
  const { taken, several, kind } = form.dataset;
  if (files.length > 1) return say(block, several, true);
  if (!field.accept.split(",").includes(files[0].type)) return say(block, kind, true);
  if (block.querySelector("[name^=image-]")) return say(block, taken, true);
  const holder = new DataTransfer();
  holder.items.add(files[0]);
  field.files = holder.files;
  upload(block);
}

function upload(block) {
  const field = fieldOf(block);
  running.get(block)?.abort();
  if (!field.files.length) return say(block, "");
  const { place } = block.dataset;
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("do", "upload");
  body.append("blocks", Number(place) + 1);
  body.append(field.name, field.files[0]);
  const request = new XMLHttpRequest(); // fetch does not tell how far it is
  const bar = block.querySelector("progress");
  running.set(block, request);
  request.upload.addEventListener("progress", ({ loaded, total }) => {
    bar.value = total ? (100 * loaded) / total : 0;
  });
  request.addEventListener("loadend", () => {
    if (running.get(block) !== request) return; // another was chosen meanwhile
    running.delete(block);
    bar.hidden = true;
    show(block, request);
  });
  bar.value = 0;
  bar.hidden = false;
  say(block, form.dataset.uploading);
  request.responseType = "document";
  request.open("POST", window.location.pathname);
  request.send(body);
}

/** Puts what the server answered for the block's image in its place, or says what is wrong. */
function show(block, { response, status }) {
  const selector = `[data-picture="${block.dataset.place}"]`;
  const answer = [200, 400].includes(status) ? response?.querySelector(selector) : null;
  const fault = answer?.querySelector(".fault");
  if (!answer || (status === 400 && !fault)) {
    // refused as a whole, such as by a load that is under way, or the person is signed out
    const reason = response?.querySelector(`#answer .faults li`)?.textContent ?? form.dataset.failed;
    return say(block, reason, true);
  }
  const before = block.querySelector(selector);
  const hadFocus = before.contains(document.activeElement);
  before.replaceWith(document.adoptNode(answer));
  if (hadFocus) fieldOf(block).focus();
  if (fault) {
    say(block, fault.textContent, true);
    fault.remove(); // it is said below, where a change is announced
    fieldOf(block).removeAttribute("aria-describedby");
  } else say(block, form.dataset.uploaded);
}

if (form) {
  form.addEventListener("change", (event) => {
    if (event.target.type === "file") upload(event.target.closest("[data-place]"));
  });
  form.addEventListener("paste", (event) => {
    const block = event.target.closest("[data-place]");
    const { files, types } = event.clipboardData;
    if (!block || !files.length || types.includes("text/plain")) return; // a text that has a picture of itself with it
    event.preventDefault();
    take(block, files);
  });
  // A file that is dropped beside a block would else be opened in place of the page, with all that was typed.
  document.addEventListener("dragover", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    const over = event.target.closest?.("[data-place]");
    event.dataTransfer.dropEffect = over ? "copy" : "none";
    for (const block of places()) block.classList.toggle("over", block === over);
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) for (const block of places()) block.classList.remove("over");
  });
  document.addEventListener("drop", (event) => {
    if (!isFiles(event)) return;
    event.preventDefault();
    for (const block of places()) block.classList.remove("over");
    const block = event.target.closest?.("[data-place]");
    if (block && event.dataTransfer.files.length) take(block, event.dataTransfer.files);
  });
}
