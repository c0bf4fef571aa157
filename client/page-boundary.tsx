import { Component, type ReactNode } from 'react';
import { failureOf, reloadIfServed } from './lib/errors.ts';
import { ErrorNote } from './ui/ErrorNote.tsx';

// What Chromium, Firefox and Safari say when a chunk of an older build is gone.
const CHUNK_GONE = /dynamically imported module|module script failed|Unable to preload CSS/i;

const NOT_LOADED = { code: 'UNAVAILABLE', reason: 'server.unreachable' } as const;

interface State {
  error: unknown;
}

/** Catches what no page expected: a chunk of an older build reloads the page, anything else is told politely. */
export class PageBoundary extends Component<{ children: ReactNode }, State> {
  override state: State = { error: undefined };

  static getDerivedStateFromError(error: unknown): State {
    return { error: error ?? new Error('unknown') };
  }

  override componentDidCatch(error: unknown): void {
    if (error instanceof Error && CHUNK_GONE.test(error.message)) void reloadIfServed();
  }

  override render(): ReactNode {
    const { error } = this.state;
    if (error === undefined) return this.props.children;
    const absent = error instanceof Error && CHUNK_GONE.test(error.message);
    const failure = absent ? NOT_LOADED : failureOf(error);
    return (
      <main style={{ maxWidth: 640, margin: '15vh auto', padding: 20 }}>
        <ErrorNote failure={failure} onRetry={() => location.reload()} />
      </main>
    );
  }
}
