// Keeps the words of a matrix cell as soon as they are written. A cell that could not be kept says so.
export function keepSummaries(): void {
  document.addEventListener("change", (event) => {
    const cell = event.target as HTMLTextAreaElement;
    if (!cell.matches("textarea[data-summary]")) return;
    const { url, who, code, wave } = cell.dataset;
    const headers = { "Content-Type": "application/json", "X-CSRFToken": document.querySelector<HTMLInputElement>("[name=csrfmiddlewaretoken]")?.value ?? "" };
    const body = JSON.stringify({ who: Number(who), code: Number(code), wave, text: cell.value });
    fetch(url as string, { method: "POST", headers, body })
      .then((answer) => cell.classList.toggle("is-invalid", !answer.ok))
      .catch(() => cell.classList.add("is-invalid"));
  });
}
