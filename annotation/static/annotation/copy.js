// Buttons that copy a text. Without this script they are hidden, and the text can be selected.

function ready(root) {
  for (const button of root.querySelectorAll("[data-copies][hidden]")) {
    button.hidden = false;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copies]");
  if (!button) return;
  const label = button.textContent;
  if (label === button.dataset.done) return; // it says so still
  const text = document.getElementById(button.dataset.copies);
  try {
    await navigator.clipboard.writeText(text.value);
  } catch {
    // without a secure address browsers allow no more than a selection
    text.focus();
    text.select();
    if (!document.execCommand("copy")) return;
    button.focus();
  }
  button.textContent = button.dataset.done;
  setTimeout(() => {
    button.textContent = label;
  }, 2000);
});

document.addEventListener("htmx:afterSwap", () => ready(document));
ready(document);
