// Comforts only: every page works without this file.
"use strict";

// A form is sent once, however often its button is pressed on a slow network.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  // A form that downloads a file leaves the page standing.
  setTimeout(() => delete form.dataset.sent, 8000);
});

// Coming back to the page makes the form usable again.
window.addEventListener("pageshow", () => {
  for (const form of document.forms) delete form.dataset.sent;
});

// The list of what is wrong is read out first.
document.querySelector(".notice.wrong[role=alert]")?.focus();

for (const button of document.querySelectorAll("[data-print]")) {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
}

// A figure picked while writing goes where the cursor stands; without a cursor, to the end.
document.addEventListener("focusin", (event) => {
  if (event.target.matches?.("textarea")) event.target.dataset.met = "1";
});
document.addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-into]");
  const area = button && document.getElementById(button.dataset.into);
  if (!area) return;
  event.preventDefault();
  const end = area.value.length;
  const [from, to] = area.dataset.met ? [area.selectionStart, area.selectionEnd] : [end, end];
  const before = from > 0 && !/\s$/.test(area.value.slice(0, from)) ? " " : "";
  area.setRangeText(before + button.dataset.token, from, to, "end");
  area.focus();
});

// On a phone the figures beside a text are folded until they are asked for.
if (matchMedia("(max-width: 59.99rem)").matches) {
  for (const side of document.querySelectorAll("details[data-fold]")) side.open = false;
}
