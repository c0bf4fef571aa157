import type { Language } from '../../shared/labels.ts';
import { joinWords } from '../../client/features/join/words.ts';
import { meetingWords } from '../../client/features/meeting/words.ts';
import { en as joinEnglish } from '../../client/features/join/words-en.ts';
import { en as meetingEnglish } from '../../client/features/meeting/words-en.ts';
import { en as doorEnglish } from '../../client/features/meeting/door-words-en.ts';
import { doorWords } from '../../client/features/meeting/door-words.ts';
import { promptWords } from '../../client/features/meeting/prompt-words.ts';
import { recordWords } from '../../client/features/meeting/record-words.ts';
import { unsentWords } from '../../client/features/meeting/unsent-words.ts';

/** The texts of the pages in both languages, by which things are found. */
export const TEXTS = [
  {
    ...{ language: 'zh' as Language, ...meetingWords.zh, joins: joinWords.zh, doors: doorWords.zh },
    ...{ recording: recordWords.zh, guiding: promptWords.zh, unsentWords: unsentWords.zh },
  },
  {
    ...{ language: 'en' as Language, ...meetingEnglish, joins: joinEnglish, doors: doorEnglish },
    ...{ recording: recordWords.en, guiding: promptWords.en, unsentWords: unsentWords.en },
  },
];
export type Texts = (typeof TEXTS)[number];
