/** What every pattern has in common: one edit for each instruction, in the order of the text. */

import type { Edit, Instruction, TransformResult } from '../../src/model/change.js';
import { checkNone } from './check-none.js';
import { collapse } from './collapse.js';
import { checkImport, dropExports, dropHolder } from './drop-names.js';
import { dropStatement } from './drop-statement.js';
import { moveImports } from './move-imports.js';
import { putBehind } from './put-behind.js';
import { putBeside } from './put-beside.js';
import { leaveReceiver, passReceiver } from './receiver.js';
import { type Refusal, refuse } from './refuse.js';
import { type FoundCall, foundCall, replaceCall } from './replace-call.js';
import { replaceMock } from './replace-mock.js';
import { replaceReference } from './replace-reference.js';
import { sendCached } from './send-cached.js';
import { sendCommand } from './send-command.js';
import { sendTogether } from './send-together.js';
import type { Source } from './source.js';
import { warnParameter } from './warn-parameter.js';

/** What a receiver's call holds beside its arguments stays, and so does what is checked. */
const STAYS = /-receiver$|^check-none$|^call-(?:before|behind)$|^warn-parameter$/;

/** What a pattern asks of the place of an opening before it is replaced; null when it is content. */
export type PlaceCheck = (found: FoundCall, source: Source) => Refusal | null;

export function followInstructions(source: Source, instructions: Instruction[], check: PlaceCheck): TransformResult {
  const gone = instructions.filter(({ kind }) => !STAYS.test(kind)).map(({ span }) => span);
  const edits: Edit[] = [];
  for (const instruction of instructions) {
    for (const answer of follow(source, instruction, gone, check)) {
      if ('ok' in answer) return answer;
      edits.push(answer);
    }
  }
  const exported = instructions.flatMap((one) => (one.kind === 'drop-export' ? [one.span] : []));
  for (const answer of dropExports(source, exported)) {
    if ('ok' in answer) return answer;
    edits.push(answer);
  }
  return { ok: true, edits: edits.sort((a, b) => a.start - b.start || a.end - b.end) };
}

function follow(
  source: Source,
  instruction: Instruction,
  gone: Instruction['span'][],
  check: PlaceCheck,
): (Edit | Refusal)[] {
  if (instruction.kind === 'move-imports') return moveImports(source, instruction);
  if (instruction.kind === 'drop-statement') return [dropStatement(source, instruction.span, gone)];
  if (instruction.kind === 'pass-receiver') return passReceiver(source, instruction.span, instruction.use);
  if (instruction.kind === 'leave-with' || instruction.kind === 'leave-call') {
    return [refuse('no-transform', 'there is no `with` over a client in JavaScript', source, instruction.span.start)];
  }
  if (instruction.kind === 'call-before' || instruction.kind === 'call-behind') {
    return [putBeside(source, instruction)];
  }
  if (instruction.kind === 'changed-apart') return [];
  if (instruction.kind === 'collapse') {
    const { span, keep, opening, use } = instruction;
    return [collapse(source, span, keep, opening, use)];
  }
  if (instruction.kind === 'check-none') {
    return checkNone(source, instruction.span, instruction.opening, instruction.policy);
  }
  if (instruction.kind === 'replace-mock') return replaceMock(source, instruction);
  if (instruction.kind === 'send-command') return [sendCommand(source, instruction)];
  if (instruction.kind === 'warn-parameter') return warnParameter(source, instruction);
  if (instruction.kind === 'send-cached') return [sendCached(source, instruction)];
  if (instruction.kind === 'send-together') return sendTogether(source, instruction);
  if (instruction.kind === 'drop-holder') return [dropHolder(source, instruction.span, instruction.opening, gone)];
  if (instruction.kind === 'replace-reference') return [replaceReference(source, instruction.span, instruction.use)];
  if (instruction.kind === 'drop-import') return checkImport(source, instruction.span, gone);
  if (instruction.kind === 'drop-export') return [];
  if (instruction.kind === 'leave-receiver') return [leaveReceiver(source, instruction.span)];
  if (instruction.kind === 'replace-opening') {
    const found = foundCall(source, instruction.span);
    const refused = found ? check(found, source) : null;
    if (refused) return [refused];
  }
  const replaced = replaceCall(source, instruction.span, instruction.use);
  const once = instruction.kind === 'replace-call' ? instruction.once : undefined;
  if (!once?.after || 'ok' in replaced) return [replaced];
  return [
    dropStatement(source, once.statement, gone),
    putBehind(source, once.after, changed(source, once.statement, replaced)),
  ];
}

/** Text of a statement with one edit inside of it made. */
function changed({ text }: Source, statement: Instruction['span'], edit: Edit): string {
  return text.slice(statement.start, edit.start) + edit.text + text.slice(edit.end, statement.end);
}
