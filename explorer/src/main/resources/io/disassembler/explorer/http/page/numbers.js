// The sub-network: asks for it whenever the choice changes, shows what is known of it so far.
import { follow, leave, post } from "./api.js";
import { byId, element, many, percent, say as speak, short } from "./dom.js";
import { categoryColor } from "./colors.js";
import { on, state } from "./state.js";

const listeners = [];
let running = null;

/**
 * The cut that is shown: its id, null once it is cancelled, what was asked for, and as much of its
 * result as there is.
 */
export const cut = { id: null, request: null, result: null };

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
    update(null, cut.request, cut.result); // what is drawn stays, but there is nothing to run or to take home
    say("Cancelled.", { again: true });
    leave("cuts").catch(() => {});
  });
  byId("again").addEventListener("click", begin);
  byId("time").addEventListener("click", () => measureAgain(network));
  begin();
}

async function start(network) {
  running?.abort();
  running = new AbortController();
  const { signal } = running;
  if (state.categories.length === 0) {
    leave("cuts").catch(() => {});
    update(null, null, null);
    say("Choose at least one category.");
    render(network, null);
    return;
  }
  byId("numbers").classList.add("stale");
  const { categories, measure, percent: share } = state;
  const request = { categories, measure, percent: share };
  const named = { ...request, categories: categories.map((c) => network.categories[c].name) };
  try {
    await follow("cuts", named, (task) => !signal.aborted && tell(network, request, task), signal);
  } catch (error) {
    if (!signal.aborted) {
      say(error.message, { again: true, bad: true });
    }
  }
}

/** Measures latency for longer than a move of the slider allows. */
async function measureAgain(network) {
  const { id, request } = cut;
  const line = byId("latency");
  byId("time").disabled = true;
  speak(line, "Measuring again, for some seconds …");
  try {
    const task = await post(`/api/cuts/${id}/latency`, {});
    if (cut.id === id) {
      update(id, request, task.result);
      render(network, task.result);
    }
  } catch (error) {
    if (cut.id === id) {
      speak(line, error.message, true);
    }
  } finally {
    byId("time").disabled = false;
  }
}

function tell(network, request, task) {
  if (task.result) {
    update(task.id, request, task.result);
    render(network, task.result);
  }
  if (task.state === "done") {
    const { images, profiled, against } = network.measured;
    const truth = against === "masks" ? "their masks" : "the full network";
    const both = profiled === 0 ? "" : ` ${profiled === images ? "All" : profiled} of them were profiled, too, which flatters.`;
    say(`Measured on ${many(images, "image")} against ${truth}.${both}`);
  } else if (task.state === "failed") {
    say(task.error, { again: true, bad: true });
  } else if (task.state === "cancelled") {
    say("Cancelled.", { again: true });
  } else {
    say(`${task.step} …`, { task });
  }
}

function update(id, request, result) {
  cut.id = id;
  cut.request = request;
  cut.result = result;
  listeners.forEach((listener) => listener());
}

function say(words, { task = null, again = false, bad = false } = {}) {
  speak(byId("status"), words, bad);
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
    ...number("Latency", latency && `${latency.part.ms.toPrecision(3)} ms`, latency?.ratio),
    ...number("Retention", quality && (quality.meanRetention?.toFixed(3) ?? "not shown"), null, "mean"),
  );
  byId("time").hidden = !latency;
  speak(byId("latency"), latency ? spread(latency) : "");
  byId("retention").replaceChildren(...(quality ? [table(network, quality), explanation()] : []));
}

/** Where the middle half of the runs lies. */
function spread({ full, part }) {
  const range = ({ lowerMs, upperMs }) => `${lowerMs.toPrecision(3)} to ${upperMs.toPrecision(3)} ms`;
  return (
    `Latency is the median of ${many(part.runs, "run")}, half of them ${range(part)}; ` +
    `full network ${full.ms.toPrecision(3)} ms, ${range(full)}.`
  );
}

const explanation = () =>
  element(
    "p",
    { className: "quiet", id: "retention-means" },
    "Retention is the sub-network's IoU as a share of the full network's, on the images that were measured; the last column counts those that show the category.",
  );

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
      element("td", {}, category.images),
    );
  });
  const head = ["Category", "full IoU", "IoU", "retention", "images"].map((name) =>
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
