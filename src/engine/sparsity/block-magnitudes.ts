/** Which number stands for the magnitudes of a block. */
export type BlockPoolingType = 'AVG' | 'MAX';

/** One number for each block of a matrix. */
interface Blocks {
  values: Float32Array;
  rows: number;
  columns: number;
}

/**
 * Pools the magnitudes of a matrix [rows, columns] over blocks, first down the rows and then along the columns, each
 * in float32, with SAME padding: where the blocks reach past the matrix, the excess is halved between its two ends,
 * the smaller half before, and an average divides by the cells that there are.
 *
 * @internal
 */
export function blockMagnitudes(
  values: Float32Array,
  [rows, columns]: readonly [number, number],
  [height, width]: readonly [number, number],
  type: BlockPoolingType,
): Blocks {
  const down = poolRows({ values: values.map(Math.abs), rows, columns }, height, type);
  const across = poolRows(transpose(down), width, type);
  return transpose(across);
}

function poolRows({ values, rows, columns }: Blocks, size: number, type: BlockPoolingType): Blocks {
  const blocks = Math.ceil(rows / size);
  const before = Math.floor((blocks * size - rows) / 2);
  const pooled = new Float32Array(blocks * columns);
  for (let block = 0; block < blocks; block++) {
    const first = Math.max(0, block * size - before);
    const end = Math.min(rows, (block + 1) * size - before);
    for (let column = 0; column < columns; column++) {
      let result = 0;
      for (let row = first; row < end; row++) {
        const value = values[row * columns + column]!;
        result = type === 'MAX' ? Math.max(result, value) : Math.fround(result + value);
      }
      pooled[block * columns + column] = type === 'MAX' ? result : result / (end - first);
    }
  }
  return { values: pooled, rows: blocks, columns };
}

function transpose({ values, rows, columns }: Blocks): Blocks {
  const turned = new Float32Array(values.length);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      turned[column * rows + row] = values[row * columns + column]!;
    }
  }
  return { values: turned, rows: columns, columns: rows };
}
