// Keys of a review: each does what a link or a button of the page does. None fires while somebody types.
const byId = (id) => document.getElementById(id);

const follow = (id) => byId(id)?.click();
const press = (form, value) => {
  const button = byId(form)?.querySelector(`button[value="${value}"]`);
  if (button) byId(form).requestSubmit(button);
};
const enter = (field) => {
  const details = field?.closest("details");
  if (details) details.open = true;
  field?.focus();
};
const mark = () => {
  const selected = document.getSelection();
  const form = byId("marking")?.querySelector("form");
  if (!form) return;
  const words = selected.toString().trim();
  const paragraph = selected.anchorNode?.parentElement?.closest("[data-paragraph]");
  if (words && paragraph) {
    form.elements.words.value = words;
    form.elements.paragraph.value = paragraph.dataset.paragraph;
    form.requestSubmit();
  } else {
    enter(form.elements.words);
  }
};
const keys = {
  j: () => follow("following"),
  k: () => follow("previous"),
  n: () => follow("next"),
  a: () => press("parts", "accept"),
  e: () => enter(byId("parts")?.elements.subject),
  d: () => enter(byId("discarding")?.elements.why),
  u: () => press("undoing", "undo"),
  g: () => enter(byId("gaps")?.querySelector('[name="gap"]')),
  m: mark,
  c: () => press("checking", "confirm"),
  o: () => {
    const comment = byId("checking")?.elements.comment;
    if (comment?.value.trim()) press("checking", "object");
    else enter(comment);
  },
  "?": () => byId("keys")?.showModal(),
};
const typing = (node) => node.closest("input, select, textarea, dialog, [contenteditable]") !== null;

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
  if (event.key === "Escape" && !event.target.closest("dialog")) {
    event.target.blur();
    return;
  }
  if (typing(event.target)) return;
  const credibility = byId("parts")?.elements.credibility;
  if (/^[1-6]$/.test(event.key) && credibility) {
    credibility.value = event.key;
    announce(`Credibility ${credibility.selectedOptions[0].textContent}`);
    event.preventDefault();
  } else if (keys[event.key]) {
    event.preventDefault();
    keys[event.key]();
  }
});

// A live region speaks only when its text changes after the page is there.
const said = byId("said");
function announce(text) {
  said.textContent = "";
  requestAnimationFrame(() => { said.textContent = text; });
}
if (said?.textContent.trim()) announce(said.textContent.trim());

const help = byId("help");
if (help) {
  help.hidden = false;
  help.addEventListener("click", keys["?"]);
}
const text = byId("text");
const now = text?.querySelector("mark.now");
if (now) text.scrollTop += now.getBoundingClientRect().top - text.getBoundingClientRect().top - text.clientHeight / 3;
byId("now")?.focus({ preventScroll: true });
