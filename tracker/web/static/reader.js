// In a transcript: selected words can be marked as a passage. The same is on the page of each turn, without script.
"use strict";

// a turn on another page of the transcript has its link here: follow it
const follow = () => {
  const there = location.hash.startsWith("#turn-") && document.querySelector(`.ways a[id="${location.hash.slice(1)}"]`);
  if (there) {
    location.replace(there.href);
  }
};
follow();
addEventListener("hashchange", follow);

const turnOf = (node) => (node?.nodeType === Node.TEXT_NODE ? node.parentElement : node)?.closest(".speech");

addEventListener("keydown", (event) => {
  const selection = getSelection();
  const hasKeys = document.documentElement.classList.contains("has-keys");
  if (!hasKeys || event.key.toLowerCase() !== "m" || event.ctrlKey || event.altKey || event.metaKey || selection.isCollapsed) {
    return;
  }
  const speech = turnOf(selection.anchorNode);
  const link = speech?.querySelector("[data-mark]");
  if (link && speech === turnOf(selection.focusNode)) {
    location.assign(`${link.href}?words=${encodeURIComponent(selection.toString().slice(0, 1000))}`);
  }
});
