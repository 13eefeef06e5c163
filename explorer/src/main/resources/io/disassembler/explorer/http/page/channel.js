// One kernel: the images, and the places in them, that excite its channel most.
import { follow, leave } from "./api.js";
import { byId, bytes, canvas, element, image } from "./dom.js";
import { keptKernels } from "./network.js";
import { onCut } from "./numbers.js";
import { change, on, state } from "./state.js";

const DARKEST = 0.7;
let running = null;

export function showChannel(network) {
  const number = element("input", { type: "number", min: 0, inputMode: "numeric", id: "kernel" });
  const fate = element("span", { className: "quiet" });
  const status = element("p", { className: "quiet", aria: { role: "status" } });
  const progress = element("progress", { hidden: true, aria: { label: "Progress of the search" } });
  const cancel = element("button", { type: "button", className: "small", hidden: true }, "Cancel");
  const found = element("div", { className: "excitements" });
  const form = element(
    "div",
    { className: "kernel" },
    element("label", {}, "Kernel ", number),
    step("Previous kernel", "‹", -1),
    step("Next kernel", "›", 1),
    fate,
  );
  function step(name, text, by) {
    const button = element("button", { type: "button", className: "small", aria: { label: name } }, text);
    button.addEventListener("click", () => choose((state.kernel ?? -by) + by));
    return button;
  }
  const choose = (kernel) => {
    const { kernels } = network.layers[state.layer];
    change({ kernel: Math.max(0, Math.min(kernels - 1, kernel)) });
  };
  number.addEventListener("change", () => number.value !== "" && choose(Number(number.value)));
  cancel.addEventListener("click", () => {
    running?.abort(); // someone else may still wait for it
    tell({ state: "cancelled" });
    leave("channels").catch(() => {});
  });
  byId("channel").append(form, status, progress, cancel, found);

  const describe = () => {
    const layer = network.layers[state.layer];
    number.max = layer.kernels - 1;
    number.value = state.kernel ?? "";
    fate.textContent = state.kernel === null ? "" : keptKernels(layer)[state.kernel] ? "kept" : "removed";
  };
  const tell = (task) => {
    const over = ["done", "failed", "cancelled"].includes(task.state);
    cancel.hidden = progress.hidden = over;
    if (task.total) {
      progress.max = task.total;
      progress.value = task.done;
    } else {
      progress.removeAttribute("value");
    }
    const { result } = task;
    status.textContent =
      task.state === "failed"
        ? task.error
        : task.state === "cancelled"
          ? "Cancelled; choose the kernel again to go on."
          : over
            ? result.strongest.length === 0
              ? `None of ${result.images} images excites it.`
              : `The most exciting of ${result.images} images; bright is where.`
            : `${task.step} …`;
  };
  const look = async () => {
    const layer = network.layers[state.layer];
    byId("channel").hidden = !layer.profiled;
    describe();
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    found.replaceChildren();
    cancel.hidden = progress.hidden = true;
    if (state.kernel === null || !layer.profiled) {
      status.textContent = "Choose a kernel to see the images that excite it.";
      return;
    }
    try {
      const request = { layer: layer.index, kernel: state.kernel };
      const task = await follow("channels", request, (news) => !signal.aborted && tell(news), signal);
      if (!signal.aborted && task.state === "done") {
        const figures = await Promise.all(task.result.strongest.map(draw));
        if (!signal.aborted) {
          found.replaceChildren(...figures);
        }
      }
    } catch (error) {
      if (!signal.aborted) {
        cancel.hidden = progress.hidden = true;
        status.textContent = error.message;
      }
    }
  };
  on(["layer", "kernel"], look);
  onCut(describe);
  look();
}

/** The image, dark where the channel is not excited. */
async function draw(one) {
  const photo = await image(`/api/pictures/${one.picture}?width=240`);
  const [shade, shading] = canvas(one.width, one.height);
  const dark = shading.createImageData(one.width, one.height);
  bytes(one.activation).forEach((activation, i) => {
    dark.data[4 * i + 3] = Math.round(255 * DARKEST * (1 - (activation / 255) ** 0.6));
  });
  shading.putImageData(dark, 0, 0);
  const [drawing, context] = canvas(photo.naturalWidth, photo.naturalHeight);
  context.drawImage(photo, 0, 0);
  context.drawImage(shade, 0, 0, drawing.width, drawing.height);
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", `${one.name}, bright where it excites the channel`);
  const caption = element("figcaption", {}, one.name, element("span", { className: "quiet" }, ` ${one.peak.toPrecision(3)}`));
  return element("figure", {}, drawing, caption);
}
