// What to keep: categories, and how much.
import { byId, debounced, element } from "./dom.js";
import { categoryColor } from "./colors.js";
import { change, on, state } from "./state.js";

const SETTLED_MS = 120;

export function showCategories(network) {
  const all = network.categories.map((_, c) => c);
  const buttons = network.categories.map((category, c) => {
    const swatch = element("i", { className: "swatch" });
    swatch.style.background = categoryColor(c);
    const button = element("button", { type: "button", className: "chip" }, swatch, category.name);
    button.title = `${category.images} profiled images show it.`;
    if (category.images === 0) {
      button.title = "No profiled image shows it: what it relies on is not known.";
      button.append(element("span", { className: "quiet" }, " (not profiled)"));
    }
    button.addEventListener("click", () => {
      const rest = state.categories.filter((other) => other !== c);
      const chosen = rest.length < state.categories.length ? rest : [...rest, c];
      change({ categories: chosen.sort((a, b) => a - b) });
    });
    return button;
  });
  byId("categories").append(...buttons);
  byId("all").addEventListener("click", () => change({ categories: all }));
  byId("none").addEventListener("click", () => change({ categories: [] }));
  const show = () =>
    buttons.forEach((button, c) => button.setAttribute("aria-pressed", state.categories.includes(c)));
  on(["categories"], show);
  show();
  showBudget(network);
}

function showBudget(network) {
  const slider = byId("budget");
  const output = byId("percent");
  const radios = [...document.querySelectorAll("input[name=measure]")];
  const settle = debounced(() => change({ percent: Number(slider.value) }), SETTLED_MS);
  const write = (percent) => {
    output.textContent = `${percent} %`;
    slider.setAttribute("aria-valuetext", `${percent} percent of the ${state.measure}`);
  };
  const show = () => {
    slider.min = network.least[state.measure];
    slider.value = state.percent;
    write(state.percent);
    radios.forEach((radio) => (radio.checked = radio.value === state.measure));
  };
  slider.addEventListener("input", () => {
    write(slider.value);
    settle();
  });
  radios.forEach((radio) =>
    radio.addEventListener("change", () => {
      const percent = Math.max(state.percent, network.least[radio.value]);
      change({ measure: radio.value, percent });
    }),
  );
  on(["percent", "measure"], show);
  show();
}
