/** Vue and Svelte files: their scripts, in their places. */

export const EMBEDDING_EXTENSIONS: readonly string[] = ['.vue', '.svelte'];

/** A comment, or a script with its attributes and its body. */
const PARTS = /<!--[\s\S]*?-->|<script\b((?:"[^"]*"|'[^']*'|[^'">])*)>([\s\S]*?)<\/script\s*>/gi;
/** A script of another type is data: JSON-LD, a template. */
const OTHER_TYPE = /\btype\s*=\s*["'](?!module["']|(?:text|application)\/(?:javascript|typescript)["'])/i;
const LANGUAGE = /\blang\s*=\s*["']?(tsx?|jsx?|typescript)\b/i;

export interface Scripts {
  /** The whole text, as long as it was, with blanks instead of everything that is no script. */
  text: string;
  /** Extension of a file that would hold the scripts alone. */
  extension: '.ts' | '.tsx';
  typescript: boolean;
}

/** Whether a file holds scripts between other things. */
export function embeds(file: string): boolean {
  return EMBEDDING_EXTENSIONS.some((extension) => file.endsWith(extension));
}

/** The scripts of a file, where they stand. Those of one file share their names, as they do when it is compiled. */
export function scriptsOf(text: string): Scripts {
  let blanked = '';
  let end = 0;
  let [typescript, jsx] = [false, false];
  for (const { 0: whole, 1: attributes, 2: body, index } of text.matchAll(PARTS)) {
    if (attributes === undefined || body === undefined || OTHER_TYPE.test(attributes)) continue;
    const language = LANGUAGE.exec(attributes)?.[1]?.toLowerCase() ?? 'js';
    typescript ||= language.startsWith('t');
    jsx ||= language.endsWith('x');
    const start = index + whole.indexOf('>', '<script'.length + attributes.length) + 1;
    blanked += blank(text.slice(end, start)) + body;
    end = start + body.length;
  }
  return { text: blanked + blank(text.slice(end)), extension: jsx ? '.tsx' : '.ts', typescript };
}

/** Blanks of the same length; lines stay lines. */
function blank(text: string): string {
  return text.replace(/[^\r\n\u2028\u2029]/g, ' ');
}
