// How large words are. The phone's own setting counts first; this goes on from there.
export const SIZES = ["normal", "large", "largest"] as const;
const PERCENT: Record<string, string> = { normal: "100%", large: "125%", largest: "160%" };

export function applySize(size: string | null): void {
  document.documentElement.dataset.size = size ?? "";
  document.documentElement.style.fontSize = PERCENT[size ?? ""] ?? PERCENT.normal;
}
