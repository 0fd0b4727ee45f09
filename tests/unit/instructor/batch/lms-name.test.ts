import { describe, expect, it } from 'vitest';
import { lmsLayout, readLmsName } from '../../../../src/instructor/batch/lms-name.ts';

const moodle = 'Zoë Lyle_12345_assignsubmission_file_/week/hand-in.json';
const blackboard = 'Week 3_jwatson_attempt_2026-03-01-22-59-30_hand-in.json';

describe('readLmsName', () => {
  it('reads Canvas', () => {
    expect(readLmsName('watsonjohn_12345_67890_hand_in-1.json', 'canvas')).toEqual({
      layout: 'canvas',
      student: 'watsonjohn',
      userId: '12345',
      late: false,
      fileName: 'hand_in-1.json',
      notice: false,
      feedbackPath: 'watsonjohn_12345_67890_feedback.txt',
    });
    expect(readLmsName('sub/o-neill_LATE_1_2_3_4_x.json', 'canvas')).toMatchObject({
      student: 'o-neill',
      late: true,
      userId: '1',
      fileName: '3_4_x.json',
      feedbackPath: 'o-neill_LATE_1_2_feedback.txt',
    });
  });

  it('reads Moodle, with a folder for each student and without', () => {
    expect(readLmsName(moodle, 'moodle')).toEqual({
      layout: 'moodle',
      student: 'Zoë Lyle',
      userId: '12345',
      late: false,
      fileName: 'week/hand-in.json',
      notice: false,
      feedbackPath: 'Zoë Lyle_12345_assignsubmission_file_/feedback.txt',
    });
    const flat = 'export/Zoe\u0308 Lyle_12345_assignsubmission_file_hand_in.json';
    expect(readLmsName(flat, 'moodle')).toMatchObject({
      student: 'Zoë Lyle',
      fileName: 'hand_in.json',
      feedbackPath: 'Zoë Lyle_12345_assignsubmission_file_feedback.txt',
    });
    const pasted = 'Zoë Lyle_12345_assignsubmission_onlinetext/onlinetext.html';
    expect(readLmsName(pasted, 'moodle')).toMatchObject({ userId: '12345' });
  });

  it('reads Blackboard, with its time, and knows its notes', () => {
    expect(readLmsName(blackboard, 'blackboard')).toEqual({
      layout: 'blackboard',
      account: 'Week 3_jwatson',
      late: false,
      at: new Date(2026, 2, 1, 22, 59, 30).getTime(),
      fileName: 'hand-in.json',
      notice: false,
      feedbackPath: 'Week 3_jwatson_attempt_2026-03-01-22-59-30_feedback.txt',
    });
    const note = 'Week_3_jwatson_attempt_2026-03-01-22-59-30.txt';
    expect(readLmsName(note, 'blackboard')).toMatchObject({
      notice: true,
      account: 'Week_3_jwatson',
    });
    const never = 'Week 3_jwatson_attempt_2026-02-31-22-59-30_hand-in.json';
    expect(readLmsName(never, 'blackboard')).not.toHaveProperty('at');
  });

  it('believes what the LMS wrote, which comes first, and not a name that the student chose', () => {
    for (const path of [
      'Bad Guy_111_assignsubmission_file_/Ann Other_222_assignsubmission_file_/x.json',
      'Bad Guy_111_assignsubmission_file_Ann Other_222_assignsubmission_file_x.json',
    ]) {
      expect(readLmsName(path, 'moodle')).toMatchObject({ student: 'Bad Guy', userId: '111' });
    }
    const late = 'HW_bad_attempt_2026-05-01-00-00-00_HW_ann_attempt_2026-04-01-00-00-00_x.json';
    expect(readLmsName(late, 'blackboard')).toMatchObject({
      account: 'HW_bad',
      at: new Date(2026, 4, 1).getTime(),
      fileName: 'HW_ann_attempt_2026-04-01-00-00-00_x.json',
    });
    expect(readLmsName('bad_1_2_ann_3_4_x.json', 'canvas')).toMatchObject({ userId: '1' });
  });

  it('tells logins with an underscore apart', () => {
    const account = (login: string): string | undefined =>
      readLmsName(`HW_${login}_attempt_2026-05-01-00-00-00_x.json`, 'blackboard')?.account;
    expect([account('john_doe'), account('jane_doe')]).toEqual(['HW_john_doe', 'HW_jane_doe']);
  });

  it('reads nothing into other names, nor into any of a plain batch', () => {
    for (const layout of ['canvas', 'moodle', 'blackboard'] as const) {
      expect(readLmsName('hand-in.json', layout)).toBeUndefined();
    }
    expect(readLmsName(moodle, 'plain')).toBeUndefined();
  });

  it('is quick on names made to be slow', () => {
    const started = performance.now();
    for (const name of ['_1'.repeat(500), 'a_'.repeat(500), `${'_1'.repeat(400)}_attempt_`]) {
      for (const layout of ['canvas', 'moodle', 'blackboard'] as const) readLmsName(name, layout);
    }
    expect(performance.now() - started).toBeLessThan(500);
  });
});

describe('lmsLayout', () => {
  it('is that of most files', () => {
    expect(lmsLayout([moodle, 'readme.txt', 'Ada L_7_assignsubmission_file_/x.json'])).toBe(
      'moodle',
    );
    expect(lmsLayout([blackboard])).toBe('blackboard');
    expect(lmsLayout(['a_1_2_x.json', 'b_3_4_y.json', 'c.json'])).toBe('canvas');
    expect(lmsLayout([])).toBe('plain');
  });

  it('is not made by one student’s name for a file', () => {
    expect(lmsLayout([blackboard, 'watson.json'])).toBe('plain');
    // Nor by many files of one path: an archive within the archive.
    expect(lmsLayout([blackboard, blackboard, blackboard, 'a.json', 'b.json'])).toBe('plain');
    const canvas = ['a_1_2_x.json', `b_3_4_${blackboard}`, 'c_5_6_z.json'];
    expect(lmsLayout(canvas)).toBe('canvas');
    expect(readLmsName(canvas[1]!, 'canvas')).not.toHaveProperty('at');
  });
});
