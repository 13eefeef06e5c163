// Small helpers to make elements.

/** The element with an id. */
export const byId = (id) => document.getElementById(id);

/** An element with properties and children; a property `data` or `aria` holds several. */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === "data") {
      Object.assign(made.dataset, value);
    } else if (name === "aria") {
      for (const [key, text] of Object.entries(value)) {
        made.setAttribute(key === "role" ? key : `aria-${key}`, text);
      }
    } else if (value !== undefined) {
      made[name] = value;
    }
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
}

const SVG = "http://www.w3.org/2000/svg";

/** An element of a drawing, with attributes and children. */
export function drawn(tag, attributes = {}, ...children) {
  const made = document.createElementNS(SVG, tag);
  Object.entries(attributes).forEach(([name, value]) => made.setAttribute(name, value));
  made.append(...children);
  return made;
}

/** Says something in a status line; what went wrong looks like it, and is announced at once. */
export function say(line, words, bad = false) {
  line.classList.toggle("bad", bad);
  line.setAttribute("role", bad ? "alert" : "status");
  if (line.textContent !== words) {
    line.textContent = words;
  }
}

/** Bytes from Base64. */
export function bytes(base64) {
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

/** A canvas of so many pixels, and its context. */
export function canvas(width, height, properties = {}) {
  const made = element("canvas", { width, height, ...properties });
  return [made, made.getContext("2d")];
}

/** Waits until an image is there. */
export async function image(source) {
  const made = new Image();
  made.src = source;
  await made.decode();
  return made;
}

/** Calls what is given last, a while after the last call. */
export function debounced(work, milliseconds) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, milliseconds);
  };
}

/** 5.11 G, 437 k ... */
export function short(number) {
  for (const [unit, size] of [["G", 1e9], ["M", 1e6], ["k", 1e3]]) {
    if (number >= size) {
      return `${(number / size).toPrecision(3)} ${unit}`;
    }
  }
  return String(number);
}

/** A number of things: 1 image, 2 images. */
export const many = (number, thing) => `${number} ${thing}${number === 1 ? "" : "s"}`;

export const percent = (share) => `${(100 * share).toFixed(share < 0.0995 ? 1 : 0)} %`;
