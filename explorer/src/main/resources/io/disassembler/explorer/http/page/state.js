// What the person chose. It is all in the address, so that a link shows the same again.

const listeners = new Map();

export const state = {
  /** Numbers of the chosen categories, ascending. */
  categories: [],
  measure: "macs",
  percent: 50,
  /** Number of the layer that is looked at. */
  layer: 0,
  /** Number of the kernel that is looked at, or null. */
  kernel: null,
  /** Id of the picture that is looked at, or null. */
  picture: null,
  direction: "forward",
  order: "category",
  /** How large the network is drawn: 0 to fit, or a percentage. */
  zoom: 0,
  /** In which order pictures are: by "loss" or by "name". */
  sort: "loss",
  /** Number of the category whose masks are shown where categories are independent, or null. */
  shown: null,
};

/** Calls `listener` whenever one of `keys` changes. */
export function on(keys, listener) {
  for (const key of keys) {
    listeners.set(key, [...(listeners.get(key) ?? []), listener]);
  }
}

/** Changes some of the state, tells whom it concerns, and writes the address. */
export function change(changes) {
  const changed = Object.keys(changes).filter(
    (key) => JSON.stringify(state[key]) !== JSON.stringify(changes[key]),
  );
  Object.assign(state, changes);
  if (changed.length > 0) {
    write();
    new Set(changed.flatMap((key) => listeners.get(key) ?? [])).forEach((listener) => listener());
  }
}

let network = null;
let written = "";

function write() {
  const names = state.categories.map((c) => encodeURIComponent(network.categories[c].name));
  const parts = [
    `categories=${names.join(",")}`,
    `${state.measure}=${state.percent}`,
    `layer=${state.layer}`,
    `attribution=${state.direction}`,
    `order=${state.order}`,
  ];
  if (state.kernel !== null) {
    parts.push(`kernel=${state.kernel}`);
  }
  if (state.picture !== null) {
    parts.push(`picture=${state.picture}`);
  }
  if (state.zoom !== 0) {
    parts.push(`zoom=${state.zoom}`);
  }
  if (state.sort !== "loss") {
    parts.push(`sort=${state.sort}`);
  }
  if (state.shown !== null) {
    parts.push(`show=${encodeURIComponent(network.categories[state.shown].name)}`);
  }
  written = `#${parts.join("&")}`;
  history.replaceState(null, "", written);
}

const within = (value, least, most) => /^\d{1,6}$/.test(value) && Number(value) >= least && Number(value) <= most;

const number = (name) => network.categories.findIndex((category) => category.name === name);

/** What the network does not have, and what it has instead. */
function unknown(names) {
  const all = network.categories.map((category) => category.name);
  const known = all.length <= 24 ? all.join(", ") : `${all.slice(0, 24).join(", ")} and ${all.length - 24} more`;
  return `the network has no ${names.length === 1 ? "category" : "categories"} ${names.join(", ")}. It has ${known}`;
}

/** What each part of an address says: it is put into `found`, or what is wrong with it is returned. */
const PARTS = {
  categories(value, found) {
    const names = value.split(",").filter(Boolean).map(decode);
    found.categories = [...new Set(names.map(number))].filter((c) => c >= 0).sort((a, b) => a - b);
    const strange = names.filter((name) => number(name) < 0);
    return strange.length > 0 && unknown(strange);
  },
  macs: (value, found) => budget("macs", value, found),
  parameters: (value, found) => budget("parameters", value, found),
  layer(value, found) {
    const last = network.layers.length - 1;
    return within(value, 0, last) ? void (found.layer = Number(value)) : `the network has no layer ${value}; expected 0 to ${last}`;
  },
  kernel(value, found) {
    const layer = network.layers[found.layer ?? state.layer];
    const last = layer.kernels - 1;
    return within(value, 0, last)
      ? void (found.kernel = Number(value))
      : `layer ${layer.name} has no kernel ${value}; expected 0 to ${last}`;
  },
  picture: (value, found) => (/^[0-9a-f]{16}$/.test(value) ? void (found.picture = value) : `no picture is called ${value}`),
  attribution: (value, found) => choice("direction", ["forward", "backward"], value, found),
  order: (value, found) => choice("order", ["kernel", "category"], value, found),
  sort: (value, found) => choice("sort", ["loss", "name"], value, found),
  zoom: (value, found) => (within(value, 10, 400) ? void (found.zoom = Number(value)) : `zoom: expected 10 to 400, found ${value}`),
  show(value, found) {
    const c = number(decode(value));
    return c >= 0 ? void (found.shown = c) : unknown([decode(value)]);
  },
};

function budget(measure, value, found) {
  if (!within(value, 1, 100)) {
    return `budget: expected 1 to 100 percent, found ${value}`;
  }
  found.measure = measure;
  found.percent = Number(value);
}

function choice(key, words, value, found) {
  if (!words.includes(value)) {
    return `${key}: expected ${words.join(" or ")}, found ${value}`;
  }
  found[key] = value;
}

/** What the address says; what it does not say, or says wrongly, is as it was. */
function read() {
  const found = {};
  const wrong = [];
  for (const part of location.hash.slice(1).split("&").filter(Boolean)) {
    const [key, value = ""] = part.split("=");
    const complaint = Object.hasOwn(PARTS, key) ? PARTS[key](value, found) : `${decode(key)} means nothing here`;
    if (complaint) {
      wrong.push(complaint);
    }
  }
  return { found, wrong };
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Takes up what the address says, now and whenever it changes, and tells what is wrong with it. */
export function restore(loaded, initial, tell) {
  network = loaded;
  const { found, wrong } = read();
  Object.assign(state, initial, found);
  tell(wrong);
  write();
  addEventListener("hashchange", () => {
    if (location.hash !== written) {
      const later = read();
      tell(later.wrong);
      change({ kernel: null, shown: null, ...later.found });
    }
  });
}
