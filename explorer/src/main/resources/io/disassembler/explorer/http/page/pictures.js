// Pictures: which one is looked at, those with the largest loss first.
import { get, upload } from "./api.js";
import { byId, element, image, say } from "./dom.js";
import { maskFigures, maskKeys, masksOf, maskWords } from "./masks.js";
import { cut, onCut, renew } from "./numbers.js";
import { change, on, state } from "./state.js";

const PAGE = 12;

export async function showPictures(network) {
  const { pictures } = await get("/api/pictures");
  const strip = element("div", { className: "strip", aria: { role: "group", label: "Pictures" } });
  const more = element("button", { type: "button", className: "small" }, "More");
  const sort = element(
    "select",
    { id: "sort" },
    element("option", { value: "loss" }, "largest loss first"),
    element("option", { value: "name" }, "by name"),
  );
  const facts = element("p", { className: "quiet", id: "picture-facts" });
  const status = element("p", { className: "quiet", id: "picture-status", aria: { role: "status" } });
  const shown = element("div", { className: "shown" });
  const masks = element("div", { className: "masks" });
  const legend = element("ul", { className: "legend" });
  const order = element("div", { className: "row" }, facts, element("label", { className: "fields" }, "Order ", sort));
  byId("pictures").append(order, strip, status, shown, masks, legend);
  explain(network, facts);

  const buttons = new Map();
  const dropped = [];
  let room = PAGE;
  const losses = () => new Map((cut.result?.quality?.images ?? []).map(({ picture, loss }) => [picture, loss]));
  const arrange = () => {
    const known = losses();
    const all = [...dropped, ...pictures];
    const rank = (picture) => (dropped.includes(picture) ? Infinity : (known.get(picture.id) ?? -Infinity));
    const sorted = state.sort === "loss" ? all.sort((a, b) => rank(b) - rank(a) || 0) : all;
    const chosen = sorted.findIndex((picture) => picture.id === state.picture);
    room = Math.max(room, chosen + 1);
    const focused = document.activeElement;
    strip.replaceChildren(...sorted.slice(0, room).map((picture) => thumb(picture, known)), more);
    if (strip.contains(focused)) {
      focused.focus({ preventScroll: true });
    }
    more.hidden = room >= sorted.length;
    sort.value = state.sort;
    mark();
  };
  const thumb = (picture, known) => {
    if (!buttons.has(picture.id)) {
      const small = element("img", { alt: "", loading: "lazy", src: `/api/pictures/${picture.id}?width=160` });
      const button = element(
        "button",
        { type: "button", className: "thumb", title: picture.name },
        small,
        element("span", { className: "name" }, picture.name),
        element("span", { className: "loss" }),
      );
      button.addEventListener("click", () => change({ picture: picture.id }));
      buttons.set(picture.id, button);
    }
    const button = buttons.get(picture.id);
    const loss = known.get(picture.id);
    button.lastChild.textContent = loss === undefined ? "not measured" : lost(loss);
    return button;
  };
  const mark = () => buttons.forEach((button, id) => button.setAttribute("aria-pressed", id === state.picture));
  more.addEventListener("click", () => {
    room += PAGE;
    arrange();
  });
  sort.addEventListener("change", () => change({ sort: sort.value }));

  const numberOf = (name) => network.categories.findIndex((category) => category.name === name);
  let running = null;
  // A cut is told of in several steps; masks need asking for only when it is there.
  let last = null;
  let found = null;
  const draw = () => {
    if (found) {
      const { answer, photo, url } = found;
      const name = answer.names.indexOf(network.categories[state.shown]?.name);
      shown.replaceChildren(...(answer.independent ? [choice(answer.names, Math.max(0, name), numberOf)] : []));
      masks.replaceChildren(...maskFigures(answer, photo, url, Math.max(0, name)));
      legend.replaceChildren(...maskKeys(answer, numberOf));
      say(status, maskWords(answer));
    }
  };
  const compare = async () => {
    mark();
    running?.abort();
    running = new AbortController();
    const { signal } = running;
    if (cut.id === null || !cut.result?.bytes || state.picture === null) {
      return;
    }
    masks.classList.add("stale");
    const url = `/api/pictures/${state.picture}`;
    try {
      const [answer, photo] = await Promise.all([
        get(`/api/cuts/${cut.id}/masks/${state.picture}`, signal),
        image(`${url}?width=640`),
      ]);
      if (!signal.aborted) {
        masks.classList.remove("stale");
        found = { answer: masksOf(answer, numberOf), photo, url };
        draw();
      }
    } catch (error) {
      if (!signal.aborted) {
        say(status, error.message, true);
        if (error.status === 404 && error.message.includes("sub-network")) {
          last = null;
          renew();
        }
      }
    }
  };
  const drop = async (file) => {
    say(status, `Sending ${file.name} …`);
    try {
      if (file.size > network.limits.uploadBytes) {
        throw new Error(`${file.name}: larger than the ${network.limits.uploadBytes / 1e6} MB that the explorer takes.`);
      }
      const picture = await upload(`/api/pictures?name=${encodeURIComponent(file.name)}`, file);
      if (!buttons.has(picture.id)) {
        dropped.unshift(picture);
        room += 1;
      }
      arrange();
      change({ picture: picture.id });
      strip.scrollTo({ left: 0 });
    } catch (error) {
      say(status, error.message, true);
    }
  };
  dropping(drop);
  let measured = null;
  onCut(() => {
    if ((cut.result?.quality ?? null) !== measured) {
      measured = cut.result?.quality ?? null;
      arrange();
    }
    const now = cut.result?.bytes ? cut.id : null; // null if it is cancelled, too
    if (now !== last) {
      last = now;
      compare();
    }
  });
  on(["sort"], arrange);
  on(["shown"], draw);
  on(["picture"], compare);
  // What is asked for now makes the masks of what was asked for before pointless.
  on(["categories", "measure", "percent"], () => {
    last = null;
    running?.abort();
    masks.classList.add("stale");
  });
  arrange();
  if (state.picture === null && pictures.length > 0) {
    change({ picture: pictures[0].id });
  } else {
    compare();
  }
}

function explain(network, facts) {
  const bands = network.images.bands
    ? ` Images are of ${network.images.channels} bands; three are shown as red, green and blue.`
    : "";
  const independent = network.independent ? " A pixel may have several categories, so each has masks of its own." : "";
  facts.textContent = `Below each name: the IoU that the sub-network loses there, or gains, against the full network.${bands}${independent}`;
  if (network.images.bands) {
    byId("file").accept = "image/*,.npy,.tif,.tiff";
  }
}

/** How much IoU changes by the cut. */
const lost = (loss) => `IoU ${loss > 0 ? "−" : "+"}${Math.abs(loss).toFixed(3)}`;

/** Which of the categories is shown, of those that may be at the same pixel. */
function choice(names, now, numberOf) {
  const select = element("select", { id: "shown" }, ...names.map((name) => element("option", { value: name }, name)));
  select.value = names[now];
  select.addEventListener("change", () => change({ shown: numberOf(select.value) }));
  return element("label", { className: "fields" }, "Masks of ", select);
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
