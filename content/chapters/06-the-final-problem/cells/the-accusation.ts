import { accuse } from 'heavy-weights/book';

// Inspector Lestrade’s. Put your own in its place, and run the cell again.
// Of a sheet say { sabotage: 'poisoned-sample', specimen: 0 } and so on to 99.
const accusation = { sabotage: 'bias-scale', layer: 'logits' };

const { convicted, correct } = await accuse(accusation, mended);
if (!convicted && correct.mended > correct.float - 50) {
  console.log('Nobody is acquitted by this. It is this accusation that the evidence does not bear out.');
}
