// Ticks all or none of a list at once, and counts what is ticked. Without it the two links load the page anew.
"use strict";

for (const list of document.querySelectorAll("[data-ticks]")) {
  const boxes = [...list.querySelectorAll("input[type=checkbox]")];
  const status = list.querySelector("[data-ticked]");
  const count = () => {
    status.textContent = status.dataset.ticked.replace("{ticked}", boxes.filter((box) => box.checked).length);
  };
  for (const link of list.querySelectorAll("[data-tick]")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      for (const box of boxes) {
        box.checked = link.dataset.tick === "all";
      }
      count();
    });
  }
  list.addEventListener("change", count);
}
