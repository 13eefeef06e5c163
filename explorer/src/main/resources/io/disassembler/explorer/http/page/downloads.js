// What can be taken home: the sub-network, its plan, its report.
import { download } from "./api.js";
import { byId, element, say } from "./dom.js";
import { cut, onCut, renew } from "./numbers.js";

export function showDownloads() {
  const files = [
    ["Sub-network (ONNX)", "Checking the sub-network …", "network.onnx"],
    ["Plan", "Fetching …", "plan.json"],
    ["Report", "Checking the sub-network, writing the report …", "report.html"],
  ];
  const status = byId("download-status");
  const buttons = files.map(([name, words, file]) => {
    const button = element("button", { type: "button", disabled: true }, name);
    button.addEventListener("click", async () => {
      say(status, words);
      try {
        save(await download(`/api/cuts/${cut.id}/${file}`));
        say(status, "Saved.");
      } catch (error) {
        say(status, error.message, true);
        if (error.status === 404) {
          renew();
        }
      }
    });
    return button;
  });
  byId("downloads").append(...buttons);
  onCut(() => {
    const made = Boolean(cut.id && cut.result?.bytes);
    const measured = Boolean(cut.id && cut.result?.latency);
    buttons.forEach((button, i) => (button.disabled = files[i][2] === "report.html" ? !measured : !made));
  });
}

function save({ blob, name }) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
