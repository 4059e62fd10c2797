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
