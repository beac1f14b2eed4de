"use strict";
// What the other parts share: the data, a way to make elements, and the people of the page.
const tidlig = (() => {
  const data = JSON.parse(document.getElementById("data").textContent);
  const el = (tag, of, ...inside) => {
    const node = document.createElement(tag);
    for (const [name, value] of Object.entries(of || {})) {
      if (value === null || value === undefined || value === false) continue;
      if (typeof value === "function") node.addEventListener(name, value);
      else node.setAttribute(name, value === true ? "" : value);
    }
    node.append(...inside.flat().filter(child => child !== null && child !== undefined && child !== ""));
    return node;
  };
  const fill = (words, ...values) => values.reduce((text, value, i) => text.replace("{" + i + "}", value), words);
  // A score's lines stand four values to a line.
  const fours = flat => Array.from({ length: flat.length / 4 }, (_, i) => flat.slice(4 * i, 4 * i + 4));
  const people = [...document.querySelectorAll(".person")].map((body, i) => {
    const [key, name, rank, level, contact, minutes, child, parts, scores, without, lines, tasks] = data.rows[i];
    return { body, id: "p" + i, key, name, rank, level, contact, minutes, child, parts, scores, without, lines, tasks,
      row: body.rows[0] };
  });
  return { data, el, fill, fours, people, words: data.words, say: i => data.s[i], lang: document.documentElement.lang };
})();
