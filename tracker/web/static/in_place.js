// A link marked data-opens shows the page it leads to in the element of that id. Without script it leads there.
"use strict";

const FIELDS = "input:not([type=hidden]), select, textarea";
const openers = new WeakMap();

for (const link of document.querySelectorAll("a[data-opens]")) {
  link.setAttribute("aria-expanded", "false");
  link.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    turn(link, document.getElementById(link.dataset.opens));
  });
}

async function turn(link, panel) {
  const opener = openers.get(panel);
  if (opener === link && !panel.hidden) {
    close(panel);
    return;
  }
  if (opener !== link) {
    // What was typed in another form is not thrown away: following the link asks first.
    const part = [...changed].some((form) => panel.contains(form)) ? null : await partOf(link.href);
    if (!part) {
      location.assign(link.href);
      return;
    }
    if (opener) close(panel);
    panel.replaceChildren(part);
    // A script that came as text does not run by itself.
    for (const { src } of part.querySelectorAll("script[type=module]")) import(src);
    if (panel.dataset.close) panel.append(closing(panel));
    openers.set(panel, link);
  }
  panel.hidden = false;
  link.setAttribute("aria-expanded", "true");
  panel.dispatchEvent(new CustomEvent("opened", { bubbles: true }));
  const first = panel.querySelector(FIELDS) ?? panel.querySelector("h2, [tabindex]");
  first?.focus({ preventScroll: true });
  panel.scrollIntoView({ block: "nearest" });
  // A form that is longer than the screen opens with its heading in view.
  panel.querySelector("h2, h3")?.scrollIntoView({ block: "nearest" });
}

function close(panel) {
  panel.hidden = true;
  openers.get(panel).setAttribute("aria-expanded", "false");
}

function closing(panel) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "button-link";
  button.textContent = panel.dataset.close;
  button.addEventListener("click", () => {
    close(panel);
    openers.get(panel).focus();
  });
  return button;
}

// The part of another page that is shown: what it marks, else all but its way back, with a heading of second rank.
async function partOf(address) {
  const answer = await fetch(address, { headers: { Accept: "text/html" } }).catch(() => null);
  if (!answer?.ok || answer.redirected) return null;
  const main = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("main");
  for (const form of main.querySelectorAll("form:not([action])")) form.action = address;
  const part = document.createElement("div");
  part.className = "stack";
  part.append(...(main.querySelector("[data-part]") ?? main).children);
  part.querySelectorAll(".crumbs, .flashes").forEach((frame) => frame.remove());
  for (const heading of part.querySelectorAll("h1")) {
    const lower = document.createElement("h2");
    lower.tabIndex = -1;
    lower.append(...heading.childNodes);
    heading.replaceWith(lower);
  }
  return part;
}

// Before the field hears of it: an open list of suggestions takes the key for itself.
const onKey = ({ key, target }) => {
  const panel = target.closest?.(".opened");
  if (key === "Escape" && panel && target.getAttribute("aria-expanded") !== "true") {
    close(panel);
    openers.get(panel).focus();
  }
};
addEventListener("keydown", onKey, { capture: true });
