// Saves every change within a second and says so; tries again while the network is away.

/** `judge` gives the form's body; the form tells its changes by "sixpoint:change". */
export function keepDrafts(form, judge, { signal }) {
  const status = document.getElementById("saved");
  const seconds = form.elements.active_seconds;
  const say = (state) => {
    status.dataset.state = state;
    status.textContent = status.dataset[state];
  };
  let timer = null;
  let sending = Promise.resolve();

  const later = (delay) => {
    clearTimeout(timer);
    timer = setTimeout(() => (sending = sending.then(save)), delay);
  };

  async function save() {
    say("saving");
    try {
      const response = await fetch(form.dataset.draft, {
        method: "PUT",
        headers: { "Content-Type": "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
        body: JSON.stringify(judge.body()),
      });
      if (response.ok) say("saved");
      else if (response.status === 409 || response.status === 404) say("lost");
      else throw new Error(response.statusText);
    } catch {
      say("unsaved");
      later(5000);
    }
  }

  form.addEventListener("sixpoint:change", () => later(600), { signal });
  window.addEventListener("online", () => later(0), { signal });
  countActiveSeconds(() => (seconds.value = Number(seconds.value) + 1), signal);
  form.addEventListener("submit", () => clearTimeout(timer), { signal });
  document.getElementById("save-draft").hidden = true;
}

/** Calls back once a second while the page is looked at, its images are there, and something was done in the last minute. */
function countActiveSeconds(tick, signal) {
  const idleAfter = 60_000;
  let last = performance.now();
  for (const kind of ["pointermove", "pointerdown", "keydown", "wheel", "touchmove", "scroll"]) {
    document.addEventListener(kind, () => (last = performance.now()), { passive: true, capture: true, signal });
  }
  const counting = setInterval(() => {
    const loading = [...document.images].some((image) => image.loading !== "lazy" && !image.complete);
    if (!document.hidden && !loading && performance.now() - last < idleAfter) tick();
  }, 1000);
  signal.addEventListener("abort", () => clearInterval(counting));
}
