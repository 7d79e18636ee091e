import { BaseCommand } from '@adonisjs/core/ace'
import type { CommandOptions } from '@adonisjs/core/types/ace'

export default class WalletRotateKeys extends BaseCommand {
  static commandName = 'wallet:rotate-keys'
  static description = 'Close the keys of all wallets with the current APP_KEY'
  static help = [
    'Put the new key into APP_KEY and the old one into APP_KEY_PREVIOUS, restart every process, then run this.',
    'Nothing stops meanwhile. It may be repeated. Afterwards the wallets no longer need the old key.',
  ]
  static options: CommandOptions = { startApp: true }

  async run() {
    const { RotateKeys } = await import('#chain/actions/rotate_keys')
    const rotate = await this.app.container.make(RotateKeys)
    const { wallets, rewrapped } = await rotate.run()
    this.logger.success(`${rewrapped} of ${wallets} wallets were closed anew; the others were already`)
  }
}
