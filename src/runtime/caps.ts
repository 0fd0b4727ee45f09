/**
 * How much one run may send. The realm keeps to these numbers by itself and says what it left out;
 * the frame and the host enforce `messages` and `messageBytes` against code that goes round the realm.
 */
export const caps = {
  /** Console lines kept of one run. */
  consoleLines: 1_000,
  /** Characters of one console line. */
  lineLength: 10_000,
  /** Characters of all console lines of one run. */
  consoleLength: 400_000,
  /** Display items (tables, plots, tensors, images) of one run. */
  displayItems: 100,
  tableRows: 200,
  tableColumns: 20,
  /** Characters of a table cell, a title, an axis label, a series name. */
  labelLength: 300,
  plotSeries: 20,
  plotPoints: 5_000,
  histogramBins: 400,
  heatmapSide: 128,
  imageSide: 512,
  /** Bytes of one file that is offered for saving, and characters of its name. */
  fileBytes: 16 * 1024 * 1024,
  fileName: 80,
  /** Messages from one worker within one run. */
  messages: 4_000,
  /** Bytes (estimated) from one worker within one run. */
  messageBytes: 96 * 1024 * 1024,
  /** Values of every kind within one message. */
  messageNodes: 2_000_000,
  /** Bytes of one value that crosses between a submission and its judge. */
  plainBytes: 32 * 1024 * 1024,
  /** Items, keys and characters of one such value. */
  plainNodes: 1_000_000,
  plainDepth: 64,
  /** Calls of the submission by one check run. */
  calls: 3_000,
  errorLength: 2_000,
  /** Least time between two progress messages, in ms. */
  progressEveryMs: 50,
  /** Lines and items of a run that are sent each on its own; later ones go in batches. */
  linesSentAtOnce: 200,
  /** Longest time console output waits in the realm, in ms. */
  flushEveryMs: 40,
} as const;
