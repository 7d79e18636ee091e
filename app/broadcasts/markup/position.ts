/** Line and column of an offset, both from 1, for people. */
export function lineAndColumn(source: string, position: number) {
  const before = source.slice(0, position).split(/\r\n|\r|\n/)
  return { line: before.length, column: before.at(-1)!.length + 1 }
}
