// The policy at a token as bars. Where it can be touched, a click takes that token instead, and a switch masks it.

import { useSignal } from '@preact/signals';
import type { AgentFacts, Shown, Touch } from '../engine/playing.ts';
import { percent, short } from '../ui/numbers.ts';
import { Button } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import './policy.css';

/** Tokens that are never as likely as this in the whole program are not shown at first. */
const IN_PLAY = 0.03;
/** An agent that has learnt nothing yet holds everything likely. */
const MOST_BARS = 12;

interface PolicyProps {
  readonly agent: AgentFacts;
  readonly shown: Shown;
  readonly at: number;
  /** The agent left alone at the same moment. */
  readonly beside?: { readonly shown: Shown; readonly at: number } | undefined;
  readonly touch?: { readonly present: readonly Touch[]; readonly toggle: (touch: Touch) => void };
}

export function Policy({ agent, at, beside, shown, touch }: PolicyProps) {
  const all = useSignal(false);
  const step = shown.run.steps[at];
  if (!step) {
    return (
      <section class="policy" aria-label="Policy">
        <h3>
          <Term of="policy">Policy</Term>
        </h3>
        <p class="muted small">There is no token left to choose.</p>
      </section>
    );
  }
  const other = beside?.shown.run.steps[beside.at];
  const tokens = agent.vocabulary.map((_, id) => id);
  const listed = all.value ? tokens : inPlay(tokens, shown, beside?.shown, touch?.present ?? []);
  const rest = tokens.length - listed.length;
  return (
    <section class="policy" aria-label="Policy">
      <h3>
        <Term of="policy">Policy</Term> <span class="muted">at token {at + 1}</span>
      </h3>
      <ul class="bars">
        {listed.map((id) => (
          <Bar
            key={id}
            agent={agent}
            at={at}
            id={id}
            share={step.probabilities[id]!}
            other={other?.probabilities[id]}
            chosen={step.id === id}
            touch={touch}
          />
        ))}
      </ul>
      {(rest > 0 || all.value) && (
        <Button
          kind="quiet"
          onClick={() => {
            all.value = !all.value;
          }}
        >
          {all.value ? 'Only likely tokens' : `All tokens (${rest} more)`}
        </Button>
      )}
      <dl class="figures small">
        <div>
          <dt>
            <Term of="value">value</Term>
          </dt>
          <dd class="number">{short(step.value)}</dd>
        </div>
        <div>
          <dt>
            <Term of="entropy">entropy</Term>
          </dt>
          <dd class="number">{step.entropy.toFixed(3)}</dd>
        </div>
        {other && (
          <div>
            <dt>
              <Term of="value">value</Term>, left alone
            </dt>
            <dd class="number">{short(other.value)}</dd>
          </div>
        )}
      </dl>
    </section>
  );
}

/** The same tokens at every step of a program, so that bars can be followed: the likeliest of them, in their order. */
function inPlay(
  tokens: readonly number[],
  shown: Shown,
  beside: Shown | undefined,
  touches: readonly Touch[],
): readonly number[] {
  const steps = [...shown.run.steps, ...(beside?.run.steps ?? [])];
  const weights = tokens.map((id) => {
    if (touches.some((touch) => 'token' in touch && touch.token === id)) return 2;
    // What was chosen comes before what was likely.
    return Math.max(...steps.map((step) => step.probabilities[id]! + (step.id === id ? 1 : 0)));
  });
  const ranked = tokens.filter((id) => weights[id]! >= IN_PLAY).sort((a, b) => weights[b]! - weights[a]!);
  return ranked.slice(0, MOST_BARS).sort((a, b) => a - b);
}

interface BarProps {
  readonly agent: AgentFacts;
  readonly at: number;
  readonly id: number;
  readonly share: number;
  readonly other: number | undefined;
  readonly chosen: boolean;
  readonly touch: PolicyProps['touch'];
}

function Bar({ agent, at, chosen, id, other, share, touch }: BarProps) {
  const { symbol } = agent.vocabulary[id]!;
  const force: Touch = { kind: 'force', step: at, token: id };
  const forced = touch?.present.some((one) => one.kind === 'force' && one.step === at && one.token === id) ?? false;
  const banned = touch?.present.find((one) => one.kind === 'ban' && one.step <= at && one.token === id);
  // Only what the mask takes away has a probability of exactly nothing.
  const illegal = agent.masked && share === 0 && !banned;
  const inside = (
    <>
      <span class="bar-symbol token">
        {touch && <span class="visually-hidden">Force </span>}
        {symbol}
      </span>
      <span class="bar-track">
        <span class="bar-fill" style={{ width: `${100 * share}%` }} />
        {other !== undefined && <span class="bar-other" style={{ left: `${100 * other}%` }} />}
      </span>
      <span class="bar-number number">{illegal ? 'cannot act' : banned ? 'masked' : percent(share)}</span>
      <span class="bar-chosen">
        {chosen && (
          <>
            <span aria-hidden="true">{forced ? '✱' : '◂'}</span>
            <span class="visually-hidden">{forced ? 'forced' : 'chosen'}</span>
          </>
        )}
      </span>
    </>
  );
  if (!touch) {
    return (
      <li class="bar" data-chosen={chosen} data-illegal={illegal}>
        {inside}
      </li>
    );
  }
  const masked = banned !== undefined;
  return (
    <li class="bar" data-chosen={chosen} data-illegal={illegal}>
      <button
        type="button"
        class="bar-button"
        aria-pressed={forced}
        title={illegal ? `The machine does not take ${symbol} here.` : `Force ${symbol}`}
        disabled={illegal && !forced}
        onClick={() => touch.toggle(force)}
      >
        {inside}
      </button>
      <button
        type="button"
        class="bar-mask"
        aria-pressed={masked}
        aria-label={`Mask ${symbol} from token ${(banned?.step ?? at) + 1} on`}
        title={masked ? `Allow ${symbol} again` : `Mask ${symbol} from here on`}
        onClick={() => touch.toggle(banned ?? { kind: 'ban', step: at, token: id })}
      >
        <svg viewBox="0 0 16 16" width="14" height="14" aria-hidden="true">
          <circle cx="8" cy="8" r="6" />
          <path d="M4 12 12 4" />
        </svg>
      </button>
    </li>
  );
}
