import { BroadcastContent, type BroadcastDecision } from '#core/contracts/broadcast_content'

/** Stands in while no room has bound broadcasts: none is being sent. */
export class NoBroadcasts extends BroadcastContent {
  async sending(): Promise<number[]> {
    return []
  }

  async prepare() {
    return new Map<number, BroadcastDecision>()
  }

  async record() {}
}
