// Pictures: the masks of the full network and of the sub-network side by side.
import { get, upload } from "./api.js";
import { byId, bytes, canvas, element, image, percent } from "./dom.js";
import { categoryColor, categoryRgb } from "./colors.js";
import { cut, onCut, renew } from "./numbers.js";
import { change, on, state } from "./state.js";

const PAGE = 12;
const DIFFERENT = [255, 64, 64];

export async function showPictures(network) {
  const { pictures } = await get("/api/pictures");
  const strip = element("div", { className: "strip", aria: { role: "group", label: "Pictures" } });
  const more = element("button", { type: "button", className: "small" }, "More");
  const status = element("p", { className: "quiet", aria: { role: "status" } });
  const masks = element("div", { className: "masks" });
  const legend = element("ul", { className: "legend" });
  byId("pictures").append(strip, status, masks, legend);
  strip.append(more);
  const buttons = new Map();

  const add = (picture, before) => {
    if (!buttons.has(picture.id)) {
      const thumb = element("img", { alt: picture.name, loading: "lazy", src: `/api/pictures/${picture.id}?width=160` });
      const button = element("button", { type: "button", className: "thumb", title: picture.name }, thumb);
      button.addEventListener("click", () => change({ picture: picture.id }));
      strip.insertBefore(button, before);
      buttons.set(picture.id, button);
    }
  };
  let shown = 0;
  const page = () => {
    pictures.slice(shown, shown + PAGE).forEach((picture) => add(picture, more));
    shown += PAGE;
    more.hidden = shown >= pictures.length;
  };
  more.addEventListener("click", page);
  page();
  while (pictures.slice(shown).some((picture) => picture.id === state.picture)) {
    page();
  }

  let running = null;
  // A cut is told of in several steps; masks need asking for only when it is there.
  let last = null;
  const mark = () => buttons.forEach((button, id) => button.setAttribute("aria-pressed", id === state.picture));
  const compare = async () => {
    mark();
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    if (cut.id === null || !cut.result?.bytes || state.picture === null) {
      return;
    }
    masks.classList.add("stale");
    try {
      const [answer, photo] = await Promise.all([
        get(`/api/cuts/${cut.id}/masks/${state.picture}`, signal),
        image(`/api/pictures/${state.picture}?width=640`),
      ]);
      if (!signal.aborted) {
        masks.classList.remove("stale");
        masks.replaceChildren(...figures(network, answer, photo));
        legend.replaceChildren(...keys(answer.names, network));
        status.textContent = `Both agree on ${percent(answer.agreement)} of the pixels.`;
      }
    } catch (error) {
      if (!signal.aborted) {
        status.textContent = error.message;
        if (error.status === 404 && error.message.includes("sub-network")) {
          last = null;
          renew();
        }
      }
    }
  };
  const drop = async (file) => {
    status.textContent = `Sending ${file.name} …`;
    try {
      if (file.size > network.limits.uploadBytes) {
        throw new Error(`${file.name}: larger than the ${network.limits.uploadBytes / 1e6} MB that the explorer takes.`);
      }
      const picture = await upload(`/api/pictures?name=${encodeURIComponent(file.name)}`, file);
      add(picture, strip.firstChild);
      change({ picture: picture.id });
      strip.scrollTo({ left: 0 });
    } catch (error) {
      status.textContent = error.message;
    }
  };
  dropping(drop);
  onCut(() => {
    const now = cut.result?.bytes ? cut.id : null; // null if it is cancelled, too
    if (now !== last) {
      last = now;
      compare();
    }
  });
  on(["picture"], compare);
  // What is asked for now makes the masks of what was asked for before pointless.
  on(["categories", "measure", "percent"], () => {
    last = null;
    running?.abort();
    masks.classList.add("stale");
  });
  if (state.picture === null && pictures.length > 0) {
    change({ picture: pictures[0].id });
  } else {
    compare();
  }
}

function dropping(drop) {
  const panel = byId("pictures-panel");
  const input = byId("file");
  input.addEventListener("change", () => {
    [...input.files].slice(0, 1).forEach(drop);
    input.value = "";
  });
  for (const type of ["dragenter", "dragover", "dragleave", "drop"]) {
    addEventListener(type, (event) => {
      if (event.dataTransfer?.types.includes("Files")) {
        event.preventDefault();
        panel.classList.toggle("dropping", type === "dragenter" || type === "dragover");
        if (type === "drop") {
          [...event.dataTransfer.files].slice(0, 1).forEach(drop);
        }
      }
    });
  }
}

const number = (name, network) => network.categories.findIndex((category) => category.name === name);

/** The label that stands for everything else, or -1. */
const otherOf = (names, network) => (number(names[0], network) < 0 ? 0 : -1);

function figures(network, answer, photo) {
  const full = bytes(answer.full);
  const part = bytes(answer.part);
  const colors = answer.names.map((name) => {
    const c = number(name, network);
    return c < 0 ? null : categoryRgb(c);
  });
  const mask = (labels) => (i) => colors[labels[i]] ?? null;
  return [
    figure("Full network", answer, photo, mask(full)),
    figure("Sub-network", answer, photo, mask(part)),
    figure("Where they differ", answer, photo, (i) => (full[i] === part[i] ? null : DIFFERENT)),
  ];
}

function figure(title, { width, height }, photo, color) {
  const [layer, painting] = canvas(width, height);
  const pixels = painting.createImageData(width, height);
  for (let i = 0; i < width * height; i++) {
    const found = color(i);
    if (found) {
      pixels.data.set([...found, 165], 4 * i);
    }
  }
  painting.putImageData(pixels, 0, 0);
  const [drawing, context] = canvas(photo.naturalWidth, photo.naturalHeight);
  context.filter = "saturate(0.55)";
  context.drawImage(photo, 0, 0);
  context.filter = "none";
  context.imageSmoothingEnabled = false;
  context.drawImage(layer, 0, 0, drawing.width, drawing.height);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `${title}: mask over the picture`);
  return element("figure", {}, drawing, element("figcaption", {}, title));
}

function keys(names, network) {
  const other = otherOf(names, network);
  return names.map((name, label) => {
    const swatch = element("i", { className: label === other ? "swatch none" : "swatch" });
    if (label !== other) {
      swatch.style.background = categoryColor(number(name, network));
    }
    return element("li", {}, swatch, name);
  });
}
