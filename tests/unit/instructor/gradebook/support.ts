import { readGradebook } from '../../../../src/instructor/gradebook/read-gradebook.ts';
import type { Gradebook } from '../../../../src/instructor/gradebook/gradebook.ts';

export const encode = (text: string): Uint8Array => new TextEncoder().encode(text);
export const decode = (bytes: Uint8Array): string =>
  new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes);

export const tableOf = (text: string): Gradebook => readGradebook(encode(text));

/** As Canvas exports it: a mark, a row of its own, one of points, quoted names. */
export const canvas = [
  '\uFEFFStudent,ID,SIS User ID,SIS Login ID,Section,Week 3 (123),Week 30 (124),Final Score (read only)',
  ',,,,,Manual Posting,,',
  '    Points Possible,,,,,10.00,5.00,(read only)',
  '"Watson, John",501,w1,jwatson,A,7.00,,70.0',
  '"Lestrade, G.",502,l1,glestrade,A,,"4.50",80.0',
  '"Müller-Ångström, Zoë",503,z1,zoe@example.org,"A ""late""",,,90.0',
  '"Student, Test",504,,test,A,,,',
  '',
].join('\r\n');

export const moodle = [
  'First name;Last name;ID number;Email address;Quiz;Week 3',
  'John;Watson;w1;john@example.org;7,50;-',
  'Zoë;Lyle;;zoe@example.org;8,00;-',
  'John;Watson;w2;other@example.org;;-',
  '',
].join('\n');

export const worksheet = [
  'Identifier,Full name,Email address,Status,Grade,Maximum Grade',
  'Participant 12345,Zoë Lyle,zoe@example.org,Submitted,,10.00',
  'Participant 12346,John Watson,john@example.org,Submitted,,10.00',
].join('\n');
