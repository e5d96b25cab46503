// What a person does in the viewer: keys and buttons call its commands, pointers and the wheel move and zoom a pane.

const COMMANDS = {
  "+": "in",
  "=": "in",
  "-": "out",
  _: "out",
  0: "fit",
  1: "full",
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
  PageDown: "next",
  ".": "next",
  PageUp: "previous",
  ",": "previous",
  v: "turn",
  i: "alone",
  x: "swap",
  t: "tie",
};

export function listenToKeys(viewer) {
  const { dialog, signal } = viewer;
  dialog.addEventListener(
    "keydown",
    (event) => {
      event.stopPropagation(); // no key scores the response underneath
      const command = COMMANDS[event.key];
      if (!command || event.target.matches("select") || event.ctrlKey || event.metaKey || event.altKey) return;
      event.preventDefault();
      viewer.commands[command]();
    },
    { signal },
  );
  dialog.addEventListener(
    "click",
    (event) => {
      const button = event.target.closest("[data-do]");
      if (button) viewer.commands[button.dataset.do]();
    },
    { signal },
  );
}

/** The pane's own pointer, wheel and list of images. */
export function listenToPane(viewer, pane) {
  const { signal } = viewer;
  const { stage } = pane;
  const touches = new Map();
  const at = (event) => {
    const box = stage.getBoundingClientRect();
    return { x: event.clientX - box.left, y: event.clientY - box.top };
  };
  for (const kind of ["focusin", "pointerdown"]) pane.figure.addEventListener(kind, () => viewer.activate(pane), { signal });
  pane.chooser.addEventListener("change", () => viewer.choose(pane, Number(pane.chooser.value)), { signal });
  stage.addEventListener(
    "wheel",
    (event) => {
      event.preventDefault();
      viewer.zoom(pane.place.zoom * Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), at(event), pane);
    },
    { signal, passive: false },
  );
  stage.addEventListener(
    "dblclick",
    (event) => {
      const full = 1 / pane.fit;
      viewer.zoom(Math.abs(pane.place.zoom - 1) < 0.01 ? (full > 1.01 ? full : 2) : 1, at(event), pane);
    },
    { signal },
  );
  stage.addEventListener(
    "pointerdown",
    (event) => {
      stage.setPointerCapture(event.pointerId);
      touches.set(event.pointerId, at(event));
    },
    { signal },
  );
  stage.addEventListener(
    "pointermove",
    (event) => {
      if (!touches.has(event.pointerId)) return;
      const before = spread(touches);
      touches.set(event.pointerId, at(event));
      const after = spread(touches);
      viewer.move(after.x - before.x, after.y - before.y, pane);
      if (before.distance && after.distance) viewer.zoom((pane.place.zoom * after.distance) / before.distance, after, pane);
    },
    { signal },
  );
  for (const end of ["pointerup", "pointercancel"])
    stage.addEventListener(end, (event) => touches.delete(event.pointerId), { signal });
}

/** The middle of one or two fingers, and how far apart they are: 0 for one. */
function spread(touches) {
  const points = [...touches.values()].slice(0, 2);
  const [a, b = a] = points;
  return { x: (a.x + b.x) / 2, y: (a.y + b.y) / 2, distance: Math.hypot(a.x - b.x, a.y - b.y) };
}
