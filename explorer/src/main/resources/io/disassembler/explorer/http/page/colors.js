// Colours with a meaning: one for each category, and a scale for how much.

// Told apart by hue and by lightness, on photographs too.
const HUES = [
  "#4e79a7", "#c44e52", "#8c8c8c", "#6b4c9a", "#e8a33d", "#3f9b4f",
  "#d8589f", "#9c6b3f", "#2f9fbf", "#d9482b", "#7bb342", "#b8a13a",
];

// Anchors of viridis (Smith and van der Walt, 2015): even steps look even, in grey too.
const VIRIDIS = [
  [68, 1, 84], [71, 44, 122], [59, 81, 139], [44, 113, 142], [33, 144, 141],
  [39, 173, 129], [92, 200, 99], [170, 220, 50], [253, 231, 37],
];

/** The colour of category number `c`. */
export function categoryColor(c) {
  return c < HUES.length ? HUES[c] : `hsl(${Math.round((c * 137.5) % 360)} 45% ${40 + ((c * 7) % 25)}%)`;
}

/** Red, green and blue of category number `c`. */
export function categoryRgb(c) {
  const [, context] = probe();
  context.fillStyle = categoryColor(c);
  context.fillRect(0, 0, 1, 1);
  return [...context.getImageData(0, 0, 1, 1).data.slice(0, 3)];
}

let shared = null;

function probe() {
  if (!shared) {
    const made = document.createElement("canvas");
    made.width = made.height = 1;
    shared = [made, made.getContext("2d", { willReadFrequently: true })];
  }
  return shared;
}

/** Red, green and blue for a share from 0 to 1. */
export function heat(share) {
  const at = Math.max(0, Math.min(1, share)) * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(at));
  return VIRIDIS[low].map((part, i) => Math.round(part + (at - low) * (VIRIDIS[low + 1][i] - part)));
}

/** A colour of the theme, such as `--accent`. */
export const themed = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Calls `draw` when the theme changes. */
export function onTheme(draw) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", draw);
}
