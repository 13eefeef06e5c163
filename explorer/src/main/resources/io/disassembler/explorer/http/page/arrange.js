// Where every layer of the drawing goes: side by side in the order of execution, lower where the
// output has fewer pixels.

const GAP = 20;
const SMALLEST = 0.08;

/** How much is written at each layer: how wide it is at least, and how high what is written is. */
const DETAILS = {
  names: { narrowest: 92, label: 46 },
  counts: { narrowest: 38, label: 18 },
  nothing: { narrowest: 8, label: 4 },
};

/** What is tried, the most readable first, to see the whole network at once. */
const READABLE = [
  ...[1.6, 1.4, 1.2, 1, 0.8].map((scale) => ["names", scale]),
  ...[1, 0.9, 0.8, 0.7, 0.6, 0.5].map((scale) => ["counts", scale]),
];

const pitch = (kernels) =>
  kernels <= 64 ? 6 : kernels <= 256 ? 5 : kernels <= 576 ? 4 : kernels <= 1024 ? 3 : 2;

/** All of the network in so much room, as readable as it can be. */
export function whole(network, room) {
  for (const [detail, scale] of READABLE) {
    const arranged = arrange(network, detail, scale);
    if (arranged.width <= room) {
      return arranged;
    }
  }
  let [low, high] = [SMALLEST, 0.8];
  while (high - low > 0.01) {
    const scale = (low + high) / 2;
    [low, high] = arrange(network, "nothing", scale).width <= room ? [scale, high] : [low, scale];
  }
  return arrange(network, "nothing", low);
}

/** The network at a percentage of its usual size. */
export function zoomed(network, percentage) {
  const scale = percentage / 100;
  return arrange(network, scale >= 0.7 ? "names" : scale >= 0.45 ? "counts" : "nothing", scale);
}

function arrange(network, detail, scale) {
  const { narrowest, label } = DETAILS[detail];
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
    const box = Math.max(width, narrowest);
    ends.set(level, left + box);
    places.push({ left, width, height, box, level, columns, cell });
  }
  let top = 12;
  for (const level of [...ends.keys()].sort((a, b) => a - b)) {
    const row = places.filter((place) => place.level === level);
    const tallest = Math.max(...row.map((place) => place.height));
    row.forEach((place) => (place.top = top + (tallest - place.height) / 2));
    top += tallest + label + gap;
  }
  return { places, detail, scale, width: Math.max(...ends.values()) + 4, height: top };
}
