// A card can be dragged to another column: that opens its update with the progress chosen, as its link does without.
"use strict";

let dragged = null;

for (const card of document.querySelectorAll(".cards .card:has(.action a)")) {
  card.draggable = true;
  card.addEventListener("dragstart", () => {
    dragged = card;
  });
}
for (const column of document.querySelectorAll(".column[data-progress]")) {
  column.addEventListener("dragover", (event) => {
    if (dragged && !column.contains(dragged)) {
      event.preventDefault();
      column.classList.add("over");
    }
  });
  column.addEventListener("dragleave", () => column.classList.remove("over"));
  column.addEventListener("drop", (event) => {
    event.preventDefault();
    const update = new URL(dragged.querySelector(".action a").href);
    update.searchParams.set("progress", column.dataset.progress);
    location.assign(update);
  });
}
addEventListener("dragend", () => {
  dragged = null;
  document.querySelector(".column.over")?.classList.remove("over");
});
