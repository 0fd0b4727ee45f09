import { describe, expect, it } from 'vitest';
import {
  matchStudents,
  type StudentToMatch,
} from '../../../../src/instructor/gradebook/match-students.ts';
import {
  couldBeSame,
  folded,
  sameName,
} from '../../../../src/instructor/gradebook/student-name.ts';
import { canvas, moodle, tableOf, worksheet } from './support.ts';

const student = (name: string, id: string, lms?: StudentToMatch['lms']): StudentToMatch => ({
  key: `${name} ${id}`,
  name,
  id,
  ...(lms === undefined ? {} : { lms }),
});

const found = (text: string, ...students: StudentToMatch[]): unknown[] => {
  const { matched, unmatched } = matchStudents(tableOf(text), students);
  return students.map(({ key }) => {
    const match = matched.find((one) => one.key === key);
    return match === undefined
      ? unmatched.find((one) => one.key === key)?.why
      : [match.row, match.by];
  });
};

describe('student names', () => {
  it('are one whatever their order, case, form and commas', () => {
    expect(sameName('Müller-Ångström, Zoë')).toBe(
      sameName('ZOE\u0308  MU\u0308LLER-A\u030ANGSTRO\u0308M'),
    );
    expect(folded('Groß')).toBe(folded('GROSS'));
    expect(folded('O’Neill')).toBe(folded("o'neill"));
    expect(sameName('Anna Lee')).not.toBe(sameName('Ann Alee'));
  });

  it('could be of one student if they share a word', () => {
    expect(couldBeSame('watsonjohn', 'John H. Watson')).toBe(true);
    expect(couldBeSame('Watson, J.', 'John Watson')).toBe(true);
    expect(couldBeSame('lestradeg', 'John Watson')).toBe(false);
    // One letter is in nearly every name.
    expect(couldBeSame('J. W.', 'John Watson')).toBe(false);
  });
});

describe('matchStudents', () => {
  it('believes the LMS first', () => {
    const lms = { layout: 'canvas', userId: '502', student: 'lestradeg' } as const;
    expect(found(canvas, student('John Watson', 'w1', lms))).toEqual([[1, 'lms']]);
    const participant = { layout: 'moodle', userId: '12346', student: 'John Watson' } as const;
    expect(found(worksheet, student('J', '', participant))).toEqual([[1, 'lms']]);
    const { userId: _, ...named } = { ...participant, student: 'Zoë Lyle' };
    expect(found(moodle, student('Z', '', named))).toEqual([[1, 'lms']]);
  });

  it('finds the login in what Blackboard wrote, and takes no part of one for another', () => {
    const table = [
      'Last Name,First Name,Username,Student ID,HW',
      'Doe,John,john_doe,1,',
      'Doe,Jane,doe,2,',
      'Watson,John,jwatson,3,',
    ].join('\n');
    const by = (account: string): StudentToMatch =>
      student(account, '', { layout: 'blackboard', account });
    const [john, jane, watson] = [by('HW_john_doe'), by('HW_doe'), by('HW_jwatson')];
    expect(found(table, john, jane, watson)).toEqual([
      [0, 'lms'],
      [1, 'lms'],
      [2, 'lms'],
    ]);
    // John is of another course: his mark is not Jane's.
    expect(found(table.replace('john_doe', 'other'), john, jane)).toEqual(['none', [1, 'lms']]);
    // By himself, nothing tells whether the title ends in “john”.
    expect(found(table, john)).toEqual(['ambiguous']);
    expect(found(table, by('HW 1_of_2_jwatson'))).toEqual([[2, 'lms']]);
  });

  it('goes by id, login, e-mail address and name, in this order', () => {
    expect(
      found(
        canvas,
        student('John Watson', 'W1'),
        student('', 'glestrade'),
        student('zoë müller-ångström', 'unknown'),
      ),
    ).toEqual([
      [0, 'id'],
      [1, 'login'],
      [2, 'name'],
    ]);
    expect(found(moodle, student('Z', 'ZOE@example.org'))).toEqual([[1, 'email']]);
  });

  it('matches nobody where several could be meant', () => {
    const { matched, unmatched, absent } = matchStudents(tableOf(moodle), [
      student('Watson John', ''),
    ]);
    expect(matched).toEqual([]);
    expect(unmatched).toEqual([{ key: 'Watson John ', why: 'ambiguous', rows: [0, 2] }]);
    expect(absent).toEqual([0, 1, 2]);
    // The id tells two of one name apart.
    expect(found(moodle, student('Watson John', 'w2'))).toEqual([[2, 'id']]);
  });

  it('does not give one student’s marks to another whose id was claimed', () => {
    expect(found(canvas, student('G. Lestrade', 'w1'))).toEqual(['contradiction']);
    expect(found(canvas, student('Nobody', 'n'))).toEqual(['none']);
  });

  it('fills no row twice; who is sure of it has it', () => {
    const a = student('John Watson', 'w1');
    const b = student('Dr Watson', 'jwatson');
    expect(found(canvas, a, b)).toEqual(['taken', 'taken']);
    const sure = student('Doctor', '', { layout: 'canvas', userId: '501' });
    expect(found(canvas, a, sure)).toEqual(['taken', [0, 'lms']]);
  });

  it('says where a name has nothing in common with the row', () => {
    const { matched } = matchStudents(tableOf(canvas), [
      student('James Moriarty', 'w1'),
      student('Gregory Lestrade', 'l1'),
    ]);
    expect(matched.map(({ nameDiffers }) => nameDiffers)).toEqual([true, false]);
  });

  it('finds each of five thousand students', () => {
    const rows = Array.from({ length: 5_000 }, (_, i) => `Name ${i},n${i},0`);
    const table = tableOf(`Name,ID,Mark\n${rows.join('\n')}\n`);
    const students = rows.map((_, i) => student(`${i} name`, i % 2 === 0 ? `N${i}` : ''));
    const { matched } = matchStudents(table, students);
    expect(matched.every(({ row }, i) => row === i)).toBe(true);
    expect(matched).toHaveLength(5_000);
  });
});
