// A zip that grows file by file: what is packed is handed to the browser in pieces, which may keep them on the disk.
import { Zip, ZipDeflate, ZipPassThrough } from "fflate";

const PIECE = 1_000_000; // bytes held in memory before the browser takes them

export class Bundle {
  private pieces: Blob[] = [];
  private held: Uint8Array<ArrayBuffer>[] = [];
  private size = 0;
  private readonly zip = new Zip((error, bytes) => {
    if (error) throw error;
    this.held.push(bytes as Uint8Array<ArrayBuffer>);
    this.size += bytes.length;
    if (this.size > PIECE) this.handOver();
  });

  // Photographs and sealed bytes do not get smaller; words do.
  add(name: string, bytes: Uint8Array, how: "words" | "asItIs"): void {
    const file = how === "words" ? new ZipDeflate(name) : new ZipPassThrough(name);
    this.zip.add(file);
    file.push(bytes, true);
  }
  end(): Blob[] {
    this.zip.end();
    this.handOver();
    return this.pieces;
  }
  private handOver(): void {
    this.pieces.push(new Blob(this.held));
    this.held = [];
    this.size = 0;
  }
}
