// What the engine needs of a browser, tried before it is started.

/** The smallest module with a 128-bit vector in it. */
const SIMD = Uint8Array.of(
  ...[0, 97, 115, 109, 1, 0, 0, 0, 1, 5, 1, 96, 0, 1, 123, 3, 2, 1, 0, 10, 10, 1, 8, 0],
  ...[65, 0, 253, 15, 253, 98, 11],
);

/** A sentence on what is missing, and a way on; `undefined` where nothing is. */
export function missing(): string | undefined {
  if (typeof Worker === 'undefined') {
    return 'This browser starts no workers, in which the training would run. Please switch them on for this site, or open the page in a current Firefox, Chrome, Edge or Safari.';
  }
  if (typeof WebAssembly === 'undefined') {
    return 'This browser runs no WebAssembly, in which the training computes; some lock it in a strict mode. Please allow it for this site, or open the page in a current Firefox, Chrome, Edge or Safari.';
  }
  if (!WebAssembly.validate(SIMD)) {
    return 'This browser’s WebAssembly has no 128-bit vectors (SIMD), in which the training computes. Firefox 89, Chrome 91, Edge 91 and Safari 16.4, and all later ones, have them; the processor must be younger than about 2009.';
  }
  return undefined;
}
