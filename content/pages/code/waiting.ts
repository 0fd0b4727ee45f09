const slowly = async (value: number): Promise<number> => value + 1;

const promise = slowly(1); // begun, not done
console.log(promise instanceof Promise); // true
console.log(await promise); // 2
const all = await Promise.all([slowly(1), slowly(2)]);
console.log(all); // [ 2, 3 ]
