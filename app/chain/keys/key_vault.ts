import { randomBytes } from 'node:crypto'
import { inject } from '@adonisjs/core'
import { addressKey } from '#chain/addresses'
import { Chain } from '#chain/chain_config'
import { ethersLibrary } from '#chain/ethers'
import { seal, unseal } from '#chain/keys/key_cipher'
import { mustBeKnown } from '#chain/keys/known_calls'
import { signTx, type Signer } from '#chain/keys/signer'
import ChainWallet from '#chain/models/chain_wallet'
import { Clock } from '#core/clock'
import { Audit, SYSTEM_ACTOR } from '#core/contracts/audit'
import { KeyWrapper } from '#core/contracts/key_wrapper'
import { transaction, type Trx } from '#core/database/transaction'

/** Whose wallet it is. */
export type KeyOwner = { owner: 'customer'; customerId: number } | { owner: 'treasury' }

/** Why a key is needed, for the audit log: `{operation: 'A1B2C3D4E5', step: 'approve'}`. */
export type KeyUse = Record<string, string | number>

const KEY_BYTES = 32

/**
 * Makes the keys of wallets and lends them for signatures. Each key is random and sealed with a data key of its own,
 * which the key wrapper closes; both are bound to the chain, the owner and the address, so that a row put in
 * another's place opens nothing. A key never comes out: there is no way to read, export or import one.
 */
@inject()
export class KeyVault {
  constructor(
    private chain: Chain,
    private clock: Clock,
    private wrapper: KeyWrapper,
    private audit: Audit
  ) {}

  /** A wallet with a new key. `createdBlock`: nothing of it can be in an older one. */
  async create(trx: Trx, owner: KeyOwner, createdBlock: number): Promise<ChainWallet> {
    const { SigningKey, computeAddress } = await ethersLibrary()
    const { chainId } = this.chain.required
    const key = randomBytes(KEY_BYTES)
    const dataKey = randomBytes(KEY_BYTES)
    try {
      const address = computeAddress(new SigningKey(key).publicKey)
      const customerId = owner.owner === 'customer' ? owner.customerId : null
      const place = placeOf({ chainId, customerId, address })
      return await ChainWallet.create(
        {
          chainId,
          owner: owner.owner,
          customerId,
          address,
          addressKey: addressKey(address),
          dataKey: this.wrapper.wrap(dataKey.toString('base64url'), place),
          sealedKey: seal(key, dataKey, place),
          createdBlock,
          createdAt: this.clock.now(),
        },
        { client: trx }
      )
    } finally {
      key.fill(0)
      dataKey.fill(0)
    }
  }

  /**
   * Lends the key to sign known calls with, and writes that down first, in a transaction of its own: call it outside of one, and
   * open yours inside `work`. The signer is of no use afterwards.
   *
   * @throws when the row was tampered with or the key is not that of the address.
   */
  async withKey<T>(wallet: ChainWallet, use: KeyUse, work: (signer: Signer) => Promise<T>): Promise<T> {
    const ethers = await ethersLibrary()
    await transaction((trx) =>
      this.audit.record(trx, {
        actor: SYSTEM_ACTOR,
        action: 'chain_wallet.key_used',
        subjectType: 'chain_wallet',
        subjectId: wallet.id,
        after: { address: wallet.address, ...use },
      })
    )
    const key = this.#open(wallet)
    try {
      let signing: InstanceType<typeof ethers.SigningKey> | null = new ethers.SigningKey(key)
      if (ethers.computeAddress(signing.publicKey) !== wallet.address) {
        throw new Error(`The stored key of the wallet ${wallet.address} is not that of its address`)
      }
      const { address, chainId } = wallet
      const sign: Signer['sign'] = (tx) => {
        if (!signing) throw new Error('The key was given back: sign while it is lent')
        mustBeKnown(wallet, tx, this.chain.required)
        return signTx(ethers, signing, chainId, tx)
      }
      try {
        return await work({ address, sign })
      } finally {
        signing = null
      }
    } finally {
      key.fill(0)
    }
  }

  /**
   * Closes the wallet's data key with the current key of the wrapper; the private key stays sealed as it is. False when
   * that was done already.
   */
  async rewrap(trx: Trx, walletId: number): Promise<boolean> {
    const wallet = await ChainWallet.query({ client: trx }).where('id', walletId).forUpdate().firstOrFail()
    if (this.wrapper.isCurrent(wallet.dataKey)) return false
    const place = placeOf(wallet)
    await wallet.merge({ dataKey: this.wrapper.wrap(this.wrapper.unwrap(wallet.dataKey, place), place) }).save()
    await this.audit.record(trx, {
      actor: SYSTEM_ACTOR,
      action: 'chain_wallet.key_rewrapped',
      subjectType: 'chain_wallet',
      subjectId: wallet.id,
      after: { address: wallet.address },
    })
    return true
  }

  #open(wallet: ChainWallet) {
    const place = placeOf(wallet)
    const dataKey = Buffer.from(this.wrapper.unwrap(wallet.dataKey, place), 'base64url')
    try {
      return unseal(wallet.sealedKey, dataKey, place)
    } finally {
      dataKey.fill(0)
    }
  }
}

/** What both ciphertexts are bound to. The key wrapper adds the id of its own key. */
const placeOf = ({ chainId, customerId, address }: Pick<ChainWallet, 'chainId' | 'customerId' | 'address'>) =>
  ['wallet:v1', chainId, customerId ?? 'treasury', address].join('|')
