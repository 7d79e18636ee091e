import { inject } from '@adonisjs/core'
import { addressKey, parseAddress, ZERO_ADDRESS } from '#chain/addresses'
import { Chain } from '#chain/chain_config'
import ChainWallet from '#chain/models/chain_wallet'
import { ChainRpc } from '#chain/rpc/chain_rpc'
import { ok, refuse, type Result } from '#core/result'

/** Code of a person's account that lets a contract act for it (EIP-7702): the account is theirs all the same. */
const DELEGATED = '0xef0100'

/** Where USDT may be sent to: an account outside, of somebody who can do something with it. */
@inject()
export class Destinations {
  constructor(
    private chain: Chain,
    private rpc: ChainRpc
  ) {}

  /**
   * As EIP-55 writes it. Refuses `address_invalid`, `address_checksum`, `address_zero`, `address_usdt`,
   * `address_raffle`, `address_own`, `address_internal` (another wallet of ours) or `address_contract`.
   *
   * @throws ChainUnavailable.
   */
  async check(text: string, wallet: ChainWallet): Promise<Result<string>> {
    const parsed = await parseAddress(text)
    if (!parsed.ok) return parsed
    const address = parsed.value
    const key = addressKey(address)
    const { chainId, usdt, raffle } = this.chain.required
    if (key === ZERO_ADDRESS) return refuse('address_zero')
    if (key === addressKey(usdt)) return refuse('address_usdt')
    if (key === addressKey(raffle)) return refuse('address_raffle')
    if (key === wallet.addressKey) return refuse('address_own')
    if (await ChainWallet.query().where({ chainId, addressKey: key }).first()) return refuse('address_internal')
    const code = await this.rpc.code(address)
    return code === '0x' || code.startsWith(DELEGATED) ? ok(address) : refuse('address_contract')
  }
}
