// Notices that stay until somebody answers them. Their words are templates of the page.

/** `chosen` is called with the name of the button that was pressed; `rows` go into the notice's table. */
export function showNotice(name, { detail, rows, chosen } = {}) {
  const place = document.getElementById("notices");
  if (!place) return;
  endNotice(name);
  const notice = document.createElement("section");
  notice.className = "notice";
  notice.dataset.notice = name;
  notice.append(document.getElementById(`notice-${name}`).content.cloneNode(true));
  const line = notice.querySelector("[data-detail]");
  if (line) line.textContent = detail ?? "";
  if (rows) notice.querySelector("tbody").append(...rows);
  notice.addEventListener("click", (event) => {
    const choice = event.target.closest("[data-choose]")?.dataset.choose;
    if (!choice) return;
    notice.remove();
    chosen?.(choice);
    document
      .querySelector("form.judge .criterion:not(:has(.scale :checked)), form.judge .scale :checked")
      ?.focus({ preventScroll: true });
  });
  place.append(notice);
  window.htmx?.process(notice); // a template's content was not part of the page before
}

export function endNotice(name) {
  document.querySelector(`#notices [data-notice=${name}]`)?.remove();
}
