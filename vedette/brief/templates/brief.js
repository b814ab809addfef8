"use strict";
(() => {
  const { config, panes } = JSON.parse(document.getElementById("charts").textContent);
  const options = { mode: "vega-lite", renderer: "svg", actions: false, ast: true, defaultStyle: false, config };
  const views = [];
  const register = document.querySelector(".register details");

  const draw = async (holder) => {
    const { view } = await vegaEmbed(holder, panes[holder.dataset.pane], options);
    views.push([holder, view]);
  };

  const fit = () => {
    for (const [holder, view] of views) {
      const ratio = Number(holder.dataset.ratio);
      if (ratio) view.height(Math.min(panes[holder.dataset.pane].height, ratio * holder.clientWidth));
      view.width(holder.clientWidth).run();
    }
  };

  const openTarget = () => {
    const target = location.hash.startsWith("#figure-") && document.getElementById(location.hash.slice(1));
    if (!target) return;
    register.open = true;
    target.scrollIntoView();
  };

  const notes = [register, ...document.querySelectorAll("details.claims")];
  let wereOpen = [];
  addEventListener("beforeprint", () => {
    wereOpen = notes.map((note) => note.open);
    for (const note of notes) note.open = true;
    document.documentElement.classList.add("printing");
    fit();
  });
  addEventListener("afterprint", () => {
    notes.forEach((note, place) => { note.open = wereOpen[place]; });
    document.documentElement.classList.remove("printing");
    fit();
  });
  addEventListener("resize", fit);
  addEventListener("hashchange", openTarget);

  Promise.all(Array.from(document.querySelectorAll("[data-pane]"), draw)).then(() => {
    fit();
    document.documentElement.dataset.drawn = String(views.length);
    openTarget();
  });
})();
