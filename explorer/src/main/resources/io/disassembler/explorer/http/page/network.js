// The drawing: every layer a chip, every kernel a cell. Layers stand side by side in the order of
// execution, lower where their output has fewer pixels.
import { byId, canvas, element } from "./dom.js";
import { onTheme, themed } from "./colors.js";
import { change, on, state } from "./state.js";
import { cut, onCut } from "./numbers.js";

const GAP = 20;
const LABEL = 18;
const NARROWEST = 38;
const SCALES = [1.6, 1.4, 1.2, 1.1, 1, 0.9, 0.8, 0.7, 0.6];
const SVG = "http://www.w3.org/2000/svg";

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

const pitch = (kernels) =>
  kernels <= 64 ? 6 : kernels <= 256 ? 5 : kernels <= 576 ? 4 : kernels <= 1024 ? 3 : 2;

/** Where every chip goes: as large as fits, but never so small that kernels cannot be told apart. */
function arrange(network, room) {
  let arranged = null;
  for (const scale of SCALES) {
    arranged = arrangeAt(network, scale);
    if (arranged.width <= room) {
      break;
    }
  }
  return arranged.width <= room ? arranged : arrangeAt(network, 0.8);
}

function arrangeAt(network, scale) {
  const gap = GAP * scale;
  const places = [];
  const ends = new Map();
  for (const layer of network.layers) {
    const columns = Math.ceil(Math.sqrt(layer.kernels));
    const cell = pitch(layer.kernels) * scale;
    const width = columns * cell + 7;
    const height = Math.ceil(layer.kernels / columns) * cell + 7;
    const level = Math.round(Math.log2(network.input.height / Math.max(1, layer.height)));
    const before = places.at(-1);
    let left = before ? before.left + (before.level === level ? before.box : before.box / 2) + gap : 0;
    left = Math.max(left, (ends.get(level) ?? -gap) + gap);
    const box = Math.max(width, NARROWEST);
    ends.set(level, left + box);
    places.push({ left, width, height, box, level, columns, cell });
  }
  let top = 12;
  for (const level of [...ends.keys()].sort((a, b) => a - b)) {
    const row = places.filter((place) => place.level === level);
    const tallest = Math.max(...row.map((place) => place.height));
    row.forEach((place) => (place.top = top + (tallest - place.height) / 2));
    top += tallest + LABEL + gap;
  }
  return { places, width: Math.max(...ends.values()) + 4, height: top };
}

export function showNetwork(network) {
  const frame = byId("network");
  let room = frame.clientWidth;
  build(network, room);
  addEventListener("resize", () => {
    if (frame.clientWidth !== room) {
      room = frame.clientWidth;
      build(network, room);
    }
  });
  onCut(() => drawn.draw());
  on(["layer"], () => drawn.select());
  onTheme(() => drawn.draw());
}

let drawn = null;

function build(network, room) {
  const { places, width, height } = arrange(network, room);
  const stage = element("div", { className: "stage" });
  stage.style.width = `${width}px`;
  stage.style.height = `${height}px`;
  const lines = document.createElementNS(SVG, "svg");
  lines.setAttribute("width", width);
  lines.setAttribute("height", height);
  lines.setAttribute("aria-hidden", "true");
  flows(network, places, lines);
  const ties = tieLines(network, places, lines);
  stage.append(lines);
  const chips = network.layers.map((layer, i) => chip(layer, places[i]));
  stage.append(...chips.map(({ button }) => button));
  stage.addEventListener("keydown", (event) => move(event, chips));
  byId("network").replaceChildren(stage);

  const draw = () => chips.forEach((one) => one.draw());
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
  };
  drawn = { draw, select };
  draw();
  select();
  reveal(chips[state.layer].button);
}

/** Scrolls sideways only: the page itself must not jump. */
function reveal(button) {
  const frame = byId("network");
  const left = button.offsetLeft - frame.clientWidth / 2;
  frame.scrollTo({ left, behavior: "instant" });
}

function chip(layer, place) {
  const [drawing, context] = canvas(place.width * 2, place.height * 2);
  drawing.style.width = `${place.width}px`;
  drawing.style.height = `${place.height}px`;
  const label = element("span", { className: "count" });
  const button = element("button", { type: "button", className: "layer" }, drawing, label);
  button.style.left = `${place.left}px`;
  button.style.top = `${place.top}px`;
  button.style.width = `${place.box}px`;
  button.addEventListener("click", () => change({ layer: layer.index, kernel: null }));
  const draw = () => {
    const kept = keptKernels(layer);
    const left = count(kept);
    label.textContent = left === layer.kernels ? String(left) : `${left}/${layer.kernels}`;
    const words = layer.pinned
      ? `all ${layer.kernels} kernels stay: ${layer.pinned}`
      : `${left} of ${layer.kernels} kernels kept`;
    button.setAttribute("aria-label", `${layer.name}, ${layer.operator}, ${words}`);
    button.title = `${layer.name}\n${layer.operator} · ${layer.height} × ${layer.width} pixels\n${words}`;
    paint(context, layer, place, kept);
  };
  return { button, draw };
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

function path(lines, text, className) {
  const line = document.createElementNS(SVG, "path");
  line.setAttribute("d", text);
  line.setAttribute("class", className);
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
