// What is said where the page comes from a host of files: that runs on disk need a server, and which.

import { addressOf } from '../state/store.ts';
import { Copy, Empty } from '../ui/parts.tsx';

export function StaticHost() {
  return (
    <Empty
      title="Runs on disk are shown where they are"
      actions={
        <div class="runs-start">
          <Copy label="the command that trains" text="npx innerloop train calculator" />
          <Copy label="the command that serves" text="npx innerloop serve runs" />
          <p>
            A single run, from a zip or a folder, can be opened here as well, in{' '}
            <a href={addressOf('takeaway')}>Take away</a>.
          </p>
        </div>
      }
    >
      <p>
        This page comes from a host of files alone, which cannot look into your folders. On your own machine, the
        command line serves this same page with everything that was trained there: lists, live curves, comparisons and
        checkpoints. Only your machine reaches it.
      </p>
    </Empty>
  );
}
