// An agent's cost, and what players without learning make of the very same problems.

import type { Random } from '../core/random.ts';
import type { Analysis, Study } from '../tasks/study.ts';
import type { Problem } from '../tasks/task.ts';
import { byGroup, type Mean, mean, type Share, share } from './shares.ts';

/** Mean regret, as the task's study counts it, over all problems and over those of each group (`null`: it has none). */
export interface RegretScore {
  readonly all: Mean;
  readonly groups: Readonly<Record<string, Mean | null>>;
  /** Which problems came to their end, and the regret of those alone; `null` where the study names no such verdict. */
  readonly ended: {
    readonly verdict: string;
    readonly share: { readonly all: Share; readonly groups: Readonly<Record<string, Share>> };
    readonly regret: { readonly all: Mean | null; readonly groups: Readonly<Record<string, Mean | null>> };
  } | null;
}

/** What a player without learning does. */
export interface BaselineScore {
  readonly name: string;
  readonly about: string;
  readonly solved: Share;
  /** Mean reward per episode. */
  readonly reward: number;
  /** Of each group the share solved. */
  readonly groups: Readonly<Record<string, Share>>;
  /** `null` where the task's study counts none. */
  readonly regret: RegretScore | null;
}

/** Of the regrets of at least one problem. @param ended by problem, the study's verdict of that kind, if it has one. */
export function regretScore(
  regrets: readonly number[],
  analyses: readonly Analysis[],
  verdict: string | undefined,
  ended: readonly (boolean | undefined)[],
): RegretScore {
  const score = { all: mean(regrets, analyses)!, groups: byGroup(regrets, analyses, mean) };
  if (verdict === undefined) return { ...score, ended: null };
  const came = ended.map(Number);
  const [paid, whose] = [regrets.filter((_, i) => ended[i]), analyses.filter((_, i) => ended[i])];
  return {
    ...score,
    ended: {
      verdict,
      share: { all: share(came, analyses), groups: byGroup(came, analyses, share) },
      regret: { all: mean(paid, whose), groups: byGroup(paid, whose, mean) },
    },
  };
}

/** Every baseline of `study` on `problems`; each has a stream of its own for each problem, from `random`. */
export function baselineScores(
  problems: readonly Problem[],
  analyses: readonly Analysis[],
  { baselines = [], regret }: Study<Problem>,
  random: Random,
): BaselineScore[] {
  return baselines.map(({ about, name, play }, player) => {
    const own = random.fold(player);
    const played = problems.map((problem, i) => play(problem, own.fold(i)));
    const solved = played.map((one) => Number(one.solved));
    return {
      name,
      about,
      solved: share(solved, analyses),
      reward: played.reduce((all, { reward }) => all + reward, 0) / played.length,
      groups: byGroup(solved, analyses, share),
      regret:
        regret === undefined
          ? null
          : regretScore(
              played.map((one) => one.regret!),
              analyses,
              regret.end,
              played.map((one) => one.ended),
            ),
    };
  });
}
