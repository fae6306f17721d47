// One tab at a time: a name is held until it is let go of or the tab ends.

// What lets go of it, or null when another tab holds it.
export async function hold(name: string): Promise<(() => void) | null> {
  if (!navigator.locks) return () => undefined;
  return new Promise((resolve) => {
    void navigator.locks.request(name, { ifAvailable: true }, (lock) => {
      if (!lock) {
        resolve(null);
        return undefined;
      }
      return new Promise<void>((letGo) => resolve(letGo));
    });
  });
}
