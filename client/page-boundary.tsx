import { Component, type ReactNode } from 'react';
import { failureOf, reloadOnce } from './lib/errors.ts';
import { ErrorNote } from './ui/ErrorNote.tsx';

// What Chromium, Firefox and Safari say when a chunk of an older build is gone.
const CHUNK_GONE = /dynamically imported module|module script failed|Unable to preload CSS/i;

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
    if (error instanceof Error && CHUNK_GONE.test(error.message)) reloadOnce();
  }

  override render(): ReactNode {
    if (this.state.error === undefined) return this.props.children;
    return (
      <main style={{ maxWidth: 640, margin: '15vh auto', padding: 20 }}>
        <ErrorNote failure={failureOf(this.state.error)} onRetry={() => location.reload()} />
      </main>
    );
  }
}
