// The present view: loaded when it is first shown, and caught when it fails, so that no page is ever blank.

import { signal } from '@preact/signals';
import { Component, type ComponentChildren, type ComponentType } from 'preact';
import { useEffect } from 'preact/hooks';
import { sentence } from '../engine/sentence.ts';
import { View as Learn } from '../learn/index.tsx';
import { Button, Empty, Notice } from '../ui/parts.tsx';
import { VIEWS } from './views.ts';

const loaded = signal<Readonly<Record<string, ComponentType>>>({ learn: Learn });
const failed = signal<Readonly<Record<string, string>>>({});

async function load(name: string): Promise<void> {
  const { [name]: _, ...others } = failed.peek();
  failed.value = others;
  try {
    const { View } = await VIEWS.find((view) => view.name === name)!.load();
    loaded.value = { ...loaded.peek(), [name]: View };
  } catch (error) {
    failed.value = { ...failed.peek(), [name]: sentence(error) };
  }
}

export function Frame({ name }: { name: string }) {
  const View = loaded.value[name];
  const { title } = VIEWS.find((view) => view.name === name)!;
  useEffect(() => {
    if (!loaded.peek()[name]) void load(name);
  }, [name]);
  if (View) {
    return (
      <Boundary key={name}>
        <View />
      </Boundary>
    );
  }
  if (failed.value[name]) {
    return (
      <Notice kind="bad" actions={<Button onClick={() => void load(name)}>Try again</Button>}>
        {title} could not be loaded ({failed.value[name]}). There may be no network; what is being trained goes on.
      </Notice>
    );
  }
  return <Empty title={title}>Loading …</Empty>;
}

interface Caught {
  readonly error?: unknown;
}

/** Shows a view's failure in its place. */
class Boundary extends Component<{ children: ComponentChildren }, Caught> {
  override state: Caught = {};

  static override getDerivedStateFromError(error: unknown): Caught {
    return { error };
  }

  override render() {
    if (this.state.error === undefined) return this.props.children;
    const { error } = this.state;
    return (
      <Notice
        kind="bad"
        actions={
          <>
            <Button onClick={() => this.setState({ error: undefined })}>Try again</Button>
            <Button
              onClick={() => {
                location.hash = '#/learn';
                location.reload();
              }}
            >
              Begin anew
            </Button>
          </>
        }
      >
        This view has failed: {sentence(error)}. What is being trained goes on.
      </Notice>
    );
  }
}
