import { Parser } from 'saxen';
import { UnreadableRoster } from './roster-bounds.ts';

export interface XmlEvents {
  /** `name` without its prefix; attributes with their prefixes, as written (`xmlText` reads them). */
  open?(name: string, attributes: () => Record<string, string>): void;
  text?(text: string): void;
  close?(name: string): void;
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text of XML as meant. (saxen's own reading loses what lies beyond U+FFFF.) */
export function xmlText(written: string): string {
  if (!written.includes('&')) return written;
  return written.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w+));/gi, (all, decimal, hex, name) => {
    if (name !== undefined) return NAMED[name as string] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex as string, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '\uFFFD';
  });
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

/** Walks through one part of a workbook. Throws UnreadableRoster, and what the listeners throw. */
export function walkXml(xml: string, on: XmlEvents): void {
  let thrown: unknown;
  const guarded =
    <A extends unknown[]>(listener: (...given: A) => void) =>
    (...given: A) => {
      try {
        listener(...given);
      } catch (error) {
        thrown = error;
        throw error;
      }
    };
  const parser = new Parser()
    .on(
      'openTag',
      guarded((name: string, attributes: () => Record<string, string>) => on.open?.(local(name), attributes)),
    )
    .on(
      'closeTag',
      guarded((name: string) => on.close?.(local(name))),
    )
    .on(
      'text',
      guarded((text: string) => on.text?.(xmlText(text))),
    )
    .on(
      'cdata',
      guarded((text: string) => on.text?.(text)),
    );
  try {
    parser.parse(xml);
  } catch {
    throw thrown ?? new UnreadableRoster('roster.unreadable');
  }
}
