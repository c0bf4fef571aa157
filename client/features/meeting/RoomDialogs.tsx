import { AttendanceDialog } from './AttendanceDialog.tsx';
import { EndDialog } from './EndDialog.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import type { DialogName } from './room.ts';

/** The room's dialogs, loaded when the first one is opened. */
export default function RoomDialogs({ name, onClose }: { name: DialogName; onClose: () => void }) {
  if (name === 'end') return <EndDialog onClose={onClose} />;
  if (name === 'invite') return <InviteDialog onClose={onClose} />;
  return <AttendanceDialog onClose={onClose} />;
}
