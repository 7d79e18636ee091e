import { inject } from '@adonisjs/core'
import { RotateKeys } from '#chain/actions/rotate_keys'
import type { Tick } from '#core/contracts/ticks'

/** So that a former APP_KEY is needed for a day at most, even when nobody runs the command. */
@inject()
export class RotateKeysDaily implements Tick {
  readonly name = 'chain.rotate_keys'
  readonly everyMs = 86_400_000

  constructor(private rotate: RotateKeys) {}

  async run(signal: AbortSignal) {
    await this.rotate.run(signal)
  }
}
