// What the agent is shown, with where it looks and how far the machine has read.

import type { ObservedStep } from 'innerloop';
import type { AgentFacts, Shown, Touch } from '../engine/playing.ts';
import { percent } from '../ui/numbers.ts';
import { Term } from '../ui/Term.tsx';
import { modelOf, stateAt, usedOf } from './machineModel.ts';
import './contextRow.css';
import { isRoute } from './RouteGraph.tsx';

interface ContextProps {
  readonly agent: AgentFacts;
  readonly shown: Shown;
  /** Tokens that have been taken. */
  readonly at: number;
  /** What is done to the agent. */
  readonly touches?: readonly Touch[];
}

/** A task whose machine reads operands in their order, with a head. */
const READS_IN_ORDER = 'calculator';
/** Attention is said in numbers where it is more than this, and more than that of one who looks everywhere alike. */
const LEAST_SAID = 0.01;
const ALIKE = 1.5;
/** A number written as one token for each place: `0··`, `·1·`, `··8`. */
const HUNDREDS = /^\d··$/;

/** Nothing where there is at most one token to show; folded up where a picture shows the problem. */
export function ContextRow(props: ContextProps) {
  const { context, problem, steps } = { ...props.shown.run, problem: props.shown.problem };
  if (context.length < 2) return null;
  if (!isRoute(problem)) return <Row {...props} />;
  return (
    <details class="context-folded">
      <summary>
        What the agent is shown: {context.length} tokens{steps[props.at]?.attention && ', with its attention'}
      </summary>
      <p class="muted small">
        Every link as origin, destination and price; then what is asked. In its notation:{' '}
        <code>{props.shown.run.problem}</code>
      </p>
      <Row {...props} />
    </details>
  );
}

function Row({ agent, at, shown, touches = [] }: ContextProps) {
  const { context, steps } = shown.run;
  const used = useOf(agent, context, stateAt(shown, at));
  const head = agent.config.task.name === READS_IN_ORDER ? used.indexOf(false) : -1;
  const hidden = touches.some((one) => one.kind === 'context' && one.step <= at && one.how === 'hide');
  const swapped = touches.some((one) => one.kind === 'context' && one.step <= at && one.how === 'swap');
  const attention = steps[at]?.attention;
  const operands = used.filter((one) => one !== undefined).length;
  return (
    <section class="context" aria-label="What the agent is shown">
      <h3>
        <Term of="context">Context</Term>
        {attention && (
          <span class="muted">
            , with <Term of="attention">attention</Term>
          </span>
        )}
      </h3>
      <ol class="context-tokens" data-hidden={hidden || swapped}>
        {context.map((token, i) => {
          const share = attention?.[i] ?? 0;
          const said = attention && share >= Math.max(LEAST_SAID, ALIKE / context.length) ? percent(share) : '';
          return (
            <li
              class="context-token"
              data-used={used[i] === true}
              data-head={i === head}
              style={{ '--share': hidden ? 0 : share }}
            >
              <span class="token" data-spot={`context-${i}`}>
                {token}
              </span>
              {attention && <span class="context-share number">{said}</span>}
              {used[i] === true && <span class="visually-hidden">(used)</span>}
              {i === head && <span class="visually-hidden">(the read head)</span>}
            </li>
          );
        })}
      </ol>
      <p class="muted small">
        {context.some((symbol) => HUNDREDS.test(symbol)) &&
          'The last three tokens are the target: its hundreds, tens and units. '}
        {hidden && 'Hidden from the agent from here on. '}
        {swapped && 'The agent is shown another problem instead. '}
        {!attention && agent.config.agent.name === 'recurrent'
          ? 'This agent reads its problem once, before its first token; it does not look back.'
          : ''}
        {operands > 0 && used.includes(true) ? ' Struck through: used by the machine.' : ''}
      </p>
    </section>
  );
}

function useOf({ vocabulary }: AgentFacts, context: readonly string[], state: ObservedStep['before']) {
  const { left } = modelOf(state);
  const usable = context.map((symbol) => vocabulary.some((one) => one.symbol === symbol && one.kind === 'operand'));
  if (!left) return context.map(() => undefined);
  const used = usedOf(context, usable, left.tokens);
  return context.map((_, i) => (usable[i] ? used[i] : undefined));
}

/** Places in the context of the operands that a step used up. */
export function consumedBy(agent: AgentFacts, context: readonly string[], { after, before }: ObservedStep): number[] {
  const [was, is] = [useOf(agent, context, before), useOf(agent, context, after)];
  return context.flatMap((_, i) => (is[i] === true && was[i] === false ? [i] : []));
}
