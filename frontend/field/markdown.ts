// Enough Markdown for guidance: headings, lists, paragraphs, bold and italic. Never HTML of a file's own.
import { h } from "../form/dom";

export function markdown(text: string): HTMLElement {
  const made = h("div", { class: "prose" });
  for (const block of text.replace(/\r\n?/g, "\n").split(/\n{2,}/)) {
    const lines = block.split("\n").filter((line) => line.trim());
    if (lines.length) made.append(drawn(lines));
  }
  return made;
}

function drawn(lines: string[]): HTMLElement {
  const heading = /^(#{1,4})\s+(.*)$/.exec(lines[0]);
  if (heading && lines.length === 1) return spans(heading[1].length === 1 ? "h2" : "h3", heading[2]);
  if (heading) {
    const both = h("div", {}, spans(heading[1].length === 1 ? "h2" : "h3", heading[2]), drawn(lines.slice(1)));
    return both;
  }
  if (lines.every((line) => /^\s*([-*]|\d+[.)])\s|^\s{2,}/.test(line))) {
    const list = h(/^\s*\d/.test(lines[0]) ? "ol" : "ul");
    for (const line of lines) {
      const item = /^\s*(?:[-*]|\d+[.)])\s+(.*)$/.exec(line);
      if (item) list.append(spans("li", item[1]));
      else list.lastElementChild?.append(` ${line.trim()}`);
    }
    return list;
  }
  return spans("p", lines.join(" "));
}

function spans(tag: "p" | "li" | "h2" | "h3", text: string): HTMLElement {
  const made = h(tag);
  for (const piece of text.split(/(\*\*[^*]+\*\*|\*[^*]+\*|_[^_]+_)/)) {
    if (piece.startsWith("**") && piece.length > 4) made.append(h("strong", {}, piece.slice(2, -2)));
    else if (/^([*_]).+\1$/.test(piece)) made.append(h("em", {}, piece.slice(1, -1)));
    else made.append(piece);
  }
  return made;
}
