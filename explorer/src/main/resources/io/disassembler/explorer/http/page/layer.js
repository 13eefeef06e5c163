// One layer: what it is, what it is tied to, and which categories rely on which of its kernels.
import { get } from "./api.js";
import { byId, canvas, element, short } from "./dom.js";
import { heat, onTheme, themed } from "./colors.js";
import { count, keptKernels } from "./network.js";
import { onCut } from "./numbers.js";
import { change, on, state } from "./state.js";

const ROW = 17;
const STRIP = 8;
const LABELS = 104;
const cache = new Map();

const MEANINGS = {
  forward:
    "Forward: how much of all activation each kernel has where the network is sure of the category, averaged over images.",
  backward: "Backward: how much the category's logits there would rise if the kernel's channel did, summed over images.",
};

export function showLayer(network) {
  const direction = byId("direction");
  const order = byId("order");
  direction.addEventListener("change", () => change({ direction: direction.value }));
  order.addEventListener("change", () => change({ order: order.value }));
  const choice = byId("layer-choice");
  choice.append(...network.layers.map((one) => element("option", { value: one.index }, `${one.index}: ${one.name} · ${one.operator}`)));
  choice.addEventListener("change", () => change({ layer: Number(choice.value), kernel: null }));
  let drawn = null;
  const draw = async () => {
    const layer = network.layers[state.layer];
    choice.value = layer.index;
    direction.value = state.direction;
    order.value = state.order;
    document.querySelectorAll("#layer-fields .profiled").forEach((field) => (field.hidden = !layer.profiled));
    byId("layer-title").textContent = `Layer ${layer.name}`;
    const found = await attribution(layer);
    if (layer === network.layers[state.layer]) {
      drawn = build(network, layer, found);
      byId("layer").replaceChildren(...drawn.parts);
      drawn.paint();
    }
  };
  on(["layer", "direction", "order"], draw);
  on(["kernel", "categories"], () => drawn?.paint());
  onCut(() => drawn?.paint());
  onTheme(() => drawn?.paint());
  addEventListener("resize", () => draw());
  draw();
}

async function attribution(layer) {
  if (!layer.profiled) {
    return null;
  }
  if (!cache.has(layer.index)) {
    try {
      cache.set(layer.index, await get(`/api/layers/${layer.index}/attribution`));
    } catch (error) {
      return { error: error.message };
    }
  }
  return cache.get(layer.index);
}

function build(network, layer, found) {
  const facts = element("p", { className: "quiet" });
  const describe = () => {
    const left = count(keptKernels(layer));
    facts.textContent =
      `${layer.operator} ${layer.weight} · ${layer.height} × ${layer.width} pixels · ` +
      `${short(layer.macs)} MACs · ${short(layer.parameters)} parameters · ` +
      (layer.pinned ? `never cut: ${layer.pinned}` : `${left} of ${layer.kernels} kernels kept`);
  };
  const parts = [facts];
  if (layer.tied.length > 0) {
    parts.push(tied(network, layer));
  }
  if (!found || found.error) {
    const words = found?.error ?? "The profile has no attribution here: no layer reads this one's output.";
    parts.push(element("p", { className: found?.error ? "bad" : "" }, words));
    return { parts, paint: describe };
  }
  const map = heatmap(network, layer, found);
  const means = element("p", { className: "quiet", id: "attribution-means" }, MEANINGS[state.direction]);
  parts.push(means, map.element, scale("none", "the category's largest. The strip on top: kept or removed. In brackets: profiled images that show the category."));
  return {
    parts,
    paint: () => {
      describe();
      map.paint();
    },
  };
}

function tied(network, layer) {
  const buttons = layer.tied.map((other) => {
    const button = element("button", { type: "button", className: "link" }, network.layers[other].name);
    button.addEventListener("click", () => change({ layer: other, kernel: null }));
    return button;
  });
  return element("p", { className: "ties" }, "Lives and dies with ", ...buttons.flatMap((b, i) => (i ? [", ", b] : [b])));
}

/** Every category's attribution as a share of its largest. */
function shares(found) {
  return found[state.direction].map((row) => {
    const most = Math.max(...row);
    return row.map((value) => (most > 0 ? value / most : 0));
  });
}

/** By category: the kernels of the first category, the strongest first, then of the next ... */
function ordered(rows, kernels) {
  const all = Array.from({ length: kernels }, (_, k) => k);
  if (state.order === "kernel") {
    return all;
  }
  const best = all.map((k) => rows.reduce((top, row, c) => (row[k] > rows[top][k] ? c : top), 0));
  return all.sort((a, b) => best[a] - best[b] || rows[best[b]][b] - rows[best[a]][a] || a - b);
}

function heatmap(network, layer, found) {
  const rows = shares(found);
  const order = ordered(rows, layer.kernels);
  const labels = network.categories.map((category) => element("li", { title: `${category.name}: ${category.images} profiled images show it` }, category.name, element("span", { className: "quiet" }, ` (${category.images})`)));
  const room = byId("layer").clientWidth - LABELS;
  const column = Math.max(2, Math.min(24, Math.floor(room / layer.kernels)));
  const height = STRIP + 4 + rows.length * ROW;
  const [drawing, context] = canvas(layer.kernels * column, height);
  const words = `Attribution of ${rows.length} categories to ${layer.kernels} kernels; choose a kernel below to see what excites it`;
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", words);
  const at = (event) => {
    const box = drawing.getBoundingClientRect();
    const place = Math.floor((event.clientX - box.left) / column);
    return order[Math.max(0, Math.min(layer.kernels - 1, place))];
  };
  drawing.addEventListener("click", (event) => change({ kernel: at(event) }));
  drawing.addEventListener("mousemove", (event) => {
    const c = Math.floor((event.offsetY - STRIP - 4) / ROW);
    const kernel = at(event);
    const value = found[state.direction][c]?.[kernel];
    drawing.title = value === undefined ? `kernel ${kernel}` : `kernel ${kernel} · ${network.categories[c].name} · ${value}`;
  });
  const paint = () => {
    const kept = keptKernels(layer);
    context.clearRect(0, 0, drawing.width, height);
    order.forEach((kernel, place) => {
      const x = place * column;
      context.fillStyle = themed(kept[kernel] ? (layer.pinned ? "--fixed" : "--accent") : "--removed");
      context.fillRect(x, 0, column > 4 ? column - 1 : column, STRIP);
      rows.forEach((row, c) => {
        context.fillStyle = `rgb(${heat(row[kernel]).join(" ")})`;
        context.fillRect(x, STRIP + 4 + c * ROW, column, ROW - 1);
      });
    });
    const chosen = order.indexOf(state.kernel);
    if (chosen >= 0) {
      context.lineWidth = 2;
      context.strokeStyle = themed("--ink");
      context.strokeRect(chosen * column - 1, 1, column + 2, height - 2);
    }
    labels.forEach((label, c) => label.classList.toggle("chosen", state.categories.includes(c)));
  };
  const frame = element(
    "div",
    { className: "scroll", tabIndex: 0, aria: { role: "region", label: "Attribution, scrolls sideways" } },
    drawing,
  );
  return { element: element("div", { className: "heatmap" }, element("ol", {}, ...labels), frame), paint };
}

/** What the colours of `heat` mean. */
export function scale(least, most) {
  const [ramp, context] = canvas(96, 8);
  for (let x = 0; x < 96; x++) {
    context.fillStyle = `rgb(${heat(x / 95).join(" ")})`;
    context.fillRect(x, 0, 1, 8);
  }
  ramp.setAttribute("aria-hidden", "true");
  return element("p", { className: "quiet scale" }, `${least} `, ramp, ` ${most}`);
}
