import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { leaveDraft, takeDraft } from '../../../src/components/live/drafts.ts';

const fakeStorage = (): Pick<Storage, 'getItem' | 'setItem' | 'removeItem'> => {
  const kept = new Map<string, string>();
  return {
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => void kept.set(key, value),
    removeItem: (key) => void kept.delete(key),
  };
};

describe('drafts', () => {
  beforeEach(() => {
    vi.stubGlobal('localStorage', fakeStorage());
  });
  afterEach(() => {
    vi.unstubAllGlobals();
  });

  it('are taken once, and only when newer than what the store has', () => {
    const before = Date.now();
    leaveDraft('a', 'const x = 1;');
    leaveDraft('b', 'old');
    expect(takeDraft('a', before - 1)?.code).toBe('const x = 1;');
    expect(takeDraft('a', 0)).toBeUndefined();
    expect(takeDraft('b', Date.now() + 1)).toBeUndefined();
  });

  it.each(['{', 'null', '{"code":1,"updatedAt":9}', '{"code":"x"}'])(
    'ignore damage: %s',
    (text) => {
      localStorage.setItem('heavy-weights:draft:a', text);
      expect(takeDraft('a', 0)).toBeUndefined();
    },
  );

  it('do no harm where storage is refused', () => {
    const refuse = (): never => {
      throw new DOMException('refused', 'SecurityError');
    };
    vi.stubGlobal('localStorage', { getItem: refuse, setItem: refuse, removeItem: refuse });
    expect(() => {
      leaveDraft('a', 'x');
    }).not.toThrow();
    expect(takeDraft('a', 0)).toBeUndefined();
  });
});
