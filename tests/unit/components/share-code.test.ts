import { deflateSync } from 'fflate';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  MOST_CODE,
  MOST_LINK,
  sharedCode,
  shareFragment,
} from '../../../src/components/Share/share-code.ts';
import { isShared } from '../../../src/components/Share/share-key.ts';
import { ReaderError } from '../../../src/shared/reader-error.ts';

const codeOf = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    if (error instanceof ReaderError) return error.code;
    throw error;
  }
  return 'none';
};

/** A link as this printing would make it, of bytes that it would not take. */
const forged = (bytes: Uint8Array): string => {
  let hash = 0x811c9dc5;
  for (const byte of bytes) hash = Math.imul(hash ^ byte, 0x01000193);
  const head = Buffer.alloc(4);
  head.writeUInt32BE(hash >>> 0);
  return `#code=a${Buffer.concat([head, deflateSync(bytes, { level: 9 })]).toString('base64url')}`;
};

const unlike = (length: number): string => {
  let state = 7;
  return Array.from({ length }, () => {
    state = Math.imul(state, 48271) & 0x7fffffff;
    return String.fromCharCode(33 + (state % 90));
  }).join('');
};

describe('code in a link', () => {
  it('comes back as it was, whatever it holds', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 3000 }), (text) => {
        fc.pre(text.trim() !== '' && text.isWellFormed());
        const fragment = shareFragment(text);
        expect(fragment).toMatch(/^code=a[\w-]+$/);
        expect(sharedCode(`#${fragment}`)).toBe(text);
      }),
    );
  });

  it('keeps a byte order mark, ends of lines and signs of every plane', () => {
    const text = '\uFEFFconst α = "𝒳 🎻";\r\n\tconsole.log(α)\n';
    expect(sharedCode(shareFragment(text))).toBe(text);
  });

  it('is the same link in every printing of this version', () => {
    expect(sharedCode('#code=arv-vkkvOzyvOz0nVy8lP1zBU0FYw0rQGAA')).toBe('console.log(1 + 2);');
  });

  it('is short for what a cell holds', () => {
    const code =
      "import { tf } from 'heavy-weights';\nconst a = tf.zeros([3]);\na.print();\n".repeat(40);
    expect(shareFragment(code).length).toBeLessThan(300);
  });

  it('refuses what is empty, and what is too long for a link', () => {
    expect(codeOf(() => shareFragment(' \n'))).toBe('share-empty');
    expect(codeOf(() => shareFragment(unlike(20_000)))).toBe('share-too-long');
    expect(codeOf(() => shareFragment('a'.repeat(MOST_CODE + 1)))).toBe('share-too-long');
    expect(sharedCode(shareFragment('a'.repeat(MOST_CODE)))).toHaveLength(MOST_CODE);
  });

  it('every link that is made opens', () => {
    for (const length of [9_000, 10_000, 10_500, 11_000, 11_500, 12_000, 14_000]) {
      const code = unlike(length);
      let fragment: string;
      try {
        fragment = shareFragment(code);
      } catch {
        continue;
      }
      expect(fragment.length).toBeLessThanOrEqual(MOST_LINK);
      expect(sharedCode(`#${fragment}`)).toBe(code);
    }
  });
});

describe('links that are not to be believed', () => {
  it('are known by their beginning; places of the page are none', () => {
    expect(isShared('#code=a1')).toBe(true);
    expect(isShared('code=')).toBe(true);
    for (const other of ['', '#', '#main', '#cell-playground', '#code']) {
      expect(isShared(other)).toBe(false);
    }
  });

  it.each([
    ['nothing', '#code=', 'share-damaged'],
    ['a version alone', '#code=a', 'share-damaged'],
    ['another version', '#code=bTpnLG0vOzyv', 'share-version'],
    ['no version', '#code=ATpnLG0vOzyv', 'share-damaged'],
    ['signs that are not of base64url', '#code=aTpnLG0v<script>', 'share-damaged'],
    ['base64 of the other kind', '#code=aab+/cd==', 'share-damaged'],
    ['an impossible length of base64', '#code=aabcde', 'share-damaged'],
    ['bytes that are no deflate', '#code=a_____________w', 'share-damaged'],
    ['no bytes after the checksum', '#code=aAAAAAA', 'share-damaged'],
    ['a very long text', `#code=a${'A'.repeat(MOST_LINK)}`, 'share-too-long'],
  ])('%s', (_what, fragment, code) => {
    expect(codeOf(() => sharedCode(fragment))).toBe(code);
  });

  it('a link that lost or changed one character', () => {
    const fragment = shareFragment('const scale = 0.5;\nconsole.log(scale * 3);');
    for (let at = 'code=a'.length; at < fragment.length; at++) {
      const other = fragment[at] === 'A' ? 'B' : 'A';
      const changed = fragment.slice(0, at) + other + fragment.slice(at + 1);
      const cut = fragment.slice(0, at);
      // The last sign may hold bits that are no part of any byte.
      if (at < fragment.length - 1) expect(codeOf(() => sharedCode(changed))).toBe('share-damaged');
      expect(codeOf(() => sharedCode(cut))).toBe('share-damaged');
    }
  });

  it('a small link that unpacks to any size is stopped at the limit', () => {
    const bomb = forged(new Uint8Array(10_000_000).fill(97));
    expect(bomb.length).toBeLessThan(MOST_LINK);
    const before = performance.now();
    expect(codeOf(() => sharedCode(bomb))).toBe('share-too-long');
    expect(performance.now() - before).toBeLessThan(200);
    expect(codeOf(() => sharedCode(forged(new Uint8Array(MOST_CODE + 1).fill(97))))).toBe(
      'share-too-long',
    );
  });

  it('bytes that are no UTF-8', () => {
    expect(codeOf(() => sharedCode(forged(Uint8Array.from([0x61, 0xff, 0xfe]))))).toBe(
      'share-damaged',
    );
  });

  it('anything at all ends in a text or in an error that says what is wrong', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.uint8Array({ maxLength: 400 }).map((b) => `a${Buffer.from(b).toString('base64url')}`),
        ),
        (text) => {
          expect(codeOf(() => sharedCode(`#code=${text}`))).toMatch(/^(none|share-[a-z-]+)$/);
        },
      ),
      { numRuns: 2000 },
    );
  });
});
