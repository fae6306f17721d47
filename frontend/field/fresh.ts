// The service worker and the invitation to install. A new version waits until nobody is in the middle of a form.
import type { App } from "./app";

const HOUR = 3_600_000;

export function keepFresh(app: App): void {
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    app.offerInstall(event as Event & { prompt: () => Promise<unknown> });
  });
  addEventListener("appinstalled", () => app.offerInstall(null));
  void register(app).catch((error) => console.error(error));
}

async function register(app: App): Promise<void> {
  const had = Boolean(navigator.serviceWorker.controller);
  const found = await navigator.serviceWorker.register(app.config.worker, { scope: app.config.home });
  const offer = (): void => {
    const waiting = found.waiting;
    if (!waiting || !navigator.serviceWorker.controller) return;
    app.offerRenewal(() => {
      navigator.serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
      waiting.postMessage("take over");
    });
  };
  if (had) offer();
  found.addEventListener("updatefound", () => found.installing?.addEventListener("statechange", offer));
  setInterval(() => navigator.onLine && void found.update().catch(() => undefined), HOUR);
}
