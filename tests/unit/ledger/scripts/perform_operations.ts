import { once } from 'node:events'
import { perform, type Operation } from '#tests/support/ledger_operations'

/** When told to, does all of it, four at a time. */
export default async function (operations: Operation[], customers: number[]): Promise<number> {
  process.send!({ ready: true })
  await once(process, 'message')
  const left = [...operations]
  let done = 0
  const work = async () => {
    for (let next = left.shift(); next; next = left.shift()) if (await perform(next, customers, 'run')) done++
  }
  await Promise.all([work(), work(), work(), work()])
  return done
}
