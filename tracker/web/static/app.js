// Small conveniences. Every page works without them.
"use strict";

// A select that stands for a choice of view sends its form by itself; its button is then not needed.
for (const select of document.querySelectorAll("select[data-submit]")) {
  select.addEventListener("change", () => select.form.requestSubmit());
}

// The last day follows the first, until somebody gives another.
for (const last of document.querySelectorAll("input[data-follows]")) {
  const first = last.form.elements[last.dataset.follows];
  first.addEventListener("change", () => {
    if (!last.value || last.value < first.value) last.value = first.value;
  });
}

// What was typed is not lost by a slip: leaving a changed form asks first. Also of a form that came in later.
const changed = new Set();
const isPost = (form) => form?.getAttribute("method") === "post";
addEventListener("input", ({ target }) => {
  if (isPost(target.form)) changed.add(target.form);
});
addEventListener("submit", (event) => {
  const form = event.target;
  if (!isPost(form)) return;
  if (form.dataset.sent) event.preventDefault(); // a second click on a slow line
  form.dataset.sent = "yes";
  changed.delete(form);
});
addEventListener("beforeunload", (event) => {
  if ([...changed].some((form) => form.isConnected)) {
    event.preventDefault();
  }
});
addEventListener("pageshow", () => {
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent; // back from the page it led to
  }
});

// A menu closes when one turns to something else.
for (const menu of document.querySelectorAll(".bar details, .more-menu, .decisions details")) {
  const summary = menu.querySelector("summary");
  addEventListener("click", (event) => {
    menu.open &&= menu.contains(event.target);
  });
  menu.addEventListener("focusout", (event) => {
    menu.open &&= !event.relatedTarget || menu.contains(event.relatedTarget);
  });
  menu.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && menu.open) {
      menu.open = false;
      summary.focus();
    }
  });
}

// After a refused form the reader starts at what must be put right.
document.querySelector(".errors")?.focus();
