// What is going on is shown in place: the part marked data-live is loaded anew until it is no longer so marked.
"use strict";

const SECONDS_APART = 1;

async function renew() {
  const shown = document.querySelector("[data-live]");
  if (!shown) {
    return;
  }
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    if (answer.redirected || !answer.ok) {
      location.reload();
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.querySelector("[data-live]");
    if (!fresh) {
      location.reload(); // it is over: the page says how it ended
      return;
    }
    for (const part of fresh.querySelectorAll("[data-part]")) {
      const old = shown.querySelector(`[data-part="${part.dataset.part}"]`);
      if (old && old.innerHTML !== part.innerHTML) {
        old.innerHTML = part.innerHTML;
      }
    }
  } catch {
    // the line is slow or gone: the next try may do
  }
  setTimeout(renew, SECONDS_APART * 1000);
}

setTimeout(renew, SECONDS_APART * 1000);
