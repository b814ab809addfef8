// Follows the job of this page, and loads the page again when it has ended.
for (const section of document.querySelectorAll("[data-progress]")) {
  const events = new EventSource(section.dataset.progress);
  events.onmessage = (event) => {
    const state = JSON.parse(event.data);
    if (state.standing !== "running") {
      events.close();
      location.reload();
      return;
    }
    section.querySelector(".what").textContent = state.what;
    section.querySelector("progress").value = state.share;
  };
}
