/**
 * How many expectations have been made since the count was last taken. A check in which none was made
 * has tested nothing, and the judge says so instead of passing it.
 */
let made = 0;

export function countExpectation(): void {
  made += 1;
}

/** Gives the count and starts again at nought. */
export function takeExpectationCount(): number {
  const count = made;
  made = 0;
  return count;
}
