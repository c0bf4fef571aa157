import { Component, type ReactNode } from 'react';

interface Props {
  failed(error: unknown): void;
  children: ReactNode;
}

/** An editor that cannot even be made ends here, not the page around it. */
export class DraftBoundary extends Component<Props, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidCatch(error: unknown): void {
    this.props.failed(error);
  }

  override render(): ReactNode {
    return this.state.failed ? null : this.props.children;
  }
}
