// Compare: two configurations with the same seed, side by side, and what to look for.

import { computed, signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import { type Ceilings, NO_CEILINGS, onProblems } from '../state/bounds.ts';
import { extra, keep, notice, player, session } from '../state/store.ts';
import { Chart } from '../ui/chart/Chart.tsx';
import { percent, short, wholePercent } from '../ui/numbers.ts';
import { Button, Notice } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import './compare.css';
import { rewardData, rewardSeries, solvedData, solvedSeries } from './curves.ts';
import { Levels } from './Levels.tsx';
import { Published } from './Published.tsx';
import { PAIRS, type Pair } from './pairs.ts';
import { begin, beginByItself, end, follow, isOn, pause, run, sides, stage, TURNS } from './race.ts';
import { SideCard } from './SideCard.tsx';

const SYNC = 'compare';

const pair = computed<Pair>(() => PAIRS.find(({ id }) => id === extra.value.pair) ?? PAIRS[0]!);
const seed = computed(() => {
  const { pairseed = '0' } = extra.value;
  return /^\d{1,15}$/.test(pairseed) ? Number(pairseed) : 0;
});
const ceilings = signal<readonly Ceilings[]>([NO_CEILINGS, NO_CEILINGS]);
const version = computed(() => [sides[0].version.value, sides[1].version.value, ceilings.value]);

/** Curves are of evaluations. */
const validationOf = (both: readonly Ceilings[]) => both.map(({ validation }) => validation);

export function View() {
  useEffect(follow, []);
  useEffect(() => {
    const { pair: named, pairseed } = extra.peek();
    if (named === undefined && pairseed === undefined) beginByItself(pair.peek(), seed.peek());
    if (named !== undefined && !PAIRS.some(({ id }) => id === named)) {
      notice(`There is no pair '${named.slice(0, 40)}'; known: ${PAIRS.map(({ id }) => id).join(', ')}.`);
      keep({ pair: undefined });
    }
  }, []);
  const on = isOn(pair.value, seed.value);
  return (
    <div class="compare">
      <header class="compare-head">
        <h1>Compare</h1>
        <p class="muted">
          Two configurations, one <Term of="seed">seed</Term>: chance is the same for both. They part where what was
          changed makes a difference; from then on they may also practise different levels.
        </p>
      </header>
      <Pairs />
      <p class="compare-look">
        <b>What to look for.</b> {pair.value.look}
      </p>
      <Controls />
      {pair.value.id === 'tutorial' && <Published />}
      {on && <Both />}
    </div>
  );
}

function Pairs() {
  return (
    <fieldset class="compare-pairs">
      <legend class="visually-hidden">Pair</legend>
      {PAIRS.map(({ id, sides: [a, b], title }) => (
        <label key={id} class="compare-pair" data-chosen={pair.value.id === id}>
          <input
            type="radio"
            name="pair"
            checked={pair.value.id === id}
            onChange={() => {
              end();
              keep({ pair: id });
            }}
          />
          <span>
            <b>{title}</b>
            <span class="small muted">
              {a.draft.task}: {a.name}, {b.draft.task === a.draft.task ? '' : `${b.draft.task}: `}
              {b.name}
            </span>
          </span>
        </label>
      ))}
    </fieldset>
  );
}

function Controls() {
  const on = isOn(pair.value, seed.value);
  const now = on ? stage.value : 'idle';
  const fresh = () => begin(pair.value, seed.value);
  return (
    <div class="compare-controls">
      {now === 'running' ? (
        <Button kind="primary" onClick={pause}>
          Pause both
        </Button>
      ) : (
        <Button kind="primary" onClick={now === 'paused' ? run : fresh}>
          {now === 'idle' ? 'Train both' : now === 'paused' ? 'Go on' : 'Train both again'}
        </Button>
      )}
      <Button disabled={now === 'idle'} onClick={end}>
        Reset both
      </Button>
      <label class="compare-seed">
        <span>Seed</span>
        <input
          class="input"
          type="number"
          min={0}
          step={1}
          value={seed.value}
          onChange={({ currentTarget: { value } }) => {
            end();
            keep({ pairseed: /^\d{1,15}$/.test(value) && value !== '0' ? value : undefined });
          }}
        />
      </label>
      <p class="small muted" role="status" data-testid="stage">
        {now === 'running' && (TURNS ? 'Both are learning, in turns: processors are few here.' : 'Both are learning.')}
        {now === 'paused' && 'Both are paused.'}
        {now === 'over' && 'Both have ended.'}
        {now === 'idle' && session.live.value && 'The training under Learn pauses meanwhile.'}
      </p>
    </div>
  );
}

function Both() {
  const shown = pair.value;
  const names = shown.sides.map(({ name }) => name);
  const solved = useMemo(() => solvedSeries(sides, names), [shown, sides[0].training.value, sides[1].training.value]);
  const rewards = useMemo(() => rewardSeries(names), [shown]);
  useEffect(() => {
    let wanted = true;
    ceilings.value = [NO_CEILINGS, NO_CEILINGS];
    const ask = async ({ training }: (typeof sides)[number]): Promise<Ceilings> => {
      const config = training.peek()?.config;
      if (!config) return NO_CEILINGS;
      const [validation, test] = await Promise.all([
        player.ask('ceilings', { config, split: 'validation' }),
        player.ask('ceilings', { config, split: 'test' }),
      ]);
      return { validation, test };
    };
    // Without them the curves are the same.
    Promise.all(sides.map((side) => ask(side).catch(() => NO_CEILINGS))).then((both) => {
      if (wanted) ceilings.value = both;
    });
    return () => {
      wanted = false;
    };
  }, [sides[0].training.value, sides[1].training.value]);
  const drawn = validationOf(ceilings.value);
  return (
    <>
      <div class="compare-sides">
        {sides.map((side, i) => (
          <SideCard key={i} side={side} index={i} {...shown.sides[i]!} />
        ))}
      </div>
      <section class="panel" aria-labelledby="compare-solved">
        <h2 id="compare-solved">
          <Term of="solved">Solved</Term>, level by level
        </h2>
        <p class="small muted">
          Greedy, on problems that training never sees. A whole, B dashed, one colour a level; dotted lines are exact{' '}
          <Term of="ceiling">ceilings</Term>
          {onProblems(drawn.flat())}.
        </p>
        <Chart
          title="Share solved by level, A and B"
          series={solved}
          data={() => solvedData(sides, validationOf(ceilings.peek()))}
          version={version}
          height={320}
          range={[0, 1]}
          format={percent}
          axis={wholePercent}
          sync={SYNC}
        />
        <Levels sides={sides} names={names} ceilings={ceilings.value} />
      </section>
      <section class="panel" aria-labelledby="compare-reward">
        <h2 id="compare-reward">
          <Term of="reward">Reward</Term>, what an episode is paid
        </h2>
        <Chart
          title="Mean reward of an episode, A and B"
          series={rewards}
          data={() => rewardData(sides)}
          version={version}
          height={180}
          format={short}
          sync={SYNC}
        />
      </section>
      <Trouble />
    </>
  );
}

/** What keeps one of the two from going on, and the way on. */
function Trouble() {
  const stopped = sides.find(({ status }) => status.value === 'lost' || status.value === 'failed');
  if (!stopped && !sides.some(({ silent }) => silent.value)) return null;
  return (
    <Notice kind="bad" actions={<Button onClick={() => begin(pair.value, seed.value)}>Train both anew</Button>}>
      {stopped
        ? `One of the two has stopped: ${stopped.reason.value}.`
        : 'One of the two has said nothing for some seconds: an update may take so long, or the browser has ended it.'}
    </Notice>
  );
}
