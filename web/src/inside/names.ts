// What probes answer, in the words of the problem on view: `operand 2` is its second operand.

import type { AgentFacts } from '../engine/playing.ts';

/** @param context symbols that the agent is shown. */
export function nameIn(answer: string, context: readonly string[], { vocabulary }: AgentFacts): string {
  const [, what, number] = /^(operand|operator) (\d+)$/.exec(answer) ?? [];
  if (what === undefined) return answer;
  const isOperand = (symbol: string | undefined): boolean =>
    vocabulary.some((one) => one.symbol === symbol && one.kind === 'operand');
  const operators = ['+', '-', '*', '−', '×', '·'];
  const places = [...context.keys()].filter((i) =>
    what === 'operand' ? isOperand(context[i]) : operators.includes(context[i]!),
  );
  const place = places[Number(number) - 1];
  if (place === undefined) return answer;
  if (what === 'operand') return context[place]!;
  const side = (i: number): string => (isOperand(context[i]) ? context[i]! : '…');
  return `${side(place - 1)} ${context[place]} ${side(place + 1)}`;
}
