// Reasons that were used before: each a button that puts its words where a reason is being written.

/** Into the reason that had the focus last, or else into the one that stands for all criteria. */
export function offerReasons(form, signal) {
  const shared = form.querySelector("[data-for-all]");
  if (!shared) return;
  let place = shared;
  form.addEventListener(
    "focusin",
    ({ target }) => {
      if (target === shared || target.matches(".criterion .note textarea")) place = target;
      else if (target.closest(".criterion")) place = shared;
    },
    { signal },
  );
  form.addEventListener(
    "click",
    ({ target }) => {
      const chosen = target.closest("[data-reason]")?.dataset.reason;
      if (!chosen) return;
      place.value = chosen;
      place.dispatchEvent(new Event("input", { bubbles: true }));
      place.focus();
    },
    { signal },
  );
}
