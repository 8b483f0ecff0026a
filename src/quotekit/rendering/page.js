"use strict";
// The page reads and links without this. It adds two comforts: marked words lead to who said them, and a speaker's
// name leads to the next thing they said when it is chosen again.
document.addEventListener("click", (event) => {
  const at = event.target.closest(".quotekit a, .quotekit article mark[data-of]");
  const section = at && at.closest(".quotekit");
  if (!at || event.defaultPrevented || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (at.matches("mark")) {
    // Whoever drags over words wants to copy them.
    if (!getSelection().isCollapsed) return;
    const keys = at.dataset.of.split(" ");
    const key = keys.filter((one) => one[0] === "s").pop() || keys.pop();
    location.hash = `${section.id}-${key}`;
  } else if (at.matches(".qk-name")) {
    const places = [...at.closest(".qk-speaker").querySelectorAll("details a")].map((link) => link.hash);
    const next = places[places.indexOf(location.hash) + 1];
    if (next) {
      event.preventDefault();
      location.hash = next;
    }
  }
});
