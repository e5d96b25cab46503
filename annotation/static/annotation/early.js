// A form that asks the server as it is filled asks once more for what was filled before htmx was there.

function filled(field) {
  if (field.type === "radio" || field.type === "checkbox") {
    return field.checked !== field.defaultChecked;
  }
  if (field.tagName === "SELECT") {
    const chosen = [...field.options].filter((option) => option.defaultSelected);
    const first = chosen.length || field.multiple ? chosen : [field.options[0]];
    return [...field.options].some((option) => option.selected !== first.includes(option));
  }
  return field.defaultValue !== undefined && field.type !== "hidden" && field.value !== field.defaultValue;
}

// htmx takes up the page at the same event, and listens before this module does
document.addEventListener("DOMContentLoaded", () => {
  for (const form of document.querySelectorAll("form[hx-trigger]")) {
    if ([...form.elements].some(filled)) {
      form.dispatchEvent(new Event("change", { bubbles: true }));
    }
  }
});
