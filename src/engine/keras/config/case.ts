/** kernel_size → kernelSize; sparsity_m_by_n → sparsityMByN. @internal */
export function camelCase(snake: string): string {
  return snake.replaceAll(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** kernelSize → kernel_size; sparsityMByN → sparsity_m_by_n. @internal */
export function snakeCase(camel: string): string {
  return camel.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** The name that Keras gives the weights of a class: DepthwiseConv2D → depthwise_conv2d. @internal */
export function classCase(className: string): string {
  return className
    .replaceAll(/\W+/g, '')
    .replaceAll(/(.)([A-Z][a-z]+)/g, '$1_$2')
    .replaceAll(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase();
}
