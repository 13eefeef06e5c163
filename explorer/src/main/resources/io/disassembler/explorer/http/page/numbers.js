// The sub-network: asks for it whenever the choice changes, shows what is known of it so far.
import { download, follow, leave } from "./api.js";
import { byId, element, percent, short } from "./dom.js";
import { categoryColor } from "./colors.js";
import { on, state } from "./state.js";

const listeners = [];
let running = null;

/** The cut that is shown: its id, null once it is cancelled, and as much of its result as there is. */
export const cut = { id: null, result: null };

/** Calls `listener` whenever more is known of the cut. */
export const onCut = (listener) => listeners.push(listener);

/** Asks again for what the server has forgotten. */
export let renew = () => {};

export function showNumbers(network) {
  const begin = () => start(network);
  renew = begin;
  on(["categories", "measure", "percent"], begin);
  byId("cancel").addEventListener("click", () => {
    running?.abort(); // someone else may still wait for it
    update(null, cut.result); // what is drawn stays, but there is nothing to run or to take home
    say("Cancelled.", { again: true });
    leave("cuts").catch(() => {});
  });
  byId("again").addEventListener("click", begin);
  showDownloads();
  begin();
}

async function start(network) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  if (state.categories.length === 0) {
    leave("cuts").catch(() => {});
    update(null, null);
    say("Choose at least one category.");
    render(network, null);
    return;
  }
  byId("numbers").classList.add("stale");
  const request = {
    categories: state.categories.map((c) => network.categories[c].name),
    measure: state.measure,
    percent: state.percent,
  };
  try {
    await follow("cuts", request, (task) => !signal.aborted && tell(network, task), signal);
  } catch (error) {
    if (!signal.aborted) {
      say(error.message, { again: true, bad: true });
    }
  }
}

function tell(network, task) {
  if (task.result) {
    update(task.id, task.result);
    render(network, task.result);
  }
  if (task.state === "done") {
    const { images, against } = network.measured;
    const truth = against === "masks" ? "their masks" : "the full network";
    say(`Measured on ${images} image${images === 1 ? "" : "s"} against ${truth}.`);
  } else if (task.state === "failed") {
    say(task.error, { again: true, bad: true });
  } else if (task.state === "cancelled") {
    say("Cancelled.", { again: true });
  } else {
    say(`${task.step} …`, { task });
  }
}

function update(id, result) {
  cut.id = id;
  cut.result = result;
  listeners.forEach((listener) => listener());
}

function say(words, { task = null, again = false, bad = false } = {}) {
  const status = byId("status");
  if (status.textContent !== words) {
    status.textContent = words;
  }
  status.classList.toggle("bad", bad);
  byId("cancel").hidden = task === null;
  byId("again").hidden = !again;
  const progress = byId("progress");
  progress.hidden = task === null;
  if (task?.total) {
    progress.max = task.total;
    progress.value = task.done;
  } else {
    progress.removeAttribute("value");
  }
}

function render(network, result) {
  const { full } = network;
  const { quality, latency } = result ?? {};
  byId("numbers").classList.toggle("stale", Boolean(result && !latency));
  byId("numbers").replaceChildren(
    ...number("MACs", result && short(result.macs), result && result.macs / full.macs),
    ...number("Parameters", result && short(result.parameters), result && result.parameters / full.parameters),
    ...number("File", result?.bytes && `${(result.bytes / 1e6).toFixed(result.bytes < 1e6 ? 3 : 1)} MB`, null),
    ...number("Latency", latency && `${latency.ms.toPrecision(3)} ms`, latency?.ratio),
    ...number("Retention", quality && (quality.meanRetention?.toFixed(3) ?? "not shown"), null, "mean"),
  );
  byId("retention").replaceChildren(...(quality ? [table(network, quality)] : []));
}

function number(name, text, share, note) {
  const value = element("dd", {}, element("b", {}, text || "–"));
  if (Number.isFinite(share)) {
    const bar = element("i", { className: "bar" });
    const fill = element("i");
    fill.style.width = `${Math.min(100, 100 * share)}%`;
    bar.append(fill);
    value.append(element("span", { className: "quiet" }, percent(share)), bar);
  } else if (note && text) {
    value.append(element("span", { className: "quiet" }, note));
  }
  return [element("dt", {}, name), value];
}

function table(network, quality) {
  const rows = quality.categories.map((category) => {
    const swatch = element("i", { className: "swatch" });
    const c = network.categories.findIndex((one) => one.name === category.name);
    swatch.style.background = categoryColor(c);
    const digits = (value) => (value === null ? "–" : value.toFixed(3));
    return element(
      "tr",
      {},
      element("th", { scope: "row" }, swatch, category.name),
      element("td", {}, digits(category.fullIou)),
      element("td", {}, digits(category.iou)),
      element("td", {}, digits(category.retention)),
    );
  });
  const head = ["Category", "full IoU", "IoU", "retention"].map((name) =>
    element("th", { scope: "col" }, name),
  );
  return element(
    "table",
    {},
    element("caption", { className: "hidden" }, "IoU of each category before and after"),
    element("thead", {}, element("tr", {}, ...head)),
    element("tbody", {}, ...rows),
  );
}

function showDownloads() {
  const files = [
    ["Sub-network (ONNX)", "Checking the sub-network …", "network.onnx"],
    ["Plan", "Fetching …", "plan.json"],
    ["Report", "Checking the sub-network, writing the report …", "report.html"],
  ];
  const status = byId("download-status");
  const buttons = files.map(([name, words, file]) => {
    const button = element("button", { type: "button", disabled: true }, name);
    button.addEventListener("click", async () => {
      status.textContent = words;
      try {
        save(await download(`/api/cuts/${cut.id}/${file}`));
        status.textContent = "Saved.";
      } catch (error) {
        status.textContent = error.message;
        if (error.status === 404) {
          renew();
        }
      }
    });
    return button;
  });
  byId("downloads").append(...buttons);
  onCut(() => {
    const made = Boolean(cut.id && cut.result?.bytes);
    const measured = Boolean(cut.id && cut.result?.latency);
    buttons.forEach((button, i) => (button.disabled = files[i][2] === "report.html" ? !measured : !made));
  });
}

function save({ blob, name }) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
