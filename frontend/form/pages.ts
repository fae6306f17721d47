// Cuts a form into pages. A labelled group or a field list is a page; a repeat is a page with all its rows;
// questions that stand alone between them share one. A group that only holds other groups is no page itself.
import type { Part } from "../engine";

export interface Page {
  key: string;
  title: string;
  parts: Part[];
}

const MOST_LOOSE = 6; // questions without a group on one page

export function pagesOf(whole: Part): Page[] {
  const pages: Page[] = [];
  let loose: Part[] = [];
  const close = (title: string): void => {
    for (let at = 0; at < loose.length; at += MOST_LOOSE) {
      const parts = loose.slice(at, at + MOST_LOOSE);
      pages.push({ key: parts[0].id, title, parts });
    }
    loose = [];
  };
  const walk = (parent: Part, title: string): void => {
    for (const part of parent.children) {
      if (!part.isShown) continue;
      if (part.kind === "question" || part.kind === "note" || part.kind === "beyond") {
        loose.push(part);
        continue;
      }
      close(title);
      if (part.kind === "repeat" || isPage(part)) {
        pages.push({ key: part.id, title: part.label || title, parts: [part] });
      } else {
        walk(part, part.label || title);
        close(part.label || title);
      }
    }
    close(title);
  };
  walk(whole, "");
  return pages;
}

// Worth a page of its own: it asks for a field list, or holds nothing but questions.
function isPage(group: Part): boolean {
  if (group.looks("field-list")) return true;
  return !group.children.some((child) => child.kind === "group" || child.kind === "repeat");
}
