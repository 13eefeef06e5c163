// One kernel: the images, and the places in them, that excite its channel most.
import { follow, leave } from "./api.js";
import { heat } from "./colors.js";
import { byId, bytes, canvas, element, image, many, say } from "./dom.js";
import { enlargeable } from "./enlarge.js";
import { scale } from "./layer.js";
import { keptKernels } from "./network.js";
import { onCut } from "./numbers.js";
import { change, on, state } from "./state.js";

const OPACITY = 0.8;
const SMALL = 320;
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
  const legend = scale("none", "the channel's largest activation in that image");
  legend.hidden = true;
  byId("channel").append(form, status, progress, cancel, legend, found);

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
    if (task.state === "failed") {
      say(status, task.error, true);
    } else if (task.state === "cancelled") {
      say(status, "Cancelled; choose the kernel again to go on.");
    } else {
      say(status, over ? explain(result) : `${task.step} …`);
    }
  };
  const look = async () => {
    const layer = network.layers[state.layer];
    byId("channel").hidden = !layer.profiled;
    describe();
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    found.replaceChildren();
    legend.hidden = true;
    cancel.hidden = progress.hidden = true;
    if (state.kernel === null || !layer.profiled) {
      say(status, "Choose a kernel to see the images that excite it.");
      return;
    }
    try {
      const request = { layer: layer.index, kernel: state.kernel };
      const task = await follow("channels", request, (news) => !signal.aborted && tell(news), signal);
      if (!signal.aborted && task.state === "done") {
        const { strongest, usual } = task.result;
        const figures = await Promise.all(strongest.map((one) => figure(one, usual)));
        if (!signal.aborted) {
          legend.hidden = figures.length === 0;
          found.replaceChildren(...figures);
        }
      }
    } catch (error) {
      if (!signal.aborted) {
        cancel.hidden = progress.hidden = true;
        say(status, error.message, true);
      }
    }
  };
  on(["layer", "kernel"], look);
  onCut(describe);
  look();
}

/** The image, in the colours of the scale where it excites the channel. */
async function draw(one, width) {
  const photo = await image(`/api/pictures/${one.picture}?width=${width}`);
  const [layer, painting] = canvas(one.width, one.height);
  const painted = painting.createImageData(one.width, one.height);
  bytes(one.activation).forEach((activation, i) => {
    const share = activation / 255;
    painted.data.set([...heat(share), Math.round(255 * OPACITY * share ** 1.5)], 4 * i);
  });
  painting.putImageData(painted, 0, 0);
  const [drawing, context] = canvas(photo.naturalWidth, photo.naturalHeight);
  context.filter = "saturate(0.35)";
  context.drawImage(photo, 0, 0);
  context.filter = "none";
  context.imageSmoothingQuality = "high";
  context.drawImage(layer, 0, 0, drawing.width, drawing.height);
  return drawing;
}

async function figure(one, usual) {
  const above = usual && usual.deviation > 0 ? `, mean + ${((one.peak - usual.mean) / usual.deviation).toFixed(1)} σ` : "";
  return enlargeable(
    `${one.name}, coloured where it excites the channel`,
    await draw(one, SMALL),
    [one.name, " ", element("span", { className: "quiet" }, `${one.peak.toPrecision(3)}${above}`)],
    (width) => draw(one, width),
  );
}

/** What was found, and what its numbers are. */
function explain({ images, strongest, featureMap, usual }) {
  if (strongest.length === 0) {
    return `None of ${many(images, "image")} excites it.`;
  }
  const often = usual
    ? ` Over all pixels of the profiled images its mean is ${usual.mean.toPrecision(2)}, its standard deviation (σ) ${usual.deviation.toPrecision(2)}.`
    : "";
  return (
    `The most exciting of ${many(images, "image")}. Numbers are the channel's largest activation in the image, ` +
    `in the network's own unit, which has no name, as ${featureMap} holds it.${often}`
  );
}
