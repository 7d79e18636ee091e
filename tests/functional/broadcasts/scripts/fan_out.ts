import app from '@adonisjs/core/services/app'
import { FanOutBatch } from '#broadcasts/actions/fan_out_batch'

/** Fans out and tells of each step, until it is through or killed. */
export default async function fanOut(broadcastId: number) {
  const batch = await app.container.make(FanOutBatch)
  for (let steps = 1; (await batch.handle(broadcastId)) === 'more'; steps++) process.send!({ steps })
}
