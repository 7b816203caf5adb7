/** Instantiations of the classes that the configuration names, whether they open or not. */

import type { Construction } from '../model/construction.js';
import { constructionsOf } from './classes-that-open.js';
import { bindingOf } from './container.js';
import { located } from './located.js';
import type { ObjectId } from './objects.js';
import type { Followed } from './openings.js';
import { compare } from './order.js';

/** Every construction of a class with one of these names, in the order of files and places. */
export function watchedConstructions(followed: Followed, classNames: ReadonlySet<string>): Construction[] {
  const { program, solver, reach } = followed;
  if (classNames.size === 0) return [];
  return constructionsOf(followed)
    .flatMap((one): Construction[] => {
      const { file, value, call, classes } = one;
      const [made] = classes.flatMap((id) => classOf(followed, id) ?? []).filter(({ name }) => classNames.has(name));
      if (!made) return [];
      const callees = solver.of(program.valueNode(file, call.callee));
      const instances = classes.map((id) => instanceOf(followed, id));
      const isReturned = (result: number) => instances.some((id) => solver.of(result).has(id));
      const { container, bound } = bindingOf(solver, reach, file, value, isReturned);
      const sure = [...callees].every((id) => id === made.id);
      return [
        { ...located(program, file, value, call), container, bound, className: made.name, declaredIn: made.file, sure },
      ];
    })
    .sort((a, b) => compare(a.file, b.file) || a.span.start - b.span.start || a.span.end - b.span.end);
}

function classOf({ program, solver }: Followed, id: ObjectId): { id: ObjectId; name: string; file: string } | null {
  const object = solver.objects.get(id);
  const name = object.kind === 'class' ? program.scope(object.file, object.scope).name : null;
  return object.kind === 'class' && name !== null ? { id, name, file: program.file(object.file).facts.file } : null;
}

function instanceOf({ solver }: Followed, id: ObjectId): ObjectId {
  const object = solver.objects.get(id);
  return object.kind === 'class' ? solver.objects.intern({ ...object, kind: 'instance' }) : id;
}
