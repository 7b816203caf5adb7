/** What type checkers say, in one form. */

import { posix, relative, sep } from 'node:path';

/** An error of a checker. Lines move with every edit, so they are for people: two are equal by file and message. */
export interface Complaint {
  /** From the root; null: of the project as a whole. */
  file: string | null;
  line: number | null;
  message: string;
}

/** Errors that were not there before: each message of a file as often as it was before is old. */
export function newComplaints(before: readonly Complaint[], after: readonly Complaint[]): Complaint[] {
  const key = ({ file, message }: Complaint) => `${file}\0${message}`;
  const left = new Map<string, number>();
  for (const one of before) left.set(key(one), (left.get(key(one)) ?? 0) + 1);
  return after.filter((one) => {
    const count = left.get(key(one)) ?? 0;
    left.set(key(one), count - 1);
    return count <= 0;
  });
}

/** `src/a.ts(3,5): error TS2322: …`, and `error TS5083: …` of the configuration. */
export function readTsc(output: string, folder: string): Complaint[] {
  return output.split('\n').flatMap((line): Complaint[] => {
    const found = /^(?:(\S.*?)\((\d+),\d+\): )?error (TS\d+: .*?)\s*$/.exec(line);
    if (!found) return [];
    const [, file, number, message = ''] = found;
    return [{ file: file === undefined ? null : posix.join(folder, file), line: Number(number ?? 0) || null, message }];
  });
}

/** `src/a.py:3: error: …  [code]`. */
export function readMypy(output: string, folder: string): Complaint[] {
  return output.split('\n').flatMap((line): Complaint[] => {
    const found = /^(.+?):(\d+)(?::\d+)?: error: (.*)$/.exec(line);
    return found ? [{ file: posix.join(folder, found[1] ?? ''), line: Number(found[2]), message: found[3] ?? '' }] : [];
  });
}

/** `pyright --outputjson`: absolute paths, lines from zero. */
export function readPyright(root: string): (output: string) => Complaint[] {
  return (output) => {
    const text = output.slice(output.indexOf('{'), output.lastIndexOf('}') + 1);
    const { generalDiagnostics = [] } = JSON.parse(text || '{}') as {
      generalDiagnostics?: { file: string; severity: string; message: string; range?: { start: { line: number } } }[];
    };
    return generalDiagnostics
      .filter(({ severity }) => severity === 'error')
      .map(({ file, message, range }) => ({
        file: relative(root, file).split(sep).join('/'),
        line: range ? range.start.line + 1 : null,
        message,
      }));
  };
}

/** A traceback ends with what Python has against the text. */
export function readPython(file: string): (output: string) => Complaint[] {
  return (output) => {
    const message = output.split('\n').findLast((line) => /^\w*(?:Error|Exception)\b/.test(line));
    const line = [...output.matchAll(/line (\d+)/g)].at(-1)?.[1];
    return message === undefined
      ? []
      : [{ file, line: line === undefined ? null : Number(line), message: message.trim() }];
  };
}
