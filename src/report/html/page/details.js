// Every part of the priority and of each score, drawn when a row is opened.
(() => {
  const { el, fours, people, words, say } = tidlig;
  const table = (heads, rows, sum, label) => el("table", {},
    el("thead", {}, el("tr", {}, heads.map((head, i) => el("th", { scope: "col", class: i ? (i === 3 ? "s" : null) : "n" }, head)))),
    el("tbody", {}, rows),
    el("tfoot", {}, el("tr", {}, el("td", { class: "n" }, sum), el("td", { colspan: heads.length - 1 }, label))));
  const priority = p => el("section", { class: "part" },
    el("h3", {}, words.priority + " " + p.parts.reduce((sum, part) => sum + part[0], 0)),
    el("p", { class: "small" }, words.priority_sum),
    table([words.points, words.what], p.parts.map(([points, text]) => el("tr", {},
      el("td", { class: "n" }, (points < 0 ? "−" : "+") + Math.abs(points)), el("td", {}, say(text)))),
    String(p.parts.reduce((sum, part) => sum + part[0], 0)), words.sum));
  const score = ([title, band, level, value, version, draft, of_list, headline, lines, doubts]) => el("section", { class: "part" },
    el("h3", {}, say(title), band < 0 ? null : el("span", { class: "band l" + level }, say(band))),
    el("p", { class: "small" }, say(version) + (draft ? " · " + words.draft : "")),
    headline < 0 ? null : el("p", { class: "doubt" }, say(headline)),
    table([words.points, words.what, words.date, words.source], fours(lines).map(([points, text, date, source]) => el("tr", {},
      el("td", { class: "n" }, say(points)), el("td", {}, say(text)), el("td", { class: "d" }, say(date)), el("td", {}, say(source)))),
    say(value), words.sum),
    doubts.map(doubt => el("p", { class: "doubt" }, say(doubt))));
  const draw = p => {
    const on_list = p.scores.filter(s => s[6]), others = p.scores.filter(s => !s[6]);
    return el("tr", { class: "more", id: p.id + "-more" }, el("td", { class: "all", colspan: p.row.cells.length },
      el("div", { class: "parts" }, p.parts.length ? priority(p) : null, on_list.map(score)),
      others.length ? el("details", { class: "others" }, el("summary", {}, words.other_scores), el("div", { class: "parts" }, others.map(score))) : null,
      p.without.length ? el("p", { class: "small" }, words.no_points + ": " + p.without.map(say).join(" · ")) : null));
  };
  const open = (p, to) => {
    if (to && !p.more) {
      p.more = draw(p);
      p.row.after(p.more);
    }
    if (p.more) p.more.hidden = !to;
    p.toggle.setAttribute("aria-expanded", String(to));
    p.toggle.firstChild.data = to ? words.hide_parts : words.show_parts;
  };
  for (const p of people) {
    p.toggle = el("button", { type: "button", class: "show", "aria-expanded": "false", "aria-controls": p.id + "-more",
      click: () => open(p, p.toggle.getAttribute("aria-expanded") === "false") },
    words.show_parts, el("span", { class: "visually-hidden" }, ": " + p.name));
    p.row.querySelector(".who").append(p.toggle);
  }
  // From one person's button to the next with the arrow keys.
  document.addEventListener("keydown", event => {
    const at = people.findIndex(p => p.toggle === document.activeElement);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step) return;
    const shown = [...document.querySelectorAll(".person:not([hidden]) .show")];
    const next = shown[shown.indexOf(document.activeElement) + step];
    if (next) { next.focus(); event.preventDefault(); }
  });
  tidlig.open = open;
})();
