// A form that takes long says so as soon as it is sent.
"use strict";

// Only some browsers can send a whole folder.
for (const folder of document.querySelectorAll(".folder")) {
  folder.hidden = !("webkitdirectory" in HTMLInputElement.prototype);
}

for (const form of document.querySelectorAll("form[data-busy]")) {
  form.addEventListener("submit", () => {
    const status = form.querySelector(".busy");
    status.textContent = status.dataset.text;
  });
}
