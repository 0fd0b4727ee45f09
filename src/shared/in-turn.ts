/**
 * A queue of one place: what is given begins when what came before it has ended, well or not. It awaits and calls no `then`,
 * which code in the same realm may have replaced.
 *
 * @internal
 */
export function inTurn(): <Value>(act: () => Promise<Value>) => Promise<Value> {
  let before: Promise<unknown> = Promise.resolve();
  return (act) => {
    const mine = after(before, act);
    before = mine;
    return mine;
  };
}

async function after<Value>(before: Promise<unknown>, act: () => Promise<Value>): Promise<Value> {
  try {
    await before;
  } catch {
    // Whoever gave it hears of it.
  }
  return act();
}
