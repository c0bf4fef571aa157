import { dictionary } from '../../lib/words.ts';
import { zh } from './words-zh.ts';

export const meetingWords = dictionary(zh, () => import('./words-en.ts'));
