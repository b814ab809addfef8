// Moves the map of areas through the months: by slider, keys, steps and playback.
const FRAME = 350;
const map = document.querySelector("[data-months]");
const answer = await fetch(map.dataset.months);
if (answer.ok) animate(map, await answer.json());

function animate(map, data) {
  const areas = [...map.querySelectorAll("[data-area]")].map((link) => ({
    link, path: link.querySelector("path"), title: link.querySelector("title"), id: link.dataset.area,
    chosen: link.querySelector("path").classList.contains("chosen"),
  }));
  const readout = map.querySelector(".readout"), when = map.querySelector(".when");
  const slider = map.querySelector("input[type=range]"), play = map.querySelector(".play");
  const unit = data.unit, number = new Intl.NumberFormat("en");
  let at = Number(map.dataset.at), timer = 0;

  function words(count) {
    if (count === null) return "not known";
    const [best, low, high, estimated] = count;
    const range = low === high ? "" : ` (${number.format(low)}–${number.format(high)})`;
    return `${number.format(best)} ${best === 1 ? unit : unit + "s"}${range}${estimated ? ", estimated" : ""}`;
  }

  function look(count) {
    if (count === null) return "unknown";
    return `r${data.shades[data.steps.filter((step) => count[0] >= step).length]}${count[3] ? " estimated" : ""}`;
  }

  function show(index) {
    at = index;
    for (const area of areas) {
      const count = data.areas[area.id][at], said = `${data.names[area.id]}: ${words(count)}`;
      area.path.setAttribute("class", look(count) + (area.chosen ? " chosen" : ""));
      area.title.textContent = said;
      area.link.setAttribute("aria-label", said);
    }
    const whole = data.country[at];
    when.textContent = data.periods[at];
    readout.textContent = whole === null ? "No file covers this month: nothing is known of it."
      : `${data.names.all}: ${words(whole)}. In no area of the case: ${number.format(data.apart[at])}. `
        + `Spread over the areas, since nobody names one: ${number.format(data.spread[at])}.`;
    slider.value = at;
    slider.setAttribute("aria-valuetext", data.periods[at]);
  }

  function keep() {
    const address = new URL(location.href);
    address.searchParams.set("at", data.periods[at]);
    history.replaceState(null, "", address);
    for (const link of map.querySelectorAll(".step")) {
      const to = Math.min(data.periods.length - 1, Math.max(0, at + (link.rel === "next" ? 1 : -1)));
      const step = new URL(link.href);
      step.searchParams.set("at", data.periods[to]);
      link.href = step;
    }
  }

  function stop() {
    clearInterval(timer);
    timer = 0;
    play.textContent = "Play";
    readout.setAttribute("aria-live", "polite");
    keep();
  }

  function start() {
    readout.setAttribute("aria-live", "off");
    play.textContent = "Pause";
    if (at === data.periods.length - 1) show(0);
    timer = setInterval(() => (at < data.periods.length - 1 ? show(at + 1) : stop()), FRAME);
  }

  slider.addEventListener("input", () => { if (timer) stop(); show(Number(slider.value)); });
  slider.addEventListener("change", keep);
  play.addEventListener("click", () => (timer ? stop() : start()));
  for (const link of map.querySelectorAll(".step")) {
    link.addEventListener("click", (event) => {
      event.preventDefault();
      if (timer) stop();
      show(Math.min(data.periods.length - 1, Math.max(0, at + (link.rel === "next" ? 1 : -1))));
      keep();
    });
  }
  readout.setAttribute("aria-live", "polite");
  slider.parentElement.hidden = false;
  // who asks for less motion moves the map by hand
  play.hidden = matchMedia("(prefers-reduced-motion: reduce)").matches;
}
