// On the projector: arrow and page keys, as a clicker sends them, turn the page; Escape leaves. The same are links.
"use strict";

const TURNS = {
  ArrowRight: "a[rel=next]", PageDown: "a[rel=next]", ArrowLeft: "a[rel=prev]", PageUp: "a[rel=prev]", Escape: "[data-leave]",
};

addEventListener("keydown", (event) => {
  const wanted = Object.hasOwn(TURNS, event.key) && document.querySelector(TURNS[event.key]);
  if (wanted && !event.ctrlKey && !event.altKey && !event.metaKey && !event.shiftKey) {
    event.preventDefault();
    wanted.click();
  }
});
