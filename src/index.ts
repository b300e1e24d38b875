// The public entry of `innerloop`: runs in Node and in a browser's worker as it is. What touches disk is
// `innerloop/node`.

export { InnerloopError, type Problem as ErrorProblem } from './core/errors.ts';
export { Random, type RandomState } from './core/random.ts';
export type { LevelScore, PricedScore } from './evaluation/accuracy.ts';
export {
  interquartileMean,
  meanScore,
  medianScore,
  optimalityGap,
  performanceProfile,
  probabilityOfImprovement,
  type Scores,
} from './evaluation/aggregates.ts';
export { auditTask } from './evaluation/audit/auditTask.ts';
export type { LevelFigures } from './evaluation/audit/figures.ts';
export type { Finding, Severity } from './evaluation/audit/findings.ts';
export type { AuditBudget } from './evaluation/audit/levelFigures.ts';
export type { BaselineScore, RegretScore } from './evaluation/baselines.ts';
export { type BootstrapOptions, bootstrap, type Strata } from './evaluation/bootstrap.ts';
export { type Cluster, clusteredMean, clusteredShare, type Estimate } from './evaluation/clusters.ts';
export type { Examined, ExamineOptions, SampleScore, SetScore } from './evaluation/examination.ts';
export { passAtK } from './evaluation/passAtK.ts';
export type { Mean, Share } from './evaluation/shares.ts';
export { type Interval, wilson } from './evaluation/statistics.ts';
export { TUTORIAL_CEILINGS, type TutorialCeiling } from './evaluation/tutorialCeilings.ts';
export type { RunChanges, RunDetail, RunList, RunMetrics, RunSummary, RunWarning } from './formats/runApi.ts';
export {
  checkpointName,
  type Host,
  parseRunInfo,
  RUN_FILES,
  type RunInfo,
  type RunOutcome,
  type RunStatus,
  updateOfName,
} from './formats/runInfo.ts';
export { readSafetensors, type Safetensors, type Tensor, writeSafetensors } from './formats/safetensors.ts';
export { type ChartSeries, type LineChart, lineChart } from './formats/svgChart.ts';
export { type CreditEpisode, ESTIMATORS, type Estimator } from './insight/credit.ts';
export { type Credited, creditOf, type GroupCredit, type GroupCreditOptions } from './insight/creditOf.ts';
export { collect, type Dataset, type DatasetOptions } from './insight/dataset/dataset.ts';
export type { Measure } from './insight/dataset/measure.ts';
export type { AheadCell, LabelCell } from './insight/decode.ts';
export type {
  Episode,
  EpisodeStep,
  MachineState,
  ObservedStep,
  Playthrough,
  TraceOptions,
} from './insight/episode.ts';
export {
  type Asking,
  directionOf,
  type Guess,
  makeReader,
  type ReadEpisode,
  type Reader,
  type ReaderOptions,
  type Reading,
  type SteeringDirection,
} from './insight/reader.ts';
export type { InsightReport } from './insight/report/report.ts';
export type { Criterion, SectionResult, Verdict } from './insight/section.ts';
export type { SectionName, Subject } from './insight/subject.ts';
export type { Claim, JudgedClaim } from './insight/verdict.ts';
export { checkTask } from './tasks/conformance.ts';
export type { Label, LabelKind, Labelled, Labels } from './tasks/labels.ts';
export type { ScalarLabel } from './tasks/scalarLabels.ts';
export { type ScalarDefinition, scalarTask } from './tasks/scalarTask.ts';
export type { Analysis, Baseline, ProblemSet, Regret, Result, Study } from './tasks/study.ts';
export { createTask, TASKS } from './tasks/table.ts';
export * from './tasks/task.ts';
export { type AuditEvent, audit } from './training/audit.ts';
export { type Ceiling, ceilingsOf } from './training/ceilings.ts';
export { type Change, changesOf, commandOf } from './training/command.ts';
export { configure, type TrainInput, type Training } from './training/config.ts';
export { type Config, configSchema } from './training/configSchema.ts';
export type { EvaluationEvent, FinishedEvent, TrainEvent, UpdateEvent, WarningEvent } from './training/events.ts';
export { type Insight, type InsightOptions, insight } from './training/insight.ts';
export {
  type Agent,
  type EvaluateOptions,
  type OpenOptions,
  openAgent,
  type PlayIntervention,
  type PlayOptions,
} from './training/openAgent.ts';
export { type OpenedSubject, openSubject, type SubjectOptions } from './training/openSubject.ts';
export { presetsOf } from './training/presets/table.ts';
export { resume, type TrainOptions, train } from './training/train.ts';
