import { dictionary } from '../../lib/words.ts';

export const promptWords = dictionary(
  { prompts: '引导问题', putUp: '展示', takeDown: '收起', none: '本室还没有引导问题。' },
  {
    prompts: 'Guiding questions',
    putUp: 'Show',
    takeDown: 'Take down',
    none: 'This room has no guiding questions yet.',
  },
);
