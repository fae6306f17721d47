// Drawings beside words, never instead of them.
const PATHS = {
  today: "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4M9 15l2 2 4-4",
  visits: "M12 21s-7-6.2-7-11a7 7 0 0 1 14 0c0 4.8-7 11-7 11zM12 12.5a2.5 2.5 0 1 0 0-5 2.5 2.5 0 0 0 0 5z",
  people: "M9 11a3.5 3.5 0 1 0 0-7 3.5 3.5 0 0 0 0 7zM2.5 20c0-3.6 2.9-6 6.5-6s6.5 2.4 6.5 6M16 4.5a3.3 3.3 0 0 1 0 6.3M18 14.5c2.2.8 3.5 2.8 3.5 5.5",
  unsent: "M12 15V4M8 8l4-4 4 4M4 14v6h16v-6",
  guidance: "M4 5c3-1.3 6-1 8 1v14c-2-2-5-2.3-8-1zM20 5c-3-1.3-6-1-8 1v14c2-2 5-2.3 8-1z",
  settings: "M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM19 12l2-1-1.5-3.5-2.2.7-1.5-1.5.7-2.2L13 3l-1 2-1-2-3.5 1.5.7 2.2-1.5 1.5-2.2-.7L3 11l2 1-2 1 1.5 3.5 2.2-.7 1.5 1.5-.7 2.2L11 21l1-2 1 2 3.5-1.5-.7-2.2 1.5-1.5 2.2.7L21 13z",
  back: "M15 5l-7 7 7 7",
  go: "M9 5l7 7-7 7",
  plus: "M12 5v14M5 12h14",
  done: "M5 13l4 4L19 7",
  share: "M12 14V3M8 7l4-4 4 4M6 11H4v10h16V11h-2",
  hand: "M7 12V6a1.5 1.5 0 0 1 3 0v5M10 11V4.5a1.5 1.5 0 0 1 3 0V11M13 11V6a1.5 1.5 0 0 1 3 0v6M16 12V9a1.5 1.5 0 0 1 3 0v6c0 4-2.5 6-6 6-3 0-4.5-1.5-6-4l-2.5-4.5a1.5 1.5 0 0 1 2.5-1.5l0 0z",
};
export type Icon = keyof typeof PATHS;

const SVG = "http://www.w3.org/2000/svg";

export function icon(name: Icon): SVGSVGElement {
  const drawing = document.createElementNS(SVG, "svg");
  drawing.setAttribute("viewBox", "0 0 24 24");
  drawing.setAttribute("class", "icon");
  drawing.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", PATHS[name]);
  drawing.append(path);
  return drawing;
}
