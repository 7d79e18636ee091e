import type { Message } from '@ton/core'
import { ControlError } from '#sandbox/errors'
import type { ServiceContext } from '#sandbox/services/service'
import { assertAccepted, deployedWallet, readWalletRequest, type WalletRequest } from '#sandbox/ton/wallet_v5'
import { noState, TonError } from '#sandbox/ton/ton_error'
import { bounceOf, sendFrom } from '#sandbox/ton/messages'
import { GAS_FEE, recordTransaction } from '#sandbox/ton/transaction'
import type { TonAccount, TonTransfer } from '#sandbox/ton/types'

const NANO = 1_000_000_000n

interface Snapshot {
  accounts: TonAccount[]
  lastLt: bigint
}

/** A TON blockchain as far as wallets W5 need it: balances, seqno, messages between accounts. */
export class TonChain {
  #accounts = new Map<string, TonAccount>()
  #lastLt = 0n
  #timers = new Set<NodeJS.Timeout>()
  /** one message at a time, as blocks would order them */
  #turn: Promise<unknown> = Promise.resolve()
  #listeners: ((transfer: TonTransfer) => void)[] = []

  constructor(
    readonly context: ServiceContext,
    /** nanoton that an account holds when it is seen for the first time */
    readonly gift: bigint,
    /** how long a message is on its way */
    public blockMs: number,
    /** raw addresses of contracts that are there from the beginning and take whatever comes */
    readonly contracts: readonly string[]
  ) {}

  onTransfer(listener: (transfer: TonTransfer) => void): void {
    this.#listeners.push(listener)
  }

  /** @throws TonError for what is no address */
  async account(address: string): Promise<TonAccount> {
    return this.#at(await rawAddress(address))
  }

  all(): TonAccount[] {
    return [...this.#accounts.values()]
  }

  /** `amount` in TON: "12.5". */
  async setBalance(address: string, amount: string): Promise<void> {
    const account = await this.account(address)
    account.balance = nano(amount)
    this.context.live.emit({ type: 'services' })
  }

  async fund(address: string, amount: string): Promise<TonAccount> {
    const account = await this.account(address)
    account.balance += nano(amount)
    this.context.live.emit({ type: 'services' })
    return account
  }

  /** Takes an external message, as toncenter does: what the wallet would refuse now is refused at once. */
  async send(boc: string): Promise<void> {
    const request = await readWalletRequest(boc)
    const account = await this.#checked(request)
    if (this.context.faults.take('ton', 'message_lost')) return
    const delayMs = (this.context.faults.take('ton', 'late')?.delayMs ?? 0) + this.blockMs
    if (delayMs <= 0) return this.#inTurn(() => this.#execute(request, account))
    const timer = setTimeout(() => {
      this.#timers.delete(timer)
      this.#inTurn(() => this.#execute(request, account)).catch((error: unknown) => {
        if (!(error instanceof TonError)) console.error(error)
      })
    }, delayMs)
    this.#timers.add(timer)
  }

  clear(): void {
    this.stop()
    this.#accounts.clear()
  }

  stop(): void {
    for (const timer of this.#timers) clearTimeout(timer)
    this.#timers.clear()
  }

  snapshot(): Snapshot {
    return { accounts: this.all(), lastLt: this.#lastLt }
  }

  restore({ accounts, lastLt }: Snapshot): void {
    this.#accounts = new Map(accounts.map((account) => [account.address, account]))
    this.#lastLt = lastLt
  }

  #at(address: string, balance = this.gift): TonAccount {
    const known = this.#accounts.get(address)
    if (known) return known
    const account: TonAccount = { address, balance, seqno: 0, transactions: [] }
    this.#accounts.set(address, account)
    return account
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(work)
    this.#turn = turn.catch(() => {})
    return turn
  }

  /** The account a message is for, or the refusal of its wallet. */
  async #checked(request: WalletRequest): Promise<TonAccount> {
    const { info } = request.message
    if (info.type !== 'external-in') throw noState()
    const account = this.#at(info.dest.toRawString())
    if (account.balance < GAS_FEE) throw noState()
    const wallet = account.wallet ?? (await deployedWallet(request.message))
    if (!wallet) throw noState()
    await assertAccepted(request, { ...account, wallet }, this.context.clock.seconds())
    return account
  }

  /** Whatever became of the account meanwhile: the message is checked once more. */
  async #execute(request: WalletRequest, account: TonAccount): Promise<void> {
    await this.#checked(request)
    const wasActive = account.wallet !== undefined
    account.wallet ??= await deployedWallet(request.message)
    account.seqno++
    account.balance -= GAS_FEE
    const lt = this.#nextLt()
    const sent = await sendFrom(account, request.actions, { lt, now: this.context.clock.seconds() })
    await this.#record(account, {
      lt,
      wasActive,
      isActive: true,
      inMessage: request.message,
      outMessages: sent,
      fee: GAS_FEE,
      skipped: request.actions.length - sent.length,
    })
    for (const message of sent) await this.#deliver(message)
    this.context.live.emit({ type: 'services' })
  }

  async #deliver(message: Message): Promise<void> {
    const { info } = message
    if (info.type !== 'internal') return
    const account = this.#at(info.dest.toRawString(), 0n)
    const isActive = account.wallet !== undefined || this.contracts.includes(account.address)
    if (info.bounce && (!isActive || this.context.faults.take('ton', 'bounced'))) return this.#bounce(message, account)
    account.balance += info.value.coins
    const fields = { wasActive: isActive, isActive, inMessage: message, outMessages: [], fee: 0n, skipped: 0 }
    await this.#record(account, { ...fields, lt: this.#nextLt() })
    if (info.bounced) return
    const transfer: TonTransfer = {
      from: info.src.toRawString(),
      to: account.address,
      amount: info.value.coins,
      bodyHash: message.body.hash().toString('hex'),
      at: this.context.clock.now(),
    }
    for (const listener of this.#listeners) listener(transfer)
  }

  /** Coins that nobody there takes go back, where there are enough to pay for that. */
  async #bounce(message: Message, account: TonAccount): Promise<void> {
    const lt = this.#nextLt()
    const bounced = await bounceOf(message, { lt, now: this.context.clock.seconds() })
    const outMessages = bounced ? [bounced] : []
    const fields = { wasActive: false, isActive: false, inMessage: message, outMessages, fee: 0n, skipped: 0 }
    await this.#record(account, { ...fields, lt, isBounce: true })
    if (bounced) await this.#deliver(bounced)
  }

  async #record(
    account: TonAccount,
    fields: Omit<Parameters<typeof recordTransaction>[0], 'address' | 'now' | 'previous'>
  ): Promise<void> {
    const previous = account.transactions[0]
    const now = this.context.clock.seconds()
    account.transactions.unshift(await recordTransaction({ ...fields, address: account.address, now, previous }))
  }

  #nextLt(): bigint {
    const byClock = BigInt(this.context.clock.now()) * 1000n
    this.#lastLt = byClock > this.#lastLt ? byClock : this.#lastLt + 1000n
    return this.#lastLt
  }
}

/** In whatever form it is written. */
export async function rawAddress(text: string): Promise<string> {
  const { Address } = await import('@ton/core')
  try {
    return Address.parse(text).toRawString()
  } catch {
    throw new TonError('Incorrect address', 416)
  }
}

/** "12.5" TON in nanoton. */
function nano(amount: string): bigint {
  const match = /^(\d{1,12})(?:\.(\d{1,9}))?$/.exec(amount)
  if (!match) throw new ControlError(422, `"${amount}" is no amount of TON, such as 12.5.`)
  return BigInt(match[1]) * NANO + BigInt((match[2] ?? '').padEnd(9, '0'))
}
