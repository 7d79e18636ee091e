import db from '@adonisjs/lucid/services/db'
import EarnReferralReward from '#customers/jobs/earn_referral_reward'

interface Maker {
  make(job: typeof EarnReferralReward): Promise<EarnReferralReward>
}

/** Does now what first bets have left for a worker, and answers how many there were. */
export async function earnOwedRewards(maker: Maker): Promise<number> {
  const { name } = EarnReferralReward.options
  const owed = await db.from('queue_jobs').whereLike('data', `%"${name}"%`).select('id', 'data')
  for (const { id, data } of owed) {
    const job = await maker.make(EarnReferralReward)
    Object.defineProperty(job, 'payload', { value: JSON.parse(data).payload })
    await job.execute()
    await db.from('queue_jobs').where('id', id).delete()
  }
  return owed.length
}
