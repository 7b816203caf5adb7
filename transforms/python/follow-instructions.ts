/** What every pattern has in common: one edit for each instruction, in the order of the text. */

import type { Edit, Instruction, TransformResult } from '../../src/model/change.js';
import type { Span } from '../../src/model/facts.js';
import { checkNone } from './check-none.js';
import { collapse } from './collapse.js';
import { checkImport, dropHolder } from './drop-names.js';
import { dropStatement } from './drop-statement.js';
import { findCall } from './find-node.js';
import { leaveCall, leaveWith } from './leave-with.js';
import { moveImports } from './move-imports.js';
import type { Node } from './node.js';
import { putBehind } from './put-behind.js';
import { putBeside } from './put-beside.js';
import { type Refusal, refuse } from './refuse.js';
import { replaceCall } from './replace-call.js';
import { replaceReference } from './replace-reference.js';
import { sendCached } from './send-cached.js';
import { sendCommand } from './send-command.js';
import { sendTogether } from './send-together.js';
import type { Source } from './source.js';
import { warnParameter } from './warn-parameter.js';

/** What a pattern asks of the place of an opening before it is replaced; null when it is content. */
export type PlaceCheck = (call: Node, source: Source) => Refusal | null;

/** What these speak of stays: the body of a `with`, what is checked, what a call is put beside. */
const STAYING: ReadonlySet<Instruction['kind']> = new Set([
  'leave-with',
  'leave-call',
  'check-none',
  'call-before',
  'call-behind',
  'warn-parameter',
]);

export function followInstructions(
  source: Source,
  instructions: Instruction[],
  check: PlaceCheck,
  taken: ReadonlySet<string> = new Set(),
): TransformResult {
  const gone = instructions.filter(({ kind }) => !STAYING.has(kind)).map(({ span }) => span);
  const edits: Edit[] = [];
  for (const instruction of instructions) {
    for (const answer of follow(source, instruction, gone, check, taken)) {
      if ('ok' in answer) return answer;
      edits.push(answer);
    }
  }
  return { ok: true, edits: edits.sort((a, b) => a.start - b.start || a.end - b.end) };
}

function follow(
  source: Source,
  instruction: Instruction,
  gone: Span[],
  check: PlaceCheck,
  taken: ReadonlySet<string>,
): (Edit | Refusal)[] {
  if (instruction.kind === 'move-imports') return moveImports(source, instruction, taken);
  if (instruction.kind === 'drop-statement') return [dropStatement(source, instruction.span, gone)];
  if (instruction.kind === 'leave-with') return leaveWith(source, instruction.span, instruction.of);
  if (instruction.kind === 'leave-call') return leaveCall(source, instruction.span, instruction.of);
  if (instruction.kind === 'changed-apart') return [];
  if (instruction.kind === 'call-before' || instruction.kind === 'call-behind') {
    return [putBeside(source, instruction)];
  }
  if (instruction.kind === 'collapse') return [collapse(source, instruction)];
  if (instruction.kind === 'check-none') {
    return checkNone(source, instruction.span, instruction.opening, instruction.policy);
  }
  if (instruction.kind === 'replace-mock') {
    return [refuse('no-transform', 'no stand-in of a module in Python', source, instruction.span.start)];
  }
  if (instruction.kind === 'send-command') return [sendCommand(source, instruction)];
  if (instruction.kind === 'warn-parameter') return [warnParameter(source, instruction)];
  if (instruction.kind === 'send-cached') return [sendCached(source, instruction)];
  if (instruction.kind === 'send-together') return sendTogether(source, instruction);
  if (instruction.kind === 'drop-holder') return [dropHolder(source, instruction.span, instruction.opening, gone)];
  if (instruction.kind === 'replace-reference') return [replaceReference(source, instruction.span, instruction.use)];
  if (instruction.kind === 'drop-import') return checkImport(source, instruction.span, gone);
  if (instruction.kind === 'drop-export') {
    return [refuse('no-transform', 'Python has no exports of its own', source, instruction.span.start)];
  }
  if (instruction.kind === 'pass-receiver' || instruction.kind === 'leave-receiver') {
    // Its clients neither connect by a call nor have listeners.
    return [refuse('no-transform', 'calls on a client stay as they are in Python', source, instruction.span.start)];
  }
  if (instruction.kind === 'replace-opening') {
    const found = findCall(source, instruction.span);
    const refused = found ? check(found, source) : null;
    if (refused) return [refused];
  }
  const replaced = replaceCall(source, instruction.span, instruction.use);
  const once = instruction.kind === 'replace-call' ? instruction.once : undefined;
  if (!once?.after || 'ok' in replaced) return [replaced];
  const moved = source.text.slice(once.statement.start, replaced.start) + replaced.text;
  return [
    dropStatement(source, once.statement, gone),
    putBehind(source, once.after, moved + source.text.slice(replaced.end, once.statement.end)),
  ];
}
