// Images over the whole window: in full size, larger, moved, and two side by side with their zoom and place tied.

import { phrase } from "../phrase.js";
import { listenToKeys, listenToPane } from "./input.js";
import { fitted, Pane } from "./pane.js";

const STEP = 1.25; // of the zoom, for a key
const PART = 0.15; // of the stage, for an arrow

/** Shows item `at`, or it and the next of the response's beside it. An item is {full, copy, width, height, part, caption}. */
export function open(dialog, items, at, beside) {
  const closed = new AbortController();
  const viewer = new Viewer(dialog, items, closed.signal);
  dialog.addEventListener("close", () => closed.abort(), { once: true });
  dialog.showModal();
  viewer.begin(at, beside);
}

class Viewer {
  constructor(dialog, items, signal) {
    this.dialog = dialog;
    this.items = items;
    this.signal = signal;
    this.phrases = dialog.dataset;
    this.panes = [...dialog.querySelectorAll(".pane")].map((figure) => new Pane(figure, items, this.phrases));
    this.active = this.panes[0];
    this.beside = false;
    this.tied = true;
  }

  begin(at, beside) {
    const [left, right] = this.panes;
    left.show(at);
    right.figure.hidden = true;
    listenToKeys(this);
    for (const pane of this.panes) listenToPane(this, pane);
    this.watchSize();
    this.mark();
    left.stage.focus();
    if (beside && this.items.length > 1) this.putBeside(...this.pairFrom(at));
    else this.say(left.item.caption);
    this.draw();
  }

  say(text) {
    this.dialog.querySelector("[role=status]").textContent = text;
  }

  draw() {
    for (const pane of this.panes) pane.draw();
  }

  /** The image and the one after it, among the response's where it has two or more. */
  pairFrom(at) {
    const all = [...this.items.keys()];
    const own = all.filter((index) => this.items[index].part === "response");
    const among = own.length > 1 ? own : all;
    const first = Math.max(among.indexOf(at), 0);
    return [among[first], among[(first + 1) % among.length]];
  }

  putBeside(first, second) {
    const [left, right] = this.panes;
    this.beside = true;
    right.figure.hidden = false;
    left.show(first);
    right.show(second);
    left.place = fitted();
    right.place = this.tied ? left.place : fitted();
    this.mark();
    this.draw();
    this.say(phrase(this.phrases.beside, { left: left.item.caption, right: right.item.caption }));
  }

  alone() {
    const [left, right] = this.panes;
    if (this.active === right) left.show(right.at);
    this.beside = false;
    right.figure.hidden = true;
    right.at = null;
    this.active = left;
    left.place = fitted();
    left.stage.focus();
    this.mark();
    this.draw();
    this.say(left.item.caption);
  }

  /** Shows the state in the bar. */
  mark() {
    const button = (name) => this.dialog.querySelector(`[data-do=${name}]`);
    this.dialog.classList.toggle("two", this.beside);
    button("beside").setAttribute("aria-pressed", String(this.beside));
    button("beside").disabled = this.items.length < 2;
    button("tie").setAttribute("aria-pressed", String(this.tied));
    for (const name of ["swap", "tie"]) button(name).disabled = !this.beside;
    for (const pane of this.panes) pane.figure.classList.toggle("active", this.beside && pane === this.active);
  }

  choose(pane, at) {
    const before = pane.item;
    pane.show(at);
    // Of one size, they are compared by paging through them at the same place; else the new one is seen whole.
    if (!this.beside && (before.width !== pane.item.width || before.height !== pane.item.height)) pane.place = fitted();
    this.draw();
    this.say(pane.item.caption);
  }

  page(step) {
    const other = this.beside && this.panes.find((pane) => pane !== this.active).at;
    let to = this.active.at + step;
    if (to === other) to += step;
    if (to >= 0 && to < this.items.length) this.choose(this.active, to);
  }

  zoom(zoom, point, pane = this.active) {
    pane.zoomTo(zoom, point);
    this.draw();
    this.say(phrase(this.phrases.zoom, { percent: pane.percent }));
  }

  move(x, y, pane = this.active) {
    pane.move(x, y);
    this.draw();
  }

  get commands() {
    const share = (side) => PART * this.active.stage[side];
    return {
      in: () => this.zoom(this.active.place.zoom * STEP),
      out: () => this.zoom(this.active.place.zoom / STEP),
      fit: () => {
        Object.assign(this.active.place, fitted());
        this.zoom(1);
      },
      full: () => this.zoom(1 / this.active.fit),
      left: () => this.move(share("clientWidth"), 0),
      right: () => this.move(-share("clientWidth"), 0),
      up: () => this.move(0, share("clientHeight")),
      down: () => this.move(0, -share("clientHeight")),
      next: () => this.page(1),
      previous: () => this.page(-1),
      beside: () => (this.beside ? this.alone() : this.items.length > 1 && this.putBeside(...this.pairFrom(this.active.at))),
      turn: () => this.items.length > 1 && this.putBeside(...this.pairFrom(this.beside ? this.panes[1].at : this.active.at)),
      alone: () => this.beside && this.alone(),
      swap: () => this.swap(),
      tie: () => this.tie(),
      close: () => this.dialog.close(),
    };
  }

  swap() {
    if (!this.beside) return;
    const [left, right] = this.panes;
    const [first, second] = [left.at, right.at];
    left.show(second);
    right.show(first);
    [left.place, right.place] = [right.place, left.place];
    this.draw();
    this.say(phrase(this.phrases.beside, { left: left.item.caption, right: right.item.caption }));
  }

  tie() {
    if (!this.beside) return;
    this.tied = !this.tied;
    const other = this.panes.find((pane) => pane !== this.active);
    other.place = this.tied ? this.active.place : { ...other.place };
    this.mark();
    this.draw();
    this.say(this.tied ? this.phrases.tied : this.phrases.untied);
  }

  /** Makes the pane the one that keys and buttons move. */
  activate(pane) {
    this.active = pane;
    this.mark();
  }

  /** Draws anew when the stages are larger or smaller. */
  watchSize() {
    const resized = new ResizeObserver(() => this.draw());
    for (const { stage } of this.panes) resized.observe(stage);
    this.signal.addEventListener("abort", () => resized.disconnect());
  }
}
