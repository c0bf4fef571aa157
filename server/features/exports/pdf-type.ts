import type { Faces, Role } from './faces.ts';
import { glyphRuns } from './glyph-runs.ts';
import { PITCH } from './page.ts';

/** A node of pdfmake's document definition. */
export type Node = Record<string, unknown>;

/** Millimetres to points. */
export const pt = (length: number) => (length * 72) / 25.4;

/** 3号 as printers had it: 28 letters of 15.75 pt fill 156 mm (Word's 16 pt needs closing up, which pdfmake cannot). */
export const BODY_SIZE = 15.75;

/** Sets text in the faces of one report; knows the names under which pdfmake gets the font files. */
export type Setter = {
  /** Inline pieces of one line pitch. Points. */
  inline(text: string, role: Role, size: number, pitch?: number): Node[];
  /** pdfmake's table of fonts: name to file. */
  fonts: Record<string, { normal: string }>;
};

export function createSetter(faces: Faces): Setter {
  const files = [...new Set(Object.values(faces).flat())];
  const name = new Map(files.map((file, i) => [file, `F${i}`]));
  return {
    fonts: Object.fromEntries(files.map((file) => [name.get(file), { normal: file.path }])),
    inline: (text, role, size, pitch = PITCH) =>
      glyphRuns(text, role, faces).map((run) => ({
        text: run.text,
        font: name.get(run.face),
        fontSize: size,
        lineHeight: pitch / (run.face.natural * size),
      })),
  };
}
