"use strict";
// Marks a note's text, ready to be copied into the journal.
for (const button of document.querySelectorAll("button[data-note]")) {
  button.hidden = false;
  button.addEventListener("click", () => {
    const text = document.getElementById(button.dataset.note);
    const range = document.createRange();
    range.selectNodeContents(text);
    const chosen = window.getSelection();
    chosen.removeAllRanges();
    chosen.addRange(range);
    text.focus();
  });
}
