// What a published form says about itself beyond its questions: which hold files, what they mean, and what
// they save to which list.
export interface Outline {
  root: string; // the form's id
  version: string;
  binary: string[]; // paths of questions that hold a file
  meanings: Record<string, string[]>; // mlezi:as → paths
  saves: { path: string; property: string }[]; // entities:saveto
  updates: string[]; // lists of which the form changes rows
}

const ENTITIES = /\/entities(\/|$)/;

export function outline(xml: string): Outline {
  const page = new DOMParser().parseFromString(xml, "text/xml");
  const instance = page.getElementsByTagNameNS("*", "instance")[0]?.firstElementChild;
  if (!instance || page.getElementsByTagName("parsererror").length) throw new Error("not a form");
  const found: Outline = {
    root: instance.getAttribute("id") ?? "",
    version: instance.getAttribute("version") ?? "",
    binary: [],
    meanings: {},
    saves: [],
    updates: [],
  };
  for (const bind of page.getElementsByTagNameNS("*", "bind")) {
    const path = bind.getAttribute("nodeset") ?? "";
    if (bind.getAttribute("type") === "binary") found.binary.push(path);
    for (const attribute of bind.attributes) {
      if (attribute.localName === "saveto" && ENTITIES.test(attribute.namespaceURI ?? "")) found.saves.push({ path, property: attribute.value });
      if (attribute.localName === "as" && attribute.namespaceURI) (found.meanings[attribute.value] ??= []).push(path);
    }
  }
  for (const entity of page.getElementsByTagNameNS("*", "entity")) {
    const list = entity.getAttribute("dataset");
    if (list && entity.hasAttribute("update")) found.updates.push(list);
  }
  return found;
}

// The elements of a record at a form's path, in every row of the repeats on the way.
export function at(record: Element, path: string): Element[] {
  const [, , ...names] = path.split("/");
  let here = [record];
  for (const name of names) here = here.flatMap((one) => [...one.children].filter((child) => child.localName === name.replace(/^.*:/, "")));
  return here;
}

export function parsed(xml: string): Element {
  const page = new DOMParser().parseFromString(xml, "text/xml");
  if (page.getElementsByTagName("parsererror").length) throw new Error("not a record");
  return page.documentElement;
}

// Names of the files that a record mentions: these, and no flag, say when it is whole.
export function filesOf(record: Element, form: Outline): string[] {
  const named = form.binary.flatMap((path) => at(record, path).map((one) => one.textContent?.trim() ?? ""));
  return [...new Set(named.filter(Boolean))];
}
export function valueOf(record: Element, form: Outline, meaning: string): string {
  return (form.meanings[meaning] ?? []).flatMap((path) => at(record, path)).map((one) => one.textContent?.trim() ?? "").find(Boolean) ?? "";
}
export function nameOf(record: Element): string {
  return record.getElementsByTagNameNS("*", "instanceName")[0]?.textContent?.trim() ?? "";
}
