import * as tf from '@tensorflow/tfjs';
import { loadModel } from '../src/build/load-model.ts';
import { startTensorFlow } from '../src/build/node-tensorflow.ts';
import { readMnist } from '../src/build/mnist.ts';
import { quantization } from '../src/engine/index.ts';
await startTensorFlow();
const test=readMnist('test'), train=readMnist('train');
const images=(set:any,start:number,count:number)=>tf.tensor(Float32Array.from(set.pixels.subarray(start*784,(start+count)*784),(p:any)=>p/255),[count,28,28,1]);
const N=Number(process.argv[2]??1000);
for (const name of ['lenet-5','bn-cnn','depthwise-net']) {
  const model=await loadModel(name);
  const x=images(test,0,N);
  const acc=(y:any)=>{const a=tf.argMax(y,1).dataSync();let c=0;for(let i=0;i<N;i++)if(a[i]===test.labels[i])c++;return c/N*100;};
  const ref=model.predict(x) as tf.Tensor;
  console.log(name,'float',acc(ref));
  for (const o of [{mode:'float32'},{mode:'dynamic'},{mode:'float16'},{mode:'int8',granularity:'per-tensor'},{mode:'int8'},{mode:'int16x8'},{mode:'int4'},{mode:'int4',granularity:{groupSize:32}}] as any[]) {
    const q=await quantization.quantizePostTraining(model,{...o,representativeDataset:function*(){for(let i=0;i<500;i+=100)yield images(train,i,100);}});
    const t=performance.now(); const y=q.predict(x) as tf.Tensor; const dt=performance.now()-t;
    console.log('  ',JSON.stringify(o),acc(y).toFixed(2),'bytes',q.weightBytes,(N/dt*1000).toFixed(0)+'/s', 'maxdiff',tf.max(tf.abs(tf.sub(y,ref))).dataSync()[0]);
  }
}
