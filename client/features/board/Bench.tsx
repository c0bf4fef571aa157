import type { BoardView } from '../../../shared/contract/board.ts';
import { useWords } from '../../lib/words.ts';
import { Button, IconButton } from '../../ui/Button.tsx';
import { classes } from '../../ui/classes.ts';
import { Icon } from '../../ui/Icon.tsx';
import { BoardIcon } from './BoardIcon.tsx';
import styles from './board.module.css';
import { ExportButton } from './ExportButton.tsx';
import type { Filter, Scope, Shown } from './list-view.ts';
import type { ListSnapshot } from './problem-list.ts';
import type { Live } from './use-live.ts';
import { boardWords } from './words.ts';

interface BenchProps {
  board: BoardView;
  sessionId: string;
  live: Live;
  snapshot: ListSnapshot;
  counts: Shown['counts'];
  inRoom: boolean;
  filter: Filter;
  onFilter: (filter: Filter) => void;
  onAdd: () => void;
  onUndo: () => void;
  onRedo: () => void;
}

/** Everything that is done to the list as a whole. */
export function Bench(props: BenchProps) {
  const { board, sessionId, live, snapshot, counts, inRoom, filter, onFilter } = props;
  const words = useWords(boardWords);
  const names: Record<Scope, string> = {
    meeting: words.ofMeeting,
    here: words.here,
    all: words.all,
    withdrawn: words.withdrawnRows,
  };
  const inMeeting = counts.meeting !== undefined;
  const scopes: Scope[] = [
    ...(inMeeting ? (['meeting'] as const) : []),
    ...(inRoom ? (['here'] as const) : []),
    'all',
    'withdrawn',
  ];
  const offered = scopes.filter(
    (scope) => scope !== 'withdrawn' || counts.withdrawn > 0 || filter.scope === scope,
  );
  return (
    <div className={styles.bench}>
      {!live.readOnly && (
        <Button small onClick={props.onAdd}>
          <Icon name="plus" size={16} />
          {words.add}
        </Button>
      )}
      <div className={styles.scopes} role="group" aria-label={words.shown}>
        {offered.map((scope) => (
          <button
            key={scope}
            type="button"
            className={classes(styles.scope, scope === 'here' && styles.scopeHere)}
            aria-pressed={filter.scope === scope}
            onClick={() => onFilter({ ...filter, scope })}
          >
            {names[scope]} <span className={styles.count}>{counts[scope]}</span>
          </button>
        ))}
      </div>
      <input
        type="search"
        className={styles.search}
        aria-label={words.search}
        placeholder={words.searchHint}
        value={filter.query}
        onChange={(event) => onFilter({ ...filter, query: event.target.value })}
      />
      <span className={styles.end}>
        {!live.readOnly && (
          <span className={styles.steps}>
            <IconButton label={words.undo} disabled={!snapshot.canUndo} onClick={props.onUndo}>
              <BoardIcon name="undo" />
            </IconButton>
            <IconButton label={words.redo} disabled={!snapshot.canRedo} onClick={props.onRedo}>
              <BoardIcon name="redo" />
            </IconButton>
          </span>
        )}
        <ExportButton board={board} sessionId={sessionId} />
      </span>
    </div>
  );
}
