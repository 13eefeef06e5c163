// The masks of one picture, beside each other: what people say, what each network says.
import { bytes, canvas, element, image, percent } from "./dom.js";
import { categoryColor, categoryRgb } from "./colors.js";
import { enlargeable } from "./enlarge.js";

const DIFFERENT = [255, 64, 64];
const IGNORED = [128, 128, 128];
const OPACITY = 165;

/** The pixels of an answer's masks as numbers; -1 where they are ignored. */
function pixels(answer, base64) {
  const each = answer.bytesPerPixel;
  const most = 256 ** each - 1;
  const all = bytes(base64);
  return Int32Array.from({ length: all.length / each }, (_, i) => {
    let value = 0;
    for (let b = each - 1; b >= 0; b--) {
      value = 256 * value + all[each * i + b];
    }
    return value === most ? -1 : value;
  });
}

/**
 * The masks of a picture.
 *
 * @param numberOf the number of a category's name in the full network, -1 of other
 */
export function masksOf(answer, numberOf) {
  const { names, independent } = answer;
  const full = pixels(answer, answer.full);
  const part = pixels(answer, answer.part);
  const labels = answer.labels === null ? null : pixels(answer, answer.labels);
  const has = (value, name) => (independent ? value >= 0 && ((value >> name) & 1) === 1 : value === name);
  const named = names.map((_, i) => i).filter((i) => numberOf(names[i]) >= 0);

  /** IoU on this picture, the mean over some names that are there; null if none is. */
  const iou = (mask, over) => {
    const truth = labels ?? full;
    const both = new Uint32Array(names.length + 1);
    const either = new Uint32Array(names.length + 1);
    const count = (a, b, name) => {
      both[name] += a && b ? 1 : 0;
      either[name] += a || b ? 1 : 0;
    };
    truth.forEach((value, i) => {
      if (value === -1) {
        return;
      }
      if (independent) {
        over.forEach((name) => count(has(value, name), has(mask[i], name), name));
      } else {
        count(true, value === mask[i], value);
        if (value !== mask[i]) {
          count(false, true, mask[i]);
        }
      }
    });
    const found = over.filter((name) => either[name] > 0).map((name) => both[name] / either[name]);
    return found.length > 0 ? found.reduce((sum, value) => sum + value, 0) / found.length : null;
  };

  const colors = names.map((name) => (numberOf(name) < 0 ? null : categoryRgb(numberOf(name))));
  const colorAt = (mask, shown) => (i) =>
    mask[i] === -1
      ? IGNORED
      : independent
        ? has(mask[i], shown) ? colors[shown] : null
        : (colors[mask[i]] ?? null);
  return { ...answer, full, part, labels, has, named, iou, colorAt };
}

/**
 * Figures of the masks over the picture.
 *
 * @param shown the name whose masks are shown where categories are independent
 */
export function maskFigures(masks, photo, url, shown) {
  const over = masks.independent ? [shown] : masks.named;
  const score = (mask) => {
    const value = masks.iou(mask, over);
    return value === null ? "" : `IoU ${value.toFixed(3)}`;
  };
  const differs = (i) =>
    masks.independent ? masks.has(masks.full[i], shown) !== masks.has(masks.part[i], shown) : masks.full[i] !== masks.part[i];
  let differing = 0;
  masks.full.forEach((_, i) => (differing += differs(i) ? 1 : 0));
  const figure = (title, note, color) => {
    const redraw = (from) => draw(masks, from, color);
    return enlargeable(
      `${title}: mask over the picture`,
      redraw(photo),
      [title, " ", element("span", { className: "quiet" }, note)],
      async (width) => redraw(await image(`${url}?width=${width}`)),
    );
  };
  return [
    masks.labels ? figure("Labels", "what the mask says", masks.colorAt(masks.labels, shown)) : null,
    figure("Full network", masks.labels ? score(masks.full) : "", masks.colorAt(masks.full, shown)),
    figure("Sub-network", masks.labels ? score(masks.part) : `${score(masks.part)} against the full network`, masks.colorAt(masks.part, shown)),
    figure("Where they differ", `${percent(differing / masks.full.length)} of the pixels`, (i) => (differs(i) ? DIFFERENT : null)),
  ].filter(Boolean);
}

function draw({ width, height }, photo, color) {
  const [layer, painting] = canvas(width, height);
  const painted = painting.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const found = color(i);
    if (found) {
      painted.data.set([...found, OPACITY], 4 * i);
    }
  }
  painting.putImageData(painted, 0, 0);
  const [drawing, context] = canvas(photo.naturalWidth, photo.naturalHeight);
  context.filter = "saturate(0.55)";
  context.drawImage(photo, 0, 0);
  context.filter = "none";
  context.imageSmoothingEnabled = false;
  context.drawImage(layer, 0, 0, drawing.width, drawing.height);
  return drawing;
}

/** What the colours mean. */
export function maskKeys(masks, numberOf) {
  const key = (name, color) => {
    const swatch = element("i", { className: color ? "swatch" : "swatch none" });
    swatch.style.background = color ?? "";
    return element("li", {}, swatch, name);
  };
  const ignored = masks.labels?.includes(-1) ? [key("ignored", `rgb(${IGNORED.join(" ")})`)] : [];
  return [
    ...masks.names.map((name) => key(name, numberOf(name) < 0 ? null : categoryColor(numberOf(name)))),
    ...ignored,
    key("different", `rgb(${DIFFERENT.join(" ")})`),
  ];
}

/** What was measured, in words. */
export function maskWords(masks) {
  // Rounded down: 100 % is said only where they are the same.
  const agree = `Both agree on ${Math.floor(1000 * masks.agreement) / 10} % of the pixels`;
  const note = masks.labels ? " IoU is of this picture alone, against its labels." : "";
  return masks.independent
    ? `${agree}, in all ${masks.names.length} chosen categories.${note}`
    : `${agree}.${note}`;
}
