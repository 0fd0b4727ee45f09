/** Somebody whose hand-in is among the samples, and what it shows. */
export interface SampleStudent {
  key:
    | 'right'
    | 'mistaken'
    | 'forged'
    | 'late'
    | 'endless'
    | 'copied'
    | 'older'
    | 'changed'
    | 'cut'
    | 'hostile';
  name: string;
  id: string;
  /** As Canvas runs the name together. */
  canvasName: string;
  /** Canvas's number of the student. */
  userId: number;
  isLate?: boolean;
  /** When it came, by the LMS. */
  at: string;
  /** When it was handed in, by the student's clock. */
  claimedAt: string;
}

const student = (
  key: SampleStudent['key'],
  [first, last]: [string, string],
  number: number,
  times: Pick<SampleStudent, 'at' | 'claimedAt'> & { isLate?: boolean },
): SampleStudent => ({
  key,
  name: `${first} ${last}`,
  id: `s${20_000 + number}`,
  canvasName: `${last}${first}`.toLowerCase().replace(/[^a-z]/g, ''),
  userId: 31_000 + number,
  ...times,
});

const at = (time: string): { at: string; claimedAt: string } => ({
  at: `2026-${time}:20Z`,
  claimedAt: `2026-${time}:00Z`,
});

/** Clients of Baker Street, in the order in which they came. */
export const students: readonly SampleStudent[] = [
  student('right', ['Violet', 'Hunter'], 1, at('09-30T16:05')),
  student('mistaken', ['Hall', 'Pycroft'], 2, at('10-01T09:40')),
  student('forged', ['Jabez', 'Wilson'], 3, at('10-01T11:00')),
  // By her own clock she was in time.
  student('late', ['Helen', 'Stoner'], 4, {
    at: '2026-10-03T20:15:00Z',
    claimedAt: '2026-10-02T17:59:00Z',
    isLate: true,
  }),
  student('endless', ['Mary', 'Sutherland'], 5, at('10-02T08:12')),
  student('copied', ['Grant', 'Munro'], 6, at('10-02T17:58')),
  student('older', ['Percy', 'Phelps'], 7, at('10-02T18:09')),
  student('changed', ['Neville', 'St Clair'], 8, at('09-29T22:30')),
  student('cut', ['Victor', 'Hatherley'], 9, at('10-02T10:00')),
  // A table would take this name for a formula, a careless page for a tag.
  {
    ...student('hostile', ['John', 'Openshaw'], 10, at('10-02T12:45')),
    name: '=HYPERLINK("https://example.test";"John") <b>Openshaw</b>',
  },
];
