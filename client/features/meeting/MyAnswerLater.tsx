import { later } from '../../later.tsx';
import { Skeleton } from '../../ui/Skeleton.tsx';

/** Who cannot take part says so here; loaded after the talk is there. */
export const MyAnswer = later(() => import('./MyAnswer.tsx'), <Skeleton rows={2} />);
