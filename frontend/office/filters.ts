// A filter bar is a plain GET form. Where scripts run, a choice is sent as soon as it is made.
export function sendOnChange(): void {
  for (const form of document.querySelectorAll<HTMLFormElement>("form[data-send-on-change]")) {
    form.classList.add("is-live");
  }
  document.addEventListener("change", (event) => {
    const field = event.target as HTMLElement;
    const form = field.closest<HTMLFormElement>("form[data-send-on-change]");
    if (form && field.matches("select, input[type=date], input[type=month], input[type=checkbox]")) form.requestSubmit();
  });
}
