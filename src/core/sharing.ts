/** One piece of work for everybody who asks for the same at the same time. */

export function sharing<T>(underWay: Map<string, Promise<T>>, key: string, work: () => Promise<T>): Promise<T> {
  const shared = underWay.get(key) ?? work().finally(() => underWay.delete(key));
  underWay.set(key, shared);
  return shared;
}
