import { display, openModel } from 'heavy-weights/book';

const model = await openModel('lenet-300-100');

const parameters = model.countParams();
const bytes = parameters * 4; // a float32 is four bytes
const flash = 256 * 1024;

console.log(`${parameters.toLocaleString('en-GB')} parameters, ${bytes.toLocaleString('en-GB')} bytes.`);
console.log(`The flash holds ${flash.toLocaleString('en-GB')}: the model is ${(bytes / flash).toFixed(2)} times too heavy.`);

display.bar({ 'the model': bytes, 'the flash': flash }, { title: 'The reel and the case', yLabel: 'bytes' });
