// The drawing of ties: an actor under the pointer or with the focus shows its ties, boxes can be moved,
// and the timeline goes through the days on which something changes.
const BOX = 184, TALL = 18;
const told = document.querySelector(".told");
const timeline = document.querySelector(".timeline");

function corner(node) {
  const { e, f } = node.transform.baseVal.consolidate().matrix;
  return [e, f];
}

// As vedette.app.drawings.network.course.
function course([x, y], [x2, y2]) {
  y += TALL / 2;
  y2 += TALL / 2;
  if (Math.abs(x - x2) < 1) {
    const out = x + BOX + Math.min(70, 18 + Math.abs(y - y2) / 5);
    return `M${x + BOX} ${y}C${out} ${y} ${out} ${y2} ${x + BOX} ${y2}`;
  }
  const [start, end] = x < x2 ? [x + BOX, x2] : [x, x2 + BOX];
  const middle = (start + end) / 2;
  return `M${start} ${y}C${middle} ${y} ${middle} ${y2} ${end} ${y2}`;
}

function linesOf(drawing, id) {
  return [...drawing.querySelectorAll(".tie")].filter((line) => line.dataset.from === id || line.dataset.to === id);
}

function light(drawing, node) {
  for (const lit of drawing.querySelectorAll(".lit")) lit.classList.remove("lit");
  drawing.classList.toggle("near", Boolean(node));
  if (!node) return;
  const near = new Set([node.dataset.id]);
  for (const line of linesOf(drawing, node.dataset.id)) {
    line.classList.add("lit");
    near.add(line.dataset.from).add(line.dataset.to);
  }
  for (const other of drawing.querySelectorAll(".node")) other.classList.toggle("lit", near.has(other.dataset.id));
}

function tell(drawing, node) {
  const lines = linesOf(drawing, node.dataset.id);
  const list = document.createElement("ul");
  for (const line of lines) {
    const item = document.createElement("li");
    item.textContent = line.querySelector("title").textContent;
    list.append(item);
  }
  const head = document.createElement("strong");
  head.textContent = node.querySelector("title").textContent;
  told.replaceChildren(head, list);
  told.hidden = false;
}

function move(drawing, node, event) {
  const scale = drawing.querySelector("svg").viewBox.baseVal.width / drawing.querySelector("svg").clientWidth;
  const [x, y] = corner(node);
  const from = [event.clientX, event.clientY];
  let moved = false;
  const onMove = (now) => {
    const by = [(now.clientX - from[0]) * scale, (now.clientY - from[1]) * scale];
    moved ||= Math.hypot(...by) > 4;
    if (!moved) return;
    node.setAttribute("transform", `translate(${x + by[0]} ${y + by[1]})`);
    for (const line of linesOf(drawing, node.dataset.id)) {
      const [start, end] = [line.dataset.from, line.dataset.to].map((id) => drawing.querySelector(`[data-id="${CSS.escape(id)}"]`));
      line.setAttribute("d", course(corner(start), corner(end)));
    }
  };
  const onEnd = () => {
    removeEventListener("pointermove", onMove);
    if (moved) node.addEventListener("click", (click) => click.preventDefault(), { once: true });
  };
  addEventListener("pointermove", onMove);
  addEventListener("pointerup", onEnd, { once: true });
}

function wire(drawing) {
  const nodeOf = (event) => event.target.closest?.(".node");
  const focused = () => drawing.querySelector(".node:focus");
  drawing.addEventListener("pointerover", (event) => light(drawing, nodeOf(event) ?? focused()));
  drawing.addEventListener("pointerleave", () => light(drawing, focused()));
  drawing.addEventListener("focusin", (event) => {
    if (!nodeOf(event)) return;
    light(drawing, nodeOf(event));
    tell(drawing, nodeOf(event));
  });
  drawing.addEventListener("focusout", () => light(drawing, null));
  drawing.addEventListener("pointerdown", (event) => nodeOf(event) && move(drawing, nodeOf(event), event));
  drawing.addEventListener("dragstart", (event) => event.preventDefault());
}

function wireAll() {
  for (const drawing of document.querySelectorAll(".drawing.network")) wire(drawing);
}

async function part(address, id) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(answer.statusText);
  return new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
}

function addressOf(path, day) {
  const address = new URL(location.href);
  address.pathname = path;
  address.searchParams.set("at", day);
  return address;
}

function follow() {
  const days = timeline.dataset.days.split(" ");
  const range = timeline.querySelector("input");
  const button = timeline.querySelector("button");
  let wanted = null, busy = false, playing = 0;
  const named = () => range.setAttribute("aria-valuetext", days[range.value]);

  async function draw() {
    wanted = days[range.value];
    named();
    if (busy) return;
    busy = true;
    while (wanted) {
      const day = wanted;
      wanted = null;
      document.getElementById("day").replaceWith(await part(addressOf("/network/day", day), "day"));
      document.querySelector(".filters [name=at]").value = day;
      wireAll();
    }
    busy = false;
  }

  async function settle() {
    const address = addressOf("/network", days[range.value]);
    history.replaceState(null, "", address);
    told.hidden = true;
    const page = await part(address, "main");
    document.getElementById("held").replaceWith(page.querySelector("#held"));
    document.querySelector(".steps").replaceWith(page.querySelector(".steps"));
  }

  function stop() {
    clearInterval(playing);
    playing = 0;
    button.textContent = "Play";
    button.setAttribute("aria-pressed", "false");
    settle();
  }

  function play() {
    if (playing) return stop();
    if (Number(range.value) === days.length - 1) range.value = 0;
    button.textContent = "Stop";
    button.setAttribute("aria-pressed", "true");
    playing = setInterval(() => {
      if (Number(range.value) === days.length - 1) return stop();
      range.value = Number(range.value) + 1;
      draw();
    }, 400);
  }

  range.addEventListener("input", draw);
  range.addEventListener("change", settle);
  button.addEventListener("click", play);
  named();
  for (const part of timeline.querySelectorAll("[hidden]")) part.hidden = days.length < 2;
}

wireAll();
if (timeline) follow();
