// Lists as the server writes them: commas, quotes doubled, a header first.
export interface Table {
  columns: string[];
  rows: Record<string, string>[];
}

export function readCsv(written: string): Table {
  const [columns = [], ...lines] = cells(written);
  const rows = lines.filter((line) => line.length > 1 || line[0]);
  return { columns, rows: rows.map((line) => Object.fromEntries(columns.map((name, at) => [name, line[at] ?? ""]))) };
}

export function writeCsv(table: Table): string {
  const line = (values: string[]): string => values.map(quoted).join(",");
  return [line(table.columns), ...table.rows.map((row) => line(table.columns.map((name) => row[name] ?? "")))].join("\n") + "\n";
}

function quoted(value: string): string {
  return /[",\r\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value;
}

function cells(written: string): string[][] {
  const lines: string[][] = [];
  const cell = /(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n|\n|\r|$)/gy;
  let line: string[] = [];
  cell.lastIndex = written.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (cell.lastIndex < written.length) {
    const found = cell.exec(written);
    if (!found) throw new Error("not a CSV");
    line.push(found[1] !== undefined ? found[1].replaceAll('""', '"') : found[2]);
    if (found[3] === ",") {
      if (cell.lastIndex === written.length) line.push("");
      else continue;
    }
    lines.push(line);
    line = [];
  }
  if (line.length) lines.push(line);
  return lines;
}
