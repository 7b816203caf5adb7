/** How a client travels, in words for people. */

import type { At, FollowedClient } from '../model/traced.js';
import type { ObjectId } from './objects.js';
import type { Followed } from './openings.js';
import type { Node } from './program.js';

type Step = FollowedClient['way'][number];

/** Steps of every client: variables, parameters, results, fields, properties, globals and exports that hold it. */
export function waysOf(followed: Followed): Map<ObjectId, Step[]> {
  const { solver, program, reach } = followed;
  const ways = new Map<ObjectId, Step[]>();
  const put = (node: Node, step: Step | null) => {
    if (step === null) return;
    for (const client of solver.clientsIn(node)) {
      const steps = ways.get(client) ?? [];
      steps.push(step);
      ways.set(client, steps);
    }
  };
  for (const node of reach.nodes) {
    if (solver.clientsIn(node).length > 0) put(node, inFile(followed, node) ?? ofObject(followed, node));
  }
  for (const file of program.files) {
    for (const e of file.facts.exports) {
      if (e.value === null) continue;
      const text = `exported as \`${e.name}\``;
      put(program.valueNode(file.index, e.value), { text, at: program.at(file.index, e.span.start) });
    }
  }
  return ways;
}

/** A variable, a parameter or a result. */
function inFile({ program }: Followed, node: Node): Step | null {
  const file = program.fileOfNode(node);
  if (file === null || node < file.locals) return null;
  const result = program.returnOf(node);
  if (result !== null) {
    const { name, span } = program.scope(file.index, result.scope);
    return {
      text: `${name === null ? 'a function' : `\`${name}()\``} returns it`,
      at: program.at(file.index, span.start),
    };
  }
  const local = file.facts.locals[node - file.locals];
  if (!local || local.name.startsWith('{')) return null;
  const at = program.at(file.index, local.span.start);
  if (local.kind === 'import') return { text: `imported as \`${local.name}\``, at };
  const of = program.scope(file.index, local.scope).name;
  if (local.kind === 'param')
    return { text: `given to ${of === null ? 'a function' : `\`${of}\``} as \`${local.name}\``, at };
  return { text: `kept in \`${local.name}\``, at };
}

/** A field, a property or a global. */
function ofObject({ program, solver }: Followed, node: Node): Step | null {
  const [kind, , name] = (solver.nameOf(node) ?? '').split(' ');
  const owner = solver.names.ownerOf(node);
  const object = owner === null ? null : solver.objects.get(owner);
  if (name === undefined || name === '*') return null;
  if (kind === 'field' && (object?.kind === 'instance' || object?.kind === 'class')) {
    const scope = program.scope(object.file, object.scope);
    const field = scope.fields?.find((f) => f.name === name);
    const at: At = program.at(object.file, field?.span.start ?? scope.span.start);
    return { text: `kept in \`${scope.name ?? 'a class'}.${name}\``, at };
  }
  if (kind !== 'property' || object?.kind !== 'record' || object.value < 0) return null;
  const at = program.at(object.file, program.value(object.file, object.value).span.start);
  return { text: `property \`${name}\` of an object`, at };
}
