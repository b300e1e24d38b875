// The entry `innerloop/node`: what needs Node, that is the disk, several threads and V8's switches.

export { accelerate } from './kernels/node.ts';
export {
  type Checkpoint,
  checkpointPath,
  listCheckpoints,
  RUN_STATUSES,
  type RunInfo,
  type RunOutcome,
  type RunStatus,
  readCheckpoint,
  readEvaluations,
  readMetrics,
  readRunInfo,
} from './runs/readRun.ts';
export { RunDirectory, type RunEvent, type RunOptions } from './runs/runDirectory.ts';
export { freshRunPath, runName } from './runs/runPath.ts';
