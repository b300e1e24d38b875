// What came of it, and how to come to the very same parameters elsewhere.

import { command, session } from '../state/store.ts';
import { BY_STRUCTURE, count, percent } from '../ui/numbers.ts';
import { Copy, ParameterHash } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { levels } from './curves.ts';

export function Outcome() {
  const finished = session.finished.value;
  return (
    <section class="panel learn-outcome" aria-labelledby="outcome-title">
      <h2 id="outcome-title">The same elsewhere</h2>
      {finished && finished.levels.length > 0 && <Scores />}
      <ParameterHash hash={finished?.hash} />
      <div class="field">
        <span class="field-label">The command line that comes to the same hash</span>
        <Copy label="the command" text={command.value} />
      </div>
    </section>
  );
}

/** Fresh problems of the test split, once, at the end. */
function Scores() {
  const scores = session.finished.value?.levels ?? [];
  const kin = session.training.value?.task.study !== undefined;
  return (
    <div class="table-frame">
      <table class="levels number">
        <caption class="small muted">
          On {count(scores[0]?.problems ?? 0)} fresh problems a level, after the training
          {kin && `. ${BY_STRUCTURE}`}
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Term of="level">Level</Term>
            </th>
            <th scope="col">
              <Term of="solved">Solved</Term>
            </th>
            <th scope="col">
              95 % <Term of="interval">interval</Term>
            </th>
            <th scope="col">
              <Term of="reward">Reward</Term>
            </th>
            <th scope="col">
              <Term of="programLength">Tokens</Term>
            </th>
          </tr>
        </thead>
        <tbody>
          {scores.map(({ interval, level, reward, solved, tokens }) => (
            <tr key={level}>
              <th scope="row">{levels.value[level]?.name}</th>
              <td>
                <b>{percent(solved)}</b>
              </td>
              <td>
                {percent(interval.low)} to {percent(interval.high)}
              </td>
              <td>{reward.toFixed(3)}</td>
              <td>{tokens.toFixed(2)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
