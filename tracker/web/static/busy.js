// A form that takes long says so as soon as it is sent.
"use strict";

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => {
    const status = form.querySelector(".busy");
    status.textContent = status.dataset.text;
  });
}
