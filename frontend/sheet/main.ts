// The page of a form on paper: its styles, and a button that prints.
import "./sheet.scss";

for (const button of document.querySelectorAll<HTMLElement>("[data-print]")) {
  button.addEventListener("click", () => window.print());
}
