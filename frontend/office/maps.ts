// A point on a map and its line in the list beside it light up together.
export function linkMaps(root: ParentNode): void {
  for (const map of root.querySelectorAll<HTMLElement>("[data-map]")) {
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
}
