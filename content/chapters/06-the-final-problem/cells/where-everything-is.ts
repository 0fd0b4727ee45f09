import { calibration, clustering, compression, numerics, sparsity, training } from 'heavy-weights';

const rooms = { numerics, calibration, quantization, sparsity, clustering, compression, training, evaluation };
display.table(
  Object.entries(rooms).map(([room, holds]) => {
    const functions = Object.keys(holds).filter((key) => typeof holds[key] === 'function');
    return { room, functions: functions.length, 'some of them': functions.slice(0, 3).join(', ') };
  }),
  { title: 'The engine, room by room' },
);
