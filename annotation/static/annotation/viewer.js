// Images over the whole window: in full size, larger, moved, and two side by side with their zoom and place tied.

const STEP = 1.25; // of the zoom, for a key
const PART = 0.15; // of the stage, for an arrow
const ENLARGED = 3; // at most, to fit a small image
const LARGEST = 16; // screen pixels for one of the image

const clamp = (value, low, high) => Math.min(Math.max(value, low), high);
const fill = (phrase, values) => phrase.replace(/\{(\w+)\}/g, (_all, name) => values[name]);
/** Where an edge may be: a small image stays on the stage, a large one covers it. */
const within = (room, size, edge) => clamp(edge, Math.min(0, room - size), Math.max(0, room - size));
const fitted = () => ({ zoom: 1, x: 0.5, y: 0.5 });

/** Shows item `at`, or it and the next of the response's beside it. An item is {full, copy, width, height, part, caption}. */
export function open(dialog, items, at, beside) {
  const closed = new AbortController();
  const viewer = new Viewer(dialog, items, closed.signal);
  dialog.addEventListener("close", () => closed.abort(), { once: true });
  dialog.showModal();
  viewer.begin(at, beside);
}

/** One image on its stage. `place` is its zoom (1 fits the stage) and the point of the image, as a share, at the stage's middle. */
class Pane {
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
    this.figure.querySelector(".zoom").textContent = fill(this.phrases.zoom, { percent: this.percent });
  }
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
    this.listen();
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
    this.say(fill(this.phrases.beside, { left: left.item.caption, right: right.item.caption }));
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

  /** What the bar says of the state. */
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
    this.say(fill(this.phrases.zoom, { percent: pane.percent }));
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
    this.say(fill(this.phrases.beside, { left: left.item.caption, right: right.item.caption }));
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

  listen() {
    const { dialog, signal } = this;
    const keys = {
      "+": "in", "=": "in", "-": "out", _: "out", 0: "fit", 1: "full",
      ArrowLeft: "left", ArrowRight: "right", ArrowUp: "up", ArrowDown: "down",
      PageDown: "next", ".": "next", PageUp: "previous", ",": "previous",
      v: "turn", i: "alone", x: "swap", t: "tie",
    };
    dialog.addEventListener("keydown", (event) => {
      event.stopPropagation(); // no key scores the response underneath
      const command = keys[event.key];
      if (!command || event.target.matches("select") || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      this.commands[command]();
    }, { signal });
    dialog.addEventListener("click", (event) => {
      const button = event.target.closest("[data-do]");
      if (button) this.commands[button.dataset.do]();
    }, { signal });
    const resized = new ResizeObserver(() => this.draw());
    signal.addEventListener("abort", () => resized.disconnect());
    for (const pane of this.panes) {
      resized.observe(pane.stage);
      this.attend(pane);
    }
  }

  /** The pane's own pointer, wheel and chooser. */
  attend(pane) {
    const { signal } = this;
    const { stage } = pane;
    const touches = new Map();
    const at = (event) => {
      const box = stage.getBoundingClientRect();
      return { x: event.clientX - box.left, y: event.clientY - box.top };
    };
    const activate = () => {
      this.active = pane;
      this.mark();
    };
    pane.figure.addEventListener("focusin", activate, { signal });
    pane.figure.addEventListener("pointerdown", activate, { signal });
    pane.chooser.addEventListener("change", () => this.choose(pane, Number(pane.chooser.value)), { signal });
    stage.addEventListener("wheel", (event) => {
      event.preventDefault();
      this.zoom(pane.place.zoom * Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), at(event), pane);
    }, { signal, passive: false });
    stage.addEventListener("dblclick", (event) => {
      const full = 1 / pane.fit;
      this.zoom(Math.abs(pane.place.zoom - 1) < 0.01 ? (full > 1.01 ? full : 2) : 1, at(event), pane);
    }, { signal });
    stage.addEventListener("pointerdown", (event) => {
      stage.setPointerCapture(event.pointerId);
      touches.set(event.pointerId, at(event));
    }, { signal });
    stage.addEventListener("pointermove", (event) => {
      if (!touches.has(event.pointerId)) return;
      const before = spread(touches);
      touches.set(event.pointerId, at(event));
      const after = spread(touches);
      this.move(after.x - before.x, after.y - before.y, pane);
      if (before.distance && after.distance) this.zoom((pane.place.zoom * after.distance) / before.distance, after, pane);
    }, { signal });
    for (const end of ["pointerup", "pointercancel"]) stage.addEventListener(end, (event) => touches.delete(event.pointerId), { signal });
  }
}

/** The middle of one or two fingers, and how far apart they are: 0 for one. */
function spread(touches) {
  const points = [...touches.values()].slice(0, 2);
  const [a, b = a] = points;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.hypot(a.x - b.x, a.y - b.y) };
}
