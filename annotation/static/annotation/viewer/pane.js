// One image on its stage, with its zoom and its place.

import { phrase } from "../phrase.js";

const ENLARGED = 3; // at most, to fit a small image
const LARGEST = 16; // screen pixels for one of the image

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
/** Where an edge may be: a small image stays on the stage, a large one covers it. */
const within = (room, size, edge) => clamp(edge, Math.min(0, room - size), Math.max(0, room - size));
export const fitted = () => ({ zoom: 1, x: 0.5, y: 0.5 });

/** `place` is its zoom (1 fits the stage) and the point of the image, as a share, at the stage's middle. */
export class Pane {
  constructor(figure, items, phrases) {
    this.figure = figure;
    this.items = items;
    this.phrases = phrases;
    this.stage = figure.querySelector(".stage");
    this.image = figure.querySelector("img");
    this.chooser = figure.querySelector("select");
    this.chooser.replaceChildren(...items.map((item, index) => new Option(item.caption, index)));
    this.place = fitted();
    this.at = null;
  }

  get item() {
    return this.items[this.at];
  }

  show(at) {
    this.at = at;
    const { full, copy, width, height, caption } = this.item;
    this.chooser.value = at;
    this.stage.setAttribute("aria-label", caption);
    this.image.alt = caption;
    this.image.width = width;
    this.image.height = height;
    this.image.src = copy; // it is here already, and stands in until the full one is
    this.figure.querySelector(".size").textContent = `${width} × ${height}`;
    this.note("");
    const wanted = new Image();
    const current = (act) => () => this.items[this.at]?.full === full && act();
    wanted.onload = current(() => (this.image.src = full));
    wanted.onerror = current(() => this.note(this.image.naturalWidth ? this.phrases.copy : this.phrases.failed));
    wanted.src = full;
  }

  note(text) {
    this.figure.querySelector(".note").textContent = text;
  }

  get fit() {
    const { width, height } = this.item;
    return Math.min(this.stage.clientWidth / width, this.stage.clientHeight / height, ENLARGED) || 1;
  }

  get scale() {
    return this.fit * this.place.zoom;
  }

  /** Where the image's corner is on the stage. */
  get corner() {
    const { width, height } = this.item;
    const { clientWidth, clientHeight } = this.stage;
    return {
      left: within(clientWidth, width * this.scale, clientWidth / 2 - this.place.x * width * this.scale),
      top: within(clientHeight, height * this.scale, clientHeight / 2 - this.place.y * height * this.scale),
    };
  }

  /** Changes the zoom and keeps what lies under the point of the stage where it is. */
  zoomTo(zoom, point = { x: this.stage.clientWidth / 2, y: this.stage.clientHeight / 2 }) {
    const { left, top } = this.corner;
    const under = { x: (point.x - left) / this.scale, y: (point.y - top) / this.scale };
    this.place.zoom = clamp(zoom, Math.min(1, 1 / this.fit), Math.max(1, LARGEST / this.fit));
    this.centre(point.x - under.x * this.scale, point.y - under.y * this.scale);
  }

  move(x, y) {
    const { left, top } = this.corner;
    this.centre(left + x, top + y);
  }

  /** Takes the corner, as far as it may go, into the place. */
  centre(left, top) {
    const share = (room, size, corner) => (room / 2 - within(room, size, corner)) / size;
    this.place.x = share(this.stage.clientWidth, this.item.width * this.scale, left);
    this.place.y = share(this.stage.clientHeight, this.item.height * this.scale, top);
  }

  get percent() {
    return Math.round(this.scale * 100);
  }

  draw() {
    if (this.at === null) return;
    const { left, top } = this.corner;
    this.image.style.setProperty("transform", `translate(${left}px, ${top}px) scale(${this.scale})`);
    this.figure.querySelector(".zoom").textContent = phrase(this.phrases.zoom, { percent: this.percent });
  }
}
