"use strict";
// Comfort only: every page works without this file.

for (const button of document.querySelectorAll("[data-copy]")) {
  const text = document.getElementById(button.dataset.copy);
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(text.value);
    } catch {
      text.select();
      document.execCommand("copy");
    }
    button.textContent = text.dataset.copied;
  });
}

// Links to a folded part open it.
function open_target() {
  const target = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!target) return;
  const details = target.closest("details");
  if (details) details.open = true;
  const fold = target.closest(".fold-box")?.querySelector(".fold");
  if (fold) fold.checked = true;
  target.scrollIntoView();
}
addEventListener("hashchange", open_target);
open_target();

// Ctrl+Enter sends the question.
document.getElementById("q")?.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.form.requestSubmit();
});

// How far an import is.
const progress = document.querySelector("[data-progress]");
if (progress) {
  const bar = progress.querySelector("progress");
  const rows = progress.querySelector("[data-rows]");
  const look = async () => {
    const answer = await fetch(progress.dataset.progress);
    if (!answer.ok) return location.reload();
    const told = await answer.json();
    rows.textContent = told.rows;
    if (told.share !== null) bar.value = told.share;
    if (told.done) location.reload();
    else setTimeout(look, 1000);
  };
  setTimeout(look, 1000);
}

// One key decides: the letter of a button's accesskey, where nobody is typing.
addEventListener("keydown", (event) => {
  if (event.repeat || event.ctrlKey || event.altKey || event.metaKey || event.target.closest("input, select, textarea")) return;
  document.querySelector(`button[accesskey="${CSS.escape(event.key.toLowerCase())}"]`)?.click();
});
