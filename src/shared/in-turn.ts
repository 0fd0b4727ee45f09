/**
 * A queue of one place: what is given begins when what came before it has ended, well or not.
 *
 * @internal
 */
export function inTurn(): <Value>(act: () => Promise<Value>) => Promise<Value> {
  let before: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = before.then(act);
    before = mine.catch(() => undefined);
    return mine;
  };
}
