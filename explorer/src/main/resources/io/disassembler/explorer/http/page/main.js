// Starts the page: asks for the network, takes up what the address says, shows the parts.
import { get } from "./api.js";
import { byId, short } from "./dom.js";
import { showCategories } from "./categories.js";
import { showChannel } from "./channel.js";
import { showLayer } from "./layer.js";
import { showNetwork } from "./network.js";
import { showNumbers } from "./numbers.js";
import { showPictures } from "./pictures.js";
import { restore } from "./state.js";

/** What is shown to those who come without a link: one category, half of the MACs. */
function initial(network) {
  const known = network.categories.map((category) => category.images);
  const layer = network.layers.findLastIndex((one) => one.profiled);
  return {
    categories: [Math.max(0, known.indexOf(Math.max(...known)))],
    percent: Math.max(50, network.least.macs),
    layer: Math.max(0, layer),
  };
}

async function start() {
  const network = await get("/api/network");
  const { name, full, input, profiledImages } = network;
  document.title = `${name} – Disassembler explorer`;
  byId("model").textContent = name;
  byId("facts").textContent =
    `${short(full.parameters)} parameters · ${short(full.macs)} MACs at ${input.height} × ${input.width} · ` +
    `profiled on ${profiledImages} images`;
  restore(network, initial(network));
  showCategories(network);
  showNetwork(network);
  showLayer(network);
  showChannel(network);
  showNumbers(network);
  await showPictures(network);
  document.body.dataset.ready = "true";
}

start().catch((error) => {
  const trouble = byId("trouble");
  trouble.textContent = error.message;
  trouble.hidden = false;
});
