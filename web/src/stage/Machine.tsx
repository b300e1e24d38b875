// The machine that tokens act on: what it holds, what waits, what it keeps; it moves with the program.

import { useLayoutEffect, useRef } from 'preact/hooks';
import type { AgentFacts, Shown } from '../engine/playing.ts';
import { short } from '../ui/numbers.ts';
import { Term } from '../ui/Term.tsx';
import { consumedBy } from './ContextRow.tsx';
import { flightsOf, type MachineModel, modelOf, stateAt } from './machineModel.ts';
import { prefersStill } from './Transport.tsx';
import './machine.css';

const FLIGHT_MILLISECONDS = 450;
/** Pixels beyond which a place is more than its value. */
const WIDE = 160;
/** Cells of a stack: as many as there can be. */
const CELLS = 3;

interface MachineProps {
  readonly agent: AgentFacts;
  readonly shown: Shown;
  /** Tokens that have acted. */
  readonly at: number;
  readonly name: string;
  /** Whether values fly between their places; of two machines only one's do. */
  readonly moves: boolean;
}

export function Machine({ agent, at, moves, name, shown }: MachineProps) {
  const box = useRef<HTMLElement>(null);
  const model = modelOf(stateAt(shown, at));
  const before = at > 0 ? modelOf(stateAt(shown, at - 1)) : model;
  const last = useRef(at);
  useLayoutEffect(() => {
    const forward = at === last.current + 1;
    last.current = at;
    if (moves && forward && !prefersStill()) flyAll(box.current!, agent, shown, at - 1);
  }, [at, shown]);
  const acted = at > 0 ? shown.run.steps[at - 1] : undefined;
  return (
    <section class="machine" ref={box} aria-label={name}>
      <h3>
        <Term of="machine">{name}</Term>
      </h3>
      <p class="machine-last muted small">
        {acted ? (
          <>
            after <code>{acted.token}</code>
            {acted.reward !== 0 && <>, paid {short(acted.reward)}</>}
          </>
        ) : (
          'before the first token'
        )}
      </p>
      <Face before={before} model={model} agent={agent} />
    </section>
  );
}

function Face({ agent, before, model }: { agent: AgentFacts; before: MachineModel; model: MachineModel }) {
  const { kept, left, main, others, pending } = model;
  return (
    <dl class="machine-face">
      {main && (
        <Slot
          label={main.label}
          value={main.value}
          changed={main.value !== before.main?.value}
          spot="main"
          kind="main"
          empty="nothing held"
        />
      )}
      {pending && (
        <Slot
          label="pending"
          value={pending.value}
          changed={pending.value !== before.pending?.value}
          spot="pending"
          kind="pending"
          empty="no operator"
        />
      )}
      {kept && <Kept kept={kept} before={before.kept?.cells ?? []} />}
      {left && (
        <div class="machine-left">
          <dt>{left.label}</dt>
          <dd class="token">{left.tokens.join(' ') || <span class="muted">none</span>}</dd>
        </div>
      )}
      {others.map(({ label, value }, i) => (
        <Slot
          label={label}
          value={value}
          changed={value !== before.others[i]?.value}
          spot={`other-${i}`}
          kind={main || i > 0 ? 'other' : 'main'}
          empty="–"
        />
      ))}
      {agent.closed && <p class="machine-note muted small">The agent sees this machine after each token.</p>}
    </dl>
  );
}

interface SlotProps {
  readonly label: string;
  readonly value: string;
  readonly changed: boolean;
  readonly spot: string;
  readonly kind: 'main' | 'pending' | 'other';
  readonly empty: string;
}

function Slot({ changed, empty, kind, label, spot, value }: SlotProps) {
  return (
    <div class="slot" data-kind={kind} data-changed={changed}>
      <dt>{label === 'pending' ? <Term of="pending">pending</Term> : label}</dt>
      <dd class="token" data-spot={spot} data-empty={value === ''}>
        {value || empty}
        {changed && <span class="visually-hidden"> (changed)</span>}
      </dd>
    </div>
  );
}

/** Registers in their order; a stack with its top on the left, where the next one is taken from. */
function Kept({ before, kept }: { before: readonly string[]; kept: NonNullable<MachineModel['kept']> }) {
  const { cells, label } = kept;
  const places = label === 'stack' ? CELLS : Math.max(1, cells.length);
  const order = Array.from({ length: places }, (_, i) => (label === 'stack' ? cells.length - 1 - i : i));
  return (
    <div class="slot" data-kind="kept">
      <dt>
        <Term of="memory">{label}</Term>
      </dt>
      <dd class="cells" data-spot="kept">
        {order.map((cell) => {
          const value = cells[cell] ?? '';
          return (
            <span
              class="cell token"
              data-empty={value === ''}
              data-changed={value !== (before[cell] ?? '')}
              data-top={label === 'stack' && cell === cells.length - 1 && cell >= 0}
            >
              {value || 'empty'}
            </span>
          );
        })}
      </dd>
    </div>
  );
}

/** Shows what step number `step` moved, from where it was to where it is. */
function flyAll(box: HTMLElement, agent: AgentFacts, shown: Shown, index: number): void {
  const step = shown.run.steps[index];
  const stage = box.closest('.stage');
  if (!step || !stage) return;
  const { context } = shown.run;
  const consumed = consumedBy(agent, context, step).map((i) => ({ spot: `context-${i}`, text: context[i]! }));
  const token = { symbol: step.token, spot: `token-${index}` };
  for (const { from, text, to } of flightsOf(modelOf(step.before), modelOf(step.after), token, consumed)) {
    const find = (spot: string) =>
      box.querySelector(`[data-spot="${spot}"]`) ?? stage.querySelector(`[data-spot="${spot}"]`);
    const [source, target] = [find(from), find(to)];
    if (source && target) fly(stage, source, target, text);
  }
}

function fly(stage: Element, source: Element, target: Element, text: string): void {
  const [a, b, o] = [source, target, stage].map((element) => element.getBoundingClientRect());
  if (!a || !b || !o || a.width === 0 || b.width === 0) return;
  const ghost = document.createElement('span');
  ghost.className = 'flight token';
  ghost.textContent = text;
  ghost.setAttribute('aria-hidden', 'true');
  stage.append(ghost);
  // The accumulator shows its value at its right end.
  const middle = (rect: DOMRect) => (rect.width > WIDE ? rect.right - WIDE / 4 : rect.left + rect.width / 2);
  const place = (rect: DOMRect) =>
    `translate(${middle(rect) - o.left}px, ${rect.top - o.top + rect.height / 2}px) translate(-50%, -50%)`;
  const motion = ghost.animate(
    [
      { transform: place(a), opacity: 0.4 },
      { transform: place(b), opacity: 1 },
    ],
    { duration: FLIGHT_MILLISECONDS, easing: 'cubic-bezier(0.3, 0, 0.2, 1)' },
  );
  motion.onfinish = () => ghost.remove();
  motion.oncancel = () => ghost.remove();
}
