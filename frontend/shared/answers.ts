// What the server says in an OpenRosa answer, for a person to read.
export function messageIn(body: string): string {
  const page = new DOMParser().parseFromString(body, "text/xml");
  return page.getElementsByTagNameNS("*", "message")[0]?.textContent?.trim() ?? "";
}
