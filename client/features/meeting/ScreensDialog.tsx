import { useWords } from '../../lib/words.ts';
import { Dialog } from '../../ui/Dialog.tsx';
import { ScreensPanel } from '../screen/ScreensPanel.tsx';
import { useRoom } from './room.ts';
import { meetingWords } from './words.ts';

/** For the note-taker, who does not invite. */
export function ScreensDialog({ onClose }: { onClose: () => void }) {
  const words = useWords(meetingWords);
  const { session } = useRoom().view;
  if (!session) return null;
  return (
    <Dialog open onClose={onClose} title={words.screen}>
      <ScreensPanel session={session} />
    </Dialog>
  );
}
