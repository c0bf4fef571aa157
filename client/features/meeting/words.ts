import { dictionary } from '../../lib/words.ts';
import { en } from './words-en.ts';
import { zh } from './words-zh.ts';

export const meetingWords = dictionary(zh, en);
