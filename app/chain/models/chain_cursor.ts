import { ChainCursorSchema } from '#database/schema'

/** How far a chain has been read. */
export default class ChainCursor extends ChainCursorSchema {
  static table = 'chain_cursors'
}
