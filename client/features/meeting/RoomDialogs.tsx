import { AttendanceDialog } from './AttendanceDialog.tsx';
import { EndDialog } from './EndDialog.tsx';
import { InviteDialog } from './InviteDialog.tsx';
import { DevicesDialog } from './DevicesDialog.tsx';
import { type DialogName, useRoom } from './room.ts';
import { ScreensDialog } from './ScreensDialog.tsx';
import { WalkInsDialog } from './WalkInsDialog.tsx';

/** The room's dialogs, loaded when the first one is opened. */
export default function RoomDialogs({ name, onClose }: { name: DialogName; onClose: () => void }) {
  const { devicesOf } = useRoom();
  if (name === 'end') return <EndDialog onClose={onClose} />;
  if (name === 'walk-ins') return <WalkInsDialog onClose={onClose} />;
  if (name === 'devices') return <DevicesDialog personId={devicesOf} onClose={onClose} />;
  if (name === 'invite') return <InviteDialog onClose={onClose} />;
  if (name === 'screens') return <ScreensDialog onClose={onClose} />;
  return <AttendanceDialog onClose={onClose} />;
}
