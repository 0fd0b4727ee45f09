const shares = Array.from({ length: 25 }, (_, i) => (i + 1) / 25);
const typical = Math.sqrt(mean(weights.map((w) => w * w)));

const curves = Object.fromEntries(
  [8, 6, 4, 2].map((bits) => {
    const measured = shares.map((share) =>
      numerics.sqnr(weights, throughRule(weights, ruleTo(share * largest, bits))),
    );
    const best = measured.indexOf(Math.max(...measured));
    const clip = shares[best] * largest;
    const beyond = weights.filter((w) => Math.abs(w) > clip).length / weights.length;
    console.log(
      `${bits} bits: best at ${clip.toFixed(3)}, ${(clip / typical).toFixed(1)} typical weights; ` +
        `${(100 * beyond).toFixed(2)}% clipped; ${measured[best].toFixed(1)} dB for ${measured.at(-1).toFixed(1)}.`,
    );
    return [`${bits} bits`, { x: shares, y: measured }];
  }),
);

display.line(curves, { title: 'Where to clip', xLabel: 'clip, as a share of the largest weight', yLabel: 'SQNR (dB)' });
