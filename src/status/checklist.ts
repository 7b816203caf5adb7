/** When is a migration complete: the list to go through, each with what is still in the way. Pure. */

import type { ChecklistItem, Violation, ViolationCode } from '../model/gate.js';
import type { Inventory } from '../model/site.js';

const ITEMS: { text: string; codes: ViolationCode[] }[] = [
  {
    text: 'The search for openings gives none outside of the accessor',
    codes: ['opening', 'module-owner', 'came-back'],
  },
  { text: 'No module-level cache owns a client', codes: ['module-owner'] },
  { text: 'No class of the project opens for itself', codes: ['own-wrapper'] },
  { text: 'No library is given settings to open by itself', codes: ['library-opening'] },
  { text: 'Only the accessor closes what it shares', codes: ['foreign-close'] },
  { text: 'Every client of the accessor has the role that it is used for', codes: ['accessor-misuse'] },
  { text: 'The accessor is started before it is asked', codes: ['accessor-early'] },
  { text: 'No deprecated module is imported', codes: ['deprecated-import'] },
  { text: 'Every exemption is in date and still needed', codes: ['exemption-expired', 'exemption-stale'] },
  { text: 'Every decision still holds', codes: ['decision-stale'] },
  { text: 'Every file could be read', codes: ['unread-file'] },
];

export function checklistOf(violations: readonly Violation[], { sites, findings }: Inventory): ChecklistItem[] {
  const movable = sites.filter(({ verdict, exempt }) => verdict !== 'keep' && exempt === null);
  return [
    item('Every batch is applied', movable),
    ...ITEMS.map(({ text, codes }) =>
      item(
        text,
        violations.filter(({ code }) => codes.includes(code)),
      ),
    ),
    item(
      'No credential is written in the code',
      findings.filter(({ code }) => code === 'literal-credential'),
    ),
  ];
}

function item(text: string, places: readonly { file: string; line: number }[]): ChecklistItem {
  return { text, done: places.length === 0, left: places.map(({ file, line }) => `${file}:${line}`) };
}
