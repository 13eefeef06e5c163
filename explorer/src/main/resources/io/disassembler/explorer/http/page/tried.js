// The budgets that were tried: a curve that fills, and a table to return from.
import { byId, drawn, element, percent, short } from "./dom.js";
import { onCut, cut } from "./numbers.js";
import { change, on, state } from "./state.js";

const HEIGHT = 190;
const LEFT = 44;
const RIGHT = 24;
const TOP = 10;
const BOTTOM = 34;
const STEPS = [0, 0.25, 0.5, 0.75, 1];

const tried = new Map();

const key = ({ categories, measure, percent: share }) => `${measure} ${share} ${categories.join(",")}`;

export function showTried(network) {
  const show = () => {
    byId("tried-panel").hidden = tried.size === 0;
    byId("curve").replaceChildren(...curve());
    byId("tried").replaceChildren(table(network));
  };
  onCut(() => {
    if (cut.result?.latency) {
      tried.set(key(cut.request), { ...cut.request, result: cut.result });
      show();
    }
  });
  on(["categories", "measure", "percent"], show);
  addEventListener("resize", show);
}

const all = () => [...tried.values()];
const isChosen = (one) => key(one) === key(state);

/** What is comparable: of the same categories, by the same measure; by budget. */
function comparable() {
  return all()
    .filter((one) => one.measure === state.measure && String(one.categories) === String(state.categories))
    .sort((a, b) => a.percent - b.percent);
}

function curve() {
  const points = comparable();
  const width = Math.max(260, byId("tried-panel").clientWidth - 34);
  const shares = points.flatMap(({ result }) => [result.quality.meanRetention ?? 0, result.latency.part.upperMs / result.latency.full.ms]);
  const most = Math.max(1, ...shares) * 1.04;
  const x = (share) => LEFT + ((width - LEFT - RIGHT) * share) / 100;
  const y = (share) => HEIGHT - BOTTOM - ((HEIGHT - TOP - BOTTOM) * share) / most;
  const drawing = drawn("svg", { width, height: HEIGHT, role: "img", "aria-label": words(points), class: "curve" });
  for (const step of STEPS) {
    drawing.append(
      drawn("line", { x1: LEFT, x2: width - RIGHT, y1: y(step), y2: y(step), class: "grid" }),
      drawn("text", { x: LEFT - 6, y: y(step) + 4, "text-anchor": "end" }, `${100 * step} %`),
      drawn("text", { x: x(100 * step), y: HEIGHT - BOTTOM + 16, "text-anchor": "middle" }, `${100 * step} %`),
    );
  }
  const axis = `budget, of the full network's ${state.measure === "macs" ? "MACs" : "parameters"}`;
  drawing.append(drawn("text", { x: LEFT + (width - LEFT - RIGHT) / 2, y: HEIGHT - 3, "text-anchor": "middle" }, axis));
  const retention = points.filter(({ result }) => result.quality.meanRetention !== null);
  series(drawing, "retention", retention, x, (one) => y(one.result.quality.meanRetention));
  spread(drawing, points, x, y);
  series(drawing, "latency", points, x, (one) => y(one.result.latency.ratio));
  return [drawing];
}

function words(points) {
  const each = points.map(
    ({ percent: share, result }) =>
      `${share} %: retention ${digits(result.quality.meanRetention)}, latency ${percent(result.latency.ratio)}`,
  );
  return `Retention and latency against budget. ${each.join("; ")}`;
}

function series(drawing, name, points, x, y) {
  const places = points.map((one) => `${x(one.percent)},${y(one)}`);
  drawing.append(drawn("polyline", { points: places.join(" "), class: `line ${name}` }));
  for (const one of points) {
    const [cx, cy, r] = [x(one.percent), y(one), isChosen(one) ? 6 : 4];
    const title = drawn("title", {}, `${one.percent} %: ${name} ${percent(name === "latency" ? one.result.latency.ratio : one.result.quality.meanRetention)}`);
    const mark =
      name === "latency"
        ? drawn("rect", { x: cx - r, y: cy - r, width: 2 * r, height: 2 * r, class: `mark ${name}` }, title)
        : drawn("circle", { cx, cy, r, class: `mark ${name}` }, title);
    mark.addEventListener("click", () => change({ percent: one.percent }));
    drawing.append(mark);
  }
}

/** The quartiles of latency. */
function spread(drawing, points, x, y) {
  for (const { percent: share, result } of points) {
    const { full, part } = result.latency;
    drawing.append(
      drawn("line", { x1: x(share), x2: x(share), y1: y(part.lowerMs / full.ms), y2: y(part.upperMs / full.ms), class: "spread" }),
    );
  }
}

const digits = (value) => (value === null ? "–" : value.toFixed(3));

function table(network) {
  const rows = all()
    .reverse()
    .map((one) => {
      const { result } = one;
      const back = element(
        "button",
        { type: "button", className: "link" },
        `${one.percent} % of the ${one.measure === "macs" ? "MACs" : "parameters"}`,
      );
      back.addEventListener("click", () => {
        const { categories, measure, percent: share } = one;
        change({ categories, measure, percent: share });
      });
      const row = element(
        "tr",
        {},
        element("th", { scope: "row" }, back),
        element("td", { className: "names" }, one.categories.map((c) => network.categories[c].name).join(", ")),
        element("td", {}, short(result.macs)),
        element("td", {}, short(result.parameters)),
        element("td", {}, digits(result.quality.meanRetention)),
        element("td", {}, `${percent(result.latency.ratio)} (${result.latency.part.ms.toPrecision(3)} ms)`),
      );
      if (isChosen(one)) {
        row.setAttribute("aria-current", "true");
      }
      return row;
    });
  const head = ["Budget", "Categories", "MACs", "Parameters", "Retention", "Latency"].map((name) =>
    element("th", { scope: "col", className: name === "Categories" ? "names" : "" }, name),
  );
  return element(
    "table",
    {},
    element("caption", { className: "hidden" }, "What was tried, the last first"),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows),
  );
}
