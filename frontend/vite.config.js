// Builds every folder here that has a `main.ts` into the Python package, with a manifest that
// templates read. A new folder needs no line in this file.
import { copyFileSync, existsSync, mkdirSync, readdirSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { defaultClientConditions, defineConfig } from "vite";

const here = dirname(fileURLToPath(import.meta.url));
const built = resolve(here, "../src/mlezi/plumbing/static/built");
const entries = readdirSync(here)
  .filter((name) => name !== "node_modules" && existsSync(join(here, name, "main.ts")))
  .map((name) => [name, join(here, name, "main.ts")]);

// Documents and server-drawn charts set the same type as the pages, from files the server can read.
function fontsForDocuments() {
  const folder = "node_modules/@expo-google-fonts/atkinson-hyperlegible-next";
  const faces = ["400Regular", "400Regular_Italic", "700Bold"];
  return {
    name: "fonts-for-documents",
    closeBundle() {
      const to = join(built, "document-fonts");
      mkdirSync(to, { recursive: true });
      for (const face of faces) {
        const file = `AtkinsonHyperlegibleNext_${face}.ttf`;
        copyFileSync(join(here, folder, face, file), join(to, file));
      }
      copyFileSync(join(here, folder, "LICENSE_FONT"), join(to, "LICENSE.txt"));
    },
  };
}

export default defineConfig({
  root: here,
  base: "./",
  publicDir: false,
  // The form engine then shares one copy of its reactive core with our own pages.
  resolve: { conditions: ["solid", ...defaultClientConditions] },
  build: {
    outDir: built,
    emptyOutDir: true,
    manifest: "manifest.json",
    target: "es2022",
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    rollupOptions: {
      input: Object.fromEntries(entries),
      preserveEntrySignatures: "exports-only",
      // The phone's service worker is found by its name; the server writes its facts in front of it.
      output: { entryFileNames: ({ name }) => (name === "worker" ? "worker.js" : "assets/[name]-[hash].js") },
    },
  },
  css: {
    preprocessorOptions: {
      scss: { quietDeps: true, silenceDeprecations: ["import", "global-builtin", "color-functions", "if-function"], loadPaths: [join(here, "node_modules")] },
    },
  },
  plugins: [fontsForDocuments()],
});
