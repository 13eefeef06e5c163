// The drawing: every layer a chip, every kernel a cell; all of it in view until someone zooms in.
import { byId, canvas, drawn, element } from "./dom.js";
import { whole, zoomed } from "./arrange.js";
import { onTheme, themed } from "./colors.js";
import { change, on, state } from "./state.js";
import { cut, onCut } from "./numbers.js";

const ZOOMS = [25, 50, 70, 100, 140, 200, 300];
const NAME = 15;

/** The kept kernels of a layer, from ranges such as 0-3,7. */
export function keptKernels(layer) {
  const kept = new Uint8Array(layer.kernels);
  const ranges = cut.result ? cut.result.kept[layer.index] : `0-${layer.kernels - 1}`;
  for (const range of ranges.split(",").filter(Boolean)) {
    const [first, last = first] = range.split("-").map(Number);
    kept.fill(1, first, last + 1);
  }
  return kept;
}

export const count = (kept) => kept.reduce((sum, one) => sum + one, 0);

let shown = null;

export function showNetwork(network) {
  const frame = byId("network");
  let room = frame.clientWidth;
  const rebuild = () => build(network, room);
  rebuild();
  addEventListener("resize", () => {
    if (frame.clientWidth !== room) {
      room = frame.clientWidth;
      rebuild();
    }
  });
  onCut(() => shown.draw());
  on(["layer"], () => shown.select());
  on(["zoom"], rebuild);
  onTheme(() => shown.draw());
  frame.addEventListener("scroll", cue);
  showZoom();
  showWays(network);
}

function showZoom() {
  const now = () => Math.round(100 * shown.arranged.scale);
  byId("zoom-fit").addEventListener("click", () => change({ zoom: 0 }));
  byId("zoom-in").addEventListener("click", () => change({ zoom: ZOOMS.find((zoom) => zoom > now()) ?? ZOOMS.at(-1) }));
  byId("zoom-out").addEventListener("click", () =>
    change({ zoom: ZOOMS.findLast((zoom) => zoom < now()) ?? ZOOMS[0] }),
  );
}

/** Ways to the ends of the network, and to where it sees most and resolves least. */
function showWays(network) {
  const heights = network.layers.map((layer) => layer.height);
  const coarsest = heights.indexOf(Math.min(...heights.filter((height) => height > 1), network.input.height));
  const ways = { encoder: 0, coarsest: Math.max(0, coarsest), head: network.layers.length - 1 };
  for (const [name, layer] of Object.entries(ways)) {
    byId(`to-${name}`).addEventListener("click", () => {
      change({ layer, kernel: null });
      reveal(shown.chips[layer].button);
    });
  }
}

function build(network, room) {
  const arranged = state.zoom === 0 ? whole(network, room) : zoomed(network, state.zoom);
  const { places, width, height } = arranged;
  const stage = element("div", { className: `stage ${arranged.detail}` });
  stage.style.width = `${width}px`;
  stage.style.height = `${height}px`;
  const lines = drawn("svg", { width, height, "aria-hidden": "true" });
  flows(network, places, lines);
  const ties = tieLines(network, places, lines);
  stage.append(lines);
  const chips = network.layers.map((layer, i) => chip(layer, places[i]));
  stage.append(...chips.map(({ button }) => button));
  stage.addEventListener("keydown", (event) => move(event, chips));
  const hover = (event) => read(chips, chips.findIndex(({ button }) => button.contains(event.target)));
  stage.addEventListener("mouseover", hover);
  stage.addEventListener("focusin", hover);
  stage.addEventListener("mouseleave", () => read(chips, state.layer));
  byId("network").replaceChildren(stage);
  byId("zoom").textContent = state.zoom === 0 ? "fit" : `${state.zoom} %`;
  byId("zoom-fit").setAttribute("aria-pressed", state.zoom === 0);

  const draw = () => {
    chips.forEach((one) => one.draw());
    read(chips, state.layer);
  };
  const select = () => {
    const chosen = network.layers[state.layer];
    chips.forEach(({ button }, i) => {
      button.setAttribute("aria-pressed", i === state.layer);
      button.tabIndex = i === state.layer ? 0 : -1;
      button.classList.toggle("tied", chosen.tied.includes(i));
    });
    ties.forEach(({ line, ends }) => {
      const mine = ends.every((end) => end === state.layer || chosen.tied.includes(end));
      line.classList.toggle("chosen", mine);
    });
    read(chips, state.layer);
  };
  shown = { draw, select, chips, arranged };
  draw();
  select();
  reveal(chips[state.layer].button);
}

/** Says in full what a layer is: there may be no room for it at the layer. */
function read(chips, layer) {
  byId("network-layer").textContent = chips[layer < 0 ? state.layer : layer].words();
}

/** Scrolls the drawing only: the page itself must not jump. */
function reveal(button) {
  const frame = byId("network");
  frame.scrollTo({
    left: button.offsetLeft + button.offsetWidth / 2 - frame.clientWidth / 2,
    top: button.offsetTop + button.offsetHeight / 2 - frame.clientHeight / 2,
    behavior: "instant",
  });
  cue();
}

/** Shows on which sides there is more. */
function cue() {
  const frame = byId("network");
  const { scrollLeft, scrollWidth, clientWidth } = frame;
  frame.classList.toggle("more-left", scrollLeft > 2);
  frame.classList.toggle("more-right", scrollLeft + clientWidth < scrollWidth - 2);
}

const tail = (name) => (name.length > NAME ? `…${name.slice(1 - NAME)}` : name);

function chip(layer, place) {
  const [drawing, context] = canvas(place.width * 2, place.height * 2);
  drawing.style.width = `${place.width}px`;
  drawing.style.height = `${place.height}px`;
  const label = element("span", { className: "count" });
  const button = element(
    "button",
    { type: "button", className: "layer" },
    drawing,
    element("span", { className: "name" }, tail(layer.name)),
    element("span", { className: "operator" }, layer.operator),
    label,
  );
  button.style.left = `${place.left}px`;
  button.style.top = `${place.top}px`;
  button.style.width = `${place.box}px`;
  button.addEventListener("click", () => change({ layer: layer.index, kernel: null }));
  const fate = (kept) =>
    layer.pinned ? `all ${layer.kernels} kernels stay: ${layer.pinned}` : `${count(kept)} of ${layer.kernels} kernels kept`;
  const draw = () => {
    const kept = keptKernels(layer);
    const left = count(kept);
    label.textContent = left === layer.kernels ? String(left) : `${left}/${layer.kernels}`;
    button.setAttribute("aria-label", `${layer.name}, ${layer.operator}, ${fate(kept)}`);
    button.title = `${layer.name}\n${layer.operator} · ${layer.height} × ${layer.width} pixels\n${fate(kept)}`;
    paint(context, layer, place, kept);
  };
  const words = () =>
    `${layer.name} · ${layer.operator} ${layer.weight} · ${layer.height} × ${layer.width} pixels · ${fate(keptKernels(layer))}`;
  return { button, draw, words };
}

function paint(context, layer, place, kept) {
  const on = themed(layer.pinned ? "--fixed" : "--accent");
  const off = themed("--removed");
  context.setTransform(2, 0, 0, 2, 0, 0);
  context.clearRect(0, 0, place.width, place.height);
  const size = place.cell > 2.5 ? place.cell - 1 : place.cell;
  for (let kernel = 0; kernel < layer.kernels; kernel++) {
    context.fillStyle = kept[kernel] ? on : off;
    const x = 4 + (kernel % place.columns) * place.cell;
    const y = 4 + Math.floor(kernel / place.columns) * place.cell;
    context.fillRect(x, y, size, size);
  }
}

function path(lines, d, className) {
  const line = drawn("path", { d, class: className });
  lines.append(line);
  return line;
}

const middle = (place) => place.top + place.height / 2;
const inset = (place) => (place.box - place.width) / 2;

function flows(network, places, lines) {
  network.layers.forEach((layer, i) => {
    for (const source of layer.from) {
      const a = places[source];
      const b = places[i];
      const x = a.left + a.box - inset(a);
      const end = b.left + inset(b);
      const bend = Math.max(14, (end - x) / 2);
      path(
        lines,
        `M${x} ${middle(a)} C${x + bend} ${middle(a)} ${end - bend} ${middle(b)} ${end} ${middle(b)}`,
        "flow",
      );
    }
  });
}

/** A line from each layer to the next one that is tied to it. */
function tieLines(network, places, lines) {
  const ties = [];
  network.layers.forEach((layer, i) => {
    const next = layer.tied.find((other) => other > i);
    if (next !== undefined) {
      const [a, b] = [places[i], places[next]];
      const [x, end] = [a.left + a.box / 2, b.left + b.box / 2];
      const rise = Math.min(a.top, b.top) - 10;
      const line = path(lines, `M${x} ${a.top} C${x} ${rise} ${end} ${rise} ${end} ${b.top}`, "tie");
      ties.push({ line, ends: [i, next] });
    }
  });
  return ties;
}

function move(event, chips) {
  const steps = { ArrowRight: 1, ArrowLeft: -1, Home: -chips.length, End: chips.length };
  const step = steps[event.key];
  if (step !== undefined) {
    event.preventDefault();
    const layer = Math.max(0, Math.min(chips.length - 1, state.layer + step));
    change({ layer, kernel: null });
    chips[layer].button.focus({ preventScroll: true });
    reveal(chips[layer].button);
  }
}
