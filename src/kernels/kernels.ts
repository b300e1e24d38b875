// Loads the compiled kernels and types what they export. Addresses, widths and strides are in bytes; see assembly/.

import { assert } from '../core/assert.ts';
import { WASM } from './wasm.generated.ts';

/** The exports of assembly/index.ts. */
export interface Kernels {
  initialise(): void;
  setWideTiles(on: boolean): void;
  gemm(
    m: number,
    n: number,
    k: number,
    a: number,
    lda: number,
    b: number,
    panel: number,
    c: number,
    ldc: number,
    accumulate: boolean,
  ): void;
  gemmPacked(
    m: number,
    n: number,
    k: number,
    a: number,
    block: number,
    b: number,
    panel: number,
    c: number,
    ldc: number,
    accumulate: boolean,
  ): void;
  packPanels(k: number, n: number, b: number, ldb: number, to: number, panel: number): void;
  packPanelsTransposed(k: number, n: number, w: number, ldw: number, to: number): void;
  packBlocksTransposed(m: number, k: number, x: number, ldx: number, to: number, block: number): void;
  gruForward(
    rows: number,
    width: number,
    gates: number,
    h: number,
    next: number,
    x: number,
    index: number,
    biasN: number,
  ): void;
  gruBackward(
    rows: number,
    width: number,
    gates: number,
    h: number,
    dnext: number,
    dh: number,
    dx: number,
    index: number,
    dbiasN: number,
  ): void;
  add(bytes: number, x: number, y: number): void;
  addRow(rows: number, width: number, x: number, y: number): void;
  addRows(rows: number, width: number, x: number, ldx: number, y: number): void;
  gather(rows: number, width: number, x: number, index: number, y: number): void;
  gatherAdd(rows: number, width: number, x: number, index: number, y: number): void;
  scatterAdd(rows: number, width: number, x: number, index: number, y: number): void;
  meanPool(
    rows: number,
    width: number,
    longest: number,
    tokens: number,
    lengths: number,
    table: number,
    y: number,
  ): void;
  meanPoolBackward(
    rows: number,
    width: number,
    longest: number,
    tokens: number,
    lengths: number,
    dy: number,
    dtable: number,
  ): void;
  tanhForward(bytes: number, x: number, y: number): void;
  tanhBackward(bytes: number, y: number, dy: number, dx: number): void;
  policyForward(
    rows: number,
    actions: number,
    logits: number,
    ld: number,
    mask: number,
    ldMask: number,
    normaliser: number,
    entropy: number,
  ): void;
  policySample(
    rows: number,
    actions: number,
    logits: number,
    ld: number,
    normaliser: number,
    key0: number,
    key1: number,
    lanes: number,
    step: number,
    chosen: number,
  ): void;
  policyGreedy(rows: number, actions: number, logits: number, ld: number, chosen: number): void;
  policyLogProb(rows: number, logits: number, ld: number, normaliser: number, chosen: number, logProb: number): void;
  policyBackward(
    rows: number,
    actions: number,
    logits: number,
    ld: number,
    mask: number,
    ldMask: number,
    normaliser: number,
    entropy: number,
    chosen: number,
    weight: number,
    value: number,
    ldValue: number,
    dvalue: number,
    entropyWeight: number,
    uniformWeight: number,
  ): void;
  sumOfSquares(bytes: number, x: number): number;
  adam(
    bytes: number,
    parameters: number,
    gradients: number,
    m: number,
    v: number,
    scale: number,
    rate1: number,
    correction2: number,
    beta1: number,
    beta2: number,
    epsilon: number,
    keep: number,
  ): void;
  attendForward(
    rows: number,
    width: number,
    q: number,
    index: number,
    memory: number,
    stride: number,
    lengths: number,
    scale: number,
    shares: number,
    ldShares: number,
    y: number,
    ldy: number,
  ): void;
  attendBackward(
    rows: number,
    width: number,
    q: number,
    index: number,
    memory: number,
    stride: number,
    lengths: number,
    scale: number,
    shares: number,
    ldShares: number,
    slopes: number,
    dy: number,
    lddy: number,
    dq: number,
    dmemory: number,
  ): void;
  headsForward(
    rows: number,
    width: number,
    head: number,
    q: number,
    index: number,
    cache: number,
    stride: number,
    lengths: number,
    scale: number,
    shares: number,
    ldShares: number,
    y: number,
  ): void;
  headsBackward(
    rows: number,
    width: number,
    head: number,
    q: number,
    index: number,
    cache: number,
    stride: number,
    lengths: number,
    scale: number,
    shares: number,
    ldShares: number,
    slopes: number,
    y: number,
    dy: number,
    dq: number,
    dcache: number,
  ): void;
  layerNormForward(
    rows: number,
    width: number,
    x: number,
    gamma: number,
    beta: number,
    epsilon: number,
    normalised: number,
    inverse: number,
    y: number,
  ): void;
  layerNormBackward(
    rows: number,
    width: number,
    normalised: number,
    inverse: number,
    gamma: number,
    dy: number,
    dx: number,
    accumulate: boolean,
    dgamma: number,
    dbeta: number,
  ): void;
  geluForward(bytes: number, x: number, y: number): void;
  geluBackward(bytes: number, x: number, dy: number, dx: number): void;
  pointForward(
    rows: number,
    width: number,
    u: number,
    index: number,
    memory: number,
    stride: number,
    lengths: number,
    tokens: number,
    longest: number,
    scale: number,
    logits: number,
    ld: number,
  ): void;
  pointBackward(
    rows: number,
    width: number,
    u: number,
    index: number,
    memory: number,
    stride: number,
    lengths: number,
    tokens: number,
    longest: number,
    scale: number,
    dlogits: number,
    ld: number,
    du: number,
    dmemory: number,
  ): void;
  recallForward(
    rows: number,
    width: number,
    chosen: number,
    index: number,
    memory: number,
    stride: number,
    lengths: number,
    tokens: number,
    longest: number,
    y: number,
  ): void;
  recallBackward(
    rows: number,
    width: number,
    chosen: number,
    index: number,
    dmemory: number,
    stride: number,
    lengths: number,
    tokens: number,
    longest: number,
    dy: number,
  ): void;
  moveRows(
    rows: number,
    width: number,
    x: number,
    ldx: number,
    from: number,
    y: number,
    ldy: number,
    to: number,
    accumulate: boolean,
  ): void;
}

/** Compiled code and the memory it runs on: all that another thread needs to work on the same data. */
export interface KernelImage {
  readonly module: WebAssembly.Module;
  readonly memory: WebAssembly.Memory;
  /** Whether the engine fuses pairs of 128-bit operations, so that 16-wide tiles pay. Changes speed, never bits. */
  readonly wideTiles: boolean;
}

const PAGE = 65536;
const MAXIMUM_PAGES = 32768; // 2 GiB

/** Index of the flags byte of the module's memory import: 3 is shared with a maximum, 1 the same but not shared. */
function memoryFlags(wasm: Uint8Array): number {
  const name = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2]; // "env" "memory", kind memory
  const at = wasm.findIndex((_, i) => name.every((byte, j) => wasm[i + j] === byte)) + name.length;
  assert(wasm[at] === 3, 'the kernels do not import a shared memory');
  return at;
}

/**
 * Compiles the kernels and makes their memory.
 * @param shared whether other threads are to work on it (in a page: only when it is cross-origin isolated).
 */
export async function loadKernels(options: { shared: boolean; wideTiles: boolean }): Promise<KernelImage> {
  const wasm = Uint8Array.from(atob(WASM), (character) => character.charCodeAt(0));
  if (!options.shared) wasm[memoryFlags(wasm)] = 1;
  const module = await WebAssembly.compile(wasm);
  const memory = new WebAssembly.Memory({ initial: 16, maximum: MAXIMUM_PAGES, shared: options.shared });
  return { module, memory, wideTiles: options.wideTiles };
}

/** An instance of the kernels for the calling thread. */
export function instantiate(image: KernelImage): Kernels {
  const env = {
    memory: image.memory,
    abort: () => {
      throw new Error('innerloop: a kernel aborted');
    },
  };
  const instance = new WebAssembly.Instance(image.module, { env });
  const kernels = instance.exports as unknown as Kernels;
  kernels.initialise();
  kernels.setWideTiles(image.wideTiles);
  return kernels;
}

/** Grows `memory` to hold at least `bytes`. */
export function ensureMemory(memory: WebAssembly.Memory, bytes: number): void {
  const missing = bytes - memory.buffer.byteLength;
  if (missing > 0) memory.grow(Math.ceil(missing / PAGE));
}
