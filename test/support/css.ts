export interface Declaration {
  property: string;
  value: string;
}
/** One rule of a style sheet: what stands around it (`@media …`), its selector, and its declarations in order. */
export interface Rule {
  around: string[];
  selector: string;
  declarations: Declaration[];
}

/** Reads plain CSS as the style sheets here are written; comments are dropped. */
export function readCss(text: string): Rule[] {
  const rules: Rule[] = [];
  const open: string[] = [];
  let rest = '';
  for (const piece of text.replace(/\/\*[\s\S]*?\*\//g, '').split(/([{}])/)) {
    if (piece === '{') open.push(rest.trim().replace(/\s+/g, ' '));
    if (piece === '}') {
      const selector = open.pop() ?? '';
      rules.push({ around: [...open], selector, declarations: declarationsIn(rest) });
    }
    rest = piece === '{' || piece === '}' ? '' : piece;
  }
  return rules;
}

function declarationsIn(body: string): Declaration[] {
  return body
    .split(';')
    .map((each) => /^\s*([-\w]+)\s*:\s*([\s\S]+?)\s*$/.exec(each))
    .filter((each) => each !== null)
    .map(([, property, value]) => ({ property: property!, value: value!.replace(/\s+/g, ' ') }));
}
