/** A hook at every instant at which being killed would matter. Only tests give one. */

/** Called with the name of the point that was just passed. */
export type Fault = (point: FaultPoint) => void;

export type FaultPoint =
  | 'lock-taken'
  /** The journal's folder and bytes exist, its index does not. */
  | 'journal-bytes'
  /** The index says `open`: from here on sources may change. */
  | 'journal-open'
  | 'temp-written'
  | 'file-replaced'
  | 'files-replaced'
  | 'formatting'
  | 'formatted'
  | 'hashes-recorded'
  | 'ledger-written'
  | 'journal-done'
  | 'undo-begun'
  | 'undo-file-restored'
  | 'undo-files-restored'
  | 'undo-ledger-restored'
  | 'undo-index-gone';

/** The hook of production: nothing happens. */
export const noFault: Fault = () => undefined;
