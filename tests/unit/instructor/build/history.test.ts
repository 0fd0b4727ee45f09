import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { History } from '../../../../src/instructor/build/history.ts';

describe('History', () => {
  it('goes back and forth, and a new edit closes the way forth', () => {
    const history = new History('a');
    history.push('b');
    history.push('c');
    expect(history.undo()).toBe('b');
    expect(history.undo()).toBe('a');
    expect(history.undo()).toBe('a');
    expect(history.canUndo).toBe(false);
    expect(history.redo()).toBe('b');
    history.push('d');
    expect(history.canRedo).toBe(false);
    expect(history.redo()).toBe('d');
    expect(history.undo()).toBe('b');
  });

  it('takes a word typed as one step, and a pause or another field as the end of it', () => {
    const history = new History('');
    history.push('w', 'title', 0);
    history.push('wo', 'title', 500);
    history.push('wor', 'title', 1000);
    history.push('wor!', 'due', 1100);
    history.push('wor!!', 'due', 9000);
    expect(history.undo()).toBe('wor!');
    expect(history.undo()).toBe('wor');
    expect(history.undo()).toBe('');
  });

  it('does not join what is typed after an undo to what was typed before', () => {
    const history = new History('');
    history.push('a', 'title', 0);
    history.push('b', 'other', 10);
    history.undo();
    history.push('c', 'other', 20);
    expect(history.undo()).toBe('a');
  });

  it('does nothing for a state that is there already', () => {
    const state = { a: 1 };
    const history = new History(state);
    history.push(state);
    expect(history.canUndo).toBe(false);
  });

  it('always comes back to where it was: undo all, redo all', () => {
    fc.assert(
      fc.property(fc.array(fc.integer(), { maxLength: 150 }), (states) => {
        const history = new History<number | string>('start');
        for (const state of states) history.push(state);
        const last = history.present;
        while (history.canUndo) history.undo();
        expect(history.present).toBe('start');
        while (history.canRedo) history.redo();
        expect(history.present).toBe(last);
      }),
    );
  });
});
