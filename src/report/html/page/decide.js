// Decisions are marked in the rows and saved as one file for `tidlig decide`. Nothing is kept in the browser.
(() => {
  const { data, el, fill, people, words } = tidlig;
  const bar = document.querySelector(".save");
  if (!bar) return;
  const made = new Map(), added = [];
  let unsaved = false;
  const output = bar.querySelector("output"), save = bar.querySelector("button");
  const said = name => bar.querySelector("[name=" + name + "]").value.trim();
  const day = (days, from = data.day) => {
    const date = new Date(from + "T00:00:00Z");
    date.setUTCDate(date.getUTCDate() + days);
    return date.toISOString().slice(0, 10);
  };
  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map(part => String(part).padStart(2, "0")).join("-");
  };
  const option = ([value, label], chosen) => el("option", { value, selected: value === chosen }, label);
  const control = (p, choice, name) => {
    const id = p.id + "-" + name, of = { id, name };
    const [most, least] = [choice.latest, choice.earliest];
    if (name === "task") return el("select", of, option(["", ""]), data.tasks.map(task => option(task, p.tasks[0])));
    if (name === "line") return el("select", of, option(["", ""]), p.lines.map(([n, text]) => option([String(n), n + " " + tidlig.say(text)])));
    if (name === "who" && choice.who_is) return el("select", of, option(["", ""]), choice.who_is.map(who => option(who)));
    if (name === "who") return el("input", { ...of, list: "people", maxlength: 120, autocomplete: "off" });
    if (name === "date") return el("input", { ...of, type: "date", min: day(least), max: day(most) });
    if (name === "guardian") return el("input", { ...of, type: "checkbox" });
    return el("input", { ...of, maxlength: 500, autocomplete: "off" });
  };
  const field = (p, choice, [name, label]) => {
    const input = control(p, choice, name), must = choice.must.includes(name);
    if (must) input.setAttribute("aria-required", "true");
    return el("div", { class: "field " + name }, el("label", { for: input.id }, label + (must ? " *" : "")), input,
      el("p", { class: "wrong", id: input.id + "-wrong", hidden: true }));
  };
  // What is wrong with a field, in words; empty when nothing is.
  const fault = (input, choice) => {
    if (choice.must.includes(input.name) && !input.value.trim()) return words.needed;
    if (input.type !== "date" || !input.value) return input.validity.badInput ? words.needed : "";
    return input.value < input.min || input.value > input.max ? fill(words.between, local(input.min), local(input.max)) : "";
  };
  const local = iso => new Date(iso + "T00:00:00Z").toLocaleDateString(document.documentElement.lang, { timeZone: "UTC" });
  const mark = (input, choice) => {
    const text = fault(input, choice), note = document.getElementById(input.id + "-wrong");
    note.textContent = text;
    note.hidden = !text;
    if (text) { input.setAttribute("aria-invalid", "true"); input.setAttribute("aria-describedby", note.id); }
    else { input.removeAttribute("aria-invalid"); input.removeAttribute("aria-describedby"); }
  };
  const inputs = p => p.form ? [...p.form.querySelectorAll("input, select")] : [];
  const complete = p => inputs(p).every(input => !fault(input, p.choice));
  const tell = () => {
    for (const p of made.values()) {
      const ready = complete(p);
      p.state.textContent = ready ? words.ready : words.incomplete;
      p.state.className = "state " + (ready ? "ready" : "open");
    }
    const total = made.size + added.length, open = [...made.values()].filter(p => !complete(p)).length;
    bar.hidden = total === 0;
    output.textContent = fill(total === 1 ? words.one_decision : words.decisions, total) + (open ? " · " + fill(words.open_decisions, open) : "");
  };
  const choose = (p, choice) => {
    p.form?.remove();
    p.form = null;
    p.choice = choice;
    unsaved = true;
    if (!choice) { made.delete(p.key); p.state.textContent = ""; tell(); return; }
    made.set(p.key, p);
    const fields = choice.fields.filter(([name]) => name !== "guardian" || p.child);
    p.form = el("tr", { class: "form" }, el("td", { class: "all", colspan: p.row.cells.length },
      el("fieldset", {}, el("legend", {}, choice.label + ": " + p.name), fields.map(of => field(p, choice, of)))));
    p.row.after(p.form);
    for (const input of inputs(p)) {
      input.addEventListener("input", () => { unsaved = true; tell(); if (input.hasAttribute("aria-invalid")) mark(input, choice); });
      input.addEventListener("change", () => { mark(input, choice); tell(); });
    }
    tell();
  };
  for (const p of people) {
    if (!p.key) continue;
    const cell = p.row.querySelector(".pen"), id = p.id + "-decision";
    p.state = el("span", { class: "state" });
    p.select = el("select", { id, class: "decision", "aria-label": words.decision + ": " + p.name,
      change: () => choose(p, data.choices.find(choice => choice.name === p.select.value)) },
    option(["", words.choose]), data.choices.map(choice => option([choice.name, choice.label])));
    cell.append(p.select, p.state);
  }
  const entry = p => {
    const of = { row: p.key, decision: p.choice.name };
    for (const input of inputs(p)) {
      const value = input.type === "checkbox" ? input.checked : input.value.trim();
      if (value) of[input.name] = input.name === "line" ? Number(value) : value;
    }
    return of;
  };
  // The file's text: rows in the page's order, so that the same marks give the same file.
  tidlig.file = () => JSON.stringify({ tidlig: "decisions", version: 1, run: data.run, language: tidlig.lang,
    by: said("by"), role: said("role"), saved: today(),
    decisions: [...people.filter(p => made.has(p.key)).map(entry), ...added] }, null, 1) + "\n";
  save.addEventListener("click", () => {
    const open = people.find(p => made.has(p.key) && !complete(p));
    if (open) {
      inputs(open).forEach(input => mark(input, open.choice));
      open.body.hidden = false;
      inputs(open).find(input => fault(input, open.choice)).focus();
      output.textContent = fill(words.cannot_save, open.name);
      return;
    }
    const name = words.file_name + "-" + data.run + "-" + new Date().toTimeString().slice(0, 8).replaceAll(":", "") + ".json";
    const url = URL.createObjectURL(new Blob([tidlig.file()], { type: "application/json" }));
    el("a", { href: url, download: name }).click();
    setTimeout(() => URL.revokeObjectURL(url), 60000);
    unsaved = false;
    output.textContent = fill(words.saved, name);
  });
  const form = document.querySelector(".add");
  if (form) {
    const named = name => form.querySelector("[name=" + name + "]"), list = form.querySelector("ul");
    form.hidden = false;
    form.querySelector("button").addEventListener("click", () => {
      const of = { decision: "added_by_hand", name: named("name").value.trim(), born: named("born").value, note: named("note").value.trim() };
      const missing = ["name", "born", "note"].find(name => !of[name]);
      const wrong = form.querySelector(".wrong");
      wrong.textContent = missing ? words.needed_all : "";
      wrong.hidden = !missing;
      if (missing) { named(missing).focus(); return; }
      added.push(of);
      unsaved = true;
      const item = el("li", {}, of.name + ", " + local(of.born) + " – " + of.note + " ", el("button", { type: "button", click: () => {
        added.splice(added.indexOf(of), 1);
        item.remove();
        named("name").focus();
        tell();
      } }, words.remove));
      list.append(item);
      ["name", "born", "note"].forEach(name => { named(name).value = ""; });
      named("name").focus();
      tell();
    });
  }
  window.addEventListener("beforeunload", event => { if (unsaved && made.size + added.length) event.preventDefault(); });
})();
