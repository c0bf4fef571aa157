import { type AnyExtension, Extension } from '@tiptap/core';
import { Plugin } from '@tiptap/pm/state';
import { lineBreaks } from '../../../shared/line-breaks.ts';
import { someWordsLeft } from './left-out.ts';

/** Outside of tags. */
const BREAK = /[\u000B\u000C\u0085\u2028\u2029](?![^<>]*>)/g;

/** Breaks that other programs write become lines of the draft. */
export const breaksInHtml = (html: string): string => html.replace(BREAK, '<br>');

/** Looks at what a paste brings into the draft; `left` is called when some of its words stayed outside. */
export const draftPaste = (left: () => void): AnyExtension =>
  Extension.create({
    name: 'draftPaste',
    addProseMirrorPlugins() {
      let came: string | undefined;
      return [
        new Plugin({
          props: {
            transformPastedHTML(html) {
              came = html;
              return breaksInHtml(html);
            },
            transformPastedText: (text) => lineBreaks(text),
            transformPasted(slice) {
              const html = came;
              came = undefined;
              const arrived = slice.content.textBetween(0, slice.content.size, '\n');
              if (html !== undefined && someWordsLeft(textOf(html), arrived)) left();
              return slice;
            },
          },
        }),
      ];
    },
  });

/** The text that a page of this HTML would show. Nothing in it is run or fetched. */
function textOf(html: string): string {
  const { body } = new DOMParser().parseFromString(html, 'text/html');
  for (const silent of body.querySelectorAll('style, script, title, template')) silent.remove();
  return body.textContent ?? '';
}
