"use strict";
(() => {
  const table = document.querySelector(".list");
  const tools = document.querySelector(".tools");
  if (!table || !tools) return;
  const people = [...table.querySelectorAll(".person")];
  const lang = document.documentElement.lang;
  const text = tools.querySelector("[name=text]");
  const selects = [...tools.querySelectorAll("select")];
  const shown = tools.querySelector("output");
  const haystack = new Map(people.map(p => [p, p.textContent.toLocaleLowerCase(lang)]));
  const filter = () => {
    const wanted = text.value.trim().toLocaleLowerCase(lang);
    let count = 0;
    for (const p of people) {
      const fits = selects.every(s => !s.value || p.dataset[s.name].split("\u001f").includes(s.value));
      p.hidden = !(fits && haystack.get(p).includes(wanted));
      if (!p.hidden) count += 1;
    }
    shown.textContent = shown.dataset.words.replace("{0}", count).replace("{1}", people.length);
  };
  text.addEventListener("input", filter);
  selects.forEach(s => s.addEventListener("change", filter));
  table.querySelectorAll("thead button").forEach(button => {
    button.disabled = false;
    button.addEventListener("click", () => {
      const head = button.closest("th");
      const up = head.getAttribute("aria-sort") !== "ascending";
      table.querySelectorAll("th[aria-sort]").forEach(th => th.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const key = button.dataset.key;
      const order = new Intl.Collator(lang, { numeric: true });
      people.sort((a, b) => (up ? 1 : -1) * order.compare(a.dataset[key], b.dataset[key]) || a.dataset.rank - b.dataset.rank);
      people.forEach(p => table.append(p));
    });
  });
  const open = tools.querySelector("[data-do=open]");
  open.addEventListener("click", () => {
    const all = people.map(p => p.querySelector("tr.more > td > details")).filter(Boolean);
    const to = !all.every(d => d.open);
    all.forEach(d => { d.open = to; });
    open.textContent = to ? open.dataset.close : open.dataset.open;
  });
  tools.querySelector("[data-do=print]").addEventListener("click", () => window.print());
  tools.hidden = false;
  filter();
})();
