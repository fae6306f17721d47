// Makes elements whose words and states follow the form. A property given as a function is read again
// whenever something it reads changes.
import { createEffect, createRoot, createSignal, getOwner, onCleanup, runWithOwner, untrack } from "solid-js";

type Value = string | number | boolean | null | undefined;
type Property = Value | (() => Value) | ((event: never) => unknown);
export type Child = Node | string | null | undefined | false | (() => string);

const AS_PROPERTY = new Set(["value", "checked", "disabled", "hidden", "open", "required", "multiple", "inert"]);

export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  properties: Record<string, Property> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.startsWith("on") && typeof value === "function") {
      element.addEventListener(name.slice(2), value as EventListener);
    } else if (typeof value === "function") {
      createEffect(() => put(element, name, (value as () => Value)()));
    } else {
      put(element, name, value);
    }
  }
  for (const child of children) append(element, child);
  return element;
}

// Says that an answer changed after the event that began it: a picture made smaller, a position found.
export function changed(inside: HTMLElement): void {
  inside.dispatchEvent(new Event("change", { bubbles: true }));
}

function put(element: HTMLElement, name: string, value: Value): void {
  if (AS_PROPERTY.has(name)) {
    (element as unknown as Record<string, unknown>)[name] = value ?? "";
  } else if (value === false || value === null || value === undefined) {
    element.removeAttribute(name);
  } else {
    element.setAttribute(name, value === true ? "" : String(value));
  }
}

function append(element: HTMLElement, child: Child): void {
  if (child === null || child === undefined || child === false) return;
  if (typeof child !== "function") {
    element.append(child);
    return;
  }
  const text = document.createTextNode("");
  createEffect(() => (text.data = child()));
  element.append(text);
}

// Keep the children of `holder` in step with `items`: what stays keeps its element and its focus.
export function follow<T>(
  holder: HTMLElement,
  items: () => readonly T[],
  key: (item: T) => string,
  make: (item: T, at: () => number) => Node,
): void {
  const shown = new Map<string, { node: Node; dispose: () => void; move: (at: number) => void }>();
  const owner = getOwner();
  createEffect(() => {
    const wanted = items();
    const keys = wanted.map(key);
    for (const [old, { node, dispose }] of shown) {
      if (keys.includes(old)) continue;
      dispose();
      node.parentNode?.removeChild(node);
      shown.delete(old);
    }
    wanted.forEach((item, index) => {
      let found = shown.get(keys[index]);
      if (!found) {
        const [at, move] = createSignal(index);
        found = untrack(() =>
          runWithOwner(owner, () => createRoot((dispose) => ({ node: make(item, at), dispose, move }))),
        )!;
        shown.set(keys[index], found);
      }
      found.move(index);
      if (holder.childNodes[index] !== found.node) holder.insertBefore(found.node, holder.childNodes[index] ?? null);
    });
  });
  onCleanup(() => shown.forEach(({ dispose }) => dispose()));
}
