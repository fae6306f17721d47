// The engine room of the phone app: everything below the screens. The screens know this file only.
export * from "./types";
export { openDevice } from "./device";
