// A whole report as plain data: what `insight.json` holds and the page is made of.

import { z } from 'zod';
import { type Criterion, type SectionResult, VERDICTS } from '../section.ts';
import { SECTIONS } from '../subject.ts';
import { CLAIM_RULE, type JudgedClaim } from '../verdict.ts';

export const FORMAT = 'innerloop-insight/1';

/** Whom a report is about. */
export interface About {
  readonly task: string;
  /** One sentence on the task. */
  readonly title: string;
  readonly preset: string;
  /** Of the training. */
  readonly seed: number;
  readonly update: number;
  /** SHA-256 of the parameters, hex. */
  readonly hash: string;
  /** Names of the levels of training, and of those beyond. */
  readonly levels: readonly string[];
}

export interface InsightReport {
  readonly format: typeof FORMAT;
  readonly agent: About;
  /** Of the report: decides its problems and all else that is left to chance. */
  readonly seed: number;
  /** Made of fewer problems, for a first look. */
  readonly quick: boolean;
  readonly rule: typeof CLAIM_RULE;
  readonly claims: readonly JudgedClaim[];
  /** One paragraph, composed by rule of the claims' sentences. */
  readonly summary: string;
  readonly sections: readonly SectionResult[];
}

const number = z.number();
const interval = z.strictObject({ low: number, high: number });
const verdict = z.enum(VERDICTS);

const criterionSchema = z.strictObject({
  id: z.string().min(1),
  question: z.string().min(1),
  number: number.nullable(),
  interval: interval.nullable(),
  control: z.strictObject({ name: z.string(), number: number.nullable() }),
  selectivity: z.strictObject({ number, interval }).optional(),
  verdict,
  why: z.string().min(1).optional(),
  rule: z.string().min(1),
});

/** Of `insight.json`. What a section tells besides its criteria is its own. */
export const reportSchema = z.strictObject({
  format: z.literal(FORMAT),
  agent: z.strictObject({
    task: z.string(),
    title: z.string(),
    preset: z.string(),
    seed: z.int().min(0),
    update: z.int().min(0),
    hash: z.string().regex(/^[0-9a-f]{64}$/),
    levels: z.array(z.string()),
  }),
  seed: z.int().min(0),
  quick: z.boolean(),
  rule: z.literal(CLAIM_RULE),
  claims: z.array(
    z.strictObject({
      name: z.string(),
      needs: z.union([z.array(z.array(z.string())), z.strictObject({ eachOf: z.enum(SECTIONS) })]),
      says: z.record(verdict, z.string()),
      verdict,
      by: z.array(z.string()),
      against: z.array(z.string()),
      open: z.array(z.string()),
    }),
  ),
  summary: z.string(),
  sections: z.array(z.looseObject({ kind: z.enum(SECTIONS), criteria: z.array(criterionSchema) })),
});

/** All criteria of a report, in the order of its sections. */
export const criteriaOf = ({ sections }: Pick<InsightReport, 'sections'>): readonly Criterion[] =>
  sections.flatMap(({ criteria }) => criteria);

/** `insight.json`: the same to the byte for the same report. */
export const reportAsJson = (report: InsightReport): string => `${JSON.stringify(report, null, 1)}\n`;
