// Single keys for what a page marks with data-key: a button or link is used, a field is entered. Off while one types,
// and for good where the page's checkbox says so (WCAG 2.1.4).
"use strict";

const STORE = "single-keys";
const choice = document.querySelector("[data-keys]");
let isOn = localStorage.getItem(STORE) !== "off";

function show() {
  document.documentElement.classList.toggle("has-keys", isOn);
}

function isTyping(target) {
  return target.closest("input:not([type=checkbox], [type=radio]), select, textarea, [contenteditable]");
}

if (choice) {
  choice.closest("[hidden]")?.removeAttribute("hidden");
  choice.checked = isOn;
  choice.addEventListener("change", (event) => {
    event.stopPropagation();
    isOn = choice.checked;
    localStorage.setItem(STORE, isOn ? "on" : "off");
    show();
  });
}
show();

addEventListener("keydown", (event) => {
  if (!isOn || event.ctrlKey || event.altKey || event.metaKey || event.repeat || isTyping(event.target)) {
    return;
  }
  const wanted = document.querySelector(`[data-key="${CSS.escape(event.key.toLowerCase())}"]`);
  if (!wanted) {
    return;
  }
  event.preventDefault();
  wanted.closest("details")?.setAttribute("open", "");
  if (wanted.matches("input, select, textarea")) {
    wanted.focus();
  } else {
    wanted.click();
  }
});
