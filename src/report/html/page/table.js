// Search, filters and sorting; the page can be read without them.
(() => {
  const { fill, fours, people, say, lang, words } = tidlig;
  const tools = document.querySelector(".tools");
  if (!tools) return;
  const text = tools.querySelector("[name=text]");
  const selects = [...tools.querySelectorAll("select")];
  const shown = tools.querySelector("output");
  const lower = value => value.toLocaleLowerCase(lang);
  const haystack = p => p.haystack ??= lower([p.row.textContent,
    ...p.scores.flatMap(s => fours(s[8]).flatMap(line => [say(line[1]), say(line[3])])), ...p.parts.map(part => say(part[1]))].join(" "));
  const has = (p, name, value) => (p.body.dataset[name] || "").split("\u001f").includes(value);
  const filter = () => {
    const wanted = lower(text.value.trim());
    let count = 0;
    for (const p of people) {
      const fits = selects.every(s => !s.value || has(p, s.name, s.value)) && (!wanted || haystack(p).includes(wanted));
      p.body.hidden = !fits;
      if (fits) count += 1;
    }
    shown.textContent = fill(words.shown, count, people.length);
  };
  text.addEventListener("input", filter);
  selects.forEach(s => s.addEventListener("change", filter));
  const order = new Intl.Collator(lang, { numeric: true });
  const keys = { rank: p => p.rank, name: p => p.name, level: p => -p.level, contact: p => p.contact, minutes: p => p.minutes };
  const compare = (a, b) => typeof a === "number" ? a - b : order.compare(a, b);
  for (const table of document.querySelectorAll(".list")) {
    const own = people.filter(p => table.contains(p.body));
    for (const button of table.querySelectorAll("thead button")) {
      const head = button.closest("th"), key = keys[button.dataset.key];
      button.disabled = false;
      button.addEventListener("click", () => {
        const up = head.getAttribute("aria-sort") !== "ascending";
        table.querySelectorAll("th[aria-sort]").forEach(th => th.removeAttribute("aria-sort"));
        head.setAttribute("aria-sort", up ? "ascending" : "descending");
        own.sort((a, b) => (up ? 1 : -1) * compare(key(a), key(b)) || a.rank - b.rank);
        own.forEach(p => table.append(p.body));
      });
    }
  }
  const all = tools.querySelector("[data-do=open]");
  all.addEventListener("click", () => {
    const to = all.getAttribute("aria-pressed") !== "true";
    people.forEach(p => tidlig.open(p, to));
    all.setAttribute("aria-pressed", String(to));
    all.textContent = to ? words.close_all : words.open_all;
  });
  tools.querySelector("[data-do=print]").addEventListener("click", () => window.print());
  tools.hidden = false;
  filter();
})();
