// A point on a map and its line in the list beside it light up together; Tab comes to a map once, arrows go on from there.
export function linkMaps(root: ParentNode): void {
  for (const map of root.querySelectorAll<HTMLElement>("[data-map]")) {
    lightTogether(map);
    walkByArrows(map);
  }
}

function lightTogether(map: HTMLElement): void {
  const partners = new Map<string, Element[]>();
  for (const part of map.querySelectorAll("[data-place]")) {
    const key = part.getAttribute("data-place") ?? "";
    partners.set(key, [...(partners.get(key) ?? []), part]);
  }
  const light = (event: Event, on: boolean): void => {
    const part = (event.target as Element).closest?.("[data-place]");
    for (const one of partners.get(part?.getAttribute("data-place") ?? "") ?? []) one.classList.toggle("is-lit", on);
  };
  for (const name of ["pointerover", "focusin"]) map.addEventListener(name, (event) => light(event, true));
  for (const name of ["pointerout", "focusout"]) map.addEventListener(name, (event) => light(event, false));
}

const WAYS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

function walkByArrows(map: HTMLElement): void {
  const points = [...map.querySelectorAll<SVGAElement>("svg a[href]")];
  const drawing = points[0]?.ownerSVGElement;
  if (!drawing) return;
  const stopAt = (here: SVGAElement): void => {
    for (const one of points) one.setAttribute("tabindex", one === here ? "0" : "-1");
  };
  stopAt(points[0]);
  drawing.setAttribute("aria-keyshortcuts", Object.keys(WAYS).join(" "));
  drawing.addEventListener("focusin", (event) => {
    const here = (event.target as Element).closest<SVGAElement>("a[href]");
    if (here) stopAt(here);
  });
  drawing.addEventListener("keydown", (event) => {
    const here = (event.target as Element).closest<SVGAElement>("a[href]");
    const way = WAYS[event.key];
    if (!here || !way || event.altKey || event.ctrlKey || event.metaKey) return;
    event.preventDefault(); // the page stays where it is
    nearest(here, points, way)?.focus();
  });
}

/** The nearest point that lies that way: what lies aside counts as farther. */
function nearest(here: SVGAElement, points: SVGAElement[], [x, y]: [number, number]): SVGAElement | undefined {
  const from = middle(here);
  const far = (one: SVGAElement): number => {
    const to = middle(one);
    const ahead = (to.x - from.x) * x + (to.y - from.y) * y;
    const aside = Math.abs((to.x - from.x) * y) + Math.abs((to.y - from.y) * x);
    return ahead > 0.5 && aside <= 2 * ahead ? ahead + 2 * aside : Infinity;
  };
  const [best] = points.map((one) => [far(one), one] as const).sort((a, b) => a[0] - b[0]);
  return best && best[0] < Infinity ? best[1] : undefined;
}

function middle(one: Element): DOMPoint {
  const box = one.getBoundingClientRect();
  return new DOMPoint(box.x + box.width / 2, box.y + box.height / 2);
}
