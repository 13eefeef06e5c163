// One HTML file with everything in it, to be mailed and kept: what was asked and what came out.
import { byId, short, percent } from "./dom.js";
import { count, keptKernels } from "./network.js";
import { cut } from "./numbers.js";
import { state } from "./state.js";

const STYLE = `
:root{color-scheme:light dark;font:15px/1.5 system-ui,sans-serif}
body{max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;margin:.5rem 0 1.5rem;font-variant-numeric:tabular-nums}
th,td{padding:.2rem .8rem .2rem 0;text-align:right;font-weight:400;border-bottom:1px solid #8884}
th:first-child,td:first-child{text-align:left}
.bar{display:inline-block;width:9rem;height:.6rem;background:#8883}.bar i{display:block;height:100%;background:#128080}
figure{display:inline-block;width:31%;min-width:15rem;margin:0 1% 1rem 0}img{width:100%;border-radius:4px}
@media print{figure{break-inside:avoid}}`;

const escaped = (text) =>
  String(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`);

const digits = (value) => (Number.isFinite(value) ? value.toFixed(3) : "–");

const table = (head, rows) =>
  `<table><thead><tr>${head.map((cell) => `<th>${escaped(cell)}</th>`).join("")}</tr></thead><tbody>` +
  `${rows.map((row) => `<tr>${row.map((cell) => `<td>${cell}</td>`).join("")}</tr>`).join("")}</tbody></table>`;

const bar = (share) => `<span class="bar"><i style="width:${Math.round(100 * share)}%"></i></span>`;

/** The report of the cut that is shown, as an HTML file. */
export function report(network) {
  const { result } = cut;
  const { full } = network;
  const names = state.categories.map((c) => network.categories[c].name);
  const title = `Sub-network of ${network.name} for ${names.join(", ")}`;
  const parts = [
    `<h1>${escaped(title)}</h1>`,
    `<p>At most ${state.percent} % of the ${state.measure === "macs" ? "MACs" : "parameters"}, ` +
      `recovered from the profile alone; no training.</p>`,
    "<h2>Cost</h2>",
    table(
      ["", "full network", "sub-network", "share"],
      [
        ["MACs", short(full.macs), short(result.macs), percent(result.macs / full.macs)],
        ["Parameters", short(full.parameters), short(result.parameters), percent(result.parameters / full.parameters)],
        ...(result.latency
          ? [["Latency, ms", result.latency.fullMs.toPrecision(3), result.latency.ms.toPrecision(3), percent(result.latency.ratio)]]
          : []),
      ],
    ),
    ...quality(network, result),
    ...pictures(),
    "<h2>Layers</h2>",
    table(
      ["layer", "operator", "kernels before", "after", ""],
      network.layers.map((layer) => {
        const left = count(keptKernels(layer));
        return [escaped(layer.name), escaped(layer.operator), layer.kernels, left, bar(left / layer.kernels)];
      }),
    ),
    `<h2>To make it again</h2><p>${escaped(cut.id)}, Disassembler ${escaped(network.version)}. ` +
      `The plan, downloaded beside this report or read from the sub-network, makes the same file with ` +
      `<code>disassembler extract MODEL --profile PROFILE --plan PLAN --output FILE</code>.</p>`,
  ];
  const html =
    `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>${escaped(title)}</title>` +
    `<meta name="viewport" content="width=device-width"><style>${STYLE}</style></head>` +
    `<body>${parts.join("\n")}</body></html>\n`;
  return new Blob([html], { type: "text/html" });
}

function quality(network, { quality: found }) {
  if (!found) {
    return [];
  }
  const { images, against } = network.measured;
  return [
    "<h2>Quality</h2>",
    `<p>On ${images} images, against ${against === "masks" ? "masks" : "the full network's predictions"}; ` +
      `mean retention ${digits(found.meanRetention)}.</p>`,
    table(
      ["category", "full IoU", "IoU", "retention"],
      found.categories.map((one) => [
        escaped(one.name), digits(one.fullIou), digits(one.iou), digits(one.retention),
      ]),
    ),
  ];
}

/** The pictures as they are shown now. */
function pictures() {
  const figures = [...byId("pictures").querySelectorAll(".masks figure")].map((figure) => {
    const words = escaped(figure.querySelector("figcaption").textContent);
    const data = figure.querySelector("canvas").toDataURL("image/jpeg", 0.85);
    return `<figure><img alt="${words}" src="${data}"><figcaption>${words}</figcaption></figure>`;
  });
  return figures.length > 0 ? ["<h2>An example</h2>", `<div>${figures.join("")}</div>`] : [];
}
