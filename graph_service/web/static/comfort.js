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
