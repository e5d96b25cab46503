// The foot of the form, which stays in view over the rest.

/** Tells the styles how much it covers, so that what has the focus is scrolled to where it is seen. */
export function measureFoot(form) {
  const says = form.querySelector("#judge-says:not(.visually-hidden)");
  const height = form.querySelector(".acts").offsetHeight + (says?.offsetHeight ?? 0);
  form.style.setProperty("--foot", `${height + 8}px`);
}
