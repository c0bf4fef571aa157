import { later } from '../../later.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** The phone's page about oneself. */
export const Me = later(() => import('./Me.tsx'), <Skeleton rows={4} />);
