// What the agent of a checkpoint does: some test problems, played here, in the page.

import { useSignal } from '@preact/signals';
import type { RunDetail } from 'innerloop';
import { useEffect, useId } from 'preact/hooks';
import { PlayerClient } from '../engine/client.ts';
import type { AgentFacts, Survey } from '../engine/playing.ts';
import { sentence } from '../engine/sentence.ts';
import { count } from '../ui/numbers.ts';
import { Button, Notice } from '../ui/parts.tsx';
import { Term } from '../ui/Term.tsx';
import { agentAddress } from './agentAddress.ts';
import { readCheckpoint } from './api.ts';
import './tables.css';

const PLAYED = 12;

type State =
  | { readonly at: 'idle' | 'playing' }
  | { readonly at: 'failed'; readonly sentence: string }
  | { readonly at: 'played'; readonly facts: AgentFacts; readonly survey: Survey; readonly file: string };

export function Trajectories({ checkpoints, name }: { checkpoints: RunDetail['checkpoints']; name: string }) {
  const field = useId();
  const player = useSignal<PlayerClient | undefined>(undefined);
  const file = useSignal(checkpoints[0]!.file);
  const state = useSignal<State>({ at: 'idle' });
  useEffect(() => () => player.peek()?.close(), [player]);

  const play = async (level: number): Promise<void> => {
    const chosen = file.peek();
    state.value = { at: 'playing' };
    player.value ??= new PlayerClient();
    try {
      const facts = await player.value.ask('open', { bytes: await readCheckpoint(name, chosen), name: chosen });
      const last = Math.min(level, facts.levels.length - 1);
      const survey = await player.value.ask('survey', { hash: facts.hash, level: last, count: PLAYED });
      if (chosen === file.peek()) state.value = { at: 'played', facts, survey, file: chosen };
    } catch (error) {
      if (chosen === file.peek()) state.value = { at: 'failed', sentence: sentence(error) };
    }
  };
  const { value: now } = state;
  const level = now.at === 'played' ? now.survey.level : 0;
  return (
    <section class="panel runs-trajectories" aria-labelledby="trajectories-title">
      <h3 id="trajectories-title">
        <Term of="trajectory">Trajectories</Term>
      </h3>
      <div class="runs-playing">
        <div class="field">
          <span class="field-label">
            <Term of="checkpoint" id={`${field}-checkpoint`}>
              Checkpoint
            </Term>
          </span>
          <select
            aria-labelledby={`${field}-checkpoint`}
            class="input"
            value={file.value}
            onChange={({ currentTarget }) => {
              file.value = currentTarget.value;
              if (state.peek().at !== 'idle') void play(level);
            }}
          >
            {checkpoints.map((one) => (
              <option value={one.file}>update {count(one.update)}</option>
            ))}
          </select>
        </div>
        {now.at === 'played' && (
          <div class="field">
            <span class="field-label">
              <Term of="level" id={`${field}-level`}>
                Level
              </Term>
            </span>
            <select
              aria-labelledby={`${field}-level`}
              class="input"
              value={level}
              onChange={({ currentTarget }) => void play(Number(currentTarget.value))}
            >
              {now.facts.levels.map(({ name: title }, i) => (
                <option value={i}>{title}</option>
              ))}
            </select>
          </div>
        )}
        {now.at !== 'played' && (
          <Button disabled={now.at === 'playing'} onClick={() => void play(0)}>
            {now.at === 'playing' ? 'Playing …' : `Play ${PLAYED} test problems`}
          </Button>
        )}
      </div>
      {now.at === 'failed' && <Notice kind="bad">They could not be played: {now.sentence}.</Notice>}
      {now.at === 'played' && <Played name={name} file={now.file} survey={now.survey} />}
    </section>
  );
}

function Played({ file, name, survey }: { file: string; name: string; survey: Survey }) {
  const { episodes, level } = survey;
  const solved = episodes.filter((episode) => episode.solved).length;
  return (
    <div class="table-frame">
      <table class="runs-table">
        <caption class="small muted number" role="status">
          {solved} of {episodes.length} solved
        </caption>
        <thead>
          <tr>
            <th scope="col">
              <Term of="testProblems">Problem</Term>
            </th>
            <th scope="col">
              <Term of="programLine">Program</Term>
            </th>
            <th scope="col">Answer</th>
            <th scope="col">
              <span class="visually-hidden">Look at it</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {episodes.map(({ index, problem, program, solved: right }) => (
            <tr key={index}>
              <th scope="row">
                <code>{problem}</code>
              </th>
              <td>
                <code>{program.join(' ')}</code>
              </td>
              <td>
                <span class="runs-status" data-status={right ? 'finished' : 'failed'}>
                  {right ? '✓ right' : '✗ wrong'}
                </span>
              </td>
              <td>
                <a href={agentAddress('watch', name, file, `${level}.${index}`)} aria-label={`Watch ${problem}`}>
                  Watch
                </a>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
