// Pictures that become large when they are clicked.
import { byId, element } from "./dom.js";

const LARGE = 1024;

/**
 * A figure that becomes large when it is clicked.
 *
 * @param drawing as it is shown at first
 * @param redraw makes a canvas of a picture of so many pixels' width
 */
export function enlargeable(title, drawing, caption, redraw) {
  drawing.setAttribute("role", "img");
  drawing.setAttribute("aria-label", title);
  const button = element("button", { type: "button", className: "enlarge", title: "Enlarge" }, drawing);
  button.setAttribute("aria-label", `Enlarge: ${title}`);
  button.addEventListener("click", () => open(title, redraw));
  return element("figure", {}, button, element("figcaption", {}, ...caption));
}

async function open(title, redraw) {
  const dialog = byId("large");
  byId("large-title").textContent = title;
  const frame = byId("large-picture");
  frame.replaceChildren("Fetching …");
  dialog.onclick = (event) => event.target === dialog && dialog.close();
  dialog.showModal();
  try {
    const drawing = await redraw(LARGE);
    drawing.setAttribute("role", "img");
    drawing.setAttribute("aria-label", title);
    frame.replaceChildren(drawing);
  } catch (error) {
    frame.replaceChildren(element("p", { className: "bad" }, error.message));
  }
}
