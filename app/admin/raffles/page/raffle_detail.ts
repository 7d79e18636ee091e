import db from '@adonisjs/lucid/services/db'
import ChainOperation from '#chain/models/chain_operation'
import Customer from '#customers/models/customer'
import Raffle from '#raffles/models/raffle'
import RaffleSchedule from '#raffles/models/raffle_schedule'
import type { DrawCause, DrawStatus } from '#raffles/values'
import { playersList } from '#admin/raffles/lists/players_list'

/** Players that the page of a round shows; their own list has the rest. */
const PLAYERS = 8

/** A round with who is in it, who asked for draws, and the draw that is planned. */
export async function raffleDetail(reference: string, now: number) {
  const raffle = await Raffle.findByOrFail('reference', reference)
  const list = playersList(raffle.id)
  const latest = await list.rows(list.state({ sort: '-seen' }), now, 1)
  return {
    raffle,
    winner: raffle.winnerCustomerId === null ? null : await Customer.findOrFail(raffle.winnerCustomerId),
    players: latest.slice(0, PLAYERS),
    draws: await drawsOf(raffle.id),
    claims: await ChainOperation.query().where({ kind: 'claim', subjectType: 'raffle', subjectId: raffle.id }),
    schedule: raffle.status === 'open' ? await nextSchedule() : null,
  }
}

export type RaffleDetail = Awaited<ReturnType<typeof raffleDetail>>

export const nextSchedule = () =>
  RaffleSchedule.query().where('status', 'waiting').orderBy('scheduledAt').orderBy('id').first()

/** Somebody asked for a draw. */
export interface AskedDraw {
  reference: string
  cause: DrawCause
  status: DrawStatus
  reason: string | null
  requested_by_name: string
  created_at: number
  finished_at: number | null
  /** Reference of what the treasury sent for it. */
  operation: string | null
}

const drawsOf = (raffleId: number): Promise<AskedDraw[]> =>
  db
    .from('raffle_draws')
    .leftJoin('chain_operations', 'chain_operations.id', 'raffle_draws.operation_id')
    .where('raffle_draws.raffle_id', raffleId)
    .orderBy('raffle_draws.id', 'desc')
    .select('raffle_draws.*', 'chain_operations.reference as operation')
