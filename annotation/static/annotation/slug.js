// Proposes the short name from the title as it is typed, until the person writes one of their own.
const title = document.querySelector("#title");
const slug = document.querySelector("#slug");
const longest = 100;

function proposed(text) {
  return text
    .normalize("NFKD")
    .replace(/[^\w\s-]/g, "")
    .trim()
    .toLowerCase()
    .replace(/[-\s]+/g, "-")
    .slice(0, longest)
    .replace(/^[-_]+|[-_]+$/g, "");
}

let own = slug.value !== "" && slug.value !== proposed(title.value);
slug.addEventListener("input", () => {
  own = slug.value !== "";
});
title.addEventListener("input", () => {
  if (!own) {
    slug.value = proposed(title.value);
  }
});
