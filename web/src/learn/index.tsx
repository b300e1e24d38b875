// Learn: what is trained, how it goes, and what came of it.

import { Configuration } from './Configuration.tsx';
import { Controls } from './Controls.tsx';
import { Curves } from './Curves.tsx';
import './learn.css';
import { Outcome } from './Outcome.tsx';
import { Warnings } from './Warnings.tsx';

export function View() {
  return (
    <div class="learn">
      {/* First, so that the keyboard reaches them before the form that stands beside them. */}
      <Controls />
      <Configuration />
      <div class="learn-main">
        <Curves />
        <div class="learn-pair">
          <Outcome />
          <Warnings />
        </div>
      </div>
    </div>
  );
}
