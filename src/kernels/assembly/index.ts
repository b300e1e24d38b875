// Everything that the compiled kernels export; kernels/kernels.ts types it for TypeScript.

export {
  attendBackward,
  attendForward,
  pointBackward,
  pointForward,
  recallBackward,
  recallForward,
} from './attention';
export { geluBackward, geluForward } from './gelu';
export { gemm, gemmPacked, setWideTiles } from './gemm';
export { gruBackward, gruForward } from './gru';
export { layerNormBackward, layerNormForward } from './layerNorm';
export { initialise } from './math';
export { headsBackward, headsForward } from './multiHead';
export { adam, sumOfSquares } from './optimiser';
export { packBlocksTransposed, packPanels, packPanelsTransposed } from './pack';
export { policyBackward, policyForward, policyGreedy, policyLogProb, policySample } from './policy';
export {
  add,
  addRow,
  addRows,
  gather,
  gatherAdd,
  meanPool,
  meanPoolBackward,
  moveRows,
  scatterAdd,
  tanhBackward,
  tanhForward,
} from './rows';
