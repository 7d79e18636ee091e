import type { ContainerResolver } from '@adonisjs/core/container'
import { Chain } from '#chain/chain_config'
import ChainCursor from '#chain/models/chain_cursor'
import ChainOperation from '#chain/models/chain_operation'
import ChainWithdrawal from '#chain/models/chain_withdrawal'
import { WithdrawalProgress } from '#chain/withdrawals/withdrawal_progress'
import type { Tick } from '#core/contracts/ticks'
import { transaction } from '#core/database/transaction'
import { EntryProgress } from '#raffles/entries/entry_progress'
import RaffleEntry from '#raffles/models/raffle_entry'

const BATCH = 100

/** Counts confirmations in the messages of entries and withdrawals that stand in a block, as blocks come upon it. */
export function followConfirmations(container: Pick<ContainerResolver<any>, 'make'>): Tick {
  let counted = 0
  return {
    name: 'bot.follow_confirmations',
    everyMs: 3000,
    async run(signal) {
      const { config } = await container.make(Chain)
      const cursor =
        config && (await ChainCursor.query().where('chainId', config.chainId).orderBy('head', 'desc').first())
      if (!cursor || cursor.head === counted) return
      const entries = await container.make(EntryProgress)
      for (const { id } of await waitingEntries()) {
        if (signal.aborted) return
        await countEntry(entries, id)
      }
      const withdrawals = await container.make(WithdrawalProgress)
      for (const { id } of await waitingWithdrawals()) {
        if (signal.aborted) return
        await countWithdrawal(withdrawals, id)
      }
      counted = cursor.head
    },
  }
}

const waitingEntries = () =>
  RaffleEntry.query().where('status', 'seen').whereNotNull('messageId').orderBy('id').limit(BATCH).select('id')

const waitingWithdrawals = () =>
  ChainWithdrawal.query().where('status', 'sent').whereNotNull('messageId').orderBy('id').limit(BATCH).select('id')

/** What has gone on meanwhile is told by whoever moved it. */
function countEntry(progress: EntryProgress, id: number) {
  return transaction(async (trx) => {
    const entry = await RaffleEntry.query({ client: trx }).where({ id, status: 'seen' }).forUpdate().first()
    if (entry) await progress.tell(trx, entry, null)
  })
}

function countWithdrawal(progress: WithdrawalProgress, id: number) {
  return transaction(async (trx) => {
    const withdrawal = await ChainWithdrawal.query({ client: trx }).where({ id, status: 'sent' }).forUpdate().first()
    const operation = withdrawal?.operationId
      ? await ChainOperation.find(withdrawal.operationId, { client: trx })
      : null
    if (withdrawal) await progress.tell(trx, withdrawal, operation)
  })
}
