// Starts the page: asks for the network, takes up what the address says, shows the parts.
import { get } from "./api.js";
import { byId, many, short } from "./dom.js";
import { showCategories } from "./categories.js";
import { showChannel } from "./channel.js";
import { showDownloads } from "./downloads.js";
import { showLayer } from "./layer.js";
import { showNetwork } from "./network.js";
import { showNumbers } from "./numbers.js";
import { showPictures } from "./pictures.js";
import { restore } from "./state.js";
import { showTried } from "./tried.js";

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

/** What the address asks for and the network does not have. */
function tellOfLink(wrong) {
  byId("link-trouble").hidden = wrong.length === 0;
  byId("link-words").textContent = wrong.length === 0 ? "" : `This link: ${wrong.join("; ")}.`;
}

/** On a phone the parts are far from each other. */
function showParts() {
  document.querySelectorAll("#parts button").forEach((button) => {
    button.addEventListener("click", () => {
      const title = byId(button.dataset.part);
      title.scrollIntoView({ block: "start" });
      title.focus({ preventScroll: true });
    });
  });
  byId("link-close").addEventListener("click", () => tellOfLink([]));
}

async function start() {
  showParts();
  const network = await get("/api/network");
  const { name, full, input, profiledImages } = network;
  document.title = `${name} – Disassembler explorer`;
  byId("model").textContent = name;
  byId("facts").textContent =
    `${short(full.parameters)} parameters · ${short(full.macs)} MACs at ${input.height} × ${input.width} · ` +
    `profiled on ${many(profiledImages, "image")}`;
  restore(network, initial(network), tellOfLink);
  showCategories(network);
  showNetwork(network);
  showLayer(network);
  showChannel(network);
  showTried(network);
  showNumbers(network);
  showDownloads();
  await showPictures(network);
  document.body.dataset.ready = "true";
}

start().catch((error) => {
  const trouble = byId("trouble");
  trouble.textContent = error.message;
  trouble.hidden = false;
});
