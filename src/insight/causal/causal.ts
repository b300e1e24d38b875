// Where the plan lives, and whether what is inside decides what is done: all causal tests as one section.

import type { Progress, SectionResult } from '../section.ts';
import type { Subject } from '../subject.ts';
import { type KnockOutOptions, type KnockOuts, knockOuts } from './knockout.ts';
import { type Patching, type PatchOptions, patching } from './patching.ts';
import { type Steering, type SteerOptions, steering } from './steering.ts';
import { type Surgery, type SurgeryOptions, surgery } from './surgery.ts';

export interface CausalResult extends SectionResult {
  readonly kind: 'causal';
  readonly patching: Patching;
  readonly steering: Steering;
  readonly surgery: Surgery;
  readonly knockOuts: KnockOuts;
}

export interface CausalOptions {
  readonly patching?: PatchOptions;
  readonly steering?: SteerOptions;
  readonly surgery?: SurgeryOptions;
  readonly knockOuts?: KnockOutOptions;
}

const TESTS = 4;

/** The criteria of all tests, in their order. What cannot be asked of an agent cannot be told. */
export function causal(subject: Subject, options: CausalOptions = {}, progress?: Progress): CausalResult {
  const part =
    (test: number): Progress =>
    (done, total, what) =>
      progress?.(test + done / total, TESTS, what);
  const found = {
    patching: patching(subject, options.patching, part(0)),
    steering: steering(subject, options.steering, part(1)),
    surgery: surgery(subject, options.surgery, part(2)),
    knockOuts: knockOuts(subject, options.knockOuts, part(3)),
  };
  const criteria = [found.patching, found.steering, found.surgery, found.knockOuts].flatMap((test) => test.criteria);
  return { kind: 'causal', criteria, ...found };
}
