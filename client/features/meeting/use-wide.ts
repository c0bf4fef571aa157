import { useMedia } from '../../lib/use-media.ts';

/** A desk: three columns side by side. Else a phone: one at a time. */
export const useWide = (): boolean => useMedia('(min-width: 900px)');
