/** Case numbers are whole numbers from 1 to this. */
export const MOST_CASES = 999_999;
