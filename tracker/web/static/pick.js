// An input with suggestions (the combobox of the ARIA Authoring Practices): names while one types, arrows, Enter, Escape.
// Without this script the server resolves the name that was typed.
for (const input of document.querySelectorAll("input[data-pick]")) enhance(input);
// A form may be put into the page later.
addEventListener("focusin", ({ target }) => target.matches("input[data-pick]:not([role])") && enhance(target));

function enhance(input) {
  const box = input.parentElement;
  const stored = box.querySelector("input[type=hidden]"); // none where several may be chosen
  const own = [...(input.list?.options ?? [])].map((one) => ({ value: one.dataset.value, name: one.value }));
  const list = document.createElement("ul");
  const status = document.createElement("span");
  let asked = 0;
  list.id = `${input.id}-suggestions`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.labels[0]?.textContent.trim() ?? "");
  status.className = "unseen";
  status.setAttribute("role", "status");
  input.removeAttribute("list");
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.setAttribute("aria-expanded", "false");
  input.setAttribute("aria-controls", list.id);
  box.append(list, status);

  const active = () => list.querySelector("[aria-selected=true]");

  function close() {
    asked += 1; // an answer that comes now is late
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }

  function mark(option) {
    active()?.setAttribute("aria-selected", "false");
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function show(suggestions) {
    list.replaceChildren(...suggestions.map(row));
    list.hidden = !suggestions.length;
    input.setAttribute("aria-expanded", String(!list.hidden));
    input.removeAttribute("aria-activedescendant");
    status.textContent = input.dataset.says.replace("{count}", suggestions.length);
    if (!list.hidden) list.scrollIntoView({ block: "nearest" });
  }

  function row(one, place) {
    const option = document.createElement("li");
    option.id = `${list.id}-${place}`;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", "false");
    option.dataset.value = one.value;
    option.dataset.name = one.name;
    option.append(one.name);
    const detail = [one.detail, one.mail].filter(Boolean).join(" · ");
    if (detail) {
      const quiet = document.createElement("span");
      quiet.textContent = detail;
      option.append(" ", quiet);
    }
    return option;
  }

  async function look() {
    const number = (asked += 1);
    const typed = input.value.trim().toLowerCase();
    const near = own.filter((one) => one.value && one.name.toLowerCase().includes(typed));
    if (!input.dataset.pick) return show(near.slice(0, 12));
    try {
      const answer = await fetch(`${input.dataset.pick}?q=${encodeURIComponent(input.value)}`);
      const { suggestions } = await answer.json();
      if (number === asked) show([...near, ...suggestions]);
    } catch {
      close(); // no line: the name is resolved when the form is sent
    }
  }

  function choose(option) {
    if (stored) {
      input.value = option.dataset.name;
      stored.value = option.dataset.value;
    } else {
      tick(option);
      input.value = "";
    }
    box.querySelector("fieldset")?.remove(); // the names offered after the last attempt
    close();
    input.dispatchEvent(new Event("change", { bubbles: true }));
  }

  function tick(option) {
    const label = document.createElement("label");
    const tickbox = document.createElement("input");
    const name = document.createElement("span");
    label.className = "choice";
    tickbox.type = "checkbox";
    tickbox.name = input.name.replace(/-name$/, "");
    tickbox.value = option.dataset.value;
    tickbox.checked = true;
    name.textContent = option.dataset.name;
    label.append(tickbox, " ", name);
    input.before(label);
  }

  input.addEventListener("input", () => {
    if (stored) stored.value = "";
    look();
  });
  input.addEventListener("click", () => list.hidden && look());
  input.addEventListener("blur", close);
  input.addEventListener("focus", () => input.select()); // typing replaces the name, it does not lengthen it
  list.addEventListener("pointerdown", (event) => event.preventDefault()); // the field keeps the focus
  list.addEventListener("click", (event) => event.target.closest("li") && choose(event.target.closest("li")));
  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const options = [...list.children];
    const at = options.indexOf(active());
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (list.hidden) look();
      else mark(options.at((at + step + (at < 0 && step < 0 ? 1 : 0)) % options.length));
    } else if (event.key === "Enter" && !list.hidden && at >= 0) {
      event.preventDefault();
      choose(options[at]);
    } else if (event.key === "Enter" && input.value.trim() && stored?.value === "") {
      const typed = input.value.trim().toLowerCase();
      const same = options.find((option) => option.dataset.name.toLowerCase() === typed);
      if (same) return choose(same); // and the form is sent with it
      event.preventDefault(); // a name in part says nobody
      if (list.hidden) look();
    } else if (event.key === "Escape" && !list.hidden) {
      event.stopPropagation();
      close();
    }
  });
}
