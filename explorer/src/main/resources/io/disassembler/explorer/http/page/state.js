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
  written = `#${parts.join("&")}`;
  history.replaceState(null, "", written);
}

/** What the address says; what it does not say, or says wrongly, is as it was. */
function read() {
  const found = {};
  for (const part of location.hash.slice(1).split("&")) {
    const [key, value = ""] = part.split("=");
    if (key === "categories") {
      const names = value.split(",").filter(Boolean).map(decode);
      found.categories = names
        .map((name) => network.categories.findIndex((category) => category.name === name))
        .filter((c) => c >= 0)
        .sort((a, b) => a - b);
    } else if ((key === "macs" || key === "parameters") && Number(value) >= 1 && Number(value) <= 100) {
      found.measure = key;
      found.percent = Math.round(Number(value));
    } else if (key === "layer" && network.layers[Number(value)]) {
      found.layer = Number(value);
    } else if (key === "kernel" && /^\d{1,6}$/.test(value)) {
      found.kernel = Number(value);
    } else if (key === "picture" && /^[0-9a-f]{16}$/.test(value)) {
      found.picture = value;
    } else if (key === "attribution" && ["forward", "backward"].includes(value)) {
      found.direction = value;
    } else if (key === "order" && ["kernel", "category"].includes(value)) {
      found.order = value;
    }
  }
  const layer = network.layers[found.layer ?? state.layer];
  if (found.kernel !== undefined && found.kernel >= layer.kernels) {
    delete found.kernel;
  }
  return found;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Takes up what the address says, now and whenever it changes. */
export function restore(loaded, initial) {
  network = loaded;
  Object.assign(state, initial, read());
  write();
  addEventListener("hashchange", () => {
    if (location.hash !== written) {
      change({ kernel: null, ...read() });
    }
  });
}
